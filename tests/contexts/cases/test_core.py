"""The rules of a case, each as the sentence it enforces."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.cases.core.state import CaseState, Ending, Material, Phase, Wanted
from tongban.contexts.parties.core import Role
from tongban.kernel.refusals import NotAllowed, NotFound, Refusal

from .specials import reviewed, start
from .world import (
    CHIEF,
    CLOCK,
    OWNER,
    REVIEWER,
    SECOND,
    SOCIAL_WINDOW,
    STRANGER,
    WINDOW,
    World,
    answers,
    item,
    officer,
    uploads,
)

SUPPLEMENT = c.AskSupplement((Wanted("layout", "看不清后厨的位置"),))


def decided(outcome: str = "grant", **more: Any) -> World:
    world = World().submit().accept().review_all()
    if outcome == "deny":
        world.hear()
    world.give(c.Decide(world.task("decide"), outcome, **more), CHIEF)
    return world


def test_the_main_course_ends_delivered_with_a_licence() -> None:
    world = decided().make_papers()
    assert world.state.phase is Phase.DELIVERED
    assert world.state.ending is Ending.GRANTED
    assert world.state.licence is not None
    assert [d.kind for d in world.state.documents] == ["receipt", "acceptance", "inspection", "grant"]
    names = [type(event).__name__ for event in world.events]
    assert names.index("Closed") < names.index("Delivered")  # 办结 comes before 送达


def test_review_and_inspection_run_at_once_and_the_decision_waits_for_both() -> None:
    world = World().submit().accept()
    assert {t.act for t in world.state.open_tasks} == {"review", "inspect"}
    world.give(c.CompleteTask(world.task("review"), "pass"), REVIEWER)
    assert {t.act for t in world.state.open_tasks} == {"inspect"}
    world.give(c.CompleteTask(world.task("inspect"), "pass", second_officer=REVIEWER.id), SECOND)
    assert {t.act for t in world.state.open_tasks} == {"decide"}


def test_both_clocks_start_on_the_next_day() -> None:
    world = World(now="2026-03-02 09:00").submit().accept()
    assert world.state.promised_due == date(2026, 3, 9)
    assert world.state.legal_due == date(2026, 3, 16)


def test_five_working_days_of_silence_accept_from_the_day_of_receipt() -> None:
    world = World(now="2026-03-02 09:00").submit()
    assert world.state.notice_due == date(2026, 3, 9)
    with pytest.raises(r.NotYetDue):
        world.wait("2026-03-09 23:00").give(c.DeemAccepted(), CLOCK)
    world.wait("2026-03-10 00:00").give(c.DeemAccepted(), CLOCK)
    assert world.state.deemed
    assert world.state.clock_start == date(2026, 3, 2)
    assert world.state.promised_due == date(2026, 3, 9)
    with pytest.raises(r.StepOutOfOrder):
        world.give(SUPPLEMENT, WINDOW)


def test_a_supplement_is_asked_once() -> None:
    world = World().submit()
    world.give(SUPPLEMENT, WINDOW)
    assert world.state.phase is Phase.CORRECTING
    with pytest.raises(r.SupplementAlreadyAsked):
        world.give(SUPPLEMENT, WINDOW)
    world.give(c.AnswerSupplement(), OWNER, Material("layout", "file-new"))
    with pytest.raises(r.SupplementAlreadyAsked):
        world.give(SUPPLEMENT, WINDOW)
    material = world.state.material("layout")
    assert material is not None
    assert material.file_id == "file-new"


def test_a_supplement_notice_says_what_is_missing() -> None:
    world = World().submit()
    with pytest.raises(r.SupplementEmpty):
        world.give(c.AskSupplement(()), WINDOW)
    with pytest.raises(r.SupplementEmpty):
        world.give(c.AskSupplement((Wanted("layout", "  "),)), WINDOW)
    with pytest.raises(r.MaterialUnknown):
        world.give(c.AskSupplement((Wanted("nothing", "x"),)), WINDOW)


def test_a_supplement_must_be_answered_wholly_and_only_by_the_applicant() -> None:
    world = World().submit()
    world.give(SUPPLEMENT, WINDOW)
    with pytest.raises(r.MaterialMissing):
        world.give(c.AnswerSupplement(), OWNER)
    with pytest.raises(r.MaterialUnknown):
        world.give(c.AnswerSupplement(), OWNER, Material("safety_rules", "f"))
    with pytest.raises(NotFound):
        world.give(c.AnswerSupplement(), STRANGER, Material("layout", "f"))


def test_a_supplement_that_lapses_ends_the_case() -> None:
    world = World(now="2026-03-02 09:00").submit()
    world.give(SUPPLEMENT, WINDOW)
    assert world.state.supplement is not None
    assert world.state.supplement.due == date(2026, 3, 16)
    with pytest.raises(r.NotYetDue):
        world.wait("2026-03-16 23:59").give(c.LapseSupplement(), CLOCK)
    world.wait("2026-03-17 00:00").give(c.LapseSupplement(), CLOCK)
    assert world.state.ending is Ending.LAPSED
    assert world.make_papers().state.phase is Phase.DELIVERED


@pytest.mark.parametrize("kind", ["not_accepted", "not_required", "not_competent"])
def test_refusing_acceptance_states_reasons(kind: str) -> None:
    world = World().submit()
    with pytest.raises(r.ReasonMissing):
        world.give(c.RefuseAcceptance(kind, " "), WINDOW)
    if kind == "not_competent":
        with pytest.raises(r.CompetentBodyMissing):
            world.give(c.RefuseAcceptance(kind, "不归本局管"), WINDOW)
    world.give(c.RefuseAcceptance(kind, "不属于许可范围", "市卫生健康局"), WINDOW)
    assert world.state.ending == kind
    with pytest.raises(r.StepOutOfOrder):
        world.accept()


def test_a_denial_states_its_reasons_and_owes_no_licence() -> None:
    with pytest.raises(r.ReasonMissing):
        decided("deny")
    world = decided("deny", reasons="布局不符合要求")
    assert world.state.ending is Ending.DENIED
    assert {o.kind for o in world.state.owed} >= {"denial"}
    assert "licence" not in {o.kind for o in world.state.owed}


def test_a_grant_against_an_adverse_opinion_states_its_reasons() -> None:
    world = World().submit().accept()
    with pytest.raises(r.ReasonMissing):
        world.give(c.CompleteTask(world.task("inspect"), "fail", second_officer=SECOND.id), REVIEWER)
    world.give(c.CompleteTask(world.task("inspect"), "fail", "洗手池不够", second_officer=SECOND.id), REVIEWER)
    for task in world.state.open_tasks:
        if task.act == "review":
            world.give(c.CompleteTask(task.id, "pass"), REVIEWER)
    with pytest.raises(r.ReasonMissing):
        world.give(c.Decide(world.task("decide"), "grant"), CHIEF)


def test_whoever_handled_a_case_does_not_decide_it() -> None:
    both = officer("both", "market", Role.REVIEWER, Role.APPROVER)
    world = World().submit().accept()
    world.give(c.CompleteTask(world.task("review"), "pass"), both)
    world.give(c.CompleteTask(world.task("inspect"), "pass", second_officer=SECOND.id), REVIEWER)
    with pytest.raises(r.HandlerMayNotDecide):
        world.give(c.Decide(world.task("decide"), "grant"), both)
    world.give(c.Decide(world.task("decide"), "grant"), CHIEF)


def test_the_second_inspector_counts_as_a_handler() -> None:
    second = officer("both", "market", Role.REVIEWER, Role.APPROVER)
    world = World().submit().accept()
    world.give(c.CompleteTask(world.task("review"), "pass"), REVIEWER)
    world.give(c.CompleteTask(world.task("inspect"), "pass", second_officer=second.id), REVIEWER)
    with pytest.raises(r.HandlerMayNotDecide):
        world.give(c.Decide(world.task("decide"), "grant"), second)


def test_an_instant_item_may_be_decided_by_who_handled_it_where_it_says_so() -> None:
    world = World("OLD-CARD")
    who = c.Applicant("p1", "natural", "周敏", "4299", "p1", "周敏", "139")
    world.submit(applicant=who).accept()
    chief = officer("all", world.item.agency, Role.APPROVER)
    world.give(c.Decide(world.task("decide"), "grant"), chief)
    assert world.state.promised_due == world.now.date()
    assert world.state.decision is not None


def test_an_inspection_needs_two_officers() -> None:
    world = World().submit().accept()
    for second in ("", REVIEWER.id):
        with pytest.raises(r.TwoOfficersNeeded):
            world.give(c.CompleteTask(world.task("inspect"), "pass", second_officer=second), REVIEWER)


def test_two_officers_deciding_at_once_the_second_is_told_who_was_first() -> None:
    world = World().submit().accept().review_all()
    task = world.task("decide")
    world.give(c.Decide(task, "grant"), CHIEF)
    with pytest.raises(r.StepAlreadyDone) as refused:
        world.give(c.Decide(task, "deny", "不同意"), officer("a2", "market", Role.APPROVER))
    assert refused.value.params["by"] == CHIEF.name


def test_a_special_procedure_stops_both_clocks_and_only_if_the_item_has_it() -> None:
    world = World("ROAD-DIG", now="2026-03-02 09:00").submit().accept()
    lead = officer("l", "cityadmin", Role.REVIEWER)
    with pytest.raises(r.SpecialNotInItem):
        world.give(c.StartSpecial("tender", "x", 2), lead)
    with pytest.raises(r.DaysMissing):
        world.give(c.StartSpecial("expert_review", "交通组织复杂", 0), lead)
    before = world.state.legal_due
    start(world.wait("2026-03-03 10:00"), "expert_review", asker=lead)
    assert world.state.legal_due is None
    with pytest.raises(r.SpecialAlreadyOpen):
        world.give(c.StartSpecial("expert_review", "再来", 3), lead)
    world.review_all()
    chief = officer("c", "cityadmin", Role.APPROVER)
    with pytest.raises(r.ClockIsStopped):
        world.give(c.Decide(world.task("decide"), "grant"), chief)
    special = world.state.specials[0].id
    reviewed(world, special)
    world.wait("2026-03-05 17:00").give(c.EndSpecial(special, "评审通过"), lead)
    assert before == date(2026, 3, 30)
    assert world.state.legal_due == date(2026, 4, 2)  # three working days, 3 to 5 March, did not count


def test_an_inspection_visit_does_not_stop_the_clock() -> None:
    world = World().submit().accept()
    world.give(c.StartSpecial("site_visit", "核查后厨", 2), REVIEWER)
    assert world.state.stopped_by is None
    assert world.state.legal_due is not None


def test_an_extension_is_granted_once_by_somebody_else() -> None:
    world = World(now="2026-03-02 09:00").submit().accept()
    asker = officer("both", "market", Role.REVIEWER, Role.APPROVER)
    with pytest.raises(r.ReasonMissing):
        world.give(c.AskExtension(""), asker)
    world.give(c.AskExtension("需要补充检验"), asker)
    with pytest.raises(r.HandlerMayNotDecide):
        world.give(c.AnswerExtension(True), asker)
    promised = world.state.promised_due
    world.give(c.AnswerExtension(True), CHIEF)
    assert world.state.legal_due == date(2026, 3, 23)
    assert world.state.promised_due == promised  # an extension never moves the promise (TL6)
    with pytest.raises(r.ExtensionNotAllowed):
        world.give(c.AskExtension("再延"), asker)


def test_the_applicant_may_withdraw_until_the_decision() -> None:
    world = World().submit().accept()
    with pytest.raises(NotFound):
        world.give(c.Withdraw(), STRANGER)
    world.give(c.Withdraw("不开了"), OWNER)
    assert world.state.ending is Ending.WITHDRAWN
    with pytest.raises(r.TooLateToWithdraw):
        decided().give(c.Withdraw(), OWNER)


def test_a_finished_case_is_rated_once_and_a_bad_rating_says_why() -> None:
    world = World().submit().accept()
    with pytest.raises(r.RatingNotPossible):
        world.give(c.Rate(5), OWNER)
    world = decided().make_papers()
    with pytest.raises(r.RatingScoreWrong):
        world.give(c.Rate(6), OWNER)
    with pytest.raises(r.RatingDetailMissing):
        world.give(c.Rate(2), OWNER)
    world.give(c.Rate(2, text="等太久"), OWNER)
    with pytest.raises(r.RatingNotPossible):
        world.give(c.Rate(5), OWNER)


def test_a_window_sees_only_the_items_it_is_authorised_for() -> None:
    world = World().submit()
    with pytest.raises(NotFound):
        world.give(c.Accept(), SOCIAL_WINDOW)
    with pytest.raises(NotAllowed):
        World().submit(SOCIAL_WINDOW, channel="window")


def test_at_a_window_the_original_is_seen_before_acceptance() -> None:
    world = World().submit(WINDOW, channel="window")
    with pytest.raises(r.OriginalNotSeen):
        world.accept()
    for material in world.state.materials:
        world.give(c.CheckMaterial(material.id), WINDOW)
    assert {m.grade for m in world.state.materials} == {"B"}
    world.accept()


def test_another_organs_officer_may_not_do_the_task() -> None:
    world = World().submit().accept()
    with pytest.raises(NotFound):
        world.give(c.CompleteTask(world.task("review"), "pass"), officer("z", "health", Role.REVIEWER))
    with pytest.raises(NotAllowed):
        world.give(c.CompleteTask(world.task("review"), "pass"), CHIEF)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"item_version": 2}, r.ItemChanged),
        ({"values": {}}, r.AnswersIncomplete),
        ({"materials": ()}, r.MaterialMissing),
        ({"materials": (*uploads(item("FOOD")), Material("nothing", "f"))}, r.MaterialUnknown),
        ({"values": answers(item("FOOD"), area="-3")}, r.AnswersIncomplete),
        ({"values": answers(item("FOOD"), form="casino")}, r.AnswersIncomplete),
        ({"applicant": c.Applicant("p2", "natural", "王浩", "", "p2", "", "")}, NotAllowed),
    ],
)
def test_what_does_not_fit_the_item_is_not_filed(changes: dict[str, Any], refusal: type[Refusal]) -> None:
    world = World()
    with pytest.raises(refusal):
        world.submit(**changes)
    assert world.state == CaseState()


def test_answers_the_item_does_not_ask_are_not_kept() -> None:
    world = World().submit(values=answers(item("FOOD"), shoe_size="43"))
    assert "shoe_size" not in world.state.values


def test_a_stranger_finds_nothing() -> None:
    world = World().submit()
    for command in (c.Accept(), c.Withdraw(), c.Rate(5), c.CheckMaterial("layout")):
        with pytest.raises(NotFound):
            world.give(command, STRANGER)


def test_papers_are_recorded_once_and_only_by_the_platform() -> None:
    world = World().submit()
    paper = c.RecordDocument("receipt", "receipt", "1号", "收件凭证", "f", "0" * 64)
    with pytest.raises(NotAllowed):
        world.give(paper, WINDOW)
    world.make_papers()
    from .world import PAPERS

    assert world.give(paper, PAPERS) == []


def test_a_paper_result_is_handed_over_at_a_window() -> None:
    world = World().submit(delivery="window").accept().review_all()
    world.give(c.Decide(world.task("decide"), "grant"), CHIEF)
    world.make_papers()
    assert world.state.phase is Phase.CLOSED
    assert world.state.delivery_due == date(2026, 3, 16)
    world.give(c.Deliver("周敏"), WINDOW)
    assert world.make_papers().state.phase is Phase.DELIVERED


def test_state_is_the_fold_of_its_events_and_survives_the_codec() -> None:
    world = decided().make_papers()
    assert fold(CaseState(), world.events) == world.state
    assert msgspec.convert(msgspec.to_builtins(world.state), CaseState) == world.state


def test_rows_name_each_open_task_with_its_deadline() -> None:
    world = World().submit()
    intake = rows("id", world.state).tables["cases_task"]
    assert [row[2] for row in intake] == ["intake"]
    world.accept()
    tasks = rows("id", world.state).tables["cases_task"]
    assert {row[2] for row in tasks} == {"review", "inspect"}
    assert {due.name for due in rows("id", world.state).due} == {"case.make_document"}


def test_a_stranger_learns_nothing_of_a_case_from_the_order_of_its_steps() -> None:
    """Sight is asked before the phase, so that a guess meets the same answer in every phase."""
    other = officer("z", "culture", Role.REVIEWER, Role.APPROVER)
    commands = (
        c.CompleteTask("1", "pass"), c.Decide("1", "grant"), c.Decide("", "grant"), c.AskExtension("x"),
        c.AnswerExtension(True), c.StartSpecial("site_visit", "x", 2), c.EndSpecial("x", "x"),
        c.AskSupplement((Wanted("layout", "x"),)), c.AnswerSupplement(), c.RefuseAcceptance("not_accepted", "x"),
        c.Withdraw(), c.Rate(5), c.Deliver("x"), c.PassPreReview(), c.CheckMaterial("layout"), c.Accept(),
    )  # fmt: skip
    phases = (World().submit(), World().submit().accept(), decided(), decided().make_papers())
    for world in phases:
        for command in commands:
            for stranger in (other, STRANGER, SOCIAL_WINDOW):
                with pytest.raises(NotFound):
                    world.give(command, stranger)
