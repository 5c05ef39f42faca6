"""Loading the calendar: each year is a stream of the ledger, so that a changed due date can always be explained.

This context knows no roles: whoever calls has made sure that the actor may change the calendar.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import uuid4

from django.db import transaction

from tongban.contexts.process import models, queries
from tongban.contexts.process.core import seeds
from tongban.contexts.process.core.replay.imported import (
    HistoryExists,
    HistoryNameInvalid,
    ImportedCase,
    ImportedLog,
)
from tongban.contexts.process.core.years import LoadYear, RecordRecomputed, YearState
from tongban.contexts.process.projections import CALENDAR_YEAR, stream_of
from tongban.foundation import ledger
from tongban.kernel.workdays import Year

SETUP: Final = "system:setup"
_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
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


def import_history(log: ImportedLog, cases: Iterable[ImportedCase], *, actor: str, now: datetime) -> int:
    """Keep a log of elsewhere beside the ledger, read-only; returns how many cases. One transaction.

    Refuses `HistoryNameInvalid`, and `HistoryExists`: what was imported is never changed.
    """
    if not _NAME.fullmatch(log.name):
        raise HistoryNameInvalid(name=log.name)
    count = 0
    with transaction.atomic():
        if models.HistoryLog.objects.filter(name=log.name).exists():
            raise HistoryExists(name=log.name)
        fields = {field.name: getattr(log, field.name) for field in dataclasses.fields(log)}
        kept = models.HistoryLog.objects.create(**fields, imported_at=now, imported_by=actor)
        for rows in _batches(_row(kept, case) for case in cases):
            count += len(models.HistoryCase.objects.bulk_create(rows))
    return count


def _row(log: models.HistoryLog, case: ImportedCase) -> models.HistoryCase:
    plain = dataclasses.asdict(case)
    kinds = list(dict.fromkeys(kind for kind, _, _ in case.deviations))
    return models.HistoryCase(log=log, kinds=kinds, **plain)


def _batches(rows: Iterable[models.HistoryCase], size: int = 500) -> Iterator[list[models.HistoryCase]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch
