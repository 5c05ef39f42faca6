"""The verdict on a route: what is refused in it, and what can go wrong on it, each with the way that leads there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tongban.contexts.process.core.bpmn.diagram import Diagram, Refused
from tongban.contexts.process.core.routes import Route, RouteRefused
from tongban.contexts.process.core.soundness.explore import MOST_STATES, Explorer
from tongban.contexts.process.core.soundness.structure import structured
from tongban.kernel.refusals import N_

Kind = Literal["stuck", "twice", "no_end", "dead", "too_large"]
REASONS: dict[Kind, str] = {
    "stuck": N_("走到这里会等不齐，永远停住"),
    "twice": N_("同一处会同时被走到两次：并行分支没有汇合好"),
    "no_end": N_("从这里再也走不到结束"),
    "dead": N_("这一处永远走不到"),
    "too_large": N_("状态太多，无法逐一检查，请拆成子流程或几条流程"),
}


@dataclass(frozen=True)
class Finding:
    """One way in which a route can go wrong; `trace`: names of the elements done on the way, `steps`: their ids."""

    kind: Kind
    element: str
    name: str
    line: int
    trace: tuple[str, ...]
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Whether a diagram can be run: `routes` are ready for the engine, with their blocks."""

    routes: tuple[Route, ...]
    refusals: tuple[Refused, ...]
    states: int
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing can go wrong in any state."""
        return not self.findings

    @property
    def is_ok(self) -> bool:
        """Whether it can be run."""
        return not self.refusals and not self.findings


def judge(diagram: Diagram) -> Verdict:
    """Check every route of `diagram`: its structure where all was read, its states where nothing is refused."""
    if diagram.refusals:
        return Verdict(diagram.routes, diagram.refusals, 0, ())
    refusals: list[Refused] = []

    def refuse(kind: type[RouteRefused], element: str) -> None:
        line = diagram.lines.get(element, 1)
        if all(one.element != element for one in refusals):
            refusals.append(Refused(kind(element, line), element, diagram.names.get(element, ""), line))

    routes = tuple(structured(route, refuse) for route in diagram.routes)
    states, findings = 0, []
    if not refusals:
        for route in routes:
            count, found = explored(route, diagram)
            states += count
            findings += found
    return Verdict(routes, tuple(sorted(refusals, key=lambda one: one.line)), states, tuple(findings))


def explored(route: Route, diagram: Diagram) -> tuple[int, list[Finding]]:
    """How many states `route` has, and what can go wrong in them."""
    found = Explorer(route).run()

    def finding(kind: Kind, element: str, trace: tuple[str, ...] = ()) -> Finding:
        merges = {step for step in trace if route.nodes[step].kind == "exclusive" and not route.nodes[step].name}
        named = tuple(diagram.names.get(step) or step for step in trace if step not in merges)
        return Finding(kind, element, diagram.names.get(element, ""), diagram.lines.get(element, 1), named, trace)

    if found.too_large:
        return MOST_STATES, [finding("too_large", route.id)]
    findings = []
    for kind, element, state in found.problems:
        way = found.trace(state) + (found.turn(state) if kind == "no_end" else [])
        findings.append(finding(_kind(kind), element or route.id, tuple(way)))
    if not findings:  # what lies behind another fault is not dead for a reason of its own
        findings = [finding("dead", node) for node in route.nodes if node not in found.met]
    return len(found.states), findings


def _kind(kind: str) -> Kind:
    return "stuck" if kind == "stuck" else "twice" if kind == "twice" else "no_end"
