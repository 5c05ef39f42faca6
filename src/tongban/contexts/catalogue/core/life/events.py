"""The events in the life of a version: each an act that happened, never changed once recorded.

`content` is the canonical JSON of the source (what item.yaml says), `body` that of the published item with the digest
of its route: both are recorded, so that today's software never has to guess what an older one made of a source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

Step = Literal["department", "legal", "publish"]


class LifeEvent:
    """Base: defaults of the class attributes the ledger reads. Nothing here is a citizen's."""

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Written:
    """Content as its author wrote it, what lists show of it, and how many findings the checker had."""

    content: str
    name_zh: str
    name_en: str
    agency: str
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True)
class Published:
    """What is put in force: the body of the version, its digest, and the digest of its route (None: a guide only)."""

    body: str
    digest: str
    route: str | None


@dataclass(frozen=True)
class ItemDrafted(LifeEvent):
    """A draft was opened, from the version in force or for a new item."""

    TYPE: ClassVar[str] = "item.drafted"
    code: str
    number: int
    base: int  # the version in force then; 0 = none
    written: Written
    by: str
    at: datetime
    origin: str  # "desk", "load", "import", …


@dataclass(frozen=True)
class DraftSaved(LifeEvent):
    TYPE: ClassVar[str] = "item.draft_saved"
    written: Written
    by: str
    at: datetime


@dataclass(frozen=True)
class DraftSubmitted(LifeEvent):
    """To the department review, without an error among the checker's findings."""

    TYPE: ClassVar[str] = "item.draft_submitted"
    by: str
    at: datetime
    warnings: int


@dataclass(frozen=True)
class DraftReturned(LifeEvent):
    """Back to the drafters, with the reason."""

    TYPE: ClassVar[str] = "item.draft_returned"
    step: Step
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class DepartmentApproved(LifeEvent):
    TYPE: ClassVar[str] = "item.department_approved"
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class LegalityApproved(LifeEvent):
    TYPE: ClassVar[str] = "item.legality_approved"
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class VersionScheduled(LifeEvent):
    """It comes into force on a later day."""

    TYPE: ClassVar[str] = "item.version_scheduled"
    effective_from: str
    by: str
    at: datetime


@dataclass(frozen=True)
class VersionPublished(LifeEvent):
    """It is in force. `by` is the publisher, also where the clock did it."""

    TYPE: ClassVar[str] = "item.version_published"
    published: Published
    effective_from: str
    by: str
    at: datetime
    ends_on: str = ""
    end_reason: str = ""


@dataclass(frozen=True)
class VersionSuperseded(LifeEvent):
    TYPE: ClassVar[str] = "item.version_superseded"
    by_number: int
    at: datetime


@dataclass(frozen=True)
class CancellationScheduled(LifeEvent):
    """From `on` the item is no longer offered."""

    TYPE: ClassVar[str] = "item.cancellation_scheduled"
    on: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ItemCancelled(LifeEvent):
    """No new applications; cases under way go on under their version."""

    TYPE: ClassVar[str] = "item.cancelled"
    on: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class DraftAbandoned(LifeEvent):
    TYPE: ClassVar[str] = "item.draft_abandoned"
    by: str
    at: datetime


@dataclass(frozen=True)
class ItemLoaded(LifeEvent):
    """The operator published a file catalogue, whose review is that of its repository.

    With `effective_from` after the day of loading it waits for that day.
    """

    TYPE: ClassVar[str] = "item.loaded"
    code: str
    number: int
    base: int
    written: Written
    published: Published
    effective_from: str
    by: str
    at: datetime
    origin: str  # "load", or "adopted": published before versions had streams
    waits: bool = False
    ends_on: str = ""
    end_reason: str = ""


@dataclass(frozen=True)
class ItemPinned(LifeEvent):
    """A route or a table that the item uses was published: the same content, handled on the new one.

    `model` is the stream of that route or table. What four persons looked at is the model; they are named here again.
    """

    TYPE: ClassVar[str] = "item.pinned"
    code: str
    number: int
    base: int
    written: Written
    published: Published
    effective_from: str
    by: str
    at: datetime
    origin: str  # "model route review@2"
    model: str
    author: str
    department_reviewer: str
    legal_reviewer: str
    ends_on: str = ""
    end_reason: str = ""


@dataclass(frozen=True)
class DraftRebased(LifeEvent):
    """The draft's base went over to a new route or table and says the same: the draft follows it."""

    TYPE: ClassVar[str] = "item.draft_rebased"
    base: int
    model: str
    at: datetime


ALL: tuple[type[LifeEvent], ...] = (
    ItemDrafted,
    DraftSaved,
    DraftSubmitted,
    DraftReturned,
    DepartmentApproved,
    LegalityApproved,
    VersionScheduled,
    VersionPublished,
    VersionSuperseded,
    CancellationScheduled,
    ItemCancelled,
    DraftAbandoned,
    ItemLoaded,
    ItemPinned,
    DraftRebased,
)
