"""Reads of the catalogue. Versions never change, so a process reads each once; which version is current is looked up
at most every `FRESH_SECONDS`. Between two looks no statement runs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core.beside import NOTHING_BESIDE, Beside
from tongban.contexts.catalogue.core.decisions import Shelf
from tongban.contexts.catalogue.core.folder import External, Paper
from tongban.contexts.catalogue.core.items import Item, Text
from tongban.contexts.catalogue.core.synonyms import NO_SYNONYMS, Synonyms, decode_synonyms
from tongban.contexts.catalogue.core.versions import ItemNotListed, ItemVersion, decode
from tongban.contexts.process.core.routes import Route
from tongban.contexts.process.core.soundness import publishable
from tongban.foundation.ledger.contract import Read

FRESH_SECONDS = 5.0
SYNONYMS = "synonyms"
EXTERNAL = "external"
BESIDE = "beside"


#: (code, version, digest) of every item, (name, digest) of what stands beside them.
Marks = tuple[tuple[tuple[str, int, str], ...], tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class _Listed:
    """The current set as this process last saw it."""

    versions: Mapping[str, ItemVersion]
    items: tuple[Item, ...]
    marks: tuple[tuple[str, int, str], ...]  # (code, version, digest): equal marks, equal set
    words: tuple[tuple[str, str], ...]  # (name, digest) of what stands beside the items
    seen: float


@dataclass(frozen=True)
class _Beside:
    """What stands beside a set, read when it is first asked for, and what papers are called."""

    marks: tuple[tuple[str, int, str], ...]
    words: tuple[tuple[str, str], ...]
    synonyms: Synonyms
    external: External
    lists: Beside
    names: Mapping[str, Text]


class _Cache:
    """Immutable versions and routes for ever, the current set for a few seconds. One a process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.versions: dict[tuple[str, int], ItemVersion] = {}
        self.routes: dict[str, Route] = {}
        self.listed: _Listed | None = None
        self.beside: _Beside | None = None

    def clear(self) -> None:
        with self.lock:
            self.versions.clear()
            self.listed = None


_cache = _Cache()
#: Decision models never change under their digest: a process compiles each once.
shelf = Shelf()


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
        [found] = _remember([row])
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


def papers() -> tuple[Paper, ...]:
    """Papers and steps of others that items of the list refer to: they have a name and an issuer, but no guide here."""
    return _beside().external.papers


def external() -> External:
    """The agency keys that items may name, and the papers that others issue."""
    return _beside().external


def beside() -> Beside:
    """Organs, laws, registers, packages and the short lists, as loaded last."""
    return _beside().lists


def paper_names() -> Mapping[str, Text]:
    """What the result of every item in force, and every paper of others, is called; by code."""
    return _beside().names


def current_version_read(code: str) -> Read:
    """A read for `ledger.execute`: under the stream's lock, the row `(version,)` in force for `code`, or no row."""
    return Read("catalogue_current", "SELECT version FROM catalogue_current WHERE code = %s", (code,))


def synonyms() -> Synonyms:
    """Everyday phrases, as loaded last."""
    return _beside().synonyms


def marks() -> Marks:
    """What the set in force is made of: equal marks, equal set."""
    listed = _listed()
    return listed.marks, listed.words


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
SELECT name, 0, digest FROM catalogue_words
ORDER BY 1
"""


def _look(before: _Listed | None) -> _Listed:
    from django.db import connection

    seen = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(_POINTERS)
        rows = cursor.fetchall()
    words = tuple((name, digest) for name, number, digest in rows if not number)
    marks = tuple((code, number, digest) for code, number, digest in rows if number)
    if before is not None and (before.marks, before.words) == (marks, words):
        return replace(before, seen=seen)
    _fetch(marks)
    versions = {code: _cache.versions[code, number] for code, number, _ in marks}
    return _Listed(versions, tuple(found.item for found in versions.values()), marks, words, seen)


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
    _remember([row for row in rows if (row.code, row.version) in wanted])


def _remember(rows: Sequence[models.Version]) -> list[ItemVersion]:
    """Versions as values, kept from now on; one more statement where they rest on decision tables."""
    bodies = [decode(row.body, row.version) for row in rows]
    digests = {one for body in bodies for one in body.decisions.values()}
    texts = dict(models.Decision.objects.filter(digest__in=digests).values_list("digest", "body")) if digests else {}
    made = []
    for row, body in zip(rows, bodies, strict=True):
        files, _ = shelf.read({key: texts[digest] for key, digest in body.decisions.items()})
        decisions = {key: file.decisions for key, file in files.items()}
        found = ItemVersion(body.item, _route(row), row.digest, row.published_at, decisions)
        _cache.versions[row.code, row.version] = found
        made.append(found)
    return made


def _route(row: models.Version) -> Route | None:
    if row.route is None:
        return None
    route = _cache.routes.get(row.route.digest)
    if route is None:
        route = _cache.routes[row.route.digest] = publishable(row.route.body.encode())
    return route


def _beside() -> _Beside:
    listed = _listed()
    beside = _cache.beside
    if beside is None or (beside.marks, beside.words) != (listed.marks, listed.words):
        bodies = dict(models.Words.objects.values_list("name", "body"))
        synonyms = decode_synonyms(bodies[SYNONYMS]) if SYNONYMS in bodies else NO_SYNONYMS
        external = msgspec.json.decode(bodies[EXTERNAL], type=External) if EXTERNAL in bodies else External(())
        lists = msgspec.json.decode(bodies[BESIDE], type=Beside) if BESIDE in bodies else NOTHING_BESIDE
        names = {paper.code: paper.name for paper in external.papers}
        names |= {item.code: item.result.name for item in listed.items}
        beside = _Beside(listed.marks, listed.words, synonyms, external, lists, names)
        _cache.beside = beside
    return beside
