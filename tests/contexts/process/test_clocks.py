"""The clocks: the vectors of STANDARDS §15 and a day-by-day oracle that shares no code with them."""

from __future__ import annotations

import calendar as civil
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.contexts.process.core.clocks import (
    Limit,
    Suspension,
    Unit,
    add_months,
    deadline,
    deemed_acceptance_day,
    notice_day,
    strip,
    union,
)
from tongban.contexts.process.core.seeds import official_years, seed_years
from tongban.kernel.workdays import Calendar, CalendarMissing, Year

CALENDAR = Calendar({year.year: year for year in seed_years()})
DAY = timedelta(days=1)


def on(text: str) -> date:
    return date.fromisoformat(text)


def workdays(number: int) -> Limit:
    return Limit(number, "workday")


# --- STANDARDS §15 ---------------------------------------------------------------------------------------------------


def test_vector_1_make_up_saturday_counts() -> None:
    assert deadline(CALENDAR, on("2025-09-30"), workdays(5)).date == on("2025-10-14")


def test_vector_1_fails_when_the_calendar_row_is_removed() -> None:
    years = {year.year: year for year in official_years()}
    old = years[2025]
    years[2025] = Year(2025, old.rest, old.work - {on("2025-10-11")})
    assert deadline(Calendar(years), on("2025-09-30"), workdays(5)).date == on("2025-10-15")


def test_vector_2_calendar_days_and_a_last_day_that_rests() -> None:
    start, limit = on("2026-01-05"), Limit(90, "day")
    assert deadline(CALENDAR, start, limit, roll=False).date == on("2026-04-05")
    assert deadline(CALENDAR, start, limit).date == on("2026-04-07")  # 04-05 and 04-06 are Qingming


def test_vector_3_overlapping_suspensions_count_once() -> None:
    start = on("2026-03-02")  # a Monday

    def nth(number: int) -> date:
        return CALENDAR.add_workdays(start, number)

    expert = Suspension("expert_review", nth(3), nth(10))
    test = Suspension("inspection_test", nth(5), nth(12))
    assert deadline(CALENDAR, start, workdays(20)).date == nth(20)
    assert deadline(CALENDAR, start, workdays(20), [expert]).date == nth(28)
    assert deadline(CALENDAR, start, workdays(20), [expert, test]).date == nth(30)


def test_vector_4_silence_is_acceptance_on_working_day_6() -> None:
    receipt = on("2026-03-02")
    assert notice_day(CALENDAR, receipt) == on("2026-03-09")  # Monday, the fifth working day
    assert deemed_acceptance_day(CALENDAR, receipt) == on("2026-03-10")
    assert deemed_acceptance_day(CALENDAR, receipt) <= CALENDAR.add_workdays(receipt, 6)
    # over the National Day: the fifth working day is Tue 2026-10-13
    assert deemed_acceptance_day(CALENDAR, on("2026-09-30")) == on("2026-10-14")


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [("2026-02-12", 3, "2026-02-24"), ("2026-09-30", 5, "2026-10-13"), ("2026-10-09", 5, "2026-10-15")],
)
def test_vectors_16_and_18(start: str, days: int, due: str) -> None:
    assert deadline(CALENDAR, on(start), workdays(days)).date == on(due)


def test_vector_17_months_end_on_the_months_last_day_and_move_off_a_sunday() -> None:
    start, limit = on("2026-08-31"), Limit(6, "month")
    assert deadline(CALENDAR, start, limit, roll=False).date == on("2027-02-28")
    rolled = deadline(CALENDAR, start, limit)
    assert rolled.date == on("2027-03-01")
    assert rolled.provisional


# --- rules one by one ------------------------------------------------------------------------------------------------


def test_zero_workdays_is_the_same_working_day() -> None:
    assert deadline(CALENDAR, on("2026-03-02"), workdays(0), today=on("2026-03-02")).remaining == 0
    assert deadline(CALENDAR, on("2026-03-02"), workdays(0)).date == on("2026-03-02")
    assert deadline(CALENDAR, on("2026-03-07"), workdays(0)).date == on("2026-03-09")  # received on a Saturday
    stopped = [Suspension("hearing", on("2026-03-02"), on("2026-03-03"))]
    assert deadline(CALENDAR, on("2026-03-02"), workdays(0), stopped).date == on("2026-03-04")


def test_extension_adds_to_the_limit_and_stops_nothing() -> None:
    start = on("2026-03-02")
    found = deadline(CALENDAR, start, workdays(20), extension=10, today=on("2026-03-03"))
    assert found.date == CALENDAR.add_workdays(start, 30)
    assert (found.limit_days, found.used, found.remaining, found.stopped) == (30, 1, 29, False)


