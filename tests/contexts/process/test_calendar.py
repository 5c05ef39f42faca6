"""The calendar table: loaded through the ledger, refused when it is no calendar, held without costing statements."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tongban.contexts.process import actions, queries
from tongban.contexts.process.core import years
from tongban.contexts.process.core.seeds import official_years, provisional_year, seed_years
from tongban.contexts.process.projections import CALENDAR_YEAR, stream_of
from tongban.foundation import ledger
from tongban.kernel.clock import CHINA
from tongban.kernel.workdays import Year

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    queries.forget()


def test_the_seeds_arrive_as_they_are_and_only_once() -> None:
    assert actions.seed_calendar(now=NOW) == tuple(year.year for year in seed_years())
    assert queries.calendar().years == {year.year: year for year in seed_years()}
    assert actions.seed_calendar(now=NOW) == ()


def test_an_edited_year_survives_seeding_and_is_explained_by_its_history() -> None:
    actions.seed_calendar(now=NOW)
    old = queries.calendar().years[2026]
    day = date(2026, 12, 7)
    actions.load_year(Year(2026, old.rest | {day}, old.work), source="江政办〔2026〕9号", actor="officer:1", now=NOW)
    assert not queries.calendar().is_workday(day)
    assert actions.seed_calendar(now=NOW) == ()
    assert not queries.calendar().is_workday(day)
    told = [(each.actor, each.event.source) for each in ledger.history(CALENDAR_YEAR, stream_of(2026))]
    assert told == [("system:setup", "国务院办公厅关于2026年部分节假日安排的通知"), ("officer:1", "江政办〔2026〕9号")]


def test_the_published_year_replaces_the_provisional_one_and_never_back() -> None:
    actions.load_year(provisional_year(2026), source="", actor="system:setup", now=NOW)
    assert queries.calendar().is_provisional(date(2026, 3, 2))
    assert 2026 in actions.seed_calendar(now=NOW)
    assert queries.calendar().years[2026] == official_years(2026)[0]
    with pytest.raises(years.OfficialStands):
        actions.load_year(provisional_year(2026), source="", actor="officer:1", now=NOW)
    assert queries.calendar().years[2026] == official_years(2026)[0]


@pytest.mark.parametrize(
    ("year", "source", "refusal"),
    [
        (Year(2030, frozenset({date(2031, 1, 1)}), frozenset()), "x", years.YearRefused),
        (Year(2030, frozenset(), frozenset({date(2030, 1, 2)})), "x", years.YearRefused),  # a Wednesday
        (Year(2030, frozenset({date(2030, 1, 5)}), frozenset({date(2030, 1, 5)})), "x", years.YearRefused),
        (Year(2030, frozenset(), frozenset()), " ", years.SourceMissing),
        (Year(1999, frozenset(), frozenset()), "x", years.YearOutOfRange),
    ],
)
def test_what_is_no_calendar_is_refused_and_changes_nothing(year: Year, source: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        actions.load_year(year, source=source, actor="officer:1", now=NOW)
    assert queries.calendar().years == {}
    assert ledger.history(CALENDAR_YEAR, stream_of(year.year)) == ()


def test_the_same_year_again_records_nothing() -> None:
    year = official_years(2026)[0]
    for _ in range(2):
        actions.load_year(year, source="国办发明电〔2025〕7号", actor="officer:1", now=NOW)
    assert len(ledger.history(CALENDAR_YEAR, stream_of(2026))) == 1


def test_the_calendar_costs_no_statement_while_fresh_and_one_later() -> None:
    actions.seed_calendar(now=NOW)
    first = queries.calendar()
    with CaptureQueriesContext(connection) as none:
        assert queries.calendar() is first
    assert len(none) == 0
    queries.forget()
    with CaptureQueriesContext(connection) as one:
        assert queries.calendar() is first
        assert queries.calendar() is first
    assert len(one) == 1


def test_ledger_and_table_agree() -> None:
    ledger.register(CALENDAR_YEAR)
    actions.seed_calendar(now=NOW)
    streams = [stream_of(year.year) for year in seed_years()]
    assert ledger.verify(streams).ok
    with connection.cursor() as cursor:
        cursor.execute("UPDATE process_calendar_year SET work = '{}' WHERE year = 2026")
    problem = ledger.verify(streams).problem
    assert problem is not None
    assert problem.table == "process_calendar_year"
    assert stream_of(2026) in problem.key


def test_the_table_itself_refuses_a_second_row_of_a_year() -> None:
    actions.load_year(official_years(2026)[0], source="x", actor="officer:1", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO process_calendar_year VALUES ('calendar-x', 2026, '{}', '{}', false, 'x')")
