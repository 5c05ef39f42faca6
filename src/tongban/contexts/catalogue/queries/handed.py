"""The catalogue in force as a value to hand on: to files, to open data, to other systems."""

from __future__ import annotations

from datetime import datetime

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core.exports import City, Handed
from tongban.contexts.catalogue.core.life import LifeStage
from tongban.contexts.catalogue.core.synonyms import NO_SYNONYMS, decode_synonyms
from tongban.contexts.catalogue.core.versions import ItemVersion
from tongban.contexts.catalogue.queries import listed
from tongban.contexts.catalogue.queries.item_files import every_file


def in_force() -> tuple[ItemVersion, ...]:
    """Every version in force, in the order of the codes; from what the process knows."""
    return tuple(listed.current(item.code) for item in listed.items())


def handed(*, city: City, at: datetime) -> Handed:
    """Every item in force and everything beside it; `at` counts only where nothing is in force: an export
    bears the time of the last publication, so that two of the same differ in nothing. A handful of statements."""
    versions = in_force()
    words = models.Words.objects.filter(name=listed.SYNONYMS).values_list("body", flat=True).first()
    return Handed(
        tuple(version.item for version in versions),
        city,
        max((version.published_at for version in versions), default=at),
        listed.beside(),
        listed.external(),
        decode_synonyms(words) if words else NO_SYNONYMS,
        _routes(versions),
        {version.item.code: version.published_at for version in versions},
        _decisions(versions),
        lambda: every_file({version.item.code for version in versions}),
    )


def _decisions(versions: tuple[ItemVersion, ...]) -> dict[str, str]:
    """Key -> XML of the decision files in force, and of those that versions in force rest on, published last."""
    digests = {
        key: decisions.digest
        for version in sorted(versions, key=lambda one: one.published_at)
        for key, decisions in version.decisions.items()
    }
    texts = dict(models.Decision.objects.filter(digest__in=digests.values()).values_list("digest", "body"))
    return {key: texts[digest] for key, digest in sorted(digests.items())} | _drawn("table", models.Decision)


def _drawn(kind: str, table: type[models.Route] | type[models.Decision]) -> dict[str, str]:
    """Key -> XML of the routes or tables in force, also those that nothing uses yet."""
    digests = dict(models.Modelled.objects.filter(kind=kind, stage=LifeStage.PUBLISHED).values_list("key", "digest"))
    texts = dict(table.objects.filter(digest__in=digests.values()).values_list("digest", "body"))
    return {key: texts[digest] for key, digest in sorted(digests.items())}


def _routes(versions: tuple[ItemVersion, ...]) -> dict[str, str]:
    """Key -> XML of the routes in force, and of those without a life of their own that versions are handled on."""
    wanted = {(version.item.code, version.item.version) for version in versions if version.route}
    rows = models.Version.objects.filter(code__in=[code for code, _ in wanted])
    digests = {
        route for code, number, route in rows.values_list("code", "version", "route_id") if (code, number) in wanted
    }
    used = dict(models.Route.objects.filter(digest__in=digests).values_list("key", "body"))
    return used | _drawn("route", models.Route)
