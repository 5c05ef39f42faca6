"""The list of bad input, each on the real pages, in both languages: a clear refusal, the right status, nothing else
changed."""
# ruff: noqa: F401, F811 - fixtures of the other terminals come in by name

from __future__ import annotations

import html
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client

from tests.conftest import HandClock
from tests.contexts.cases.city import City, build, png, request
from tests.contexts.cases.world import answers
from tests.terminals.bad_input import (
    MARKET,
    SUPPLEMENT,
    _all,
    _ask,
    city,
    everything,
    filing,
    language,
    owner,
    site,
    speaks,
    told,
)
from tests.terminals.counter.conftest import window
from tests.terminals.desk.conftest import Sit, accepted, do, review_all, sit, task_of
from tests.terminals.portal.conftest import Filing, browser
from tongban.contexts.cases import actions
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.answers import check_answers
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.documents.core import files
from tongban.contexts.parties.core import Role
from tongban.foundation.ledger.refusals import RequestReused
from tongban.kernel.clock import CHINA
from tongban.kernel.codes.citizen_id import CitizenIdRefused
from tongban.kernel.codes.credit_code import CreditCodeRefused
from tongban.kernel.refusals import NotFound, Refusal

pytestmark = pytest.mark.django_db


# -- wrong check digits ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "number", "refusal"),
    [
        ("/counter/register/person/", {"id_number": "429900197903210227"}, CitizenIdRefused),
        ("/counter/register/company/", {"credit_number": "91429901MA4KFXD669"}, CreditCodeRefused),
    ],
)
def test_a_number_with_a_wrong_check_digit_is_not_registered(
    city: City,
    window: Callable[..., Client],
    language: str,
    address: str,
    number: Any,
    refusal: type[Refusal],
) -> None:
    client, before = speaks(window(), language), everything()
    posted = {**number, "name": "李雪", "legal_representative": "x", "seen": "yes", "request_id": request()}
    told(client.post(address, posted), refusal, 422, language)
    assert everything() == before


def test_an_answer_with_a_wrong_check_digit_is_not_filed_by_any_door(city: City) -> None:
    """Answers that no form has read are judged again when the application is filed."""
    asked = [(item, field) for item in catalogue.handled() for field in _numbers(item)]
    assert asked
    for item, field in asked:
        with pytest.raises(r.AnswersIncomplete) as refused:
            check_answers(item, answers(item) | {field: "429901198705120141"})
        assert refused.value.fields[field] == "wrong_number"


def _numbers(item: Item) -> Iterator[str]:
    assert item.handling is not None
    for step in item.handling.form:
        yield from (field.id for field in step.fields if field.kind in ("citizen_id", "credit_code") and not field.when)


# -- files -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"MZ\x90\x00 a program", files.FileTypeRefused),
        (b"<html><script>alert(1)</script></html>", files.FileTypeRefused),
        (b"%PDF-1.7 no end", files.FileDamaged),
        (b"", files.FileEmpty),
        (b"%PDF-1.4" + b"0" * (21 * 1024 * 1024), files.FileTooLarge),
    ],
    ids=["program", "page", "damaged", "empty", "large"],
)
def test_a_file_that_will_not_do_is_not_kept(
    filing: Filing, language: str, data: bytes, refusal: type[Refusal]
) -> None:
    draft = filing.start()
    before = everything()
    told(filing.attach(draft, "layout", data, "图.png"), refusal, 422, language)
    assert everything() == before


def test_a_file_is_shown_and_can_run_nothing(filing: Filing, city: City) -> None:
    draft = filing.file()
    file = city.state(draft).materials[0].file_id
    shown = filing.client.get(f"/case/{draft}/material/{file}/")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert "script-src" not in shown["Content-Security-Policy"]
    assert shown["Cache-Control"] == "private, no-store"


# -- commands given twice ----------------------------------------------------------------------------------------------


def test_filing_twice_files_once(filing: Filing) -> None:
    draft = filing.start()
    filing.fill(draft)
    filing.upload(draft)
    first = filing.submit(draft, "the-same-request")
    before = everything()
    for again in ("the-same-request", "another-tab-of-it"):
        answer = filing.submit(draft, again)
        assert (answer.status_code, answer["Location"]) == (303, first["Location"])
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_filing_twice_at_once_answers_both_with_the_same_receipt() -> None:
    city = build()
    draft, filed = city.draft(), list[Any]()
    together = threading.Barrier(3)

    def file() -> None:
        try:
            together.wait()
            filed.append(actions.submit(draft_id=draft, request_id=request(), actor=city.owner, now=city.now))
        finally:
            connections.close_all()

    _all(*[file] * 3)
    assert len(filed) == 3
    assert len(set(filed)) == 1


@pytest.mark.django_db(transaction=True)
def test_what_another_tab_saves_while_filing_is_filed_or_refused_but_not_lost() -> None:
    city = build()
    draft, refused = city.draft(), list[str]()
    together = threading.Barrier(2)

    def file() -> None:
        try:
            together.wait()
            actions.submit(draft_id=draft, request_id=request(), actor=city.owner, now=city.now)
        finally:
            connections.close_all()

    def save() -> None:
        try:
            together.wait()
            actions.save_answers(draft_id=draft, values={"shop_name": "新名字"}, actor=city.owner, now=city.now)
        except NotFound:
            refused.append("filed before")
        finally:
            connections.close_all()

    _all(file, save)
    assert (city.state(draft).values["shop_name"] == "新名字") is (not refused)


