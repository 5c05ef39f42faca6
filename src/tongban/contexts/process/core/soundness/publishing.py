"""The door of publishing: a diagram as the one route that cases are handled on, or the first thing wrong with it.

Stricter than reading a drawing: every task says who does what, every message from whom it comes, and nothing is left
for a person to choose. The whole subset may be used, but a call of a process in another file: a case is handled on one
file, whose digest proves what it was handled on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tongban.contexts.process.core.bpmn import Diagram, read, reasons
from tongban.contexts.process.core.bpmn.refusals import LeftOpen, OutsideSubset, TooManyStates
from tongban.contexts.process.core.bpmn.wellformed import ACTS
from tongban.contexts.process.core.routes import (
    Multi,
    Node,
    NotOneProcess,
    Route,
    RouteRefused,
    TaskWithoutAct,
    Unsound,
)
from tongban.contexts.process.core.soundness.verdict import judge

#: What persons do in tasks; to certify is the platform's.
BY_PERSONS: Final = ACTS - {"certify"}
#: Who else than a lane of the route may send it a message; where nothing is said it comes from the applicant.
SENDERS: Final = frozenset({"applicant", "system"})
#: An opinion agrees as reviewers do, also under conditions.
_OPINION_AGREES: Final = 'outcome in ("agree", "conditions")'


def publishable(xml: bytes) -> Route:
    """The one route of a file, ready for the engine.

    Refuses whatever is outside the subset (`RouteRefused` with element and line), several processes, tasks without
    act, role or lane, what a person would have to choose, what no case can serve, `Unsound` and `TooManyStates`.
    """
    diagram = read(xml)
    verdict = judge(diagram)
    if verdict.refusals:
        raise verdict.refusals[0].refusal
    if len(verdict.routes) != 1:
        second = verdict.routes[1].id
        raise NotOneProcess(second, diagram.lines[second])
    route = verdict.routes[0]
    for refusal in unready(route, diagram):
        raise refusal
    for finding in verdict.findings:
        kind = TooManyStates if finding.kind == "too_large" else Unsound
        raise kind(finding.element, finding.line)
    return replace(route, nodes={node.id: _agreeing(node) for node in route.nodes.values()})


def sender_of(node: Node) -> str:
    """From whom the message comes that `node` waits for: "applicant", "system", or the id of a lane."""
    return node.props.get("from") or "applicant"


def _agreeing(node: Node) -> Node:
    """Opinions are given in other words than reviews: a round of them that says nothing of its own counts those."""
    if node.act != "opinion" or node.multi is None or node.multi.agrees != Multi().agrees:
        return node
    return replace(node, multi=replace(node.multi, agrees=_OPINION_AGREES))


def unready(route: Route, diagram: Diagram) -> Iterator[RouteRefused]:
    """Everything for which no case could be handled on `route`, though it can be read: who does what, what is left
    open."""
    lanes = {lane.id for lane in route.lanes}
    for node in route.nodes.values():
        line = diagram.lines[node.id]
        if reason := _unserved(node, lanes):
            yield OutsideSubset(node.id, line, reason)
        by_person = node.act in BY_PERSONS and bool(node.role and node.lane)
        named = by_person if node.kind == "user" else node.act in ACTS
        if node.kind in ("user", "service") and not named:
            yield TaskWithoutAct(node.id, line)
    for node in route.nodes.values():
        timed = node.event is not None and node.event.kind == "timer" and node.event.timer is None
        if timed or node.id in route.choices:
            yield LeftOpen(node.id, diagram.lines[node.id])


def _unserved(node: Node, lanes: set[str]) -> str:
    """Why no case can be handled on `node`, "" where one can."""
    if node.kind == "call":
        return reasons.OTHER_FILE
    if node.kind == "rule" and not node.decision:
        return reasons.NO_DECISION
    if node.act == "decide" and node.multi is not None:
        return reasons.ONE_DECIDES
    waits = node.event is not None and node.event.kind == "message" and node.kind in ("catch", "boundary", "receive")
    if waits and sender_of(node) not in SENDERS | lanes:
        return reasons.NO_SENDER
    return ""
