"""Versions published before versions had streams get theirs, byte by byte the same."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from itertools import pairwise
from typing import Any

import msgspec
from django.db import transaction

from tongban.contexts.catalogue import models, queries
from tongban.contexts.catalogue.actions import steps
from tongban.contexts.catalogue.actions.loading import ADOPTED
from tongban.contexts.catalogue.actions.model_loading import adopted
from tongban.contexts.catalogue.core import versions
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life import stream_of
from tongban.contexts.catalogue.core.life.events import Published
from tongban.contexts.parties.core import system

MIGRATION = system("migration")


def adopt(*, now: datetime) -> int:
    """Publish through the ledger what migration 0002 put aside; returns how many versions. Repeatable.

    Each is recorded as `ItemLoaded` (and `VersionSuperseded`) with the moment and the publisher it had; the ledger's
    own moment is `now`, when it was adopted. Routes and tables that have no streams yet are recorded as `ModelLoaded`.
    """
    with transaction.atomic():
        steps.lock()
        rows = list(models.Before.objects.order_by("code", "version"))
        following = {(row.code, row.version): later for row, later in pairwise(rows)}
        orders = []
        for row in rows:
            later = following.get((row.code, row.version))
            replaced = later if later is not None and later.code == row.code and not row.in_force else None
            orders.append(steps.order(stream_of(row.code, row.version), *_adopted(row, replaced)))
        if orders:
            steps.run(orders, actor=MIGRATION, now=now, request_id="", fallback="adopt")
            models.Before.objects.all().delete()
        drawn = adopted(actor=MIGRATION, now=now)
        if drawn:
            steps.run(drawn, actor=MIGRATION, now=now, request_id="", fallback="adopt-models")
    queries.refresh()
    return len(rows)


def _adopted(row: models.Before, replaced: models.Before | None) -> tuple[c.Load, c.Facts]:
    item = versions.decode(row.body, row.version).item
    day = steps.official(row.published_at)
    load = c.Load(
        row.code,
        row.version,
        row.version - 1,
        steps.written(source_of(item), row.code),
        Published(row.body, row.digest, row.route_id),
        ADOPTED,
        effective_from=day.isoformat(),
        superseded_by=replaced.version if replaced else 0,
        superseded_at=replaced.published_at if replaced else None,
    )
    return load, c.Facts(row.published_by, row.published_at, day)


def source_of(item: Item) -> dict[str, Any]:
    """What a file that makes `item` would say: its elements without those that have their defaults."""
    source: dict[str, Any] = _sparse(item, msgspec.to_builtins(item))
    del source["version"]
    return source


def _sparse(value: Any, plain: Any) -> Any:
    """`plain` (the builtins of `value`) without members that have their defaults."""
    if hasattr(value, "__dataclass_fields__"):
        return {
            field.name: _sparse(getattr(value, field.name), plain[field.name])
            for field in fields(value)
            if not _is_default(field, getattr(value, field.name))
        }
    if isinstance(value, tuple):
        return [_sparse(child, part) for child, part in zip(value, plain, strict=True)]
    return plain


def _is_default(field: Any, value: Any) -> bool:
    made = field.default_factory() if callable(field.default_factory) else field.default
    return bool(value == made and type(value) is type(made))
