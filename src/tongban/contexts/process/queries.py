"""The working calendar as it stands, held by each process and looked up anew at most every few seconds; and the event
logs of elsewhere that were imported."""

from __future__ import annotations

import time
from typing import Final, NamedTuple

from django.db import connection

from tongban.contexts.process import models
from tongban.contexts.process.core.replay.imported import CasesPage, CourseStep, ImportedCase, ImportedLog, KeptLog
from tongban.contexts.process.core.years import YearState
from tongban.contexts.process.projections import CALENDAR_YEAR, stream_of
from tongban.foundation import ledger
from tongban.kernel.refusals import NotFound
from tongban.kernel.workdays import Calendar, Year

#: For so many seconds a process may answer from what it holds; a changed calendar reaches every process within them.
FRESH_SECONDS: Final = 5.0

_MARK = (
    "SELECT md5(string_agg(concat_ws('|', year, rest, work, provisional), ';' ORDER BY year))"
    " FROM process_calendar_year"
)
_YEARS = "SELECT year, rest, work, provisional FROM process_calendar_year"


class _Held(NamedTuple):
    calendar: Calendar
    mark: str | None  # of the rows it was made from; None = no rows
    until: float  # monotonic


_NOTHING: Final = _Held(Calendar({}), None, 0.0)
_held: _Held = _NOTHING  # replaced as a whole, so that threads see the old one or the new one


def calendar() -> Calendar:
    """The calendar: no statement while fresh, one small statement every five seconds, two when it has changed."""
    global _held  # noqa: PLW0603 - the one cache of this process
    held, moment = _held, time.monotonic()
    if moment < held.until:
        return held.calendar
    with connection.cursor() as cursor:
        cursor.execute(_MARK)
        mark = cursor.fetchone()[0]
        if mark is None:  # nothing is loaded yet: ask again next time
            return _NOTHING.calendar
        if mark == held.mark:
            _held = held._replace(until=moment + FRESH_SECONDS)
            return held.calendar
        cursor.execute(_YEARS)
        years = [Year(year, frozenset(rest), frozenset(work), flag) for year, rest, work, flag in cursor.fetchall()]
    found = Calendar({year.year: year for year in years})
    _held = _Held(found, mark, moment + FRESH_SECONDS)
    return found


def year(number: int) -> YearState | None:
    """The year as its stream has it, with what its last change came to; None where it is not loaded."""
    return ledger.load(CALENDAR_YEAR, stream_of(number))


def forget() -> None:
    """Look again at the next question; called after a change, and by tests."""
    global _held  # noqa: PLW0603 - the one cache of this process
    _held = _held._replace(until=0.0)


# -- imported history ------------------------------------------------------------------------------------------------


def history_logs() -> tuple[KeptLog, ...]:
    """Every log that was imported, the newest first. One statement."""
    return tuple(_kept(row) for row in models.HistoryLog.objects.order_by("-imported_at", "name"))


def history_log(name: str) -> KeptLog:
    """One log by its name. Refuses `NotFound`."""
    row = models.HistoryLog.objects.filter(name=name.replace("\0", "")).first()
    if row is None:
        raise NotFound
    return _kept(row)


def history_cases(
    name: str, *, search: str = "", kind: str = "", longest: bool = False, limit: int = 50, offset: int = 0
) -> CasesPage:
    """Cases of a log: those whose name holds `search`, with a deviation of `kind` ("none" = without any, "" = all), in
    the order of the log or the longest first. Two statements."""
    rows = models.HistoryCase.objects.filter(log_id=name.replace("\0", ""))
    if search:
        rows = rows.filter(case__icontains=search.replace("\0", ""))
    if kind:
        rows = rows.filter(kinds=[]) if kind == "none" else rows.filter(kinds__contains=[kind])
    ordered = rows.order_by("-workdays", "number") if longest else rows.order_by("number")
    return CasesPage(tuple(_case(row) for row in ordered[offset : offset + limit]), rows.count())


def history_case(name: str, number: int) -> ImportedCase:
    """One case by its number in the log. Refuses `NotFound`."""
    row = models.HistoryCase.objects.filter(log_id=name.replace("\0", ""), number=number).first()
    if row is None:
        raise NotFound
    return _case(row)


def _kept(row: models.HistoryLog) -> KeptLog:
    log = ImportedLog(
        row.name,
        row.title,
        row.source,
        row.route_id,
        row.route_xml,
        row.cases,
        row.events,
        row.first,
        row.last,
        row.figures,
    )
    return KeptLog(log, row.imported_at, row.imported_by)


def _case(row: models.HistoryCase) -> ImportedCase:
    return ImportedCase(
        row.number,
        row.case,
        row.start,
        row.end,
        row.days,
        row.workdays,
        row.events,
        row.fitness,
        tuple((kind, activity, count) for kind, activity, count in row.deviations),
        tuple(CourseStep(**step) for step in row.course),
        tuple(row.flows),
    )
