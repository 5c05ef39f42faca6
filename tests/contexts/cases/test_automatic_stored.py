"""A published table decides through the ledger and the worker: filed, decided, licensed and drawn without a person."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contexts.cases.city import City, build, request
from tests.contexts.cases.world import answers
from tongban.contexts.cases import actions, queries
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.automatic.sampling import draw
from tongban.contexts.cases.core.occurred.automatic import DecidedByTable
from tongban.contexts.cases.core.state import Phase
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties.core import Role, system
from tongban.foundation import ledger
from tongban.kernel.refusals import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return build()


def file(city: City, **changes: Any) -> str:
    """The old people's card, for oneself, with the answers that the table grants."""
    item = catalogue.current("OLD-CARD").item
    draft = actions.start_draft(
        item_code="OLD-CARD", principal_id=city.owner.principals[0].id, division="429901", actor=city.owner,
        now=city.now,
    )  # fmt: skip
    given = {"local": "yes", "id_number": "11010519491231002X", "card": "electronic"} | changes.pop("given", {})
    actions.save_answers(draft_id=draft, values=answers(item, **given), actor=city.owner, now=city.now)
    return actions.submit(
        draft_id=draft, request_id=request(), actor=city.owner, now=city.now, **changes
    ).case_id  # fmt: skip


def test_filed_decided_and_licensed_by_the_worker_alone(city: City) -> None:
    case_id = file(city)
    city.work()
    state = city.state(case_id)
    assert state.phase is Phase.DELIVERED
    assert state.licence is not None
    assert [one.kind for one in state.documents] == ["receipt", "acceptance", "table_account", "grant"]
    report = ledger.verify([case_id])
    assert report.ok, str(report)


def test_the_draw_follows_from_the_hash_of_the_record(city: City) -> None:
    case_id = file(city)
    city.work()
    view = queries.case(case_id, actor=system("test"))
    record = next(one for one in view.history if isinstance(one.event, DecidedByTable))
    sample = view.state.automatic.drawn
    assert sample is not None
    assert sample.fingerprint == record.hash
    assert sample.number == draw(view.state.number, record.hash)
    assert (sample.due is not None) == (sample.number < sample.percent)


def test_the_applicant_may_ask_for_a_person_before_and_after(city: City) -> None:
    by_person = file(city, by_person=True)
    city.work()
    assert city.state(by_person).phase is Phase.SUBMITTED
    case_id = file(city)
    city.work()
    actions.ask_review(case_id=case_id, reason="请说明", actor=city.owner, request_id=request(), now=city.now)
    chief = city.officer(city.state(case_id).agency, Role.APPROVER)
    with pytest.raises(NotFound):
        actions.answer_review(
            case_id=case_id, outcome="confirmed", answer="符合规则二。", actor=city.officer("water", Role.APPROVER),
            request_id=request(), now=city.now,
        )  # fmt: skip
    actions.answer_review(
        case_id=case_id, outcome="confirmed", answer="符合规则二。", actor=chief, request_id=request(), now=city.now
    )
    city.work()
    state = city.state(case_id)
    assert state.automatic.asked is not None
    assert state.automatic.asked.outcome == "confirmed"
    assert [one.kind for one in state.documents][-1] == "review_answer"
    with pytest.raises(r.ReviewNotPossible):
        actions.ask_review(case_id=case_id, reason="再问", actor=city.owner, request_id=request(), now=city.now)


def test_what_the_table_leaves_to_people_waits_at_the_window_with_its_advice(city: City) -> None:
    case_id = file(city, given={"local": "no"})
    city.work()
    state = city.state(case_id)
    assert (state.phase, state.automatic.left) == (Phase.SUBMITTED, "table")
    actions.accept(case_id=case_id, actor=city.window, request_id=request(), now=city.now)
    assert [task.act for task in city.state(case_id).open_tasks] == ["decide"]


def test_those_who_published_the_item_are_its_authors(city: City) -> None:
    assert catalogue.authors_of("OLD-CARD", 1) == {"system:test"}
    assert catalogue.authors_of("NO-SUCH-ITEM", 1) == frozenset()
