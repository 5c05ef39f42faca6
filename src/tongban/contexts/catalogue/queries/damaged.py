"""What stands beside the ledger and can still be proved: routes and lists are stored under the digest of their text."""

from __future__ import annotations

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core.versions import digest


def damaged() -> tuple[str, ...]:
    """Every route and list whose text is not the one its digest was made of, as "route review" or "words synonyms".

    A version's body names the digest of its route and stands in the ledger, so an untouched digest proves the route.
    """
    routes = models.Route.objects.values_list("key", "digest", "body").order_by("key", "digest")
    words = models.Words.objects.values_list("name", "digest", "body").order_by("name")
    found = [f"route {key} {stored[:12]}" for key, stored, body in routes.iterator() if digest(body.encode()) != stored]
    return (*found, *(f"words {name}" for name, stored, body in words if digest(body.encode()) != stored))
