"""Events of fair procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from tongban.contexts.cases.core.events import CaseEvent
from tongban.contexts.cases.core.parts.fairness import Paper, Vote


@dataclass(frozen=True)
class IntentionNotified(CaseEvent):
    """The applicant is told of an intended adverse decision and may state and defend until `due` (行政许可法 7, 36)."""

    TYPE: ClassVar[str] = "case.intention_notified"
    outcome: str  # deny | burden
    facts: str
    reasons: str
    basis: str
    by: str
    by_name: str
    agency: str
    at: datetime
    due: date


@dataclass(frozen=True)
class StatementMade(CaseEvent):
    """The applicant stated and defended, on the portal or at a window."""

    TYPE: ClassVar[str] = "case.statement_made"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text", "papers", "by_name"})
    id: str
    text: str
    papers: tuple[Paper, ...]
    complete: bool
    channel: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class DefenceWaived(CaseEvent):
    """The applicant has nothing to say to the notice."""

    TYPE: ClassVar[str] = "case.defence_waived"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"by_name"})
    by: str
    by_name: str
    channel: str
    at: datetime


@dataclass(frozen=True)
class RecusalAsked(CaseEvent):
    """An officer declared, or the applicant asked, that an officer keep out of the case."""

    TYPE: ClassVar[str] = "case.recusal_asked"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason", "asked_by_name"})
    id: str
    officer: str
    officer_name: str
    agency: str
    reason: str
    own: bool
    asked_by: str
    asked_by_name: str
    at: datetime


@dataclass(frozen=True)
class RecusalDecided(CaseEvent):
    """The organ's approver let the officer keep out, or not."""

    TYPE: ClassVar[str] = "case.recusal_decided"
    id: str
    granted: bool
    answer: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class InterestedInformed(CaseEvent):
    """Somebody whose major interests are touched was told, and may say what they think (行政许可法 36, 47)."""

    TYPE: ClassVar[str] = "case.interested_informed"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name", "contact", "code"})
    id: str
    name: str
    contact: str
    interest: str
    code: str
    party: str
    by_name: str
    at: datetime
    due: date


@dataclass(frozen=True)
class InterestedHeard(CaseEvent):
    """An interested party said what they think."""

    TYPE: ClassVar[str] = "case.interested_heard"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text"})
    id: str
    text: str
    channel: str
    at: datetime


@dataclass(frozen=True)
class MeetingHeld(CaseEvent):
    """The organ's officers discussed the case together and voted; `outcome` "" = no majority."""

    TYPE: ClassVar[str] = "case.meeting_held"
    id: str
    on: date
    place: str
    discussion: str
    votes: tuple[Vote, ...]
    outcome: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class RenewalNamed(CaseEvent):
    """The application names the licence to renew; `late`: less than thirty days before it expires (50-1)."""

    TYPE: ClassVar[str] = "case.renewal_named"
    licence: str
    number: str
    valid_to: date
    late: bool
    at: datetime


@dataclass(frozen=True)
class DeemedRenewed(CaseEvent):
    """The licence expired before the organ decided: by law it is renewed (行政许可法 50-2)."""

    TYPE: ClassVar[str] = "case.deemed_renewed"
    licence: str
    number: str
    valid_to: date
    reasons: str
    agency: str
    at: datetime
    delivery_due: date


ALL: tuple[type[CaseEvent], ...] = (
    IntentionNotified,
    StatementMade,
    DefenceWaived,
    RecusalAsked,
    RecusalDecided,
    InterestedInformed,
    InterestedHeard,
    MeetingHeld,
    RenewalNamed,
    DeemedRenewed,
)
