"""What events wait for and bring about."""

from __future__ import annotations

from typing import Final

from tongban.contexts.process.core.bpmn import reasons
from tongban.contexts.process.core.bpmn.diagram import Findings
from tongban.contexts.process.core.bpmn.pools import Surroundings
from tongban.contexts.process.core.bpmn.timing import timer_of
from tongban.contexts.process.core.bpmn.tree import Element
from tongban.contexts.process.core.routes import Event, EventKind

_KINDS: Final[dict[str, EventKind]] = {
    "timerEventDefinition": "timer",
    "messageEventDefinition": "message",
    "errorEventDefinition": "error",
    "escalationEventDefinition": "escalation",
    "terminateEventDefinition": "terminate",
}
#: What each place of an event may be, and why nothing else.
_PLACES: Final[dict[str, tuple[frozenset[EventKind], str]]] = {
    "startEvent": (frozenset({"none", "message"}), reasons.START_EVENT),
    "endEvent": (frozenset({"none", "message", "error", "escalation", "terminate"}), reasons.THROW_EVENT),
    "intermediateThrowEvent": (frozenset({"none", "message", "escalation"}), reasons.THROW_EVENT),
    "intermediateCatchEvent": (frozenset({"timer", "message"}), reasons.CATCH_EVENT),
    "boundaryEvent": (frozenset({"timer", "message", "error", "escalation"}), reasons.BOUNDARY_EVENT),
}


def event_of(element: Element, around: Surroundings, found: Findings, *, executable: bool) -> Event:
    """The event that `element` is; refuses kinds and places that are not run."""
    definitions = [child for child in element if child.tag.lower().endswith(("eventdefinition", "eventdefinitionref"))]
    if len(definitions) > 1 or element.attributes.get("parallelMultiple") in ("true", "1"):
        found.outside(element, reasons.SEVERAL_EVENTS)
        return Event()
    kind: EventKind = "none"
    if definitions:
        known = _KINDS.get(definitions[0].tag)
        if known is None:
            why = reasons.ELEMENTS.get(definitions[0].tag, reasons.OTHER_ELEMENT)
            found.outside(definitions[0], why, element)
            return Event()
        kind = known
    allowed, why = _PLACES[element.tag]
    if kind not in allowed:
        found.outside(definitions[0] if definitions else element, why, element)
        return Event()
    if kind == "error" and element.tag == "boundaryEvent" and element.attributes.get("cancelActivity") == "false":
        found.outside(element, reasons.NOT_INTERRUPTING)
    return _event(kind, element, definitions, around, found, executable=executable)


def _event(
    kind: EventKind,
    element: Element,
    definitions: list[Element],
    around: Surroundings,
    found: Findings,
    *,
    executable: bool,
) -> Event:
    if kind == "timer":
        return Event(kind, "", timer_of(element, definitions[0], found, executable=executable))
    if kind == "message":
        return message_of(element, definitions[0], around)
    if kind in ("error", "escalation"):
        referred = around.reference(definitions[0], f"{kind}Ref")
        code = referred.attributes.get(f"{kind}Code", "") or referred.name or referred.id if referred else ""
        return Event(kind, code)
    return Event(kind)


def message_of(element: Element, definition: Element, around: Surroundings) -> Event:
    """The message that `element` sends or awaits: what it names, else its message flow does, else its own name."""
    flows = around.sent.get(element.id, []) + around.received.get(element.id, [])
    message = around.reference(definition, "messageRef")
    name = message.name or message.id if message else ""
    if not name and flows:
        name = around.message_name(flows[0])
    to = tuple(flow.attributes["targetRef"] for flow in around.sent.get(element.id, ()))
    return Event("message", name or element.name or element.id, None, to)
