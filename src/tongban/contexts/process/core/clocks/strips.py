"""The strip of days of a case: every day with the number each of its two clocks gives it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tongban.contexts.process.core.clocks.deadlines import deadline
from tongban.contexts.process.core.clocks.limits import DAY, Limit, Suspension
from tongban.kernel.workdays import Calendar

DayKind = Literal["start", "counted", "today", "future", "stopped", "rest", "after"]


@dataclass(frozen=True)
class Day:
    """One day of the strip. Numbers count from 1 and are None where that clock does not count the day."""

    date: date
    kind: DayKind
    promised_no: int | None
    legal_no: int | None
    is_promised_due: bool
    is_legal_due: bool
    provisional: bool
    causes: tuple[str, ...]
    rests: bool = False  # nobody works on it and a clock counts working days; says so of today, too


@dataclass(frozen=True)
class _Clock:
    limit: Limit
    days: int
    due: date | None


class _Counter:
    """Numbers the days of one clock as the strip walks over them."""

    def __init__(self, clock: _Clock | None) -> None:
        self.clock = clock
        self.number = 0

    def next_number(self, *, runs: bool, workday: bool) -> int | None:
        clock = self.clock
        if clock is None or not runs or self.number == clock.days or (clock.limit.unit == "workday" and not workday):
            return None
        self.number += 1
        return self.number

    def is_due(self, day: date) -> bool:
        return self.clock is not None and self.clock.due == day


def strip(
    calendar: Calendar,
    start: date,
    today: date,
    promised: Limit | None,
    legal: Limit | None,
    suspensions: Iterable[Suspension] = (),
    extension: int = 0,
) -> tuple[Day, ...]:
    """Every day from `start` to the later of both due dates and `today`, with the number each clock gives it.

    A clock that an open suspension holds shows no due date, and the strip ends with `today`. `extension` goes to the
    legal clock. Refuses `CalendarMissing` as `deadline` does.
    """
    pauses = tuple(suspensions)
    counters = [
        _Counter(_clock(calendar, start, limit, pauses, more)) for limit, more in ((promised, 0), (legal, extension))
    ]
    dues = [each.clock.due for each in counters if each.clock is not None and each.clock.due is not None]
    last = max([*dues, today, start])
    return tuple(
        _day(calendar, start + n * DAY, start, today, counters, pauses) for n in range((last - start).days + 1)
    )


def _clock(
    calendar: Calendar, start: date, limit: Limit | None, pauses: Sequence[Suspension], extension: int
) -> _Clock | None:
    if limit is None:
        return None
    found = deadline(calendar, start, limit, pauses, extension)
    return _Clock(limit, found.limit_days, found.date)


def _day(
    calendar: Calendar, day: date, start: date, today: date, counters: Sequence[_Counter], pauses: Sequence[Suspension]
) -> Day:
    workday = calendar.is_workday(day)
    causes = tuple(
        dict.fromkeys(one.cause for one in pauses if one.start <= day and (one.end is None or day <= one.end))
    )
    runs = not causes and day > start
    promised_no, legal_no = (counter.next_number(runs=runs, workday=workday) for counter in counters)
    rests = not workday and any(each.clock is not None and each.clock.limit.unit == "workday" for each in counters)
    over = all(counter.clock is None or (counter.clock.due or date.max) < day for counter in counters)
    return Day(
        date=day,
        kind=_kind(day, start, today, rests=rests, stopped=bool(causes), over=over),
        promised_no=promised_no,
        legal_no=legal_no,
        is_promised_due=counters[0].is_due(day),
        is_legal_due=counters[1].is_due(day),
        provisional=calendar.is_provisional(day),
        causes=causes,
        rests=rests,
    )


def _kind(day: date, start: date, today: date, *, rests: bool, stopped: bool, over: bool) -> DayKind:
    if day == today:
        return "today"
    if day == start:
        return "start"
    if over and not (stopped and not rests):
        return "after"
    if rests:
        return "rest"
    if stopped:
        return "stopped"
    return "counted" if day < today else "future"
