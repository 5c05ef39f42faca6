"""What may be done to the catalogue: check a folder, and load it, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec
from django.db import connection, transaction

from tongban.contexts.catalogue import models, queries
from tongban.contexts.catalogue.core import beside, versions
from tongban.contexts.catalogue.core.findings import Finding, errors
from tongban.contexts.catalogue.core.folder import Files, Folder, check_files
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.synonyms import encode_synonyms
from tongban.contexts.catalogue.queries.listed import BESIDE, EXTERNAL, SYNONYMS
from tongban.contexts.parties.core import Actor, Role
from tongban.kernel.canonical import canonical
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import N_, NotAllowed, Refusal

Progress = Callable[[int, int], None]  # done, of how many
#: Two loads at once wait for each other on this advisory lock.
_LOCK = 0x746F6E6763


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


def check(path: Path, *, today: date) -> tuple[Finding, ...]:
    """Every finding about the folder at `path`, as the law stands on `today`. Changes nothing.

    Refuses `NoCatalogueThere`.
    """
    return check_files(read_folder(path), today).findings


def load(path: Path, *, actor: Actor, now: datetime, progress: Progress | None = None) -> LoadReport:
    """Publish every item of the folder at `path` whose content changed, as its next version, and put it in force.

    One transaction. Loading the same folder again publishes nothing. Refuses `NotAllowed` (catalogue owners,
    administrators and the system only), `NoCatalogueThere`, and `CatalogueRefused` with all findings when the folder
    has an error: nothing is loaded by half.
    """
    if not (actor.kind == "system" or actor.has(Role.CATALOGUE_OWNER) or actor.has(Role.ADMINISTRATOR)):
        raise NotAllowed
    folder = check_files(read_folder(path), now.astimezone(CHINA).date())
    if errors(folder.findings):
        raise CatalogueRefused(folder.findings)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        report = _publish(folder, actor, now, progress or (lambda done, of: None))
        _put_words(SYNONYMS, encode_synonyms(folder.synonyms))
        _put_words(EXTERNAL, canonical(msgspec.to_builtins(folder.external)))
        _put_words(BESIDE, canonical(msgspec.to_builtins(folder.beside)))
    queries.refresh()
    return report


def read_folder(path: Path) -> Files:
    """The files of a catalogue folder. Refuses `NoCatalogueThere`."""
    if not (path / "items").is_dir():
        raise NoCatalogueThere(path=str(path))

    def texts(pattern: str) -> dict[str, str]:
        return {str(file.relative_to(path)): _text(file) for file in sorted(path.glob(pattern))}

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
    )


def _text(file: Path) -> str:
    """UTF-8 text; bytes of another encoding become U+FFFD, which the reader of YAML refuses with its line."""
    return file.read_bytes().decode("utf-8-sig", errors="replace")


def _publish(folder: Folder, actor: Actor, now: datetime, progress: Progress) -> LoadReport:
    stored = _in_force()
    routes = _put_routes(folder)
    published: list[tuple[str, int]] = []
    unchanged: list[str] = []
    rows: list[models.Version] = []
    for done, (code, item) in enumerate(sorted(folder.items.items()), start=1):
        route = routes[item.handling.route] if item.handling else None
        before = stored.get(code)
        if before is not None and versions.same_content(versions.decode(before.body, before.version), item, route):
            unchanged.append(code)
        else:
            rows.append(_row(item, _next(code, before), route, actor, now))
            published.append((code, rows[-1].version))
        progress(done, len(folder.items))
    models.Version.objects.bulk_create(rows)
    models.Current.objects.bulk_create(
        [models.Current(code=row.code, version=row.version) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["version"],
    )
    kept = tuple(sorted(set(stored) - set(folder.items)))
    return LoadReport(tuple(published), tuple(unchanged), kept, folder.findings)


def _in_force() -> Mapping[str, models.Version]:
    pointers = dict(models.Current.objects.values_list("code", "version"))
    rows = models.Version.objects.filter(code__in=pointers)
    return {row.code: row for row in rows if row.version == pointers[row.code]}


def _next(code: str, before: models.Version | None) -> int:
    return before.version + 1 if before is not None else 1


def _row(item: Item, number: int, route: str | None, actor: Actor, now: datetime) -> models.Version:
    body = versions.encode(item, route)
    return models.Version(
        code=item.code,
        version=number,
        body=body.decode(),
        digest=versions.digest(body),
        route_id=route,
        published_at=now,
        published_by=actor.id,
    )


def _put_routes(folder: Folder) -> dict[str, str]:
    """Store the routes that items use; route id -> digest."""
    used = {item.handling.route for item in folder.items.values() if item.handling}
    digests = {key: versions.digest(folder.routes[key][1].encode()) for key in sorted(used)}
    models.Route.objects.bulk_create(
        [models.Route(digest=digest, key=key, body=folder.routes[key][1]) for key, digest in digests.items()],
        ignore_conflicts=True,
    )
    return digests


def _put_words(name: str, body: bytes) -> None:
    models.Words.objects.update_or_create(name=name, defaults={"body": body.decode(), "digest": versions.digest(body)})
