"""Versions on their way and versions that were: lists, one whole, and what a change reaches."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core import rights
from tongban.contexts.catalogue.core.items import Prerequisite, Text
from tongban.contexts.catalogue.core.life import OPEN, Draft, DraftRow, LifeStage, Touched, VersionRow
from tongban.contexts.catalogue.core.synonyms import decode_synonyms
from tongban.contexts.catalogue.projections import ITEM_VERSION
from tongban.contexts.catalogue.queries import listed
from tongban.contexts.catalogue.queries.life import organ_of
from tongban.contexts.parties.core import Actor
from tongban.foundation import ledger
from tongban.kernel.refusals import NotFound

_OPEN = sorted(stage.value for stage in OPEN)
_UNPUBLISHED = [LifeStage.DRAFT, LifeStage.DEPARTMENT_REVIEW, LifeStage.LEGAL_REVIEW, LifeStage.ABANDONED]


def drafts(*, actor: Actor, stage: LifeStage | None = None, limit: int = 1000) -> tuple[DraftRow, ...]:
    """Versions on their way that the actor may see (own organ, or all for the service bureau), newest change first.

    `stage` keeps one stage. One statement.
    """
    organ = organ_of(actor)
    rows = models.Life.objects.filter(stage__in=[stage.value] if stage else _OPEN)
    if not rights.sees_all(actor, organ):
        if not rights.sees(actor, organ, organ):
            return ()
        rows = rows.filter(agency=organ)
    return tuple(_draft_row(row) for row in rows.order_by("-updated_at", "stream_id")[:limit])


def draft(stream_id: str, *, actor: Actor) -> Draft:
    """One version whole, in whatever stage. Refuses `NotFound` for one that is not there or not this actor's to see."""
    row = models.Life.objects.filter(stream_id=stream_id.replace("\0", "")).first()
    if row is None or not rights.sees(actor, organ_of(actor), row.agency):
        raise NotFound
    state = ledger.load(ITEM_VERSION, stream_id)
    if state is None:
        raise NotFound
    return Draft(_draft_row(row), msgspec.json.decode(state.content), state, ledger.history(ITEM_VERSION, stream_id))


def versions_of(code: str) -> tuple[VersionRow, ...]:
    """Every version of `code` that is, was or will be in force, newest first. One statement."""
    rows = models.Life.objects.filter(code=code.replace("\0", "")).exclude(stage__in=_UNPUBLISHED)
    digests = dict(models.Version.objects.filter(code=code.replace("\0", "")).values_list("version", "digest"))
    return tuple(
        VersionRow(
            row.stream_id,
            row.code,
            row.number,
            Text(row.name_zh, row.name_en),
            LifeStage(row.stage),
            row.origin,
            row.effective_from,
            row.published_at,
            row.ended_at,
            row.ends_on,
            digests.get(row.number, ""),
        )
        for row in rows.exclude(stage=LifeStage.APPROVED, effective_from=None).order_by("-number")
    )


# -- what a change reaches -------------------------------------------------------------------------------------------


def touched(code: str) -> Touched:
    """What names item `code`: packages, items that need it first, lead to it or ask for its paper, everyday phrases."""
    before, after, papers = [], [], []
    for item in listed.items():
        if item.code == code:
            continue
        if code in _named(item.prerequisites):
            before.append(item.code)
        if code in item.next:
            after.append(item.code)
        if any(material.licence_item == code for material in item.materials):
            papers.append(item.code)
    packages = tuple(
        package.id
        for package in listed.beside().packages
        if package.goal == code or any(member.item == code for member in package.items)
    )
    return Touched(packages, tuple(before), tuple(after), tuple(papers), tuple(_phrases(code)))


def _named(group: Prerequisite | None) -> Iterator[str]:
    if group is not None:
        yield from group.items
        for child in group.groups:
            yield from _named(child)


def _phrases(code: str) -> Iterator[str]:
    body = models.Words.objects.filter(name=listed.SYNONYMS).values_list("body", flat=True).first()
    for phrase in decode_synonyms(body).phrases if body else ():
        if code in phrase.items:
            yield phrase.say[0]


def _draft_row(row: models.Life) -> DraftRow:
    return DraftRow(
        row.stream_id,
        row.code,
        row.number,
        Text(row.name_zh, row.name_en),
        row.agency,
        LifeStage(row.stage),
        row.author,
        row.updated_at,
        row.errors,
        row.warnings,
        row.base,
        row.origin,
        row.effective_from,
    )
