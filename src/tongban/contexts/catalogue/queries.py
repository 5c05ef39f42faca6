"""Reads of the catalogue. Versions never change, so a process reads each once; which version is current is looked up
at most every `FRESH_SECONDS`. Between two looks no statement runs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core import search as finder
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import SearchResult, Suggestion
from tongban.contexts.catalogue.core.synonyms import NO_SYNONYMS, decode_synonyms
from tongban.contexts.catalogue.core.versions import ItemNotListed, ItemVersion, decode
from tongban.contexts.process.core import bpmn
from tongban.foundation.ledger.contract import Read

FRESH_SECONDS = 5.0
SYNONYMS = "synonyms"


@dataclass(frozen=True)
class _Listed:
    """The current set as this process last saw it."""

    versions: Mapping[str, ItemVersion]
    items: tuple[Item, ...]
    marks: tuple[tuple[str, int, str], ...]  # (code, version, digest): equal marks, equal set
    synonyms: str  # digest
    seen: float


class _Cache:
    """Immutable versions and routes for ever, the current set for a few seconds. One a process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.versions: dict[tuple[str, int], ItemVersion] = {}
        self.routes: dict[str, bpmn.Route] = {}
        self.listed: _Listed | None = None
        self.index: tuple[object, finder.Index] | None = None  # built at the first search of a set

    def clear(self) -> None:
        with self.lock:
            self.versions.clear()
            self.listed = None


_cache = _Cache()


def refresh() -> None:
    """Forget what this process knows; the next read looks again. Called after a load, and by tests."""
    _cache.clear()


def current(code: str) -> ItemVersion:
    """The version of item `code` in force now. Refuses with `ItemNotListed`."""
    found = _listed().versions.get(code)
    if found is None:
        raise ItemNotListed(item=code)
    return found


def version(code: str, version: int) -> ItemVersion:
    """Version `version` of item `code`, in force or not: what a case was opened under. Refuses with `ItemNotListed`."""
    found = _cache.versions.get((code, version))
    if found is None:
        row = models.Version.objects.select_related("route").filter(code=code, version=version).first()
        if row is None:
            raise ItemNotListed(item=f"{code} {version}")
        found = _remember(row)
    return found


def items() -> tuple[Item, ...]:
    """Every item in force, in the order of their codes."""
    return _listed().items


def by_agency(agency: str) -> tuple[Item, ...]:
    """Items in force of the organ with key `agency` ("market")."""
    return tuple(item for item in items() if item.agency == agency)


def handled() -> tuple[Item, ...]:
    """Items in force that can be handled on the platform from application to result."""
    return tuple(item for item in items() if item.can_be_handled)


def current_version_read(code: str) -> Read:
    """A read for `ledger.execute`: under the stream's lock, the row `(version,)` in force for `code`, or no row."""
    return Read("catalogue_current", "SELECT version FROM catalogue_current WHERE code = %s", (code,))


def search(words: str, *, language: str, serves: int | None = None, limit: int = 20) -> SearchResult:
    """Items for a citizen's words in any form: names, everyday phrases, pinyin, initials, typing slips, English.

    `language` is the language of the page ("zh-hans", "en"); `serves` keeps items for one T4 subject (1 natural
    person, 2 enterprise …).
    """
    return finder.search(_index(), words, language=language, serves=serves, limit=limit)


def suggest(prefix: str, *, language: str = "zh-hans", limit: int = 8) -> tuple[Suggestion, ...]:
    """What the words typed so far may become."""
    return finder.suggest(_index(), prefix, language=language, limit=limit)


def _listed() -> _Listed:
    listed = _cache.listed
    if listed is not None and time.monotonic() - listed.seen < FRESH_SECONDS:
        return listed
    if not _cache.lock.acquire(blocking=listed is None):
        assert listed is not None
        return listed  # another thread is looking; what is known is a moment old
    try:
        listed = _cache.listed
        if listed is None or time.monotonic() - listed.seen >= FRESH_SECONDS:
            listed = _cache.listed = _look(listed)
        return listed
    finally:
        _cache.lock.release()


_POINTERS = """
SELECT c.code, c.version, v.digest FROM catalogue_current c
JOIN catalogue_version v ON v.code = c.code AND v.version = c.version
UNION ALL
SELECT '', 0, digest FROM catalogue_words WHERE name = %s
ORDER BY 1
"""


def _look(before: _Listed | None) -> _Listed:
    from django.db import connection

    seen = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(_POINTERS, [SYNONYMS])
        rows = cursor.fetchall()
    synonyms = next((row[2] for row in rows if not row[0]), "")
    marks = tuple((row[0], row[1], row[2]) for row in rows if row[0])
    if before is not None and (before.marks, before.synonyms) == (marks, synonyms):
        return replace(before, seen=seen)
    _fetch(marks)
    versions = {code: _cache.versions[code, number] for code, number, _ in marks}
    return _Listed(versions, tuple(found.item for found in versions.values()), marks, synonyms, seen)


def _fetch(marks: tuple[tuple[str, int, str], ...]) -> None:
    """Bring every version of `marks` into the cache, with one statement for those it lacks."""
    lacking = [
        (code, number)
        for code, number, digest in marks
        if (known := _cache.versions.get((code, number))) is None or known.digest != digest
    ]
    if not lacking:
        return
    wanted = set(lacking)
    rows = models.Version.objects.select_related("route").filter(code__in=[code for code, _ in lacking])
    for row in rows:
        if (row.code, row.version) in wanted:
            _remember(row)


def _remember(row: models.Version) -> ItemVersion:
    route = None
    if row.route is not None:
        route = _cache.routes.get(row.route.digest)
        if route is None:
            route = _cache.routes[row.route.digest] = bpmn.parse(row.route.body.encode())
    found = ItemVersion(decode(row.body, row.version).item, route, row.digest, row.published_at)
    _cache.versions[row.code, row.version] = found
    return found


def _index() -> finder.Index:
    listed = _listed()
    key = (listed.marks, listed.synonyms)
    built = _cache.index
    if built is None or built[0] != key:
        row = models.Words.objects.filter(name=SYNONYMS).first()
        synonyms = decode_synonyms(row.body) if row is not None else NO_SYNONYMS
        built = _cache.index = (key, finder.build(listed.items, synonyms))
    return built[1]
