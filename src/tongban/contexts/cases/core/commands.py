"""What can be asked of a case. Each command names who asks through `Facts.actor`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tongban.contexts.cases.core.parts.discretion import Chosen
from tongban.contexts.cases.core.state import Material, Wanted
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.parties.core import Actor
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.contexts.process.core.routes import Route
from tongban.kernel.workdays import Calendar


@dataclass(frozen=True)
class Applicant:
    """The party an application is for, and the natural person who acts."""

    party: str
    kind: str  # natural | legal
    name: str
    number: str  # masked
    person: str
    contact_name: str
    contact_phone: str


@dataclass(frozen=True)
class Renewing:
    """The licence that an application for renewal names, as the documents hold it."""

    id: str
    number: str
    holder: str  # party id
    item_code: str
    valid_to: date
    in_force: bool


@dataclass(frozen=True)
class Facts:
    """What a decision rests on beside the state: the actor, the item version in force for the case, the calendar."""

    actor: Actor
    now: datetime
    calendar: Calendar
    item: Item
    route: Route | None = None
    number: str = ""  # new cases: case number and query code
    query_code: str = ""
    current_version: int = 0
    lanes: Mapping[str, str] | None = None  # lane -> agency of the case's division
    agency: str = ""
    papers: tuple[Material, ...] = ()  # gathered in the draft of a supplement
    decisions: Mapping[str, Decisions] = field(default_factory=dict)  # models pinned with the item version
    route_version: int = 0  # the item version that `route` is of; 0 = not said
    route_decisions: Mapping[str, Decisions] | None = None  # models pinned with that version; None = `decisions`
    next_route: Route | None = None  # of the version that the case is to go on with
    next_version: int = 0
    renewing: Renewing | None = None  # items that renew a licence: the one named


class AreaCommand:
    """Base of the commands that stand with their area: `course`, `special`, `fairness`, `automatic`, `batch`."""


@dataclass(frozen=True)
class Submit:
    """File an application, online or by a window officer for somebody present."""

    applicant: Applicant
    item_version: int
    division: str
    values: dict[str, str | list[str]]
    materials: tuple[Material, ...]
    delivery: str
    channel: str = "online"
    by_person: bool = False  # the applicant wants a person to decide, not a table (个人信息保护法 24)
    promised: bool = False  # the applicant signed the commitment that the item words (告知承诺)
    batch: str = ""  # id of the batch it came in, with its row there and whom it is about
    batch_row: int = 0
    about: str = ""
    about_number: str = ""  # masked


@dataclass(frozen=True)
class PassPreReview:
    note: str = ""


@dataclass(frozen=True)
class CheckMaterial:
    material_id: str


@dataclass(frozen=True)
class Accept:
    pass


@dataclass(frozen=True)
class AskSupplement:
    wanted: tuple[Wanted, ...]
    note: str = ""


@dataclass(frozen=True)
class AnswerSupplement:
    """Hand in `Facts.papers`: read under the lock, so that a repeat is the same command."""


@dataclass(frozen=True)
class RefuseAcceptance:
    """`kind`: not_accepted, not_required or not_competent (the last names the competent body)."""

    kind: str
    reason: str
    competent_body: str = ""


@dataclass(frozen=True)
class DeemAccepted:
    """By the clock: nobody answered in five working days."""


@dataclass(frozen=True)
class LapseSupplement:
    """By the clock: the supplement was not handed in in time."""


@dataclass(frozen=True)
class RecomputeClocks:
    """The working days of `year` changed; `reason` names the notice. Every date that rests on them is counted anew."""

    reason: str
    year: int


@dataclass(frozen=True)
class CompleteTask:
    """Give a review, an opinion or an inspection record. `outcome`: pass | fail | agree | conditions | disagree."""

    task: str
    outcome: str
    opinion: str = ""
    conditions: str = ""
    second_officer: str = ""
    second_officer_name: str = ""


@dataclass(frozen=True)
class Decide:
    """`outcome`: grant | deny."""

    task: str
    outcome: str
    reasons: str = ""
    conditions: str = ""
    considered: str = ""  # how the statements of applicant and interested parties were dealt with
    discretion: tuple[Chosen, ...] = ()


@dataclass(frozen=True)
class StartSpecial:
    cause: str
    reason: str
    planned_days: int


@dataclass(frozen=True)
class EndSpecial:
    special: str
    result: str


@dataclass(frozen=True)
class AskExtension:
    """`approver`: the agency whose head approves; "" = the organ in charge."""

    reason: str
    approver: str = ""


@dataclass(frozen=True)
class AnswerExtension:
    approve: bool
    reason: str = ""


@dataclass(frozen=True)
class RecordDocument:
    key: str
    kind: str
    number: str
    title: str
    file_id: str
    sha256: str


@dataclass(frozen=True)
class RecordLicence:
    id: str
    number: str
    token: str
    file_id: str
    sha256: str


@dataclass(frozen=True)
class Deliver:
    """Hand the result over at a window, to a named person."""

    to: str


@dataclass(frozen=True)
class Withdraw:
    reason: str = ""


@dataclass(frozen=True)
class Rate:
    score: int
    details: tuple[str, ...] = ()
    text: str = ""


Command = (
    Submit
    | PassPreReview
    | CheckMaterial
    | Accept
    | AskSupplement
    | AnswerSupplement
    | RefuseAcceptance
    | DeemAccepted
    | LapseSupplement
    | RecomputeClocks
    | CompleteTask
    | Decide
    | StartSpecial
    | EndSpecial
    | AskExtension
    | AnswerExtension
    | RecordDocument
    | RecordLicence
    | Deliver
    | Withdraw
    | Rate
    | AreaCommand
)
