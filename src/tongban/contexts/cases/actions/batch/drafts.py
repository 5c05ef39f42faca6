"""Drafts of batches: begin, answer what is asked once for all, discard. A draft belongs to who began it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from tongban.contexts.cases.core.answers import asked, check_served
from tongban.contexts.cases.core.batch.refusals import CompaniesOnly
from tongban.contexts.cases.core.batch.sheet.checking import checked, lacking
from tongban.contexts.cases.core.batch.sheet.columns import batch_of, columns_of, common_fields
from tongban.contexts.cases.core.batch.sheet.reading import Problem, Row
from tongban.contexts.cases.core.refusals import RealLevelTooLow
from tongban.contexts.cases.models import BatchDraft, BatchRow
from tongban.contexts.cases.queries.batch.drafts import still_theirs
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.materials import typed_values
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor
from tongban.kernel.refusals import NotAllowed, NotFound

#: Rows written in one statement.
CHUNK = 500


def start_batch(*, item_code: str, principal_id: str, division: str, actor: Actor, now: datetime) -> str:
    """Begin one application for many people, for a company one may act for. Answers the draft's id.

    Refuses an item that takes no batches, a party one may not act for, `CompaniesOnly`, a real-name level below the
    item's.
    """
    item = catalogue.current(item_code).item
    batch_of(item)
    assert item.handling is not None
    principal = actor.principal(principal_id)
    if actor.kind != "citizen" or principal is None or not principal.covers(item_code):
        raise NotAllowed
    if principal.kind != "legal":
        raise CompaniesOnly
    if actor.real_level < item.handling.minimum_real_level:
        raise RealLevelTooLow(level=item.handling.minimum_real_level)
    check_served(item, principal.kind)
    draft = BatchDraft.objects.create(
        id=uuid.uuid4(),
        owner=actor.id,
        principal=principal_id,
        person=actor.party_id,
        item_code=item.code,
        item_version=item.version,
        division=division,
        contact_name=actor.name,
        contact_phone=parties.particulars(actor.party_id, actor=actor).phone,
        created_at=now,
        updated_at=now,
    )
    return str(draft.id)


def own(draft_id: str, actor: Actor) -> BatchDraft:
    """The actor's own draft, locked for this transaction. Refuses NotFound, also for somebody else's and for one of a
    party that the actor acts for no more."""
    try:
        draft = BatchDraft.objects.select_for_update().get(id=uuid.UUID(str(draft_id)), owner=actor.id)
    except (BatchDraft.DoesNotExist, ValueError):
        raise NotFound from None
    if not still_theirs(draft, actor):
        raise NotFound
    return draft


def item_of(draft: BatchDraft) -> Item:
    """The item version that the draft was begun under."""
    return catalogue.version(draft.item_code, draft.item_version).item


@transaction.atomic
def save_common(
    *, draft_id: str, values: Mapping[str, str | list[str]], complete: bool, actor: Actor, now: datetime
) -> None:
    """Keep the answers given once for all; `complete`: the page was left with everything in order.

    Unknown questions and columns of the sheet are dropped (行政许可法 31). Every row is looked at again.
    """
    draft = own(draft_id, actor)
    item = item_of(draft)
    known = {field.id for field in common_fields(item)}
    kept = {**draft.values, **{key: value for key, value in values.items() if key in known}}
    typed = typed_values(item, kept)
    draft.values = {
        field.id: kept[field.id] for field in common_fields(item) if field.id in kept and asked(field, typed)
    }
    draft.answered, draft.updated_at = draft.answered or complete, now
    draft.save(update_fields=["values", "answered", "updated_at"])
    look_again(draft, item)


@transaction.atomic
def adopt_batch_version(*, draft_id: str, actor: Actor, now: datetime) -> None:
    """Move a draft to the item version now in force; answers and rows stay, and are looked at again."""
    draft = own(draft_id, actor)
    current = catalogue.current(draft.item_code).item
    batch_of(current)
    draft.item_version, draft.answered, draft.updated_at = current.version, False, now
    draft.save(update_fields=["item_version", "answered", "updated_at"])
    look_again(draft, current)


@transaction.atomic
def discard_batch(*, draft_id: str, actor: Actor) -> None:
    """Throw an own draft away, but for rows that are being filed. Refuses NotFound."""
    draft = own(draft_id, actor)
    BatchRow.objects.filter(draft=draft.id, batch=None).delete()
    draft.delete()


def look_again(draft: BatchDraft, item: Item) -> None:
    """Say anew what is wrong with every row that is not being filed, and which papers it lacks."""
    rows = list(BatchRow.objects.filter(draft=draft.id, batch=None).order_by("place"))
    judge(draft, item, rows)
    fields = ["values", "problems", "lacking", "ready", "name", "number"]
    BatchRow.objects.bulk_update(rows, fields, batch_size=CHUNK)


def judge(draft: BatchDraft, item: Item, rows: list[BatchRow]) -> None:
    """Fill in, for each of `rows`, what is wrong with it now; nothing is saved."""
    columns = columns_of(item)
    found = checked(item, draft.values, (_read(row) for row in rows), known={})
    for row, one in zip(rows, found, strict=True):
        row.values = one.values
        row.name = str(one.values.get(columns.name) or one.shown.get(columns.name, ""))
        row.number = str(one.values.get(columns.number, ""))
        row.problems = msgspec.to_builtins(one.problems)
        given = [material["id"] for material in (*draft.materials, *row.materials)]
        row.lacking = lacking(item, draft.values, one.values, given)
        row.ready = not row.problems and not row.lacking


#: What the cells themselves were unfit for; the rest is judged again each time.
_OF_THE_CELL = frozenset({"excel_number", "not_a_date", "unknown_option"})


def _read(row: BatchRow) -> Row:
    problems: Iterable[dict[str, Any]] = row.problems
    kept = tuple(
        Problem(one["field"], one["reason"])
        for one in problems
        if one["reason"] in _OF_THE_CELL and one["field"] not in row.values
    )
    return Row(row.row, dict(row.values), dict(row.shown), kept)
