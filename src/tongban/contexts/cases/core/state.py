"""What a case is at a moment: the fold of its events, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tongban.contexts.cases.core.parts.automatic import Automatic
from tongban.contexts.cases.core.parts.course import Awaited, Escalation, RoundResult, Ruling, Timer
from tongban.contexts.cases.core.parts.discretion import Weighed
from tongban.contexts.cases.core.parts.fairness import Intended, Interested, Meeting, Recusal, Renewal, Statement
from tongban.contexts.cases.core.parts.special import Procedure
from tongban.contexts.process.core.engine import Position


class Phase(StrEnum):
    """Where the legal life of a case stands (STANDARDS §4.1)."""

    NONE = "none"
    SUBMITTED = "submitted"  # 已申报，待预审
    PRE_PASSED = "pre_passed"  # 预审通过，待受理
    CORRECTING = "correcting"  # 补正
    ACCEPTED = "accepted"  # 受理，办理中
    GRANTED = "granted"  # 准予，制证
    CLOSED = "closed"  # 办结
    DELIVERED = "delivered"  # 已送达


class Ending(StrEnum):
    """How a case ended (STANDARDS §4.2 办结结果)."""

    NONE = ""
    GRANTED = "granted"
    DENIED = "denied"
    NOT_ACCEPTED = "not_accepted"  # 不予受理
    NOT_REQUIRED = "not_required"  # 依法不需要许可
    NOT_COMPETENT = "not_competent"  # 不属本机关职权
    WITHDRAWN = "withdrawn"  # 申请人撤回
    LAPSED = "lapsed"  # 补正逾期


class Act(StrEnum):
    """What is to be done in a task."""

    INTAKE = "intake"  # 收件、受理
    REVIEW = "review"
    INSPECT = "inspect"
    OPINION = "opinion"
    DECIDE = "decide"
    EXTEND = "extend"  # 延期审批
    DELIVER = "deliver"  # 发放
    SPECIAL = "special"  # 特别程序
    MESSAGE = "message"  # an organ's answer that the route waits for
    ESCALATION = "escalation"  # 升级: what the route could not settle
    RECUSE = "recuse"  # 回避审批
    LOOK_AGAIN = "look_again"  # 人工复核: the applicant asked for a person
    RECHECK = "recheck"  # 抽查复核: the case was drawn
    VERIFY = "verify"  # 承诺核查


@dataclass(frozen=True)
class Material:
    """One material as handed in. Trust grade: A issued by an organ, B copy checked against the original, C upload,
    D the applicant's own statement (国办函〔2016〕108号)."""

    id: str
    file_id: str = ""
    filename: str = ""
    media_type: str = ""
    size: int = 0
    sha256: str = ""
    grade: str = "C"
    checked_by: str = ""
    checked_at: datetime | None = None
    promised: bool = False  # 容缺: to follow


@dataclass(frozen=True)
class Wanted:
    """One line of a supplement notice."""

    material_id: str
    reason: str


@dataclass(frozen=True)
class Supplement:
    """The one supplement notice."""

    wanted: tuple[Wanted, ...]
    note: str
    by: str
    by_name: str
    notified_at: datetime
    due: date
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Task:
    """One task of the route, open or done."""

    id: str
    node: str
    act: str
    role: str
    lane: str
    agency: str
    name: str
    name_en: str
    opened_at: datetime
    done_at: datetime | None = None
    done_by: str = ""
    done_by_name: str = ""
    outcome: str = ""
    opinion: str = ""
    conditions: str = ""
    second_officer: str = ""
    second_officer_name: str = ""
    cancelled_at: datetime | None = None  # taken back: by a timer, a message, an error, or others' result
    round: str = ""  # of several who do the same: their round, and which of them this is (from 0)
    item: int = 0

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.cancelled_at is None


@dataclass(frozen=True)
class Special:
    """A special procedure; it stops the clock only where the law says so."""

    id: str
    cause: str
    name: str
    name_en: str
    stops: bool
    reason: str
    planned_days: int
    planned_end: date
    started_on: date
    by_name: str
    ended_on: date | None = None
    ended_by_name: str = ""
    result: str = ""


@dataclass(frozen=True)
class Extension:
    """The one extension of the legal limit."""

    reason: str
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    days: int = 0
    approved_by: str = ""
    approved_by_name: str = ""
    approved_at: datetime | None = None
    refused: str = ""
    agency: str = ""  # whose approver answers; "" = the organ in charge


