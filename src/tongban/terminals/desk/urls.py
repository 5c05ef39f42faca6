"""Addresses of the desk."""

from django.urls import path

from tongban.terminals.desk.views import (
    batch,
    case,
    commissions,
    files,
    history,
    lists,
    models,
    models_ask,
    models_steps,
    models_write,
    rechecks,
    special,
)
from tongban.terminals.desk.views import catalogue as items
from tongban.terminals.desk.views import catalogue_edit as edit
from tongban.terminals.desk.views import catalogue_import as imports
from tongban.terminals.desk.views import catalogue_steps as steps

app_name = "desk"
urlpatterns = [
    path("", lists.home, name="home"),
    path("worktable/", lists.worktable, name="worktable"),
    path("done/", lists.done, name="done"),
    path("find/", lists.find, name="find"),
    path("batch/<uuid:batch_id>/", batch.batch, name="batch"),
    path("history/", history.logs, name="history"),
    path("history/<slug:name>/", history.log, name="history_log"),
    path("history/<slug:name>/case/<int:number>/", history.case, name="history_case"),
    path("rechecks/", rechecks.figures, name="rechecks"),
    path("commissions/", commissions.commissions, name="commissions"),
    path("case/<uuid:case_id>/", case.case, name="case"),
    path("case/<uuid:case_id>/act/", case.act, name="act"),
    path("case/<uuid:case_id>/special/<slug:special>/", special.special, name="special"),
    path("case/<uuid:case_id>/special-file/<uuid:file_id>/", special.special_file, name="special_file"),
    path("inspect/<uuid:case_id>/<slug:special>/", special.inspect, name="inspect"),
    path("case/<uuid:case_id>/material/<str:file_id>/", files.material, name="material"),
    path("case/<uuid:case_id>/document/<str:file_id>/", files.document, name="document"),
    path("catalogue/", items.items, name="catalogue"),
    path("catalogue/drafts/", items.drafts, name="catalogue_drafts"),
    path("catalogue/unfound/", items.unfound, name="catalogue_unfound"),
    path("catalogue/new/", edit.new, name="catalogue_new"),
    path("catalogue/import/", imports.upload, name="catalogue_import"),
    path("catalogue/import/refused/", imports.refused, name="catalogue_import_refused"),
    path("catalogue/item/<str:code>/", items.item, name="catalogue_item"),
    path("catalogue/item/<str:code>/open/", steps.open_, name="catalogue_open"),
    path("catalogue/item/<str:code>/cancel/", steps.cancel, name="catalogue_cancel"),
    path("catalogue/version/<str:stream_id>/", items.version, name="catalogue_version"),
    path("catalogue/version/<str:stream_id>/edit/<path:where>/", edit.element, name="catalogue_edit"),
    path("catalogue/version/<str:stream_id>/source/", edit.source, name="catalogue_source"),
    path("catalogue/version/<str:stream_id>/submit/", steps.submit, name="catalogue_submit"),
    path("catalogue/version/<str:stream_id>/review/", steps.review, name="catalogue_review"),
    path("catalogue/version/<str:stream_id>/abandon/", steps.abandon, name="catalogue_abandon"),
    path("catalogue/models/", models.models, name="models"),
    path("catalogue/models/new/", models_write.new, name="model_new"),
    path("catalogue/models/check/<str:kind>/", models_ask.check, name="model_check"),
    path("catalogue/models/play/", models_ask.play, name="model_play"),
    path("catalogue/models/try/", models_ask.trial, name="model_try"),
    path("catalogue/models/version/<str:stream_id>/", models.version, name="model_version"),
    path("catalogue/models/version/<str:stream_id>/file/", models_write.file, name="model_file"),
    path("catalogue/models/version/<str:stream_id>/submit/", models_steps.submit, name="model_submit"),
    path("catalogue/models/version/<str:stream_id>/review/", models_steps.review, name="model_review"),
    path("catalogue/models/version/<str:stream_id>/abandon/", models_steps.abandon, name="model_abandon"),
    path("catalogue/models/<str:kind>/<str:key>/", models.model, name="model"),
    path("catalogue/models/<str:kind>/<str:key>/open/", models_write.open_, name="model_open"),
    path("catalogue/models/<str:kind>/<str:key>/difference/", models.difference, name="model_difference"),
]
