"""The seeded years against the official tables of 2025 and 2026 (STANDARDS §4.4 TL2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tongban.contexts.process.core.seeds import STATUTORY_DAYS, official_years, provisional_year, seed_years

TABLES = {
    2025: (
        [
            ("01-01", "01-01"),
            ("01-28", "02-04"),
            ("04-04", "04-06"),
            ("05-01", "05-05"),
            ("05-31", "06-02"),
            ("10-01", "10-08"),
        ],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        [
            ("01-01", "01-03"),
            ("02-15", "02-23"),
            ("04-04", "04-06"),
            ("05-01", "05-05"),
            ("06-19", "06-21"),
            ("09-25", "09-27"),
            ("10-01", "10-07"),
        ],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}


@pytest.mark.parametrize("number", sorted(TABLES))
def test_every_day_of_the_year_is_as_the_notice_says(number: int) -> None:
    year = next(each for each in official_years() if each.year == number)
    spans, shifted = TABLES[number]
    off = set()
    for first, last in spans:
        day = date.fromisoformat(f"{number}-{first}")
        while day <= date.fromisoformat(f"{number}-{last}"):
            off.add(day)
            day += timedelta(days=1)
    worked = {date.fromisoformat(f"{number}-{day}") for day in shifted}
    day = date(number, 1, 1)
    while day.year == number:
        assert year.is_workday(day) == (day in worked or (day.weekday() < 5 and day not in off)), day
        day += timedelta(days=1)
    assert not year.provisional


def test_a_provisional_year_has_the_thirteen_statutory_days() -> None:
    year = provisional_year(2027)
    assert year.provisional
    assert len(year.rest) == STATUTORY_DAYS
    assert date(2027, 2, 5) in year.rest  # 除夕
    assert date(2027, 6, 9) in year.rest  # 端午
    assert not year.work


def test_the_seeds_are_gapless_and_only_the_last_is_provisional() -> None:
    years = seed_years()
    assert [each.year for each in years] == list(range(2020, years[-1].year + 1))
    assert [each.provisional for each in years] == [False] * (len(years) - 1) + [True]
