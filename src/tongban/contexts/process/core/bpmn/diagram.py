"""What a diagram says: its routes, and everything about it that is refused, noted or kept without effect."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tongban.contexts.process.core.bpmn.refusals import OutsideSubset
from tongban.contexts.process.core.bpmn.tree import Element
from tongban.contexts.process.core.routes import Route, RouteRefused


@dataclass(frozen=True)
class Refused:
    """One thing that is refused, with the id and the name of its element ("" where it has none)."""

    refusal: RouteRefused
    element: str
    name: str
    line: int


@dataclass(frozen=True)
class Note:
    """One thing that a person settles while the route runs, because the diagram does not."""

    element: str
    name: str
    line: int
    reason: str


@dataclass(frozen=True)
class Diagram:
    """A file as it is read. `routes`: the processes that are checked and run; `others`: ids of those that are not
    (partners beside an executable process). `kept`: what is kept for export and has no effect, counted by its kind."""

    routes: tuple[Route, ...]
    others: tuple[str, ...]
    refusals: tuple[Refused, ...]
    notes: tuple[Note, ...]
    kept: dict[str, int]
    lines: dict[str, int]
    names: dict[str, str]


@dataclass
class Findings:
    """Collects what is found while one process is read; of a partner process nothing but its structure counts."""

    refusals: list[Refused] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)

    def refuse(self, kind: type[RouteRefused], element: Element, *more: int) -> None:
        """Refuse `element`."""
        refusal = kind(element.id or element.tag, element.line, *more)
        self.refusals.append(Refused(refusal, element.id or element.tag, element.name, element.line))

    def outside(self, element: Element, reason: str, of: Element | None = None) -> None:
        """Refuse `element` as outside the subset; `of`: the node it is a part of."""
        shown = of or element
        label = f"{element.tag} {shown.id}".strip()
        refusal = OutsideSubset(label, element.line, reason)
        self.refusals.append(Refused(refusal, shown.id or element.tag, shown.name, element.line))

    def note(self, element: Element, reason: str) -> None:
        """Note what a person settles."""
        self.notes.append(Note(element.id or element.tag, element.name, element.line, reason))
