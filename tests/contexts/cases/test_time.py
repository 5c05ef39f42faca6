"""Limits, special procedures and silence: the rules of time, each as the sentence it enforces."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.cases.core.state import Material, Phase, Wanted
from tongban.contexts.parties.core import Role

from .specials import reviewed, start, visit_done
from .world import (
    CHIEF,
    CLOCK,
    OWNER,
    REVIEWER,
    WINDOW,
    World,
    officer,
)

SUPPLEMENT = c.AskSupplement((Wanted("layout", "看不清后厨的位置"),))


def test_a_limit_that_is_over_is_not_stopped_any_more_nor_extended() -> None:
    world = World("ROAD-DIG", now="2026-03-02 09:00").submit().accept()
    lead, chief = officer("l", "cityadmin", Role.REVIEWER), officer("c", "cityadmin", Role.APPROVER)
    due = world.state.legal_due
    start(world.wait("2026-04-20 09:00"), "expert_review", asker=lead)
    assert (world.state.legal_due, due) == (due, date(2026, 3, 30))
    with pytest.raises(r.ExtensionNotAllowed):
        world.give(c.AskExtension("再要几天"), lead)
    reviewed(world, world.state.specials[0].id)
    world.give(c.EndSpecial(world.state.specials[0].id, "通过"), chief)
    assert world.state.legal_due == due


def test_an_extension_is_approved_while_the_limit_runs() -> None:
    world = World(now="2026-03-02 09:00").submit().accept()
    world.give(c.AskExtension("需要补充检验"), REVIEWER)
    with pytest.raises(r.ExtensionNotAllowed):
        world.wait("2026-03-17 09:00").give(c.AnswerExtension(True), CHIEF)
    world.give(c.AnswerExtension(False, "期限已过"), CHIEF)
    with pytest.raises(r.StepAlreadyDone) as refused:
        world.give(c.AnswerExtension(True), CHIEF)
    assert refused.value.params["by"] == CHIEF.name


def test_a_decision_waits_for_every_special_procedure() -> None:
    world = World().submit().accept()
    world.give(c.StartSpecial("site_visit", "核查后厨", 2), REVIEWER)
    world.review_all()
    with pytest.raises(r.ClockIsStopped):
        world.give(c.Decide(world.task("decide"), "grant"), CHIEF)
    visit_done(world, world.state.specials[0].id)
    with pytest.raises(r.StepAlreadyDone) as refused:
        world.give(c.EndSpecial(world.state.specials[0].id, "看过了"), REVIEWER)
    assert refused.value.params["by"] == "钱薇"
    world.give(c.Decide(world.task("decide"), "grant"), CHIEF)


def test_a_supplement_does_not_ask_for_what_the_city_holds_nor_twice_for_one_paper() -> None:
    world = next(w for code in ("FOOD", "HYGIENE", "SIGN", "ROAD-DIG") if _held((w := World(code)).item))
    world.submit()
    with pytest.raises(r.MaterialUnknown):
        world.give(c.AskSupplement((Wanted(_held(world.item)[0], "没有"),)), WINDOW)
    mine = next(m.id for m in world.item.materials if m.source == "self")
    with pytest.raises(r.MaterialUnknown):
        world.give(c.AskSupplement((Wanted(mine, "一"), Wanted(mine, "二"))), WINDOW)


def _held(one: Any) -> list[str]:
    return [material.id for material in one.materials if material.source == "government"]


def test_silence_counts_from_its_day_also_before_the_clock_has_said_so() -> None:
    world = World(now="2026-03-02 09:00").submit().wait("2026-03-10 00:00")
    for command in (SUPPLEMENT, c.RefuseAcceptance("not_accepted", "晚了")):
        with pytest.raises(r.NoticeTimeOver):
            world.give(command, WINDOW)
    assert world.accept().state.clock_start == date(2026, 3, 2)


def test_a_supplement_answered_on_its_last_day_starts_the_notice_anew() -> None:
    world = World(now="2026-03-02 09:00").submit()
    world.give(SUPPLEMENT, WINDOW)
    world.wait("2026-03-16 23:59").give(c.AnswerSupplement(), OWNER, Material("layout", "file-new"))
    assert world.state.notice_due == date(2026, 3, 23)
    assert world.wait("2026-03-24 00:00").give(c.LapseSupplement(), CLOCK) == []
    world.give(c.DeemAccepted(), CLOCK)
    assert world.state.clock_start == date(2026, 3, 16)


def test_the_applicant_may_withdraw_while_the_clock_stands() -> None:
    world = World("ROAD-DIG").submit().accept()
    start(world, "expert_review")
    world.give(c.Withdraw(), OWNER)
    assert world.make_papers().state.phase is Phase.DELIVERED
    assert [row[-3] for row in rows("id", world.state).tables["cases_task"] if row[-3] is None] == []


def test_an_instant_item_accepted_on_a_rest_day_is_due_on_the_next_working_day() -> None:
    world = World("OLD-CARD", now="2026-03-07 10:00")  # a Saturday
    world.submit(applicant=c.Applicant("p1", "natural", "周敏", "4299", "p1", "周敏", "139")).accept()
    assert world.state.promised_due == date(2026, 3, 9)
