"""The lists of the catalogue: items in force, and versions on their way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.catalogue import queries
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.life import DraftRow, LifeStage
from tongban.contexts.catalogue.queries.life import organ_of
from tongban.contexts.parties.core import Actor
from tongban.kernel.clock import CHINA
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.desk.presenters import catalogue_common as common

PAGE = 50
STAGES = (LifeStage.DRAFT, LifeStage.DEPARTMENT_REVIEW, LifeStage.LEGAL_REVIEW, LifeStage.APPROVED)


@dataclass(frozen=True)
class Chosen:
    """What narrows a list. `of` is "", "mine" or "waiting"; `start` is the first row shown, from 0."""

    words: str = ""
    organ: str = ""
    stage: str = ""
    of: str = ""
    start: int = 0

    def address(self, place: str, *, start: int = 0) -> str:
        wanted = {"of": self.of, "q": self.words, "organ": self.organ, "stage": self.stage, "from": start or ""}
        kept = {name: value for name, value in wanted.items() if value}
        return place + (f"?{urlencode(kept)}" if kept else "")

    @property
    def narrowed(self) -> bool:
        return bool(self.words or self.organ or self.stage)


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ItemRow:
    href: str
    name: str
    code: str
    organ: str
    power: str
    version: int
    since: str
    handled: bool
    draft: str  # where its next version stands, "" for none
    draft_href: str


@dataclass(frozen=True)
class Line:
    """A version on its way."""

    href: str
    name: str
    code: str
    number: int
    organ: str
    stage: str
    errors: int
    warnings: int
    at: datetime
    mine: bool
    new: bool  # the first version of its item


@dataclass(frozen=True)
class Listing:
    rows: tuple[Any, ...]
    total: int
    errors: int
    warnings: int
    first: str
    more: str
    organs: tuple[Option, ...]
    stages: tuple[Option, ...]
    chosen: Chosen


def drafts_of(actor: Actor) -> tuple[DraftRow, ...]:
    """The versions on their way that an officer may see."""
    return queries.drafts(actor=actor, limit=common.MOST_DRAFTS)


def items(found: Sequence[Item], rows: Sequence[DraftRow], chosen: Chosen) -> Listing:
    """Items in force, by name; the next version of each where it is on its way."""
    on_the_way = {row.code: row for row in rows}
    kept = [one for one in found if _fits(one.code, one.name.zh, one.name.en, one.agency, chosen)]
    part = kept[chosen.start : chosen.start + PAGE]
    place = reverse("desk:catalogue")
    return Listing(
        rows=tuple(_item(one, on_the_way.get(one.code)) for one in part),
        total=len(kept),
        errors=0,
        warnings=0,
        first=chosen.address(place) if chosen.start else "",
        more=chosen.address(place, start=chosen.start + PAGE) if len(kept) > chosen.start + PAGE else "",
        organs=_organs({one.agency for one in found}, chosen),
        stages=(),
        chosen=chosen,
    )


def _item(item: Item, draft: DraftRow | None) -> ItemRow:
    current = queries.current(item.code)
    return ItemRow(
        href=reverse("desk:catalogue_item", args=[item.code]),
        name=said(item.name),
        code=item.code,
        organ=common.organ_name(item.agency),
        power=words.power_words(item.power),
        version=item.version,
        since=current.published_at.astimezone(CHINA).date().isoformat(),
        handled=item.can_be_handled,
        draft=common.stage_words(draft) if draft else "",
        draft_href=reverse("desk:catalogue_version", args=[draft.stream_id]) if draft else "",
    )


def drafts(rows: Sequence[DraftRow], actor: Actor, chosen: Chosen) -> Listing:
    """Versions on their way, newest change first."""
    organ = organ_of(actor)
    found = [
        row for row in rows
        if _fits(row.code, row.name.zh, row.name.en, row.agency, chosen)
        and (not chosen.stage or row.stage == chosen.stage)
        and (chosen.of != "mine" or common.is_mine(row, actor))
        and (chosen.of != "waiting" or common.is_waiting(row, actor, organ))
    ]  # fmt: skip
    place = reverse("desk:catalogue_drafts")
    return Listing(
        rows=tuple(_line(row, actor) for row in found[chosen.start : chosen.start + PAGE]),
        total=len(found),
        errors=sum(bool(row.errors) for row in found),
        warnings=sum(bool(row.warnings) for row in found),
        first=chosen.address(place) if chosen.start else "",
        more=chosen.address(place, start=chosen.start + PAGE) if len(found) > chosen.start + PAGE else "",
        organs=_organs({row.agency for row in rows}, chosen),
        stages=tuple(Option(one.value, _stage_name(one), one == chosen.stage) for one in STAGES),
        chosen=chosen,
    )


def _line(row: DraftRow, actor: Actor) -> Line:
    return Line(
        href=reverse("desk:catalogue_version", args=[row.stream_id]),
        name=said(row.name),
        code=row.code,
        number=row.number,
        organ=common.organ_name(row.agency),
        stage=common.stage_words(row),
        errors=row.errors,
        warnings=row.warnings,
        at=row.updated_at,
        mine=common.is_mine(row, actor),
        new=row.base == 0,
    )


def _fits(code: str, zh: str, en: str, agency: str, chosen: Chosen) -> bool:
    if chosen.organ and agency != chosen.organ:
        return False
    wanted = chosen.words.casefold()
    return not wanted or any(wanted in text.casefold() for text in (code, zh, en))


def _organs(keys: set[str], chosen: Chosen) -> tuple[Option, ...]:
    return tuple(Option(key, name, key == chosen.organ) for key, name in common.organs(keys))


def _stage_name(stage: LifeStage) -> str:
    names: Mapping[LifeStage, str] = {
        LifeStage.DRAFT: _("起草"),
        LifeStage.DEPARTMENT_REVIEW: _("等部门审"),
        LifeStage.LEGAL_REVIEW: _("等法制审"),
        LifeStage.APPROVED: _("等公布"),
    }
    return names[stage]
