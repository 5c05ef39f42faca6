"""A published table decides: it grants or leaves the case to people, and there is always a way to a person."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.automatic import account, commands, sampling
from tongban.contexts.cases.core.by_table import TABLE, exact
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.cases.core.state import Ending, Material, Phase
from tongban.contexts.catalogue.core.decisions import Shelf
from tongban.contexts.catalogue.core.items import Commitment, Item, Text
from tongban.contexts.parties.core import Actor, Role, system
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.kernel.refusals import NotAllowed

from .world import CATALOGUE, OWNER, STRANGER, WINDOW, World, answers, item, officer, route

MACHINE = system("table")
CLERK = officer("r1", "civil", Role.REVIEWER)
OTHER = officer("r2", "civil", Role.REVIEWER)
CHIEF = officer("a1", "civil", Role.APPROVER)
OLD = {"id_number": "11010519491231002X", "local": "yes"}
FINGERPRINT = "ab" * 32


@cache
def decisions() -> dict[str, Decisions]:
    texts = {path.stem: path.read_text("utf-8") for path in (CATALOGUE / "decisions").glob("*.dmn")}
    files, refused = Shelf().read(texts)
    assert not refused
    return {key: file.decisions for key, file in files.items()}


class ByTable(World):
    """The old people's card as its table decides it; `percent` are drawn."""

    def __init__(self, percent: int = 0, code: str = "OLD-CARD", table: str = "old-card", **handling: Any) -> None:
        super().__init__(code)
        self.own: dict[str, Decisions] = decisions()
        self.item = _with(item(code), instant=table, recheck=percent, **handling)

    def facts(self, actor: Actor) -> c.Facts:
        return replace(super().facts(actor), decisions=self.own)

    def file(self, answered: dict[str, Any] = OLD, **changes: Any) -> ByTable:
        person = c.Applicant("p1", "natural", "周敏", "4299**40", "p1", "周敏", "13900000001")
        filed = {"applicant": person, "values": answers(self.item, **answered), "materials": ()}
        self.submit(**filed | changes)
        return self

    def machine(self) -> ByTable:
        self.give(commands.DecideInstantly(), MACHINE)
        return self

    def acts(self) -> set[str]:
        return {row[2] for row in rows("s", self.state).tables["cases_task"] if row[17] is None}

    def owed_work(self) -> set[str]:
        return {one.name for one in rows("s", self.state).due if one.name != "case.make_document"}


def _with(one: Item, **changes: Any) -> Item:
    assert one.handling is not None
    return replace(one, handling=replace(one.handling, **changes))


# -- the table decides ------------------------------------------------------------------------------------------------


def test_a_table_that_grants_accepts_decides_and_owes_the_papers_in_one_step() -> None:
    world = ByTable().file()
    assert world.owed_work() == {"case.decide_instantly", "case.deem_accepted"}
    world.machine()
    state = world.state
    assert state.phase is Phase.GRANTED
    assert state.accepted_by == TABLE
    assert state.decision is not None
    assert (state.decision.outcome, state.decision.by) == ("grant", TABLE)
    assert state.decision.reasons == "您已满六十周岁，户口在本市，符合发证条件。"
    assert [one.kind for one in state.owed] == ["receipt", "acceptance", "table_account", "grant", "licence"]
    assert not state.open_tasks
    assert world.make_papers().state.phase is Phase.DELIVERED


def test_the_record_holds_inputs_file_rule_reasons_and_law() -> None:
    world = ByTable().file().machine()
    judged = world.state.automatic.judged
    assert judged is not None
    assert judged.digest == decisions()["old-card"].digest
    assert judged.explained["inputs"] == {"age": 76, "local": "yes"}
    assert [one.zh for one in judged.basis] == ["老年人权益保障法第二条、第五十三条"]
    assert [hit.rule for hit in account.hits(judged)] == [2]
    shown = {one.name.zh: (one.value.zh, one.value.en) for one in account.inputs(judged, world.item)}
    assert shown["户口在本市吗？"] == ("是", "Yes")
    assert shown["年龄（周岁）"] == ("76", "76")


def test_the_table_never_denies_it_leaves_the_case_to_people_with_its_advice() -> None:
    world = ByTable().file({"local": "no", "id_number": OLD["id_number"]}).machine()
    own = world.state.automatic
    assert (own.left, world.state.phase, world.state.decision) == ("table", Phase.SUBMITTED, None)
    assert own.judged is not None
    assert own.judged.outcome == "human"
    assert "常住" in own.judged.reasons[0].zh
    world.accept()
    assert {task.act for task in world.state.open_tasks} == {"decide"}
    world.give(c.Decide(world.task("decide"), "grant", "常住本市，有居住证明"), CHIEF)
    assert world.state.decision is not None
    assert world.state.decision.by == CHIEF.id


