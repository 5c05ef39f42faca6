"""Addresses of the desk."""

from django.urls import path

from tongban.terminals.desk.views import case, files, lists

app_name = "desk"
urlpatterns = [
    path("", lists.home, name="home"),
    path("worktable/", lists.worktable, name="worktable"),
    path("done/", lists.done, name="done"),
    path("find/", lists.find, name="find"),
    path("case/<uuid:case_id>/", case.case, name="case"),
    path("case/<uuid:case_id>/act/", case.act, name="act"),
    path("case/<uuid:case_id>/material/<str:file_id>/", files.material, name="material"),
    path("case/<uuid:case_id>/document/<str:file_id>/", files.document, name="document"),
]
