"""The state of one version of one item, and how each event changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from tongban.contexts.catalogue.core.life import events as e
from tongban.kernel.refusals import Words


class LifeStage(StrEnum):
    """Where a version stands in its life."""

    NONE = ""
    DRAFT = "draft"
    DEPARTMENT_REVIEW = "department_review"
    LEGAL_REVIEW = "legal_review"
    APPROVED = "approved"  # may be published; with `effective_from`: waits for that day
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"


#: A version on its way; an item has one at a time.
OPEN = frozenset({LifeStage.DRAFT, LifeStage.DEPARTMENT_REVIEW, LifeStage.LEGAL_REVIEW, LifeStage.APPROVED})
STAGE_NAMES: dict[LifeStage, Words] = {
    LifeStage.NONE: Words("尚未起草", "not drafted"),
    LifeStage.DRAFT: Words("草稿", "draft"),
    LifeStage.DEPARTMENT_REVIEW: Words("部门审核", "department review"),
    LifeStage.LEGAL_REVIEW: Words("法制审核", "legal review"),
    LifeStage.APPROVED: Words("待发布", "approved"),
    LifeStage.PUBLISHED: Words("现行", "in force"),
    LifeStage.SUPERSEDED: Words("已被取代", "superseded"),
    LifeStage.CANCELLED: Words("已取消", "cancelled"),
    LifeStage.ABANDONED: Words("已放弃", "abandoned"),
}


@dataclass(frozen=True)
class VersionState:
    """One version. Persons are actor ids; days are ISO dates, "" = none."""

    code: str = ""
    number: int = 0
    stage: LifeStage = LifeStage.NONE
    content: str = ""  # canonical JSON of the source
    name_zh: str = ""
    name_en: str = ""
    agency: str = ""
    base: int = 0  # the version in force when it was opened
    author: str = ""
    editors: tuple[str, ...] = ()
    department_reviewer: str = ""
    legal_reviewer: str = ""
    publisher: str = ""
    note: str = ""  # what the last reviewer wrote
    body: str = ""
    digest: str = ""
    route: str | None = None
    effective_from: str = ""
    published_at: datetime | None = None
    ended_at: datetime | None = None
    origin: str = ""
    ends_on: str = ""  # the first day it is no longer in force
    end_reason: str = ""
    errors: int = 0
    warnings: int = 0
    updated_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """On its way to being published."""
        return self.stage in OPEN

    @property
    def is_scheduled(self) -> bool:
        """Waits for the day of its force."""
        return self.stage is LifeStage.APPROVED and bool(self.effective_from)


def evolve(state: VersionState, event: Any) -> VersionState:
    """The state after `event`; total and pure."""
    return replace(_EVOLVERS[type(event)](state, event), updated_at=event.at)


def _write(state: VersionState, written: e.Written) -> VersionState:
    return replace(
        state,
        content=written.content,
        name_zh=written.name_zh,
        name_en=written.name_en,
        agency=written.agency,
        errors=written.errors,
        warnings=written.warnings,
    )


def _edited(state: VersionState, by: str) -> VersionState:
    return state if by in state.editors else replace(state, editors=(*state.editors, by))


def _drafted(state: VersionState, event: e.ItemDrafted) -> VersionState:
    opened = replace(
        state,
        code=event.code,
        number=event.number,
        stage=LifeStage.DRAFT,
        base=event.base,
        author=event.by,
        origin=event.origin,
    )
    return _edited(_write(opened, event.written), event.by)


def _saved(state: VersionState, event: e.DraftSaved) -> VersionState:
    return _edited(_write(state, event.written), event.by)


def _submitted(state: VersionState, event: e.DraftSubmitted) -> VersionState:
    """Who hands it in answers for it as its writers do."""
    submitted = replace(state, stage=LifeStage.DEPARTMENT_REVIEW, note="", errors=0, warnings=event.warnings)
    return _edited(submitted, event.by)


def _returned(state: VersionState, event: e.DraftReturned) -> VersionState:
    return replace(
        state,
        stage=LifeStage.DRAFT,
        note=event.note,
        department_reviewer="",
        legal_reviewer="",
        publisher="",
        effective_from="",
    )


def _department(state: VersionState, event: e.DepartmentApproved) -> VersionState:
    return replace(state, stage=LifeStage.LEGAL_REVIEW, department_reviewer=event.by, note=event.note)


def _legal(state: VersionState, event: e.LegalityApproved) -> VersionState:
    return replace(state, stage=LifeStage.APPROVED, legal_reviewer=event.by, note=event.note)


def _scheduled(state: VersionState, event: e.VersionScheduled) -> VersionState:
    return replace(state, publisher=event.by, effective_from=event.effective_from)


def _published(state: VersionState, event: e.VersionPublished) -> VersionState:
    published = event.published
    return replace(
        state,
        stage=LifeStage.PUBLISHED,
        publisher=event.by,
        body=published.body,
        digest=published.digest,
        route=published.route,
        effective_from=event.effective_from,
        published_at=event.at,
        ends_on=event.ends_on,
        end_reason=event.end_reason,
    )


def _superseded(state: VersionState, event: e.VersionSuperseded) -> VersionState:
    return replace(state, stage=LifeStage.SUPERSEDED, ended_at=event.at, ends_on="", end_reason="")


def _ending(state: VersionState, event: e.CancellationScheduled) -> VersionState:
    return replace(state, ends_on=event.on, end_reason=event.reason)


def _cancelled(state: VersionState, event: e.ItemCancelled) -> VersionState:
    return replace(state, stage=LifeStage.CANCELLED, ended_at=event.at, ends_on=event.on, end_reason=event.reason)


def _abandoned(state: VersionState, event: e.DraftAbandoned) -> VersionState:
    return replace(state, stage=LifeStage.ABANDONED, ended_at=event.at, effective_from="")


def _loaded(state: VersionState, event: e.ItemLoaded) -> VersionState:
    published = event.published
    loaded = replace(
        state,
        code=event.code,
        number=event.number,
        stage=LifeStage.APPROVED if event.waits else LifeStage.PUBLISHED,
        base=event.base,
        author=event.by,
        publisher=event.by,
        origin=event.origin,
        body=published.body,
        digest=published.digest,
        route=published.route,
        effective_from=event.effective_from,
        published_at=None if event.waits else event.at,
        ends_on=event.ends_on,
        end_reason=event.end_reason,
    )
    return _write(loaded, event.written)


_EVOLVERS: dict[type, Callable[[VersionState, Any], VersionState]] = {
    e.ItemDrafted: _drafted,
    e.DraftSaved: _saved,
    e.DraftSubmitted: _submitted,
    e.DraftReturned: _returned,
    e.DepartmentApproved: _department,
    e.LegalityApproved: _legal,
    e.VersionScheduled: _scheduled,
    e.VersionPublished: _published,
    e.VersionSuperseded: _superseded,
    e.CancellationScheduled: _ending,
    e.ItemCancelled: _cancelled,
    e.DraftAbandoned: _abandoned,
    e.ItemLoaded: _loaded,
}
