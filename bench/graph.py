"""How fast the approval graph is on a large list: circles, the longest chain and savings of 5,000 items.

script/bench graph [--items 5000] [--demands 20000]

Draws a random list (seeded) whose items demand each other's papers, most forwards and some backwards, so that there is
a large knot with circles, and prints each part and the share of all in the limit of 2 seconds.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from tongban.contexts.catalogue.core import graph as g
from tongban.contexts.catalogue.core.beside import Register
from tongban.contexts.catalogue.core.items import Fee, Item, Limit, Material, Prerequisite, ResultPaper, Text

LIMIT = 2.0  # seconds for all parts
T = TypeVar("T")


def drawn(items: int, demands: int, seed: int = 7) -> list[Item]:
    """`items` items with `demands` demands; one in fifty goes backwards."""
    draw = random.Random(seed)
    asks: list[set[int]] = [set() for _ in range(items)]
    while sum(map(len, asks)) < demands:
        a, b = draw.randrange(items), draw.randrange(items)
        if a != b:
            early, late = min(a, b), max(a, b)
            if draw.random() < 0.02:
                asks[early].add(late)
            else:
                asks[late].add(early)
    return [_item(number, sorted(found), draw) for number, found in enumerate(asks)]


def _item(number: int, asks: list[int], draw: random.Random) -> Item:
    codes = [f"I{one:05}" for one in asks]
    by_law, by_paper = codes[::2], codes[1::2]
    name = Text(f"事项{number}", f"Item {number}")
    papers = tuple(
        Material(f"m{at}", name, "required", "self", "D", licence_item=code) for at, code in enumerate(by_paper)
    )
    groups = tuple(Prerequisite("any", tuple(by_law[at : at + 2])) for at in range(0, len(by_law), 2))
    return Item(
        code=f"I{number:05}",
        version=1,
        name=name,
        short=name,
        power="01",
        power_certainty="D",
        serves=(1,),
        levels=(3,),
        agency="a",
        base_code="000199001000",
        base_code_synthetic=True,
        basis=(),
        statutory=None,
        promised=Limit(draw.randint(0, 20), draw.choice(("workday", "workday", "day")), "D"),
        instant=False,
        visits=draw.randint(0, 2),
        materials=papers,
        fee=Fee(False),
        result=ResultPaper(name, "licence"),
        prerequisites=Prerequisite("all", (), groups) if groups else None,
    )


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--items", type=int, default=5_000)
    given.add_argument("--demands", type=int, default=20_000)
    chosen = given.parse_args()
    items = drawn(chosen.items, chosen.demands)
    rest = random.Random(3)
    registers = [
        Register(f"r{n}", Text("r", "r"), "a", tuple(one.code for one in rest.sample(items, len(items) // 20)))
        for n in range(20)
    ]
    spent: list[float] = []

    def timed(name: str, work: Callable[[], T]) -> T:
        begun = time.perf_counter()
        answer = work()
        spent.append(time.perf_counter() - begun)
        print(f"{name:<34} {spent[-1] * 1000:8.0f} ms")
        return answer

    graph = timed("derive the graph from the items", lambda: g.build(items))
    found = timed("earliest times, longest chain", lambda: g.times(graph))
    circles = timed("circles", lambda: g.circles(graph))
    savings = timed("savings of 20 registers", lambda: g.savings(graph, items, registers))
    demands = sum(1 for _ in graph.demands())
    print(f"{len(items)} items, {demands} demands; {len(circles)} circles shown of knots up to", end=" ")
    print(f"{max((len(one.knot) for one in circles), default=0)}; {len(found.blocked)} blocked; ", end="")
    print(f"best register saves {savings[0].papers} papers")
    total = sum(spent)
    print(f"all together {total:.2f} s, limit {LIMIT:.0f} s, ratio {total / LIMIT:.2f}")
    return 0 if total <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
