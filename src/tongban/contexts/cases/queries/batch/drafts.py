"""Drafts of batches, seen by their owner alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

import msgspec
from django.db.models import Count, Q

from tongban.contexts.cases.core.batch.sheet.reading import Problem, Row
from tongban.contexts.cases.core.batch.views import BatchDraftView, DraftRow
from tongban.contexts.cases.core.state import Material
from tongban.contexts.cases.models import BatchDraft, BatchRow
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.documents import queries as documents
from tongban.contexts.documents.core.files import StoredFile
from tongban.contexts.parties.core import Actor
from tongban.kernel.refusals import NotFound, Words

#: Rows on a page.
PAGE = 50


def still_theirs(row: BatchDraft, actor: Actor) -> bool:
    """Whose mandate ended, or was narrowed, loses sight of what they were putting together for that party."""
    principal = actor.principal(str(row.principal))
    return actor.kind == "citizen" and principal is not None and principal.covers(row.item_code)


def _own(draft_id: str, actor: Actor) -> BatchDraft:
    try:
        row = BatchDraft.objects.get(id=uuid.UUID(str(draft_id)), owner=actor.id)
    except (BatchDraft.DoesNotExist, ValueError):
        raise NotFound from None
    if not still_theirs(row, actor):
        raise NotFound
    return row


def batch_draft(draft_id: str, *, actor: Actor) -> BatchDraftView:
    """One own draft with its counts. Refuses NotFound, also for somebody else's."""
    return _view(_own(draft_id, actor))


def batch_drafts(*, actor: Actor) -> tuple[BatchDraftView, ...]:
    """The actor's unfinished batches, last touched first."""
    rows = BatchDraft.objects.filter(owner=actor.id).order_by("-updated_at")[:20]
    return tuple(_view(row) for row in rows if still_theirs(row, actor))


def batch_rows(
    draft_id: str, *, actor: Actor, page: int = 1, only: str = "", size: int = PAGE
) -> tuple[tuple[DraftRow, ...], int]:
    """A page of the people of an own draft and how many pages there are. `only`: "wrong" those with mistakes,
    "lacking" those that lack papers, "ready" those in order. Refuses NotFound."""
    draft = _own(draft_id, actor)
    found = BatchRow.objects.filter(draft=draft.id, batch=None).order_by("place")
    if only == "wrong":
        found = found.exclude(problems=[])
    elif only == "lacking":
        found = found.exclude(lacking=[])
    elif only == "ready":
        found = found.filter(ready=True)
    pages = max(1, -(-found.count() // size))
    page = min(max(page, 1), pages)
    return tuple(_row(row) for row in found[(page - 1) * size : page * size]), pages


def rows_to_mend(draft_id: str, *, actor: Actor) -> tuple[DraftRow, ...]:
    """Every row of an own draft that can't be filed yet, for a list to download. Refuses NotFound."""
    draft = _own(draft_id, actor)
    rows = BatchRow.objects.filter(draft=draft.id, batch=None, ready=False).order_by("place")
    return tuple(_row(row) for row in rows)


def batch_file(draft_id: str, file_id: str, *, actor: Actor) -> tuple[StoredFile, bytes]:
    """The bytes of a paper in an own draft, to look at before filing. Refuses NotFound."""
    draft = _own(draft_id, actor)
    rows = BatchRow.objects.filter(draft=draft.id, materials__contains=[{"file_id": file_id}])
    if all(material["file_id"] != file_id for material in draft.materials) and not rows.exists():
        raise NotFound
    return documents.file(file_id)


def _row(row: BatchRow) -> DraftRow:
    problems = msgspec.convert(row.problems, tuple[Problem, ...])
    return DraftRow(
        place=row.place,
        row=Row(row.row, row.values, row.shown, problems),
        name=row.name,
        number=row.number,
        materials=_materials(row.materials),
        lacking=tuple(row.lacking),
        ready=row.ready,
    )


def _materials(found: Iterable[object]) -> tuple[Material, ...]:
    return msgspec.convert(found, tuple[Material, ...])


def _view(row: BatchDraft) -> BatchDraftView:
    counts = BatchRow.objects.filter(draft=row.id, batch=None).aggregate(
        rows=Count("place"),
        ready=Count("place", filter=Q(ready=True)),
        wrong=Count("place", filter=~Q(problems=[])),
        lacking=Count("place", filter=~Q(lacking=[])),
    )
    return BatchDraftView(
        id=str(row.id),
        item=catalogue.version(row.item_code, row.item_version).item,
        current_version=catalogue.current(row.item_code).item.version,
        principal=str(row.principal),
        person=row.person,
        division=row.division,
        values=row.values,
        answered=row.answered,
        materials=_materials(row.materials),
        sheet_name=str(row.sheet.get("name", "")),
        letters=dict(row.sheet.get("letters", {})),
        notes=msgspec.convert(row.sheet.get("notes", []), tuple[Words, ...]),
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        updated_at=row.updated_at,
        **counts,
    )
