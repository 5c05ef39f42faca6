"""The door of publishing: a diagram as the one route that cases are handled on, or the first thing wrong with it.

Stricter than reading a drawing: every task says who does what, nothing is left for a person to choose, and the whole
subset may be used. Cases that do not yet serve timers and messages keep to `bpmn.parse`.
"""

from __future__ import annotations

from tongban.contexts.process.core.bpmn import Diagram, read
from tongban.contexts.process.core.bpmn.refusals import LeftOpen, TooManyStates
from tongban.contexts.process.core.bpmn.wellformed import ACTS
from tongban.contexts.process.core.routes import NotOneProcess, Route, TaskWithoutAct, Unsound
from tongban.contexts.process.core.soundness.verdict import judge


def publishable(xml: bytes) -> Route:
    """The one route of a file, ready for the engine.

    Refuses whatever is outside the subset (`RouteRefused` with element and line), several processes, tasks without
    act, role or lane, what a person would have to choose, `Unsound` and `TooManyStates`.
    """
    diagram = read(xml)
    verdict = judge(diagram)
    if verdict.refusals:
        raise verdict.refusals[0].refusal
    if len(verdict.routes) != 1:
        second = verdict.routes[1].id
        raise NotOneProcess(second, diagram.lines[second])
    route = verdict.routes[0]
    _who_does_what(route, diagram)
    for node in route.nodes.values():
        timed = node.event is not None and node.event.kind == "timer" and node.event.timer is None
        if timed or node.id in route.choices:
            raise LeftOpen(node.id, diagram.lines[node.id])
    for finding in verdict.findings:
        kind = TooManyStates if finding.kind == "too_large" else Unsound
        raise kind(finding.element, finding.line)
    return route


def _who_does_what(route: Route, diagram: Diagram) -> None:
    for node in route.nodes.values():
        named = node.act in ACTS and (node.kind != "user" or bool(node.role and node.lane))
        if node.kind in ("user", "service") and not named:
            raise TaskWithoutAct(node.id, diagram.lines[node.id])
