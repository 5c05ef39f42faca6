"""The clock of a stage: working hours of the item's own plan, counted from the opening of the task."""

from __future__ import annotations

from dataclasses import replace

from tests.contexts.cases import world as w
from tongban.contexts.cases.core.stages import stage_clocks, stage_hours
from tongban.contexts.cases.core.state import CaseState, Phase, Special, Task
from tongban.contexts.catalogue.core.items import Stage

FOOD = w.item("FOOD")


def task(act: str, opened: str, agency: str = "market") -> Task:
    return Task(f"t-{act}", act, act, "reviewer", "lead", agency, act, act, w.at(opened))


def case(*tasks: Task, specials: tuple[Special, ...] = ()) -> CaseState:
    start = w.at("2026-11-20 10:00").date()
    return CaseState(phase=Phase.ACCEPTED, clock_start=start, tasks=tasks, specials=specials, agency="market")


def test_a_stage_ends_after_its_working_hours_over_the_weekend() -> None:
    # Friday 16:00 + 8 working hours: 2 on Friday, 6 on Monday (8:30-12, then 2.5 hours from 13:30)
    (clock,) = stage_clocks(case(task("review", "2026-11-20 16:00")), FOOD, w.calendar())
    assert clock.hours == 8
    assert clock.due == w.at("2026-11-23 16:00")


def test_the_stage_that_ends_first_stands_at_the_head() -> None:
    clocks = stage_clocks(
        case(task("inspect", "2026-11-20 09:00"), task("review", "2026-11-20 09:00")), FOOD, w.calendar()
    )
    assert [clock.task.act for clock in clocks] == ["review", "inspect"]


def test_a_procedure_that_stops_the_clock_stops_the_stage() -> None:
    day = w.at("2026-11-20 09:00").date()
    hearing = Special("hearing-1", "hearing", "听证", "Hearing", True, "…", 5, day, day, "…")
    (clock,) = stage_clocks(case(task("review", "2026-11-20 09:00"), specials=(hearing,)), FOOD, w.calendar())
    assert clock.due is None


def test_the_stage_of_an_organ_is_for_its_tasks_on_every_level() -> None:
    item = replace(FOOD, stages=(Stage("review", hours=8), Stage("review", hours=24, agency="fire")))
    assert stage_hours(item, task("opinion", "2026-11-20 09:00", "fire-linjiang")) == 24
    assert stage_hours(item, task("opinion", "2026-11-20 09:00", "firearms")) == 8


def test_a_decided_case_has_no_stage_running() -> None:
    over = replace(case(task("review", "2026-11-20 09:00")), phase=Phase.GRANTED)
    assert stage_clocks(over, FOOD, w.calendar()) == ()
