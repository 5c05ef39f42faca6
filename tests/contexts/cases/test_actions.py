"""The use cases on a real database, with the worker's part done by hand."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from tests.contexts.cases.city import City, accepted, build, decide, png, request, review_all
from tongban.contexts.cases import actions, queries
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.papers import Around, Remedies, facts_for
from tongban.contexts.cases.core.state import Wanted
from tongban.contexts.cases.core.views import WorktableFilter
from tongban.contexts.documents import queries as documents
from tongban.contexts.documents.core.files import FileEmpty, FileTooLarge, FileTypeRefused
from tongban.contexts.parties import actions as parties_actions
from tongban.contexts.parties.core import Role
from tongban.foundation import ledger
from tongban.kernel.refusals import NotAllowed, NotFound, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(db: None) -> City:
    return build()


def test_from_draft_to_licence(city: City) -> None:
    case_id = accepted(city)
    review_all(city, case_id)
    decide(city, case_id)
    city.work()
    view = queries.case(case_id, actor=city.owner)
    assert view.state.phase == "delivered"
    assert view.state.licence is not None
    held = documents.licences_of([view.state.applicant], today=city.now.date())
    assert [licence.number for licence in held] == [view.state.licence.number]
    _stored, data = queries.document_bytes(case_id, view.state.licence.file_id, actor=city.owner)
    assert data.startswith(b"%PDF")
    assert documents.check_pdf(data, city.now).intact
    assert {document.kind for document in view.state.documents} == {"receipt", "acceptance", "inspection", "grant"}
    assert ledger.verify().ok


def test_submitting_takes_few_statements_and_is_answered_once(city: City) -> None:
    draft, once = city.draft(), request()
    city.draft()  # caches are warm
    with CaptureQueriesContext(connection) as seen:
        first = actions.submit(draft_id=draft, request_id=once, actor=city.owner, now=city.now)
    assert len(seen) <= 6
    again = actions.submit(draft_id=draft, request_id=once, actor=city.owner, now=city.now)
    assert again == first
    assert len(first.number) == 43
    assert len(queries.my_cases(actor=city.owner)) == 1
    with pytest.raises(NotFound):
        actions.submit(draft_id=draft, request_id=request(), actor=city.stranger, now=city.now)


@pytest.mark.django_db(transaction=True)
def test_a_refused_submission_keeps_the_draft() -> None:
    city = build()
    draft = actions.start_draft(
        item_code="FOOD", principal_id=city.owner.principals[1].id, division="429901", actor=city.owner, now=city.now
    )
    with pytest.raises(r.AnswersIncomplete):
        actions.submit(draft_id=draft, request_id=request(), actor=city.owner, now=city.now)
    assert queries.draft(draft, actor=city.owner).id == draft


def test_a_file_of_a_draft_is_its_owners_alone(city: City) -> None:
    draft, other = city.draft(), city.draft()
    one = queries.draft(draft, actor=city.owner).materials[0]
    stored, data = queries.draft_bytes(draft, one.file_id, actor=city.owner)
    assert (stored.sha256, len(data)) == (one.sha256, one.size)
    for draft_id, file_id, actor in (
        (draft, one.file_id, city.stranger), (draft, one.file_id, city.window), (other, one.file_id, city.owner),
        (draft, "no-file", city.owner), ("no-draft", one.file_id, city.owner),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            queries.draft_bytes(draft_id, file_id, actor=actor)


def test_numbers_of_a_day_follow_each_other(city: City) -> None:
    numbers = [city.state(city.file()).number for _ in range(3)]
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003"]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [(b"", FileEmpty), (b"MZ\x90\x00 not a picture", FileTypeRefused), (b"%PDF-" + b"0" * (21 << 20), FileTooLarge)],
)
def test_files_are_judged_by_their_content(city: City, data: bytes, refusal: type[Refusal]) -> None:
    draft = city.draft()
    with pytest.raises(refusal):
        actions.attach_material(
            draft_id=draft, material_id="layout", data=data, filename="图.png", actor=city.owner, now=city.now
        )
    assert all(m.size < 1000 for m in queries.draft(draft, actor=city.owner).materials)


def test_a_guessed_link_finds_nothing(city: City) -> None:
    case_id = city.file()
    city.work()
    state = city.state(case_id)
    strangers = (city.stranger, city.social_window, city.officer("health", Role.REVIEWER))
    for stranger in strangers:
        with pytest.raises(NotFound):
            queries.case(case_id, actor=stranger)
        with pytest.raises(NotFound):
            queries.material_bytes(case_id, state.materials[0].file_id, actor=stranger)
        with pytest.raises(NotFound):
            queries.document_bytes(case_id, state.documents[0].file_id, actor=stranger)
        assert queries.my_cases(actor=stranger) == ()
        assert queries.find_cases(state.number[-6:], actor=stranger) == ()
    with pytest.raises(NotFound):
        queries.material_bytes(case_id, state.documents[0].file_id, actor=city.owner)
    with pytest.raises(NotFound):
        queries.draft(city.draft(), actor=city.stranger)


def test_progress_needs_number_and_code(city: City) -> None:
    state = city.state(city.file())
    assert queries.progress(number=state.number, code=state.query_code).number == state.number
    for number, code in ((state.number, "000000x"), ("1" * 43, state.query_code)):
        with pytest.raises(NotFound):
            queries.progress(number=number, code=code)


def test_a_supplement_is_gathered_and_handed_in(city: City) -> None:
    case_id = city.file()
    wanted = (Wanted("layout", "标出洗手池"),)
    actions.ask_supplement(case_id=case_id, wanted=wanted, actor=city.window, request_id=request(), now=city.now)
    with pytest.raises(NotFound):
        actions.open_supplement(case_id=case_id, actor=city.stranger, now=city.now)
    draft = actions.open_supplement(case_id=case_id, actor=city.owner, now=city.now)
    with pytest.raises(r.MaterialMissing):
        actions.answer_supplement(case_id=case_id, actor=city.owner, request_id=request(), now=city.now)
    actions.attach_material(
        draft_id=draft, material_id="layout", data=png(), filename="新图.png", actor=city.owner, now=city.now
    )
    actions.answer_supplement(case_id=case_id, actor=city.owner, request_id=request(), now=city.now)
    assert city.state(case_id).material("layout").filename == "新图.png"
    city.work()
    assert ledger.verify().ok


def test_the_clock_accepts_and_lapses(city: City) -> None:
    silent, lapsing = city.file(), city.file()
    actions.ask_supplement(
        case_id=lapsing, wanted=(Wanted("layout", "看不清"),), actor=city.window, request_id=request(), now=city.now
    )
    city.work()
    assert city.state(silent).phase == "submitted"
    city.later(days=8).work()
    assert city.state(silent).deemed
    city.later(days=14).work()
    assert city.state(lapsing).ending == "lapsed"
    assert ledger.verify().ok


def test_a_worktable_shows_what_is_mine_nearest_deadline_first(city: City) -> None:
    first = accepted(city)
    city.later(days=1)
    accepted(city)
    reviewer = city.officer("market-linjiang", Role.REVIEWER)
    today = city.now.date()
    with CaptureQueriesContext(connection) as seen:
        table = queries.worktable(actor=reviewer, chosen=WorktableFilter(), today=today)
    assert len(seen) == 2
    assert len(table.lines) == 4
    assert {line.case_id for line in table.lines[:2]} == {first}
    assert table.counts["calm"] == 4
    assert queries.worktable(actor=city.stranger, chosen=WorktableFilter(), today=today).lines == ()
    assert (
        queries.worktable(actor=city.officer("health", Role.REVIEWER), chosen=WorktableFilter(), today=today).lines
        == ()
    )
    assert len(queries.worktable(actor=reviewer, chosen=WorktableFilter(act="inspect"), today=today).lines) == 2
    late = queries.worktable(actor=reviewer, chosen=WorktableFilter(band="late"), today=city.later(days=30).now.date())
    assert len(late.lines) == 4


def test_a_worktable_pages_without_losing_a_line(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    from tongban.contexts.cases.queries import worktables

    monkeypatch.setattr(worktables, "PAGE", 3)
    expected = {accepted(city) for _ in range(4)}
    reviewer = city.officer("market-linjiang", Role.REVIEWER)
    seen: list[Any] = []
    chosen = WorktableFilter()
    while True:
        table = queries.worktable(actor=reviewer, chosen=chosen, today=city.now.date())
        seen += table.lines
        if not table.more:
            break
        chosen = WorktableFilter(after=table.more)
    assert {line.case_id for line in seen} == expected
    assert len({(line.case_id, line.task) for line in seen}) == len(seen) == 8


def test_windows_list_intake_of_their_items(city: City) -> None:
    city.file()
    today = city.now.date()
    assert len(queries.worktable(actor=city.window, chosen=WorktableFilter(), today=today).lines) == 1
    assert queries.worktable(actor=city.social_window, chosen=WorktableFilter(), today=today).lines == ()


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_deciding_at_once_one_wins() -> None:
    city = build()
    case_id = accepted(city)
    review_all(city, case_id)
    task = next(t for t in city.state(case_id).open_tasks)
    answers: list[str] = []

    def vote(name: str) -> None:
        try:
            actions.decide_case(
                case_id=case_id, task=task.id, outcome="grant",
                actor=city.officer(task.agency, Role.APPROVER, name=name), request_id=request(), now=city.now,
            )  # fmt: skip
            answers.append("done")
        except r.StepAlreadyDone:
            answers.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=vote, args=(name,)) for name in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "refused"]
    decided = [one for one in queries.case(case_id, actor=city.owner).history if one.type == "case.decided"]
    assert len(decided) == 1
    assert ledger.verify().ok


def test_every_kind_of_ending_makes_its_papers(city: City) -> None:
    refused, withdrawn, denied = city.file(), accepted(city), accepted(city, "ROAD-DIG")
    actions.refuse_acceptance(
        case_id=refused,
        kind="not_accepted",
        reason="经营场所不在本市",
        actor=city.window,
        request_id=request(),
        now=city.now,
    )
    actions.withdraw(case_id=withdrawn, reason="不开了", actor=city.owner, request_id=request(), now=city.now)
    review_all(city, denied)
    decide(city, denied, "deny", "新建道路五年内不得挖掘")
    city.work()
    for case_id, kind in ((refused, "not_accepted"), (withdrawn, "withdrawal"), (denied, "denial")):
        state = city.state(case_id)
        assert state.phase == "delivered"
        assert kind in {document.kind for document in state.documents}
    assert ledger.verify().ok


def test_a_window_receives_only_from_who_may_act(city: City) -> None:
    company = city.owner.principals[1].id
    start = partial(
        actions.start_window_draft, item_code="FOOD", applicant_id=company, division="429901", actor=city.window,
        now=city.now,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        start(person_id=city.owner.party_id)
    parties_actions.grant_mandate(
        from_party=company, to_party=city.owner.party_id, actor=city.window, now=city.now, request_id=request()
    )
    assert queries.draft(start(person_id=city.owner.party_id), actor=city.window).principal == company
    with pytest.raises(NotAllowed):
        start(person_id=city.stranger.party_id)


def test_days_are_those_of_official_time_whatever_zone_the_moment_comes_in(city: City) -> None:
    """17:00 on 2 March in UTC is 3 March here: the number, the notice and the paper say so."""
    draft = city.draft()
    moment = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    case_id = actions.submit(draft_id=draft, request_id=request(), actor=city.owner, now=moment).case_id
    state = city.state(case_id)
    assert "20260303" in state.number
    assert state.notice_due == date(2026, 3, 10)
    actions.accept(case_id=case_id, actor=city.window, request_id=request(), now=moment)
    state = city.state(case_id)
    assert state.clock_start == date(2026, 3, 3)
    around = Around(item=queries.case(case_id, actor=city.owner).item, remedies=Remedies("", ""))
    utc = replace(state, submitted_at=state.submitted_at.astimezone(UTC))
    assert facts_for(utc, utc.owed[0], around).submitted_on == date(2026, 3, 3)


def test_a_refusal_inside_another_transaction_takes_back_what_it_read(city: City) -> None:
    draft = actions.start_draft(
        item_code="FOOD", principal_id=city.owner.principals[1].id, division="429901", actor=city.owner, now=city.now
    )
    for _time in range(2):
        with pytest.raises(r.AnswersIncomplete):
            actions.submit(draft_id=draft, request_id=request(), actor=city.owner, now=city.now)
    assert queries.draft(draft, actor=city.owner).id == draft
    assert city.state(city.file()).number[-4:] == "0001"


def test_a_supplement_answered_twice_is_answered_once(city: City) -> None:
    case_id, once = city.file(), request()
    wanted = (Wanted("layout", "标出洗手池"),)
    actions.ask_supplement(case_id=case_id, wanted=wanted, actor=city.window, request_id=request(), now=city.now)
    draft = actions.open_supplement(case_id=case_id, actor=city.owner, now=city.now)
    actions.attach_material(
        draft_id=draft, material_id="layout", data=png(), filename="新图.png", actor=city.owner, now=city.now
    )
    first, again = (
        actions.answer_supplement(case_id=case_id, actor=city.owner, request_id=once, now=city.now) for _time in "12"
    )
    assert (first.first_seq, first.last_seq, again.repeated) == (again.first_seq, again.last_seq, True)
    with pytest.raises(NotFound):
        queries.draft(draft, actor=city.owner)


def test_a_narrow_mandate_shows_only_its_items(city: City) -> None:
    company = city.owner.principals[1]
    food, sign = city.file(), city.file("SIGN")
    started = city.draft("SIGN")
    narrow = replace(city.owner, principals=(city.owner.principals[0], replace(company, items=frozenset({"FOOD"}))))
    assert {line.id for line in queries.my_cases(actor=city.owner)} == {food, sign}
    assert {line.id for line in queries.my_cases(actor=narrow)} == {food}
    assert [draft.id for draft in queries.drafts(actor=city.owner)] == [started]
    assert queries.drafts(actor=narrow) == ()
    for call in (
        lambda: queries.draft(started, actor=narrow),
        lambda: queries.case(sign, actor=narrow),
        lambda: actions.save_answers(draft_id=started, values={}, actor=narrow, now=city.now),
        lambda: actions.submit(draft_id=started, request_id=request(), actor=narrow, now=city.now),
    ):
        with pytest.raises((NotFound, NotAllowed)):
            call()
    actions.discard_draft(draft_id=started, actor=narrow)  # what one wrote oneself may be thrown away


def test_a_narrow_mandate_opens_only_the_licences_of_its_items(city: City) -> None:
    case_id = accepted(city)
    review_all(city, case_id)
    decide(city, case_id)
    city.work()
    company, today = city.owner.principals[1], city.now.date()
    (held,) = documents.licences_for(city.owner, today=today)
    narrow = replace(city.owner, principals=(city.owner.principals[0], replace(company, items=frozenset({"SIGN"}))))
    assert documents.licences_for(narrow, today=today) == ()
    assert documents.licence_for(held.id, actor=city.owner, today=today) == held
    for other in (narrow, city.stranger):
        with pytest.raises(NotFound):
            documents.licence_for(held.id, actor=other, today=today)


def test_an_officer_of_two_kinds_finds_what_each_may_see(city: City) -> None:
    food = city.file()
    both = replace(
        city.officer("market-linjiang", Role.REVIEWER, Role.WINDOW), window="lj-05", window_items=frozenset({"SS-CARD"})
    )
    assert [line.id for line in queries.find_cases(city.state(food).number[-6:], actor=both)] == [food]


def test_no_personal_value_stands_in_the_hashed_envelope(city: City) -> None:
    case_id = city.file()
    actions.withdraw(case_id=case_id, reason="母亲住院", actor=city.owner, request_id=request(), now=city.now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(payload::text, '') FROM ledger_event WHERE stream_id = %s", [case_id])
        (payloads,) = cursor.fetchone()
        cursor.execute("SELECT string_agg(args::text, '') FROM ledger_due WHERE stream_id = %s", [case_id])
        (args,) = cursor.fetchone()
    for private in ("周敏", "江畔小馆", "13900000001", "图.png", "母亲住院"):
        assert private not in payloads
        assert private not in (args or "")


def test_a_clock_that_rings_too_early_rings_again(city: City) -> None:
    """Too early is a refusal, not an answer: the same request must still do its work when its day has come."""
    case_id, ring = city.file(), request()
    with pytest.raises(r.NotYetDue):
        actions.deem_accepted(case_id=case_id, request_id=ring, now=city.now)
    actions.deem_accepted(case_id=case_id, request_id=ring, now=city.later(days=8).now)
    assert city.state(case_id).deemed
