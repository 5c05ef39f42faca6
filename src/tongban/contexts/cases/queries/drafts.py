"""Drafts, seen by their owner alone."""

from __future__ import annotations

import uuid

import msgspec

from tongban.contexts.cases.core.state import Material
from tongban.contexts.cases.core.views import DraftView
from tongban.contexts.cases.models import Draft
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.documents import queries as documents
from tongban.contexts.documents.core.files import StoredFile
from tongban.contexts.parties.core import Actor
from tongban.kernel.refusals import NotFound


def draft(draft_id: str, *, actor: Actor) -> DraftView:
    """One own draft, while the actor may still act for its applicant. Refuses NotFound, also for somebody else's."""
    try:
        row = Draft.objects.get(id=uuid.UUID(str(draft_id)), owner=actor.id)
    except (Draft.DoesNotExist, ValueError):
        raise NotFound from None
    if not still_theirs(row, actor):
        raise NotFound
    return _view(row)


def draft_bytes(draft_id: str, file_id: str, *, actor: Actor) -> tuple[StoredFile, bytes]:
    """The bytes of a file in an own draft, to look at before filing. Refuses NotFound."""
    if all(material.file_id != file_id for material in draft(draft_id, actor=actor).materials):
        raise NotFound
    return documents.file(file_id)


def still_theirs(row: Draft, actor: Actor) -> bool:
    """Whose mandate ended, or was narrowed, loses sight of what they were filling in for that party; whose window
    lost its authority for the item, too."""
    if actor.kind != "citizen":
        return actor.may_receive(row.item_code)
    principal = actor.principal(str(row.principal))
    return principal is not None and principal.covers(row.item_code)


def drafts(*, actor: Actor) -> tuple[DraftView, ...]:
    """The actor's unfinished applications, last touched first."""
    rows = Draft.objects.filter(owner=actor.id, kind="application").order_by("-updated_at")[:20]
    return tuple(_view(row) for row in rows if still_theirs(row, actor))


def _view(row: Draft) -> DraftView:
    return DraftView(
        id=str(row.id),
        kind=row.kind,
        principal=str(row.principal),
        person=row.person,
        item=catalogue.version(row.item_code, row.item_version).item,
        current_version=catalogue.current(row.item_code).item.version,
        division=row.division,
        channel=row.channel,
        values=row.values,
        materials=msgspec.convert(row.materials, tuple[Material, ...]),
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        steps_done=tuple(row.answers),
        updated_at=row.updated_at,
    )
