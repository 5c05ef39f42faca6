"""Hours: stages of handling count working hours, service limits in hours count all hours, instant items warn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from tongban.contexts.process.core.clocks.limits import DAY, Suspension
from tongban.kernel.workdays import Calendar


@dataclass(frozen=True)
class OfficeHours:
    """When an organ works, on every working day of its calendar."""

    spans: tuple[tuple[time, time], ...]

    @property
    def opening(self) -> time:
        return self.spans[0][0]

    @property
    def closing(self) -> time:
        return self.spans[-1][1]


#: Eight working hours a day. A city sets its own.
OFFICE: Final = OfficeHours(((time(8, 30), time(12, 0)), (time(13, 30), time(18, 0))))


def hours_after(moment: datetime, hours: int) -> datetime:
    """The end of a limit in hours, counted through nights and holidays (民法典 201-2)."""
    return moment + timedelta(hours=hours)


def working_hours(
    calendar: Calendar,
    start: datetime,
    hours: int,
    suspensions: Iterable[Suspension] = (),
    office: OfficeHours = OFFICE,
) -> datetime | None:
    """When a stage of `hours` working hours that began at `start` ends; None while an open suspension holds it.

    Days of a suspension count for nothing. `start` is in official time. Refuses `CalendarMissing`.
    """
    pauses = tuple(suspensions)
    day, left = start.date(), timedelta(hours=hours)
    while True:
        if any(one.start <= day and one.end is None for one in pauses):
            return None
        if calendar.is_workday(day) and not any(_covers(one, day) for one in pauses):
            for opens, closes in office.spans:
                begin = max(start, datetime.combine(day, opens, start.tzinfo))
                span = datetime.combine(day, closes, start.tzinfo) - begin
                if span >= max(left, timedelta(microseconds=1)):
                    return begin + left
                left -= max(span, timedelta())
        day += DAY


def _covers(one: Suspension, day: date) -> bool:
    return one.end is not None and one.start <= day <= one.end


def instant_warnings(calendar: Calendar, accepted: datetime, office: OfficeHours = OFFICE) -> tuple[datetime, datetime]:
    """When to warn of an instant item (即办, TL7): after one working hour, and an hour before the day closes."""
    first = working_hours(calendar, accepted, 1, office=office)
    assert first is not None
    day = calendar.workday_from(accepted.date())
    closing = datetime.combine(day, office.closing, accepted.tzinfo)
    return first, max(accepted, closing - timedelta(hours=1))
