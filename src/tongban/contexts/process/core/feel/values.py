"""What FEEL computes with: numbers of 34 digits, text, truth, dates, times, durations, lists, contexts, ranges.

Numbers are `Decimal`, text `str`, truth `bool`, lists `list`, contexts `dict`, null `None`; the rest is here, and
functions stand with the types. Dates have their own class: FEEL's years go from -999999999 to 999999999.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

#: IEEE 754 decimal128, without traps: what has no value becomes null.
NUMBERS: Final = Context(prec=34, rounding=ROUND_HALF_EVEN, Emax=6144, Emin=-6143, traps=[])
DAY: Final = 86_400
BILLION: Final = 1_000_000_000
#: Whole numbers below this need no rounding.
MOST_WHOLE: Final = 10**34
#: The last year that FEEL knows, and the first with a minus.
LAST_YEAR: Final = 999_999_999


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A day of the proleptic Gregorian calendar."""

    year: int
    month: int
    day: int

    def ordinal(self) -> int:
        """Days since 1970-01-01."""
        year = self.year - (self.month <= 2)
        era, of_era = divmod(year, 400)
        of_year = (153 * (self.month + (-3 if self.month > 2 else 9)) + 2) // 5 + self.day - 1
        return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468

    @staticmethod
    def of_ordinal(days: int) -> Date | None:
        """The day that many days after 1970-01-01; None outside FEEL's years."""
        era, of_era = divmod(days + 719_468, 146_097)
        year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
        of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
        part = (5 * of_year + 2) // 153
        month = part + 3 if part < 10 else part - 9
        year = year_of_era + era * 400 + (month <= 2)
        return Date(year, month, of_year - (153 * part + 2) // 5 + 1) if abs(year) <= LAST_YEAR else None

    def plus_months(self, months: int) -> Date | None:
        """The same day of another month, or that month's last day."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        if abs(year) > LAST_YEAR:
            return None
        return Date(year, month + 1, min(self.day, days_in_month(year, month + 1)))


def is_leap(year: int) -> bool:
    """Whether `year` has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    return 29 if month == 2 and is_leap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day, with an offset in seconds, with a named zone, or local."""

    hour: int
    minute: int
    second: int
    nano: int = 0
    offset: int | None = None
    zone: str = ""

    def nanos(self) -> int:
        """Nanoseconds since midnight, as the clock shows."""
        return (self.hour * 3600 + self.minute * 60 + self.second) * BILLION + self.nano

    def is_local(self) -> bool:
        """Whether neither offset nor zone is said."""
        return self.offset is None and not self.zone

    def offset_at(self, day: Date | None) -> int | None:
        """Seconds east of UTC; of a named zone on `day` (1970-01-01 where none is known)."""
        if self.offset is not None or not self.zone:
            return self.offset
        return zone_offset(self.zone, day or Date(1970, 1, 1), self)


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo | None:
    """The zone, or None: there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def zone_offset(name: str, day: Date, time: Time) -> int | None:
    """Seconds east of UTC in the zone `name` at that local time."""
    zone = zone_named(name)
    if zone is None:
        return None
    year = min(max(day.year, 1902), 9998)
    local = datetime(  # noqa: DTZ001 - the zone's own local time
        year, day.month, min(day.day, days_in_month(year, day.month)), time.hour % 24, time.minute, time.second
    )
    found = local.replace(tzinfo=zone).utcoffset()
    return int(found.total_seconds()) if found is not None else None


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time of it."""

    date: Date
    time: Time

    def nanos(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00, as the clock shows."""
        return self.date.ordinal() * DAY * BILLION + self.time.nanos()

    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00Z; local times count as UTC."""
        return self.nanos() - (self.time.offset_at(self.date) or 0) * BILLION

    @staticmethod
    def of_nanos(nanos: int, like: Time) -> DateTime | None:
        """The date and time of a clock reading, with offset and zone of `like`."""
        days, rest = divmod(nanos, DAY * BILLION)
        day = Date.of_ordinal(days)
        return None if day is None else DateTime(day, time_of_nanos(rest, like.offset, like.zone))


def time_of_nanos(nanos: int, offset: int | None = None, zone: str = "") -> Time:
    """The time of day of a clock reading; days are dropped."""
    seconds, nano = divmod(nanos % (DAY * BILLION), BILLION)
    return Time(seconds // 3600, seconds // 60 % 60, seconds % 60, nano, offset, zone)


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A years and months duration."""

    months: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A days and time duration, in nanoseconds."""

    nanos: int


@dataclass(frozen=True, slots=True)
class Range:
    """Values between two ends; an end without bound is `None` and open."""

    low: Any
    high: Any
    low_closed: bool = True
    high_closed: bool = True


def number(value: Any) -> Decimal | None:
    """A Python number as FEEL's; None when it has no finite value."""
    made = NUMBERS.create_decimal(repr(value) if isinstance(value, float) else value)
    return made if made.is_finite() else None


def feel(value: Any) -> Any:
    """A plain value (JSON, Python dates) as FEEL's, wholly."""
    kind = type(value)
    if kind is str or kind is bool or kind is Decimal or value is None:
        return value
    if kind is int and -MOST_WHOLE < value < MOST_WHOLE:
        return Decimal(value)
    if isinstance(value, (int, float, Decimal)):
        return number(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dict):
        return {str(key): feel(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [feel(entry) for entry in value]
    return _of_datetime(value)


def _of_datetime(value: Any) -> Any:
    from datetime import date, time, timedelta

    if isinstance(value, datetime):
        return DateTime(Date(value.year, value.month, value.day), _of_time(value, value.utcoffset()))
    if isinstance(value, date):
        return Date(value.year, value.month, value.day)
    if isinstance(value, time):
        return _of_time(value, value.utcoffset())
    if isinstance(value, timedelta):
        return Span((value.days * DAY + value.seconds) * BILLION + value.microseconds * 1000)
    return value


def _of_time(value: Any, offset: Any) -> Time:
    seconds = None if offset is None else int(offset.total_seconds())
    return Time(value.hour, value.minute, value.second, value.microsecond * 1000, seconds)


def utc_now(now: datetime) -> DateTime:
    """`now` as FEEL's date and time (aware times as they are, others as UTC)."""
    made = _of_datetime(now if now.tzinfo else now.replace(tzinfo=UTC))
    assert isinstance(made, DateTime)
    return made
