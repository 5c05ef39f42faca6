"""Addresses of the counter."""

from django.urls import path

from tongban.terminals.counter.views import batch, case, defence, home, papers, people, receive

app_name = "counter"
urlpatterns = [
    path("", home.home, name="home"),
    path("find/", home.find, name="find"),
    path("register/person/", people.register_person, name="register_person"),
    path("register/company/", people.register_company, name="register_company"),
    path("party/<uuid:party_id>/", people.party, name="party"),
    path("party/<uuid:party_id>/mandate/", people.mandate, name="mandate"),
    path("party/<uuid:party_id>/receive/", receive.start, name="start"),
    path("draft/<uuid:draft_id>/", receive.draft, name="draft"),
    path("draft/<uuid:draft_id>/adopt/", receive.adopt, name="adopt"),
    path("draft/<uuid:draft_id>/discard/", receive.discard, name="discard"),
    path("draft/<uuid:draft_id>/scan/<uuid:file_id>/", papers.scan, name="scan"),
    path("batch/<uuid:batch_id>/", batch.batch, name="batch"),
    path("case/<uuid:case_id>/", case.case, name="case"),
    path("case/<uuid:case_id>/act/", case.act, name="act"),
    path("case/<uuid:case_id>/check/", case.check, name="check"),
    path("case/<uuid:case_id>/supplement/", case.supplement, name="supplement"),
    path("case/<uuid:case_id>/deliver/", case.deliver, name="deliver"),
    path("case/<uuid:case_id>/defence/", defence.defence, name="defence"),
    path("case/<uuid:case_id>/material/<uuid:file_id>/", papers.material, name="material"),
    path("case/<uuid:case_id>/document/<uuid:file_id>/", papers.document, name="document"),
]
