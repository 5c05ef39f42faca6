"""The events in the life of a version of a route or decision table.

Its text is recorded whole, as the editor wrote it: what was reviewed, published and used can always be shown again.
The steps that all versions share have the shape of those of item versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from tongban.contexts.catalogue.core.life import events as item
from tongban.contexts.catalogue.core.life.events import LifeEvent

ModelKind = Literal["route", "table"]


@dataclass(frozen=True)
class WrittenModel:
    """A text as its author wrote it, the SHA-256 of its bytes, its name, and how many findings the checker had."""

    xml: str
    digest: str
    name_zh: str
    name_en: str
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True)
class ModelDrafted(LifeEvent):
    """A draft was opened, from the version in force or for a new route or table."""

    TYPE: ClassVar[str] = "model.drafted"
    kind: ModelKind
    key: str
    number: int
    base: int  # the version in force then; 0 = none
    written: WrittenModel
    agency: str
    by: str
    at: datetime
    origin: str  # "desk"


@dataclass(frozen=True)
class ModelSaved(LifeEvent):
    TYPE: ClassVar[str] = "model.saved"
    written: WrittenModel
    by: str
    at: datetime


@dataclass(frozen=True)
class ModelSubmitted(item.DraftSubmitted):
    TYPE: ClassVar[str] = "model.submitted"


@dataclass(frozen=True)
class ModelReturned(item.DraftReturned):
    TYPE: ClassVar[str] = "model.returned"


@dataclass(frozen=True)
class ModelDepartmentApproved(item.DepartmentApproved):
    TYPE: ClassVar[str] = "model.department_approved"


@dataclass(frozen=True)
class ModelLegalityApproved(item.LegalityApproved):
    TYPE: ClassVar[str] = "model.legality_approved"


@dataclass(frozen=True)
class ModelPublished(LifeEvent):
    """It is in force, and `items` (code, version) are handled on it from now on."""

    TYPE: ClassVar[str] = "model.published"
    items: tuple[tuple[str, int], ...]
    by: str
    at: datetime


@dataclass(frozen=True)
class ModelSuperseded(LifeEvent):
    TYPE: ClassVar[str] = "model.superseded"
    by_number: int
    at: datetime


@dataclass(frozen=True)
class ModelAbandoned(item.DraftAbandoned):
    TYPE: ClassVar[str] = "model.abandoned"


@dataclass(frozen=True)
class ModelLoaded(LifeEvent):
    """The operator published a file of a catalogue folder, whose review is that of its repository."""

    TYPE: ClassVar[str] = "model.loaded"
    kind: ModelKind
    key: str
    number: int
    base: int
    written: WrittenModel
    agency: str
    by: str
    at: datetime
    origin: str  # "load", or "adopted": in use before routes and tables had streams


ALL: tuple[type[LifeEvent], ...] = (
    ModelDrafted,
    ModelSaved,
    ModelSubmitted,
    ModelReturned,
    ModelDepartmentApproved,
    ModelLegalityApproved,
    ModelPublished,
    ModelSuperseded,
    ModelAbandoned,
    ModelLoaded,
)
