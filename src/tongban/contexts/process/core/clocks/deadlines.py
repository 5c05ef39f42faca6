"""When a limit ends, and how much of it is left (STANDARDS §4.4 TL1-TL10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tongban.contexts.process.core.clocks.limits import DAY, Deadline, Limit, Suspension, union
from tongban.contexts.process.core.months import add_months
from tongban.kernel.workdays import Calendar


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
        return self.calendar.add_workdays(day, count) if self.workdays else day + count * DAY


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
    at, left = (start, days) if days else (start - DAY, 1)
    for first, last in stops:
        free = ruler.count(at, first - DAY)
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
        due = inside[1] + DAY


def _provisional(ruler: _Ruler, start: date, due: date | None, *, roll: bool) -> bool:
    """Whether the date would change with the official holidays: any counted day of a provisional year is enough."""
    if due is None:
        return False
    years = ruler.calendar.years
    if ruler.workdays:
        return any(years[year].provisional for year in range((start + DAY).year, due.year + 1) if year in years)
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
        total -= ruler.count(max(after, first - DAY), until if last is None else min(until, last))
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
