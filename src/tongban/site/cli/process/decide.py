"""`tongban process decide FILE.dmn --decision NAME --input JSON`: one decision, with what led to it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.process.beside import read_with_imports

_LARGEST_EXPONENT: Final = 6144  # of the numbers of FEEL (IEEE 754 decimal128)


def add(process: Group) -> None:
    """Add the command."""
    made = process.add(
        "decide",
        run,
        "decide one decision of a DMN file and tell which rules hit and why",
        "Imports are looked up among the .dmn files beside FILE. Dates, times and durations are given as text\n"
        'in their inputs\' types, e.g. --input \'{"birthday": "2001-03-04", "area": 38.5}\'.',
    )
    made.add_argument("file", metavar="FILE", help="the DMN file")
    made.add_argument("--decision", required=True, metavar="NAME", help="the decision's name")
    made.add_argument(
        "--input", default="{}", metavar="JSON", help="an object with the inputs by name (- : from stdin)"
    )
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """Decide; 0 with a result (null too), 1 refused, 2 wrong usage."""
    import django

    django.setup()  # how refusals are told
    from tongban.contexts.process.core.dmn.deciding import read_decisions
    from tongban.contexts.process.core.dmn.explaining import explained
    from tongban.foundation.time import now

    inputs = _inputs(given.input)
    if inputs is None:
        return 2
    path = Path(given.file)
    try:
        content, others = read_with_imports(path)
    except OSError as error:
        print(f"tongban: {error}", file=sys.stderr)
        return 2
    decisions = read_decisions(content, others)
    typed = decisions.typed(inputs)
    decisions.check(given.decision, typed)
    told = explained(decisions.decide(given.decision, typed, now=now()))
    if given.json:
        common.print_json(told)
    else:
        _tell(told)
    return 0


def _inputs(text: str) -> dict[str, Any] | None:
    """The inputs, or None (said why) when the text is no JSON object."""
    try:
        made = json.loads(
            sys.stdin.read() if text == "-" else text,
            parse_float=_exact,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
    except (ValueError, RecursionError) as error:
        print(f"tongban: --input is no JSON: {error}", file=sys.stderr)
        return None
    if not isinstance(made, dict):
        print("tongban: --input is no JSON object", file=sys.stderr)
        return None
    return made


def _exact(text: str) -> Any:
    from decimal import Decimal

    number = Decimal(text)
    if abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError(f"{text} is out of range")
    return number


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names differ: of two values of one input, neither may win in silence."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a name stands there twice")
    return made


def _tell(told: dict[str, Any]) -> None:
    """For people: the result, then each step with the rules that made it."""
    print(f"{told['decision']} = {json.dumps(told['result'], ensure_ascii=False)}")
    for step in told["steps"]:
        print(f"\n{step['decision']} = {json.dumps(step['result'], ensure_ascii=False)}")
        for table in step["tables"]:
            _tell_table(table)
    for basis in told["basis"]:
        print(f"\nbasis: {basis}")
    for note in told["notes"]:
        print(f"note: {note}")


def _tell_table(table: dict[str, Any]) -> None:
    for hit in table["hits"]:
        mark = "*" if hit["rule"] in table["chosen"] else " "
        cells = ", ".join(f"{cell['name']} {cell['value']!r} in {cell['test']}" for cell in hit["cells"])
        notes = "; ".join(hit["annotations"].values())
        print(f" {mark} rule {hit['rule']}: {cells} -> {', '.join(hit['outputs'])}" + (f"  ({notes})" if notes else ""))
    if not table["hits"]:
        print("   no rule hits")
