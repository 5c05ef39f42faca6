"""What the holder of a task may report: the boundary events that would take it, as the engine looks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tongban.contexts.process.core.engine import Position
from tongban.contexts.process.core.routes import Node, Route


@dataclass(frozen=True)
class Catch:
    """One thing to report. `kind`: error | escalation; `code` "" = of any code."""

    kind: str
    code: str
    event: Node


def catches(route: Route, position: Position, task_id: str) -> tuple[Catch, ...]:
    """What may be reported of an open task: the nearest event for each kind and code, nothing for a task not open."""
    task = next((one for one in position.open if one.id == task_id), None)
    if task is None:
        return ()
    found: dict[tuple[str, str], Catch] = {}
    for host in _hosts(position, task.node, task.scope):
        for event in route.boundaries.get(host, ()):
            if event.event is not None and event.event.kind in ("error", "escalation"):
                key = (event.event.kind, event.event.name)
                found.setdefault(key, Catch(*key, event))
    return tuple(found.values())


def _hosts(position: Position, node: str, scope: str) -> Iterator[str]:
    """The activity itself, then each sub-process around it, from inside out."""
    yield node
    while scope:
        around = next(one for one in position.scopes if one.id == scope)
        yield around.node
        scope = around.parent
