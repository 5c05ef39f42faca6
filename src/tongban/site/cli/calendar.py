"""`tongban calendar show` and `tongban calendar load`: the working days of this installation."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongban.site.cli.base import Subcommands
from tongban.site.cli.catalogue.common import print_json, refusing, with_json
from tongban.site.operating import ready
from tongban.site.operating.telling import Fault, say

if TYPE_CHECKING:
    from tongban.contexts.process.core.years import YearState
    from tongban.kernel.workdays import Year

OPERATOR = "system:operator"


def add(commands: Subcommands) -> None:
    """Add the commands."""
    calendar = commands.group("calendar", "show or load the working days of a year")
    made = calendar.add("show", show, "show the years that are loaded, or the days of one")
    made.add_argument("year", nargs="?", type=int, help="the year whose days off and make-up days to show")
    with_json(made)
    made = calendar.add(
        "load",
        load,
        "load a year from a file, and count every open deadline anew",
        "FILE is YAML (year, source, rest, work; days as 2027-01-01 or 2027-01-01..2027-01-03) or CSV (date,kind with\n"
        "kind rest or work; name the notice with --source). Where the year was loaded before, every open case whose\n"
        "dates rest on it gets new ones, with the notice as the reason; cases go on meanwhile. Exit 1: the file or\n"
        "the year is refused, and nothing is changed.",
    )
    made.add_argument("file", metavar="FILE", type=Path, help="the file, .yaml, .yml or .csv")
    made.add_argument("--source", default="", metavar="TEXT", help="number of the notice (default: as the file says)")
    made.add_argument("--provisional", action="store_true", help="a stand-in until the notice is published")
    with_json(made)


@refusing
def show(given: argparse.Namespace) -> int:
    """`tongban calendar show`."""
    ready.ready()
    from tongban.contexts.process import queries
    from tongban.kernel.workdays import CalendarMissing

    years = queries.calendar().years
    if given.year is not None and given.year not in years:
        raise CalendarMissing(given.year)
    chosen = [year for number, year in sorted(years.items()) if given.year in (None, number)]
    states = {year.year: queries.year(year.year) for year in chosen}
    if given.json:
        print_json({"years": [_row(year, states[year.year]) for year in chosen]})
        return 0
    for year in chosen:
        mark, state = "provisional" if year.provisional else "official", states[year.year]
        print(f"{year.year}  {mark:<11}  {len(year.workdays)} working days  {state.source if state else ''}")
        if given.year is not None:
            for kind, days in (("rest", year.rest), ("work", year.work)):
                print(f"{kind:>4}  {' '.join(f'{day:%m-%d}' for day in sorted(days))}")
    return 0


def _row(year: Year, state: YearState | None) -> dict[str, Any]:
    return {
        "year": year.year,
        "provisional": year.provisional,
        "source": state.source if state else "",
        "changes": state.changes if state else 0,
        "workdays": len(year.workdays),
        "rest": sorted(year.rest),
        "work": sorted(year.work),
    }


@refusing
def load(given: argparse.Namespace) -> int:
    """`tongban calendar load`."""
    try:
        content = given.file.read_bytes()
    except OSError as problem:
        raise Fault(f"can't read {given.file} ({problem.strerror})") from problem
    ready.ready()
    from tongban.contexts.process import actions, queries
    from tongban.contexts.process.core.yearfile import read_year
    from tongban.contexts.process.core.years import QUEUE
    from tongban.foundation.ledger import worker
    from tongban.foundation.time import now

    found = read_year(content, csv_file=given.file.suffix.lower() == ".csv", provisional=given.provisional)
    before = queries.year(found.year.year)
    state = actions.load_year(found.year, source=given.source or found.source, actor=OPERATOR, now=now())
    if state.recompute_since is not None:
        say("Counting every open deadline anew ...")
        worker.drain(now(), queue=QUEUE)
        state = queries.year(found.year.year) or state
    changed = before is None or (before.changes, before.source) != (state.changes, state.source)
    answer = {
        "year": state.year, "provisional": state.provisional, "source": state.source, "loaded": changed,
        "recomputed": state.recompute_since is None, "cases": state.cases, "changed": state.changed,
        "refused": state.refused,
    }  # fmt: skip
    if given.json:
        print_json(answer)
    elif not changed:
        print(f"{state.year} stands so already.")
    else:
        print(f"{state.year} is loaded: {state.cases} open cases were looked at, {state.changed} have new dates.")
        if state.refused:
            say(f"{state.refused} cases keep their old dates: they reach a year that is not loaded (see the log).")
    return 0 if answer["recomputed"] else 1
