"""Runs a route: pure functions from a position to the next, one completed task at a time.

A position holds only what is open now, never a history, so that a step costs what its open tasks cost. Service tasks
open like user tasks; whoever owns the matter executes them and completes them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongban.contexts.process.core import sfeel
from tongban.contexts.process.core.routes import Flow, Node, Route
from tongban.kernel.refusals import N_, Refusal


class TaskNotOpen(Refusal):
    """The task was done before, or the matter has moved on."""

    code = "task_not_open"
    message = N_("这一步已经办过，或者现在还轮不到。请刷新后查看当前环节。")
    status = 409


@dataclass(frozen=True)
class OpenTask:
    """A task that waits: `id` is its own among all tasks of the run, `node` the element of the route."""

    id: str
    node: str


@dataclass(frozen=True)
class Position:
    """Where a run stands: open tasks, flows that have arrived at joins, tasks opened so far, the end reached."""

    open: tuple[OpenTask, ...] = ()
    joins: tuple[tuple[str, tuple[str, ...]], ...] = ()
    serial: int = 0
    ended: str = ""  # id of the end event reached last, once nothing is open any more


@dataclass(frozen=True)
class Step:
    """What one move did: the new position, the tasks it opened, and the end event when the run is over."""

    position: Position
    opened: tuple[OpenTask, ...]
    ended: str


def begin(route: Route, data: Mapping[str, Any]) -> Step:
    """Enter `route` at its start; conditions read `data`."""
    return _advance(route, Position(), route.start, data)


def complete(route: Route, position: Position, task_id: str, data: Mapping[str, Any]) -> Step:
    """Close the open task `task_id` and move on; conditions read `data`.

    Refuses `TaskNotOpen` when the task is not open (a second completion too).
    """
    task = next((task for task in position.open if task.id == task_id), None)
    if task is None:
        raise TaskNotOpen
    rest = tuple(other for other in position.open if other.id != task_id)
    return _advance(route, Position(rest, position.joins, position.serial), task.node, data)


def _advance(route: Route, position: Position, leave: str, data: Mapping[str, Any]) -> Step:
    """Move tokens from `leave` until all rest in tasks, wait at joins or have ended."""
    opened: list[OpenTask] = []
    joins = {node: list(arrived) for node, arrived in position.joins}
    serial, end = position.serial, ""
    moving = deque(_ways(route, route.nodes[leave], data))
    while moving:
        flow = moving.popleft()
        node = route.nodes[flow.target]
        if node.is_task:
            serial += 1
            opened.append(OpenTask(f"t{serial}", node.id))
        elif node.kind == "end":
            end = node.id
        elif node.kind != "parallel" or _joined(route, node, flow, joins):
            moving.extend(_ways(route, node, data))
    still = position.open + tuple(opened)
    waiting = tuple((node, tuple(arrived)) for node, arrived in joins.items() if arrived)
    ended = "" if still or waiting else end
    return Step(Position(still, waiting, serial, ended), tuple(opened), ended)


def _joined(route: Route, node: Node, flow: Flow, joins: dict[str, list[str]]) -> bool:
    """Note the arrival; True when every flow into the parallel gateway has come, which uses them up."""
    arrived = joins.setdefault(node.id, [])
    arrived.append(flow.id)
    needed = route.incoming[node.id]
    if not all(one in arrived for one in needed):
        return False
    for one in needed:
        arrived.remove(one)
    return True


def _ways(route: Route, node: Node, data: Mapping[str, Any]) -> tuple[Flow, ...]:
    """The flows a token takes out of `node`: the first whose condition holds at an exclusive gateway, else all."""
    leaving = route.outgoing[node.id]
    if node.kind != "exclusive":
        return leaving
    return next(((flow,) for flow in leaving if sfeel.evaluate(flow.condition, data)), ())
