"""What a route must be before it may be run: complete, readable, sound.

Soundness is checked by walking every marking the route can reach, with conditions taken as unknown: every run can
end, no join waits for ever, no place is reached twice at once. Routes of an item are small; a route with more than
`MOST_MARKINGS` markings is refused as unsound, for nobody could oversee it either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from tongban.contexts.process.core import sfeel
from tongban.contexts.process.core.routes import (
    ConditionUnreadable,
    Flow,
    IdleLoop,
    MisplacedCondition,
    Node,
    NoDefaultFlow,
    NoEnd,
    NoWayToEnd,
    Route,
    TaskWithoutAct,
    UnknownReference,
    Unreachable,
    Unsound,
    WrongFlowCount,
)

ACTS: Final = frozenset({"review", "inspect", "opinion", "decide", "certify"})
MOST_MARKINGS: Final = 20_000

T = TypeVar("T")
Lines = Mapping[str, int]
Marking = frozenset[str]  # ids of the flows that carry a token


def check(route: Route, lines: Lines) -> None:
    """Refuse `route` for the first thing that is not as it must be; `lines` tell where each element stands."""
    for flow in route.flows:
        if flow.source not in route.nodes or flow.target not in route.nodes:
            raise UnknownReference(flow.id, lines[flow.id])
    if not any(node.kind == "end" for node in route.nodes.values()):
        raise NoEnd(route.id, lines[route.id])
    for node in route.nodes.values():
        _check_node(route, node, lines)
    for flow in route.flows:
        _check_condition(route, flow, lines)
    _check_reach(route, lines)
    _check_idle_loops(route, lines)
    _check_sound(route, lines)


def _check_node(route: Route, node: Node, lines: Lines) -> None:
    leaving, entering = len(route.outgoing[node.id]), len(route.incoming[node.id])
    right = {
        "start": leaving == 1 and entering == 0,
        "end": leaving == 0 and entering >= 1,
        "user": leaving == 1 and entering >= 1,
        "service": leaving == 1 and entering >= 1,
        "exclusive": leaving >= 1 and entering >= 1,
        "parallel": leaving >= 1 and entering >= 1,
    }
    if not right[node.kind]:
        raise WrongFlowCount(node.id, lines[node.id])
    if node.is_task and (node.act not in ACTS or (node.kind == "user" and not (node.role and node.lane))):
        raise TaskWithoutAct(node.id, lines[node.id])
    default = route.defaults.get(node.id)
    if default is not None and default not in {flow.id for flow in route.outgoing[node.id]}:
        raise UnknownReference(node.id, lines[node.id])
    if node.kind == "exclusive" and leaving > 1 and default is None:
        raise NoDefaultFlow(node.id, lines[node.id])


def _check_condition(route: Route, flow: Flow, lines: Lines) -> None:
    choice = route.nodes[flow.source].kind == "exclusive" and len(route.outgoing[flow.source]) > 1
    wanted = choice and route.defaults.get(flow.source) != flow.id
    if bool(flow.condition) != wanted:
        raise MisplacedCondition(flow.id, lines[flow.id])
    try:
        sfeel.compile_condition(flow.condition)
    except sfeel.ConditionRefused as refused:
        raise ConditionUnreadable(flow.id, lines[flow.id], int(str(refused.params["column"]))) from None


def _closure(starts: Iterable[T], steps: Mapping[T, Iterable[T]]) -> set[T]:
    seen: set[T] = set()
    todo = list(starts)
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo.extend(steps[node])
    return seen


def _check_reach(route: Route, lines: Lines) -> None:
    forward = {node: [flow.target for flow in flows] for node, flows in route.outgoing.items()}
    reached = _closure([route.start], forward)
    backward: dict[str, list[str]] = {node: [] for node in route.nodes}
    for flow in route.flows:
        backward[flow.target].append(flow.source)
    ending = _closure([node.id for node in route.nodes.values() if node.kind == "end"], backward)
    for node in route.nodes:
        if node not in reached:
            raise Unreachable(node, lines[node])
        if node not in ending:
            raise NoWayToEnd(node, lines[node])


def _check_idle_loops(route: Route, lines: Lines) -> None:
    """A loop must hold a task, else one step would never come to rest."""
    idle = {
        node.id: [] if node.is_task else [flow.target for flow in route.outgoing[node.id]]
        for node in route.nodes.values()
    }
    for node, targets in idle.items():
        if node in _closure(targets, idle):
            raise IdleLoop(node, lines[node])


def _moves(route: Route, marking: Marking) -> Iterable[tuple[str, Marking]]:
    """Every (node that fires, marking after it). Raises `_Twice` where a flow would carry two tokens."""
    for node in sorted({flow.target for flow in route.flows if flow.id in marking}):
        kind = route.nodes[node].kind
        entering = set(route.incoming[node])
        taken = [entering] if kind == "parallel" else [{flow} for flow in entering & marking]
        leaving = [flow.id for flow in route.outgoing[node]]
        given = [{flow} for flow in leaving] if kind == "exclusive" else [set(leaving)]
        for take in taken:
            if take <= marking:
                for give in given:
                    rest = marking - take
                    if rest & give:
                        raise _TwiceError(node)
                    yield node, rest | give


class _TwiceError(Exception):
    def __init__(self, node: str) -> None:
        super().__init__(node)
        self.node = node


def _check_sound(route: Route, lines: Lines) -> None:
    first: Marking = frozenset(flow.id for flow in route.outgoing[route.start])
    before: dict[Marking, set[Marking]] = {first: set()}
    fired: set[str] = {route.start}
    todo = [first]
    try:
        while todo:
            marking = todo.pop()
            for node, after in _moves(route, marking):
                fired.add(node)
                if after not in before:
                    before[after] = set()
                    todo.append(after)
                before[after].add(marking)
                if len(before) > MOST_MARKINGS:
                    raise Unsound(route.id, lines[route.id])
    except _TwiceError as twice:
        raise Unsound(twice.node, lines[twice.node]) from None
    for node in route.nodes:
        if node not in fired:
            raise Unsound(node, lines[node])
    done: Marking = frozenset()
    ending = _closure([done] if done in before else [], before)
    stuck = sorted((marking for marking in before if marking not in ending), key=sorted)
    if stuck:
        left = set().union(*before.values())  # markings from which some move leads on
        dead = next((marking for marking in stuck if marking not in left), stuck[0])
        waiting = next(flow.target for flow in route.flows if flow.id in dead)
        raise Unsound(waiting, lines[waiting])