def test_an_open_suspension_has_no_date() -> None:
    start = on("2026-03-02")
    pause = [Suspension("expert_review", on("2026-03-05"), None)]
    found = deadline(CALENDAR, start, workdays(20), pause, today=on("2026-03-20"))
    assert (found.date, found.used, found.remaining, found.stopped) == (None, 2, 18, True)
    assert deadline(CALENDAR, start, workdays(20), pause).stopped


def test_a_suspension_after_the_due_date_hides_nothing() -> None:
    start = on("2026-03-02")
    pause = [Suspension("expert_review", on("2026-03-10"), None)]
    found = deadline(CALENDAR, start, workdays(5), pause, today=on("2026-03-12"))
    assert (found.date, found.remaining, found.stopped) == (on("2026-03-09"), -1, False)  # late all the same


def test_stopped_days_after_the_due_date_are_neither_used_nor_overdue() -> None:
    start, limit = on("2026-03-02"), workdays(3)  # due on 03-05
    pause = [Suspension("expert_review", on("2026-03-09"), None)]  # a working day late when it began
    for today in ("2026-03-09", "2026-03-13", "2026-03-20"):
        found = deadline(CALENDAR, start, limit, pause, today=on(today))
        assert (found.date, found.used, found.remaining) == (on("2026-03-05"), 4, -1)
    days = strip(CALENDAR, start, on("2026-03-13"), limit, workdays(3), pause)
    assert [day.kind for day in days if day.date > on("2026-03-05")] == [
        "after", "after", "after", "stopped", "stopped", "stopped", "stopped", "today",
    ]  # fmt: skip
    ended = [Suspension("expert_review", on("2026-03-09"), on("2026-03-11"))]
    found = deadline(CALENDAR, start, limit, ended, today=on("2026-03-13"))
    assert (found.used, found.remaining) == (6, -3)


def test_a_suspension_before_the_start_changes_nothing() -> None:
    start = on("2026-03-02")
    before = [Suspension("hearing", on("2026-02-02"), on("2026-02-06")), Suspension("x", on("2026-02-26"), start)]
    assert deadline(CALENDAR, start, workdays(5), before).date == on("2026-03-09")
    assert deadline(CALENDAR, start, Limit(5, "day"), before[:1]).date == on("2026-03-09")  # 03-07 is a Saturday


def test_overdue_shows_even_on_the_saturday_after() -> None:
    found = deadline(CALENDAR, on("2026-03-02"), workdays(4), today=on("2026-03-07"))
    assert (found.date, found.remaining) == (on("2026-03-06"), -1)


def test_twenty_working_days_from_december_reach_the_provisional_year() -> None:
    assert deadline(CALENDAR, on("2026-12-10"), workdays(20)).provisional
    assert not deadline(CALENDAR, on("2026-12-01"), workdays(20)).provisional


def test_a_year_without_calendar_is_refused() -> None:
    with pytest.raises(CalendarMissing) as refused:
        deadline(CALENDAR, on("2027-12-20"), workdays(20))
    assert refused.value.params["year"] == 2028
    with pytest.raises(CalendarMissing):
        deadline(CALENDAR, on("2027-12-20"), Limit(30, "day"))
    assert deadline(CALENDAR, on("2027-12-20"), Limit(30, "day"), roll=False).date == on("2028-01-19")


@given(st.dates(on("2020-01-01"), on("2026-12-01")), st.integers(0, 60))
def test_months_against_the_words_of_the_law(start: date, months: int) -> None:
    found = add_months(start, months)
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day == start.day or (
        found.day < start.day and found.day == civil.monthrange(found.year, found.month)[1]
    )


# --- against a day-by-day oracle ------------------------------------------------------------------------------------

starts = st.dates(on("2023-01-01"), on("2026-09-01"))
lengths = st.integers(0, 30)


@st.composite
def histories(draw: st.DrawFn) -> tuple[date, Limit, int, list[Suspension], date]:
    start = draw(starts)
    unit: Unit = draw(st.sampled_from(["workday", "day", "month"]))
    limit = Limit(draw(st.integers(0, 3 if unit == "month" else 45)), unit)
    pauses = []
    for cause in draw(st.lists(st.sampled_from("abc"), max_size=4)):
        first = start + draw(st.integers(-20, 50)) * DAY
        is_open = draw(st.integers(0, 9)) == 0
        pauses.append(Suspension(cause, first, None if is_open else first + draw(lengths) * DAY))
    return start, limit, draw(st.sampled_from([0, 0, 5])) if unit != "month" else 0, pauses, start + draw(lengths) * DAY


def paused(pauses: list[Suspension], day: date) -> bool:
    return any(p.start <= day and (p.end is None or day <= p.end) for p in pauses)


