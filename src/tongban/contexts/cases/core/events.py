"""The events of a case: each an act that happened, in the past tense, never changed once recorded.

`PERSONAL` names the fields whose values stand in the hashed envelope only as salted commitments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from tongban.contexts.cases.core.parts.course import Awaited, CancelledTask, Timer
from tongban.contexts.cases.core.parts.discretion import Weighed
from tongban.contexts.cases.core.state import Material, Wanted
from tongban.contexts.process.core.engine import Position


class CaseEvent:
    """Base: defaults of the three class attributes the ledger reads."""

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Submitted(CaseEvent):
    """An application was filed online or handed in at a window; it counts as received at once (行政许可法 29, 32)."""

    TYPE: ClassVar[str] = "case.submitted"
    PERSONAL: ClassVar[frozenset[str]] = frozenset(
        {
            "applicant_name", "applicant_number", "contact_name", "contact_phone", "values", "materials", "query_code",
            "about", "about_number",
        }
    )  # fmt: skip
    number: str
    query_code: str
    item_code: str
    item_version: int
    channel: str
    applicant: str
    applicant_kind: str
    applicant_name: str
    applicant_number: str
    person: str
    contact_name: str
    contact_phone: str
    division: str
    agency: str
    lanes: dict[str, str]
    values: dict[str, str | list[str]]
    materials: tuple[Material, ...]
    delivery: str
    at: datetime
    notice_due: date
    received_by: str = ""
    received_by_name: str = ""
    batch: str = ""  # id of the batch it came in
    batch_row: int = 0  # its row there
    about: str | None = None  # the person it is about, where that is not the applicant
    about_number: str | None = None


@dataclass(frozen=True)
class PreReviewPassed(CaseEvent):
    TYPE: ClassVar[str] = "case.pre_review_passed"
    by_name: str
    note: str
    at: datetime


@dataclass(frozen=True)
class MaterialChecked(CaseEvent):
    """An officer saw the original: grade C became B."""

    TYPE: ClassVar[str] = "case.material_checked"
    material_id: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Accepted(CaseEvent):
    """受理: both clocks start on the next day; `deemed` when nobody answered in five working days (32-4)."""

    TYPE: ClassVar[str] = "case.accepted"
    by: str
    by_name: str
    at: datetime
    clock_start: date
    legal_due: date | None
    promised_due: date | None
    provisional: bool
    deemed: bool = False


@dataclass(frozen=True)
class SupplementAsked(CaseEvent):
    TYPE: ClassVar[str] = "case.supplement_asked"
    wanted: tuple[Wanted, ...]
    note: str
    by: str
    by_name: str
    at: datetime
    due: date


@dataclass(frozen=True)
class SupplementAnswered(CaseEvent):
    TYPE: ClassVar[str] = "case.supplement_answered"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"materials"})  # names of files are the applicant's own words
    materials: tuple[Material, ...]
    at: datetime
    notice_due: date


@dataclass(frozen=True)
class SupplementLapsed(CaseEvent):
    TYPE: ClassVar[str] = "case.supplement_lapsed"
    at: datetime


@dataclass(frozen=True)
class NotAccepted(CaseEvent):
    """不予受理: an act with reasons and remedies, recorded."""

    TYPE: ClassVar[str] = "case.not_accepted"
    kind: str  # not_accepted | not_required | not_competent
    reason: str
    competent_body: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class RouteAdvanced(CaseEvent):
    """The route moved: its new position, the tasks it opened and took back, the timers it set, the messages it waits
    for. Timers and messages that the position does not wait for any more are over."""

    TYPE: ClassVar[str] = "case.route_advanced"
    position: Position
    opened: tuple[OpenedTask, ...]
    at: datetime
    cancelled: tuple[CancelledTask, ...] = ()
    timers: tuple[Timer, ...] = ()
    awaited: tuple[Awaited, ...] = ()


@dataclass(frozen=True)
class OpenedTask:
    id: str
    node: str
    act: str
    role: str
    lane: str
    agency: str
    name: str
    name_en: str
    round: str = ""
    item: int = 0


@dataclass(frozen=True)
class TaskDone(CaseEvent):
    """A review, an opinion or an inspection was given."""

    TYPE: ClassVar[str] = "case.task_done"
    task: str
    act: str
    outcome: str
    opinion: str
    conditions: str
    by: str
    by_name: str
    agency: str
    second_officer: str
    second_officer_name: str
    at: datetime


@dataclass(frozen=True)
class SpecialStarted(CaseEvent):
    TYPE: ClassVar[str] = "case.special_started"
    id: str
    cause: str
    name: str
    name_en: str
    stops: bool
    reason: str
    planned_days: int
    planned_end: date
    on: date
    by_name: str
    at: datetime
    legal_due: date | None = None  # None while the clock stands; a limit that was over before stays what it was
    promised_due: date | None = None


@dataclass(frozen=True)
class SpecialEnded(CaseEvent):
    TYPE: ClassVar[str] = "case.special_ended"
    id: str
    result: str
    on: date
    by_name: str
    at: datetime
    legal_due: date | None
    promised_due: date | None
    provisional: bool


@dataclass(frozen=True)
class Dates:
    """All days that a case's clocks stand for at a moment."""

    notice: date | None = None
    supplement: date | None = None
    legal: date | None = None
    promised: date | None = None
    provisional: bool = False
    delivery: date | None = None
    timers: tuple[tuple[str, datetime], ...] = ()  # timers of the route, by id
    specials: tuple[tuple[str, date], ...] = ()  # planned ends of open special procedures, by id


