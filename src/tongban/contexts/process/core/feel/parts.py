"""Dates, times and durations as text: read under the rules of XML Schema, written the canonical way."""

from __future__ import annotations

import re
from typing import Any, Final

from tongban.contexts.process.core.feel.values import (
    BILLION,
    DAY,
    LAST_YEAR,
    Date,
    DateTime,
    Months,
    Span,
    Time,
    days_in_month,
    zone_named,
)

_DATE: Final = r"(-?)([1-9]\d{4,8}|\d{4})-(\d\d)-(\d\d)"
_TIME: Final = r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,18}))?([Zz]|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][\w+/-]*)?"
_WHOLE_DATE: Final = re.compile(_DATE, re.ASCII)
_WHOLE_TIME: Final = re.compile(_TIME, re.ASCII)
_MONTHS: Final = re.compile(r"(-?)P(?=\d)(?:(\d{1,18})Y)?(?:(\d{1,18})M)?", re.ASCII)
_SPAN: Final = re.compile(
    r"(-?)P(?=\d|T\d)(?:(\d{1,18})D)?(?:T(?=\d)(?:(\d{1,18})H)?(?:(\d{1,18})M)?(?:(\d{1,18})(?:\.(\d{0,18}))?S)?)?",
    re.ASCII,
)
_WHOLE_DAY: Final = (24, 0, 0)


def date_of(year: int, month: int, day: int) -> Date | None:
    """The day, or None: there is none."""
    if abs(year) > LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        return None
    return Date(year, month, day)


def time_of(hour: int, minute: int, second: int, nano: int = 0, offset: int | None = None) -> Time | None:
    """The time of day, or None: there is none."""
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60 and 0 <= nano < BILLION):
        return None
    return Time(hour, minute, second, nano, offset) if offset is None or abs(offset) <= 18 * 3600 else None


def read_date(text: str) -> Date | None:
    """`2026-11-22`."""
    found = _WHOLE_DATE.fullmatch(text)
    if not found:
        return None
    year = int(found[2])
    return date_of(-year if found[1] else year, int(found[3]), int(found[4]))


def read_time(text: str) -> Time | None:
    """`10:30:00`, `10:30:00.5Z`, `10:30:00+08:00`, `10:30:00@Asia/Shanghai`."""
    found = _WHOLE_TIME.fullmatch(text)
    if not found:
        return None
    offset, zone = None, ""
    said = found[5] or ""
    if said in ("Z", "z"):
        offset = 0
    elif said.startswith("@"):
        zone = said[1:]
        if zone_named(zone) is None:
            return None
    elif said:
        offset = _offset(said)
        if offset is None:
            return None
    made = time_of(int(found[1]), int(found[2]), int(found[3]), _nanos(found[4]), offset)
    return Time(made.hour, made.minute, made.second, made.nano, offset, zone) if made else None


def _nanos(fraction: str | None) -> int:
    return int((fraction or "0")[:9].ljust(9, "0"))


def _offset(text: str) -> int | None:
    hours, minutes, *seconds = map(int, text[1:].split(":"))
    if hours > 18 or minutes > 59 or (seconds and seconds[0] > 59):
        return None
    total = hours * 3600 + minutes * 60 + (seconds[0] if seconds else 0)
    return -total if text[0] == "-" else total


def read_date_time(text: str) -> DateTime | None:
    """A date, `T` and a time; a date alone is its midnight; 24:00:00 is the next midnight."""
    day_text, mark, time_text = text.partition("T")
    day = read_date(day_text)
    if day is None:
        return None
    if not mark:
        return DateTime(day, Time(0, 0, 0))
    if time_text.startswith("24:00:00"):
        time = read_time("00" + time_text[2:])
        following = Date.of_ordinal(day.ordinal() + 1)
        return DateTime(following, time) if time and not time.nano and following else None
    time = read_time(time_text)
    return DateTime(day, time) if time else None


def read_duration(text: str) -> Months | Span | None:
    """`P1Y2M` or `P1DT2H3M4.5S`, either with a minus."""
    found = _MONTHS.fullmatch(text)
    if found and (found[2] or found[3]):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        return Months(-months if found[1] else months)
    found = _SPAN.fullmatch(text)
    if not found:
        return None
    days, hours, minutes, seconds = (int(found[index] or 0) for index in (2, 3, 4, 5))
    nanos = (days * DAY + hours * 3600 + minutes * 60 + seconds) * BILLION + _nanos(found[6] or None)
    return Span(-nanos if found[1] else nanos)


def read_temporal(text: str) -> Any:
    """What `@"…"` means, or None."""
    for read in (read_date, read_time, read_duration):
        value = read(text)
        if value is not None:
            return value
    return read_date_time(text) if "T" in text else None


def write_date(value: Date) -> str:
    """Canonical text."""
    return f"{'-' if value.year < 0 else ''}{abs(value.year):04d}-{value.month:02d}-{value.day:02d}"


def write_time(value: Time) -> str:
    """Canonical text, without needless zeros behind the second."""
    fraction = f".{value.nano:09d}".rstrip("0") if value.nano else ""
    return f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}{fraction}{_write_offset(value)}"


def _write_offset(value: Time) -> str:
    if value.zone:
        return f"@{value.zone}"
    if value.offset is None:
        return ""
    if value.offset == 0:
        return "Z"
    size = abs(value.offset)
    seconds = f":{size % 60:02d}" if size % 60 else ""
    return f"{'-' if value.offset < 0 else '+'}{size // 3600:02d}:{size // 60 % 60:02d}{seconds}"


def write_duration(value: Months | Span) -> str:
    """Canonical text; nothing is `P0M` or `PT0S`."""
    if isinstance(value, Months):
        years, months = divmod(abs(value.months), 12)
        body = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return f"{'-' if value.months < 0 else ''}P{body}"
    seconds, nano = divmod(abs(value.nanos), BILLION)
    days, seconds = divmod(seconds, DAY)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    fraction = f".{nano:09d}".rstrip("0") if nano else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or nano else ""
    body = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if value.nanos < 0 else ''}P{body or 'T0S'}"
