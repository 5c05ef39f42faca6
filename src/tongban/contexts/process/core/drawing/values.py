"""What a drawing is made of. Places are pixels, from the left and from the top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

ShapeKind = Literal[
    "pool",
    "lane",
    "task",
    "call",
    "subprocess",
    "start",
    "catch",
    "throw",
    "end",
    "boundary",
    "gateway",
    "data",
    "store",
    "note",
    "group",
    "other",
]
EdgeKind = Literal["flow", "message", "association"]
Point = tuple[float, float]
#: What holds other shapes and lies below them.
AROUND: Final = ("pool", "lane", "group")


@dataclass(frozen=True)
class Box:
    """A place: its corner, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Shape:
    """One shape. `sort`: of a task "user", "service", …; of an event what it waits for; of a gateway its kind.

    `expanded`: a sub-process that shows what is in it. `label`: where the name of an event or gateway stands.
    `several`: "", "parallel" or "sequential". `horizontal`: a pool or lane whose name stands at its left edge.
    """

    id: str
    kind: ShapeKind
    box: Box
    name: str = ""
    name_en: str = ""
    sort: str = ""
    label: Box | None = None
    expanded: bool = False
    horizontal: bool = True
    interrupting: bool = True
    several: str = ""


@dataclass(frozen=True)
class Edge:
    """One line between shapes. `default`: the way of a gateway when nothing else holds."""

    id: str
    kind: EdgeKind
    points: tuple[Point, ...]
    source: str
    target: str
    name: str = ""
    name_en: str = ""
    label: Box | None = None
    default: bool = False
    conditional: bool = False


@dataclass(frozen=True)
class Drawing:
    """A whole picture: `shapes` in the order they are drawn, outer ones first. `laid_out`: placed by us."""

    name: str
    name_en: str
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]
    box: Box
    laid_out: bool = False
