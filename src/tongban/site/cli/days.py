"""`tongban days`: when a limit ends, counted day by day."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tongban.site.cli.base import Subcommands
from tongban.site.cli.catalogue.common import print_json, refusing, with_json
from tongban.site.installation import Installation

if TYPE_CHECKING:
    from tongban.contexts.process.core.clocks import CountedDay, Counting, Suspension
    from tongban.kernel.workdays import Calendar

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_UNITS = {"workday": "working days", "day": "days", "month": "months"}
_KINDS = {"start": "start, not counted", "rest": "day off", "stopped": "stopped", "moved": "moved on"}


def add(commands: Subcommands) -> None:
    """Add the command."""
    made = commands.add(
        "days",
        days,
        "count a legal limit day by day and say when it ends",
        "The start day is not counted (Civil Code 201); months end on the corresponding day or the month's\n"
        "last (202); the last day of a limit in days or months that is a day off moves to the next\n"
        "working day (203), unless --roll none. Stopped days are united, never summed. Working days come\n"
        "from the published calendars that Tongban ships, and from the next year as provisional; a year\n"
        "that is not there is refused. Needs no database; with --data the calendar stored in that\n"
        "installation is used instead, if there is one.",
    )
    made.add_argument("--start", required=True, metavar="DATE", help="the day it begins, e.g. 2026-03-02")
    made.add_argument("--length", required=True, type=int, metavar="N", help="how long the limit is")
    made.add_argument("--unit", required=True, choices=tuple(_UNITS), help="what it counts")
    made.add_argument("--suspend", action="append", default=[], metavar="FROM:TO", help="stopped days, both inclusive")
    made.add_argument("--extend", type=int, default=0, metavar="N", help="an extension in the same unit (default: 0)")
    made.add_argument("--roll", choices=("none", "rest"), default="rest", help="what a last day off does (rest: moves)")
    with_json(made)


@refusing
def days(given: argparse.Namespace) -> int:
    """`tongban days`."""
    calendar, source = _calendar(given)
    from tongban.contexts.process.core.clocks import Limit, count

    start = _day(given.start)
    pauses = [_suspension(text) for text in given.suspend]
    limit = Limit(given.length, given.unit)
    counting = count(calendar, start, limit, pauses, given.extend, roll=given.roll == "rest")
    if given.json:
        print_json(_answer(given, counting, source))
    else:
        _print(given, counting, source)
    return 0


def _calendar(given: argparse.Namespace) -> tuple[Calendar, str]:
    """The calendar and where it comes from; sets Django up, which the words of refusals need."""
    from tongban.site.operating import ready

    installation = Installation.find()
    if given.data and ((installation.data / "database.json").exists() or not installation.embedded):
        ready.ready(seeded=False)
        from tongban.contexts.process import queries

        return queries.calendar(), "installation"
    import django

    django.setup()
    from tongban.contexts.process.core.seeds import seed_years
    from tongban.kernel.workdays import Calendar

    return Calendar({year.year: year for year in seed_years()}), "published"


def _day(text: str) -> date:
    from tongban.contexts.process.core.clocks.refusals import DayUnreadable

    try:
        if _WRITTEN.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:  # no such day
        pass
    raise DayUnreadable(text=text)


def _suspension(text: str) -> Suspension:
    from tongban.contexts.process.core.clocks import Suspension
    from tongban.contexts.process.core.clocks.refusals import DayUnreadable

    first, colon, last = text.partition(":")
    if not (colon and first and last):  # an end that is still open has no due date to tell
        raise DayUnreadable(text=text)
    return Suspension(text, _day(first), _day(last))


def _answer(given: argparse.Namespace, counting: Counting, source: str) -> dict[str, Any]:
    """The answer for --json. `counted` holds the days with a number; `days` holds every day from start to due."""
    return {
        "start": counting.start,
        "length": given.length,
        "unit": given.unit,
        "extend": given.extend,
        "suspend": given.suspend,
        "roll": given.roll,
        "due": counting.due,
        "last_day": counting.last,
        "moved": counting.due != counting.last,
        "provisional": counting.provisional,
        "limit_days": counting.limit_days,
        "counted": [_row(day) for day in counting.counted],
        "days": [_row(day) for day in counting.days],
        "calendar": source,
    }


def _row(day: CountedDay) -> dict[str, Any]:
    return {
        "date": day.date,
        "number": day.number,
        "kind": day.kind,
        "weekday": _WEEKDAYS[day.date.weekday()],
        "workday": day.workday,
        "make_up": day.make_up,
        "holiday": day.holiday,
        "provisional": day.provisional,
        "suspended_by": list(day.causes),
    }


def _print(given: argparse.Namespace, counting: Counting, source: str) -> None:
    """For people to read: one line a day, and the answer last."""
    width = len(str(counting.limit_days))
    for day in counting.days:
        number = "" if day.number is None else str(day.number)
        print(f"{day.date} {_WEEKDAYS[day.date.weekday()]}  {number:>{width}}  {_words(day)}".rstrip())
    more = f" + {given.extend}" if given.extend else ""
    print(f"\n{given.length}{more} {_UNITS[given.unit]} from {counting.start} end on {counting.due}", end="")
    notes: Sequence[str] = [
        f"moved from {counting.last}, a day off" if counting.due != counting.last else "",
        "provisional: it rests on a year that is not yet published" if counting.provisional else "",
        "calendar of the installation" if source == "installation" else "",
    ]
    print("".join(f"; {note}" for note in notes if note))


def _words(day: CountedDay) -> str:
    words = [_KINDS.get(day.kind, "")]
    if day.make_up:
        words.append("weekend day that is worked")
    if day.holiday and day.kind != "rest":
        words.append("holiday")
    if day.kind == "rest":
        words = ["holiday" if day.holiday else "weekend"]
    return ", ".join(filter(None, words))
