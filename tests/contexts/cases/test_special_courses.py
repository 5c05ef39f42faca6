"""Hearings, expert reviews, tests, opinions and public notices: each rule as the sentence it enforces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.parts.special import Named, Signature, Statement
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special import refusals as x
from tongban.contexts.cases.core.state import Document
from tongban.contexts.cases.queries.notices import written
from tongban.contexts.parties.core import ANONYMOUS
from tongban.kernel.refusals import NotAllowed, NotFound
from tongban.kernel.workdays import Calendar

from .specials import (
    EXPERTS,
    chief_of,
    food,
    lead_of,
    minutes,
    reviewed,
    special,
    start,
    with_special,
)
from .world import OWNER, World

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


def test_a_second_notice_is_not_shown_with_the_paper_of_the_first() -> None:
    world, one = published()
    world.wait("2026-03-06 09:00").give(c.EndSpecial(one, "没有异议"), lead_of(world))
    two = start(world, "public_notice", 5)
    world.give(s.PublishNotice(two, "补充公示", "补充……", 3), lead_of(world))
    paper = Document("public_notice", "1", "公示", "file-1", "0" * 64, world.now)
    state = replace(world.state, documents=(paper,))
    assert (written(state, one), written(state, two)) == ("file-1", "")
    state = replace(state, documents=(paper, replace(paper, file_id="file-2")))
    assert (written(state, one), written(state, two)) == ("file-1", "file-2")


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
