"""Events of special procedures. A stretch begins and ends with `SpecialStarted` and `SpecialEnded`, as ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from tongban.contexts.cases.core.events import CaseEvent
from tongban.contexts.cases.core.parts.special import (
    Attachment,
    CheckLine,
    Expert,
    Named,
    Signature,
    Statement,
)


@dataclass(frozen=True)
class SpecialProposed(CaseEvent):
    """A special procedure is to be carried out. `approver` handler: it runs at once; else it waits for approval."""

    TYPE: ClassVar[str] = "case.special_proposed"
    id: str
    cause: str
    name: str
    name_en: str
    reason: str
    planned_days: int
    stops: bool
    law: str
    approver: str
    by: str
    by_name: str
    at: datetime
    limit_end: date | None = None


@dataclass(frozen=True)
class SpecialApproved(CaseEvent):
    """The head of the organ approved it; `SpecialStarted` follows."""

    TYPE: ClassVar[str] = "case.special_approved"
    id: str
    limit_end: date
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class SpecialRefused(CaseEvent):
    TYPE: ClassVar[str] = "case.special_refused"
    id: str
    reason: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class SpecialOverstayed(CaseEvent):
    """The procedure takes longer than its own limit: a matter for supervision (TL9)."""

    TYPE: ClassVar[str] = "case.special_overstayed"
    id: str
    limit_end: date
    at: datetime


@dataclass(frozen=True)
class VisitAppointed(CaseEvent):
    """Day, time, place and both officers of a site visit, told to the applicant. `moved`: at the applicant's wish."""

    TYPE: ClassVar[str] = "case.visit_appointed"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"place"})
    special: str
    on: date
    slot: str
    place: str
    officers: tuple[Named, ...]
    lines: tuple[CheckLine, ...]
    by_name: str
    at: datetime
    moved: bool = False


@dataclass(frozen=True)
class VisitTimeAsked(CaseEvent):
    """The applicant asked for another time, once."""

    TYPE: ClassVar[str] = "case.visit_time_asked"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason", "wish"})
    special: str
    reason: str
    wish: str
    at: datetime


@dataclass(frozen=True)
class VisitTimeKept(CaseEvent):
    TYPE: ClassVar[str] = "case.visit_time_kept"
    special: str
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class VisitSaved(CaseEvent):
    """What is written down so far; a record that changes is nobody's signed record any more."""

    TYPE: ClassVar[str] = "case.visit_saved"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"lines", "findings", "present_name", "remark"})
    special: str
    lines: tuple[CheckLine, ...]
    findings: str
    result: str
    present: str
    present_name: str
    remark: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class VisitPhotoTaken(CaseEvent):
    TYPE: ClassVar[str] = "case.visit_photo_taken"
    special: str
    photo: Attachment
    at: datetime


@dataclass(frozen=True)
class VisitSigned(CaseEvent):
    """One of the two officers signs the record as it stands."""

    TYPE: ClassVar[str] = "case.visit_signed"
    special: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class VisitConfirmed(CaseEvent):
    """The other officer confirms the record: from here on it is fixed. `task`: the task of the route that it does."""

    TYPE: ClassVar[str] = "case.visit_confirmed"
    special: str
    by: str
    by_name: str
    task: str
    at: datetime


@dataclass(frozen=True)
class HearingTold(CaseEvent):
    """听证告知: whom it concerns may ask for a hearing within five working days (行政许可法 47)."""

    TYPE: ClassVar[str] = "case.hearing_told"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"third_parties"})
    id: str
    to: str
    third_parties: str
    reason: str
    ask_by: date
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class HearingAsked(CaseEvent):
    """A hearing was asked for in time; the organ holds it within twenty working days."""

    TYPE: ClassVar[str] = "case.hearing_asked"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"by_name", "reason"})
    special: str
    by_name: str
    reason: str
    hold_by: date
    at: datetime


@dataclass(frozen=True)
class HearingWaived(CaseEvent):
    TYPE: ClassVar[str] = "case.hearing_waived"
    special: str
    at: datetime


