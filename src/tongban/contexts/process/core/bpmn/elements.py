"""Nodes of a route from the elements of a diagram."""

from __future__ import annotations

from typing import Final

from tongban.contexts.process.core.bpmn import reasons
from tongban.contexts.process.core.bpmn.diagram import Findings
from tongban.contexts.process.core.bpmn.events import event_of, message_of
from tongban.contexts.process.core.bpmn.pools import Lanes, Surroundings, local
from tongban.contexts.process.core.bpmn.several import CAMUNDA, multi_of
from tongban.contexts.process.core.bpmn.tree import BPMN, Element
from tongban.contexts.process.core.routes import Event, Lane, Node, NodeKind, UnknownReference

KINDS: Final[dict[str, NodeKind]] = {
    "startEvent": "start",
    "endEvent": "end",
    "intermediateCatchEvent": "catch",
    "intermediateThrowEvent": "throw",
    "boundaryEvent": "boundary",
    "task": "user",
    "userTask": "user",
    "manualTask": "user",
    "serviceTask": "service",
    "businessRuleTask": "rule",
    "sendTask": "send",
    "receiveTask": "receive",
    "callActivity": "call",
    "subProcess": "subprocess",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "eventBasedGateway": "event_based",
}
ACTIVITIES: Final = frozenset({"user", "service", "rule", "send", "receive", "call", "subprocess"})
_EVENTS: Final = frozenset({"start", "end", "catch", "throw", "boundary"})
_INSIDE: Final = frozenset({"incoming", "outgoing", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})
_YES: Final = ("true", "1")


class NodeReader:
    """Reads the nodes of one process."""

    def __init__(self, around: Surroundings, lanes: Lanes, found: Findings, *, executable: bool) -> None:
        self.around = around
        self.lanes = lanes
        self.found = found
        self.executable = executable

    def node(self, element: Element, scope: str, lane: Lane | None) -> Node:
        """The node that `element` is, in `scope`; `lane`: that of the sub-process around it."""
        kind = KINDS[element.tag]
        self._traits(element, kind)
        lane = self.lanes.of(element.id) or lane
        ours = dict(element.ours())
        name_en, act = ours.pop("nameEn", ""), ours.pop("act", "")
        role = ours.pop("role", "") or (lane.role if lane else "")
        agency = ours.pop("agency", "") or (lane.agency if lane else "")
        multi = multi_of(element, self.found, executable=self.executable) if kind in ACTIVITIES else None
        kind, body, calls = self._inner(element, kind)
        return Node(
            element.id,
            kind,
            element.name,
            name_en,
            lane.id if lane else "",
            role,
            act,
            ours,
            scope,
            agency,
            self._event(element, kind),
            local(element.attributes.get("attachedToRef", "")) if kind == "boundary" else "",
            element.attributes.get("cancelActivity", "true") in _YES,
            multi,
            body,
            calls,
            self._decision(element) if kind == "rule" else "",
        )

    def _event(self, element: Element, kind: NodeKind) -> Event | None:
        if kind in _EVENTS:
            return event_of(element, self.around, self.found, executable=self.executable)
        if kind in ("send", "receive"):
            return message_of(element, element, self.around)
        if element.id in self.around.received:
            self.found.note(element, reasons.INFORMS)
        flows = self.around.sent.get(element.id, ())
        if flows:
            to = tuple(flow.attributes["targetRef"] for flow in flows)
            return Event("message", self.around.message_name(flows[0]), None, to)
        return None

    def _inner(self, element: Element, kind: NodeKind) -> tuple[NodeKind, str, str]:
        """What runs inside: (kind, scope inside, another route)."""
        if kind == "subprocess":
            if any(child.tag in KINDS for child in element if child.space == BPMN):
                return kind, element.id, ""
            self.found.note(element, reasons.EMPTY_SUBPROCESS)
            return "user", "", ""
        if kind != "call":
            return kind, "", ""
        called = local(element.attributes.get("calledElement", ""))
        for inner in element.walk():
            if inner.tag == "calledElement" and inner.space != BPMN:
                called = called or inner.attributes.get("processId", "").removeprefix("=").strip('" ')
        target = self.around.ids.get(called)
        if target is not None and target.tag == "process":
            return "subprocess", called, ""
        if called and target is None:
            return kind, "", called
        if self.executable and not called:
            self.found.refuse(UnknownReference, element)
        self.found.note(element, reasons.UNNAMED_CALL)
        return "user", "", ""

    def _decision(self, element: Element) -> str:
        """The decision that a business rule task asks for, as our attribute or the modelers' own."""
        found = element.ours().get("decision", "") or element.of_space(CAMUNDA).get("decisionRef", "")
        for inner in element.walk():
            if inner.tag == "calledDecision":
                found = found or inner.attributes.get("decisionId", "").removeprefix("=").strip('" ')
        return found

    def _traits(self, element: Element, kind: NodeKind) -> None:
        """Refuse attributes and parts of an element that would change what it does."""
        attributes, found = element.attributes, self.found
        if attributes.get("isForCompensation") in _YES:
            found.outside(element, reasons.COMPENSATION)
        if attributes.get("triggeredByEvent") in _YES:
            found.outside(element, reasons.EVENT_SUBPROCESS)
        if attributes.get("instantiate") in _YES:
            found.outside(element, reasons.INSTANTIATE)
        if attributes.get("eventGatewayType", "Exclusive") != "Exclusive":
            found.outside(element, reasons.PARALLEL_EVENTS)
        if any(attributes.get(word, "1") != "1" for word in ("startQuantity", "completionQuantity")):
            found.outside(element, reasons.QUANTITY)
        if kind == "subprocess":
            return
        for child in element:
            if child.space == BPMN and child.tag in reasons.KEPT:
                found.kept[child.tag] += 1
            elif child.space == BPMN and child.tag not in _INSIDE and not (kind in _EVENTS and _defines(child)):
                found.outside(child, reasons.ELEMENTS.get(child.tag, reasons.OTHER_ELEMENT), element)


def _defines(child: Element) -> bool:
    return child.tag.lower().endswith(("eventdefinition", "eventdefinitionref"))
