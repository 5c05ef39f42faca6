"""The drawing of a route with the live state of a case on it: what is done, where it stands, which timers run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.state import CaseState, Task
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.process.core.drawing import Box, Drawing, Edge, Shape, drawn
from tongban.contexts.process.core.routes import Node, Route
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.presenters.languages import agency_name, either, language
from tongban.ui import dates
from tongban.ui.pictures import FlowEdge, FlowPicture, FlowShape
from tongban.ui.pictures.flow import FlowStatus


@lru_cache(maxsize=64)
def _drawing(xml: str) -> Drawing | None:
    """What a text shows; None where there is none. Texts of published routes never change."""
    try:
        return drawn(xml.encode()) if xml else None
    except Refusal:
        return None


def model_diagram(xml: str) -> FlowPicture | None:
    """A route without a case."""
    found = _drawing(xml)
    return _picture(found, {}, frozenset()) if found is not None and found.shapes else None


def item_diagram(code: str, version: int) -> FlowPicture | None:
    """The route that a version of an item is handled on; None for a guide only."""
    return model_diagram(_text_of(code, version))


def _text_of(code: str, version: int) -> str:
    return _text(catalogue.version(code, version).digest, code, version)


@lru_cache(maxsize=256)
def _text(digest: str, code: str, version: int) -> str:
    """The drawing that a version is pinned to; what has `digest` never changes."""
    return catalogue.route_text(code, version)


def case_diagram(view: CaseView, today: date) -> FlowPicture | None:
    """The route of a case with what happened on it; None where the item has none or it is not accepted yet."""
    state = view.state
    if view.route is None:
        return None
    found = _drawing(_text_of(state.item_code, state.route_version or state.item_version))
    if found is None:
        return None
    marks = _marks(state, view.route, today)
    return replace(_picture(found, marks, _passed(state, view.route, marks)), live=True)


def replayed_diagram(
    xml: str, marks: Mapping[str, Mark], passed: frozenset[str] = frozenset(), *, live: bool = False
) -> FlowPicture | None:
    """A route with what a log says of it: of one case (`live`), or counts of all."""
    found = _drawing(xml)
    return replace(_picture(found, marks, passed), live=live) if found is not None else None


@dataclass(frozen=True)
class Mark:
    """How an element stands, and one line on it."""

    status: FlowStatus
    note: str = ""


def _picture(found: Drawing, marks: Mapping[str, Mark], passed: frozenset[str]) -> FlowPicture:
    edges = tuple(_edge(edge, edge.id in passed) for edge in found.edges)
    shapes = tuple(_shape(shape, marks.get(shape.id)) for shape in found.shapes)
    box = found.box
    return FlowPicture(either(found.name, found.name_en), box.x, box.y, box.width, box.height, shapes, edges)


def _shape(shape: Shape, mark: Mark | None) -> FlowShape:
    box = shape.box
    return FlowShape(
        shape.kind,
        box.x,
        box.y,
        box.width,
        box.height,
        either(shape.name, shape.name_en),
        shape.sort,
        mark.status if mark else "plain",
        mark.note if mark else "",
        _place(shape.label),
        shape.expanded,
        shape.horizontal,
        shape.interrupting,
        shape.several,
    )


def _place(label: Box | None) -> tuple[float, float, float] | None:
    return (label.x + label.width / 2, label.y, label.width) if label is not None else None


def _edge(edge: Edge, passed: bool) -> FlowEdge:
    label = (edge.label.middle[0], edge.label.y + 11) if edge.label is not None else None
    return FlowEdge(edge.kind, edge.points, either(edge.name, edge.name_en), label, passed, edge.default)


# -- what happened on it ---------------------------------------------------------------------------------------------


def _marks(state: CaseState, route: Route, today: date) -> dict[str, Mark]:
    """How each element of the route stands, by its id."""
    by_node: dict[str, list[Task]] = {}
    for task in state.tasks:
        by_node.setdefault(task.node, []).append(task)
    marks = {node: _of_tasks(tasks, state, today) for node, tasks in by_node.items()}
    for timer in state.timers:
        due = timer.due.astimezone(CHINA).date()
        marks[timer.node] = Mark("waiting" if route.nodes[timer.node].kind != "boundary" else "plain", _until(due))
    for message in state.awaited:
        if message.node not in marks:
            marks[message.node] = Mark("waiting", _("等消息"))
    if state.accepted_at is not None:
        marks[route.start] = Mark("done", _day(state.accepted_at))
    for ruling in state.rulings:
        marks.setdefault(ruling.node, Mark("done", _day(ruling.at)))
    if state.position.ended in route.nodes:
        marks[state.position.ended] = Mark("done")
    return marks


def _of_tasks(tasks: list[Task], state: CaseState, today: date) -> Mark:
    """Several who do the same, or a task done again: what is open counts, else what was done last."""
    standing = [task for task in tasks if task.done_at is None and task.cancelled_at is None]
    if standing:
        office = agency_name(standing[0].agency, short=True)
        note = _("%(n)s 人还没办") % {"n": len(standing)} if len(standing) > 1 else office
        if state.is_over:
            return Mark("cancelled", office)
        if state.stopped_by is not None:
            return Mark("stopped", note)
        due = state.promised_due or state.legal_due
        return Mark("late" if due is not None and today > due else "here", note)
    done = [task for task in tasks if task.done_at is not None]
    if not done:
        return Mark("cancelled", agency_name(tasks[-1].agency, short=True))
    last = done[-1]
    assert last.done_at is not None
    return Mark("done", f"{_day(last.done_at)} · {agency_name(last.agency, short=True)}")


def _day(at: datetime) -> str:
    return dates.day(at, language())


def _until(day: date) -> str:
    return _("到 %(day)s") % {"day": dates.day(day, language())}


def _passed(state: CaseState, route: Route, marks: Mapping[str, Mark]) -> frozenset[str]:
    """The flows that the case surely went: what lies between what it began, at a gateway the way begun first."""
    begun: dict[str, datetime] = {}
    for task in reversed(state.tasks):
        begun[task.node] = task.opened_at
    for ruling in state.rulings:
        begun[ruling.node] = ruling.at
    for node in {timer.node for timer in state.timers} | {one.node for one in state.awaited}:
        if route.nodes[node].kind != "boundary":
            begun[node] = datetime.max.replace(tzinfo=CHINA)
    if state.position.ended:
        begun[state.position.ended] = datetime.max.replace(tzinfo=CHINA)
    return _Way(route, begun, marks).walked() if state.accepted_at is not None else frozenset()


class _Way:
    """Finds which flows lead from what was done to what was begun after it."""

    def __init__(self, route: Route, begun: Mapping[str, datetime], marks: Mapping[str, Mark]) -> None:
        self.route, self.begun, self.marks = route, begun, marks

    def walked(self) -> frozenset[str]:
        """Ids of the flows."""
        found: set[str] = set()
        todo, seen = [self.route.start], {self.route.start}
        while todo:
            node = self.route.nodes[todo.pop()]
            if self._is_resting(node) and (node.id not in self.marks or self.marks[node.id].status != "done"):
                continue
            for flow in self._taken(node):
                found.add(flow)
                target = next(one.target for one in self.route.outgoing[node.id] if one.id == flow)
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        return frozenset(found)

    def _taken(self, node: Node) -> list[str]:
        ways = {flow.id: self._first(flow.target, {node.id}) for flow in self.route.outgoing[node.id]}
        reached = {flow: at for flow, at in ways.items() if at is not None}
        if node.kind in ("exclusive", "event_based") and len(reached) > 1:
            return [min(reached, key=lambda flow: reached[flow])]
        return list(reached)

    def _first(self, node: str, seen: set[str]) -> datetime | None:
        """When the first thing that lies in this direction was begun; None where nothing was."""
        if node in seen:
            return None
        if node in self.begun:
            return self.begun[node]
        if self._is_resting(self.route.nodes[node]):
            return None
        onward = [self._first(flow.target, seen | {node}) for flow in self.route.outgoing[node]]
        return min((at for at in onward if at is not None), default=None)

    @staticmethod
    def _is_resting(node: Node) -> bool:
        """Where a case waits: what is passed without a trace lies between."""
        return node.kind in ("user", "service", "rule", "call", "receive", "catch", "subprocess")
