"""When a timer of a route comes (民法典 201-204, as for every limit)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from tongban.contexts.cases.core.parts.course import Lengths
from tongban.contexts.process.core.clocks import Limit, add_months, deadline
from tongban.contexts.process.core.clocks.refusals import LimitTooLong
from tongban.kernel.clock import CHINA
from tongban.kernel.workdays import Calendar

_CLOCK: Final = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1), "second": timedelta(seconds=1)}
_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "year": 12}


@dataclass(frozen=True)
class Moment:
    """When a timer comes; `provisional`: it rests on a year whose holidays are not yet published."""

    at: datetime
    provisional: bool = False


def moment_of(lengths: Lengths, moment: str, since: datetime, calendar: Calendar) -> Moment:
    """When a timer that began at `since` comes.

    In days, weeks, months and years it runs to the end of its last day, the first not counted (民法典 201, 203); a last
    day of rest moves to the next working day, unless working days were counted. With hours, minutes or seconds among
    its lengths it runs from moment to moment. A `moment` without zone is official time. Refuses `CalendarMissing`,
    `LimitTooLong`.
    """
    if moment:
        named = datetime.fromisoformat(moment)
        return Moment(named if named.tzinfo else named.replace(tzinfo=CHINA))
    since = since.astimezone(CHINA)
    try:
        if any(unit in _CLOCK for _, unit in lengths):
            return _exact(lengths, since, calendar)
        return _by_days(lengths, since.date(), calendar)
    except (OverflowError, ValueError):
        raise LimitTooLong(value=max(length for length, _ in lengths)) from None


def _by_days(lengths: Lengths, day: date, calendar: Calendar) -> Moment:
    provisional = False
    for place, (length, unit) in enumerate(lengths):
        found = deadline(calendar, day, _limit(length, unit), roll=place == len(lengths) - 1)
        assert found.date is not None, "no suspension stops it"
        day, provisional = found.date, provisional or found.provisional
    return Moment(datetime.combine(day + timedelta(days=1), time(0, 0), CHINA), provisional)


def _limit(length: int, unit: str) -> Limit:
    if unit == "workday":
        return Limit(length, "workday")
    return Limit(length * _DAYS[unit], "day") if unit in _DAYS else Limit(length * _MONTHS[unit], "month")


def _exact(lengths: Lengths, at: datetime, calendar: Calendar) -> Moment:
    provisional = False
    for length, unit in lengths:
        if unit in _CLOCK:
            at += length * _CLOCK[unit]
        elif unit in _DAYS:
            at += timedelta(days=length * _DAYS[unit])
        elif unit in _MONTHS:
            at = datetime.combine(add_months(at.date(), length * _MONTHS[unit]), at.timetz())
        elif length:
            found = deadline(calendar, at.date(), Limit(length, "workday"))
            assert found.date is not None, "no suspension stops it"
            at, provisional = datetime.combine(found.date, at.timetz()), provisional or found.provisional
    return Moment(at, provisional)
