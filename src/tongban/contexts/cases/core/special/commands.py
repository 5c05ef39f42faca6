"""What can be asked of a special procedure. `special` is its id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tongban.contexts.cases.core.commands import AreaCommand
from tongban.contexts.cases.core.parts.special import Attachment, CheckLine, Expert, Named, Signature, Statement


@dataclass(frozen=True)
class AnswerSpecial(AreaCommand):
    """The head of the organ approves a proposed procedure, or not."""

    special: str
    approve: bool
    reason: str = ""


@dataclass(frozen=True)
class MarkOverstayed(AreaCommand):
    """By the clock: the procedure is older than its own limit."""

    special: str


@dataclass(frozen=True)
class AppointVisit(AreaCommand):
    """`slot`: one of `visit.SLOTS`. Without `lines` the checklist of the item is used."""

    special: str
    on: date
    slot: str
    place: str
    officers: tuple[Named, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskVisitTime(AreaCommand):
    special: str
    reason: str
    wish: str = ""


@dataclass(frozen=True)
class KeepVisitTime(AreaCommand):
    special: str
    reason: str


@dataclass(frozen=True)
class SaveVisit(AreaCommand):
    """What is written down so far; nothing has to be complete."""

    special: str
    lines: tuple[CheckLine, ...]
    findings: str = ""
    result: str = ""
    present: str = ""
    present_name: str = ""
    remark: str = ""


@dataclass(frozen=True)
class AddVisitPhoto(AreaCommand):
    special: str
    photo: Attachment


@dataclass(frozen=True)
class SignVisit(AreaCommand):
    """Sign the record, or, by the other officer, confirm it."""

    special: str


@dataclass(frozen=True)
class TellHearing(AreaCommand):
    """`to`: applicant | third | both."""

    to: str
    reason: str
    third_parties: str = ""


@dataclass(frozen=True)
class AskHearing(AreaCommand):
    """By the applicant; by an officer for an interested person who asked, `name`."""

    special: str
    reason: str = ""
    name: str = ""


@dataclass(frozen=True)
class WaiveHearing(AreaCommand):
    special: str


@dataclass(frozen=True)
class ScheduleHearing(AreaCommand):
    """`time`: "09:30"."""

    special: str
    on: date
    time: str
    place: str
    chair: Named
    public: bool = True
    closed_reason: str = ""


@dataclass(frozen=True)
class RecordHearing(AreaCommand):
    special: str
    attended: str
    statements: tuple[Statement, ...]
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class WeighHearing(AreaCommand):
    special: str
    text: str


@dataclass(frozen=True)
class NameExperts(AreaCommand):
    """Each has declared in writing to have no interest in the case."""

    special: str
    experts: tuple[Expert, ...]
    declared: bool


@dataclass(frozen=True)
class RecordExpert(AreaCommand):
    special: str
    expert: str
    opinion: str
    text: str


@dataclass(frozen=True)
class ConcludeExperts(AreaCommand):
    special: str
    conclusion: str


@dataclass(frozen=True)
class CommissionTest(AreaCommand):
    special: str
    body: str
    subject: str
    days: int


@dataclass(frozen=True)
class ReportTest(AreaCommand):
    special: str
    result: str
    number: str
    text: str = ""
    report: Attachment | None = None


@dataclass(frozen=True)
class PublishNotice(AreaCommand):
    special: str
    title: str
    text: str
    days: int


@dataclass(frozen=True)
class Object(AreaCommand):
    """By anybody, while the notice stands."""

    special: str
    name: str
    contact: str
    text: str


@dataclass(frozen=True)
class AnswerObjection(AreaCommand):
    special: str
    objection: str
    answer: str
    upheld: bool


@dataclass(frozen=True)
class AskOpinion(AreaCommand):
    special: str
    name: str
    question: str
    days: int


@dataclass(frozen=True)
class RecordOpinion(AreaCommand):
    """`answer`: agree | conditions | disagree | silent."""

    special: str
    asked: str
    answer: str
    text: str = ""
