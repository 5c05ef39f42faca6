"""The clock against an oracle that walks day by day over sets of days and shares no code with it: 10,000 histories.

The oracle knows no `Calendar`, no `union`, no month arithmetic of the product: working days are drawn year by year with
random days off and random make-up weekends, months are walked on the wall calendar, suspended days are a set.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tongban.contexts.process.core.clocks import Limit, Suspension, Unit, count, deadline
from tongban.kernel.workdays import Calendar, CalendarMissing, Year

DAY = timedelta(days=1)
FIRST, LAST = 2023, 2028  # the years of every drawn calendar; beyond them it must refuse


@dataclass(frozen=True)
class History:
    """One random history: what the clock is asked."""

    start: date
    length: int
    unit: Unit
    extension: int
    pauses: tuple[tuple[date, date | None], ...]
    roll: bool
    seed: int  # of its calendar
    provisional: int  # from this year on


class WallCalendar:
    """The days that are worked, as a set, and the same as the product's calendar."""

    def __init__(self, seed: int, provisional: int) -> None:
        dice = Random(seed)
        self.worked: set[date] = set()
        years = {}
        for number in range(FIRST, LAST + 1):
            days = [date(number, 1, 1) + n * DAY for n in range(366) if (date(number, 1, 1) + n * DAY).year == number]
            begin = dice.randrange(len(days))
            rest = {*days[begin : begin + dice.randrange(12)], *dice.sample(days, dice.randrange(20))}
            weekend = [day for day in days if day.weekday() > 4 and day not in rest]
            work = set(dice.sample(weekend, dice.randrange(9)))
            self.worked |= {day for day in days if day in work or (day.weekday() < 5 and day not in rest)}
            years[number] = Year(number, frozenset(rest), frozenset(work), provisional=number >= provisional)
        self.calendar = Calendar(years)


@cache
def wall(seed: int, provisional: int) -> WallCalendar:
    return WallCalendar(seed, provisional)


class BeyondTheWallError(Exception):
    """The oracle turned the last page of its calendar."""


def month_later(day: date) -> date:
    """Walk to the first of the next month, then to the 28th of it: somewhere in the next month."""
    while day.day != 1:
        day += DAY
    return day + 27 * DAY


def corresponding(start: date, months: int) -> date:
    """民法典 202, walked: the same number on the page `months` further, or that page's last day."""
    somewhere = start
    for _ in range(months):
        somewhere = month_later(somewhere + DAY if somewhere.day == 1 else somewhere)
    page = [somewhere + n * DAY for n in range(-31, 32)]
    page = [day for day in page if (day.year, day.month) == (somewhere.year, somewhere.month)]
    return next((day for day in page if day.day == start.day), page[-1])


def oracle(history: History) -> date | None:
    """The due date, with a pencil; None while an open pause hides it."""
    days = wall(history.seed, history.provisional)

    def worked(day: date) -> bool:
        if not FIRST <= day.year <= LAST:
            raise BeyondTheWallError
        return day in days.worked

    def paused(day: date) -> bool:
        return any(a <= day and (b is None or day <= b) for a, b in history.pauses)

    forever = min((a for a, b in history.pauses if b is None), default=date.max)
    total = history.length + history.extension
    if history.unit == "month":
        total = (corresponding(history.start, total) - history.start).days
    ticks, day = 0, history.start
    if total == 0:  # the same day, or the first on which the clock may tick
        total, day = 1, day - DAY
    while ticks < total:
        day += DAY
        if day >= forever:
            return None
        if not paused(day) and (history.unit != "workday" or worked(day)):
            ticks += 1
    if history.unit != "workday" and history.roll:
        while not worked(day) or paused(day):
            day += DAY
            if day >= forever:
                return None
    return day


def drawn(dice: Random) -> History:
    """A history out of one seed: hypothesis draws only the seed, which makes ten thousand quick."""
    start = date(2024, 1, 1) + dice.randrange(1400) * DAY
    units: tuple[Unit, ...] = ("workday", "workday", "day", "month")
    unit = dice.choice(units)
    pauses = []
    for _ in range(dice.randrange(5)):
        first = start + dice.randint(-30, 120) * DAY
        length = dice.randint(-2, 40)  # below zero: still open
        pauses.append((first, None if length < 0 else first + length * DAY))
    return History(
        start=start,
        length=dice.choice((0, 1, 5, dice.randint(0, {"workday": 90, "day": 200, "month": 14}[unit]))),
        unit=unit,
        extension=dice.choice((0, 0, 1, 3) if unit == "month" else (0, 0, 1, 10, 15)),
        pauses=tuple(pauses),
        roll=dice.random() < 0.5,
        seed=dice.randrange(40),
        provisional=dice.choice((LAST + 1, 2026)),
    )


@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(st.integers(0, 2**48))
def test_ten_thousand_random_histories_equal_the_oracle(seed: int) -> None:
    history = drawn(Random(seed))
    note(history)
    equal(history)


def equal(history: History) -> None:
    """The product says of `history` what the oracle says."""
    days = wall(history.seed, history.provisional)
    limit = Limit(history.length, history.unit)
    pauses = [Suspension(f"c{n}", a, b) for n, (a, b) in enumerate(history.pauses)]
    asked = (days.calendar, history.start, limit, pauses, history.extension)
    try:
        due = oracle(history)
    except BeyondTheWallError:
        try:
            deadline(*asked, roll=history.roll)
        except CalendarMissing:
            return
        raise AssertionError("a missing year was not refused") from None
    found = deadline(*asked, roll=history.roll)
    assert found.date == due
    counted = count(*asked, roll=history.roll)
    assert counted.due == due
    if due is not None:
        walked = [history.start + n * DAY for n in range(1, (due - history.start).days + 1)]
        ticks = [
            day
            for day in walked
            if not any(a <= day and (b is None or day <= b) for a, b in history.pauses)
            and (history.unit != "workday" or day in days.worked)
        ]
        assert [day.date for day in counted.counted] == ticks[: counted.limit_days]
        assert [day.number for day in counted.counted] == list(range(1, counted.limit_days + 1))
        touched = any(n >= history.provisional for n in range((history.start + DAY).year, due.year + 1))
        if history.unit == "workday":
            assert found.provisional == touched
        elif found.provisional:
            assert touched
