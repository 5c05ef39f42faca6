"""What a route must be before its states are worth looking at: events in their places, no idle loop, inclusive joins
that close one block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from tongban.contexts.process.core.bpmn.refusals import AcrossBlocks, WrongEvent
from tongban.contexts.process.core.routes import IdleLoop, Node, Route, RouteRefused, UnknownReference

Refuse = Callable[[type[RouteRefused], str], None]
_RESTING = frozenset({"user", "service", "rule", "send", "call", "receive", "catch", "event_based"})


def structured(route: Route, refuse: Refuse) -> Route:
    """`route` with its inclusive blocks found; `refuse` is told of everything that is not in its place."""
    for node in route.nodes.values():
        if not _in_place(route, node):
            refuse(WrongEvent, node.id)
    for chooser, default in route.defaults.items():
        if default not in {flow.id for flow in route.outgoing.get(chooser, ())}:
            refuse(UnknownReference, chooser)
    graph = edges(route)
    for turning in _idle(route, graph):
        refuse(IdleLoop, turning)
    blocks, own = {}, edges(route, beside=False)
    for join in [node for node in route.nodes.values() if _is_join(route, node)]:
        split = _split_of(route, join.id, graph, own)
        if split is None:
            refuse(AcrossBlocks, join.id)
        else:
            blocks[split] = join.id
    return replace(route, blocks=blocks)


def _in_place(route: Route, node: Node) -> bool:
    entering, leaving = route.incoming[node.id], route.outgoing[node.id]
    if node.kind == "start":
        return not entering and bool(leaving)
    if node.kind == "end":
        return not leaving
    if node.kind == "boundary":
        return not entering and bool(leaving)
    if node.kind == "event_based":
        return bool(leaving) and all(_awaits(route, flow.target) for flow in leaving)
    return True


def _awaits(route: Route, target: str) -> bool:
    node = route.nodes[target]
    fits = node.kind in ("catch", "receive") and node.event is not None and target not in route.boundaries
    return fits and node.multi is None and len(route.incoming[target]) == 1


def edges(route: Route, *, beside: bool = True) -> dict[str, list[str]]:
    """Where a token may go from each node, boundary events of an activity among them; sub-processes stay whole.

    `beside`: those events too that do not interrupt, whose ways lead beside the token's own.
    """
    found = {node: [flow.target for flow in flows] for node, flows in route.outgoing.items()}
    for host, events in route.boundaries.items():
        found[host] += [event.id for event in events if beside or event.interrupting]
    return found


def whole(route: Route) -> dict[str, list[str]]:
    """Where a token may go, into sub-processes too, and out of them."""
    graph = {node: list(targets) for node, targets in edges(route).items()}
    for node in route.nodes.values():
        if node.body:
            graph[node.id] += [entry for way in route.ways_in(node.body) for entry in way]
            for inner in route.nodes.values():
                if inner.scope == node.body and not route.outgoing[inner.id]:
                    graph[inner.id] += [flow.target for flow in route.outgoing[node.id]]
    return graph


def _idle(route: Route, graph: Mapping[str, list[str]]) -> list[str]:
    """Nodes in loops in which nothing ever rests."""
    idle = {
        node.id: [] if node.kind in _RESTING else [flow.target for flow in route.outgoing[node.id]]
        for node in route.nodes.values()
    }
    for node in route.nodes.values():
        if node.kind == "subprocess" and _passes(route, node.body, set()):
            continue
        if node.kind == "subprocess":
            idle[node.id] = []
    return [node for node in idle if node in reachable(idle[node], idle)]


def _passes(route: Route, scope: str, seen: set[str]) -> bool:
    """Whether nothing can rest in a sub-process at all."""
    if scope in seen:
        return True
    inside = [node for node in route.nodes.values() if node.scope == scope]
    return not any(
        node.kind in _RESTING or (node.body and not _passes(route, node.body, seen | {scope})) for node in inside
    )


def reachable(starts: Iterable[str], graph: Mapping[str, Iterable[str]], stop: str = "") -> set[str]:
    """Everything that can be reached from `starts`, them included; `stop` and what lies behind it left out."""
    seen: set[str] = set()
    todo = list(starts)
    while todo:
        node = todo.pop()
        if node not in seen and node != stop:
            seen.add(node)
            todo.extend(graph[node])
    return seen


# -- inclusive blocks -------------------------------------------------------------------------------------------------


def _is_join(route: Route, node: Node) -> bool:
    return node.kind == "inclusive" and len(route.incoming[node.id]) > 1


def _split_of(route: Route, join: str, graph: Mapping[str, list[str]], own: Mapping[str, list[str]]) -> str | None:
    """The split whose branches all come to `join`, from nowhere else: that of the smallest block. `own`: the graph
    without events that do not interrupt; what they lead to need not come to the join."""
    before: dict[str, set[str]] = {node: set() for node in graph}
    for source, targets in graph.items():
        for target in targets:
            before[target].add(source)
    best: tuple[int, str] | None = None
    for split, targets in graph.items():
        node = route.nodes[split]
        if len(route.outgoing[split]) < 2 or node.kind == "event_based":
            continue
        inside = reachable(targets, graph, join)
        fits = (
            split not in inside
            and before[join] <= inside | {split}
            and all(before[one] <= inside | {split} for one in inside)
            and all(own[one] for one in reachable(targets, own, join))
        )
        if fits and (best is None or len(inside) < best[0]):
            best = (len(inside), split)
    return best[1] if best else None