@pytest.mark.parametrize(
    ("table", "answered", "why"),
    [
        ("old-card", {"local": "no"}, "table"),
        ("no-such-table", OLD, "refused"),
        ("sewer-risk", OLD, "unclear"),
    ],
)
def test_whatever_is_not_clear_goes_to_people(table: str, answered: dict[str, Any], why: str) -> None:
    world = ByTable(table=table).file(OLD | answered).machine()
    assert world.state.automatic.left == why
    assert world.state.phase is Phase.SUBMITTED
    assert "case.decide_instantly" not in world.owed_work()


def test_a_paper_that_somebody_must_look_at_goes_to_people() -> None:
    paper = Material(id="id_card", file_id="f", filename="a.pdf", grade="C")
    assert ByTable().file(materials=(paper,)).state.automatic.left == "papers"
    shared = replace(paper, grade="A")
    assert ByTable().file(materials=(shared,)).machine().state.phase is Phase.GRANTED


def test_who_wants_a_person_gets_one_before_any_table_is_asked() -> None:
    world = ByTable().file(by_person=True)
    assert (world.state.automatic.left, world.state.automatic.judged) == ("asked", None)
    assert world.owed_work() == {"case.deem_accepted"}
    assert world.machine().state.phase is Phase.SUBMITTED


def test_a_route_with_other_steps_goes_to_people() -> None:
    world = ByTable()
    world.route = route("review")
    assert world.file().machine().state.automatic.left == "route"
    assert world.state.phase is Phase.SUBMITTED


def test_a_window_that_was_faster_is_not_overtaken() -> None:
    world = ByTable().file().accept()
    assert world.machine().state.decision is None
    assert world.state.accepted_by == WINDOW.id
    assert "case.decide_instantly" not in world.owed_work()


def test_an_item_without_a_table_is_handled_as_ever() -> None:
    world = World("FOOD").submit()
    assert world.state.automatic.reference == ""
    assert [type(event).__name__ for event in world.events] == ["Submitted"]


def test_nobody_but_the_platform_lets_the_table_decide() -> None:
    world = ByTable().file()
    for who in (OWNER, CHIEF, WINDOW):
        with pytest.raises(NotAllowed):
            world.give(commands.DecideInstantly(), who)


def test_no_record_holds_a_float() -> None:
    assert exact({"a": [0.5, {"b": 1.25}], "c": 3}) == {"a": ["0.5", {"b": "1.25"}], "c": 3}


# -- samples ----------------------------------------------------------------------------------------------------------


def test_the_draw_is_the_same_for_everybody_and_keeps_its_rate() -> None:
    assert sampling.draw("N1", FINGERPRINT) == sampling.draw("N1", FINGERPRINT)
    drawn = sum(sampling.draw(f"N{n}", FINGERPRINT) < 10 for n in range(5000))
    assert 400 < drawn < 600


@pytest.mark.parametrize(("percent", "drawn"), [(100, True), (1, False)])
def test_a_granted_case_is_drawn_or_not_once(percent: int, drawn: bool) -> None:
    world = ByTable(percent).file().machine()
    assert "case.draw_sample" in world.owed_work()
    world.give(commands.DrawSample(FINGERPRINT), MACHINE)
    sample = world.state.automatic.drawn
    assert sample is not None
    assert sample.number == sampling.draw(world.state.number, FINGERPRINT)
    assert ("recheck" in world.acts(), sample.due is not None) == (drawn, drawn)
    assert world.give(commands.DrawSample("cd" * 32), MACHINE) == []
    assert "case.draw_sample" not in world.owed_work()


def test_without_a_rate_nothing_is_drawn() -> None:
    assert "case.draw_sample" not in ByTable().file().machine().owed_work()


def test_an_officer_of_the_organ_agrees_or_says_why_not() -> None:
    world = ByTable(100).file().machine().make_papers()
    world.give(commands.DrawSample(FINGERPRINT), MACHINE)
    assert world.state.is_over
    assert world.acts() == {"recheck"}  # it stands on when the case is over
    with pytest.raises(r.ReasonMissing):
        world.give(commands.Recheck("disagree"), CLERK)
    with pytest.raises(NotAllowed):
        world.give(commands.Recheck("agree"), WINDOW)
    world.give(commands.Recheck("disagree", "户口已经迁出"), CLERK)
    with pytest.raises(r.StepAlreadyDone):
        world.give(commands.Recheck("agree"), OTHER)
    assert world.acts() == set()
    row = rows("s", world.state).tables["cases_table_decision"][0]
    assert row[12:14] == (True, "disagree")
    assert world.state.ending is Ending.GRANTED


# -- a person looks again ---------------------------------------------------------------------------------------------


