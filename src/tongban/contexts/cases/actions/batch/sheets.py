"""A sheet of people comes into a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction
from django.db.models import Max

from tongban.contexts.cases.core.batch.sheet.columns import batch_of
from tongban.contexts.cases.core.batch.sheet.reading import Row, Sheet, read_sheet
from tongban.contexts.cases.core.batch.sheet.refusals import SheetTooLong
from tongban.contexts.cases.models import BatchDraft, BatchRow
from tongban.contexts.documents.core.files import clean_name
from tongban.contexts.parties.core import Actor

from .drafts import CHUNK, item_of, judge, own


@dataclass(frozen=True)
class SheetTaken:
    """How many people the sheet named, and how many of them are in order but for papers."""

    rows: int
    sound: int


@transaction.atomic
def take_sheet(
    *, draft_id: str, data: bytes, filename: str, mend: bool = False, actor: Actor, now: datetime
) -> SheetTaken:
    """Read a sheet into an own draft. It replaces the rows that are there; with `mend`, only those with mistakes.

    Refuses NotFound and everything in `core.batch.sheet.refusals`, before any row is touched.
    """
    draft = own(draft_id, actor)
    item = item_of(draft)
    most = batch_of(item).most
    sheet = read_sheet(data, item, most=most)
    standing = BatchRow.objects.filter(draft=draft.id, batch=None)
    if mend:
        stay = list(standing.filter(problems=[]).order_by("place"))
        if len(stay) + len(sheet.rows) > most:
            raise SheetTooLong(most=most, row=sheet.rows[most - len(stay)].number)
        standing.exclude(problems=[]).delete()
    else:
        stay = []
        standing.delete()
    fresh = _fresh(draft, sheet)
    judge(draft, item, [*stay, *fresh])
    BatchRow.objects.bulk_create(fresh, batch_size=CHUNK)
    draft.sheet = {
        "name": clean_name(filename), "letters": sheet.letters, "notes": msgspec.to_builtins(sheet.notes),
        "at": now.isoformat(),
    }  # fmt: skip
    draft.updated_at = now
    draft.save(update_fields=["sheet", "updated_at"])
    return SheetTaken(len(fresh), sum(not row.problems for row in fresh))


def _fresh(draft: BatchDraft, sheet: Sheet) -> list[BatchRow]:
    last = BatchRow.objects.filter(draft=draft.id).aggregate(last=Max("place"))["last"] or 0
    return [_stored(draft, place, row) for place, row in enumerate(sheet.rows, last + 1)]


def _stored(draft: BatchDraft, place: int, row: Row) -> BatchRow:
    return BatchRow(
        draft=draft.id,
        place=place,
        row=row.number,
        values=row.values,
        shown=row.shown,
        problems=msgspec.to_builtins(row.problems),
    )