def walk(start: date, limit: Limit, extension: int, pauses: list[Suspension]) -> date | None:
    """Day after day, as one would with a pencil on a wall calendar."""
    total = limit.value + extension
    if limit.unit == "month":
        total = (add_months(start, limit.value) - start).days
    day, counted, horizon = start, 0, start + 400 * DAY
    if total == 0:
        total, day = 1, start - DAY
    while counted < total:
        day += DAY
        if day > horizon:
            return None
        if not paused(pauses, day) and (limit.unit != "workday" or CALENDAR.is_workday(day)):
            counted += 1
    while limit.unit != "workday" and (not CALENDAR.is_workday(day) or paused(pauses, day)):
        day += DAY
        if day > horizon:
            return None
    return day


@given(histories())
def test_deadline_equals_the_walk(history: tuple[date, Limit, int, list[Suspension], date]) -> None:
    start, limit, extension, pauses, today = history
    found = deadline(CALENDAR, start, limit, pauses, extension, today)
    due = walk(start, limit, extension, pauses)
    assert found.date == due
    assert found.remaining is not None
    if due is not None and today <= due:
        ahead = [today + n * DAY for n in range(1, (due - today).days + 1)]
        assert found.remaining == sum(
            not paused(pauses, day) and (limit.unit != "workday" or CALENDAR.is_workday(day)) for day in ahead
        )
        assert found.stopped == paused(pauses, today)
    if due is not None and today > due:
        late = [due + n * DAY for n in range(1, (today - due).days + 1)]
        ran = [d for d in late if not paused(pauses, d) and (limit.unit != "workday" or CALENDAR.is_workday(d))]
        assert found.remaining == -max(1, len(ran))
    if limit.unit == "workday" and limit.value and due is not None and today <= due:
        assert found.used + found.remaining == found.limit_days == limit.value + extension


@given(histories())
def test_a_longer_pause_never_brings_the_date_forward(
    history: tuple[date, Limit, int, list[Suspension], date],
) -> None:
    start, limit, extension, pauses, _ = history
    longer = [Suspension(p.cause, p.start, p.end and p.end + DAY) for p in pauses]
    before = deadline(CALENDAR, start, limit, pauses, extension).date
    after = deadline(CALENDAR, start, limit, longer, extension).date
    assert (before or date.max) <= (after or date.max)


@given(histories())
def test_union_covers_the_same_days_once(history: tuple[date, Limit, int, list[Suspension], date]) -> None:
    start, _, _, pauses, _ = history
    united = union(pauses)
    for n in range(-15, 120):
        day = start + n * DAY
        inside = [one for one in united if one[0] <= day and (one[1] is None or day <= one[1])]
        assert len(inside) == paused(pauses, day)


@given(histories(), st.integers(0, 20))
def test_the_strip_tells_the_same_story(history: tuple[date, Limit, int, list[Suspension], date], shorter: int) -> None:
    start, limit, extension, pauses, today = history
    promised = Limit(shorter, "workday")
    days = strip(CALENDAR, start, today, promised, limit, pauses, extension)
    assert [day.date for day in days] == [start + n * DAY for n in range(len(days))]
    assert sum(day.kind == "today" for day in days) == 1
    for clock, more, no, due in (
        (promised, 0, "promised_no", "is_promised_due"),
        (limit, extension, "legal_no", "is_legal_due"),
    ):
        found = deadline(CALENDAR, start, clock, pauses, more)
        assert [day.date for day in days if getattr(day, due)] == ([] if found.date is None else [found.date])
        numbers = [getattr(day, no) for day in days if getattr(day, no) is not None]
        assert numbers == list(range(1, len(numbers) + 1))
        if found.date is not None and found.limit_days:
            assert len(numbers) == found.limit_days
    assert all(bool(day.causes) == paused(pauses, day.date) for day in days)


def test_a_strip_to_look_at() -> None:
    pause = [Suspension("expert_review", on("2026-03-05"), on("2026-03-06"))]
    days = strip(CALENDAR, on("2026-03-02"), on("2026-03-09"), workdays(3), workdays(5), pause)
    assert [(day.kind, day.promised_no, day.legal_no) for day in days] == [
        ("start", None, None),
        ("counted", 1, 1),
        ("counted", 2, 2),
        ("stopped", None, None),
        ("stopped", None, None),
        ("rest", None, None),
        ("rest", None, None),
        ("today", 3, 3),
        ("future", None, 4),
        ("future", None, 5),
    ]
    assert [day.date for day in days if day.is_promised_due] == [on("2026-03-09")]
    assert [day.date for day in days if day.is_legal_due] == [on("2026-03-11")]
    late = strip(CALENDAR, on("2026-03-02"), on("2026-03-06"), None, workdays(2))
    assert [day.kind for day in late] == ["start", "counted", "counted", "after", "today"]
