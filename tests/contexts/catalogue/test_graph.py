"""The approval graph against a brute-force oracle on random graphs, and on the shipped catalogue."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tongban.contexts.catalogue.actions import read_folder
from tongban.contexts.catalogue.core import graph as g
from tongban.contexts.catalogue.core.beside import Member, Package, Register
from tongban.contexts.catalogue.core.folder import Folder, Paper, check_files
from tongban.contexts.catalogue.core.graph import Graph
from tongban.contexts.catalogue.core.items import (
    Fee,
    Item,
    Limit,
    Material,
    Prerequisite,
    ResultPaper,
    Text,
)

SHIPPED = Path(__file__).parents[3] / "catalogue"
GRAPHS = 200


def text(words: str) -> Text:
    return Text(words, words)


def item(
    code: str, days: int = 1, *, needs: Prerequisite | None = None, papers: tuple[str, ...] = (), **more: object
) -> Item:
    """An item that takes `days` working days; `papers` are brought by hand."""
    made = Item(
        code=code,
        version=1,
        name=text(f"name {code}"),
        short=text("short"),
        power="01",
        power_certainty="D",
        serves=(1,),
        levels=(3,),
        agency=f"agency-{code}",
        base_code="000199001000",
        base_code_synthetic=True,
        basis=(),
        statutory=None,
        promised=Limit(days, "workday", "D"),
        instant=False,
        visits=1,
        materials=tuple(carried(paper) for paper in papers),
        fee=Fee(False),
        result=ResultPaper(text(f"paper {code}"), "licence"),
        prerequisites=needs,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def carried(paper: str) -> Material:
    return Material(f"m_{paper.lower()}", text(f"paper {paper}"), "required", "self", "D", licence_item=paper)


def all_of(*codes: str) -> Prerequisite:
    return Prerequisite("all", codes)


def any_of(*codes: str) -> Prerequisite:
    return Prerequisite("any", codes)


# -- the oracle: slow, and by definition --------------------------------------------------------------------------


def random_items(seed: int) -> tuple[Item, ...]:
    """Up to seven items with any-of needs, materials and circles."""
    draw = random.Random(seed)
    codes = [f"I{number}" for number in range(draw.randint(2, 7))]
    made = []
    for code in codes:
        others = [other for other in codes if other != code]
        groups = tuple(
            Prerequisite("any", tuple(draw.sample(others, min(len(others), draw.choice((1, 1, 2))))))
            for _ in range(draw.choice((0, 0, 1, 1, 2)))
        )
        papers = tuple(draw.sample(others, min(len(others), draw.choice((0, 0, 1)))))
        needs = Prerequisite("all", (), groups) if groups else None
        made.append(item(code, draw.randint(0, 9), needs=needs, papers=papers, visits=draw.randint(0, 2)))
    return tuple(made)


def brute_times(graph: Graph) -> dict[str, Fraction | None]:
    """Every choice among alternatives, and for each the longest way; the best choice counts. None = never."""
    needs = [need for code in sorted(graph.nodes) for need in graph.needs.get(code, ())]
    best: dict[str, Fraction | None] = dict.fromkeys(graph.nodes)
    for choice in itertools.product(*(need.papers for need in needs)):
        asks: dict[str, list[str]] = {code: [] for code in graph.nodes}
        for need, paper in zip(needs, choice, strict=True):
            asks[need.item].append(paper)
        for code in graph.nodes:
            there = longest(graph, asks, code, ())
            known = best[code]
            if there is not None and (known is None or there < known):
                best[code] = there
    return best


def longest(graph: Graph, asks: dict[str, list[str]], code: str, way: tuple[str, ...]) -> Fraction | None:
    if code in way:
        return None
    before = [longest(graph, asks, paper, (*way, code)) for paper in asks[code]]
    known = [there for there in before if there is not None]
    if len(known) < len(before):
        return None
    return graph.nodes[code].days + max(known, default=Fraction(0))


def all_circles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Every simple circle, each once, beginning with its smallest code."""
    ways: dict[str, set[str]] = {code: set() for code in graph.nodes}
    for code, paper in graph.demands():
        ways[code].add(paper)

    def walk(way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for paper in ways[way[-1]]:
            if paper == way[0]:
                yield way
            elif paper > way[0] and paper not in way:
                yield from walk((*way, paper))

    for code in sorted(graph.nodes):
        yield from walk((code,))


@pytest.mark.parametrize("seed", range(GRAPHS))
def test_a_random_graph_equals_the_oracle(seed: int) -> None:
    items = random_items(seed)
    graph = g.build(items)
    found = g.times(graph)
    expected = brute_times(graph)
    assert dict(found.finish) == {code: there for code, there in expected.items() if there is not None}
    assert found.blocked == {code for code, there in expected.items() if there is None}
    for code, there in found.finish.items():
        chain = found.chain(code)
        assert sum(graph.nodes[one].days for one in chain) == there
        assert set(zip(chain[1:], chain, strict=False)) <= set(graph.demands())
    _circles_hold(graph)
    _savings_hold(graph, items, seed)


def _circles_hold(graph: Graph) -> None:
    every = set(all_circles(graph))
    shown = g.circles(graph)
    assert {circle.items for circle in shown} <= every
    knots = {circle.knot for circle in shown}
    assert {code for knot in knots for code in knot} == {code for circle in every for code in circle}
    for knot in knots:
        inside = [circle for circle in every if set(circle) <= set(knot)]
        here = [circle.items for circle in shown if circle.knot == knot]
        assert min(map(len, here)) == min(map(len, inside))
        assert {code for circle in here for code in circle} == set(knot), "every item of a knot is on a shown circle"
        for circle in here:
            through = (min(len(one) for one in inside if code in one) for code in circle)
            assert len(circle) in set(through), "a shown circle is the shortest through one of its items"


def _savings_hold(graph: Graph, items: tuple[Item, ...], seed: int) -> None:
    """Take the materials away, one item at a time, and look how much earlier it begins."""
    draw = random.Random(seed + 1)
    codes = [one.code for one in items]
    register = Register("r", text("r"), "a", tuple(draw.sample(codes, draw.randint(1, len(codes)))))
    (saving,) = g.savings(graph, items, [register])
    papers, visits, days, spared = 0, 0, Fraction(0), []
    before = g.times(graph)
    by_code = {one.code: one for one in items}
    for one in items:
        taken = [m for m in one.materials if m.licence_item in register.papers]
        if not taken:
            continue
        spared.append(one.code)
        papers += len(taken)
        named = {code for group in (one.prerequisites.groups if one.prerequisites else ()) for code in group.items}
        visits += sum(by_code[m.licence_item].visits for m in taken if m.licence_item not in named)
        without = replace(one, materials=tuple(m for m in one.materials if m not in taken))
        alone = {**by_code, one.code: without}
        needs = g.build(alone.values()).needs[one.code]
        if one.code not in before.blocked:
            there = [min(before.finish[p] for p in need.papers if p in before.finish) for need in needs]
            days += before.start[one.code] - max(there, default=Fraction(0))
    assert (saving.papers, saving.visits, saving.days, saving.items) == (papers, visits, days, tuple(sorted(spared)))


# -- single cases ---------------------------------------------------------------------------------------------------


def test_two_items_that_want_each_other_s_paper_are_a_hard_circle() -> None:
    graph = g.build([item("A", papers=("B",)), item("B", needs=all_of("A")), item("C", papers=("A",))])
    (circle,) = g.circles(graph)
    assert circle.items == ("A", "B")
    assert circle.hard
    assert g.times(graph).blocked == {"A", "B", "C"}


def test_a_circle_with_a_way_round_is_shown_but_not_hard() -> None:
    graph = g.build([item("A", needs=any_of("B", "C")), item("B", needs=all_of("A")), item("C", 4)])
    (circle,) = g.circles(graph)
    assert not circle.hard
    assert g.times(graph).finish["B"] == 6


def test_a_paper_people_hold_anyway_makes_nobody_wait() -> None:
    card = item("CARD", 20, papers=("BOOK",), result=ResultPaper(text("card"), "certificate", standing=True))
    graph = g.build([card, item("BOOK", 3, papers=("CARD",))])
    assert g.circles(graph) == ()
    assert g.times(graph).finish["BOOK"] == 3


def test_units_add_up_in_working_days() -> None:
    assert g.times(g.build([item("A", promised=Limit(7, "day", "D"))])).finish["A"] == 5
    assert g.times(g.build([item("A", promised=Limit(2, "month", "D"))])).finish["A"] == 42
    assert g.times(g.build([item("A", promised=None, statutory=Limit(20, "workday", "D"))])).finish["A"] == 20


def test_papers_of_others_have_a_name_and_unknown_ones_do_not() -> None:
    paper = Paper("SEAL", text("seal"), text("police"))
    graph = g.build([item("A", papers=("SEAL", "GHOST")), item("B", papers=("SEAL",))], [paper])
    assert [(one.code, one.items, one.named) for one in g.outside(graph)] == [
        ("GHOST", ("A",), False),
        ("SEAL", ("A", "B"), True),
    ]
    assert g.times(graph).blocked == frozenset()


def test_nested_alternatives_become_clauses() -> None:
    needs = Prerequisite("any", ("B",), (Prerequisite("all", ("C", "D")),))
    graph = g.build([item("A", needs=needs), item("B", 9), item("C", 2), item("D", 3)])
    assert g.times(graph).start["A"] == 3
    assert {frozenset(need.papers) for need in graph.needs["A"]} == {frozenset("BC"), frozenset("BD")}


def test_the_plan_of_a_package_chooses_what_the_package_itself_names() -> None:
    items = {
        "SHOP": item("SHOP", 5, needs=any_of("FIRM", "TRADER"), papers=("LEASE",)),
        "FIRM": item("FIRM", 3),
        "TRADER": item("TRADER", 0),
        "SIGN": item("SIGN", 2, needs=all_of("FIRM"), papers=("LEASE",)),
        "POOL": item("POOL", 30),
    }
    package = Package(
        "P",
        text("open"),
        text("s"),
        "a",
        (Member("SHOP"), Member("FIRM"), Member("SIGN"), Member("POOL", 'pool = "yes"')),
    )
    papers = [Paper("LEASE", text("lease"), text("landlord"))]
    graph = g.build(items.values(), papers)
    way = g.plan(graph, items, [package], "P", {"pool": "no"})
    assert [step.code for step in way.steps] == ["LEASE", "FIRM", "SIGN", "SHOP"]
    assert way.critical_path == ("FIRM", "SHOP")
    assert (way.serial_days, way.parallel_days) == (10, 8)
    assert (way.carried, way.asked_papers) == ((), 2), "the way itself names the lease, so it is handed on"
    with_pool = g.plan(graph, items, [package], "P", {"pool": "yes"})
    assert with_pool.parallel_days == 30
    alone = g.plan(graph, items, [package], "SHOP", {})
    assert "TRADER" in {step.code for step in alone.steps}, "alone, the quicker of the alternatives"


def test_one_paper_for_several_items_is_brought_once() -> None:
    plan_of = Material("layout", text("layout plan"), "required", "self", "D", element="layout")
    items = {code: replace(item(code, 2), materials=(plan_of,)) for code in ("A", "B")}
    package = Package("P", text("p"), text("s"), "a", (Member("A"), Member("B")))
    way = g.plan(g.build(items.values()), items, [package], "P")
    assert [(one.key, one.items) for one in way.carried] == [("layout", ("A", "B"))]
    assert way.asked_papers == 2


def test_a_goal_on_a_circle_is_told() -> None:
    items = {"A": item("A", papers=("B",)), "B": item("B", papers=("A",))}
    way = g.plan(g.build(items.values()), items, (), "A")
    assert way.blocked == ("A", "B")
    assert way.steps == ()


def test_a_way_round_a_circle_is_walked_and_every_goal_that_can_be_reached_is_reached() -> None:
    items = {
        one.code: one
        for one in (item("A", 3, prerequisites=any_of("B", "C")), item("B", 5, prerequisites=all_of("A")), item("C", 2))
    }
    way = g.plan(g.build(items.values()), items, (), "B")
    assert (way.critical_path, way.serial_days, way.parallel_days, way.blocked) == (("C", "A", "B"), 10, 10, ())
    assert [(step.code, step.after) for step in way.steps] == [("C", ()), ("A", ("C",)), ("B", ("A",))]
    for seed in range(200):
        drawn = {one.code: one for one in random_items(seed)}
        graph = g.build(drawn.values())
        blocked = g.times(graph).blocked
        for code in drawn:
            assert bool(g.plan(graph, drawn, (), code).blocked) == (code in blocked)


def test_an_unknown_goal_is_refused() -> None:
    with pytest.raises(g.UnknownGoal):
        g.plan(g.build([]), {}, (), "NOTHING")


@pytest.fixture(scope="module")
def shipped() -> Folder:
    return check_files(read_folder(SHIPPED), date(2026, 11, 22))


def test_nobody_is_sent_in_circles_in_the_shipped_catalogue(shipped: Folder) -> None:
    graph = g.build(shipped.items.values(), shipped.external.papers)
    assert [circle.items for circle in g.circles(graph) if circle.hard] == []
    assert g.times(graph).blocked == frozenset()
    assert graph.unknown == frozenset()


def test_every_shipped_package_has_a_way(shipped: Folder) -> None:
    graph = g.build(shipped.items.values(), shipped.external.papers)
    assert shipped.beside.packages
    for package in shipped.beside.packages:
        way = g.plan(graph, shipped.items, shipped.beside.packages, package.id)
        assert way.blocked == ()
        assert way.parallel_days <= way.serial_days
        assert {member.item for member in package.items} <= {step.code for step in way.steps}


def test_the_way_to_a_building_permit_begins_with_the_company(shipped: Folder) -> None:
    graph = g.build(shipped.items.values(), shipped.external.papers)
    way = g.plan(graph, shipped.items, (), "BUILD-LIC")
    order = [step.code for step in way.steps]
    assert order.index("ENT-REG") < order.index("LAND-PLAN") < order.index("ENG-PLAN") < order.index("BUILD-LIC")
