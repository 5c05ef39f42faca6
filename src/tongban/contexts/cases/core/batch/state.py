"""What a batch is at a moment: one application for many people, and the cases it became. The fold of its events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tongban.contexts.cases.core.commands import Applicant
from tongban.contexts.cases.core.state import Document, Material, Owed


@dataclass(frozen=True)
class BatchCase:
    """One case of a batch, and the person it is about."""

    row: int
    case_id: str
    number: str
    name: str
    id_number: str  # masked


@dataclass(frozen=True)
class BatchState:
    """One batch. `filed_at` None: its rows are still becoming cases."""

    number: str = ""
    draft: str = ""
    item_code: str = ""
    item_version: int = 0
    applicant: Applicant | None = None
    division: str = ""
    agency: str = ""
    lanes: dict[str, str] = field(default_factory=dict)
    channel: str = "online"
    values: dict[str, str | list[str]] = field(default_factory=dict)  # answers given once for all
    materials: tuple[Material, ...] = ()  # papers handed in once for all
    count: int = 0  # rows that were taken in
    opened_at: datetime | None = None
    opened_by: str = ""  # actor id
    opened_by_name: str = ""
    principal: str = ""
    filed_at: datetime | None = None
    cases: tuple[BatchCase, ...] = ()
    returned: int = 0  # rows that went back to the draft
    documents: tuple[Document, ...] = ()
    owed: tuple[Owed, ...] = ()
