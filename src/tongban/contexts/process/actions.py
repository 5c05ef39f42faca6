"""Loading the calendar: each year is a stream of the ledger, so that a changed due date can always be explained.

This context knows no roles: whoever calls has made sure that the actor may change the calendar.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import uuid4

from tongban.contexts.process import queries
from tongban.contexts.process.core import seeds
from tongban.contexts.process.core.years import LoadYear, RecordRecomputed, YearState
from tongban.contexts.process.projections import CALENDAR_YEAR, stream_of
from tongban.foundation import ledger
from tongban.kernel.workdays import Year

SETUP: Final = "system:setup"
_OFFICIAL: Final = "国务院办公厅关于{year}年部分节假日安排的通知"
_PROVISIONAL: Final = "全国年节及纪念日放假办法（通知公布前暂定）"


def load_year(year: Year, *, source: str, actor: str, now: datetime, request_id: str = "") -> YearState:
    """Set the days of one year; a year that already stands so is left alone. Answers the year as it stands.

    `source` names the notice (文号). Records `YearLoaded`. Refuses `YearRefused`, `YearOutOfRange`, `SourceMissing` and
    `OfficialStands` (a published year never becomes provisional again). Where the days take the place of others, a due
    row is left behind by which the worker counts every open deadline anew (`calendar.recompute`).
    """
    outcome = ledger.execute(
        CALENDAR_YEAR,
        stream_of(year.year),
        LoadYear(year, source),
        facts=now,
        actor=actor,
        principal=actor,
        request_id=request_id or f"load-year-{uuid4()}",
        now=now,
    )
    queries.forget()
    return outcome.state


def record_recomputed(
    year: int, *, change: int, cases: int, changed: int, refused: int, actor: str, now: datetime, request_id: str
) -> YearState:
    """Note that all open deadlines were counted anew after change number `change` of `year`.

    Records `DeadlinesRecomputed`; nothing where the year was changed again meanwhile, which owes the work anew.
    """
    return ledger.execute(
        CALENDAR_YEAR,
        stream_of(year),
        RecordRecomputed(change, cases, changed, refused),
        facts=now,
        actor=actor,
        principal=actor,
        request_id=request_id,
        now=now,
    ).state


def seed_calendar(*, now: datetime, actor: str = SETUP) -> tuple[int, ...]:
    """Load the years a new installation starts with; returns those that were loaded. Repeatable.

    A year that is there stays as it is, edited or not; only a provisional one gives way to the published one.
    """
    queries.forget()
    known = queries.calendar().years
    loaded = []
    for year in seeds.seed_years():
        old = known.get(year.year)
        if old is None or (old.provisional and not year.provisional):
            source = _PROVISIONAL if year.provisional else _OFFICIAL.format(year=year.year)
            load_year(year, source=source, actor=actor, now=now)
            loaded.append(year.year)
    return tuple(loaded)
