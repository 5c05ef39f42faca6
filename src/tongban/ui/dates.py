"""Dates, times, money and counts as people read them, in Chinese and in English.

Days of the law are days of China, so a moment is shown in `CHINA`. All functions are pure; the language is an argument.
"""

from __future__ import annotations

from datetime import date, datetime

from tongban.kernel.clock import CHINA

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK_ZH = "一二三四五六日"
_WEEK_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def english(language: str | None) -> bool:
    """Whether `language` is English; everything else reads Chinese."""
    return bool(language) and str(language).startswith("en")


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return value.astimezone(CHINA).date() if value.tzinfo else value.date()
    return value


def day(value: date | datetime, language: str | None = None) -> str:
    """10 月 13 日, 13 Oct."""
    d = _day(value)
    return f"{d.day} {_MONTHS[d.month - 1]}" if english(language) else f"{d.month} 月 {d.day} 日"


def full_day(value: date | datetime, language: str | None = None) -> str:
    """2026 年 10 月 13 日, 13 Oct 2026."""
    d = _day(value)
    return f"{day(d, language)} {d.year}" if english(language) else f"{d.year} 年 {day(d, language)}"


def weekday(value: date | datetime, language: str | None = None) -> str:
    """周三, Wed."""
    d = _day(value)
    return _WEEK_EN[d.weekday()] if english(language) else f"周{_WEEK_ZH[d.weekday()]}"


def dense_day(value: date | datetime, language: str | None = None) -> str:
    """11-25 周三, 25 Nov Wed: for desks, in tabular figures."""
    d = _day(value)
    short = day(d, language) if english(language) else f"{d.month:02}-{d.day:02}"
    return f"{short} {weekday(d, language)}"


def moment(value: datetime, language: str | None = None) -> str:
    """10-12 08:55, 12 Oct 08:55."""
    at = value.astimezone(CHINA) if value.tzinfo else value
    short = day(at, language) if english(language) else f"{at.month:02}-{at.day:02}"
    return f"{short} {at:%H:%M}"


def stamp(value: datetime, language: str | None = None) -> str:
    """2026-11-20 周五 10:24, 20 Nov 2026 Fri 10:24: the head of a staff terminal."""
    at = value.astimezone(CHINA) if value.tzinfo else value
    left = full_day(at, language) if english(language) else f"{at:%Y-%m-%d}"
    return f"{left} {weekday(at, language)} {at:%H:%M}"


def yuan(fen: int, language: str | None = None) -> str:
    """Money given in fen: 143,346.00 元, ¥143,346.00."""
    whole, cents = divmod(abs(fen), 100)
    figure = f"{'-' if fen < 0 else ''}{whole:,}.{cents:02}"
    return f"¥{figure}" if english(language) else f"{figure} 元"


def days_word(count: int, language: str | None = None, *, working: bool = True) -> str:
    """3 个工作日, 3 working days, 1 working day."""
    if english(language):
        return f"{count} {'working ' if working else ''}day{'' if count == 1 else 's'}"
    return f"{count} {'个工作日' if working else '天'}"


def size(count: int) -> str:
    """Bytes in words: 1.8 MB, 240 KB."""
    if count >= 1024 * 1024:
        return f"{count / (1024 * 1024):.1f} MB"
    return f"{max(1, round(count / 1024))} KB"
