"""Kinds of clock, the one extension, joint handling, day kinds by law, causes, deemed outcomes, hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.contexts.process.core import causes
from tongban.contexts.process.core.clocks import (
    DAY_RULES,
    JOINT,
    OFFICE,
    SERVICES,
    SINGLE,
    Child,
    Clock,
    Extension,
    Law,
    Limit,
    Suspension,
    count,
    deadline,
    deemed_renewal_day,
    extend,
    hours_after,
    instant_warnings,
    joint_suspensions,
    read,
    renewal_application_day,
    service,
    unit_of,
    working_hours,
)
from tongban.contexts.process.core.clocks import refusals as r
from tongban.contexts.process.core.seeds import seed_years
from tongban.kernel.clock import CHINA
from tongban.kernel.workdays import Calendar

CALENDAR = Calendar({year.year: year for year in seed_years()})
DAY = timedelta(days=1)


def on(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


START = on("2026-03-02")
LEGAL = Clock("legal", START, Limit(20, "workday"))


def approved(days: int = 10, approver: str = "organ_head", day: str = "2026-03-20", reason: str = "复杂") -> Extension:
    return Extension(days, approver, on(day), reason)  # type: ignore[arg-type]


# --- TL6: the extension ----------------------------------------------------------------------------------------------


def test_one_extension_of_the_legal_clock_adds_ten_working_days() -> None:
    longer = extend(CALENDAR, LEGAL, approved())
    assert read(CALENDAR, longer).date == CALENDAR.add_workdays(START, 30)
    promised = Clock("promised", START, Limit(10, "workday"))
    assert read(CALENDAR, promised).date == CALENDAR.add_workdays(START, 10)


@pytest.mark.parametrize(
    ("clock", "extension", "refusal"),
    [
        (Clock("promised", START, Limit(10, "workday")), approved(), r.NotExtendable),
        (Clock("stage", START, Limit(2, "workday")), approved(), r.NotExtendable),
        (extend(CALENDAR, LEGAL, approved(5)), approved(5), r.ExtendedAlready),
        (LEGAL, approved(11), r.ExtensionTooLong),
        (LEGAL, approved(0), r.ExtensionTooLong),
        (LEGAL, approved(approver="handler"), r.ExtensionUnapproved),
        (LEGAL, approved(reason=" "), r.ExtensionUnfounded),
        (LEGAL, approved(day="2026-03-31"), r.ExtensionLate),  # the limit ended on 03-30
    ],
)
def test_an_extension_that_no_law_gives_is_refused(
    clock: Clock, extension: Extension, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        extend(CALENDAR, clock, extension)


def test_joint_handling_has_forty_five_days_and_fifteen_more_by_the_government() -> None:
    whole = Clock("legal", START, service("joint_decision").limit)
    assert read(CALENDAR, whole).date == CALENDAR.add_workdays(START, 45)
    with pytest.raises(r.ExtensionUnapproved):
        extend(CALENDAR, whole, approved(15), JOINT)
    longer = extend(CALENDAR, whole, approved(15, "government_head"), JOINT)
    assert read(CALENDAR, longer).date == CALENDAR.add_workdays(START, 60)
    assert service("decision").extension is SINGLE


def test_an_extension_while_the_clock_stands_is_in_time() -> None:
    stopped = Clock("legal", START, Limit(20, "workday"), (Suspension("hearing", on("2026-03-10"), None),))
    assert extend(CALENDAR, stopped, approved(day="2026-06-01")).extension is not None


# --- vector 5: joint handling ----------------------------------------------------------------------------------------


def test_vector_5_the_whole_stands_only_when_every_running_part_does() -> None:
    pause = Suspension("expert_review", on("2026-03-10"), on("2026-03-12"))
    four = [Child(START), Child(START), Child(START), Child(START, None, (pause,))]
    assert joint_suspensions(four) == ()
    done = [Child(START, on("2026-03-09"))] * 3
    assert joint_suspensions([*done, four[3]]) == (Suspension("all_stopped", pause.start, pause.end),)
    open_pause = Suspension("hearing", on("2026-03-11"), None)
    both = [Child(START, None, (pause,)), Child(START, None, (open_pause,))]
    assert joint_suspensions(both) == (Suspension("all_stopped", on("2026-03-11"), on("2026-03-12")),)


@st.composite
def parts(draw: st.DrawFn) -> list[Child]:
    found = []
    for _ in range(draw(st.integers(1, 4))):
        start = START + draw(st.integers(0, 10)) * DAY
        end = start + draw(st.integers(0, 20)) * DAY if draw(st.booleans()) else None
        pauses = []
        for _ in range(draw(st.integers(0, 3))):
            first = START + draw(st.integers(-3, 25)) * DAY
            length = draw(st.integers(-1, 12))
            pauses.append(Suspension("x", first, None if length < 0 else first + length * DAY))
        found.append(Child(start, end, tuple(pauses)))
    return found


@given(parts())
def test_joint_stops_day_by_day(children: list[Child]) -> None:
    stops = joint_suspensions(children)
    for n in range(-5, 60):
        day = START + n * DAY
        running = [c for c in children if c.start <= day and (c.end is None or day <= c.end)]
        stand = bool(running) and all(
            any(p.start <= day and (p.end is None or day <= p.end) for p in c.suspensions) for c in running
        )
        assert any(s.start <= day and (s.end is None or day <= s.end) for s in stops) == stand


# --- TL4: day kinds by law -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "days", "unit"),
    [
        ("licensing", 20, "workday"), ("licensing", 45, "workday"), ("penalty", 7, "workday"), ("penalty", 90, "day"),
        ("penalty", 15, "day"), ("coercion", 10, "workday"), ("coercion", 30, "day"), ("reconsideration", 5, "workday"),
        ("reconsideration", 60, "day"), ("petition", 15, "day"), ("bidding", 20, "day"), ("vehicles", 3, "workday"),
        ("vehicles", 30, "day"), ("civil", 10, "day"),
    ],
)  # fmt: skip
def test_the_law_says_which_days_count(law: Law, days: int, unit: str) -> None:
    assert unit_of(law, days) == unit
    assert unit_of(law, days, says_workdays=True) == "workday"


def test_service_clocks_count_as_their_law_does() -> None:
    laws: dict[str, Law] = {rule.name.zh: rule.law for rule in DAY_RULES}
    explicit = {"disclosure"}  # its article says 工作日
    for one in SERVICES:
        if one.law in laws and one.limit.unit != "month":
            unit = unit_of(laws[one.law], one.limit.value, says_workdays=one.id in explicit)
            assert unit == one.limit.unit, one.id
    assert len({one.id for one in SERVICES}) == len(SERVICES)


# --- TL5, TL9: causes ------------------------------------------------------------------------------------------------


def test_article_45_stops_the_clock_and_a_site_visit_does_not() -> None:
    stops = {cause.id for cause in causes.CAUSES if cause.law == "行政许可法" and cause.stops}
    assert stops == {"hearing", "tender", "inspection_test", "appraisal", "expert_review"}
    assert not causes.BY_ID["site_visit"].stops
    assert all(cause.law and cause.article and cause.notice for cause in causes.CAUSES if cause.stops)
    visit = Suspension("site_visit", START, on("2026-03-06"))
    review = Suspension("expert_review", START, on("2026-03-06"))
    assert causes.stopping([visit, review, Suspension("lunch", START, None)]) == (review,)
    local = causes.with_local({"site_visit": (True, "安阳市政务服务条例", "37")})
    assert causes.stopping([visit], local) == (visit,)


def test_a_city_neither_takes_away_a_stop_of_the_law_nor_invents_one() -> None:
    with pytest.raises(ValueError, match="行政许可法"):
        causes.with_local({"hearing": (False, "", "")})
    with pytest.raises(ValueError, match="name the law"):
        causes.with_local({"site_visit": (True, " ", "")})
    with pytest.raises(KeyError):
        causes.with_local({"lunch": (True, "x", "1")})


def test_an_open_stop_older_than_its_own_limit_is_named() -> None:
    hearing, test = Suspension("hearing", START, None), Suspension("inspection_test", START, None)
    ended = Suspension("hearing", START, on("2026-06-01"))
    due = CALENDAR.add_workdays(START, 20)
    assert causes.overstayed(CALENDAR, [hearing, test, ended], due) == ()
    assert causes.overstayed(CALENDAR, [hearing, test, ended], due + DAY) == (hearing,)
    told = {"inspection_test": 3}
    assert causes.overstayed(CALENDAR, [test], on("2026-03-06"), told=told) == (test,)


# --- TL10: deemed renewal --------------------------------------------------------------------------------------------


def test_silence_on_a_timely_renewal_renews_the_licence() -> None:
    expiry = on("2026-06-30")
    assert renewal_application_day(expiry) == on("2026-05-31")
    assert deemed_renewal_day(on("2026-05-31"), expiry) == on("2026-07-01")
    assert deemed_renewal_day(on("2026-06-01"), expiry) is None
    assert deemed_renewal_day(on("2026-06-20"), expiry, days=10) == on("2026-07-01")


# --- hours -----------------------------------------------------------------------------------------------------------


def test_vector_18_twenty_four_hours_run_through_the_night() -> None:
    assert hours_after(at("2026-10-09 10:00"), 24) == at("2026-10-10 10:00")


def test_stages_count_working_hours_and_not_the_stopped_days() -> None:
    assert OFFICE.opening < OFFICE.closing
    assert working_hours(CALENDAR, at("2026-03-02 09:00"), 8) == at("2026-03-03 09:00")
    assert working_hours(CALENDAR, at("2026-03-06 17:00"), 2) == at("2026-03-09 09:30")  # over a weekend
    assert working_hours(CALENDAR, at("2026-03-02 12:30"), 1) == at("2026-03-02 14:30")  # lunch does not count
    assert working_hours(CALENDAR, at("2026-03-07 10:00"), 0) == at("2026-03-09 08:30")
    pause = Suspension("hearing", on("2026-03-03"), on("2026-03-04"))
    assert working_hours(CALENDAR, at("2026-03-02 09:00"), 8, [pause]) == at("2026-03-05 09:00")
    assert working_hours(CALENDAR, at("2026-03-02 09:00"), 9, [Suspension("hearing", on("2026-03-03"), None)]) is None
    assert working_hours(CALENDAR, at("2026-03-02 09:00"), 8, [Suspension("x", on("2026-03-05"), None)]) is not None


def test_an_instant_item_warns_after_an_hour_and_before_the_day_closes() -> None:
    assert instant_warnings(CALENDAR, at("2026-03-02 09:00")) == (at("2026-03-02 10:00"), at("2026-03-02 17:00"))
    assert instant_warnings(CALENDAR, at("2026-03-07 09:00")) == (at("2026-03-09 09:30"), at("2026-03-09 17:00"))


# --- the count shown day by day --------------------------------------------------------------------------------------


def test_the_count_names_every_day() -> None:
    counting = count(CALENDAR, on("2025-09-30"), Limit(5, "workday"))
    assert [(day.date.day, day.number) for day in counting.counted] == [(9, 1), (10, 2), (11, 3), (13, 4), (14, 5)]
    assert [day.date for day in counting.days if day.make_up] == [on("2025-10-11")]
    assert counting.days[0].kind == "start"
    assert counting.days[-1].date == counting.due == deadline(CALENDAR, on("2025-09-30"), Limit(5, "workday")).date
    moved = count(CALENDAR, on("2026-01-05"), Limit(90, "day"))
    assert (moved.last, moved.due) == (on("2026-04-05"), on("2026-04-07"))
    assert [day.kind for day in moved.days[-3:]] == ["counted", "moved", "moved"]


@pytest.mark.parametrize(
    ("limit", "pauses", "extension", "refusal"),
    [
        (Limit(-1, "day"), [], 0, r.LimitNegative),
        (Limit(1, "day"), [], -1, r.LimitNegative),
        (Limit(10**9, "day"), [], 0, r.LimitTooLong),
        (Limit(1, "workday"), [Suspension("x", on("2026-03-05"), on("2026-03-04"))], 0, r.SuspensionReversed),
    ],
)
def test_what_nobody_can_count_is_refused(
    limit: Limit, pauses: list[Suspension], extension: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        count(CALENDAR, START, limit, pauses, extension)


def test_the_end_of_time_is_refused() -> None:
    with pytest.raises(r.LimitTooLong):
        count(CALENDAR, on("9999-12-30"), Limit(30, "day"), roll=False)
    with pytest.raises(r.LimitTooLong):
        count(CALENDAR, on("9999-12-30"), Limit(3, "month"), roll=False)
