"""What every matter that four persons carry has in common: its stages, who took which step, and how a step changes it.

Item versions, routes and decision tables are drafted, reviewed by the department and for the law, and published the
same way (docs/adr/0012).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

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


#: A version on its way; an item, a route or a table has one at a time.
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
class Reviewed:
    """One version of something. Persons are actor ids."""

    number: int = 0
    stage: LifeStage = LifeStage.NONE
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
    digest: str = ""
    published_at: datetime | None = None
    ended_at: datetime | None = None
    origin: str = ""
    errors: int = 0
    warnings: int = 0
    updated_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """On its way to being published."""
        return self.stage in OPEN


S = TypeVar("S", bound=Reviewed)


def edited(state: S, by: str) -> S:
    """`by` has written in it."""
    return state if by in state.editors else replace(state, editors=(*state.editors, by))


def submitted(state: S, event: Any) -> S:
    """Who hands it in answers for it as its writers do."""
    handed_in = replace(state, stage=LifeStage.DEPARTMENT_REVIEW, note="", errors=0, warnings=event.warnings)
    return edited(handed_in, event.by)


def returned(state: S, event: Any) -> S:
    """The reviews start anew."""
    return replace(
        state, stage=LifeStage.DRAFT, note=event.note, department_reviewer="", legal_reviewer="", publisher=""
    )


def department_approved(state: S, event: Any) -> S:
    """On to the legal review."""
    return replace(state, stage=LifeStage.LEGAL_REVIEW, department_reviewer=event.by, note=event.note)


def legality_approved(state: S, event: Any) -> S:
    """It waits for its publisher."""
    return replace(state, stage=LifeStage.APPROVED, legal_reviewer=event.by, note=event.note)
