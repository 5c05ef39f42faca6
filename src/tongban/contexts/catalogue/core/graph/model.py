"""What the graph is made of, and how it is derived from the items: nothing in it is drawn by hand.

A need says that an item cannot be begun before a paper is there. It comes from the item's prerequisites (which know
"any of" and conditions) or from a material that is the result of another item. Where both name the same paper, the
prerequisite decides, because only it knows the alternatives. A material that people hold anyway, such as the identity
card, makes nobody wait and so no need; that it must be carried counts all the same (`savings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tongban.contexts.catalogue.core.items import Item, Limit, Material, Prerequisite, Text
from tongban.contexts.catalogue.core.outside import Paper
from tongban.contexts.catalogue.core.prerequisites import named

#: Working days in a month and in a calendar day, on average: only for adding up limits of different units.
_WORKDAYS = {"workday": Fraction(1), "day": Fraction(5, 7), "month": Fraction(21)}


@dataclass(frozen=True)
class Node:
    """A paper and the item that produces it. `days` are the working days it takes; `outside` = not on this list."""

    code: str
    name: Text
    days: Fraction
    agency: str  # agency key; "" for papers of others
    visits: int = 0
    outside: bool = False


@dataclass(frozen=True)
class Need:
    """`item` needs one of `papers` (several = any of them). `when` is its condition, "" = always.

    `carried` are the ids of materials by which the applicant must bring it by hand; () = fetched, or merely asked to
    exist. `by_law` is True for a prerequisite, False for a need that only a material makes.
    """

    item: str
    papers: tuple[str, ...]
    when: str = ""
    carried: tuple[str, ...] = ()
    by_law: bool = True


@dataclass(frozen=True)
class Graph:
    """Nodes by code; the needs of every item."""

    nodes: Mapping[str, Node]
    needs: Mapping[str, tuple[Need, ...]]
    unknown: frozenset[str] = field(default_factory=frozenset)  # papers that no item produces and nobody is named for

    def demands(self) -> Iterator[tuple[str, str]]:
        """Every pair (item, paper it may ask for)."""
        for code, needs in self.needs.items():
            for need in needs:
                for paper in need.papers:
                    yield code, paper


def build(items: Iterable[Item], papers: Iterable[Paper] = ()) -> Graph:
    """The graph of `items`, with the papers that others issue (external.yaml) as nodes that take no days here."""
    nodes = {paper.code: Node(paper.code, paper.name, Fraction(0), "", 1, outside=True) for paper in papers}
    listed = tuple(items)
    for item in listed:
        nodes[item.code] = Node(item.code, item.result.name, workdays(item), item.agency, item.visits)
    standing = frozenset(item.code for item in listed if item.result.standing)
    needs = {item.code: tuple(_needs(item, standing)) for item in listed}
    asked = {paper for found in needs.values() for need in found for paper in need.papers}
    return Graph(nodes, needs, frozenset(asked - nodes.keys()))


def workdays(item: Item) -> Fraction:
    """Working days an item takes: what is promised, else what the law allows, else none stated (0)."""
    limit = item.promised or item.statutory
    return in_workdays(limit) if limit is not None else Fraction(0)


def in_workdays(limit: Limit) -> Fraction:
    """A limit in working days: 5/7 of calendar days, 21 in a month."""
    return limit.value * _WORKDAYS[limit.unit]


def is_carried(material: Material) -> bool:
    """True when the applicant has to bring it: neither fetched nor written by the platform."""
    return material.source == "self" and material.need != "exempt"


def _needs(item: Item, standing: frozenset[str]) -> Iterator[Need]:
    by_material: dict[str, list[Material]] = {}
    for material in item.materials:
        if material.licence_item and material.licence_item != item.code:
            by_material.setdefault(material.licence_item, []).append(material)
    carried = {code: tuple(m.id for m in found if is_carried(m)) for code, found in by_material.items()}
    covered: set[str] = set()
    if item.prerequisites is not None:
        covered = set(named(item.prerequisites))
        for papers, when in _clauses(item.prerequisites):
            ids = tuple(id_ for paper in papers for id_ in carried.get(paper, ()))
            yield Need(item.code, papers, when, ids, by_law=True)
    for code, found in by_material.items():
        if code not in covered and code not in standing:
            conditions = {material.when for material in found}
            when = "" if "" in conditions else found[0].when
            yield Need(item.code, (code,), when, carried[code], by_law=False)


def _clauses(group: Prerequisite, when: str = "") -> Iterator[tuple[tuple[str, ...], str]]:
    """A group as clauses that must all hold, each any-of; groups under an "any" become the clauses of their product."""
    here = _both(when, group.when)
    if group.mode == "all":
        for code in group.items:
            yield (code,), here
        for child in group.groups:
            yield from _clauses(child, here)
        return
    children = [list(_clauses(child)) for child in group.groups]
    yield from ((papers, here) for papers in _product(group.items, children))


def _product(
    codes: tuple[str, ...], children: Sequence[Sequence[tuple[tuple[str, ...], str]]]
) -> Iterator[tuple[str, ...]]:
    """(a or (b and c)) = (a or b) and (a or c)."""
    if not children:
        if codes:
            yield codes
        return
    first, *rest = children
    for papers, _ in first:
        yield from _product((*codes, *(paper for paper in papers if paper not in codes)), rest)


def _both(first: str, second: str) -> str:
    return f"({first}) and ({second})" if first and second else first or second
