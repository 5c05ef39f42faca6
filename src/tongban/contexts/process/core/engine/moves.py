"""Runs a route: pure functions from a position to the next, one command at a time.

A position holds only what is open now, never a history, so that a step costs what its open tasks cost. Service, rule
and send tasks open like user tasks; whoever owns the matter does them and completes them. Timers and messages are
effects for the owner of the matter, and come back as commands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongban.contexts.process.core.engine import activities, happenings
from tongban.contexts.process.core.engine import words as w
from tongban.contexts.process.core.engine.position import OpenTask, Position
from tongban.contexts.process.core.engine.refusals import MessageNotAwaited, StartUnknown, TaskNotOpen, TimerNotSet
from tongban.contexts.process.core.engine.run import Run
from tongban.contexts.process.core.engine.walk import settle
from tongban.contexts.process.core.routes import Route


@dataclass(frozen=True)
class Step:
    """What one move did: the new position, the tasks it opened, and the end event when the run is over."""

    position: Position
    opened: tuple[OpenTask, ...]
    ended: str


def step(route: Route, state: Position, command: w.Command) -> tuple[Position, tuple[w.Effect, ...]]:
    """The position after `command`, and what it asks of the world.

    Of two commands that exclude each other (a task completed, its timer come) the first wins; the second is refused:
    `TaskNotOpen`, `TimerNotSet`, `MessageNotAwaited`. Refuses also `ChoiceMissing`, `NoWayOn`, `CountMissing`,
    `NotCaught`, `StartUnknown`. A refused command changes nothing.
    """
    run = Run(route, state, command.data, command.choices)
    return _move(run, command)


def _move(run: Run, command: w.Command) -> tuple[Position, tuple[w.Effect, ...]]:
    apply(run, command)
    settle(run)
    after = run.freeze()
    if after.ended:
        run.effects.append(w.Ended(after.ended))
    return after, tuple(run.effects)


def apply(run: Run, command: w.Command) -> None:
    """The first push of a move; `walk.settle` does the rest."""
    if isinstance(command, w.Complete):
        task = _task(run, command.task)
        activities.finish_task(run, task)
        run.touched.append(task.scope)
    elif isinstance(command, w.Begin):
        activities.enter_scope(run, "", "", _way(run.route, command.start))
    elif isinstance(command, w.Raise):
        happenings.raised(run, _task(run, command.task), command.kind, command.code)
    else:
        wait = _timer(run, command.timer) if isinstance(command, w.Fire) else _message(run, command.message)
        happenings.happened(run, wait)
        run.touched.append(wait.scope)


def _task(run: Run, task_id: str) -> OpenTask:
    for task in run.open:
        if task.id == task_id:
            return task
    raise TaskNotOpen


def _timer(run: Run, timer_id: str) -> Any:
    for wait in run.waits:
        event = run.route.nodes[wait.node].event
        if wait.id == timer_id and event is not None and event.kind == "timer":
            return wait
    raise TimerNotSet


def _message(run: Run, message: str) -> Any:
    waiting = [wait for wait in run.waits if (event := run.route.nodes[wait.node].event) and event.kind == "message"]
    for wait in waiting:
        if wait.id == message:
            return wait
    for wait in waiting:
        event = run.route.nodes[wait.node].event
        if message and event is not None and event.name == message:
            return wait
    raise MessageNotAwaited


def _way(route: Route, start: str) -> int:
    ways = route.ways_in("")
    if not start:
        return next((at for at, way in enumerate(ways) if route.start in way), 0)
    for at, way in enumerate(ways):
        if start in way:
            return at
    raise StartUnknown(element=start)


def begin(route: Route, data: Mapping[str, Any]) -> Step:
    """Enter `route` at its start; conditions read `data`."""
    return _stepped(Run(route, Position(), data, {}), w.Begin(data))


def complete(route: Route, position: Position, task_id: str, data: Mapping[str, Any]) -> Step:
    """Close the open task `task_id` and move on; conditions read `data`.

    Refuses `TaskNotOpen` when the task is not open (a second completion too).
    """
    return _stepped(Run(route, position, data, {}), w.Complete(task_id, data))


def _stepped(run: Run, command: w.Command) -> Step:
    after, _effects = _move(run, command)
    opened = tuple(task for task in run.opened if task in run.open)
    return Step(after, opened, after.ended)
