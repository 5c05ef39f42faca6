"""A limit counted day by day, so that anybody can check it with a wall calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from tongban.contexts.process.core.clocks.deadlines import deadline
from tongban.contexts.process.core.clocks.limits import DAY, Limit, Suspension
from tongban.contexts.process.core.clocks.refusals import LimitNegative, LimitTooLong, SuspensionReversed
from tongban.kernel.workdays import Calendar

WEEKEND: Final = 5  # weekday() from which the weekend begins
#: A century in each unit: nobody means more.
MOST: Final = {"workday": 25_000, "day": 36_525, "month": 1_200}

CountKind = Literal["start", "counted", "rest", "stopped", "moved"]


@dataclass(frozen=True)
class CountedDay:
    """One day. `kind`: the start, a counted day, a rest day or a stopped day that is not counted, or `moved`: after the
    last day, which rests, up to the working day on which the limit ends.

    `workday` is None where its year is not loaded and nothing rests on it. `make_up`: a weekend day that is worked.
    `holiday`: a day off from Monday to Friday.
    """

    date: date
    kind: CountKind
    number: int | None
    workday: bool | None
    make_up: bool
    holiday: bool
    provisional: bool
    causes: tuple[str, ...]


@dataclass(frozen=True)
class Counting:
    """The whole count. `last`: the last day before a rest day moved it. Both are None while a suspension is open."""

    start: date
    due: date | None
    last: date | None
    limit_days: int
    provisional: bool
    days: tuple[CountedDay, ...]

    @property
    def counted(self) -> tuple[CountedDay, ...]:
        """The days with a number, in order."""
        return tuple(day for day in self.days if day.number is not None)


def count(
    calendar: Calendar,
    start: date,
    limit: Limit,
    suspensions: Iterable[Suspension] = (),
    extension: int = 0,
    *,
    roll: bool = True,
) -> Counting:
    """Count `limit` from `start`, each day with its number, up to the due date (the last stop where there is none).

    Arguments as for `deadline`. Refuses `LimitNegative`, `LimitTooLong`, `SuspensionReversed` and `CalendarMissing`.
    """
    pauses = tuple(suspensions)
    _check(limit, extension, pauses)
    try:
        found = deadline(calendar, start, limit, pauses, extension, roll=roll)
        last = deadline(calendar, start, limit, pauses, extension, roll=False).date
    except (OverflowError, ValueError):
        raise LimitTooLong(value=limit.value + extension) from None
    until = found.date or last or max([start, *(one.start for one in pauses)])
    days = _days(calendar, start, until, limit, pauses, found.limit_days)
    return Counting(start, found.date, last, found.limit_days, found.provisional, days)


def _check(limit: Limit, extension: int, pauses: Sequence[Suspension]) -> None:
    for value in (limit.value, extension):
        if value < 0:
            raise LimitNegative(value=value)
    if limit.value + extension > MOST[limit.unit]:
        raise LimitTooLong(value=limit.value + extension)
    for one in pauses:
        if one.end is not None and one.end < one.start:
            raise SuspensionReversed(start=one.start, end=one.end)


def _days(
    calendar: Calendar, start: date, until: date, limit: Limit, pauses: Sequence[Suspension], total: int
) -> tuple[CountedDay, ...]:
    found = []
    number = 0
    for offset in range((until - start).days + 1):
        day = start + offset * DAY
        causes = tuple(dict.fromkeys(one.cause for one in pauses if _covers(one, day)))
        workday = calendar.is_workday(day) if day.year in calendar.years else None
        kind = _kind(offset, workday, over=number >= total, stopped=bool(causes), workdays=limit.unit == "workday")
        if kind == "counted":
            number += 1
        weekend = day.weekday() >= WEEKEND
        found.append(
            CountedDay(
                date=day,
                kind=kind,
                number=number if kind == "counted" else None,
                workday=workday,
                make_up=bool(workday) and weekend,
                holiday=workday is False and not weekend,
                provisional=day.year in calendar.years and calendar.is_provisional(day),
                causes=causes,
            )
        )
    return tuple(found)


def _covers(one: Suspension, day: date) -> bool:
    return one.start <= day and (one.end is None or day <= one.end)


def _kind(offset: int, workday: bool | None, *, over: bool, stopped: bool, workdays: bool) -> CountKind:
    if offset == 0:
        return "start"
    if over:
        return "moved"
    if workdays and not workday:
        return "rest"
    return "stopped" if stopped else "counted"
