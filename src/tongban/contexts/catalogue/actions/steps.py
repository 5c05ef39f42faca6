"""What the steps in the life of a version have in common: facts, content as it is recorded, the way into the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

import msgspec
from django.db import connection

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core import versions
from tongban.contexts.catalogue.core.decisions import pinned, references
from tongban.contexts.catalogue.core.findings import Finding, errors
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life.events import Published, Written
from tongban.contexts.catalogue.core.life.refusals import ChangedSince, ContentInvalid
from tongban.contexts.catalogue.core.life.state import VersionState
from tongban.contexts.catalogue.core.life.views import name_of
from tongban.contexts.catalogue.projections import ITEM_VERSION
from tongban.contexts.catalogue.queries import life as reads
from tongban.contexts.parties.core import Actor
from tongban.foundation import ledger
from tongban.foundation.ledger import Order
from tongban.kernel.canonical import NotCanonicalError, canonical
from tongban.kernel.clock import CHINA

#: Whoever numbers, publishes or cancels versions waits for the others on this advisory lock.
_LOCK: Final = 0x746F6E6763
#: U+0000 in canonical JSON; a backslash that is itself written before "u0000" is none.
_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
#: How many streams one call of the ledger writes: their statements go out together.
BATCH: Final = 100


def lock() -> None:
    """Hold the lock of the catalogue until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def official(now: datetime) -> date:
    """The day of `now` in official time."""
    return now.astimezone(CHINA).date()


def written(content: Mapping[str, Any], code: str, findings: Sequence[Finding] = (), *, agency: str = "") -> Written:
    """Content as it is recorded; `agency` stands in where it names none. Refuses `ContentInvalid`."""
    source = {**content, "code": code}
    source.pop("version", None)  # given when it is published
    try:
        text = canonical(source).decode()
    except (NotCanonicalError, RecursionError):
        raise ContentInvalid(field="content") from None
    if _NUL.search(text):  # no text of PostgreSQL holds it
        raise ContentInvalid(field="content")
    name, stated = name_of(content, code), content.get("agency")
    wrong = len(errors(tuple(findings)))
    return Written(
        text, name.zh, name.en, stated if isinstance(stated, str) and stated else agency, wrong, len(findings) - wrong
    )


def published(state: VersionState, findings: Sequence[Finding]) -> Published | None:
    """What publishing `state` puts in force; None where the checker found errors."""
    if errors(tuple(findings)):
        return None
    try:
        item = msgspec.convert({**msgspec.json.decode(state.content), "version": state.number}, Item)
    except msgspec.ValidationError:
        raise ContentInvalid(field="content") from None
    route, drawn = reads.routes()[item.handling.route] if item.handling else (None, None)
    tables = pinned(item, drawn, reads.decisions()) if any(references(item, drawn)) else {}
    body = versions.encode(item, route, tables)
    return Published(body.decode(), versions.digest(body), route)


def in_force(code: str) -> tuple[str, c.InForce]:
    """The stream of the version of `code` in force and what a step needs to know of it; ("", nothing) for none."""
    stream_id = models.Current.objects.filter(code=code).values_list("stream_id", flat=True).first()
    if stream_id is None:
        return "", c.NOTHING_IN_FORCE
    state = reads.state_of(stream_id)
    return stream_id, c.InForce(state.number, state.effective_from, state.ends_on, state.end_reason)


def run(
    orders: Sequence[Order], *, actor: Actor, now: datetime, request_id: str, fallback: str
) -> tuple[VersionState, ...]:
    """Record `orders` in batches, in their order; the states after. In an outer transaction: all or none."""
    request = request_id or f"{fallback}-{uuid4()}"
    states: list[VersionState] = []
    for start in range(0, len(orders), BATCH):
        outcomes = ledger.execute_many(
            orders[start : start + BATCH],
            actor=actor.id,
            principal=actor.id,
            request_id=f"{request}/{start}" if start else request,
            now=now,
        )
        states += [outcome.state for outcome in outcomes]
    return tuple(states)


def require_seen(stream_id: str, seen: int) -> None:
    """Refuses `ChangedSince` where something happened to the version after event number `seen`; 0 = not asked."""
    if seen and ledger.history(ITEM_VERSION, stream_id)[-1].seq != seen:
        raise ChangedSince


def order(stream_id: str, command: c.Command, facts: c.Facts) -> Order:
    """One command to one version."""
    return Order(ITEM_VERSION, stream_id, command, facts)
