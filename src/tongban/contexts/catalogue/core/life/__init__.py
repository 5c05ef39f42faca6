"""The life of an item version: drafted, reviewed twice, published, superseded or cancelled; each step another person's.

One ledger stream a version (`stream_of`). docs/adr/0012 tells why.
"""

from tongban.contexts.catalogue.core.life.commands import Facts, InForce
from tongban.contexts.catalogue.core.life.events import Published, Written
from tongban.contexts.catalogue.core.life.refusals import (
    BaseGone,
    BaseMoved,
    ChangedSince,
    CodeInvalid,
    ContentInvalid,
    ContentMoved,
    DatesOverlap,
    DayPassed,
    DraftExists,
    DraftHasErrors,
    LifeNotYetDue,
    NoteMissing,
    OutsideValidity,
    SamePerson,
    VerdictUnknown,
    WrongStage,
)
from tongban.contexts.catalogue.core.life.state import OPEN, STAGE_NAMES, LifeStage, VersionState
from tongban.contexts.catalogue.core.life.views import Draft, DraftRow, Touched, VersionRow

__all__ = [
    "OPEN",
    "STAGE_NAMES",
    "BaseGone",
    "BaseMoved",
    "ChangedSince",
    "CodeInvalid",
    "ContentInvalid",
    "ContentMoved",
    "DatesOverlap",
    "DayPassed",
    "Draft",
    "DraftExists",
    "DraftHasErrors",
    "DraftRow",
    "Facts",
    "InForce",
    "LifeNotYetDue",
    "LifeStage",
    "NoteMissing",
    "OutsideValidity",
    "Published",
    "SamePerson",
    "Touched",
    "VerdictUnknown",
    "VersionRow",
    "VersionState",
    "Written",
    "WrongStage",
    "stream_of",
]


def stream_of(code: str, number: int) -> str:
    """The stream of version `number` of item `code`."""
    return f"item-{code}-{number:04d}"
