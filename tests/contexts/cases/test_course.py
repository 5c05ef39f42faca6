"""A case on every element of the subset: what it opens, awaits and takes back; by the rules alone, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import msgspec
import pytest

from tests.contexts.cases.courses import DECIDE, done, drawn, due, fire, nodes, task, world_on
from tests.contexts.cases.test_recompute import with_rest
from tests.contexts.cases.world import CHIEF, CLOCK, OWNER, REVIEWER, STRANGER, WINDOW, World, officer
from tests.contexts.process.drawings import boundary, ends, flows, timer
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.course import commands as way
from tongban.contexts.cases.core.occurred import course as o
from tongban.contexts.cases.core.path import moment_of
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.parties.core import Role, system
from tongban.contexts.process.core.engine import MessageNotAwaited
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed, NotFound

THIRD = officer("r3", "market", Role.REVIEWER)
DOCTOR = officer("h1", "health", Role.REVIEWER)


# --- timers ----------------------------------------------------------------------------------------------------------

REMINDED = drawn(
    task("a")
    + task("again", role="approver")
    + DECIDE
    + boundary("remind", "a", "timer", interrupting=False, inside=timer(2))
    + boundary("late", "a", "timer", inside=timer(4))
    + '<intermediateThrowEvent id="tell"><messageEventDefinition messageRef="m-paid"/></intermediateThrowEvent>'
    + ends("e told")
    + '<exclusiveGateway id="g"/>'
    + flows("s a g; late again g; g decide e; remind tell told"),
    lead="a again decide",
)


def test_a_timer_in_working_days_reminds_and_another_takes_the_task_back() -> None:
    world = world_on(REMINDED)  # Monday 2 March 2026
    assert due(world) == {
        "timer:w2": datetime(2026, 3, 5, tzinfo=CHINA),  # the second working day is Wednesday: it is over at midnight
        "timer:w3": datetime(2026, 3, 7, tzinfo=CHINA),
    }
    reminded = fire(world, "remind")
    assert [type(one).__name__ for one in reminded] == ["TimerFired", "MessageSent", "RouteAdvanced"]
    assert nodes(world) == {"a"}
    assert set(due(world)) == {"timer:w3"}
    fire(world, "late")
    assert nodes(world) == {"again"}
    first = world.state.tasks[0]
    assert (first.node, first.cancelled_at, first.done_at) == ("a", world.now, None)
    row = next(row for row in rows("id", world.state).tables["cases_task"] if row[1] == first.id)
    assert (row[17], row[19]) == (world.now, "cancelled")
    with pytest.raises(r.StepTakenBack):
        world.give(c.CompleteTask(first.id, "pass"), REVIEWER)
    assert due(world) == {}
    advanced = world.events[-1]
    assert [(one.task, one.why) for one in advanced.cancelled] == [(first.id, "timer")]


def test_a_task_that_is_done_stops_its_timers_and_what_was_due_does_nothing() -> None:
    world = world_on(REMINDED)
    late = next(one for one in world.state.timers if one.node == "late")
    done(world, "a")
    assert world.state.timers == ()
    assert due(world) == {}
    assert world.wait("2026-03-09 09:00").give(way.FireTimer(late.id, late.version), CLOCK) == []


def test_a_timer_is_not_early_not_of_an_old_version_and_nobody_elses() -> None:
    world = world_on(REMINDED)
    late = next(one for one in world.state.timers if one.node == "late")
    with pytest.raises(r.NotYetDue):
        world.give(way.FireTimer(late.id, late.version), CLOCK)
    with pytest.raises(NotAllowed):
        world.give(way.FireTimer(late.id, late.version), CHIEF)
    world.calendar = with_rest(world.calendar, date(2026, 3, 4))
    (moved,) = world.give(c.RecomputeClocks("江政办〔2026〕9号", 2026), system("calendar"))
    assert dict(moved.old.timers)[late.id] == late.due
    again = next(one for one in world.state.timers if one.node == "late")
    assert (again.version, again.due) == (2, datetime(2026, 3, 10, tzinfo=CHINA))
    world.now = again.due
    assert world.give(way.FireTimer(late.id, late.version), CLOCK) == []
    assert nodes(world) == {"a"}
    assert world.give(way.FireTimer(again.id, again.version), CLOCK) != []
    assert nodes(world) == {"again"}


def test_a_decided_or_withdrawn_case_has_no_timers_any_more() -> None:
    world = world_on(REMINDED)
    world.give(c.Withdraw(), OWNER)
    assert due(world) == {}
    late = next(one for one in world.state.timers if one.node == "late")
    assert world.wait("2026-03-20 09:00").give(way.FireTimer(late.id, late.version), CLOCK) == []


@pytest.mark.parametrize(
    ("lengths", "moment", "since", "expected"),
    [
        (((1, "workday"),), "", "2026-03-06 17:00", "2026-03-10 00:00"),  # Friday; Monday is over at midnight
        (((1, "day"),), "", "2026-03-06 17:00", "2026-03-10 00:00"),  # Saturday rests: Monday (民法典 203)
        (((1, "week"),), "", "2026-03-02 09:00", "2026-03-10 00:00"),
        (((1, "month"),), "", "2026-01-31 09:00", "2026-03-01 00:00"),  # Saturday 28 February is worked that year
        (((1, "year"),), "", "2025-03-03 09:00", "2026-03-04 00:00"),
        (((36, "hour"),), "", "2026-03-06 17:00", "2026-03-08 05:00"),
        (((1, "day"), (12, "hour")), "", "2026-03-06 17:00", "2026-03-08 05:00"),
        (((1, "workday"), (1, "hour")), "", "2026-03-06 17:00", "2026-03-09 18:00"),
        (((1, "month"), (30, "minute")), "", "2026-03-06 17:00", "2026-04-06 17:30"),
        ((), "2026-05-01T08:00:00", "2026-03-06 17:00", "2026-05-01 08:00"),
        ((), "2026-05-01T00:00:00+00:00", "2026-03-06 17:00", "2026-05-01 08:00"),
    ],
)
def test_when_a_timer_comes(lengths: Any, moment: str, since: str, expected: str) -> None:
    world = World(now=since)
    found = moment_of(lengths, moment, world.now, world.calendar).at
    assert found.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") == expected


# --- messages --------------------------------------------------------------------------------------------------------

ANSWERED = drawn(
    task("a")
    + '<receiveTask id="ask" name="请确认整改" messageRef="m-answer"/>'
    + '<intermediateCatchEvent id="organ" name="等卫健答复" tongban:from="health">'
    + '<messageEventDefinition messageRef="m-paid"/></intermediateCatchEvent>'
    + DECIDE
    + ends("e")
    + flows("s a ask organ decide e"),
    lead="a decide",
    health="organ",
)


def test_the_route_waits_for_the_applicant_and_then_for_an_organ() -> None:
    world = world_on(ANSWERED)
    done(world, "a")
    (asked,) = world.state.awaited
    assert (asked.sender, asked.name, world.state.waits_applicant) == ("applicant", "请确认整改", True)
    for actor, refusal in ((STRANGER, NotFound), (REVIEWER, NotAllowed)):
        with pytest.raises(refusal):
            world.give(way.GiveMessage(asked.id, "好"), actor)
    with pytest.raises(r.AnswerMissing):
        world.give(way.GiveMessage(asked.id, "  "), OWNER)
    received = world.give(way.GiveMessage(asked.id, "已经改好"), OWNER)[0]
    assert isinstance(received, o.MessageReceived)
    assert (received.text, received.by_name) == ("已经改好", OWNER.name)
    assert {"text", "by_name"} <= received.PERSONAL
    (organ,) = world.state.awaited
    assert (organ.agency, organ.role, world.state.waits_applicant) == ("health", "reviewer", False)
    standing = [row for row in rows("id", world.state).tables["cases_task"] if row[2] == "message"]
    assert [(row[4], row[17]) for row in standing] == [("health", None)]
    with pytest.raises(NotAllowed):
        world.give(way.GiveMessage(organ.id, "同意"), OWNER)
    world.give(way.GiveMessage(organ.id, "同意"), DOCTOR)
    assert nodes(world) == {"decide"}
    with pytest.raises(MessageNotAwaited):
        world.give(way.GiveMessage(organ.id, "又来"), DOCTOR)  # who answered still sees the case


def test_the_system_names_the_message_and_a_window_writes_down_the_applicants_answer() -> None:
    world = world_on(ANSWERED)
    done(world, "a")
    world.give(way.GiveMessage(world.state.awaited[0].id, "口头确认"), WINDOW)
    world.give(way.GiveMessage("paid", ""), system("pay"))
    assert nodes(world) == {"decide"}


EITHER = drawn(
    '<eventBasedGateway id="g"/>'
    '<intermediateCatchEvent id="paid" tongban:from="applicant"><messageEventDefinition messageRef="m-paid"/>'
    "</intermediateCatchEvent>"
    f'<intermediateCatchEvent id="late"><timerEventDefinition{timer(3)}/></intermediateCatchEvent>'
    + task("a")
    + DECIDE
    + '<exclusiveGateway id="m"/>'
    + ends("e")
    + flows("s g paid m; g late a m; m decide e"),
    lead="a decide",
)


def test_of_a_timer_and_a_message_the_first_takes_the_way() -> None:
    world = world_on(EITHER)
    waiting = world.state.awaited[0].id
    assert len(due(world)) == 1
    fire(world, "late")
    assert (nodes(world), world.state.awaited, due(world)) == ({"a"}, (), {})
    with pytest.raises(MessageNotAwaited):
        world.give(way.GiveMessage(waiting, "付了"), OWNER)
    other = world_on(EITHER)
    other.give(way.GiveMessage(other.state.awaited[0].id, "付了"), OWNER)
    assert (nodes(other), other.state.timers, due(other)) == ({"decide"}, (), {})


# --- what was recorded before ----------------------------------------------------------------------------------------


def test_old_events_without_the_new_fields_still_read() -> None:
    world = world_on(REMINDED)
    advanced = next(one for one in world.events if isinstance(one, e.RouteAdvanced))
    stored = msgspec.to_builtins(advanced)
    for name in ("cancelled", "timers", "awaited"):
        del stored[name]
    for one in stored["opened"]:
        del one["round"], one["item"]
    read = msgspec.convert(stored, e.RouteAdvanced)
    assert read == replace(advanced, timers=(), awaited=(), cancelled=())
