"""The states behind the lists, and what the checker says of a content: for this context's actions and jobs too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from django.db import connection

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core import check
from tongban.contexts.catalogue.core.decisions import DecisionFile
from tongban.contexts.catalogue.core.findings import Finding
from tongban.contexts.catalogue.core.life import VersionState
from tongban.contexts.catalogue.projections import ITEM_VERSION
from tongban.contexts.catalogue.queries import listed
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor
from tongban.contexts.process.core.routes import Route
from tongban.contexts.process.core.soundness import publishable
from tongban.foundation import ledger, time
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotFound


def organ_of(actor: Actor) -> str:
    """The base key of an officer's organ: "market" for "market-linjiang"."""
    known = parties.agencies().get(actor.agency) if actor.agency else None
    return known.base if known is not None else actor.agency


def source_of(code: str, number: int) -> dict[str, Any]:
    """What the source of a published version says, for comparing. Refuses `NotFound`."""
    state = state_of(
        models.Version.objects.filter(code=code, version=number).values_list("stream_id", flat=True).first()
    )
    source: dict[str, Any] = msgspec.json.decode(state.content)
    return source


def state_of(stream_id: str | None) -> VersionState:
    """The state of a version, for this context's own actions and jobs. Refuses `NotFound`."""
    state = ledger.load(ITEM_VERSION, stream_id) if stream_id else None
    if state is None:
        raise NotFound
    return state


# -- the checker -----------------------------------------------------------------------------------------------------


def check_draft(content: Mapping[str, Any], code: str, *, today: date | None = None) -> tuple[Finding, ...]:
    """What the checker finds in `content` for item `code`, against the items in force, as the law stands on `today`
    (official date; None = now)."""
    return checker(today)({**content, "code": code})


def checker(today: date | None = None) -> Callable[[Mapping[str, Any]], tuple[Finding, ...]]:
    """`check_draft` for many contents: what they are checked against is gathered once."""
    around = surroundings(today or time.now().astimezone(CHINA).date())
    return lambda content: check.check_content(content, around)


def surroundings(today: date) -> check.Surroundings:
    """What a draft is checked against: the items in force, the routes stored, and what stands beside them."""
    external = listed.external()
    return check.Surroundings(
        today,
        {item.code: item for item in listed.items()},
        {key: route for key, (_, route) in routes().items()},
        frozenset(paper.code for paper in external.papers),
        frozenset(external.agencies),
        listed.beside(),
        decisions={key: file.decisions for key, file in decisions().items()},
    )


_ROUTES = """
SELECT key, digest, body FROM (
    SELECT r.key, r.digest, r.body, false AS in_force, u.used, r.stored_at FROM catalogue_route r LEFT JOIN (
        SELECT v.route_id, max(v.published_at) AS used FROM catalogue_current c
        JOIN catalogue_version v ON v.code = c.code AND v.version = c.version GROUP BY v.route_id
    ) u ON u.route_id = r.digest
    UNION ALL
    SELECT m.key, r.digest, r.body, true, NULL, r.stored_at FROM catalogue_model m
    JOIN catalogue_route r ON r.digest = m.digest WHERE m.kind = 'route' AND m.stage = 'published'
) known
ORDER BY key, in_force, used NULLS FIRST, stored_at NULLS FIRST, digest
"""


def routes() -> Mapping[str, tuple[str, Route]]:
    """The routes stored, by key: digest and diagram. Of several under one key the version in force; else the one that
    items in force use, the newest last."""
    with connection.cursor() as cursor:
        cursor.execute(_ROUTES)
        last = {key: (digest, body) for key, digest, body in cursor.fetchall()}
    return {key: (digest, _parsed(digest, body)) for key, (digest, body) in last.items()}


_DECISIONS = """
SELECT key, body FROM (
    SELECT d.key, d.digest, d.body, false AS in_force, u.used, d.stored_at FROM catalogue_decision d LEFT JOIN (
        SELECT p.value AS digest, max(v.published_at) AS used FROM catalogue_current c
        JOIN catalogue_version v ON v.code = c.code AND v.version = c.version AND v.body LIKE '{"decisions":%%'
        CROSS JOIN LATERAL jsonb_each_text(v.body::jsonb -> 'decisions') p GROUP BY p.value
    ) u ON u.digest = d.digest
    UNION ALL
    SELECT m.key, d.digest, d.body, true, NULL, d.stored_at FROM catalogue_model m
    JOIN catalogue_decision d ON d.digest = m.digest WHERE m.kind = 'table' AND m.stage = 'published'
) known
ORDER BY key, in_force, used NULLS FIRST, stored_at NULLS FIRST, digest
"""


def decisions() -> Mapping[str, DecisionFile]:
    """The decision files stored, by key. Of several under one key the version in force; else the one that items in
    force use, the newest last."""
    with connection.cursor() as cursor:
        cursor.execute(_DECISIONS)
        last = dict(cursor.fetchall())
    return listed.shelf.read(last)[0]


@lru_cache(maxsize=256)
def _parsed(digest: str, body: str) -> Route:
    return publishable(body.encode())
