"""The years that a new installation starts with.

Published years come from the State Council's notices as `chinesecalendar` carries them. A year not yet published can
stand in as provisional: weekends and the 13 statutory days (全国年节及纪念日放假办法, 2024 revision), lunar ones
computed; shifted working days are not guessed.
"""

from __future__ import annotations

from typing import Final

import holidays
from chinese_calendar import constants

from tongban.kernel.workdays import Year

FIRST_OFFICIAL: Final = 2020
#: 元旦1 春节4 清明1 劳动2 端午1 中秋1 国庆3
STATUTORY_DAYS: Final = 13


def official_years(first: int = FIRST_OFFICIAL) -> tuple[Year, ...]:
    """Every published year from `first` on."""
    last = max(day.year for day in constants.holidays)
    return tuple(_official(number) for number in range(first, last + 1))


def _official(number: int) -> Year:
    rest = frozenset(day for day in constants.holidays if day.year == number)
    work = frozenset(day for day in constants.workdays if day.year == number)
    return Year(number, rest, work)


def provisional_year(number: int) -> Year:
    """A stand-in for a year whose notice is still to come; every date that rests on it is marked."""
    rest = frozenset(holidays.country_holidays("CN", years=number, observed=False))
    return Year(number, rest, frozenset(), provisional=True)


def seed_years() -> tuple[Year, ...]:
    """The published years, and the next one as provisional."""
    official = official_years()
    return (*official, provisional_year(official[-1].year + 1))
