"""Reads the drawing of a BPMN file; a file without one is laid out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tongban.contexts.process.core.bpmn.tree import BPMN, DIAGRAM, Element, read_tree
from tongban.contexts.process.core.drawing.layout import laid_out
from tongban.contexts.process.core.drawing.values import AROUND, Box, Drawing, Edge, EdgeKind, Point, Shape, ShapeKind

_MARGIN: Final = 12.0
#: No sheet is larger: what lies beyond is a mistake of the file.
_FARTHEST: Final = 100_000.0
_KINDS: Final[dict[str, tuple[ShapeKind, str]]] = {
    "participant": ("pool", ""),
    "lane": ("lane", ""),
    "callActivity": ("call", ""),
    "subProcess": ("subprocess", ""),
    "adHocSubProcess": ("subprocess", "adhoc"),
    "transaction": ("subprocess", "transaction"),
    "startEvent": ("start", ""),
    "intermediateCatchEvent": ("catch", ""),
    "intermediateThrowEvent": ("throw", ""),
    "endEvent": ("end", ""),
    "boundaryEvent": ("boundary", ""),
    "exclusiveGateway": ("gateway", "exclusive"),
    "parallelGateway": ("gateway", "parallel"),
    "inclusiveGateway": ("gateway", "inclusive"),
    "eventBasedGateway": ("gateway", "event_based"),
    "complexGateway": ("gateway", "complex"),
    "dataObject": ("data", ""),
    "dataObjectReference": ("data", ""),
    "dataInput": ("data", ""),
    "dataOutput": ("data", ""),
    "dataStoreReference": ("store", ""),
    "textAnnotation": ("note", ""),
    "group": ("group", ""),
}
_EDGES: Final[dict[str, EdgeKind]] = {"sequenceFlow": "flow", "messageFlow": "message"}
_OTHER_EDGES: Final = frozenset({"association", "dataInputAssociation", "dataOutputAssociation", "conversationLink"})


def drawn(xml: bytes) -> Drawing:
    """The drawing of a file.

    Refuses `RouteUnreadable` and `TooMuch` where the file is no XML; whatever else is in it is drawn as it stands.
    """
    root = read_tree(xml).root
    elements = {element.id: element for element in root.walk() if element.space == BPMN and element.id}
    shapes, edges = _as_drawn(root, elements)
    name, name_en = _title(root)
    own = any(shape.kind not in AROUND for shape in shapes)
    if not own:
        shapes, edges = laid_out(*_undrawn(root, elements))
    ordered = tuple(sorted(shapes, key=_order))
    return Drawing(name, name_en, ordered, tuple(edges), _bounds(ordered, edges), laid_out=not own)


def _title(root: Element) -> tuple[str, str]:
    for tag in ("participant", "process", "collaboration"):
        for element in root.walk():
            if element.space == BPMN and element.tag == tag and element.name:
                return element.name, element.ours().get("nameEn", "")
    return "", ""


def _order(shape: Shape) -> tuple[int, float]:
    """Pools, lanes and open sub-processes below what is in them, boundary events above their hosts."""
    if shape.kind in AROUND or shape.expanded:
        return AROUND.index(shape.kind) if shape.kind in ("pool", "lane") else 2, -shape.box.width * shape.box.height
    return (4 if shape.kind == "boundary" else 3), 0.0


# -- as the file draws it --------------------------------------------------------------------------------------------


def _as_drawn(root: Element, elements: dict[str, Element]) -> tuple[list[Shape], list[Edge]]:
    plane = next((e for e in root.walk() if e.space == DIAGRAM and e.tag == "BPMNPlane"), None)
    shapes: list[Shape] = []
    edges: list[Edge] = []
    for one in plane or ():
        element = elements.get(_local(one.attributes.get("bpmnElement", "")))
        if element is None or one.space != DIAGRAM:
            continue
        if one.tag == "BPMNShape":
            box = next((_box(inner) for inner in one if inner.tag == "Bounds"), None)
            if box is not None:
                shapes.append(_placed(_shape(element, box), one))
        elif one.tag == "BPMNEdge":
            points = tuple(_point(inner) for inner in one if inner.tag == "waypoint")
            if len(points) > 1:
                edges.append(replace(_edge(element, points), label=_label(one)))
    return shapes, edges


def _placed(shape: Shape, drawn_as: Element) -> Shape:
    said = drawn_as.attributes
    expanded = said.get("isExpanded", "") == "true" and shape.kind == "subprocess"
    horizontal = said.get("isHorizontal", "") != "false"
    return replace(shape, label=_label(drawn_as), expanded=expanded, horizontal=horizontal)


def _label(drawn_as: Element) -> Box | None:
    for inner in drawn_as:
        if inner.tag == "BPMNLabel":
            return next((_box(bounds) for bounds in inner if bounds.tag == "Bounds"), None)
    return None


def _box(bounds: Element) -> Box:
    x, y, width, height = (_number(bounds.attributes.get(word, "")) for word in ("x", "y", "width", "height"))
    return Box(x, y, abs(width), abs(height))


def _point(waypoint: Element) -> Point:
    return _number(waypoint.attributes.get("x", "")), _number(waypoint.attributes.get("y", ""))


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return max(-_FARTHEST, min(_FARTHEST, value)) if math.isfinite(value) else 0.0


def _bounds(shapes: tuple[Shape, ...], edges: list[Edge]) -> Box:
    labels = [shape.label or _below(shape) for shape in shapes] + [edge.label for edge in edges]
    boxes = [shape.box for shape in shapes] + [label for label in labels if label is not None]
    xs = [x for box in boxes for x in (box.x, box.x + box.width)] + [x for edge in edges for x, _ in edge.points]
    ys = [y for box in boxes for y in (box.y, box.y + box.height)] + [y for edge in edges for _, y in edge.points]
    if not xs:
        return Box(0, 0, 2 * _MARGIN, 2 * _MARGIN)
    left, top = min(xs) - _MARGIN, min(ys) - _MARGIN
    return Box(left, top, max(xs) + _MARGIN - left, max(ys) + _MARGIN - top)


def _below(shape: Shape) -> Box | None:
    """Room for the name of an event or gateway that has no place of its own."""
    if not shape.name or shape.kind in ("task", "call", "subprocess", "note", *AROUND):
        return None
    return Box(shape.box.middle[0] - 45, shape.box.y + shape.box.height, 90, 36)


# -- what an element is ----------------------------------------------------------------------------------------------


def _shape(element: Element, box: Box) -> Shape:
    kind, sort = _KINDS.get(element.tag, ("other", ""))
    if element.tag.endswith("Task") or element.tag == "task":
        kind, sort = "task", element.tag.removesuffix("Task").removesuffix("task")
    if element.tag.endswith("Event"):
        sort = _event(element)
    text = element.child("text")
    name = " ".join(text.text.split()) if text is not None and kind == "note" else element.name
    interrupting = element.attributes.get("cancelActivity", element.attributes.get("isInterrupting", "true"))
    return Shape(
        element.id,
        kind,
        box,
        name,
        element.ours().get("nameEn", ""),
        sort,
        interrupting=interrupting not in ("false", "0"),
        several=_several(element),
    )


def _event(element: Element) -> str:
    found = [child.tag.removesuffix("EventDefinition") for child in element if child.tag.endswith("EventDefinition")]
    refers = [child for child in element if child.tag == "eventDefinitionRef"]
    if len(found) + len(refers) > 1:
        return "multiple"
    return found[0] if found else ""


def _several(element: Element) -> str:
    multi = element.child("multiInstanceLoopCharacteristics")
    if multi is None:
        return ""
    return "sequential" if multi.attributes.get("isSequential") in ("true", "1") else "parallel"


def _edge(element: Element, points: tuple[Point, ...]) -> Edge:
    source, target = (_local(element.attributes.get(word, "")) for word in ("sourceRef", "targetRef"))
    parent = element.parent
    default = parent is not None and any(_local(each.attributes.get("default", "")) == element.id for each in parent)
    return Edge(
        element.id,
        _EDGES.get(element.tag, "association"),
        points,
        source,
        target,
        element.name,
        element.ours().get("nameEn", ""),
        default=default,
        conditional=element.child("conditionExpression") is not None,
    )


def _local(reference: str) -> str:
    return reference.rpartition(":")[2]


# -- what a file without drawing holds -------------------------------------------------------------------------------


def _undrawn(root: Element, elements: dict[str, Element]) -> tuple[list[Shape], list[Edge], dict[str, str]]:
    """Shapes and edges without a place, and what each shape stands in: a sub-process, a lane, a process."""
    nowhere = Box(0, 0, 0, 0)
    inside: dict[str, str] = {}
    shapes = []
    for process in (e for e in root if e.space == BPMN and e.tag == "process"):
        lanes = dict(_lanes(process, elements))
        for element in process.walk():
            parent = element.parent
            if element.space != BPMN or not element.id or parent is None:
                continue
            if _is_node(element) and parent.tag in ("process", "subProcess", "transaction", "adHocSubProcess"):
                shape = _shape(element, nowhere)
                opened = shape.kind == "subprocess" and any(_is_node(child) for child in element)
                shapes.append(replace(shape, expanded=opened))
                inside[element.id] = lanes.get(element.id, "") if parent.tag == "process" else parent.id
                if shape.kind == "boundary":
                    inside[element.id] = "@" + _local(element.attributes.get("attachedToRef", ""))
        shapes += [replace(_shape(elements[lane], nowhere)) for lane in dict.fromkeys(lanes.values())]
    edges = [_edge(e, ()) for e in root.walk() if e.space == BPMN and e.tag == "sequenceFlow" and e.id]
    known = {shape.id for shape in shapes}
    return shapes, [edge for edge in edges if {edge.source, edge.target} <= known], inside


def _is_node(element: Element) -> bool:
    kind = _KINDS.get(element.tag, ("other", ""))[0]
    task = element.tag.endswith("Task") or element.tag == "task"
    return element.space == BPMN and (task or kind in _NODES)


_NODES: Final = ("call", "subprocess", "start", "catch", "throw", "end", "boundary", "gateway")


def _lanes(process: Element, elements: dict[str, Element]) -> Iterator[tuple[str, str]]:
    """The innermost lane of every node."""
    for lane in process.walk():
        if lane.space == BPMN and lane.tag == "lane" and lane.id in elements:
            for reference in lane:
                if reference.tag == "flowNodeRef":
                    yield _local(reference.text), lane.id
