"""What queries answer about versions: plain values for lists and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tongban.contexts.catalogue.core.items import Text
from tongban.contexts.catalogue.core.life.state import LifeStage, VersionState
from tongban.foundation.ledger.contract import Recorded


@dataclass(frozen=True)
class DraftRow:
    """One version on its way, as lists show it. `errors` and `warnings` are the checker's counts when it was saved."""

    stream_id: str
    code: str
    number: int
    name: Text
    agency: str  # agency key
    stage: LifeStage
    author: str  # actor id
    updated_at: datetime
    errors: int
    warnings: int
    base: int = 0
    origin: str = ""
    effective_from: date | None = None  # of a scheduled version


@dataclass(frozen=True)
class Draft:
    """One version whole: its row, its content, its state, and everything that happened to it, first event first."""

    row: DraftRow
    content: dict[str, Any]
    state: VersionState
    history: tuple[Recorded, ...]


@dataclass(frozen=True)
class VersionRow:
    """One version that is, was or will be in force."""

    stream_id: str
    code: str
    number: int
    name: Text
    stage: LifeStage
    origin: str
    effective_from: date | None
    published_at: datetime | None
    ended_at: datetime | None
    ends_on: date | None
    digest: str  # "" while scheduled


@dataclass(frozen=True)
class Touched:
    """What a change of an item reaches: ids of packages, and codes of items that name it."""

    packages: tuple[str, ...] = ()
    prerequisite_of: tuple[str, ...] = ()
    next_of: tuple[str, ...] = ()
    paper_of: tuple[str, ...] = ()  # items that ask for its result as a material
    phrases: tuple[str, ...] = ()  # everyday phrases of search that lead to it

    @property
    def items(self) -> tuple[str, ...]:
        """All items that name it, once each."""
        return tuple(sorted({*self.prerequisite_of, *self.next_of, *self.paper_of}))

    def __bool__(self) -> bool:
        return bool(self.packages or self.items or self.phrases)


def name_of(content: Mapping[str, Any], code: str) -> Text:
    """The name a draft gives itself in both languages; its code where it has none yet."""
    name = content.get("name")
    texts = name if isinstance(name, Mapping) else {}
    zh, en = (texts.get(key) for key in ("zh", "en"))
    return Text(zh if isinstance(zh, str) and zh.strip() else code, en if isinstance(en, str) and en.strip() else code)