def test_a_supplement_handed_in_twice_is_taken_once(filing: Filing, city: City, language: str) -> None:
    case = filing.file()
    _ask(city, case)
    address, once = f"/case/{case}/supplement/", request()
    filing.client.post(address, {"file-layout": SimpleUploadedFile("图.png", png())})
    posted = {"go": "answer", "request_id": once}
    first = filing.client.post(address, posted)
    before = everything()
    again = filing.client.post(address, posted)
    assert (first.status_code, again.status_code, first["Location"]) == (303, 303, again["Location"])
    assert everything() == before
    told(filing.client.post(address, posted | {"request_id": request()}), r.StepOutOfOrder, 409, language)
    assert everything() == before


def test_a_request_used_for_something_else_does_nothing(filing: Filing, city: City, language: str) -> None:
    case, once = filing.file(), request()
    filing.client.post(f"/case/{case}/withdraw/", {"reason": "不开了", "request_id": once})
    other = filing.file()
    before = everything()
    answer = filing.client.post(f"/case/{other}/withdraw/", {"reason": "", "request_id": once})
    told(answer, RequestReused, 409, language)
    assert everything() == before


# -- officers ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_deciding_at_once_the_second_is_told_who_was_first(city: City, sit: Sit, language: str) -> None:
    case = accepted(city)
    review_all(city, case)
    task, got, together = task_of(city, case, "decide"), list[Any](), threading.Barrier(2)
    chiefs = [speaks(sit(MARKET, Role.APPROVER, name=name), language) for name in ("钱一", "孙二")]

    def decide(client: Client) -> Callable[[], None]:
        def go() -> None:
            try:
                together.wait()
                got.append(do(client, case, "grant", task))
            finally:
                connections.close_all()

        return go

    _all(*(decide(one) for one in chiefs))
    won, lost = sorted(got, key=lambda one: int(one.status_code))
    assert won.status_code == 303
    told(lost, r.StepAlreadyDone, 409, language)
    assert city.state(case).decision.by_name in lost.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event WHERE stream_id = %s AND type = 'case.decided'", [case])
        assert cursor.fetchone() == (1,)


def test_a_supplement_is_asked_once(city: City, window: Callable[..., Client], language: str) -> None:
    client, case = speaks(window(), language), city.file()
    assert client.post(f"/counter/case/{case}/act/", SUPPLEMENT | {"request_id": request()}).status_code == 303
    before = everything()
    told(
        client.post(f"/counter/case/{case}/act/", SUPPLEMENT | {"request_id": request()}),
        r.SupplementAlreadyAsked, 409, language,
    )  # fmt: skip
    assert everything() == before


def test_after_five_silent_days_nothing_more_is_asked(
    city: City,
    window: Callable[..., Client],
    clock: HandClock,
    language: str,
) -> None:
    """Also where the clock has not yet said so: what counts is the day, not the worker."""
    case = city.file()
    client = speaks(window(), language)
    clock.set(datetime(2026, 3, 10, 0, 0, tzinfo=CHINA))
    before = everything()
    asked = client.post(f"/counter/case/{case}/act/", SUPPLEMENT | {"request_id": request()})
    told(asked, r.NoticeTimeOver, 409, language)
    assert everything() == before
    assert client.post(f"/counter/case/{case}/act/", {"act": "accept", "request_id": request()}).status_code == 303
    assert city.state(case).clock_start.isoformat() == "2026-03-02"


def test_whoever_handled_a_case_does_not_decide_it(city: City, sit: Sit, language: str) -> None:
    case = accepted(city)
    both = speaks(sit(MARKET, Role.REVIEWER, Role.APPROVER), language)
    assert do(both, case, "pass", task_of(city, case, "review"), opinion="看过了").status_code == 303
    review_all(city, case)
    before = everything()
    refused = do(both, case, "grant", task_of(city, case, "decide"))
    told(refused, r.HandlerMayNotDecide, 403, language)
    names = {"zh-hans": "您办过这件的“书面审查”", "en": "Document review"}
    assert names[language] in html.unescape(refused.content.decode())
    assert everything() == before


def test_a_step_out_of_order_is_refused(
    city: City,
    window: Callable[..., Client],
    sit: Sit,
    language: str,
) -> None:
    case = accepted(city)
    before = everything()
    again = speaks(window(), language).post(f"/counter/case/{case}/act/", {"act": "accept", "request_id": request()})
    told(again, r.StepOutOfOrder, 409, language)
    early = do(speaks(sit(MARKET, Role.APPROVER), language), case, "grant")
    told(early, r.NotYetReady, 409, language)
    assert everything()[3:] == before[3:]  # an officer was appointed, which is an event of its own; no case moved


def test_a_rating_comes_after_the_end(filing: Filing, language: str) -> None:
    case = filing.file()
    before = everything()
    posted = {"score": "5", "request_id": request()}
    told(filing.client.post(f"/case/{case}/rate/", posted), r.RatingNotPossible, 409, language)
    assert everything() == before
