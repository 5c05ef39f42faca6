"""Working days against a day-by-day walk, and the refusal of unknown years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel.workdays import Calendar, CalendarMissing, Year


def year(number: int, *, provisional: bool = False) -> Year:
    rest = frozenset(date(number, 10, d) for d in range(1, 8))
    work = frozenset(d for d in (date(number, 10, d) for d in range(8, 15)) if d.weekday() >= 5)
    return Year(number, rest, work, provisional)


CALENDAR = Calendar({2024: year(2024), 2025: year(2025), 2026: year(2026, provisional=True)})
days = st.dates(date(2024, 1, 1), date(2026, 6, 30))


@given(days, st.integers(1, 80))
def test_nth_workday_is_the_nth_met_on_a_walk(start: date, count: int) -> None:
    day, met = start, 0
    while met < count:
        day += timedelta(days=1)
        met += CALENDAR.is_workday(day)
    assert CALENDAR.add_workdays(start, count) == day
    assert CALENDAR.count_workdays(start, day) == count


@given(days, st.integers(-40, 900))
def test_counting_is_a_walk(after: date, length: int) -> None:
    until = min(after + timedelta(days=length), date(2026, 12, 31))
    walked = sum(CALENDAR.is_workday(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))
    assert CALENDAR.count_workdays(after, until) == walked


def test_next_and_from() -> None:
    assert CALENDAR.next_workday(date(2025, 9, 30)) == date(2025, 10, 8)
    assert CALENDAR.workday_from(date(2025, 9, 30)) == date(2025, 9, 30)
    assert CALENDAR.workday_from(date(2025, 10, 4)) == date(2025, 10, 8)
    assert CALENDAR.is_workday(date(2025, 10, 11))  # a Saturday that is worked
    assert CALENDAR.is_provisional(date(2026, 1, 1))
    assert not CALENDAR.is_provisional(date(2025, 12, 31))


def test_an_unknown_year_is_refused_by_name() -> None:
    for ask in (
        lambda: CALENDAR.is_workday(date(2027, 1, 4)),
        lambda: CALENDAR.is_provisional(date(2023, 1, 4)),
        lambda: CALENDAR.add_workdays(date(2026, 12, 28), 20),
        lambda: CALENDAR.count_workdays(date(2026, 12, 28), date(2027, 1, 8)),
        lambda: CALENDAR.count_workdays(date(2023, 12, 28), date(2024, 1, 8)),
    ):
        with pytest.raises(CalendarMissing):
            ask()
    with pytest.raises(CalendarMissing) as refused:
        CALENDAR.add_workdays(date(2026, 12, 28), 20)
    assert refused.value.params == {"year": 2027}


def test_a_gap_between_years_is_not_jumped() -> None:
    gap = Calendar({2024: year(2024), 2026: year(2026)})
    with pytest.raises(CalendarMissing):
        gap.add_workdays(date(2024, 12, 30), 5)
    with pytest.raises(CalendarMissing):
        gap.count_workdays(date(2024, 12, 30), date(2026, 1, 5))