def test_the_applicant_asks_once_within_sixty_days_and_a_person_answers() -> None:
    world = ByTable().file().machine()
    with pytest.raises(r.ReasonMissing):
        world.give(commands.AskReview(" "), OWNER)
    world.give(commands.AskReview("为什么这么快"), OWNER)
    with pytest.raises(r.ReviewNotPossible):
        world.give(commands.AskReview("再问"), OWNER)
    assert "look_again" in world.acts()
    with pytest.raises(r.AuthorMayNotReview):
        world.give(commands.AnswerReview("confirmed", "说明", barred=True), CHIEF)
    with pytest.raises(NotAllowed):
        world.give(commands.AnswerReview("confirmed", "说明"), CLERK)
    with pytest.raises(r.NothingToChange):
        world.give(commands.AnswerReview("changed", "说明", "少一条"), CHIEF)
    world.give(commands.AnswerReview("confirmed", "您符合第二条规则。"), CHIEF)
    assert [one.kind for one in world.state.owed][-1] == "review_answer"
    assert "look_again" not in world.acts()


def test_sixty_days_are_the_end_of_asking() -> None:
    world = ByTable().file().machine()
    world.wait("2026-05-02 09:00")
    with pytest.raises(r.ReviewNotPossible):
        world.give(commands.AskReview("晚了"), OWNER)
    world.wait("2026-05-01 23:00").give(commands.AskReview("还来得及"), OWNER)


def test_where_no_table_was_asked_a_person_decides_anyway() -> None:
    world = ByTable().file(by_person=True)
    with pytest.raises(r.ReviewNotPossible):
        world.give(commands.AskReview("问"), OWNER)
    with pytest.raises(r.Refusal):
        ByTable().file().machine().give(commands.AskReview("问"), STRANGER)


def test_a_person_may_change_the_conditions_of_a_grant() -> None:
    world = ByTable(code="FLEX-INS", table="flex-ins")
    world.own = {"flex-ins": _with_conditions()}
    world.file({"id_number": "429901198705120140"}).machine()
    assert world.state.decision is not None
    assert world.state.decision.conditions == "每年认证一次"
    chief = officer("a1", "hrss", Role.APPROVER)
    world.give(commands.AskReview("条件太严"), OWNER)
    with pytest.raises(r.NothingToChange):
        world.give(commands.AnswerReview("changed", "不改", "每年认证一次"), chief)
    world.give(commands.AnswerReview("changed", "改为两年", "每两年认证一次"), chief)
    assert world.state.decision.conditions == "每两年认证一次"
    assert world.state.decision.by == chief.id


def _with_conditions() -> Decisions:
    """The shipped table, with a condition in the rule that grants."""
    text = (CATALOGUE / "decisions" / "flex-ins.dmn").read_text("utf-8")
    granting = r'("grant"</text>\s*</outputEntry>\s*<outputEntry id="\w+">\s*<text>)null'
    changed, count = re.subn(granting, r'\1"每年认证一次"', text)
    assert count
    files, refused = Shelf().read({"flex-ins": changed})
    assert not refused
    return files["flex-ins"].decisions


# -- the promise ------------------------------------------------------------------------------------------------------

PROMISE = Commitment(
    when='local = "yes"',
    promises=(Text("本人年满六十周岁。", "I am 60 or over."),),
    basis="示例规定第一条",
    verify_days=5,
)


def test_the_promise_is_signed_decided_at_once_and_verified_afterwards() -> None:
    world = ByTable(commitment=PROMISE)
    with pytest.raises(r.CommitmentNotSigned):
        world.file()
    world.file(promised=True).machine()
    assert world.state.automatic.signed is not None
    assert [one.kind for one in world.state.owed][:2] == ["receipt", "commitment"]
    assert "case.open_verification" in world.owed_work()
    world.give(commands.OpenVerification(), MACHINE)
    verification = world.state.automatic.verification
    assert verification is not None
    assert verification.due == date(2026, 3, 9)
    assert "verify" in world.acts()
    assert world.give(commands.OpenVerification(), MACHINE) == []


def test_verifying_needs_two_officers_and_a_failure_its_reasons_and_days() -> None:
    world = ByTable(commitment=PROMISE).file(promised=True).machine()
    world.give(commands.OpenVerification(), MACHINE)
    with pytest.raises(r.TwoOfficersNeeded):
        world.give(commands.VerifyCommitment("pass", "", second_officer=CLERK.id), CLERK)
    two = {"second_officer": OTHER.id, "second_officer_name": OTHER.name}
    with pytest.raises(r.ReasonMissing):
        world.give(commands.VerifyCommitment("fail", "", 5, **two), CLERK)
    with pytest.raises(r.DaysMissing):
        world.give(commands.VerifyCommitment("fail", "未满六十周岁", 0, **two), CLERK)
    world.give(commands.VerifyCommitment("fail", "未满六十周岁", 5, **two), CLERK)
    found = world.state.automatic.verification
    assert found is not None
    assert (found.outcome, found.correct_by) == ("fail", date(2026, 3, 9))
    assert [one.kind for one in world.state.owed][-1] == "verification"
    assert world.state.decision is not None  # what was granted stands; taking it back is an act of its own
    assert world.state.ending is Ending.GRANTED


def test_the_ordinary_way_signs_nothing() -> None:
    world = ByTable(commitment=PROMISE).file(OLD | {"local": "no"})
    assert world.state.automatic.signed is None
    assert "case.open_verification" not in world.owed_work()
