"""Circular proofs: A wants B's paper, and B, perhaps over others, wants A's. Shown as the shortest circle."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import networkx

from tongban.contexts.catalogue.core.graph.model import Graph
from tongban.contexts.catalogue.core.graph.times import times

#: So many circles are shown of one knot of items; a knot with more is told by its size.
SHOWN = 12


@dataclass(frozen=True)
class Circle:
    """The shortest circle through an item of a knot: each item needs the paper of the next, the last that of the first.

    `knot` are all items that lead back to themselves through each other. `hard` is True when nobody can get through:
    no alternative paper leads round it.
    """

    items: tuple[str, ...]
    knot: tuple[str, ...]
    hard: bool


def circles(graph: Graph) -> tuple[Circle, ...]:
    """The shortest circle of every knot, then the shortest through its items that no shown circle holds (at most
    `SHOWN` a knot); small circles first, each beginning with its smallest code."""
    net: networkx.DiGraph[str] = networkx.DiGraph()
    net.add_edges_from((code, paper) for code, paper in graph.demands() if paper in graph.nodes)
    blocked = times(graph).blocked
    found: list[Circle] = []
    for knot in networkx.strongly_connected_components(net):
        first = next(iter(knot))
        if len(knot) > 1 or net.has_edge(first, first):
            found += _of(knot, {code: [paper for paper in net[code] if paper in knot] for code in knot}, blocked)
    return tuple(sorted(found, key=lambda circle: (len(circle.items), circle.items)))


def _of(knot: Collection[str], ways: Mapping[str, list[str]], blocked: frozenset[str]) -> list[Circle]:
    members = tuple(sorted(knot))
    ordered = {code: sorted(ways[code]) for code in members}
    shortest = _shortest(members, ordered)
    shown = [shortest]
    covered = set(shortest)
    for code in members:
        if len(shown) == SHOWN:
            break
        if code not in covered:
            way = _through(code, ordered, len(members))
            shown.append(way)
            covered.update(way)
    return [Circle(_turned(way), members, any(code in blocked for code in way)) for way in shown]


def _shortest(members: tuple[str, ...], ways: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The shortest circle of a knot; each search looks no deeper than would beat the best so far."""
    best: tuple[str, ...] = ()
    for code in members:
        way = _through(code, ways, len(best) - 1 if best else len(members))
        if way:
            best = way
        if best and len(best) <= 2 and (len(best) == 1 or not any(one in ways[one] for one in members)):
            break
    return best


def _through(start: str, ways: Mapping[str, list[str]], limit: int) -> tuple[str, ...]:
    """The shortest circle through `start` with at most `limit` items; () when there is none."""
    before: dict[str, str] = {start: ""}
    depth = {start: 1}
    queue = deque([start])
    while queue:
        code = queue.popleft()
        if depth[code] > limit:
            return ()
        for paper in ways[code]:
            if paper == start:
                way = [code]
                while before[way[-1]]:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if paper not in before:
                before[paper] = code
                depth[paper] = depth[code] + 1
                queue.append(paper)
    return ()


def _turned(way: tuple[str, ...]) -> tuple[str, ...]:
    at = way.index(min(way))
    return way[at:] + way[:at]
