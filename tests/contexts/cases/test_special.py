"""Special procedures: each rule as the sentence it enforces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.parts.special import Attachment, CheckLine, Named, Signature, Statement
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special import refusals as x
from tongban.contexts.cases.core.special.papers import FACTS
from tongban.contexts.catalogue.core.items import SpecialProcedure, Text
from tongban.contexts.parties.core import ANONYMOUS, Role
from tongban.contexts.process.core.causes import CAUSES
from tongban.kernel.refusals import NotAllowed, NotFound
from tongban.kernel.workdays import Calendar

from .specials import (
    EXPERTS,
    TWO,
    appointment,
    chief_of,
    inspector,
    lead_of,
    minutes,
    reviewed,
    start,
    visit_done,
    whole,
)
from .world import CLOCK, OWNER, STRANGER, World, officer


def food() -> World:
    return World(now="2026-03-02 09:00").submit().accept()


def with_special(*more: SpecialProcedure, code: str = "FOOD") -> World:
    """An accepted case of an item that publishes further special procedures."""
    world = World(code, now="2026-03-02 09:00")
    assert world.item.handling is not None
    world.item = replace(
        world.item, handling=replace(world.item.handling, special=(*world.item.handling.special, *more))
    )
    return world.submit().accept()


def special(cause: Any, *, stops: bool = False, **more: Any) -> SpecialProcedure:
    return SpecialProcedure(cause, Text(cause, cause), stops=stops, basis=Text("依据", "basis"), **more)


# -- who starts, who approves, what stops ------------------------------------------------------------------------------


def test_what_the_head_approves_waits_and_stops_nothing_until_then() -> None:
    world = World("ROAD-DIG", now="2026-03-02 09:00").submit().accept()
    due = world.state.legal_due
    both = officer("both", world.state.agency, Role.REVIEWER, Role.APPROVER)
    world.give(c.StartSpecial("expert_review", "交通组织复杂", 3), both)
    one = world.state.procedures[0]
    assert (one.stage, world.state.specials, world.state.legal_due) == ("proposed", (), due)
    assert [row[2] for row in rows("id", world.state).tables["cases_task"] if row[1].startswith("approve-")] == [
        "special"
    ]
    with pytest.raises(r.SpecialAlreadyOpen):
        world.give(c.StartSpecial("expert_review", "再来", 3), both)
    with pytest.raises(x.ProposerMayNotApprove):
        world.give(s.AnswerSpecial(one.id, True), both)
    with pytest.raises(NotAllowed):
        world.give(s.AnswerSpecial(one.id, True), lead_of(world))
    world.wait("2026-03-04 09:00").give(s.AnswerSpecial(one.id, True), chief_of(world))
    started = world.state.specials[0]
    assert (started.started_on, started.planned_end, started.stops) == (date(2026, 3, 4), date(2026, 3, 9), True)
    assert world.state.legal_due is None
    with pytest.raises(x.SpecialNotWaiting):
        world.give(s.AnswerSpecial(one.id, True), chief_of(world))


def test_a_refused_proposal_names_why_and_may_be_made_again() -> None:
    world = World("ROAD-DIG").submit().accept()
    world.give(c.StartSpecial("expert_review", "复杂", 3), lead_of(world))
    one = world.state.procedures[0].id
    with pytest.raises(r.ReasonMissing):
        world.give(s.AnswerSpecial(one, False), chief_of(world))
    world.give(s.AnswerSpecial(one, False, "资料已经够了"), chief_of(world))
    assert world.state.procedures[0].stage == "refused"
    assert start(world, "expert_review") != one


def test_the_decision_waits_for_a_proposal() -> None:
    world = World("ROAD-DIG").submit().accept().review_all()
    world.give(c.StartSpecial("expert_review", "复杂", 3), lead_of(world))
    with pytest.raises(x.SpecialAwaitsApproval):
        world.give(c.Decide(world.task("decide"), "grant"), chief_of(world))


def test_a_site_visit_starts_at_once_and_the_clock_runs_on() -> None:
    world = food()
    due = world.state.legal_due
    start(world, "site_visit", 2)
    assert (world.state.specials[0].stops, world.state.legal_due) == (False, due)


@pytest.mark.parametrize("cause", ["site_visit", "public_notice", "third_party"])
def test_no_item_stops_the_clock_by_a_cause_that_no_law_names(cause: str) -> None:
    world = with_special(code="FOOD")
    assert world.item.handling is not None
    world.item = replace(world.item, handling=replace(world.item.handling, special=(special(cause, stops=True),)))
    with pytest.raises(x.CauseStopsNothing):
        world.give(c.StartSpecial(cause, "停一停", 3), lead_of(world))


def test_a_city_that_names_its_law_stops_the_clock_for_a_site_visit() -> None:
    world = food()
    assert world.item.handling is not None
    local = special("site_visit", stops=True, law="江城市政务服务条例", article="37")
    world.item = replace(world.item, handling=replace(world.item.handling, special=(local,)))
    start(world, "site_visit", 2)
    assert world.state.legal_due is None
    assert world.state.procedures[0].law == "《江城市政务服务条例》第三十七条"


def test_a_law_that_stops_the_clock_prevails_over_an_item_that_says_nothing() -> None:
    world = with_special(special("appraisal", stops=False))
    start(world, "appraisal", 5)
    assert world.state.legal_due is None


def test_a_procedure_is_never_longer_than_its_law_allows() -> None:
    world = with_special(special("hearing", stops=True))
    with pytest.raises(r.DaysMissing) as refused:
        world.give(c.StartSpecial("hearing", "涉及公共利益", 21), lead_of(world))
    assert refused.value.params["most"] == 20


def test_every_cause_of_the_law_has_a_course_and_a_notice() -> None:
    assert {cause.notice for cause in CAUSES} <= {"special_notice", "supplement"}
    assert "special_notice" in FACTS


def test_what_overstays_its_limit_is_recorded_and_comes_before_the_head() -> None:
    world = food()
    start(world, "site_visit", 2)
    due = next(one for one in rows("id", world.state).due if one.name == "case.special_overstayed")
    assert due.at.date() == date(2026, 3, 5)
    with pytest.raises(r.NotYetDue):
        world.wait("2026-03-04 23:59").give(s.MarkOverstayed(due.args["special"]), CLOCK)
    with pytest.raises(NotAllowed):
        world.give(s.MarkOverstayed(due.args["special"]), chief_of(world))
    world.wait("2026-03-05 00:00").give(s.MarkOverstayed(due.args["special"]), CLOCK)
    assert world.state.procedures[0].overstayed_on == date(2026, 3, 5)
    after = rows("id", world.state)
    assert not [one for one in after.due if one.name == "case.special_overstayed"]
    told = [row for row in after.tables["cases_task"] if row[1].startswith("overdue-")]
    assert [(row[3], row[13]) for row in told] == [("approver", date(2026, 3, 4))]
    assert world.give(s.MarkOverstayed(due.args["special"]), CLOCK) == []


# -- site visit --------------------------------------------------------------------------------------------------------


def test_a_visit_names_two_officers_a_working_day_and_a_place() -> None:
    world = food()
    one, lead = start(world, "site_visit", 5), lead_of(world)
    for officers in ((TWO[0],), (TWO[0], TWO[0]), ()):
        with pytest.raises(x.OfficersNotTwo):
            world.give(appointment(world, one, officers=officers), lead)
    for day in (date(2026, 3, 1), date(2026, 3, 7)):  # past; a Saturday
        with pytest.raises(x.DayNotPossible):
            world.give(appointment(world, one, on=day), lead)
    with pytest.raises(r.ChoiceUnknown):
        world.give(appointment(world, one, slot="夜里"), lead)
    with pytest.raises(r.ReasonMissing):
        world.give(appointment(world, one, place=" "), lead)
    with pytest.raises(NotFound):
        world.give(appointment(world, one), STRANGER)
    world.give(appointment(world, one, on=date(2026, 3, 4)), lead)
    assert "visit_notice" in {owed.kind for owed in world.state.owed}


def test_the_applicant_asks_once_for_another_time_before_the_day() -> None:
    world = food()
    one, lead = start(world, "site_visit", 5), lead_of(world)
    with pytest.raises(x.ProcedureStepWrong):
        world.give(s.AskVisitTime(one, "那天停电"), OWNER)
    world.give(appointment(world, one, on=date(2026, 3, 4)), lead)
    with pytest.raises(r.ReasonMissing):
        world.give(s.AskVisitTime(one, ""), OWNER)
    with pytest.raises(NotAllowed):
        world.give(s.AskVisitTime(one, "那天停电"), lead)
    world.give(s.AskVisitTime(one, "那天停电", "5 日下午"), OWNER)
    world.give(appointment(world, one, on=date(2026, 3, 5)), lead)
    visit = world.state.procedures[0].visit
    assert visit is not None
    assert (visit.on, visit.other_answer) == (date(2026, 3, 5), "moved")
    with pytest.raises(x.OtherTimeAskedAlready):
        world.give(s.AskVisitTime(one, "还是不行"), OWNER)


def test_a_time_is_not_asked_for_on_the_day_and_may_be_kept_with_a_reason() -> None:
    world = food()
    one, lead = start(world, "site_visit", 5), lead_of(world)
    world.give(appointment(world, one, on=date(2026, 3, 4)), lead)
    with pytest.raises(x.DayNotPossible):
        world.wait("2026-03-04 08:00").give(s.AskVisitTime(one, "忘了"), OWNER)
    world.wait("2026-03-03 09:00").give(s.AskVisitTime(one, "忙"), OWNER)
    world.give(s.KeepVisitTime(one, "期限快到了"), lead)
    visit = world.state.procedures[0].visit
    assert visit is not None
    assert visit.other_answer == "期限快到了"
    with pytest.raises(x.ProcedureStepWrong):
        world.give(s.KeepVisitTime(one, "再说一次"), lead)


def test_one_officer_alone_makes_no_record() -> None:
    world = food()
    one = start(world, "site_visit", 5)
    world.give(appointment(world, one), lead_of(world))
    with pytest.raises(x.NotNamedOfficer):
        world.give(whole(world, one), lead_of(world))
    world.give(whole(world, one), inspector(world, 0))
    world.give(s.SignVisit(one), inspector(world, 0))
    with pytest.raises(x.SecondOfficerSigns):
        world.give(s.SignVisit(one), inspector(world, 0))
    assert world.state.specials[0].ended_on is None
    world.give(s.SignVisit(one), inspector(world, 1))
    assert world.state.specials[0].ended_on == date(2026, 3, 2)
    with pytest.raises(r.StepAlreadyDone):
        world.give(whole(world, one), inspector(world, 0))


def test_a_record_is_kept_in_parts_and_signed_whole() -> None:
    world = food()
    one = start(world, "site_visit", 5)
    world.give(appointment(world, one, on=date(2026, 3, 3)), lead_of(world))
    with pytest.raises(x.ProcedureStepWrong):
        world.give(whole(world, one), inspector(world, 0))  # not yet its day
    world.wait("2026-03-03 09:30")
    visit = world.state.procedures[0].visit
    assert visit is not None
    part = tuple(CheckLine(line.text, "fail" if n == 0 else "") for n, line in enumerate(visit.lines))
    world.give(s.SaveVisit(one, part), inspector(world, 0))
    assert world.give(s.SaveVisit(one, part), inspector(world, 0)) == []
    for wrong in ("", "没看"):
        bad = tuple(CheckLine(line.text, wrong or "pass", "") for line in visit.lines)
        if wrong:
            with pytest.raises(r.ChoiceUnknown):
                world.give(s.SaveVisit(one, bad), inspector(world, 0))
    with pytest.raises(r.ChoiceUnknown):
        world.give(s.SaveVisit(one, (CheckLine("别的", "pass"),)), inspector(world, 0))
    with pytest.raises(x.RecordIncomplete):
        world.give(s.SignVisit(one), inspector(world, 0))
    for lacking in ({"findings": ""}, {"result": ""}, {"present": ""}, {"present": "refused"}):
        world.give(whole(world, one, **lacking), inspector(world, 0))
        with pytest.raises(x.RecordIncomplete):
            world.give(s.SignVisit(one), inspector(world, 0))


def test_a_record_that_changes_is_signed_anew() -> None:
    world = food()
    one = start(world, "site_visit", 5)
    world.give(appointment(world, one), lead_of(world))
    world.give(whole(world, one), inspector(world, 0))
    world.give(s.SignVisit(one), inspector(world, 0))
    world.give(whole(world, one, findings="改过。"), inspector(world, 1))
    visit = world.state.procedures[0].visit
    assert visit is not None
    assert visit.signed_by is None
    world.give(s.SignVisit(one), inspector(world, 1))
    photo = Attachment("f", "a.png", "image/png", 9, "0" * 64, TWO[0].id, world.now, line=1)
    world.give(s.AddVisitPhoto(one, photo), inspector(world, 0))
    visit = world.state.procedures[0].visit
    assert visit is not None
    assert (visit.signed_by, len(visit.photos)) == (None, 1)


def test_the_record_does_the_inspection_task_of_the_route_and_is_one_paper() -> None:
    world = food()
    task = world.task("inspect")
    one = start(world, "site_visit", 5)
    visit_done(world, one)
    done = world.state.task(task)
    assert done is not None
    assert (done.outcome, done.done_by, done.second_officer) == ("pass", TWO[0].id, TWO[1].id)
    assert [owed.key for owed in world.state.owed if owed.kind == "inspection"] == [f"inspection-{task}"]
    for who in (inspector(world, 0), inspector(world, 1)):
        with pytest.raises((r.HandlerMayNotDecide, NotAllowed, r.NotYetReady)):
            world.give(c.Decide("", "grant"), replace(who, roles=frozenset({Role.APPROVER})))


# -- hearing -----------------------------------------------------------------------------------------------------------


def told(to: str = "applicant", others: str = "") -> tuple[World, str]:
    world = food()
    world.give(s.TellHearing(to, "拟不予许可", others), lead_of(world))
    return world, world.state.procedures[0].id


def asked() -> tuple[World, str]:
    world, one = told()
    world.wait("2026-03-04 10:00").give(s.AskHearing(one, "想当面说"), OWNER)
    return world, one


def chair(name: str = "h1") -> Named:
    return Named(f"officer:{name}", "何主持")


def scheduling(one: str, on: date = date(2026, 3, 18), **changes: Any) -> s.ScheduleHearing:
    given = {"on": on, "time": "09:30", "place": "三楼会议室", "chair": chair()}
    return s.ScheduleHearing(one, **(given | changes))  # type: ignore[arg-type]


def test_the_right_is_told_once_and_asked_for_within_five_working_days() -> None:
    world, one = told()
    hearing = world.state.procedures[0].hearing
    assert hearing is not None
    assert hearing.ask_by == date(2026, 3, 9)
    assert (world.state.specials, "hearing_right" in {owed.kind for owed in world.state.owed}) == ((), True)
    with pytest.raises(x.HearingToldAlready):
        world.give(s.TellHearing("applicant", "再告知"), lead_of(world))
    with pytest.raises(x.HearingTimeOver):
        world.wait("2026-03-10 09:00").give(s.AskHearing(one), OWNER)
    world.wait("2026-03-09 17:00").give(s.AskHearing(one), OWNER)
    assert world.state.legal_due is None  # from here its time is not counted
    hearing = world.state.procedures[0].hearing
    assert hearing is not None
    assert hearing.hold_by == date(2026, 4, 7)  # twenty working days on, over 清明


def test_no_decision_while_somebody_may_still_ask() -> None:
    world, one = told()
    world.review_all()
    with pytest.raises(x.HearingRightRuns):
        world.give(c.Decide(world.task("decide"), "grant"), chief_of(world))
    world.give(s.WaiveHearing(one), OWNER)
    world.give(c.Decide(world.task("decide"), "grant"), chief_of(world))


def test_the_right_lapses_by_itself() -> None:
    world, _one = told()
    world.review_all().wait("2026-03-10 09:00")
    world.give(c.Decide(world.task("decide"), "grant"), chief_of(world))


def test_a_calendar_that_gains_rest_days_gives_more_time_to_ask() -> None:
    world, one = told()  # until 9 March
    year = world.calendar.years[2026]
    world.calendar = Calendar({**world.calendar.years, 2026: replace(year, rest=year.rest | {date(2026, 3, 9)})})
    world.wait("2026-03-10 09:00").give(s.AskHearing(one), OWNER)
    assert world.state.specials[0].cause == "hearing"


def test_a_third_party_asks_through_the_organ_and_the_applicant_does_not_waive_for_them() -> None:
    with pytest.raises(r.ReasonMissing):
        told("third")
    world, one = told("third", "楼上住户李某")
    for command in (s.WaiveHearing(one), s.AskHearing(one)):
        with pytest.raises(x.ProcedureStepWrong):
            world.give(command, OWNER)
    with pytest.raises(r.ReasonMissing):
        world.give(s.AskHearing(one), lead_of(world))
    world.give(s.AskHearing(one, "油烟", "李某"), lead_of(world))
    assert world.state.specials[0].cause == "hearing"


def test_the_notice_of_a_hearing_goes_out_seven_working_days_before_and_within_twenty() -> None:
    world, one = asked()  # on 4 March
    lead = lead_of(world)
    with pytest.raises(x.HearingTooSoon) as soon:
        world.give(scheduling(one, date(2026, 3, 12)), lead)
    assert soon.value.params["first"] == date(2026, 3, 13)
    with pytest.raises(x.HearingTooLate):
        world.give(scheduling(one, date(2026, 4, 2)), lead)
    with pytest.raises(r.ReasonMissing):
        world.give(scheduling(one, public=False), lead)
    with pytest.raises(r.ChoiceUnknown):
        world.give(scheduling(one, time="25:00"), lead)
    world.give(scheduling(one, date(2026, 3, 13)), lead)
    assert "hearing_notice" in {owed.kind for owed in world.state.owed}


def test_whoever_handled_the_case_does_not_chair() -> None:
    world, one = asked()
    world.review_all()
    handlers = {world.state.accepted_by, lead_of(world).id} | {task.done_by for task in world.state.tasks} - {""}
    for id_ in handlers:
        with pytest.raises(x.ChairIsHandler):
            world.give(scheduling(one, chair=Named(id_, "x")), lead_of(world))


def test_a_hearing_ends_with_minutes_and_the_decision_rests_on_them() -> None:
    world, one = asked()
    world.review_all()
    lead, chief = lead_of(world), chief_of(world)
    with pytest.raises(x.ProcedureStepWrong):
        world.give(minutes(one), lead)
    world.give(scheduling(one), lead)
    with pytest.raises(x.ProcedureStepWrong):
        world.give(minutes(one), lead)  # before its day
    world.wait("2026-03-18 12:00")
    with pytest.raises(x.MinutesMissing):
        world.give(c.EndSpecial(one, "开过了"), lead)
    for bad in ({"statements": ()}, {"signatures": ()}, {"statements": (Statement("周敏", ""),)},
                {"signatures": (Signature(""),)}, {"attended": ""}):  # fmt: skip
        with pytest.raises(r.ReasonMissing):
            world.give(replace(minutes(one), **bad), lead)
    world.give(minutes(one), lead)
    with pytest.raises(x.MinutesMissing):
        world.give(s.WeighHearing(one, "采纳"), chief)  # while it is still open
    world.give(c.EndSpecial(one, "听证结束"), lead)
    with pytest.raises(x.MinutesNotWeighed):
        world.give(c.Decide(world.task("decide"), "grant"), chief)
    with pytest.raises(NotAllowed):
        world.give(s.WeighHearing(one, "采纳"), lead)
    world.give(s.WeighHearing(one, "采纳申请人关于后厨的陈述。"), chief)
    world.give(c.Decide(world.task("decide"), "grant"), chief)


# -- experts, tests, opinions ------------------------------------------------------------------------------------------


def test_experts_are_three_or_more_odd_declared_and_not_the_applicants() -> None:
    world = World("ROAD-DIG", now="2026-03-02 09:00").submit().accept()
    one, lead = start(world, "expert_review", 5), lead_of(world)
    for few in (EXPERTS[:1], (*EXPERTS, replace(EXPERTS[0], name="钱工")), (EXPERTS[0],) * 3):
        with pytest.raises(x.ExpertsTooFew):
            world.give(s.NameExperts(one, few, declared=True), lead)
    with pytest.raises(x.ExpertsUndeclared):
        world.give(s.NameExperts(one, EXPERTS, declared=False), lead)
    mine = (*EXPERTS[:2], replace(EXPERTS[2], employer=world.state.applicant_name))
    with pytest.raises(x.ExpertOfApplicant):
        world.give(s.NameExperts(one, mine, declared=True), lead)


@pytest.mark.parametrize(
    ("opinions", "majority"),
    [
        (("agree", "agree", "agree"), "agree"),
        (("agree", "conditions", "disagree"), "conditions"),
        (("disagree", "disagree", "agree"), "disagree"),
    ],
)
def test_the_majority_of_the_experts_concludes(opinions: tuple[str, ...], majority: str) -> None:
    world = World("ROAD-DIG", now="2026-03-02 09:00").submit().accept()
    one = start(world, "expert_review", 5)
    reviewed(world, one, *opinions)
    review = world.state.procedures[0].review
    assert review is not None
    assert review.majority == majority


def test_no_conclusion_before_every_expert_has_spoken_and_no_end_before_the_conclusion() -> None:
    world = World("ROAD-DIG", now="2026-03-02 09:00").submit().accept()
    one, lead = start(world, "expert_review", 5), lead_of(world)
    with pytest.raises(x.ProcedureStepWrong):
        world.give(s.RecordExpert(one, "李工", "agree", "好"), lead)
    world.give(s.NameExperts(one, EXPERTS, declared=True), lead)
    world.give(s.RecordExpert(one, "李工", "agree", "好"), lead)
    with pytest.raises(x.ProcedureStepWrong):
        world.give(s.RecordExpert(one, "李工", "disagree", "不好"), lead)
    with pytest.raises(NotFound):
        world.give(s.RecordExpert(one, "路人", "agree", "好"), lead)
    with pytest.raises(x.StepMissing):
        world.give(s.ConcludeExperts(one, "可行"), lead)
    with pytest.raises(x.StepMissing):
        world.give(c.EndSpecial(one, "完"), lead)


def test_a_test_is_commissioned_and_reported() -> None:
    world = with_special(special("inspection_test", stops=True))
    one, lead = start(world, "inspection_test", 5), lead_of(world)
    with pytest.raises(x.ProcedureStepWrong):
        world.give(s.ReportTest(one, "pass", "检 1"), lead)
    with pytest.raises(r.DaysMissing):
        world.give(s.CommissionTest(one, "检验所", "水质", 6), lead)
    world.give(s.CommissionTest(one, "检验所", "水质", 5), lead)
    with pytest.raises(x.StepMissing):
        world.give(c.EndSpecial(one, "完"), lead)
    for bad in (s.ReportTest(one, "pass", ""), s.ReportTest(one, "fail", "检 1")):
        with pytest.raises(r.ReasonMissing):
            world.give(bad, lead)
    world.give(s.ReportTest(one, "pass", "检 1"), lead)
    world.give(c.EndSpecial(one, "合格"), lead)
    assert world.state.legal_due is not None


def test_silence_counts_as_an_answer_only_after_the_day_that_was_told() -> None:
    world = with_special(special("third_party"))
    one, lead = start(world, "third_party", 5), lead_of(world)
    with pytest.raises(x.StepMissing):
        world.give(c.EndSpecial(one, "完"), lead)
    world.give(s.AskOpinion(one, "楼上住户", "是否同意装排烟管", 3), lead)  # due on 5 March
    with pytest.raises(x.ProcedureStepWrong):
        world.wait("2026-03-05 17:00").give(s.RecordOpinion(one, "1", "silent"), lead)
    with pytest.raises(r.ReasonMissing):
        world.give(s.RecordOpinion(one, "1", "disagree"), lead)
    with pytest.raises(x.StepMissing):
        world.give(c.EndSpecial(one, "完"), lead)
    world.wait("2026-03-06 09:00").give(s.RecordOpinion(one, "1", "silent"), lead)
    world.give(c.EndSpecial(one, "没有意见"), lead)


# -- public notice -----------------------------------------------------------------------------------------------------


def published() -> tuple[World, str]:
    world = with_special(special("public_notice", notice_days=3))
    one = start(world, "public_notice", 5)
    world.give(s.PublishNotice(one, "拟许可公示", "江畔小馆……", 3), lead_of(world))
    return world, one


def test_a_notice_stands_for_its_days_and_counts_working_days() -> None:
    world, one = published()
    notice = world.state.procedures[0].notice
    assert notice is not None
    assert (notice.first, notice.last) == (date(2026, 3, 2), date(2026, 3, 5))
    row = rows("id", world.state).tables["cases_notice"][0]
    assert (row[1], row[7], row[-1]) == (one, "拟许可公示", False)
    with pytest.raises(x.ProcedureStepWrong):
        world.give(s.PublishNotice(one, "改", "改", 3), lead_of(world))


def test_a_notice_is_not_shorter_than_the_item_says() -> None:
    world = with_special(special("public_notice", notice_days=3, notice_unit="day"))
    one = start(world, "public_notice", 5)
    with pytest.raises(x.NoticeTooShort):
        world.give(s.PublishNotice(one, "公示", "内容", 2), lead_of(world))
    world.give(s.PublishNotice(one, "公示", "内容", 5), lead_of(world))
    notice = world.state.procedures[0].notice
    assert notice is not None
    assert notice.last == date(2026, 3, 9)  # the fifth day is a Saturday: Monday (民法典 203)


def test_anybody_objects_with_a_name_and_a_contact_while_it_stands() -> None:
    world, one = published()
    for bad in (s.Object(one, "", "139", "x"), s.Object(one, "李某", "", "x")):
        with pytest.raises(x.ContactMissing):
            world.give(bad, ANONYMOUS)
    with pytest.raises(r.ReasonMissing):
        world.give(s.Object(one, "李某", "139", ""), ANONYMOUS)
    world.give(s.Object(one, "李某", "13900000009", "油烟扰民"), ANONYMOUS)
    with pytest.raises(x.NoticeClosed):
        world.wait("2026-03-06 00:00").give(s.Object(one, "李某", "139", "晚了"), ANONYMOUS)
    with pytest.raises(NotFound):
        world.give(s.Object("nothing-1", "李某", "139", "x"), ANONYMOUS)


def test_every_objection_is_answered_before_the_notice_ends() -> None:
    world, one = published()
    lead = lead_of(world)
    world.give(s.Object(one, "李某", "13900000009", "油烟扰民"), ANONYMOUS)
    world.wait("2026-03-06 09:00")
    with pytest.raises(x.StepMissing):
        world.give(c.EndSpecial(one, "无异议"), lead)
    with pytest.raises(r.ReasonMissing):
        world.give(s.AnswerObjection(one, "1", "", upheld=False), lead)
    world.give(s.AnswerObjection(one, "1", "已装净化器，检测达标。", upheld=False), lead)
    with pytest.raises(r.StepAlreadyDone):
        world.give(s.AnswerObjection(one, "1", "再答", upheld=True), lead)
    world.give(c.EndSpecial(one, "异议不成立"), lead)
    assert rows("id", world.state).tables["cases_notice"][0][-1] is True


def test_a_notice_does_not_end_before_its_last_day() -> None:
    world, one = published()
    with pytest.raises(x.StepMissing):
        world.wait("2026-03-05 17:00").give(c.EndSpecial(one, "无异议"), lead_of(world))


def test_what_an_objector_says_of_themselves_is_personal() -> None:
    from tongban.contexts.cases.core.occurred.special import Objected

    assert {"name", "contact", "text"} <= Objected.PERSONAL
