"""Into force and out of it, now or on a later day. A new version takes the place of the old in one transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec
from django.db import transaction

from tongban.contexts.catalogue import models, queries
from tongban.contexts.catalogue.actions import steps
from tongban.contexts.catalogue.core import rights
from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life import machine
from tongban.contexts.catalogue.core.life.events import VersionPublished
from tongban.contexts.catalogue.core.life.state import LifeStage, VersionState
from tongban.contexts.catalogue.core.life.views import Draft
from tongban.contexts.catalogue.core.versions import ItemNotListed
from tongban.contexts.catalogue.queries import life as reads
from tongban.contexts.parties.core import Actor, system

CLOCK: Final = system("clock")


def publish_version(
    stream_id: str,
    *,
    effective_from: date | None = None,
    actor: Actor,
    now: datetime,
    seen: int = 0,
    request_id: str = "",
) -> Draft:
    """Put an approved version in force: today, or on a later day by the worker. None = as soon as its content allows.

    Checks it again as of the day of force. Records `VersionPublished` and, for the version before, `VersionSuperseded`;
    or `VersionScheduled`, also anew. Running cases keep their version. Refuses `NotFound`, `NotAllowed` (publishers of
    the service bureau), `WrongStage`, `SamePerson`, `BaseMoved`, `BaseGone`, `DraftHasErrors` with `findings`,
    `DayPassed`, `OutsideValidity`, `DatesOverlap`, and `ChangedSince` where more happened than the event `seen`.
    """
    rights.require(rights.may_publish(actor, reads.organ_of(actor)))
    with transaction.atomic():
        steps.lock()
        state = reads.state_of(stream_id)
        if not (state.stage is LifeStage.PUBLISHED and state.publisher == actor.id):  # else a repeat: it is done
            if state.stage is LifeStage.APPROVED:
                steps.require_seen(stream_id, seen)
            command = c.Publish(effective_from.isoformat() if effective_from else "")
            _publish(stream_id, state, command, actor, now, request_id)
    queries.refresh()
    return queries.draft(stream_id, actor=actor)


def put_in_force(stream_id: str, *, now: datetime, actor: Actor = CLOCK, request_id: str = "") -> None:
    """By the clock: the day of a scheduled version has come. A version that waits no longer is left alone.

    Records as `publish_version` does. Refuses `NotAllowed` (the system only), `LifeNotYetDue`, `BaseMoved`,
    `BaseGone`, and `DraftHasErrors` where the law changed since it was scheduled.
    """
    rights.require(actor.kind == "system")
    with transaction.atomic():
        steps.lock()
        state = reads.state_of(stream_id)
        if state.is_scheduled:
            _publish(stream_id, state, c.PutInForce(), actor, now, request_id)
    queries.refresh()


def _publish(
    stream_id: str, state: VersionState, command: c.Publish | c.PutInForce, actor: Actor, now: datetime, request_id: str
) -> None:
    old, before = steps.in_force(state.code)
    today = steps.official(now)
    findings = reads.check_draft(msgspec.json.decode(state.content), state.code, today=_day(state, command, today))
    facts = c.Facts(actor.id, now, today, before, findings, steps.published(state, findings))
    orders = [steps.order(stream_id, command, facts)]
    decided = machine.decide(state, command, facts)
    if old and any(isinstance(event, VersionPublished) for event in decided):
        # The old pointer goes before the new one comes: an item has one.
        orders.insert(0, steps.order(old, c.Supersede(state.number), facts))
    steps.run(orders, actor=actor, now=now, request_id=request_id, fallback="publish")


def _day(state: VersionState, command: c.Publish | c.PutInForce, today: date) -> date:
    """The day the content is checked for: that of its force, never one that has passed."""
    first, _ = machine.validity(state.content)
    wanted = command.effective_from if isinstance(command, c.Publish) else ""
    return max(today, date.fromisoformat(wanted or first or today.isoformat()))


def cancel_item(code: str, *, on: date, reason: str, actor: Actor, now: datetime, request_id: str = "") -> None:
    """From the day `on` item `code` is no longer offered; cases under way go on under their version.

    Records `ItemCancelled`, or for a later day `CancellationScheduled`, which the worker carries out. Refuses
    `ItemNotListed`, `NotAllowed` (publishers of the service bureau), `NoteMissing`, `DayPassed`, and `OutsideValidity`
    for a day after the version has ended by itself.
    """
    rights.require(rights.may_publish(actor, reads.organ_of(actor)))
    with transaction.atomic():
        steps.lock()
        stream_id = steps.in_force(code)[0] or (_cancelled(code) if request_id else "")
        if not stream_id:
            raise ItemNotListed(item=code)
        order = steps.order(stream_id, c.Cancel(on.isoformat(), reason), c.Facts(actor.id, now, steps.official(now)))
        steps.run([order], actor=actor, now=now, request_id=request_id, fallback="cancel-item")
    queries.refresh()


def _cancelled(code: str) -> str:
    """The stream of the cancelled last version of `code`: there a repeated request meets its first answer."""
    rows = models.Life.objects.filter(code=code, stage=LifeStage.CANCELLED).order_by("-number")
    return rows.values_list("stream_id", flat=True).first() or ""


def end_version(stream_id: str, *, now: datetime, actor: Actor = CLOCK, request_id: str = "") -> None:
    """By the clock: the last day of a version in force has passed.

    Records `ItemCancelled`. Refuses `NotAllowed` (the system only), `LifeNotYetDue`.
    """
    rights.require(actor.kind == "system")
    with transaction.atomic():
        steps.lock()
        order = steps.order(stream_id, c.EndNow(), c.Facts(actor.id, now, steps.official(now)))
        steps.run([order], actor=actor, now=now, request_id=request_id, fallback="end-version")
    queries.refresh()
