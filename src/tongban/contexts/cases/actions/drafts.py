"""Drafts: begin, answer, attach, discard. A draft belongs to who began it; nobody else sees it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.answers import check_served
from tongban.contexts.cases.core.intake import require_phase
from tongban.contexts.cases.core.refusals import MaterialUnknown, RealLevelTooLow
from tongban.contexts.cases.core.state import Material, Phase
from tongban.contexts.cases.core.trust import grade_of_upload
from tongban.contexts.cases.models import Draft
from tongban.contexts.cases.queries.drafts import still_theirs
from tongban.contexts.cases.queries.states import state_of
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.documents import actions as documents
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed, NotFound

from .running import case_uuid


def _handled(code: str) -> Item:
    item = catalogue.current(code).item
    if item.handling is None:
        raise NotFound
    return item


def start_draft(*, item_code: str, principal_id: str, division: str, actor: Actor, now: datetime) -> str:
    """Begin an application online for oneself or for a party that gave a mandate. Answers the draft's id.

    Refuses an item that is not on the list, a party one may not act for, a party the item does not serve, and a
    real-name level below the item's.
    """
    item = _handled(item_code)
    assert item.handling is not None
    principal = actor.principal(principal_id)
    if actor.kind != "citizen" or principal is None or not principal.covers(item_code):
        raise NotAllowed
    if actor.real_level < item.handling.minimum_real_level:
        raise RealLevelTooLow(level=item.handling.minimum_real_level)
    check_served(item, principal.kind)
    contact = parties.particulars(actor.party_id, actor=actor)
    return _create(
        item, actor, now, principal=principal_id, person=actor.party_id, division=division, channel="online",
        contact_name=actor.name, contact_phone=contact.phone,
    )  # fmt: skip


def start_window_draft(
    *, item_code: str, applicant_id: str, person_id: str, division: str, actor: Actor, now: datetime
) -> str:
    """Begin an application at a window for somebody present (`person_id`), who may act for `applicant_id`.

    Refuses a window that is not authorised for the item, and a person without a mandate in force that covers it.
    """
    item = _handled(item_code)
    if not actor.may_receive(item_code) or not _represents(person_id, applicant_id, item_code, actor=actor, now=now):
        raise NotAllowed
    applicant = parties.party(applicant_id, actor=actor)
    contact = parties.particulars(person_id, actor=actor)
    check_served(item, applicant.kind)
    return _create(
        item, actor, now, principal=applicant_id, person=person_id, division=division, channel="window",
        contact_name=contact.party.name, contact_phone=contact.phone,
    )  # fmt: skip


def _represents(person_id: str, applicant_id: str, item_code: str, *, actor: Actor, now: datetime) -> bool:
    """Whether the person acts for the applicant in this item today: it is themselves, or a mandate says so."""
    if person_id == applicant_id:
        return True
    today = now.astimezone(CHINA).date()
    return any(
        mandate.from_party == applicant_id and mandate.to_party == person_id and mandate.in_force(today)
        and ("*" in mandate.items or item_code in mandate.items)
        for mandate in parties.mandates(person_id, actor=actor)
    )  # fmt: skip


def _create(item: Item, actor: Actor, now: datetime, **columns: Any) -> str:
    draft = Draft.objects.create(
        id=uuid.uuid4(),
        owner=actor.id,
        item_code=item.code,
        item_version=item.version,
        created_at=now,
        updated_at=now,
        **columns,
    )
    return str(draft.id)


def open_supplement(*, case_id: str, actor: Actor, now: datetime) -> str:
    """Begin gathering the papers of a supplement; the draft has the case's own id, so there is one at most."""
    state = state_of(case_id)
    rights.require_sight(actor, state)
    require_phase(state, Phase.CORRECTING)
    if not (rights.is_applicant(actor, state) or rights.is_window(actor, state)):
        raise NotAllowed
    Draft.objects.update_or_create(
        id=case_id,
        create_defaults={
            "kind": "supplement", "owner": actor.id, "principal": state.applicant, "person": state.person,
            "item_code": state.item_code, "item_version": state.item_version, "division": state.division,
            "channel": "online" if actor.kind == "citizen" else "window", "created_at": now, "updated_at": now,
        },
        defaults={"owner": actor.id},
    )  # fmt: skip
    return case_id


