"""What a clock is made of: a limit, the stretches that stop it, and what it then says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

DAY: Final = timedelta(days=1)

Unit = Literal["workday", "day", "month"]
#: Stretches of days without overlap, both ends inclusive, in order; only the last may be open (None).
Stretches = tuple[tuple[date, date | None], ...]


@dataclass(frozen=True)
class Limit:
    """A length of time; 0 workdays = the same working day (即办, TL7)."""

    value: int
    unit: Unit


@dataclass(frozen=True)
class Suspension:
    """A special procedure that stops the clock, both days inclusive; `end` None = it is still going on."""

    cause: str
    start: date
    end: date | None


@dataclass(frozen=True)
class Deadline:
    """What a clock says. `date` is None while an open suspension keeps it unknown.

    `limit_days`: the limit with its extension in days of its own unit (months as the days they come to).
    `used`: days gone, overdue ones too. `remaining`: below zero as soon as the date has passed, even on a rest day;
    None when no `today` was given. Neither counts stopped days, also none after the due date.
    `provisional`: the date rests on a year whose holidays are not yet published.
    `stopped`: the clock stands still today.
    """

    date: date | None
    provisional: bool
    limit_days: int
    used: int
    remaining: int | None
    stopped: bool


def union(suspensions: Iterable[Suspension]) -> Stretches:
    """The days of all `suspensions` as intervals without overlap, in order; only the last may be open (TL8, TL9)."""
    united: list[tuple[date, date | None]] = []
    for one in sorted(suspensions, key=lambda each: each.start):
        if one.end is not None and one.end < one.start:
            continue
        if united:
            first, last = united[-1]
            if last is None or one.start <= last + DAY:
                united[-1] = (first, None if last is None or one.end is None else max(last, one.end))
                continue
        united.append((one.start, one.end))
    return tuple(united)
