"""Addresses of the portal."""

from django.urls import path, register_converter
from django.urls.converters import UUIDConverter

from tongban.terminals.portal.views import (
    apply,
    batch,
    batches,
    by_table,
    cases,
    catalogue,
    course,
    fair,
    guide,
    lists,
    notices,
    open_data,
    progress,
    special,
    tables,
    wallet,
    ways,
)


class _Id(UUIDConverter):
    """An id as the text that the contexts take."""

    def to_python(self, value: str) -> str:  # type: ignore[override]
        return value

    def to_url(self, value: object) -> str:
        return str(value)


register_converter(_Id, "id")

app_name = "portal"
urlpatterns = [
    path("", catalogue.home, name="home"),
    path("search/", catalogue.find, name="search"),
    path("search/suggest/", catalogue.suggest, name="suggest"),
    path("services/", catalogue.services, name="services"),
    path("guide/<slug:code>/", guide.guide, name="guide"),
    path("guide/<slug:code>/guide.pdf", guide.pdf, name="guide_pdf"),
    path("guide/<slug:code>/form.pdf", guide.form, name="guide_form"),
    path("guide/<slug:code>/sample.pdf", guide.form, {"sample": True}, name="guide_sample"),
    path("guide/<slug:code>/file/<str:name>", guide.file, name="guide_file"),
    path("guide/<slug:code>/code.svg", guide.code, name="guide_code"),
    path("guide/<slug:code>/eligible/", tables.eligible, name="eligible"),
    path("guide/<slug:code>/fee/", tables.fee, name="fee"),
    path("guide/<slug:code>/tables/", tables.tables, name="tables"),
    path("packages/", ways.packages, name="packages"),
    path("way/<slug:goal>/", ways.way, name="way"),
    path("papers/", ways.city, name="papers"),
    path("lists/", lists.index, name="lists"),
    path("lists/figures/", lists.figures, name="figures"),
    path("lists/figures.csv", lists.figures_csv, name="figures_csv"),
    path("lists/<slug:list_id>/", lists.one, name="list"),
    path("lists/<slug:list_id>.csv", lists.csv, name="list_csv"),
    path("apply/<slug:code>/", apply.start, name="apply"),
    path("draft/<id:draft_id>/", apply.draft, name="draft"),
    path("draft/<id:draft_id>/step/<slug:step_id>/", apply.step, name="step"),
    path("draft/<id:draft_id>/step/<slug:step_id>/save/", apply.save, name="save"),
    path("draft/<id:draft_id>/materials/", apply.materials, name="materials"),
    path("draft/<id:draft_id>/file/<id:file_id>/", apply.file, name="draft_file"),
    path("draft/<id:draft_id>/check/", apply.check, name="check"),
    path("draft/<id:draft_id>/adopt/", apply.adopt, name="adopt"),
    path("draft/<id:draft_id>/discard/", apply.discard, name="discard"),
    path("apply/<slug:code>/batch/", batch.start, name="batch_start"),
    path("apply/<slug:code>/batch/template.xlsx", batch.template, {"kind": "xlsx"}, name="batch_template"),
    path("apply/<slug:code>/batch/template.csv", batch.template, {"kind": "csv"}, name="batch_template_csv"),
    path("batch/draft/<id:draft_id>/", batch.common, name="batch_common"),
    path("batch/draft/<id:draft_id>/sheet/", batch.sheet, name="batch_sheet"),
    path("batch/draft/<id:draft_id>/mend.xlsx", batch.mend, {"kind": "xlsx"}, name="batch_mend"),
    path("batch/draft/<id:draft_id>/mend.csv", batch.mend, {"kind": "csv"}, name="batch_mend_csv"),
    path("batch/draft/<id:draft_id>/papers/", batch.papers, name="batch_papers"),
    path("batch/draft/<id:draft_id>/file/<id:file_id>/", batch.file, name="batch_file"),
    path("batch/draft/<id:draft_id>/check/", batch.check, name="batch_check"),
    path("batch/draft/<id:draft_id>/adopt/", batch.adopt, name="batch_adopt"),
    path("batch/draft/<id:draft_id>/discard/", batch.discard, name="batch_discard"),
    path("batch/<id:batch_id>/", batches.batch, name="batch"),
    path("batch/<id:batch_id>/document/<id:file_id>/", batches.document, name="batch_document"),
    path("batch/<id:batch_id>/licences.zip", batches.licences, name="batch_licences"),
    path("cases/", cases.overview, name="cases"),
    path("case/<id:case_id>/", cases.case, name="case"),
    path("case/<id:case_id>/person/", by_table.ask_person, name="ask_person"),
    path("case/<id:case_id>/special/<slug:special>/time/", special.visit_time, name="visit_time"),
    path("case/<id:case_id>/special/<slug:special>/hearing/", special.hearing, name="hearing"),
    path("case/<id:case_id>/special-file/<id:file_id>/", special.special_file, name="special_file"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<id:case_id>/<slug:special>/", notices.notice, name="notice"),
    path("notices/<id:case_id>/<slug:special>/notice.pdf", notices.notice_pdf, name="notice_pdf"),
    path("case/<id:case_id>/answer/<slug:wait>/", course.answer, name="answer"),
    path("case/<id:case_id>/receipt/", cases.receipt, name="receipt"),
    path("case/<id:case_id>/supplement/", cases.supplement, name="supplement"),
    path("case/<id:case_id>/withdraw/", cases.withdraw, name="withdraw"),
    path("case/<id:case_id>/rate/", cases.rate, name="rate"),
    path("case/<id:case_id>/material/<id:file_id>/", cases.material, name="material"),
    path("case/<id:case_id>/document/<id:file_id>/", cases.document, name="document"),
    path("case/<id:case_id>/defence/", fair.defence, name="defence"),
    path("case/<id:case_id>/recusal/", fair.recusal, name="recusal"),
    path("interested/", fair.interested, name="interested"),
    path("decisions/", fair.decisions, name="decisions"),
    path("commissions/", fair.commissions, name="commissions"),
    path("wallet/", wallet.wallet, name="wallet"),
    path("wallet/<id:licence_id>/", wallet.licence, name="licence"),
    path("progress/", progress.progress, name="progress"),
    path("open-data/", open_data.index, name="open_data"),
    path("open-data/items.json", open_data.items, name="open_items"),
    path("open-data/item.schema.json", open_data.schema, name="open_schema"),
    path("open-data/items/<slug:code>.json", open_data.item, name="open_item"),
    path("open-data/items/<slug:code>/<int:number>.json", open_data.version, name="open_version"),
]
