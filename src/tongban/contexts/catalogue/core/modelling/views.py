"""What queries answer about routes and tables: plain values for lists, editors and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.contexts.catalogue.core.findings import Severity
from tongban.contexts.catalogue.core.items import Text
from tongban.contexts.catalogue.core.life.reviewed import LifeStage
from tongban.contexts.catalogue.core.modelling.state import ModelKind, ModelState
from tongban.foundation.ledger.contract import Recorded
from tongban.kernel.refusals import Words


@dataclass(frozen=True)
class ModelRow:
    """One route or table as lists show it: the version in force and the one on its way, whichever there are."""

    kind: ModelKind
    key: str
    name: Text
    users: tuple[str, ...]  # codes of the items in force that use it
    in_force: ModelVersion | None
    draft: ModelVersion | None
    may_draft: bool = False  # this actor


@dataclass(frozen=True)
class ModelVersion:
    """One version, without its text."""

    stream_id: str
    kind: ModelKind
    key: str
    number: int
    stage: LifeStage
    name: Text
    agency: str
    author: str  # actor id
    origin: str  # "desk", "load", "adopted"
    digest: str
    updated_at: datetime
    published_at: datetime | None
    ended_at: datetime | None
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True)
class ModelDraft:
    """One version whole, in whatever stage, with everything that happened to it, first event first.

    `seen` is the number of its last event, for reviews: nobody answers for what they have not seen.
    """

    stream_id: str
    kind: ModelKind
    key: str
    number: int
    stage: LifeStage
    xml: str
    digest: str
    name: Text
    agency: str
    author: str
    base: int
    users: tuple[str, ...]
    state: ModelState
    history: tuple[Recorded, ...]

    @property
    def seen(self) -> int:
        """The number of its last event."""
        return self.history[-1].seq if self.history else 0


@dataclass(frozen=True)
class ModelFinding:
    """One finding of the checker, in both languages. `line` 0 = the whole text; `trace`: names on the way there."""

    severity: Severity
    element: str
    line: int
    message: Words
    advice: Words
    trace: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemImpact:
    """What publishing would mean for one item that uses the route or table.

    `lanes`: lanes of the new route without an organ; `findings`: how many rules it would break; `draft`: the stream of
    its open draft, which would follow. `ready`: may be chosen.
    """

    code: str
    name: Text
    version: int
    agency: str
    lanes: tuple[Words, ...] = ()
    findings: int = 0
    draft: str = ""

    @property
    def ready(self) -> bool:
        """Whether it may go over."""
        return not self.lanes and not self.findings


@dataclass(frozen=True)
class ModelImpact:
    """What publishing would reach. `stays`: elements of the version in force at which an open case could not go over
    to the new route, with the reasons (message ids of `process.core.migrating.REASONS`)."""

    items: tuple[ItemImpact, ...]
    stays: Mapping[str, tuple[str, ...]]
