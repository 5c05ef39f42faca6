"""Papers of a batch: one that holds for everybody, or an archive with one folder a person."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tongban.contexts.cases.core.batch.archive import Archive, Paper, opened
from tongban.contexts.cases.core.batch.sheet.columns import bare
from tongban.contexts.cases.core.refusals import MaterialUnknown
from tongban.contexts.cases.core.state import Material
from tongban.contexts.cases.core.trust import grade_of_upload
from tongban.contexts.cases.models import BatchDraft, BatchRow
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.items import Material as Kind
from tongban.contexts.documents import actions as documents
from tongban.contexts.documents.core.files import too_large
from tongban.contexts.parties.core import Actor
from tongban.kernel.refusals import Refusal

from .drafts import CHUNK, item_of, look_again, own


@dataclass(frozen=True)
class ArchiveTaken:
    """What an archive gave: papers kept, those refused with why, and files that belong to nobody."""

    kept: int
    refused: tuple[tuple[str, Refusal], ...]
    strange: tuple[str, ...]


@transaction.atomic
def attach_for_all(*, draft_id: str, material_id: str, data: bytes, filename: str, actor: Actor, now: datetime) -> None:
    """One file that holds for every person of the batch; it replaces what was there.

    Refuses FileEmpty, FileTooLarge, FileTypeRefused, MaterialUnknown.
    """
    draft = own(draft_id, actor)
    item = item_of(draft)
    kind = next((m for m in item.materials if m.id == material_id and m.source == "self"), None)
    if kind is None:
        raise MaterialUnknown
    row = _kept(draft, kind, data, filename, actor, now)
    draft.materials = [m for m in draft.materials if m["id"] != material_id] + [row]
    _touch(draft, item, now)


@transaction.atomic
def remove_for_all(*, draft_id: str, material_id: str, actor: Actor, now: datetime) -> None:
    """Take a file that held for everybody out of the draft."""
    draft = own(draft_id, actor)
    draft.materials = [m for m in draft.materials if m["id"] != material_id]
    _touch(draft, item_of(draft), now)


def _touch(draft: BatchDraft, item: Item, now: datetime) -> None:
    draft.updated_at = now
    draft.save(update_fields=["materials", "updated_at"])
    look_again(draft, item)


@transaction.atomic
def take_archive(*, draft_id: str, data: bytes, actor: Actor, now: datetime) -> ArchiveTaken:
    """Put the papers of an archive to the people they belong to: a folder is called by identity number or by row, a
    file by the material. What is refused is named; the rest is kept.

    Refuses ArchiveBroken, ArchiveLocked, ArchiveTooLarge, ArchiveUnsafe as a whole.
    """
    draft = own(draft_id, actor)
    item = item_of(draft)
    rows = {str(row.place): row for row in BatchRow.objects.filter(draft=draft.id, batch=None)}
    archive = opened(data, item, _keys(rows))
    refused: list[tuple[str, Refusal]] = []
    changed: dict[str, BatchRow] = {}
    for paper in archive.papers:
        row = rows[paper.key]
        try:
            stored = _paper(draft, archive, paper, actor, now)
        except Refusal as refusal:
            refused.append((paper.name, refusal))
            continue
        row.materials = [m for m in row.materials if m["id"] != paper.material.id] + [stored]
        changed[paper.key] = row
    BatchRow.objects.bulk_update(changed.values(), ["materials"], batch_size=CHUNK)
    _touch(draft, item, now)
    return ArchiveTaken(len(archive.papers) - len(refused), tuple(refused), archive.strange)


def _keys(rows: dict[str, BatchRow]) -> dict[str, str]:
    """Names a folder may have: the row of the sheet, and the identity number, which is the surer of the two."""
    keys = {str(row.row): place for place, row in rows.items()}
    return keys | {bare(row.number): place for place, row in rows.items() if row.number}


def _paper(draft: BatchDraft, archive: Archive, paper: Paper, actor: Actor, now: datetime) -> dict[str, Any]:
    name = paper.name.rsplit("/", 1)[-1]
    most = paper.material.max_mib * 1024 * 1024
    if paper.size > most:  # known before it is unpacked
        raise too_large(name, paper.size, most)
    return _kept(draft, paper.material, archive.data(paper), name, actor, now)


def _kept(draft: BatchDraft, kind: Kind, data: bytes, filename: str, actor: Actor, now: datetime) -> dict[str, Any]:
    stored = documents.store_file(
        data=data, filename=filename, accepts=kind.accepts, max_bytes=kind.max_mib * 1024 * 1024,
        owner=f"draft:{draft.id}", now=now,
    )  # fmt: skip
    material = Material(
        id=kind.id, file_id=stored.id, filename=stored.filename, media_type=stored.media_type, size=stored.size,
        sha256=stored.sha256, grade=grade_of_upload(actor, original_seen=False),
    )  # fmt: skip
    return asdict(material)
