"""Who keeps out of a case neither sees it nor acts in it, whatever other role they hold and whichever page they ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.contexts.cases.batch.test_batches import drafted, file, view
from tests.contexts.cases.city import City, accepted, build, request, review_all
from tests.contexts.cases.test_automatic import CHIEF as CIVIL
from tests.contexts.cases.test_automatic import CLERK, MACHINE, OTHER, PROMISE, ByTable
from tests.contexts.cases.world import CHIEF, OWNER, World, officer
from tongban.contexts.cases import actions, queries
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.automatic import commands
from tongban.contexts.cases.core.fairness import commands as f
from tongban.contexts.cases.core.refusals_fair import OfficerRecused
from tongban.contexts.cases.core.rights import may_see
from tongban.contexts.parties.core import Actor, Role
from tongban.kernel.refusals import NotFound


def test_a_supervisor_who_is_also_an_approver_does_not_decide_what_they_keep_out_of() -> None:
    both = officer("a9", "market", Role.APPROVER, Role.SUPERVISOR)
    world = World().submit().accept().review_all()
    world.give(f.AskRecusal(both.id, both.name, "market", "同住"), OWNER)
    assert may_see(both, world.state)
    world.give(f.DecideRecusal("1", True), CHIEF)
    assert not may_see(both, world.state)
    with pytest.raises(NotFound):
        world.give(f.NotifyIntention("deny", "面积", "不够", "第十二条"), both)
    with pytest.raises(NotFound):
        world.give(c.AskExtension("来不及"), both)


@pytest.fixture
def city(db: None) -> City:
    return build()


def keep_out(city: City, case_id: str, who: Actor, agency: str) -> None:
    actions.ask_recusal(case_id=case_id, reason="亲属", actor=who, request_id=request(), now=city.now)
    judge = city.officer(agency, Role.APPROVER, name="judge")
    actions.decide_recusal(case_id=case_id, recusal="1", grant=True, actor=judge, request_id=request(), now=city.now)


def test_a_window_finds_the_case_no_more_by_its_applicant(city: City) -> None:
    case_id = accepted(city)
    party = city.state(case_id).applicant
    assert [one.id for one in queries.case_lines(party_id=party, actor=city.window)] == [case_id]
    keep_out(city, case_id, city.window, city.state(case_id).agency)
    assert queries.case_lines(party_id=party, actor=city.window) == ()


def test_neither_a_supervisor_nor_who_worked_on_it_finds_it_in_lists(city: City) -> None:
    case_id = accepted(city)
    review_all(city, case_id)
    state = city.state(case_id)
    done = next(task for task in state.tasks if task.agency == state.agency and task.done_by)
    who = Actor(
        kind="officer", id=done.done_by, name="x", agency=state.agency,
        roles=frozenset({Role.REVIEWER, Role.SUPERVISOR}),
    )  # fmt: skip
    assert {line.case_id for line in queries.done_by(actor=who)} == {case_id}
    keep_out(city, case_id, who, state.agency)
    assert queries.done_by(actor=who) == ()
    assert queries.find_cases(state.number[-6:], actor=who) == ()


def test_of_a_batch_they_see_the_others_and_not_the_register(city: City) -> None:
    batch_id = file(city, drafted(city))
    city.work()
    lines = view(city, batch_id).lines
    receipt = view(city, batch_id).state.documents[0].file_id
    agency = view(city, batch_id).state.agency
    who = city.officer(agency, Role.REVIEWER, name="x")
    assert queries.batch_document(batch_id, receipt, actor=who)[1].startswith(b"%PDF")
    keep_out(city, lines[0].case_id, who, agency)
    assert [line.case_id for line in view(city, batch_id, who).lines] == [line.case_id for line in lines[1:]]
    with pytest.raises(NotFound):
        queries.batch_document(batch_id, receipt, actor=who)  # it names everybody, with the codes to ask how it stands
    outcome = actions.opine_together(
        batch_id=batch_id, cases=[lines[0].case_id], outcome="pass", actor=who, request_id=request(), now=city.now
    )
    assert [refusal.code for _id, refusal in outcome.refused] == [NotFound.code]


def test_a_list_of_batches_is_scoped_by_each_mandate(city: City) -> None:
    batch_id = file(city, drafted(city))
    company = next(one for one in city.owner.principals if one.kind == "legal")
    narrow = replace(company, items=frozenset({"FOOD"}))
    wide = replace(company, id="00000000-0000-4000-8000-000000000001", items=frozenset({"*"}))
    who = replace(city.owner, principals=(narrow, wide))
    with pytest.raises(NotFound):
        queries.batch(batch_id, actor=who)
    assert queries.batches(actor=who) == ()


def test_who_keeps_out_is_not_the_second_to_verify_a_promise() -> None:
    world = ByTable(commitment=PROMISE).file(promised=True)
    world.give(f.AskRecusal(OTHER.id, OTHER.name, "civil", "同住"), OWNER)
    world.give(f.DecideRecusal("1", True), CIVIL)
    world.machine()
    world.give(commands.OpenVerification(), MACHINE)
    with pytest.raises(OfficerRecused):
        world.give(commands.VerifyCommitment("pass", "", 0, OTHER.id, OTHER.name), CLERK)
