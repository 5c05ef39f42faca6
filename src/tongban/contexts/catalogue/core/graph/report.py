"""The whole answer about a city's graph or the way to one goal: what the command prints and the pages show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tongban.contexts.catalogue.core.beside import Package, Register
from tongban.contexts.catalogue.core.graph.circles import Circle, circles
from tongban.contexts.catalogue.core.graph.model import Graph
from tongban.contexts.catalogue.core.graph.plan import Plan, plan
from tongban.contexts.catalogue.core.graph.savings import Outside, Saving, outside, savings
from tongban.contexts.catalogue.core.graph.times import times
from tongban.contexts.catalogue.core.items import Item


@dataclass(frozen=True)
class GraphReport:
    """`way` is the way to the goal; without one, to the end of the city's longest chain (None in an empty list).

    Circles, savings and papers of others are those of the whole list, or of the items on the way.
    """

    circles: tuple[Circle, ...]
    savings: tuple[Saving, ...]
    outside: tuple[Outside, ...]
    way: Plan | None
    papers: int
    demands: int
    blocked: tuple[str, ...]

    @property
    def critical_path(self) -> tuple[str, ...]:
        return self.way.critical_path if self.way else ()

    @property
    def serial_days(self) -> Fraction:
        return self.way.serial_days if self.way else Fraction(0)

    @property
    def parallel_days(self) -> Fraction:
        return self.way.parallel_days if self.way else Fraction(0)


def report(
    graph: Graph,
    items: Mapping[str, Item],
    registers: Iterable[Register],
    packages: Iterable[Package],
    goal: str = "",
    answers: Mapping[str, Any] | None = None,
) -> GraphReport:
    """Everything about `graph`, or about the way to `goal`. Refuses `UnknownGoal`."""
    found = times(graph)
    listed, known = items, tuple(packages)
    if goal:
        way: Plan | None = plan(graph, items, known, goal, answers)
        on_way = {step.code for step in way.steps} | set(way.blocked) if way else set()
        listed = {code: item for code, item in items.items() if code in on_way}
    else:
        end = found.end_of_longest()
        way = plan(graph, items, (), end) if end in items else None
    return GraphReport(
        tuple(one for one in circles(graph) if not goal or set(one.items) <= listed.keys()),
        savings(graph, listed.values(), registers),
        tuple(one for one in outside(graph) if not goal or set(one.items) & listed.keys()),
        way,
        len(graph.nodes),
        sum(1 for code, _ in graph.demands() if code in listed),
        tuple(sorted(found.blocked & listed.keys())),
    )
