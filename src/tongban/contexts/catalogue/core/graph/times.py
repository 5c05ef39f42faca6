"""When each paper can be there at the earliest, if everything that is independent runs at once.

An item begins when all its needs are met, and a need is met by the first of its papers: a graph of "and" and "or".
Knuth's generalisation of Dijkstra's algorithm (D. E. Knuth, 1977) settles papers in the order in which they come,
so alternatives and circles need no special care: what is never settled can never begin.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tongban.contexts.catalogue.core.graph.model import Graph, Need

Holds = Callable[[Need], bool]


@dataclass(frozen=True)
class Times:
    """Working days from the first application: when each can begin and is there, and what it waited for last.

    `via` names the paper that let it begin ("" = nothing had to come first). `blocked` can never begin: they stand on
    a circle without a way round, or behind one.
    """

    start: Mapping[str, Fraction]
    finish: Mapping[str, Fraction]
    via: Mapping[str, str]
    blocked: frozenset[str]

    def chain(self, end: str) -> tuple[str, ...]:
        """The longest way to `end`: every paper on it waited for the one before."""
        way = [end]
        while self.via[way[-1]]:
            way.append(self.via[way[-1]])
        return tuple(reversed(way))

    def last(self) -> str:
        """The paper that comes last of all, "" in an empty graph; among equals the one with the smaller code."""
        return min(self.finish, key=lambda code: (-self.finish[code], code), default="")

    def end_of_longest(self) -> str:
        """Where the longest chain ends: the last of those that wait for another paper, else the last of all."""
        waited = {code: there for code, there in self.finish.items() if self.via[code]}
        return min(waited, key=lambda code: (-waited[code], code), default=self.last())


def times(graph: Graph, *, among: Iterable[str] | None = None, holds: Holds = lambda need: True) -> Times:
    """Earliest times of the items `among` (None = all) counting only needs that `holds`.

    A need none of whose papers is among them is taken to be met from the start.
    """
    inside = set(graph.nodes if among is None else among)
    needs = {code: [need for need in graph.needs.get(code, ()) if holds(need)] for code in inside}
    waiting: dict[str, list[tuple[str, int]]] = {}
    open_needs = dict.fromkeys(inside, 0)
    for code in inside:
        for number, need in enumerate(needs[code]):
            papers = [paper for paper in need.papers if paper in inside]
            open_needs[code] += bool(papers)
            for paper in papers:
                waiting.setdefault(paper, []).append((code, number))
    return _settle(graph, waiting, open_needs)


def _settle(graph: Graph, waiting: dict[str, list[tuple[str, int]]], open_needs: dict[str, int]) -> Times:
    start: dict[str, Fraction] = {}
    finish: dict[str, Fraction] = {}
    via: dict[str, str] = {}
    met: set[tuple[str, int]] = set()
    scale = _common(graph, open_needs)
    ready: list[tuple[int, str, str]] = []  # (time it is there, code, what it waited for); whole numbers of 1/scale day
    length = {code: int(graph.nodes[code].days * scale) for code in open_needs}
    for code, number in open_needs.items():
        if not number:
            heapq.heappush(ready, (length[code], code, ""))
    while ready:
        there, code, waited = heapq.heappop(ready)
        finish[code], start[code], via[code] = Fraction(there, scale), Fraction(there - length[code], scale), waited
        for other, number in waiting.get(code, ()):
            if (other, number) in met:
                continue
            met.add((other, number))
            open_needs[other] -= 1
            if not open_needs[other]:
                heapq.heappush(ready, (there + length[other], other, code))
    return Times(start, finish, via, frozenset(open_needs.keys() - finish.keys()))


def _common(graph: Graph, codes: Iterable[str]) -> int:
    """A number that makes all days whole: Fractions are exact, whole numbers are fast."""
    scale = 1
    for code in codes:
        denominator = graph.nodes[code].days.denominator
        if scale % denominator:
            scale *= denominator
    return scale


def days(value: Fraction) -> int | float:
    """Days as people read them: whole, or rounded to a tenth."""
    return int(value) if value.denominator == 1 else round(float(value), 1)
