"""The graph of the items in force, made once for each set of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tongban.contexts.catalogue.core import graph as core
from tongban.contexts.catalogue.core.beside import Package
from tongban.contexts.catalogue.core.folder import Paper
from tongban.contexts.catalogue.core.graph import Graph, GraphReport, Plan
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.queries import listed


def graph() -> Graph:
    """Papers as nodes between the items in force."""
    return _graph(_by_identity(listed.items()), listed.papers())


def graph_report(goal: str = "", answers: Mapping[str, Any] | None = None) -> GraphReport:
    """Circles, the longest chain, savings and papers of others; with `goal` (item code or package id) of the way to it.

    Refuses `UnknownGoal`.
    """
    lists = listed.beside()
    items = {item.code: item for item in listed.items()}
    return core.report(graph(), items, lists.registers, lists.packages, goal, answers)


def way(goal: str, answers: Mapping[str, Any] | None = None) -> Plan:
    """The way to `goal`, an item's code or a package's id. Refuses `UnknownGoal`."""
    items = {item.code: item for item in listed.items()}
    return core.plan(graph(), items, listed.beside().packages, goal, answers)


def packages() -> tuple[Package, ...]:
    """Packages whose every item is in force, in the order of their ids."""
    known = {item.code for item in listed.items()}
    found = (one for one in listed.beside().packages if all(member.item in known for member in one.items))
    return tuple(sorted(found, key=lambda one: one.id))


class _by_identity:  # noqa: N801 - a key, not a thing
    """A set of items compared as one object: the set in force is one tuple until something is published."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _by_identity) and other.items is self.items

    def __hash__(self) -> int:
        return id(self.items)


@lru_cache(maxsize=2)
def _graph(key: _by_identity, papers: tuple[Paper, ...]) -> Graph:
    return core.build(key.items, papers)
