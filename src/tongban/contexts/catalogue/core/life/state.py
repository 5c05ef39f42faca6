"""The state of one version of one item, and how each event changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tongban.contexts.catalogue.core.life import events as e
from tongban.contexts.catalogue.core.life import reviewed
from tongban.contexts.catalogue.core.life.reviewed import OPEN, STAGE_NAMES, LifeStage, Reviewed

__all__ = ["OPEN", "STAGE_NAMES", "LifeStage", "VersionState", "evolve"]


@dataclass(frozen=True)
class VersionState(Reviewed):
    """One version of an item. Days are ISO dates, "" = none."""

    code: str = ""
    content: str = ""  # canonical JSON of the source
    body: str = ""
    route: str | None = None
    effective_from: str = ""
    ends_on: str = ""  # the first day it is no longer in force
    end_reason: str = ""

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
    return reviewed.edited(_write(opened, event.written), event.by)


def _saved(state: VersionState, event: e.DraftSaved) -> VersionState:
    return reviewed.edited(_write(state, event.written), event.by)


def _returned(state: VersionState, event: e.DraftReturned) -> VersionState:
    return replace(reviewed.returned(state, event), effective_from="")


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


def _pinned(state: VersionState, event: e.ItemPinned) -> VersionState:
    published = event.published
    pinned = replace(
        state,
        code=event.code,
        number=event.number,
        stage=LifeStage.PUBLISHED,
        base=event.base,
        author=event.author,
        department_reviewer=event.department_reviewer,
        legal_reviewer=event.legal_reviewer,
        publisher=event.by,
        origin=event.origin,
        body=published.body,
        digest=published.digest,
        route=published.route,
        effective_from=event.effective_from,
        published_at=event.at,
        ends_on=event.ends_on,
        end_reason=event.end_reason,
    )
    return _write(pinned, event.written)


def _rebased(state: VersionState, event: e.DraftRebased) -> VersionState:
    return replace(state, base=event.base)


_EVOLVERS: dict[type, Callable[[VersionState, Any], VersionState]] = {
    e.ItemDrafted: _drafted,
    e.DraftSaved: _saved,
    e.DraftSubmitted: reviewed.submitted,
    e.DraftReturned: _returned,
    e.DepartmentApproved: reviewed.department_approved,
    e.LegalityApproved: reviewed.legality_approved,
    e.VersionScheduled: _scheduled,
    e.VersionPublished: _published,
    e.VersionSuperseded: _superseded,
    e.CancellationScheduled: _ending,
    e.ItemCancelled: _cancelled,
    e.DraftAbandoned: _abandoned,
    e.ItemLoaded: _loaded,
    e.ItemPinned: _pinned,
    e.DraftRebased: _rebased,
}
