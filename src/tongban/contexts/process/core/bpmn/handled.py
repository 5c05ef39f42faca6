"""The first reading of a route, of the part of the subset that needs no clock, message or table.

Catalogue and cases read the whole subset with `soundness.publishable`; this one shares no code with it, so that the
tests can hold one against the other.

Read: one process with start and end events, user and service tasks, exclusive and parallel gateways, sequence flows
with conditions and default flows, lanes, one pool. Passed over: documentation, extension elements, annotations,
diagram. Extension attributes stand in the namespace `urn:tongban:bpmn:1` (`tongban:act`, `tongban:role`,
`tongban:nameEn`, any other goes to `Node.props`). The id of a lane is the key into the item's `Handling.agencies`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_external_ges, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from tongban.contexts.process.core.bpmn import wellformed
from tongban.contexts.process.core.bpmn.tree import BPMN, LARGEST_FILE, TONGBAN
from tongban.contexts.process.core.routes import (
    DoubleId,
    ElementWithoutId,
    Flow,
    InTwoLanes,
    Lane,
    Node,
    NodeKind,
    NotOneProcess,
    NotOneStart,
    Route,
    RouteOutsideSubset,
    RouteUnreadable,
    UnknownReference,
)

_DIAGRAM: Final = (
    "http://www.omg.org/spec/BPMN/20100524/DI",
    "http://www.omg.org/spec/DD/20100524/DC",
    "http://www.omg.org/spec/DD/20100524/DI",
)

KINDS: Final[Mapping[str, NodeKind]] = {
    "startEvent": "start",
    "endEvent": "end",
    "userTask": "user",
    "serviceTask": "service",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
}
_PASSED_OVER: Final = frozenset({"documentation", "extensionElements", "textAnnotation", "association", "category"})
_TRANSPARENT: Final = frozenset({"definitions", "collaboration", "laneSet", "incoming", "outgoing"})


class _Reader(ContentHandler):
    """Collects the elements of one file, with the line of each."""

    def __init__(self) -> None:
        super().__init__()
        self.locator: Locator | None = None
        self.lines: dict[str, int] = {}
        self.process: tuple[str, str, str] | None = None
        self.nodes: dict[str, Node] = {}
        self.flows: dict[str, Flow] = {}
        self.lanes: dict[str, Lane] = {}
        self.members: dict[str, str] = {}  # node -> lane
        self.defaults: dict[str, str] = {}
        self._skipping = 0
        self._open: list[str] = []
        self._text: list[str] = []
        self._at = ""  # id of the flow or lane that is open

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - name given by SAX
        self.locator = locator

    @property
    def line(self) -> int:
        return int(self.locator.getLineNumber() or 1) if self.locator else 1

    def startElementNS(  # noqa: N802 - name given by SAX
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        space, tag = name
        if self._skipping or space in _DIAGRAM or (space == BPMN and tag in _PASSED_OVER):
            self._skipping += 1
            return
        if space != BPMN:
            raise RouteOutsideSubset(qname or tag, self.line)
        self._open.append(tag)
        self._text.clear()
        plain, ours = _attributes(attrs)
        if tag in KINDS:
            self._node(tag, plain, ours)
        elif tag == "sequenceFlow":
            self._flow(plain)
        elif tag == "lane":
            self._lane(plain, ours)
        elif tag == "process":
            self._process(plain, ours)
        elif tag == "participant":
            self.identify("participant", plain)
        elif tag == "conditionExpression" and self._open[-2:-1] == ["sequenceFlow"]:
            pass
        elif not (tag in _TRANSPARENT or (tag == "flowNodeRef" and self._open[-2:-1] == ["lane"])):
            raise RouteOutsideSubset(_label(tag, plain), self.line)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802 - as SAX
        if self._skipping:
            self._skipping -= 1
            return
        tag = self._open.pop()
        text = "".join(self._text).strip()
        self._text.clear()
        if tag == "flowNodeRef":
            if self.members.setdefault(text, self._at) != self._at:
                raise InTwoLanes(text, self.line)
        elif tag == "conditionExpression":
            self.flows[self._at] = replace(self.flows[self._at], condition=text)

    def characters(self, content: str) -> None:
        if not self._skipping:
            self._text.append(content)

    def identify(self, tag: str, plain: Mapping[str, str]) -> str:
        """The id of an element, which must be there and be its own."""
        key = plain.get("id", "")
        if not key:
            raise ElementWithoutId(tag, self.line)
        if key in self.lines:
            raise DoubleId(key, self.line)
        self.lines[key] = self.line
        return key

    def _process(self, plain: Mapping[str, str], ours: Mapping[str, str]) -> None:
        key = self.identify("process", plain)
        if self.process:
            raise NotOneProcess(key, self.line)
        self.process = (key, plain.get("name", ""), ours.get("nameEn", ""))

    def _node(self, tag: str, plain: Mapping[str, str], ours: dict[str, str]) -> None:
        if self._open[-2:-1] != ["process"]:
            raise RouteOutsideSubset(_label(tag, plain), self.line)
        key = self.identify(tag, plain)
        name_en, role, act = (ours.pop(word, "") for word in ("nameEn", "role", "act"))
        self.nodes[key] = Node(key, KINDS[tag], plain.get("name", ""), name_en, "", role, act, ours)
        if "default" in plain:
            self.defaults[key] = plain["default"]

    def _flow(self, plain: Mapping[str, str]) -> None:
        self._at = self.identify("sequenceFlow", plain)
        self.flows[self._at] = Flow(
            self._at, plain.get("sourceRef", ""), plain.get("targetRef", ""), "", plain.get("name", "")
        )

    def _lane(self, plain: Mapping[str, str], ours: Mapping[str, str]) -> None:
        self._at = self.identify("lane", plain)
        self.lanes[self._at] = Lane(self._at, plain.get("name", ""), ours.get("nameEn", ""))


def _attributes(attrs: AttributesNSImpl) -> tuple[dict[str, str], dict[str, str]]:
    """BPMN's own attributes and ours; other vendors' are passed over."""
    plain: dict[str, str] = {}
    ours: dict[str, str] = {}
    for (space, word), value in attrs.items():
        if not space:
            plain[word] = value
        elif space == TONGBAN:
            ours[word] = value
    return plain, ours


def _label(tag: str, plain: Mapping[str, str]) -> str:
    return f"{tag} {plain['id']}" if plain.get("id") else tag


def _read(xml: bytes) -> _Reader:
    reader = _Reader()
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setFeature(feature_external_ges, False)
    parser.setContentHandler(reader)
    try:
        parser.parse(io.BytesIO(xml))
    except SAXParseException as error:
        raise RouteUnreadable("XML", error.getLineNumber() or 1) from None
    except (SAXException, DefusedXmlException, ValueError, LookupError):
        raise RouteUnreadable("XML", reader.line) from None
    return reader


def parse(xml: bytes) -> Route:
    """The route that a BPMN file describes.

    Refuses `RouteUnreadable` (no XML), `RouteOutsideSubset` (an element that is not run here) and the other kinds of
    `RouteRefused` (an incomplete or unsound route), each with element and line.
    """
    if len(xml) > LARGEST_FILE:
        raise RouteUnreadable("XML", 1)
    found = _read(xml)
    if found.process is None:
        raise NotOneProcess("definitions", 1)
    for node, lane in found.members.items():
        if node not in found.nodes:
            raise UnknownReference(lane, found.lines[lane])
        found.nodes[node] = replace(found.nodes[node], lane=lane)
    key, name, name_en = found.process
    starts = [node.id for node in found.nodes.values() if node.kind == "start"]
    if len(starts) != 1:
        raise NotOneStart(key, found.lines[key])
    flows, lanes = tuple(found.flows.values()), tuple(found.lanes.values())
    route = Route(key, name, name_en, found.nodes, flows, starts[0], lanes, found.defaults)
    wellformed.check(route, found.lines)
    return route