@dataclass(frozen=True)
class HearingScheduled(CaseEvent):
    """听证通知: at least seven working days before (行政许可法 48(1))."""

    TYPE: ClassVar[str] = "case.hearing_scheduled"
    special: str
    on: date
    time: str
    place: str
    chair: Named
    public: bool
    closed_reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class HearingHeld(CaseEvent):
    """The minutes, signed by whoever took part or with the reason why not (行政许可法 48(5))."""

    TYPE: ClassVar[str] = "case.hearing_held"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"attended", "statements", "signatures"})
    special: str
    on: date
    attended: str
    statements: tuple[Statement, ...]
    signatures: tuple[Signature, ...]
    by_name: str
    at: datetime


@dataclass(frozen=True)
class HearingWeighed(CaseEvent):
    """How the decision rests on the minutes (行政许可法 48(2))."""

    TYPE: ClassVar[str] = "case.hearing_weighed"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text"})
    special: str
    text: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class ExpertsNamed(CaseEvent):
    TYPE: ClassVar[str] = "case.experts_named"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"experts"})
    special: str
    experts: tuple[Expert, ...]
    by_name: str
    at: datetime


@dataclass(frozen=True)
class ExpertSaid(CaseEvent):
    TYPE: ClassVar[str] = "case.expert_said"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"expert", "text"})
    special: str
    expert: str
    opinion: str
    text: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class ExpertsConcluded(CaseEvent):
    TYPE: ClassVar[str] = "case.experts_concluded"
    special: str
    majority: str
    conclusion: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class TestCommissioned(CaseEvent):
    TYPE: ClassVar[str] = "case.test_commissioned"
    special: str
    body: str
    subject: str
    due: date
    by_name: str
    at: datetime


@dataclass(frozen=True)
class TestReported(CaseEvent):
    TYPE: ClassVar[str] = "case.test_reported"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"report"})
    special: str
    result: str
    number: str
    text: str
    report: Attachment | None
    by_name: str
    at: datetime


@dataclass(frozen=True)
class NoticePublished(CaseEvent):
    """公示: published on the portal, from `first` to `last`."""

    TYPE: ClassVar[str] = "case.notice_published"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"title", "text"})
    special: str
    title: str
    text: str
    first: date
    last: date
    unit: str
    days: int
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Objected(CaseEvent):
    """Somebody objects to what is published."""

    TYPE: ClassVar[str] = "case.objected"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name", "contact", "text"})
    special: str
    objection: str
    name: str
    contact: str
    text: str
    at: datetime


@dataclass(frozen=True)
class ObjectionAnswered(CaseEvent):
    TYPE: ClassVar[str] = "case.objection_answered"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"answer"})
    special: str
    objection: str
    answer: str
    upheld: bool
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class OpinionAsked(CaseEvent):
    TYPE: ClassVar[str] = "case.opinion_asked"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name", "question"})
    special: str
    asked: str
    name: str
    question: str
    due: date
    by_name: str
    at: datetime


@dataclass(frozen=True)
class OpinionGiven(CaseEvent):
    """What was answered; `silent`: nothing, until the day that was told."""

    TYPE: ClassVar[str] = "case.opinion_given"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text"})
    special: str
    asked: str
    answer: str
    text: str
    by_name: str
    at: datetime


ALL: tuple[type[CaseEvent], ...] = (
    SpecialProposed,
    SpecialApproved,
    SpecialRefused,
    SpecialOverstayed,
    VisitAppointed,
    VisitTimeAsked,
    VisitTimeKept,
    VisitSaved,
    VisitPhotoTaken,
    VisitSigned,
    VisitConfirmed,
    HearingTold,
    HearingAsked,
    HearingWaived,
    HearingScheduled,
    HearingHeld,
    HearingWeighed,
    ExpertsNamed,
    ExpertSaid,
    ExpertsConcluded,
    TestCommissioned,
    TestReported,
    NoticePublished,
    Objected,
    ObjectionAnswered,
    OpinionAsked,
    OpinionGiven,
)