def _own(draft_id: str, actor: Actor) -> Draft:
    """The actor's own draft, locked for this transaction. Refuses NotFound, also for somebody else's and for one of
    a party that the actor acts for no more."""
    try:
        draft = Draft.objects.select_for_update().get(id=uuid.UUID(str(draft_id)), owner=actor.id)
    except (Draft.DoesNotExist, ValueError):
        raise NotFound from None
    if not still_theirs(draft, actor):
        raise NotFound
    return draft


@transaction.atomic
def save_answers(
    *, draft_id: str, values: Mapping[str, str | list[str]], step: str = "", actor: Actor, now: datetime
) -> None:
    """Keep answers, complete or not; `step` marks a topic as passed. Unknown fields are dropped (行政许可法 31)."""
    draft = _own(draft_id, actor)
    item = catalogue.version(draft.item_code, draft.item_version).item
    assert item.handling is not None
    known = {field.id for form_step in item.handling.form for field in form_step.fields}
    draft.values = {**draft.values, **{key: value for key, value in values.items() if key in known}}
    if step:
        draft.answers = {**draft.answers, step: now.isoformat()}
    draft.updated_at = now
    draft.save(update_fields=["values", "answers", "updated_at"])


@transaction.atomic
def adopt_current_version(*, draft_id: str, actor: Actor, now: datetime) -> None:
    """Move a draft to the item version now in force; answers and papers stay, to be looked over again."""
    draft = _own(draft_id, actor)
    draft.item_version = catalogue.current(draft.item_code).item.version
    draft.answers, draft.updated_at = {}, now
    draft.save(update_fields=["item_version", "answers", "updated_at"])


def attach_material(
    *,
    draft_id: str,
    material_id: str,
    data: bytes,
    filename: str,
    original_seen: bool = False,
    actor: Actor,
    now: datetime,
) -> Material:
    """Store a file for one material of the draft; it replaces what was there.

    Its kind is told from its content. Refuses FileEmpty, FileTooLarge, FileTypeRefused, MaterialUnknown. Grade C; B
    where a window officer compared it with the original.
    """
    with transaction.atomic():
        draft = _own(draft_id, actor)
        item = catalogue.version(draft.item_code, draft.item_version).item
        kind = next((m for m in item.materials if m.id == material_id and m.source != "government"), None)
        if kind is None:
            raise MaterialUnknown
        stored = documents.store_file(
            data=data, filename=filename, accepts=kind.accepts, max_bytes=kind.max_mib * 1024 * 1024,
            owner=f"draft:{draft_id}", now=now,
        )  # fmt: skip
        grade = grade_of_upload(actor, original_seen=original_seen)
        material = Material(
            id=material_id, file_id=stored.id, filename=stored.filename, media_type=stored.media_type,
            size=stored.size, sha256=stored.sha256, grade=grade, checked_by=actor.id if grade == "B" else "",
            checked_at=now if grade == "B" else None,
        )  # fmt: skip
        row = {**asdict(material), "checked_at": now.isoformat() if grade == "B" else None}
        draft.materials = [m for m in draft.materials if m["id"] != material_id] + [row]
        draft.updated_at = now
        draft.save(update_fields=["materials", "updated_at"])
    return material


@transaction.atomic
def remove_material(*, draft_id: str, material_id: str, actor: Actor, now: datetime) -> None:
    """Take a file out of the draft."""
    draft = _own(draft_id, actor)
    draft.materials = [m for m in draft.materials if m["id"] != material_id]
    draft.updated_at = now
    draft.save(update_fields=["materials", "updated_at"])


def discard_draft(*, draft_id: str, actor: Actor) -> None:
    """Throw an own draft away. Refuses NotFound."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_draft WHERE id = %s AND owner = %s", [case_uuid(draft_id), actor.id])
        if cursor.rowcount == 0:
            raise NotFound
