"""What every rule of the checker looks at, and what it says when it is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tongban.contexts.catalogue.core.beside import NOTHING_BESIDE, BasicItem, Beside, Law, Organ, Register
from tongban.contexts.catalogue.core.check.names import Names, collect
from tongban.contexts.catalogue.core.findings import Severity
from tongban.contexts.catalogue.core.items import Item, Text
from tongban.contexts.process.core.bpmn import Route
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.kernel.refusals import Words


def words(text: Text) -> Words:
    """A name of the catalogue as a finding names it: told in the reader's language, Chinese where there is no other."""
    return Words(text.zh, text.en)


@dataclass(frozen=True)
class Broken:
    """A rule broken at a path of the item.

    `severity` "" = as the register says. `reads` are further paths the judgement rests on: where one of them is still
    blank in a draft, nothing is said about this one.
    """

    rule: str
    path: str
    message: str
    advice: str
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity | None = None
    reads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """What one item is checked against: the whole list, the routes, the papers from outside the city, today's date.

    `circles` are circular proofs as the approval graph finds them: codes of items, each needing the one after it.
    One value serves any number of items; what the rules look up is prepared once.
    """

    today: date
    items: Mapping[str, Item]
    routes: Mapping[str, Route]
    external: frozenset[str] = field(default_factory=frozenset)  # codes of papers that others issue
    agencies: frozenset[str] = field(default_factory=frozenset)
    beside: Beside = NOTHING_BESIDE
    circles: tuple[tuple[str, ...], ...] = ()
    decisions: Mapping[str, Decisions] = field(default_factory=dict)  # decision files by their ids

    @cached_property
    def organs(self) -> dict[str, Organ]:
        """By agency key."""
        return {organ.key: organ for organ in self.beside.organs}

    @cached_property
    def laws(self) -> dict[str, tuple[Law, ...]]:
        """By name; a law that was replaced under the same name has several lines."""
        found: dict[str, tuple[Law, ...]] = {}
        for law in self.beside.laws:
            found[law.name] = (*found.get(law.name, ()), law)
        return found

    @cached_property
    def basic(self) -> dict[str, BasicItem]:
        """The basic catalogue by code."""
        return {one.code: one for one in self.beside.basic}

    @cached_property
    def supplied(self) -> dict[str, Register]:
        """Codes of papers and keys of elements -> the register that can supply them, a connected one first."""
        found: dict[str, Register] = {}
        for register in sorted(self.beside.registers, key=lambda one: (one.shared, one.key)):
            for key in (*register.papers, *register.elements):
                found[key] = register
        return found

    @cached_property
    def elements(self) -> dict[str, str]:
        """Keys of shared requirements -> the Chinese name all of them use."""
        return {one.key: one.name.zh for one in self.beside.elements}

    @cached_property
    def names(self) -> Names:
        """What each requirement is called in the whole list."""
        return collect(self.items.values(), self.elements)


ItemRule = Callable[[Item, Surroundings], Iterator[Broken]]
