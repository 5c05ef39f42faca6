"""What may be done to the catalogue: check a folder, and load it, whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from django.db import connection, transaction

from tongban.contexts.catalogue import models, queries
from tongban.contexts.catalogue.actions import steps
from tongban.contexts.catalogue.actions.drafting import Opening, open_drafts
from tongban.contexts.catalogue.actions.item_files import keep_item_files
from tongban.contexts.catalogue.actions.model_loading import load_drawn
from tongban.contexts.catalogue.core import beside, rights, versions
from tongban.contexts.catalogue.core.findings import Finding, errors
from tongban.contexts.catalogue.core.folder import Files, Folder, check_files
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life import machine, stream_of
from tongban.contexts.catalogue.core.life.events import Published
from tongban.contexts.catalogue.core.life.state import LifeStage
from tongban.contexts.catalogue.core.synonyms import encode_synonyms
from tongban.contexts.catalogue.queries import life as reads
from tongban.contexts.catalogue.queries.item_files import FILES
from tongban.contexts.catalogue.queries.listed import BESIDE, EXTERNAL, SYNONYMS
from tongban.contexts.parties.core import Actor, Role
from tongban.foundation.ledger import Order
from tongban.kernel.canonical import canonical
from tongban.kernel.refusals import N_, NotAllowed, Refusal

Progress = Callable[[int, int], None]  # done, of how many
LOADED: Final = "load"
ADOPTED: Final = "adopted"
_FILES: Final = (LOADED, ADOPTED)


class CatalogueRefused(Refusal):
    """The folder has errors: nothing was loaded. `findings` names every one."""

    code = "catalogue_refused"
    message = N_("事项清单有 %(errors)s 处错误，一项也没有载入。请按检查结果改正后再载入。")

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(errors=len(errors(findings)))
        self.findings = findings


class NoCatalogueThere(Refusal):
    """The path holds no catalogue."""

    code = "no_catalogue_there"
    message = N_("%(path)s 里没有事项清单。请指向含有 items 文件夹的目录。")
    status = 404


@dataclass(frozen=True)
class LoadReport:
    """What a load did. `kept` are items in force that the folder does not hold: a load cancels nothing."""

    published: tuple[tuple[str, int], ...]  # (code, new version)
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]
    findings: tuple[Finding, ...]  # warnings only
    scheduled: tuple[tuple[str, int], ...] = ()  # in force from a later day, as their files say
    overridden: tuple[str, ...] = ()  # published over a version that had been drafted and reviewed here


def check(path: Path, *, today: date) -> tuple[Finding, ...]:
    """Every finding about the folder at `path`, as the law stands on `today`. Changes nothing.

    Refuses `NoCatalogueThere`.
    """
    return check_files(read_folder(path), today, keep_sources=False).findings


def load(path: Path, *, actor: Actor, now: datetime, progress: Progress | None = None) -> LoadReport:
    """Publish every item of the folder at `path` whose content changed, as its next version, and put it in force.

    One transaction. The review of a file catalogue is that of its repository: each version is recorded as `ItemLoaded`
    by the operator (ADR 0012). Loading the same folder again publishes nothing; neither does a file that stayed as it
    was when the item was changed or cancelled here. Refuses `NotAllowed` (catalogue owners of the service bureau,
    administrators and the system only), `NoCatalogueThere`, `CatalogueRefused` with all findings when the folder has
    an error, and `OutsideValidity` for an item that has expired: nothing is loaded by half.
    """
    _require_loader(actor)
    folder = _checked(path, now)
    with transaction.atomic():
        steps.lock()
        report = _publish(folder, actor, now, progress or (lambda done, of: None))
        _put_beside(folder, path)
    queries.refresh()
    return report


def load_drafts(path: Path, *, actor: Actor, now: datetime) -> tuple[Opening, ...]:
    """Open a draft for every item of the folder at `path` that differs from the version in force, to be reviewed here.

    Records `ItemDrafted`. What stands beside the items (laws, organs, lists, routes) has no versions and is loaded: the
    drafts are checked against it. Refuses as `load` does; an item that has a draft already carries `DraftExists`.
    """
    _require_loader(actor)
    folder = _checked(path, now)
    with transaction.atomic():
        steps.lock()
        stored, pins = _Stored(), load_drawn(folder, actor, now)
        _put_beside(folder, path)
        queries.refresh()
        changed = [
            (code, folder.sources[code])
            for code, item in sorted(folder.items.items())
            if not any(stored.in_force_says(item, made) for made in pins.published(item))
        ]
        return open_drafts(changed, actor=actor, now=now, origin="file")


def _require_loader(actor: Actor) -> None:
    owner = actor.has(Role.CATALOGUE_OWNER) and reads.organ_of(actor) == rights.OVERALL
    if not (actor.kind == "system" or owner or actor.has(Role.ADMINISTRATOR)):
        raise NotAllowed


def _checked(path: Path, now: datetime) -> Folder:
    folder = check_files(read_folder(path), steps.official(now))
    if errors(folder.findings):
        raise CatalogueRefused(folder.findings)
    return folder


def read_folder(path: Path) -> Files:
    """The files of a catalogue folder. Refuses `NoCatalogueThere`."""
    if not (path / "items").is_dir():
        raise NoCatalogueThere(path=str(path))

    def texts(pattern: str) -> dict[str, str]:
        return {str(file.relative_to(path)): _text(file) for file in sorted(path.glob(pattern)) if file.is_file()}

    def text(name: str) -> str | None:
        return _text(path / name) if (path / name).exists() else None

    lists = {name: found for name, _ in beside.FILES.values() if (found := text(name)) is not None}
    return Files(
        texts("items/*/item.yaml"),
        texts("routes/*.bpmn"),
        text("synonyms.yaml"),
        text("external.yaml"),
        lists,
        texts("packages/*.yaml"),
        texts("decisions/*.dmn"),
    )


def _text(file: Path) -> str:
    """UTF-8 text; bytes of another encoding become U+FFFD, which the reader of YAML refuses with its line."""
    return file.read_bytes().decode("utf-8-sig", errors="replace")


def _publish(folder: Folder, actor: Actor, now: datetime, progress: Progress) -> LoadReport:
    stored, pins, today = _Stored(), load_drawn(folder, actor, now), steps.official(now)
    orders: list[Order] = []
    found: dict[str, list[Any]] = {"published": [], "scheduled": [], "unchanged": [], "overridden": []}
    warnings = Counter(finding.place.file for finding in folder.findings)
    for done, (code, item) in enumerate(sorted(folder.items.items()), start=1):
        made, *as_filed = pins.published(item)
        if any(stored.says_nothing_new(item, one) for one in (made, *as_filed)):
            found["unchanged"].append(code)
        else:
            written = replace(steps.written(folder.sources[code], code), warnings=warnings[f"items/{code}/item.yaml"])
            number, before = stored.last.get(code, 0) + 1, stored.in_force(code)
            load = c.Load(code, number, before.number, written, made, LOADED)
            facts = c.Facts(actor.id, now, today, before)
            waits = machine.effective_day(written.content, "", facts) > today.isoformat()
            orders += stored.endings(code, number, waits, facts)
            orders.append(steps.order(stream_of(code, number), load, facts))
            found["scheduled" if waits else "published"].append((code, number))
            if stored.changed_here(code):
                found["overridden"].append(code)
        progress(done, len(folder.items))
    if orders:
        steps.run(orders, actor=actor, now=now, request_id="", fallback="load")
    kept = tuple(sorted(stored.current.keys() - folder.items.keys()))
    return LoadReport(kept=kept, findings=folder.findings, **{name: tuple(codes) for name, codes in found.items()})


@dataclass(frozen=True)
class _Told:
    """A version as loading compares it; what lies in its state is read when it is asked for."""

    stream_id: str
    number: int
    digest: str | None  # None while it waits
    origin: str
    effective_from: str
    ends_on: str

    def says(self, item: Item, made: Published) -> bool:
        """Whether it says what the file says; a body of an older shape of `Item` may, with other bytes."""
        if self.digest == made.digest:
            return True
        state = reads.state_of(self.stream_id)
        wanted = versions.decode(made.body, 0)
        return versions.same_content(versions.decode(state.body, state.number), item, made.route, wanted.decisions)


class _Stored:
    """The versions that a folder's items follow, read at once: in force, loaded last, loaded and waiting."""

    def __init__(self) -> None:
        self.current: dict[str, _Told] = {}
        self.loaded: dict[str, _Told] = {}
        self.waiting: dict[str, _Told] = {}
        self.last: dict[str, int] = {}
        with connection.cursor() as cursor:
            cursor.execute(_STORED)
            for code, stage, *row in cursor.fetchall():
                told = _Told(*row)
                self.last[code] = told.number
                if stage == LifeStage.PUBLISHED:
                    self.current[code] = told
                if told.origin in _FILES and stage != LifeStage.ABANDONED:
                    self.loaded[code] = told
                    if stage == LifeStage.APPROVED:
                        self.waiting[code] = told

    def in_force(self, code: str) -> c.InForce:
        """What a step needs to know of the version in force."""
        told = self.current.get(code)
        if told is None:
            return c.NOTHING_IN_FORCE
        reason = reads.state_of(told.stream_id).end_reason if told.ends_on else ""
        return c.InForce(told.number, told.effective_from, told.ends_on, reason)

    def says_nothing_new(self, item: Item, made: Published) -> bool:
        """Whether the version in force says what the file says; or the file is as it was loaded last, and the item was
        changed or cancelled here since."""
        told = [self.waiting.get(item.code) or self.current.get(item.code), self.loaded.get(item.code)]
        return any(one is not None and one.says(item, made) for one in told)

    def in_force_says(self, item: Item, made: Published) -> bool:
        told = self.current.get(item.code)
        return told is not None and told.says(item, made)

    def changed_here(self, code: str) -> bool:
        """Whether the version in force came from a draft."""
        return code in self.current and self.current[code].origin not in _FILES

    def endings(self, code: str, number: int, waits: bool, facts: c.Facts) -> list[Order]:
        """What ends with version `number`: the one in force, and one of an earlier load that still waits."""
        ending = [steps.order(self.waiting[code].stream_id, c.Abandon(), facts)] if code in self.waiting else []
        if code in self.current and not waits:
            ending.append(steps.order(self.current[code].stream_id, c.Supersede(number), facts))
        return ending


_STORED = """
SELECT l.code, l.stage, l.stream_id, l.number, v.digest, l.origin, coalesce(l.effective_from::text, ''),
       coalesce(l.ends_on::text, '')
FROM catalogue_life l LEFT JOIN catalogue_version v ON v.stream_id = l.stream_id
ORDER BY l.code, l.number
"""


def _put_beside(folder: Folder, path: Path) -> None:
    _put_words(SYNONYMS, encode_synonyms(folder.synonyms))
    _put_words(EXTERNAL, canonical(msgspec.to_builtins(folder.external)))
    _put_words(BESIDE, canonical(msgspec.to_builtins(folder.beside)))
    _put_words(FILES, keep_item_files(path))


def _put_words(name: str, body: bytes) -> None:
    models.Words.objects.update_or_create(name=name, defaults={"body": body.decode(), "digest": versions.digest(body)})
