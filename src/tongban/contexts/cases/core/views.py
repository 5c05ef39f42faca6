"""What the queries of this context answer: frozen values, never rows of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tongban.contexts.cases.core.state import CaseState, Material
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.contexts.process.core.routes import Route
from tongban.foundation.ledger.contract import Recorded


@dataclass(frozen=True)
class DraftView:
    """A draft as its owner sees it."""

    id: str
    kind: str
    principal: str
    person: str
    item: Item
    current_version: int
    division: str
    channel: str
    values: dict[str, str | list[str]]
    materials: tuple[Material, ...]
    contact_name: str
    contact_phone: str
    steps_done: tuple[str, ...]
    updated_at: datetime

    @property
    def outdated(self) -> bool:
        """The item has a newer version than the draft was begun under."""
        return self.item.version != self.current_version


@dataclass(frozen=True)
class CaseView:
    """A case with the item version it runs under, its route and its recorded history."""

    id: str
    state: CaseState
    item: Item
    route: Route | None
    history: tuple[Recorded, ...]
    decisions: Mapping[str, Decisions] = field(default_factory=dict)  # the tables of the item version
    route_decisions: Mapping[str, Decisions] = field(default_factory=dict)  # those of the route's version


@dataclass(frozen=True)
class CaseLine:
    """One line of an applicant's or an organ's list."""

    id: str
    number: str
    item_code: str
    item_version: int
    applicant_name: str
    applicant: str
    phase: str
    ending: str
    submitted_at: datetime
    closed_at: datetime | None
    legal_due: date | None
    promised_due: date | None
    stopped: bool
    waits_applicant: bool
    rated: bool


@dataclass(frozen=True)
class TaskLine:
    """One line of a worktable."""

    case_id: str
    task: str
    act: str
    name: str
    name_en: str
    item_code: str
    number: str
    applicant_name: str
    channel: str
    division: str
    opened_at: datetime
    due: date | None
    promised_due: date | None
    legal_due: date | None
    stopped: bool
    done_at: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True)
class WorktableFilter:
    """`band`: "" all, late, today, soon (within three working days), calm, stopped. `after` continues a page."""

    band: str = ""
    act: str = ""
    item: str = ""
    words: str = ""
    after: str = ""


@dataclass(frozen=True)
class Worktable:
    """A page of open tasks, nearest deadline first. Counts stop at `COUNT_CAP` (shown as "99+")."""

    lines: tuple[TaskLine, ...]
    more: str  # cursor of the next page, "" at the end
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Progress:
    """What anybody with number and code may know without logging in: no names, no papers."""

    number: str
    item: Item
    state: CaseState
