"""Fair procedure: who is heard before a decision, who keeps out of it, who takes it, and what silence becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core import refusals_fair as rf
from tongban.contexts.cases.core.clocks import parts
from tongban.contexts.cases.core.fairness import commands as f
from tongban.contexts.cases.core.parts.fairness import Vote
from tongban.contexts.cases.core.rights import may_do
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.cases.core.state import Ending, Material
from tongban.contexts.parties.core import Commission, Role
from tongban.contexts.process.core.clocks import Suspension, joint_suspensions
from tongban.kernel.refusals import NotAllowed, NotFound

from .world import CHIEF, OWNER, REVIEWER, SECOND, STRANGER, WINDOW, World, officer

NOTICE = f.NotifyIntention("deny", "灶间只有 4 平方米", "面积不够", "《食品经营许可和备案管理办法》第十二条")
OTHER_CHIEF = officer("a2", "market", Role.APPROVER)


def reviewed(code: str = "FOOD", **handling: Any) -> World:
    world = World(code)
    if handling:
        assert world.item.handling is not None
        world.item = replace(world.item, handling=replace(world.item.handling, **handling))
    return world.submit().accept().review_all()


def deny(world: World, **more: Any) -> None:
    world.give(c.Decide(world.task("decide"), "deny", "面积不够", **more), CHIEF)


# -- statement and defence ---------------------------------------------------------------------------------------------


def test_nothing_is_denied_before_the_applicant_was_told_and_heard() -> None:
    world = reviewed()
    due = world.state.legal_due
    with pytest.raises(rf.DefenceNotHeard):
        deny(world)
    world.give(NOTICE, CHIEF)
    assert world.state.intended[-1].due == date(2026, 3, 5)  # three working days from Monday
    assert world.state.legal_due == due  # the legal clock runs on
    assert "intended_adverse-1" in {one.key for one in world.state.owed}
    with pytest.raises(rf.DefenceStillOpen):
        deny(world)
    with pytest.raises(rf.DefenceAlreadyAsked):
        world.give(NOTICE, CHIEF)
    world.wait("2026-03-05 23:00")
    with pytest.raises(rf.DefenceStillOpen):
        deny(world)
    deny(world.wait("2026-03-06 00:00"))
    assert world.state.ending is Ending.DENIED


def test_the_item_may_give_more_days() -> None:
    world = reviewed(defence_days=5)
    world.give(NOTICE, CHIEF)
    assert world.state.intended[-1].due == date(2026, 3, 9)


def test_a_notice_says_facts_reasons_and_basis() -> None:
    world = reviewed()
    for missing in ("facts", "reasons", "basis"):
        with pytest.raises(r.ReasonMissing):
            world.give(replace(NOTICE, **{missing: " "}), CHIEF)
    with pytest.raises(r.ChoiceUnknown):
        world.give(replace(NOTICE, outcome="grant"), CHIEF)
    with pytest.raises(NotFound):
        world.give(NOTICE, officer("h", "health", Role.APPROVER))
    with pytest.raises(NotAllowed):
        world.give(NOTICE, OWNER)


def test_a_decision_answers_what_the_applicant_said() -> None:
    world = reviewed()
    with pytest.raises(rf.DefenceNotOpen):
        world.give(f.StateDefence("有 12 平方米"), OWNER)
    world.give(NOTICE, CHIEF)
    with pytest.raises(NotFound):
        world.give(f.StateDefence("不关我事"), STRANGER)
    with pytest.raises(r.ReasonMissing):
        world.give(f.StateDefence("  "), OWNER)
    world.give(f.StateDefence("漏算了二楼", complete=False), OWNER, Material("statement", "file-9", "图.pdf"))
    with pytest.raises(rf.DefenceStillOpen):
        deny(world, considered="已看")
    world.give(f.StateDefence("二楼还有 8 平方米"), OWNER)
    assert [one.papers[0].file_id for one in world.state.statements if one.papers] == ["file-9"]
    with pytest.raises(rf.StatementsNotConsidered) as refused:
        deny(world)
    assert refused.value.params["count"] == 2
    deny(world, considered="二楼没有报建，不计入。")
    assert world.state.decision is not None
    assert world.state.decision.considered == "二楼没有报建，不计入。"


def test_a_window_writes_down_what_somebody_present_says_and_may_take_their_waiver() -> None:
    world = reviewed()
    world.give(NOTICE, CHIEF)
    world.give(f.StateDefence("当面说明", complete=False), WINDOW)
    assert (world.state.statements[0].channel, world.state.statements[0].by_name) == ("window", "周敏")
    world.give(f.WaiveDefence(), WINDOW)
    with pytest.raises(rf.DefenceNotOpen):
        world.give(f.WaiveDefence(), OWNER)
    deny(world, considered="已核实")
    assert world.state.ending is Ending.DENIED


def test_new_facts_need_a_new_notice_and_new_days() -> None:
    world = reviewed().hear()
    world.wait("2026-03-04 09:00").give(replace(NOTICE, facts="新的事实"), CHIEF)
    with pytest.raises(rf.DefenceStillOpen):
        deny(world)
    world.give(c.Decide(world.task("decide"), "grant"), CHIEF)  # in favour nothing has to wait
    assert world.state.ending is Ending.GRANTED


def test_a_grant_with_burdens_that_was_announced_waits_too() -> None:
    world = reviewed()
    world.give(replace(NOTICE, outcome="burden"), CHIEF)
    with pytest.raises(rf.DefenceStillOpen):
        world.give(c.Decide(world.task("decide"), "grant", conditions="限 20 时以前"), CHIEF)
    with pytest.raises(rf.DefenceNotHeard):
        deny(world)  # another decision than the one announced
    world.give(f.WaiveDefence(), OWNER)
    world.give(c.Decide(world.task("decide"), "grant", conditions="限 20 时以前"), CHIEF)
    assert world.state.ending is Ending.GRANTED


# -- recusal -----------------------------------------------------------------------------------------------------------


def test_who_keeps_out_neither_sees_nor_acts_and_the_task_stays_with_the_role() -> None:
    world = World().submit().accept()
    task = world.task("review")
    with pytest.raises(NotAllowed):
        world.give(f.AskRecusal(SECOND.id, SECOND.name, "market", "亲戚"), REVIEWER)  # officers name themselves
    world.give(f.AskRecusal(REVIEWER.id, REVIEWER.name, "market", "申请人是我弟弟"), REVIEWER)
    tasks = rows("s", world.state).tables["cases_task"]
    assert any(row[1] == "recuse-1" and row[3] == "approver" for row in tasks)
    with pytest.raises(NotAllowed):
        world.give(f.DecideRecusal("1", True), SECOND)
    world.give(f.DecideRecusal("1", True), CHIEF)
    with pytest.raises(NotFound):
        world.give(c.CompleteTask(task, "pass"), REVIEWER)
    assert not may_do(REVIEWER, next(t for t in world.state.open_tasks if t.id == task), world.state)
    assert rows("s", world.state).tables["cases_recused"] == [("s", REVIEWER.id)]
    with pytest.raises(rf.OfficerRecused):
        world.give(c.CompleteTask(world.task("inspect"), "pass", second_officer=REVIEWER.id), SECOND)
    world.give(c.CompleteTask(task, "pass"), SECOND)
    assert "recusal-1" in {one.key for one in world.state.owed}


def test_nobody_decides_on_their_own_recusal() -> None:
    world = World().submit().accept()
    world.give(f.AskRecusal(CHIEF.id, CHIEF.name, "market", "同住"), OWNER)
    with pytest.raises(rf.RecusalByAnother):
        world.give(f.DecideRecusal("1", True), CHIEF)
    with pytest.raises(r.ReasonMissing):
        world.give(f.DecideRecusal("1", False), OTHER_CHIEF)
    world.give(f.DecideRecusal("1", False, "查无此关系"), OTHER_CHIEF)
    world.review_all()
    world.give(c.Decide(world.task("decide"), "grant"), CHIEF)
    assert world.state.ending is Ending.GRANTED


def test_the_applicant_names_officers_of_the_case_with_a_reason_and_once() -> None:
    world = World().submit().accept()
    with pytest.raises(rf.NotOfThisCase):
        world.give(f.AskRecusal("officer:x", "外人", "health", "亲戚"), OWNER)
    with pytest.raises(r.ReasonMissing):
        world.give(f.AskRecusal(SECOND.id, SECOND.name, "market", " "), OWNER)
    with pytest.raises(NotFound):
        world.give(f.AskRecusal(SECOND.id, SECOND.name, "market", "亲戚"), STRANGER)
    world.give(f.AskRecusal(SECOND.id, SECOND.name, "market", "亲戚"), OWNER)
    with pytest.raises(rf.RecusalAlreadyAsked):
        world.give(f.AskRecusal(SECOND.id, SECOND.name, "market", "亲戚"), OWNER)
    world.give(f.AskRecusal(WINDOW.id, WINDOW.name, WINDOW.agency, "邻居"), OWNER)
    assert world.state.recusals[-1].agency == "market"  # the organ in charge decides about the window
    world.give(f.DecideRecusal("1", True), CHIEF)
    with pytest.raises(r.StepAlreadyDone):
        world.give(f.DecideRecusal("1", True), CHIEF)


# -- collective decisions ----------------------------------------------------------------------------------------------


def votes(*given: str) -> tuple[Vote, ...]:
    return tuple(Vote(f"officer:m{n}", f"委员{n}", vote) for n, vote in enumerate(given))


def meeting(*given: str, **more: Any) -> f.HoldMeeting:
    held = f.HoldMeeting(date(2026, 3, 2), "会议室", "争议在油烟排放", votes(*given))
    return replace(held, **more)


def test_an_item_with_collective_decisions_follows_the_vote() -> None:
    world = reviewed(collective=True)
    task = world.task("decide")
    with pytest.raises(rf.MeetingNeeded):
        world.give(c.Decide(task, "grant"), CHIEF)
    with pytest.raises(rf.MeetingTooSmall):
        world.give(meeting("grant", "grant"), CHIEF)
    with pytest.raises(rf.MeetingTooSmall):
        world.give(meeting("grant", "grant", votes=votes("grant", "grant") * 2), CHIEF)  # nobody votes twice
    with pytest.raises(NotAllowed):
        world.give(meeting("grant", "grant", "deny"), REVIEWER)
    world.give(meeting("grant", "deny", "abstain"), CHIEF)
    with pytest.raises(rf.NoMajority):
        world.give(c.Decide(task, "grant"), CHIEF)
    world.give(meeting("grant", "grant", "deny"), CHIEF)
    world.hear()
    with pytest.raises(rf.AgainstTheVote):
        deny(world)
    world.give(c.Decide(task, "grant"), CHIEF)
    assert {"minutes-1", "minutes-2"} <= {one.key for one in world.state.owed}


def test_the_approver_may_call_a_meeting_for_any_case_and_then_is_bound_by_it() -> None:
    world = reviewed()
    with pytest.raises(r.ChoiceUnknown):
        world.give(meeting("grant", "grant", "grant", on=date(2026, 3, 3)), CHIEF)  # not held yet
    world.give(meeting("deny", "deny", "grant"), CHIEF)
    with pytest.raises(rf.AgainstTheVote):
        world.give(c.Decide(world.task("decide"), "grant"), CHIEF)
    deny(world.hear())
    assert world.state.ending is Ending.DENIED


def test_whoever_keeps_out_does_not_vote_and_handlers_still_do_not_decide() -> None:
    world = reviewed()
    both = officer("x-market", "market", Role.REVIEWER, Role.APPROVER)  # reviewed it before
    world.give(meeting("grant", "grant", "grant"), CHIEF)
    with pytest.raises(r.HandlerMayNotDecide):
        world.give(c.Decide(world.task("decide"), "grant"), both)
    world.give(f.AskRecusal(SECOND.id, SECOND.name, "market", "亲戚"), OWNER)
    world.give(f.DecideRecusal("1", True), CHIEF)
    with pytest.raises(rf.OfficerRecused):
        world.give(meeting(votes=(*votes("grant", "grant"), Vote(SECOND.id, SECOND.name, "grant"))), CHIEF)


# -- chief representatives ---------------------------------------------------------------------------------------------


def chief_representative(*items: str, until: str = "2026-03-31", agency: str = "market") -> Any:
    given = Commission("k1", agency, items, date(2026, 3, 1), date.fromisoformat(until))
    return replace(officer("c1", "market", Role.CHIEF_REPRESENTATIVE), commissions=(given,))


def test_a_chief_representative_decides_in_the_name_of_the_organ_within_the_commission() -> None:
    world = reviewed(delegated=True)
    task = world.task("decide")
    for stranger in (
        chief_representative("HYGIENE"),
        chief_representative("FOOD", agency="health"),
        replace(chief_representative("FOOD"), roles=frozenset({Role.WINDOW})),
    ):
        with pytest.raises(NotFound):
            world.give(c.Decide(task, "grant"), stranger)
    with pytest.raises(rf.BeyondMandate):
        world.give(c.Decide(task, "grant"), chief_representative("FOOD", until="2026-03-01"))
    with pytest.raises(NotAllowed):
        world.give(c.StartSpecial("expert_review", "x", 2), chief_representative("FOOD"))
    world.give(c.Decide(task, "grant"), chief_representative("FOOD"))
    assert world.state.decision is not None
    assert (world.state.decision.commission, world.state.decision.agency) == ("k1", "market")


def test_an_item_that_is_not_handed_to_the_window_is_decided_by_the_organ_alone() -> None:
    world = reviewed(delegated=False)
    with pytest.raises(rf.BeyondMandate):
        world.give(c.Decide(world.task("decide"), "grant"), chief_representative("FOOD"))


def test_who_took_the_papers_in_does_not_decide_under_a_commission_either() -> None:
    world = World("FOOD")
    assert world.item.handling is not None
    world.item = replace(world.item, handling=replace(world.item.handling, delegated=True))
    seated = replace(
        chief_representative("FOOD"), roles=frozenset({Role.WINDOW, Role.CHIEF_REPRESENTATIVE}),
        window_items=frozenset({"*"}),
    )  # fmt: skip
    world.submit().accept(seated).review_all()
    with pytest.raises(r.HandlerMayNotDecide):
        world.give(c.Decide(world.task("decide"), "grant"), seated)


# -- joint handling ----------------------------------------------------------------------------------------------------


def joint() -> World:
    world = World("ROAD-DIG", now="2026-03-02 09:00")
    assert world.item.handling is not None
    world.item = replace(world.item, statutory=None, handling=replace(world.item.handling, together=True))
    return world.submit().accept()


def test_several_organs_together_have_45_days_and_15_more_from_the_government() -> None:
    world = joint()
    lead, chief = officer("r", "cityadmin", Role.REVIEWER), officer("a", "cityadmin", Role.APPROVER)
    single = World("ROAD-DIG", now="2026-03-02 09:00")
    single.item = replace(single.item, statutory=None)
    single.submit().accept()
    assert world.state.legal_due == world.calendar.add_workdays(date(2026, 3, 2), 45)
    assert single.state.legal_due == world.calendar.add_workdays(date(2026, 3, 2), 20)
    world.give(c.AskExtension("要等管线探测", "government"), lead)
    with pytest.raises(NotAllowed):
        world.give(c.AnswerExtension(approve=True), chief)
    tasks = rows("s", world.state).tables["cases_task"]
    assert [row[4] for row in tasks if row[2] == "extend"] == ["government"]
    world.give(c.AnswerExtension(approve=True), officer("g", "government", Role.APPROVER))
    assert world.state.legal_due == world.calendar.add_workdays(date(2026, 3, 2), 60)


def test_the_extension_of_a_single_organ_stays_with_its_own_head() -> None:
    world = World("ROAD-DIG").submit().accept()
    world.give(c.AskExtension("要等管线探测", "government"), officer("r", "cityadmin", Role.REVIEWER))
    with pytest.raises(NotFound):
        world.give(c.AnswerExtension(approve=True), officer("g", "government", Role.APPROVER))
    world.give(c.AnswerExtension(approve=True), officer("a", "cityadmin", Role.APPROVER))
    assert world.state.extension is not None
    assert world.state.extension.days == 10


def test_the_joint_clock_stands_only_while_every_organ_does() -> None:
    """STANDARDS §15 vector 5: the lead's expert review stops the whole once the others have given their opinions."""
    world = joint()
    day = world.calendar.add_workdays
    own = (Suspension("expert_review", date(2026, 3, 4), None),)
    others = [task for task in world.state.tasks if task.agency != "cityadmin"]
    assert len(others) == 3
    assert joint_suspensions(parts(world.state, own)) == ()  # three organs still work
    closed = tuple(
        replace(task, done_at=task.opened_at + timedelta(days=7)) if task in others else task
        for task in world.state.tasks
    )
    stopped = joint_suspensions(parts(replace(world.state, tasks=closed), own))
    assert [(one.start, one.end) for one in stopped] == [(date(2026, 3, 10), None)]
    assert world.state.legal_due == day(date(2026, 3, 2), 45)
