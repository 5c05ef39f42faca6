"""What people would be spared if a register were shared: papers not carried, visits not made, days not waited.

A register spares an item's applicant every material that is one of its papers or elements and must be handed in. Where
the paper was wanted only as a proof (no prerequisite of law asks for it), the applicant need not fetch it either: the
visits to its issuer fall away, and the item can begin earlier by the days for which it waited on that paper alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tongban.contexts.catalogue.core.beside import Register
from tongban.contexts.catalogue.core.graph.model import Graph, Need, is_carried
from tongban.contexts.catalogue.core.graph.times import Times, times
from tongban.contexts.catalogue.core.items import Item


@dataclass(frozen=True)
class Saving:
    """Summed over one application for each item: papers not brought, visits not made, working days not waited."""

    register: str
    items: tuple[str, ...]  # whose applicants are spared something
    papers: int
    visits: int
    days: Fraction


@dataclass(frozen=True)
class Outside:
    """A paper that no item of the city's list produces, and who asks for it. `named` = its issuer is known."""

    code: str
    items: tuple[str, ...]
    named: bool


def savings(graph: Graph, items: Iterable[Item], registers: Iterable[Register]) -> tuple[Saving, ...]:
    """What sharing each register would save, the greatest first: by papers, then visits, then days, then its key.

    Registers that are shared already save what is still asked by hand against the rule (Q: "do not ask again").
    """
    listed = tuple(items)
    found_times = times(graph)
    by_paper = _carried(listed, "licence_item")
    by_element = _carried(listed, "element")
    found = [_saving(graph, found_times, register, by_paper, by_element) for register in registers]
    return tuple(sorted(found, key=lambda s: (-s.papers, -s.visits, -s.days, s.register)))


def outside(graph: Graph) -> tuple[Outside, ...]:
    """Papers that nobody on the list issues: those without any known issuer first, then the most wanted."""
    wanted: dict[str, set[str]] = {}
    for code, paper in graph.demands():
        if paper in graph.unknown or graph.nodes[paper].outside:
            wanted.setdefault(paper, set()).add(code)
    found = [Outside(paper, tuple(sorted(by)), paper not in graph.unknown) for paper, by in wanted.items()]
    return tuple(sorted(found, key=lambda one: (one.named, -len(one.items), one.code)))


def _carried(items: tuple[Item, ...], name: str) -> Mapping[str, list[tuple[str, str]]]:
    """Paper or element -> (item, material id) of everything that must be brought by hand."""
    found: dict[str, list[tuple[str, str]]] = {}
    for item in items:
        for material in item.materials:
            key = getattr(material, name)
            if key and key != item.code and is_carried(material):
                found.setdefault(key, []).append((item.code, material.id))
    return found


def _saving(
    graph: Graph,
    found: Times,
    register: Register,
    by_paper: Mapping[str, list[tuple[str, str]]],
    by_element: Mapping[str, list[tuple[str, str]]],
) -> Saving:
    spared = {pair for paper in register.papers for pair in by_paper.get(paper, ())}
    spared |= {pair for element in register.elements for pair in by_element.get(element, ())}
    codes = tuple(sorted({code for code, _ in spared}))
    visits, waited = 0, Fraction(0)
    papers = frozenset(register.papers)
    for code in codes:
        dropped = [need for need in graph.needs.get(code, ()) if _drops(need, papers)]
        visits += sum(min(graph.nodes[paper].visits for paper in need.papers) for need in dropped)
        if dropped:
            waited += _earlier(graph, found, code, dropped)
    return Saving(register.key, codes, len(spared), visits, waited)


def _drops(need: Need, papers: frozenset[str]) -> bool:
    """A need that only a carried material makes, and whose paper the register supplies."""
    return not need.by_law and bool(need.carried) and papers.issuperset(need.papers)


def _earlier(graph: Graph, found: Times, code: str, dropped: list[Need]) -> Fraction:
    """Working days by which `code` could begin earlier without the needs `dropped`, all else as it is."""
    if code in found.blocked:
        return Fraction(0)
    rest = [need for need in graph.needs[code] if need not in dropped]
    return found.start[code] - max((_met(found, need) for need in rest), default=Fraction(0))


def _met(found: Times, need: Need) -> Fraction:
    there = [found.finish[paper] for paper in need.papers if paper in found.finish]
    return min(there, default=Fraction(0))
