"""Moving a case along its item's route."""

from __future__ import annotations

from typing import Any

from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.materials import typed_values
from tongban.contexts.process.core import engine
from tongban.contexts.process.core.routes import Route


def route_data(state: CaseState, item: Item, task_id: str) -> dict[str, Any]:
    """What conditions in a route may name: the answers, `<node>_outcome` and `<act>_outcome` of each finished task,
    and `outcome` of the task that is being completed."""
    data = typed_values(item, state.values)
    for task in state.tasks:
        if task.done_at is None:
            continue
        data[f"{task.node}_outcome"] = data[f"{task.act}_outcome"] = task.outcome
        if task.id == task_id:
            data["outcome"] = task.outcome
    return data


def advance(state: CaseState, facts: Facts, *, task: str) -> list[Any]:
    """Begin the route (`task` "") or complete `task` in it. Records RouteAdvanced with the tasks that open.

    Service tasks are the platform's own work, which the case does by its events; the route passes through them.
    """
    route = facts.route
    assert route is not None, "an item that is handled has a route"
    data = route_data(state, facts.item, task)
    step = engine.complete(route, state.position, task, data) if task else engine.begin(route, data)
    opened = list(step.opened)
    while service := next((t for t in opened if route.nodes[t.node].kind == "service"), None):
        step = engine.complete(route, step.position, service.id, data)
        opened = [t for t in opened if t is not service] + list(step.opened)
    tasks = tuple(_task(route, state, opened_task) for opened_task in opened)
    return [e.RouteAdvanced(position=step.position, opened=tasks, at=facts.now)]


def _task(route: Route, state: CaseState, opened: engine.OpenTask) -> e.OpenedTask:
    node = route.nodes[opened.node]
    return e.OpenedTask(
        id=opened.id,
        node=node.id,
        act=node.act,
        role=node.role,
        lane=node.lane,
        agency=state.lanes.get(node.lane, state.agency),
        name=node.name,
        name_en=node.name_en,
    )
