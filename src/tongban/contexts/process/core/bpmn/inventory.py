"""What a file holds, as sets that can be compared: so that an export proves that nothing was lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tongban.contexts.process.core.bpmn.elements import KINDS
from tongban.contexts.process.core.bpmn.tree import BPMN, DIAGRAM, Document, Element

_DI = "http://www.omg.org/spec/DD/20100524/DI"


@dataclass(frozen=True)
class Inventory:
    """Everything in a file by its kind: ids of what has one; `extensions`: foreign elements and attributes, counted;
    `everything`: each element with all its attributes and its text, counted."""

    nodes: frozenset[str]
    flows: frozenset[str]
    lanes: frozenset[str]
    shapes: frozenset[tuple[str, str]]
    edges: frozenset[tuple[str, str]]
    ids: frozenset[str]
    extensions: Counter[str]
    everything: Counter[tuple[str, ...]]

    def counts(self) -> dict[str, int]:
        """How many there are of each kind."""
        return {
            "nodes": len(self.nodes),
            "flows": len(self.flows),
            "lanes": len(self.lanes),
            "shapes": len(self.shapes),
            "edges": len(self.edges),
            "ids": len(self.ids),
            "extensions": self.extensions.total(),
        }


def inventory(document: Document) -> Inventory:
    """Take stock of a file."""
    everything = list(document.root.walk())
    bpmn = [element for element in everything if element.space == BPMN]
    foreign: Counter[str] = Counter()
    for element in everything:
        if element.space != BPMN and not _drawing(element):
            foreign[element.written] += 1
        if not _drawing(element):
            foreign.update(f"@{name}" for name in element.attributes if ":" in name and not name.startswith("xmlns"))
    return Inventory(
        nodes=frozenset(e.id for e in bpmn if e.tag in KINDS or e.tag.endswith(("Task", "Gateway", "Event"))),
        flows=frozenset(e.id for e in bpmn if e.tag in ("sequenceFlow", "messageFlow", "association")),
        lanes=frozenset(e.id for e in bpmn if e.tag in ("lane", "participant")),
        shapes=_drawn(everything, "BPMNShape"),
        edges=_drawn(everything, "BPMNEdge"),
        ids=frozenset(e.id for e in everything if e.id),
        extensions=foreign,
        everything=Counter(
            (f"{e.space} {e.tag}", e.text, *(f"{name}={value}" for name, value in sorted(e.attributes.items())))
            for e in everything
        ),
    )


def _drawn(elements: list[Element], tag: str) -> frozenset[tuple[str, str]]:
    """Shapes or edges: what each draws and where."""
    return frozenset(
        (e.attributes.get("bpmnElement", ""), " ".join(_places(e)))
        for e in elements
        if e.space == DIAGRAM and e.tag == tag
    )


def _places(element: Element) -> list[str]:
    found = []
    for inner in element.walk():
        if inner.tag in ("Bounds", "waypoint"):
            found.append(",".join(inner.attributes.get(word, "") for word in ("x", "y", "width", "height")))
    return found


def _drawing(element: Element) -> bool:
    return element.space in (DIAGRAM, _DI) or "/DD/" in element.space
