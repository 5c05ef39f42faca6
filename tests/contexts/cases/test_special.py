"""Special procedures: each rule as the sentence it enforces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.around import Around, Remedies
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.papers import facts_for
from tongban.contexts.cases.core.parts.special import Attachment, CheckLine
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special import refusals as x
from tongban.contexts.cases.core.special.papers import FACTS
from tongban.contexts.documents.core.acts import DocumentKind, require
from tongban.contexts.parties.core import Role
from tongban.contexts.process.core.causes import CAUSES
from tongban.kernel.refusals import NotAllowed, NotFound

from .specials import (
    TWO,
    appointment,
    chief_of,
    food,
    inspector,
    lead_of,
    special,
    start,
    visit_done,
    whole,
    with_special,
)
from .world import CLOCK, OWNER, STRANGER, World, officer

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


def test_a_procedure_recorded_before_there_were_courses_ends_by_its_result() -> None:
    world = food()
    old = e.SpecialStarted(
        id="expert_review-1", cause="expert_review", name="专家评审", name_en="Expert review", stops=True,
        reason="复杂", planned_days=3, planned_end=date(2026, 3, 5), on=date(2026, 3, 2), by_name="李四", at=world.now,
    )  # fmt: skip
    world.state = fold(world.state, [old])
    assert rows("id", world.state).due[0].name == "case.make_document"
    with pytest.raises(r.ReasonMissing):
        world.give(c.EndSpecial("expert_review-1", ""), lead_of(world))
    world.give(c.EndSpecial("expert_review-1", "同意"), lead_of(world))
    assert world.state.legal_due is not None
    papers = [owed for owed in world.state.owed if owed.kind == "special_notice"]
    facts = facts_for(world.state, papers[0], Around(world.item, Remedies("市政府", "法院")))
    assert (facts.procedure, facts.procedure_stops) == ("专家评审", True)


def test_every_paper_of_a_special_procedure_has_what_its_law_wants_stated() -> None:
    world = food()
    one = start(world, "site_visit", 5)
    visit_done(world, one)
    for owed in world.state.owed:
        if owed.kind in ("special_notice", "visit_notice", "inspection"):
            facts = facts_for(world.state, owed, Around(world.item, Remedies("市政府", "法院")))
            require(DocumentKind(owed.kind), facts)
            assert owed.kind != "special_notice" or not facts.procedure_stops
