"""An owner's way through the portal, from the home page to the licence, as the pages tell it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.contexts.cases.city import City, png, request
from tests.terminals.portal.conftest import Filing, Office, browser
from tongban.contexts.cases import actions
from tongban.contexts.cases.core.state import Wanted
from tongban.contexts.catalogue import queries as catalogue

pytestmark = pytest.mark.django_db
Move = Callable[..., None]


def words(response: Any) -> str:
    return str(response.content.decode())


def test_a_draft_is_prefilled_and_resumed_where_it_was_left(filing: Filing) -> None:
    draft = filing.start()
    first = filing.client.get(reverse("portal:draft", args=[draft]))
    page = filing.client.get(first["Location"])
    assert "江畔小馆" in words(page)
    assert "13900000001" in words(page) or "139 0000" in words(page)
    filing.fill(draft)
    onward = filing.client.get(reverse("portal:draft", args=[draft]))
    assert onward["Location"] == reverse("portal:materials", args=[draft])
    assert "接着填" in words(filing.client.get("/cases/"))


def test_filing_ends_on_a_receipt_with_number_and_code(filing: Filing, office: Office) -> None:
    case = filing.file()
    page = filing.client.get(reverse("portal:receipt", args=[case]))
    state = office.state(case)
    assert state.query_code in words(page)
    assert state.number[:6] in words(page)


def test_a_repeated_submit_answers_the_same_receipt(filing: Filing) -> None:
    draft = filing.start()
    filing.fill(draft)
    filing.upload(draft)
    first = filing.submit(draft, "the-same-request")
    again = filing.client.post(
        reverse("portal:check", args=[draft]), {"promise": "yes", "request_id": "the-same-request"}
    )
    assert (first.status_code, again.status_code) == (303, 303)
    assert first["Location"] == again["Location"]


def test_the_case_page_follows_the_case_to_the_licence(filing: Filing, office: Office, move: Move) -> None:
    case = filing.file()
    address = reverse("portal:case", args=[case])
    assert "收到了，正在看材料齐不齐" in words(filing.client.get(address))
    move(hours=2)
    office.accept(case)
    move(days=1)
    page = words(filing.client.get(address))
    assert "正在办：书面审查、现场核查" in page
    assert "我们的承诺：5 个工作日" in page
    assert "今天是第 1 天" in page
    office.review(case)
    assert "正在办：作出决定" in words(filing.client.get(address))
    office.decide(case)
    done = words(filing.client.get(address))
    assert "办好了，批准了您的申请" in done
    assert "准予行政许可决定书" in done
    wallet = words(filing.client.get("/wallet/"))
    licence = office.state(case).licence
    assert licence.number in wallet
    card = filing.client.get(reverse("portal:licence", args=[licence.id]))
    assert "<svg" in words(card)
    pdf = filing.client.get(reverse("portal:document", args=[case, licence.file_id]))
    assert pdf.content.startswith(b"%PDF")
    assert pdf["X-Content-Type-Options"] == "nosniff"
    assert pdf["Cache-Control"] == "private, no-store"


def test_the_fingerprints_on_the_page_are_the_ledgers(filing: Filing, office: Office) -> None:
    from tongban.contexts.cases.projections import CASE_KIND
    from tongban.foundation import ledger

    case = filing.file()
    last = ledger.history(CASE_KIND, case)[-1]
    page = words(filing.client.get(reverse("portal:case", args=[case])))
    assert last.hash[:8] in page


def test_a_supplement_shows_the_officers_words_and_is_answered(filing: Filing, office: Office, city: City) -> None:
    case = filing.file()
    actions.ask_supplement(
        case_id=case, wanted=(Wanted("layout", "看不清后厨，请重画"),), actor=city.window, request_id=request(),
        now=city.now,
    )  # fmt: skip
    city.work()
    assert "看不清后厨，请重画" in words(filing.client.get(reverse("portal:case", args=[case])))
    assert "件等您补材料" in words(filing.client.get("/"))
    address = reverse("portal:supplement", args=[case])
    empty = filing.client.post(address, {"go": "answer", "request_id": request()})
    assert empty.status_code == 422
    got = filing.client.post(
        address, {"file-layout": SimpleUploadedFile("新.png", png()), "go": "answer", "request_id": request()}
    )
    assert got.status_code == 303
    assert office.state(case).phase.value in ("submitted", "pre_passed")
    assert filing.client.get(address).status_code == 409


def test_withdrawing_and_rating(filing: Filing, office: Office) -> None:
    case = filing.file()
    asked = filing.client.get(reverse("portal:withdraw", args=[case]))
    filing.client.post(
        reverse("portal:withdraw", args=[case]), {"reason": "不开了", "request_id": asked.context["request_id"]}
    )
    assert office.state(case).ending.value == "withdrawn"
    rate = reverse("portal:rate", args=[case])
    bad = filing.client.post(rate, {"score": "1", "request_id": request()})
    assert bad.status_code == 422
    good = filing.client.post(rate, {"score": "1", "details": ["slow"], "request_id": request()})
    assert good.status_code == 303
    assert office.state(case).rating.score == 1
    assert filing.client.post(rate, {"score": "5", "request_id": request()}).status_code == 409


def test_a_denial_tells_what_to_do_next(filing: Filing, office: Office, move: Move) -> None:
    case = filing.file()
    office.accept(case)
    move(days=1)
    office.review(case)
    office.decide(case, "deny", "布局不符合要求")
    page = words(filing.client.get(reverse("portal:case", args=[case])))
    assert "没有批准" in page
    assert "布局不符合要求" in page
    assert "行政复议" in page


def test_progress_by_number_and_code_needs_no_login_and_tells_no_names(filing: Filing, office: Office) -> None:
    state = office.state(filing.file())
    nobody = browser()
    got = nobody.post("/progress/", {"number": f" {state.number.lower()} ", "code": state.query_code})
    assert got.status_code == 200
    assert "食品经营许可" in words(got)
    assert "江畔小馆" not in words(got)
    assert nobody.post("/progress/", {"number": state.number, "code": "000000x"}).status_code == 404


def test_every_item_that_can_be_handled_can_be_filed_on_the_pages(owner: Client, city: City, office: Office) -> None:
    filed = 0
    for item in catalogue.handled():
        if item.handling is not None and item.handling.renews:
            continue  # asks for a licence that the applicant holds: test_fairness_actions
        case = Filing(owner, city, item.code).file()
        state = office.state(case)
        assert state.item_code == item.code
        assert owner.get(reverse("portal:case", args=[case])).status_code == 200
        filed += 1
    assert filed >= 24


def test_guessing_codes_is_stopped(city: City) -> None:
    nobody = Client()
    answers = [nobody.post("/progress/", {"number": "1", "code": "2"}).status_code for _n in range(11)]
    assert answers == [404] * 10 + [429]


def test_answers_are_kept_while_typing(filing: Filing) -> None:
    draft = filing.start()
    save = reverse("portal:save", args=[draft, "shop"])
    got = filing.client.post(save, {"asked": ["shop_name", "contact_phone"], "shop_name": "江畔", "contact_phone": "1"})
    assert got.status_code == 204
    page = filing.client.get(reverse("portal:step", args=[draft, "shop"])).content.decode()
    assert 'value="江畔"' in page
    assert filing.client.get(reverse("portal:draft", args=[draft]))["Location"].endswith("/step/shop/")
