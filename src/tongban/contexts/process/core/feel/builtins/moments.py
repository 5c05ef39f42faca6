"""Functions of dates and times, and their making."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.builtins.registry import builtin
from tongban.contexts.process.core.feel.parts import (
    date_of,
    read_date,
    read_date_time,
    read_duration,
    read_time,
    time_of,
)
from tongban.contexts.process.core.feel.scope import Running
from tongban.contexts.process.core.feel.values import BILLION, Date, DateTime, Months, Span, Time

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _small(value: Decimal) -> int:
    """A whole number that a date can have; otherwise one that none has."""
    return int(value) if abs(value) < 10**10 and value == value.to_integral_value() else 10**10


def _read(made: Any, text: str) -> Any:
    return made if made is not None else notes.null(f"“{text[:40]}” cannot be read")


@builtin("date(from: string) -> date")
def date_from_text(text: str) -> Date | None:
    """Read from text."""
    found = _read(read_date(text), text)
    return found if isinstance(found, Date) else None


@builtin("date(from: date) -> date", "date(from: date and time) -> date")
def date_from_moment(value: Date | DateTime) -> Date:
    """The day."""
    return value.date if isinstance(value, DateTime) else value


@builtin("date(year: number, month: number, day: number) -> date")
def date_from_parts(year: Decimal, month: Decimal, day: Decimal) -> Date | None:
    """The day of these parts."""
    return date_of(_small(year), _small(month), _small(day)) or notes.null("there is no such day")


@builtin("date and time(from: string) -> date and time")
def date_time_from_text(text: str) -> DateTime | None:
    """Read from text."""
    found = _read(read_date_time(text), text)
    return found if isinstance(found, DateTime) else None


@builtin("date and time(from: date and time) -> date and time")
def date_time_from_moment(value: DateTime) -> DateTime:
    """Itself."""
    return value


@builtin("date and time(date: date, time: time) -> date and time")
def date_time_from_date(day: Date, time: Time) -> DateTime:
    """The time on the day."""
    return DateTime(day, time)


@builtin("date and time(date: date and time, time: time) -> date and time")
def date_time_from_date_time(day: DateTime, time: Time) -> DateTime:
    """The time on the day."""
    return DateTime(day.date, time)


@builtin("time(from: string) -> time")
def time_from_text(text: str) -> Time | None:
    """Read from text."""
    found = _read(read_time(text), text)
    return found if isinstance(found, Time) else None


@builtin("time(from: time) -> time", "time(from: date and time) -> time", "time(from: date) -> time")
def time_from_moment(value: Any) -> Time:
    """The time of day; of a date, its midnight in UTC."""
    if isinstance(value, DateTime):
        return value.time
    return value if isinstance(value, Time) else Time(0, 0, 0, 0, 0)


@builtin(
    "time(hour: number, minute: number, second: number, offset?: days and time duration~) -> time",
)
def time_from_parts(hour: Decimal, minute: Decimal, second: Decimal, offset: Span | None = None) -> Time | None:
    """The time of these parts."""
    if not 0 <= second < 60:
        return notes.null("there is no such time")
    nanos = int(second * BILLION)
    shift = None if offset is None else offset.nanos // BILLION
    made = time_of(_small(hour), _small(minute), nanos // BILLION, nanos % BILLION, shift)
    return made or notes.null("there is no such time")


@builtin("duration(from: string)")
def duration(text: str) -> Months | Span | None:
    """Read from text."""
    found = _read(read_duration(text), text)
    return found if isinstance(found, (Months, Span)) else None


@builtin("duration(from: years and months duration)", "duration(from: days and time duration)")
def duration_itself(value: Months | Span) -> Months | Span:
    """Itself."""
    return value


@builtin("years and months duration(from: date, to: date) -> years and months duration")
def months_between(first: Date, last: Date) -> Months:
    """The whole months from `first` to `last`."""
    return _months(DateTime(first, Time(0, 0, 0)), DateTime(last, Time(0, 0, 0)))


@builtin(
    "years and months duration(from: date and time, to: date and time) -> years and months duration",
    "years and months duration(from: date and time, to: date) -> years and months duration",
    "years and months duration(from: date, to: date and time) -> years and months duration",
)
def months_between_moments(first: Any, last: Any) -> Months:
    """The whole months from `first` to `last`."""
    begin = first if isinstance(first, DateTime) else DateTime(first, Time(0, 0, 0))
    end = last if isinstance(last, DateTime) else DateTime(last, Time(0, 0, 0))
    return _months(begin, end)


def _months(first: DateTime, last: DateTime) -> Months:
    months = (last.date.year - first.date.year) * 12 + last.date.month - first.date.month
    begin, end = (first.date.day, first.time.nanos()), (last.date.day, last.time.nanos())
    if months > 0 and end < begin:
        months -= 1
    elif months < 0 and end > begin:
        months += 1
    return Months(months)


@builtin("now() -> date and time", running=True)
def now(running: Running) -> DateTime | None:
    """The moment of the evaluation."""
    return running.now or notes.null("this evaluation has no clock")


@builtin("today() -> date", running=True)
def today(running: Running) -> Date | None:
    """The day of the evaluation."""
    return running.now.date if running.now else notes.null("this evaluation has no clock")


def _day(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


@builtin("day of year(date: date) -> number", "day of year(date: date and time) -> number")
def day_of_year(value: Date | DateTime) -> Decimal:
    """1 to 366."""
    day = _day(value)
    return Decimal(day.ordinal() - Date(day.year, 1, 1).ordinal() + 1)


@builtin("day of week(date: date) -> string", "day of week(date: date and time) -> string")
def day_of_week(value: Date | DateTime) -> str:
    """The English name of the day."""
    return WEEKDAYS[(_day(value).ordinal() + 3) % 7]


@builtin("month of year(date: date) -> string", "month of year(date: date and time) -> string")
def month_of_year(value: Date | DateTime) -> str:
    """The English name of the month."""
    return MONTH_NAMES[_day(value).month - 1]


@builtin("week of year(date: date) -> number", "week of year(date: date and time) -> number")
def week_of_year(value: Date | DateTime) -> Decimal:
    """The week of ISO 8601."""
    ordinal = _day(value).ordinal()
    thursday = Date.of_ordinal(ordinal - (ordinal + 3) % 7 + 3) or _day(value)
    return Decimal((thursday.ordinal() - Date(thursday.year, 1, 1).ordinal()) // 7 + 1)
