"""Events of decisions by a published table, their explanation, review by a person, and samples for re-check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from tongban.contexts.cases.core.events import CaseEvent
from tongban.contexts.cases.core.parts.automatic import Said


@dataclass(frozen=True)
class HandedToTable(CaseEvent):
    """Filed, complete, and nothing a person must look at: the published table is asked next."""

    TYPE: ClassVar[str] = "case.handed_to_table"
    reference: str
    percent: int
    at: datetime


@dataclass(frozen=True)
class LeftToPeople(CaseEvent):
    """The table does not decide: `why` is a value of `Why`. What the table said, if asked, stays as advice."""

    TYPE: ClassVar[str] = "case.left_to_people"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"explained"})
    why: str
    reference: str
    at: datetime
    key: str = ""
    name: str = ""
    digest: str = ""
    reasons: tuple[Said, ...] = ()
    basis: tuple[Said, ...] = ()
    explained: dict[str, Any] | None = None


@dataclass(frozen=True)
class DecidedByTable(CaseEvent):
    """A published table granted: every input, the file with its fingerprint, the rules that hit, their reasons and law
    (个人信息保护法 24, 行政许可法 38). The decision itself is the `Decided` that follows."""

    TYPE: ClassVar[str] = "case.decided_by_table"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"explained"})  # the inputs are answers of the applicant
    reference: str
    key: str
    name: str
    digest: str
    reasons: tuple[Said, ...]
    basis: tuple[Said, ...]
    conditions: tuple[Said, ...]
    explained: dict[str, Any]
    percent: int
    at: datetime


@dataclass(frozen=True)
class CommitmentSigned(CaseEvent):
    """告知承诺: told the conditions, the applicant promised in writing to meet them (优化营商环境条例 19)."""

    TYPE: ClassVar[str] = "case.commitment_signed"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"by_name"})
    promises: tuple[Said, ...]
    materials: tuple[str, ...]
    basis: str
    verify_days: int
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class VerificationOpened(CaseEvent):
    """Decided on a promise: the organ verifies it until `due`."""

    TYPE: ClassVar[str] = "case.verification_opened"
    due: date
    at: datetime


@dataclass(frozen=True)
class CommitmentVerified(CaseEvent):
    """What was promised is true, or is not and has to be put right until `correct_by`."""

    TYPE: ClassVar[str] = "case.commitment_verified"
    outcome: str  # pass | fail
    findings: str
    correct_by: date | None
    by: str
    by_name: str
    agency: str
    second_officer: str
    second_officer_name: str
    at: datetime


@dataclass(frozen=True)
class ReviewAsked(CaseEvent):
    """The applicant asked for a person (个人信息保护法 24(3))."""

    TYPE: ClassVar[str] = "case.review_asked"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str
    due: date
    at: datetime


@dataclass(frozen=True)
class ReviewAnswered(CaseEvent):
    """A person looked: the decision stands (`confirmed`), or is that person's from now on (`changed`)."""

    TYPE: ClassVar[str] = "case.review_answered"
    outcome: str
    answer: str
    conditions: str
    by: str
    by_name: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class SampleDrawn(CaseEvent):
    """The draw for a re-check, drawn or not; `due` None = not drawn."""

    TYPE: ClassVar[str] = "case.sample_drawn"
    fingerprint: str
    number: int
    percent: int
    due: date | None
    at: datetime


@dataclass(frozen=True)
class Rechecked(CaseEvent):
    """A person decided the drawn case once more, for comparison: agree or disagree, with reasons."""

    TYPE: ClassVar[str] = "case.rechecked"
    outcome: str
    reasons: str
    by: str
    by_name: str
    agency: str
    at: datetime


ALL: tuple[type[CaseEvent], ...] = (
    HandedToTable,
    LeftToPeople,
    DecidedByTable,
    CommitmentSigned,
    VerificationOpened,
    CommitmentVerified,
    ReviewAsked,
    ReviewAnswered,
    SampleDrawn,
    Rechecked,
)