@dataclass(frozen=True)
class Decision:
    """The decision on the merits."""

    outcome: str  # grant | deny
    reasons: str
    conditions: str
    by: str
    by_name: str
    agency: str
    at: datetime
    considered: str = ""  # how the statements of the applicant and of interested parties were dealt with
    commission: str = ""  # of the chief representative who decided in the organ's name; "" = the organ's approver
    discretion: tuple[Weighed, ...] = ()  # what the published tables said, and what was chosen


@dataclass(frozen=True)
class Document:
    """A document issued in the case."""

    kind: str
    number: str
    title: str
    file_id: str
    sha256: str
    at: datetime


@dataclass(frozen=True)
class Owed:
    """A document that an act owes; the worker makes it."""

    key: str
    kind: str
    since: datetime


@dataclass(frozen=True)
class Licence:
    id: str
    number: str
    token: str
    file_id: str


@dataclass(frozen=True)
class Rating:
    score: int  # 5 very satisfied … 1 very dissatisfied
    details: tuple[str, ...]
    text: str
    at: datetime


@dataclass(frozen=True)
class CaseState:
    """One case. Every field has a default: `CaseState()` is the state before the first event."""

    phase: Phase = Phase.NONE
    ending: Ending = Ending.NONE
    number: str = ""
    query_code: str = ""
    item_code: str = ""
    item_version: int = 0
    channel: str = "online"  # online | window
    applicant: str = ""  # party id of the principal
    applicant_kind: str = ""
    applicant_name: str = ""
    applicant_number: str = ""  # masked
    person: str = ""  # party id of the natural person who acts
    contact_name: str = ""
    contact_phone: str = ""
    division: str = ""
    agency: str = ""
    lanes: dict[str, str] = field(default_factory=dict)
    values: dict[str, str | list[str]] = field(default_factory=dict)
    materials: tuple[Material, ...] = ()
    delivery: str = "electronic"  # electronic | window
    submitted_at: datetime | None = None
    received_by: str = ""
    received_by_name: str = ""
    notice_due: date | None = None
    accepted_at: datetime | None = None
    accepted_by: str = ""
    accepted_by_name: str = ""
    deemed: bool = False
    clock_start: date | None = None
    legal_due: date | None = None
    promised_due: date | None = None
    due_provisional: bool = False
    supplement: Supplement | None = None
    position: Position = field(default_factory=Position)
    tasks: tuple[Task, ...] = ()
    specials: tuple[Special, ...] = ()
    extension: Extension | None = None
    decision: Decision | None = None
    ended_reason: str = ""
    ended_by_name: str = ""
    competent_body: str = ""
    closed_at: datetime | None = None
    delivery_due: date | None = None
    delivered_at: datetime | None = None
    delivered_to: str = ""
    documents: tuple[Document, ...] = ()
    owed: tuple[Owed, ...] = ()
    licence: Licence | None = None
    rating: Rating | None = None
    automatic: Automatic = field(default_factory=Automatic)
    intended: tuple[Intended, ...] = ()  # notices of intended adverse decisions, the last one counts
    statements: tuple[Statement, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    interested: tuple[Interested, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    renewal: Renewal | None = None
    batch: str = ""  # id of the batch the case came in
    batch_row: int = 0
    about: str = ""  # the person the case is about, where that is not the applicant
    about_number: str = ""  # masked

    timers: tuple[Timer, ...] = ()  # of the route, running
    awaited: tuple[Awaited, ...] = ()  # messages the route waits for
    rulings: tuple[Ruling, ...] = ()
    round_results: tuple[RoundResult, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    heard: tuple[str, ...] = ()  # agencies that gave a message the route waited for
    route_version: int = 0  # the item version whose route the case runs on; 0 = item_version

    procedures: tuple[Procedure, ...] = ()  # special procedures, from their proposal on

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.is_open)

    @property
    def stopped_by(self) -> Special | None:
        """The special procedure that stops the clock now, if any."""
        return next((s for s in self.specials if s.stops and s.ended_on is None), None)

    @property
    def waits_applicant(self) -> bool:
        """Whether the next step is the applicant's: papers to complete, or an answer that the route waits for."""
        asked = any(one.sender == "applicant" for one in self.awaited)
        return self.phase is Phase.CORRECTING or (self.phase is Phase.ACCEPTED and asked)

    def task(self, task_id: str) -> Task | None:
        return next((task for task in self.tasks if task.id == task_id), None)

    def material(self, material_id: str) -> Material | None:
        return next((m for m in self.materials if m.id == material_id), None)

    @property
    def is_over(self) -> bool:
        return self.phase in (Phase.CLOSED, Phase.DELIVERED)
