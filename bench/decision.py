"""How fast a decision table of 200 rules is: `python -m bench.decision [--rules 200] [--seconds 1]`.

The table has four inputs (a number in ranges, a text in lists, a number compared, a truth value), one output, hit
policy FIRST, so that every rule may be the one; the inputs are drawn over all rules (seeded). Two ways are measured,
each the median of rounds in CPU time: `value` answers, `decide` answers with every step and rule for the record.
Prints the ratio of `value` to the limit of 20 microseconds (below 1 = within it).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))

LIMIT = 20e-6
KINDS = [f"kind {number}" for number in range(40)]
INPUTS = (("Area", "number"), ("Kind", "string"), ("Seats", "number"), ("Commitment", "boolean"))


def rule(number: int) -> str:
    """Row `number` as XML."""
    low = number * 5
    kinds = ", ".join(f'"{KINDS[(number + step) % len(KINDS)]}"' for step in range(0, 40, 2))
    cells = (
        f"[{low}..{low + 10})",
        kinds,
        "-" if number % 3 else f"&lt;= {number * 2}",
        ("true", "false", "-")[number % 3],
    )
    entries = "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells)
    return f'<rule id="r{number}">{entries}<outputEntry><text>"route {number}"</text></outputEntry></rule>'


def model(rules: int) -> str:
    """A model whose one decision is the table."""
    data = "".join(
        f'<inputData id="i{at}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>'
        for at, (name, kind) in enumerate(INPUTS)
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#i{at}"/></informationRequirement>' for at in range(len(INPUTS))
    )
    columns = "".join(f"<input><inputExpression><text>{name}</text></inputExpression></input>" for name, _ in INPUTS)
    rows = "".join(map(rule, range(rules)))
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="bench" namespace="urn:bench">'
        f'{data}<decision id="d" name="Route"><variable name="Route" typeRef="string"/>{needs}'
        f'<decisionTable hitPolicy="FIRST">{columns}<output/>{rows}</decisionTable></decision></definitions>'
    )


def drawn(rules: int, number: int) -> list[dict[str, Any]]:
    """Inputs spread over the table; about one in ten hits nothing."""
    draw = random.Random(7)
    return [
        {
            "Area": draw.randrange(rules * 55) / 10,
            "Kind": draw.choice(KINDS),
            "Seats": draw.randrange(rules),
            "Commitment": draw.random() < 0.5,
        }
        for _ in range(number)
    ]


def seconds_each(ask: Callable[[dict[str, Any]], object], inputs: list[dict[str, Any]], rounds: int) -> float:
    """CPU seconds of one question, the median of rounds."""
    took = []
    for _ in range(rounds):
        start = time.process_time()
        for given in inputs:
            ask(given)
        took.append((time.process_time() - start) / len(inputs))
    return median(took)


def main() -> None:
    """Measure and print one JSON line."""
    from tongban.contexts.process.core.dmn.deciding import read_decisions

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true", help="taken for script/bench; the answer always is JSON")
    given = parser.parse_args()
    start = time.process_time()
    decisions = read_decisions(model(given.rules))
    compiled = time.process_time() - start
    inputs = drawn(given.rules, 1000)
    value = seconds_each(lambda one: decisions.value("Route", one), inputs, given.rounds)
    decide = seconds_each(lambda one: decisions.decide("Route", one), inputs, given.rounds)
    hits = sum(decisions.value("Route", one) is not None for one in inputs)
    print(
        json.dumps(
            {
                "rules": given.rules,
                "hits_of_1000": hits,
                "value_us": round(value * 1e6, 2),
                "decide_us": round(decide * 1e6, 2),
                "compile_ms": round(compiled * 1e3, 1),
                "limit_us": LIMIT * 1e6,
                "ratio": round(value / LIMIT, 3),
            }
        )
    )


if __name__ == "__main__":
    main()
