"""What may be asked of a version, and the facts a step is decided on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tongban.contexts.catalogue.core.findings import Finding
from tongban.contexts.catalogue.core.life.events import Published, Step, Written


@dataclass(frozen=True)
class Open:
    """Begin a draft; `base` is the version in force, 0 = none."""

    code: str
    number: int
    base: int
    written: Written
    origin: str


@dataclass(frozen=True)
class Save:
    """`instead_of` is the content that the author had before them, "" = whatever stands there."""

    written: Written
    instead_of: str = ""


@dataclass(frozen=True)
class Submit:
    """`checked` is the content that the findings are about, "" = whatever stands there."""

    checked: str = ""


@dataclass(frozen=True)
class Approve:
    """The department or the legal review agrees."""

    step: Step
    note: str


@dataclass(frozen=True)
class Return:
    """A reviewer or the publisher gives it back."""

    step: Step
    note: str


@dataclass(frozen=True)
class Publish:
    """Put it in force from `effective_from` (ISO date; "" = as soon as the content allows)."""

    effective_from: str = ""


@dataclass(frozen=True)
class PutInForce:
    """The clock: the day of a scheduled version has come."""


@dataclass(frozen=True)
class Supersede:
    by_number: int


@dataclass(frozen=True)
class Cancel:
    """From the day `on` (ISO date) the item is no longer offered."""

    on: str
    reason: str


@dataclass(frozen=True)
class EndNow:
    """The clock: the last day of the version has passed."""


@dataclass(frozen=True)
class Abandon:
    pass


@dataclass(frozen=True)
class Load:
    """The operator publishes what a file says. With `superseded_by` another version followed it long ago (adopting)."""

    code: str
    number: int
    base: int
    written: Written
    published: Published
    origin: str
    effective_from: str = ""
    superseded_by: int = 0
    superseded_at: datetime | None = None


@dataclass(frozen=True)
class Pin:
    """The version in force goes on with the route or table of the stream `model`, as a new version that says the same.

    `persons`: who drafted the model and who reviewed it, for the department and for the law.
    """

    code: str
    number: int
    written: Written
    published: Published
    origin: str
    model: str
    persons: tuple[str, str, str]


@dataclass(frozen=True)
class Rebase:
    """The draft's base is now version `base`, which says the same as the one before."""

    base: int
    model: str


Command = (
    Open
    | Save
    | Submit
    | Approve
    | Return
    | Publish
    | PutInForce
    | Supersede
    | Cancel
    | EndNow
    | Abandon
    | Load
    | Pin
    | Rebase
)


@dataclass(frozen=True)
class InForce:
    """What a step needs to know of the version in force."""

    number: int
    effective_from: str = ""
    ends_on: str = ""
    end_reason: str = ""


NOTHING_IN_FORCE = InForce(0)


@dataclass(frozen=True)
class Facts:
    """Who acts and when; what is in force; what the checker finds as of the day; the body that would be published."""

    by: str
    now: datetime
    today: date
    in_force: InForce = NOTHING_IN_FORCE
    findings: tuple[Finding, ...] = ()
    published: Published | None = None
