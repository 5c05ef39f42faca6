"""Drafts, seen by their owner alone."""

from __future__ import annotations

import uuid

import msgspec

from tongban.contexts.cases.core.state import Material
from tongban.contexts.cases.core.views import DraftView
from tongban.contexts.cases.models import Draft
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties.core import Actor
from tongban.kernel.refusals import NotFound


def draft(draft_id: str, *, actor: Actor) -> DraftView:
    """One own draft. Refuses NotFound, also for somebody else's."""
    try:
        row = Draft.objects.get(id=uuid.UUID(str(draft_id)), owner=actor.id)
    except (Draft.DoesNotExist, ValueError):
        raise NotFound from None
    return _view(row)


def drafts(*, actor: Actor) -> tuple[DraftView, ...]:
    """The actor's unfinished applications, last touched first."""
    rows = Draft.objects.filter(owner=actor.id, kind="application").order_by("-updated_at")[:20]
    return tuple(_view(row) for row in rows)


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
