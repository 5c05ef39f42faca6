"""The state of one version of one route or decision table, and how each event changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tongban.contexts.catalogue.core.life import reviewed
from tongban.contexts.catalogue.core.life.reviewed import LifeStage, Reviewed
from tongban.contexts.catalogue.core.modelling import events as e
from tongban.contexts.catalogue.core.modelling.events import ModelKind

__all__ = ["ModelKind", "ModelState", "evolve"]


@dataclass(frozen=True)
class ModelState(Reviewed):
    """One version of a route or table. `digest` is the SHA-256 of `xml`; `items` went over to it when it was
    published."""

    kind: ModelKind = "route"
    key: str = ""
    xml: str = ""
    items: tuple[tuple[str, int], ...] = ()


def evolve(state: ModelState, event: Any) -> ModelState:
    """The state after `event`; total and pure."""
    return replace(_EVOLVERS[type(event)](state, event), updated_at=event.at)


def _write(state: ModelState, written: e.WrittenModel) -> ModelState:
    return replace(
        state,
        xml=written.xml,
        digest=written.digest,
        name_zh=written.name_zh,
        name_en=written.name_en,
        errors=written.errors,
        warnings=written.warnings,
    )


def _begun(state: ModelState, event: e.ModelDrafted | e.ModelLoaded, stage: LifeStage) -> ModelState:
    begun = replace(
        state,
        kind=event.kind,
        key=event.key,
        number=event.number,
        stage=stage,
        base=event.base,
        agency=event.agency,
        author=event.by,
        origin=event.origin,
    )
    return _write(begun, event.written)


def _drafted(state: ModelState, event: e.ModelDrafted) -> ModelState:
    return reviewed.edited(_begun(state, event, LifeStage.DRAFT), event.by)


def _saved(state: ModelState, event: e.ModelSaved) -> ModelState:
    return reviewed.edited(_write(state, event.written), event.by)


def _published(state: ModelState, event: e.ModelPublished) -> ModelState:
    return replace(state, stage=LifeStage.PUBLISHED, publisher=event.by, published_at=event.at, items=event.items)


def _superseded(state: ModelState, event: e.ModelSuperseded) -> ModelState:
    return replace(state, stage=LifeStage.SUPERSEDED, ended_at=event.at)


def _abandoned(state: ModelState, event: e.ModelAbandoned) -> ModelState:
    return replace(state, stage=LifeStage.ABANDONED, ended_at=event.at)


def _loaded(state: ModelState, event: e.ModelLoaded) -> ModelState:
    loaded = _begun(state, event, LifeStage.PUBLISHED)
    return replace(loaded, publisher=event.by, published_at=event.at)


_EVOLVERS: dict[type, Callable[[ModelState, Any], ModelState]] = {
    e.ModelDrafted: _drafted,
    e.ModelSaved: _saved,
    e.ModelSubmitted: reviewed.submitted,
    e.ModelReturned: reviewed.returned,
    e.ModelDepartmentApproved: reviewed.department_approved,
    e.ModelLegalityApproved: reviewed.legality_approved,
    e.ModelPublished: _published,
    e.ModelSuperseded: _superseded,
    e.ModelAbandoned: _abandoned,
    e.ModelLoaded: _loaded,
}
