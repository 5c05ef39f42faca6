"""Whether an open run may go over to a new version of its route, and why not.

Safe is: everything the run rests in is there and unchanged, with what is attached to it; joins that some branches have
reached wait for the same branches; no task of the new route lies behind the run that it never did; and from there the
new route always ends. Everything ahead may change, for that is what a new version is for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from tongban.contexts.process.core.engine import OpenTask, Position
from tongban.contexts.process.core.routes import Node, Route
from tongban.contexts.process.core.soundness.explore import Explorer
from tongban.contexts.process.core.soundness.structure import reachable, whole
from tongban.kernel.refusals import N_

Kind = Literal["gone", "changed", "attached", "join", "skipped", "unsound", "several"]
REASONS: dict[Kind, str] = {
    "gone": N_("新流程里没有这一环节"),
    "changed": N_("这一环节的办理人、内容或者位置变了"),
    "attached": N_("挂在这一环节上的定时器或事件变了"),
    "join": N_("汇合处要等的分支变了"),
    "skipped": N_("新流程在前面加了这一环节，直接迁移会漏办"),
    "unsound": N_("从当前环节出发，新流程不能可靠地走到结束"),
    "several": N_("多人同时办理的子流程正在进行，请等它结束"),
}


@dataclass(frozen=True)
class Obstacle:
    """Why a run stays on its version: what is in the way, and at which element."""

    kind: Kind
    element: str


def migratable(old: Route, new: Route, position: Position) -> Position | tuple[Obstacle, ...]:
    """The same position on `new` (which must be sound, as `soundness.judge` gives it), or everything in the way."""
    if position.ended:
        return position
    resting = {one.node for group in (position.open, position.waits, position.scopes, position.rounds) for one in group}
    found = [obstacle for node in sorted(resting) for obstacle in _unlike(old, new, node)]
    found += _joins(old, new, position)
    if any(new.nodes[one.node].body for one in position.rounds if one.node in new.nodes):
        found += [Obstacle("several", one.node) for one in position.rounds]
    if not found:
        found += [Obstacle("skipped", node) for node in _skipped(old, new, position, resting)]
    if not found:
        found += _ends(new, position)
    return tuple(found) if found else position


def stays(old: Route, new: Route) -> dict[str, tuple[Kind, ...]]:
    """Tasks of `old` at which an open run could not go over to `new`, each with what is in the way; both are sound.

    Judged at one state for each task: where other branches stand elsewhere, a run may find other obstacles.
    """
    found: dict[str, tuple[Kind, ...]] = {}
    for node, position in Explorer(old).run().resting.items():
        way = migratable(old, new, position)
        if not isinstance(way, Position):
            own = tuple(dict.fromkeys(one.kind for one in way if one.element == node))
            found |= {node: own or tuple(dict.fromkeys(one.kind for one in way))}
    return found


def _unlike(old: Route, new: Route, node: str) -> list[Obstacle]:
    if node not in new.nodes:
        return [Obstacle("gone", node)]
    if _essence(old.nodes[node]) != _essence(new.nodes[node]):
        return [Obstacle("changed", node)]
    before, after = (
        sorted((event.id, str(event.event), event.interrupting) for event in route.boundaries.get(node, ()))
        for route in (old, new)
    )
    return [] if before == after else [Obstacle("attached", node)]


def _essence(node: Node) -> Node:
    """A node without its names and other words, which may change while it is done."""
    return replace(node, name="", name_en="", props={})


def _joins(old: Route, new: Route, position: Position) -> list[Obstacle]:
    found = []
    for key, _arrived in position.joins:
        join = key.rpartition(":")[2]
        if join not in new.nodes or new.nodes[join].kind != old.nodes[join].kind:
            found.append(Obstacle("gone", join))
        elif set(old.incoming[join]) != set(new.incoming[join]):
            found.append(Obstacle("join", join))
    return found


def _skipped(old: Route, new: Route, position: Position, resting: Iterable[str]) -> list[str]:
    """Tasks of the new route that lie behind the run, not ahead of it, and that the old route did not have there."""
    around = [*resting, *(key.rpartition(":")[2] for key, _ in position.joins)]
    behind_old, behind_new = (_before(route, around) for route in (old, new))
    ahead = reachable(around, whole(new))
    missed = [
        node
        for node in behind_new - ahead
        if new.nodes[node].is_task and (node not in behind_old or new.nodes[node].act != old.nodes[node].act)
    ]
    return sorted(missed)


def _before(route: Route, nodes: Iterable[str]) -> set[str]:
    graph = whole(route)
    backward: dict[str, list[str]] = {node: [] for node in graph}
    for source, targets in graph.items():
        for target in targets:
            backward[target].append(source)
    return reachable(nodes, backward) - set(nodes)


def _ends(new: Route, position: Position) -> list[Obstacle]:
    """Whether the new route always ends from `position`: with a round seen as one task, as at publishing."""
    of_rounds = {one.id for one in position.rounds}
    single = tuple(OpenTask(one.id, one.node, one.scope) for one in position.rounds)
    open_now = tuple(task for task in position.open if task.round not in of_rounds) + single
    found = Explorer(new).run(replace(position, open=open_now, rounds=()))
    if found.too_large:
        return [Obstacle("unsound", new.id)]
    return [Obstacle("unsound", element or new.id) for _kind, element, _state in found.problems]
