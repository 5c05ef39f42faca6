"""The way to a goal: what first, what at once, how long, and which papers one brings once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tongban.contexts.catalogue.core.beside import Package
from tongban.contexts.catalogue.core.graph.model import Graph, Need, is_carried
from tongban.contexts.catalogue.core.graph.times import Times, times
from tongban.contexts.catalogue.core.items import Item, Text
from tongban.contexts.catalogue.core.materials import typed_values
from tongban.contexts.process.core.sfeel import evaluate
from tongban.kernel.refusals import N_, Refusal


class UnknownGoal(Refusal):
    """No item and no package has this id."""

    code = "unknown_goal"
    message = N_("没有事项或一件事“%(goal)s”。请核对代号。")
    status = 404


@dataclass(frozen=True)
class Step:
    """One item of the way. `start` and `finish` are working days after the first application; `after` are the items of
    the way whose papers it waits for; `asked` is False for what the goal does not name but needs."""

    code: str
    name: Text
    agency: str
    start: Fraction
    finish: Fraction
    after: tuple[str, ...]
    outside: bool = False
    asked: bool = True


@dataclass(frozen=True)
class Carried:
    """One paper to bring, and the items that ask for it: several items, but one paper."""

    key: str
    name: Text
    items: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The whole way. `serial_days` one thing after another, `parallel_days` with all that is independent at once.

    `carried` are the papers one brings, each once; `asked_papers` counts them as the items ask one by one. `visits` as
    the items ask one by one. `blocked` lie on a circle or behind one: with such a goal nobody arrives.
    """

    goal: str
    name: Text
    steps: tuple[Step, ...]
    critical_path: tuple[str, ...]
    serial_days: Fraction
    parallel_days: Fraction
    carried: tuple[Carried, ...]
    asked_papers: int
    visits: int
    blocked: tuple[str, ...] = ()


def plan(
    graph: Graph,
    items: Mapping[str, Item],
    packages: Iterable[Package],
    goal: str,
    answers: Mapping[str, Any] | None = None,
) -> Plan:
    """The way to `goal`, a package's id or an item's code. Without `answers` (None) every condition counts as possible;
    with answers, a question not answered makes its condition false. Refuses `UnknownGoal`.

    Where any one of several papers will do, the one that the goal names itself counts, else the one that comes first.
    """
    package = next((one for one in packages if one.id == goal), None)
    if package is not None:
        asked = tuple(m.item for m in package.items if answers is None or evaluate(m.when, _numbers(package, answers)))
        name, answers = package.name, None if answers is None else _numbers(package, answers)
    elif goal in items:
        asked, name = (goal,), items[goal].name
        answers = None if answers is None else typed_values(items[goal], answers)
    else:
        raise UnknownGoal(goal=goal)

    def holds(need: Need) -> bool:
        return answers is None or evaluate(need.when, answers)

    named = tuple(code for code in asked if code in items)
    chosen = _closure(graph, named, holds)
    found = times(graph, among=chosen, holds=holds)
    if found.blocked:  # what the goal names may itself wait for this: then only what comes before can help
        chosen = _closure(graph, named, holds, earlier=True)
        found = times(graph, among=chosen, holds=holds)
    return _drawn(graph, items, (goal, name), asked, chosen, found, holds, answers)


def _numbers(package: Package, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as conditions compare them: whole numbers as numbers."""
    whole = {field.id for field in package.questions if field.kind in ("integer", "money")}
    return {
        name: int(value) if name in whole and isinstance(value, str) and value.isdecimal() else value
        for name, value in answers.items()
    }


def _closure(graph: Graph, asked: tuple[str, ...], holds: Any, *, earlier: bool = False) -> frozenset[str]:
    """The items asked for and all they need; of alternatives, those asked for, else the one that comes first.

    With `earlier` an alternative counts only if it is there before the item that needs it, so no circle is walked.
    """
    overall = times(graph, holds=holds)
    order = {code: at for at, code in enumerate(overall.finish)}  # in which they come, among equal days too
    chosen = set(asked)
    todo = list(asked)
    while todo:
        code = todo.pop()
        for need in graph.needs.get(code, ()):
            helping = [
                p for p in need.papers if p in chosen and not (earlier and order.get(p, -1) > order.get(code, -1))
            ]
            if not holds(need) or helping:
                continue
            known = [paper for paper in need.papers if paper in graph.nodes]
            if known:
                first = min(known, key=lambda paper: (order.get(paper, len(order)), paper))
                chosen.add(first)
                todo.append(first)
    return frozenset(chosen)


def _drawn(
    graph: Graph,
    items: Mapping[str, Item],
    goal: tuple[str, Text],
    asked: tuple[str, ...],
    chosen: frozenset[str],
    found: Times,
    holds: Any,
    answers: Mapping[str, Any] | None,
) -> Plan:
    steps = tuple(
        Step(
            code,
            items[code].name if code in items else graph.nodes[code].name,
            graph.nodes[code].agency,
            found.start[code],
            found.finish[code],
            tuple(sorted(_after(graph, code, found, holds))),
            graph.nodes[code].outside,
            code in asked,
        )
        for code in sorted(found.finish, key=lambda one: (found.start[one], found.finish[one], one))
    )
    carried, counted = _papers(items, chosen, answers)
    last = found.last()
    return Plan(
        goal[0],
        goal[1],
        steps,
        found.chain(last) if last else (),
        sum((graph.nodes[code].days for code in chosen), Fraction(0)),
        found.finish[last] if last else Fraction(0),
        carried,
        counted,
        sum(graph.nodes[code].visits for code in chosen if code in items),
        tuple(sorted(found.blocked)),
    )


def _after(graph: Graph, code: str, found: Times, holds: Any) -> set[str]:
    """Papers of the way that are there when `code` begins; an alternative that comes later is not waited for."""
    papers = {
        paper for need in graph.needs.get(code, ()) if holds(need) for paper in need.papers if paper in found.finish
    }
    return {paper for paper in papers - {code} if found.finish[paper] <= found.start[code]}


def _papers(
    items: Mapping[str, Item], chosen: frozenset[str], answers: Mapping[str, Any] | None
) -> tuple[tuple[Carried, ...], int]:
    """Papers to bring, each once (the same element, issued paper or name is the same paper), and how often asked.

    A paper that the way itself produces is not brought: it is handed on.
    """
    found: dict[str, tuple[Text, list[str]]] = {}
    counted = 0
    for code in sorted(chosen & items.keys()):
        values = None if answers is None else typed_values(items[code], answers)
        for material in items[code].materials:
            if not is_carried(material) or not (values is None or evaluate(material.when, values)):
                continue
            counted += 1
            if material.licence_item not in chosen:
                key = material.element or material.licence_item or material.name.zh
                _name, by = found.setdefault(key, (material.name, []))
                if code not in by:
                    by.append(code)
    return tuple(Carried(key, name, tuple(by)) for key, (name, by) in found.items()), counted
