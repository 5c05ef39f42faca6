"""What stands beside the ledger and can still be proved: routes, decision tables and lists are stored under the digest
of their text."""

from __future__ import annotations

from django.db import connection

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core.versions import digest


def damaged() -> tuple[str, ...]:
    """Every route, decision file and list whose text is not the one its digest was made of, or that a version names and
    that is not there: as "route review", "decision old-card" or "words synonyms".

    A version's body names the digests of its route and tables and stands in the ledger: so they prove the texts.
    """
    routes = models.Route.objects.values_list("key", "digest", "body").order_by("key", "digest")
    words = models.Words.objects.values_list("name", "digest", "body").order_by("name")
    tables = models.Decision.objects.values_list("key", "digest", "body").order_by("key", "digest")
    found = [
        f"{kind} {key} {stored[:12]}"
        for kind, rows in (("route", routes), ("decision", tables))
        for key, stored, body in rows.iterator()
        if digest(body.encode()) != stored
    ]
    return (*found, *_missing(), *(f"words {name}" for name, stored, body in words if digest(body.encode()) != stored))


def _missing() -> list[str]:
    """Decision files that a version is pinned to, and published routes and tables, that are gone."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING)
        return [f"{kind} {key} {stored[:12]}" for kind, key, stored in cursor.fetchall()]


_MISSING = """
SELECT 'decision', p.key, p.value FROM catalogue_version v
CROSS JOIN LATERAL jsonb_each_text(v.body::jsonb -> 'decisions') p
WHERE v.body LIKE '{"decisions":%%' AND NOT EXISTS (SELECT FROM catalogue_decision d WHERE d.digest = p.value)
UNION
SELECT CASE kind WHEN 'table' THEN 'decision' ELSE 'route' END, key, digest FROM catalogue_model m
WHERE published_at IS NOT NULL AND NOT EXISTS (SELECT FROM catalogue_decision d WHERE d.digest = m.digest)
AND NOT EXISTS (SELECT FROM catalogue_route r WHERE r.digest = m.digest)
ORDER BY 1, 2, 3
"""
