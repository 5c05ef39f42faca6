"""Plays a route to its end without a case: takes some way at each choice, does tasks, lets timers and messages come.

For the simulator of the editor and for tests: `choose` decides, so that a person, a script or chance may play.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tongban.contexts.process.core.engine import words as w
from tongban.contexts.process.core.engine.moves import step
from tongban.contexts.process.core.engine.position import Position
from tongban.contexts.process.core.routes import Multi, Route

Choose = Callable[[Sequence[Any]], Any]


@dataclass(frozen=True)
class Played:
    """A run that was played: the elements done in their order, all effects, and where it stands."""

    position: Position
    done: tuple[str, ...]
    effects: tuple[w.Effect, ...] = field(repr=False)


def possible(route: Route, position: Position) -> tuple[tuple[str, w.Command], ...]:
    """What can happen in `position` by itself or by those who do the tasks: (element, command without its data)."""
    found: list[tuple[str, w.Command]] = [(task.node, w.Complete(task.id)) for task in position.open]
    for wait in position.waits:
        event = route.nodes[wait.node].event
        timer = event is not None and event.kind == "timer"
        found.append((wait.node, w.Fire(wait.id) if timer else w.Deliver(wait.id)))
    return tuple(found)


def play(route: Route, choose: Choose, data: Mapping[str, Any] | None = None, *, most: int = 1000) -> Played:
    """Play `route` until it ends, or `most` steps are done. `choose` picks one of what it is given.

    Without `data` conditions count as unknown: `choose` picks the way at every gateway, and two review where the data
    would say how many. Refuses what `engine.step` refuses, e.g. `NoWayOn` when the `data` satisfy no condition.
    """
    given = dict(data or {})
    route = _free(route) if data is None else route
    way = choose(route.ways_in(""))
    position, effects = step(route, Position(), w.Begin(given, way[0] if way else "", _choices(route, choose)))
    seen = list(effects)
    done: list[str] = []
    while not position.ended and len(done) < most:
        moves = possible(route, position)
        if not moves:
            break
        element, command = choose(moves)
        position, effects = step(route, position, _with(command, given, _choices(route, choose)))
        done.append(element)
        seen += effects
    return Played(position, tuple(done), tuple(seen))


def _free(route: Route) -> Route:
    """`route` with a person choosing wherever the data would decide."""
    gateways = {
        node.id
        for node in route.nodes.values()
        if node.kind in ("exclusive", "inclusive") and len(route.outgoing[node.id]) > 1
    }
    nodes = {key: replace(node, multi=_for_two(node.multi)) for key, node in route.nodes.items()}
    return replace(route, nodes=nodes, choices=route.choices | gateways)


def _for_two(multi: Multi | None) -> Multi | None:
    if multi is None or multi.weights or multi.count.isdigit():
        return multi
    return replace(multi, count="2", collection="")


def _choices(route: Route, choose: Choose) -> dict[str, tuple[str, ...]]:
    """One way out of every node where a person chooses."""
    return {node: (choose(route.outgoing[node]).id,) for node in route.choices}


def _with(command: w.Command, data: Mapping[str, Any], choices: w.Choices) -> w.Command:
    if isinstance(command, w.Complete):
        return w.Complete(command.task, data, choices)
    if isinstance(command, w.Fire):
        return w.Fire(command.timer, data, choices)
    assert isinstance(command, w.Deliver)
    return w.Deliver(command.message, data, choices)