@dataclass(frozen=True)
class ClocksRecomputed(CaseEvent):
    """The calendar of `year` changed by the notice `reason`, and with it dates of this case."""

    TYPE: ClassVar[str] = "case.clocks_recomputed"
    reason: str
    year: int
    old: Dates
    new: Dates
    at: datetime


@dataclass(frozen=True)
class ExtensionAsked(CaseEvent):
    TYPE: ClassVar[str] = "case.extension_asked"
    reason: str
    by: str
    by_name: str
    at: datetime
    agency: str = ""  # whose approver answers; "" = the organ in charge


@dataclass(frozen=True)
class ExtensionApproved(CaseEvent):
    TYPE: ClassVar[str] = "case.extension_approved"
    days: int
    by: str
    by_name: str
    at: datetime
    legal_due: date | None
    provisional: bool


@dataclass(frozen=True)
class ExtensionRefused(CaseEvent):
    TYPE: ClassVar[str] = "case.extension_refused"
    reason: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Decided(CaseEvent):
    """准予 or 不予许可, with reasons; `task` is the decision task of the route."""

    TYPE: ClassVar[str] = "case.decided"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"discretion"})  # circumstances of the applicant
    outcome: str
    reasons: str
    conditions: str
    task: str
    by: str
    by_name: str
    agency: str
    at: datetime
    licence: bool  # a licence or approval paper is to be issued
    delivery_due: date
    considered: str = ""  # how statements were dealt with
    commission: str = ""  # of the chief representative who decided; "" = the organ's approver
    discretion: tuple[Weighed, ...] = ()  # what the published tables said, and what was chosen


@dataclass(frozen=True)
class DocumentIssued(CaseEvent):
    TYPE: ClassVar[str] = "case.document_issued"
    key: str
    kind: str
    number: str
    title: str
    file_id: str
    sha256: str
    at: datetime


@dataclass(frozen=True)
class LicenceIssued(CaseEvent):
    TYPE: ClassVar[str] = "case.licence_issued"
    id: str
    number: str
    token: str
    file_id: str
    sha256: str
    at: datetime


@dataclass(frozen=True)
class Closed(CaseEvent):
    """办结, which comes before 送达."""

    TYPE: ClassVar[str] = "case.closed"
    ending: str
    at: datetime


@dataclass(frozen=True)
class Delivered(CaseEvent):
    TYPE: ClassVar[str] = "case.delivered"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"to"})
    way: str
    to: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Withdrawn(CaseEvent):
    TYPE: ClassVar[str] = "case.withdrawn"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str
    at: datetime


@dataclass(frozen=True)
class Rated(CaseEvent):
    TYPE: ClassVar[str] = "case.rated"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text"})
    score: int
    details: tuple[str, ...]
    text: str
    at: datetime


ALL: tuple[type[CaseEvent], ...] = (
    Submitted,
    PreReviewPassed,
    MaterialChecked,
    Accepted,
    SupplementAsked,
    SupplementAnswered,
    SupplementLapsed,
    NotAccepted,
    RouteAdvanced,
    TaskDone,
    SpecialStarted,
    SpecialEnded,
    ClocksRecomputed,
    ExtensionAsked,
    ExtensionApproved,
    ExtensionRefused,
    Decided,
    DocumentIssued,
    LicenceIssued,
    Closed,
    Delivered,
    Withdrawn,
    Rated,
)
