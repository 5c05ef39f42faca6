"""Legal and promised clocks (STANDARDS §4.4 TL1-TL10).

A clock is never stored as its result: it is the start, the limit, the extension and the suspensions, from which the due
date follows. The start day is not counted (民法典 201); months end on the corresponding day or the month's last (202);
the last day of a calendar limit that is a rest day moves to the first working day after it (203); suspensions are
united, never summed (TL9); 许可 limits count working days (行政许可法 82). Days are dates in China's official time.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from tongban.kernel.workdays import Calendar

_DAY: Final = timedelta(days=1)
#: 行政许可法 32(4): everything that is missing is told once, at once or within five working days.
NOTICE_WORKDAYS: Final = 5

Unit = Literal["workday", "day", "month"]


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


@dataclass(frozen=True)
class _Ruler:
    """Counts days of one unit: working days, or all days."""

    calendar: Calendar
    workdays: bool

    def count(self, after: date, until: date) -> int:
        if self.workdays:
            return self.calendar.count_workdays(after, until)
        return max(0, (until - after).days)

    def step(self, day: date, count: int) -> date:
        """The `count`-th day of this unit after `day`, count >= 1."""
        return self.calendar.add_workdays(day, count) if self.workdays else day + count * _DAY


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later, or that month's last day (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def union(suspensions: Iterable[Suspension]) -> tuple[tuple[date, date | None], ...]:
    """The days of all `suspensions` as intervals without overlap, in order; only the last may be open (TL8, TL9)."""
    united: list[tuple[date, date | None]] = []
    for one in sorted(suspensions, key=lambda each: each.start):
        if one.end is not None and one.end < one.start:
            continue
        if united:
            first, last = united[-1]
            if last is None or one.start <= last + _DAY:
                united[-1] = (first, None if last is None or one.end is None else max(last, one.end))
                continue
        united.append((one.start, one.end))
    return tuple(united)


def deadline(
    calendar: Calendar,
    start: date,
    limit: Limit,
    suspensions: Iterable[Suspension] = (),
    extension: int = 0,
    today: date | None = None,
    *,
    roll: bool = True,
) -> Deadline:
    """When a limit that began on `start` ends, and how much of it is left on `today`.

    `extension` adds days (months for a limit in months) and never stops the clock (TL6); give it to the legal clock
    only. `roll`: a calendar limit whose last day is a rest day ends on the next working day (民法典 203).
    Refuses `CalendarMissing` when the answer reaches a year that is not loaded (TL2).
    """
    ruler = _Ruler(calendar, limit.unit == "workday")
    days = _days(start, limit, extension)
    stops = union(suspensions)
    due = _due(ruler, start, days, stops, roll=roll)
    stopped = _stopped(stops, today, due)
    used, remaining = _balance(ruler, start, days, stops, due, today)
    return Deadline(due, _provisional(ruler, start, due, roll=roll), days, used, remaining, stopped)


def _days(start: date, limit: Limit, extension: int) -> int:
    total = limit.value + extension
    return (add_months(start, total) - start).days if limit.unit == "month" else total


def _due(
    ruler: _Ruler, start: date, days: int, stops: Sequence[tuple[date, date | None]], *, roll: bool
) -> date | None:
    at, left = (start, days) if days else (start - _DAY, 1)
    for first, last in stops:
        free = ruler.count(at, first - _DAY)
        if free >= left:
            break
        if last is None:
            return None
        left -= free
        at = max(at, last)
    due = ruler.step(at, left)
    if ruler.workdays or not roll:
        return due
    return _rolled(ruler.calendar, due, stops)


def _rolled(calendar: Calendar, due: date, stops: Sequence[tuple[date, date | None]]) -> date | None:
    """The first working day from `due` on which the clock is not stopped (民法典 203)."""
    while True:
        due = calendar.workday_from(due)
        inside = next((stop for stop in stops if stop[0] <= due and (stop[1] is None or due <= stop[1])), None)
        if inside is None:
            return due
        if inside[1] is None:
            return None
        due = inside[1] + _DAY


def _provisional(ruler: _Ruler, start: date, due: date | None, *, roll: bool) -> bool:
    """Whether the date would change with the official holidays: any counted day of a provisional year is enough."""
    if due is None:
        return False
    years = ruler.calendar.years
    if ruler.workdays:
        return any(years[year].provisional for year in range((start + _DAY).year, due.year + 1) if year in years)
    return roll and due.year in years and years[due.year].provisional


def _stopped(stops: Sequence[tuple[date, date | None]], today: date | None, due: date | None) -> bool:
    if today is None:
        return due is None
    inside = any(first <= today and (last is None or today <= last) for first, last in stops)
    return inside and (due is None or today <= due)


def _running(ruler: _Ruler, after: date, until: date, stops: Sequence[tuple[date, date | None]]) -> int:
    """Days of the unit in (after, until] on which the clock ran."""
    total = ruler.count(after, until)
    for first, last in stops:
        total -= ruler.count(max(after, first - _DAY), until if last is None else min(until, last))
    return total


def _balance(
    ruler: _Ruler,
    start: date,
    days: int,
    stops: Sequence[tuple[date, date | None]],
    due: date | None,
    today: date | None,
) -> tuple[int, int | None]:
    if today is None:
        return 0, None
    at = max(today, start)
    if due is None:
        used = _running(ruler, start, at, stops)
        return used, days - used
    if at > due:
        late = _running(ruler, due, at, stops)
        return _running(ruler, start, due, stops) + late, -max(1, late)
    return _running(ruler, start, at, stops), _running(ruler, at, due, stops)


def notice_day(calendar: Calendar, receipt: date) -> date:
    """The last day on which the applicant may be told what is missing (行政许可法 32(4))."""
    return calendar.add_workdays(receipt, NOTICE_WORKDAYS)


def deemed_acceptance_day(calendar: Calendar, receipt: date) -> date:
    """The day at whose beginning silence has become acceptance: the one after `notice_day` (TL10).

    The application then counts as accepted from `receipt`, from which its clocks start.
    """
    return notice_day(calendar, receipt) + _DAY


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
        _day(calendar, start + n * _DAY, start, today, counters, pauses) for n in range((last - start).days + 1)
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
