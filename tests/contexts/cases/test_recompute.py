"""The calendar changes: every open case counts its dates anew, keeps the reason, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection

from tests.contexts.cases.city import City, accepted, build, decide, review_all
from tests.contexts.cases.specials import reviewed, start
from tests.contexts.cases.world import CLOCK, OWNER, REVIEWER, WINDOW, World, officer
from tongban.contexts.cases import jobs
from tongban.contexts.cases.actions import recomputing
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.cases.core.state import Wanted
from tongban.contexts.cases.projections import CASE_KIND
from tongban.contexts.parties.core import Role, system
from tongban.contexts.process import actions as process
from tongban.contexts.process import queries as process_queries
from tongban.foundation import ledger
from tongban.foundation.ledger import worker
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed
from tongban.kernel.workdays import Calendar, CalendarMissing, Year

NOTICE = "江政办〔2026〕9号"
BELL = system("calendar")
COMMAND = c.RecomputeClocks(NOTICE, 2026)


def with_rest(calendar: Calendar, *days: date) -> Calendar:
    """The calendar with more days off in 2026."""
    years = dict(calendar.years)
    years[2026] = Year(2026, years[2026].rest | set(days), years[2026].work)
    return Calendar(years)


def rested(world: World, *days: date) -> World:
    world.calendar = with_rest(world.calendar, *days)
    return world


# --- the rule --------------------------------------------------------------------------------------------------------


def test_new_days_off_move_both_limits_and_the_case_says_why() -> None:
    world = World(now="2026-03-02 09:00").submit().accept()
    old = (world.state.legal_due, world.state.promised_due)
    (event,) = rested(world, date(2026, 3, 4), date(2026, 3, 5)).give(COMMAND, BELL)
    assert isinstance(event, e.ClocksRecomputed)
    assert (event.reason, event.year) == (NOTICE, 2026)
    assert (event.old.legal, event.old.promised) == old
    assert (event.new.legal, event.new.promised) == (world.state.legal_due, world.state.promised_due)
    assert world.state.legal_due == world.calendar.add_workdays(old[0], 2)
    assert world.give(COMMAND, BELL) == []  # a repeat finds nothing to do
    tasks = rows("id", world.state).tables["cases_task"]
    assert {row[15] for row in tasks if row[17] is None} == {world.state.legal_due}


def test_the_notice_day_moves_and_with_it_the_moment_of_deemed_acceptance() -> None:
    world = World(now="2026-03-02 09:00").submit()
    assert world.state.notice_due == date(2026, 3, 9)
    rested(world, date(2026, 3, 4)).give(COMMAND, BELL)
    assert world.state.notice_due == date(2026, 3, 10)
    assert [due.at for due in rows("id", world.state).due if due.key == "deem"] == [datetime(2026, 3, 11, tzinfo=CHINA)]


def test_the_day_that_a_supplement_notice_names_moves_back_but_never_forward() -> None:
    world = World(now="2026-03-02 09:00").submit()
    world.give(c.AskSupplement((Wanted("layout", "看不清"),)), WINDOW)
    assert world.state.supplement is not None
    named = world.state.supplement.due
    plain = world.calendar
    rested(world, date(2026, 3, 4)).give(COMMAND, BELL)
    later = world.state.supplement.due
    assert later > named
    world.calendar = plain
    assert world.give(COMMAND, BELL) == []
    assert world.state.supplement.due == later


def test_a_clock_that_stands_gets_its_date_when_it_goes_on() -> None:
    world = World("ROAD-DIG", now="2026-03-02 09:00").submit().accept()
    lead = officer("l", "cityadmin", Role.REVIEWER)
    special = start(world, "expert_review", asker=lead)
    reviewed(world, special)
    assert rested(world, date(2026, 3, 20)).give(COMMAND, BELL) == []
    world.wait("2026-03-05 09:00").give(c.EndSpecial(world.state.specials[0].id, "通过"), lead)
    assert world.give(COMMAND, BELL) == []


def test_the_end_announced_for_a_special_procedure_moves_with_the_calendar() -> None:
    world = World("ROAD-DIG", now="2026-03-02 09:00").submit().accept()
    special = start(world, "expert_review", asker=officer("l", "cityadmin", Role.REVIEWER))
    (before,) = world.state.specials
    (event,) = rested(world, date(2026, 3, 3)).give(COMMAND, BELL)
    (after,) = world.state.specials
    assert after.planned_end == world.calendar.add_workdays(before.planned_end, 1)
    assert (dict(event.old.specials), dict(event.new.specials)) == (
        {special: before.planned_end},
        {special: after.planned_end},
    )
    assert world.give(COMMAND, BELL) == []
    late = rested(world.wait("2026-06-01 09:00"), date(2026, 6, 2)).give(COMMAND, BELL)
    assert late == []  # a day that was told and has passed stays


def test_a_finished_case_keeps_its_dates_and_nobody_else_may_give_the_command() -> None:
    world = World(now="2026-03-02 09:00").submit().accept()
    for actor in (REVIEWER, OWNER):
        with pytest.raises(NotAllowed):
            rested(world, date(2026, 3, 4)).give(COMMAND, actor)
    world.give(c.Withdraw(), OWNER)
    assert world.give(COMMAND, BELL) == []


def test_a_date_that_can_not_be_counted_is_refused_and_changes_nothing() -> None:
    world = World(now="2026-12-24 09:00").submit().accept()
    before = world.state
    world.calendar = Calendar({2026: world.calendar.years[2026]})
    with pytest.raises(CalendarMissing):
        world.give(COMMAND, CLOCK)
    assert world.state == before


# --- the run ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def city(db: None, monkeypatch: pytest.MonkeyPatch) -> City:
    monkeypatch.setattr(jobs, "SETTLED", 0.0)
    monkeypatch.setattr(jobs, "HANDS", 1)  # a test's transaction is seen by its own connection alone
    return build()


def load(city: City, *rest: date, number: int = 2026) -> None:
    """Load the year anew with more days off."""
    year = process_queries.calendar().years[number]
    new = replace(year, rest=year.rest | set(rest), provisional=False)
    process.load_year(new, source=NOTICE, actor="system:operator", now=city.now)


def due_rows() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, queue FROM ledger_due WHERE stream_id LIKE 'calendar-%%'")
        return cursor.fetchall()


def test_loading_a_changed_year_brings_every_row_up_to_date(city: City) -> None:
    running, waiting, done = accepted(city), city.file(), accepted(city)
    review_all(city, done)
    decide(city, done)
    city.work()
    before = {case: city.state(case) for case in (running, waiting, done)}
    load(city, date(2026, 3, 4))
    assert due_rows() == [("calendar.recompute", "calendar")]
    city.later(minutes=1).work()
    assert due_rows() == []
    assert city.state(running).legal_due > before[running].legal_due
    assert city.state(waiting).notice_due == date(2026, 3, 10)
    assert city.state(done) == before[done]
    with connection.cursor() as cursor:
        cursor.execute("SELECT legal_due, promised_due FROM cases_case WHERE stream_id = %s", [running])
        assert cursor.fetchone() == (city.state(running).legal_due, city.state(running).promised_due)
        cursor.execute("SELECT DISTINCT legal_due FROM cases_task WHERE stream_id = %s AND done_at IS NULL", [running])
        assert cursor.fetchall() == [(city.state(running).legal_due,)]
    told = ledger.history(CASE_KIND, running)[-1]
    assert (told.type, told.event.reason, told.actor) == ("case.clocks_recomputed", NOTICE, "system:calendar")
    year = process_queries.year(2026)
    assert year is not None
    assert (year.changes, year.changed, year.refused, year.recompute_since) == (1, 2, 0, None)
    assert ledger.verify().ok


def test_the_same_year_again_owes_nothing_and_a_new_year_neither(city: City) -> None:
    accepted(city)
    city.work()
    year = process_queries.year(2026)
    assert year is not None
    process.load_year(
        Year(2026, frozenset(year.rest), frozenset(year.work)), source=year.source, actor="system:x", now=city.now
    )
    process.load_year(Year(2030, frozenset(), frozenset()), source="x", actor="system:x", now=city.now)
    assert due_rows() == []


def test_the_official_year_makes_provisional_dates_firm(city: City) -> None:
    city.now = datetime(2026, 12, 21, 9, 0, tzinfo=CHINA)
    case = accepted(city)
    assert city.state(case).due_provisional
    load(city, number=2027)
    city.work()
    assert not city.state(case).due_provisional
    assert "case.clocks_recomputed" in {record.type for record in ledger.history(CASE_KIND, case)}


def test_a_run_that_was_cut_short_is_taken_up_where_it_stood(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [accepted(city) for _ in range(3)]
    city.work()
    monkeypatch.setattr(recomputing, "BATCH", 1)
    load(city, date(2026, 3, 4))
    real, given = ledger.execute_many, []

    def cut(*args: Any, **kwargs: Any) -> Any:
        if len(given) == 2:
            raise RuntimeError("killed")
        given.append(args)
        return real(*args, **kwargs)

    monkeypatch.setattr(recomputing.ledger, "execute_many", cut)
    city.work()
    assert due_rows() == [("calendar.recompute", "calendar")]
    monkeypatch.setattr(recomputing.ledger, "execute_many", real)
    with connection.cursor() as cursor:  # the wait before the next try is over
        cursor.execute("UPDATE ledger_due SET leased_until = '-infinity'")
    city.work()
    assert due_rows() == []
    types = [[r.type for r in ledger.history(CASE_KIND, case)].count("case.clocks_recomputed") for case in cases]
    assert types == [1, 1, 1]


def test_a_case_that_can_not_be_counted_keeps_its_dates_and_is_told(city: City) -> None:
    city.now = datetime(2026, 12, 24, 9, 0, tzinfo=CHINA)
    case = accepted(city)
    city.work()
    before = city.state(case)
    with connection.cursor() as cursor:  # as if nobody had ever loaded the next year
        cursor.execute("DELETE FROM process_calendar_year WHERE year = 2027")
    process_queries.forget()
    load(city, date(2026, 12, 28))
    city.work()
    year = process_queries.year(2026)
    assert year is not None
    assert (year.cases, year.changed, year.refused) == (1, 0, 1)
    assert city.state(case) == before
    assert worker.unsettled() == ()


def test_what_moved_meanwhile_with_the_old_calendar_is_found_by_the_second_look(city: City) -> None:
    case = accepted(city)
    city.work()
    stale = process_queries.calendar()
    load(city, date(2026, 3, 4))
    first = recomputing.recompute_clocks(year=2026, reason=NOTICE, now=city.now)
    assert (first.cases, first.changed) == (1, 1)
    since = city.now
    city.later(seconds=1)
    code, version = city.state(case).item_code, city.state(case).item_version
    facts = recomputing._facts(code, version, stale, city.now)  # a process that still held the old calendar
    ledger.execute(
        CASE_KIND, case, COMMAND, facts=facts, actor="x", principal="", request_id="stale", now=city.now
    )  # fmt: skip
    wrong = city.state(case).legal_due
    again = recomputing.recompute_clocks(year=2026, reason=NOTICE, now=since, moved=(since, since))
    assert (again.cases, again.changed) == (1, 1)
    assert city.state(case).legal_due > wrong


@pytest.mark.django_db(transaction=True)
def test_two_hands_do_each_case_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "SETTLED", 0.0)
    monkeypatch.setattr(recomputing, "BATCH", 1)
    city = build()
    cases = [accepted(city) for _ in range(4)]
    city.work()
    load(city, date(2026, 3, 4))
    city.work()
    types = [[r.type for r in ledger.history(CASE_KIND, case)].count("case.clocks_recomputed") for case in cases]
    assert types == [1, 1, 1, 1]
    assert due_rows() == []
    assert ledger.verify().ok
