"""What the queries about batches answer: frozen values, never rows of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tongban.contexts.cases.core.batch.sheet.reading import Row
from tongban.contexts.cases.core.batch.state import BatchState
from tongban.contexts.cases.core.state import CaseState, Material
from tongban.contexts.catalogue.core.items import Item
from tongban.kernel.refusals import Words


@dataclass(frozen=True)
class DraftRow:
    """One person of a draft: what the sheet said, what is wrong, which papers are there and which lack."""

    place: int
    row: Row
    name: str
    number: str
    materials: tuple[Material, ...]
    lacking: tuple[str, ...]
    ready: bool


@dataclass(frozen=True)
class BatchDraftView:
    """A draft as its owner sees it. Counts: all rows, those in order, those with mistakes, those that lack papers."""

    id: str
    item: Item
    current_version: int
    principal: str
    person: str
    division: str
    values: dict[str, str | list[str]]
    answered: bool
    materials: tuple[Material, ...]
    sheet_name: str
    letters: dict[str, str]
    notes: tuple[Words, ...]
    contact_name: str
    contact_phone: str
    updated_at: datetime
    rows: int = 0
    ready: int = 0
    wrong: int = 0
    lacking: int = 0

    @property
    def outdated(self) -> bool:
        """The item has a newer version than the draft was begun under."""
        return self.item.version != self.current_version


@dataclass(frozen=True)
class BatchLine:
    """One batch in a list."""

    id: str
    number: str
    item_code: str
    item_version: int
    applicant_name: str
    opened_at: datetime
    filed_at: datetime | None
    count: int
    over: int  # cases that are finished


@dataclass(frozen=True)
class BatchedLine:
    """One case of a batch as a line."""

    case_id: str
    row: int
    name: str
    id_number: str  # masked
    number: str
    phase: str
    ending: str
    stopped: bool
    legal_due: date | None
    promised_due: date | None


@dataclass(frozen=True)
class BatchView:
    """A batch with a page of its cases, as far as the actor may see them; `states` are those of the page."""

    id: str
    state: BatchState
    item: Item
    lines: tuple[BatchedLine, ...]
    states: dict[str, CaseState]
    counts: dict[str, int]  # phase or ending -> cases
    page: int
    pages: int


@dataclass(frozen=True)
class InBatch:
    """Which batch a case came in."""

    batch_id: str
    number: str
    count: int
