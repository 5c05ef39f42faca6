"""A licence as a stream: issued, perhaps revoked or superseded. Whether it has expired is read off the calendar.

行政许可法 39 (the paper), 69 (revocation), 70 (cancellation); identifier GB/T 36904 (STANDARDS §5.4).
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, NamedTuple

from tongban.contexts.documents.core.acts import Organ
from tongban.foundation.ledger.contract import Kind, Rows, Table
from tongban.kernel.codes.licence_id import check_character
from tongban.kernel.refusals import N_, Refusal


class LicenceState(StrEnum):
    VALID = "valid"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    NOT_YET = "not_yet"


class Fact(NamedTuple):
    """One line printed on a licence; `label_en` is shown to readers of English where given."""

    label: str
    value: str
    label_en: str = ""


@dataclass(frozen=True)
class LicenceOrder:
    """What a decision to grant asks for. `valid_months` None = without end. `valid_from` None = the day of issue.

    `type_code` is the 21-character 证照类型代码; "" = made from the issuing organ's credit code and `type_serial`.
    `holder_kind` decides how much the public page shows: names of natural persons are masked, of companies not.
    """

    case_id: str
    item_code: str
    item_name: str
    item_name_en: str
    holder_party_id: str
    holder_name: str
    holder_number_masked: str
    organ: Organ
    valid_months: int | None = None
    facts: tuple[Fact, ...] = ()
    conditions: tuple[str, ...] = ()
    holder_kind: str = "natural"  # natural | legal
    case_number: str = ""
    licence_name: str = ""  # 食品经营许可证; "" = the item's name
    licence_name_en: str = ""
    valid_from: date | None = None
    type_code: str = ""
    type_serial: int = 1


@dataclass(frozen=True)
class Licence:
    """A licence as the wallet and the officers see it. `state` is what holds on the day asked about."""

    id: str
    number: str
    identifier: str
    token: str
    item_code: str
    name: str
    name_en: str
    case_id: str
    holder_party_id: str
    holder_name: str
    holder_number_masked: str
    holder_kind: str
    agency: str
    agency_name: str
    agency_name_en: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    state: LicenceState
    revoked_on: date | None
    revoked_reason: str
    file_id: str
    sha256: str
    facts: tuple[Fact, ...] = ()
    conditions: tuple[str, ...] = ()


class Verified(StrEnum):
    """What a stranger is told. A wrong number and a number never given look the same."""

    VALID = "valid"
    REVOKED = "revoked"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verification:
    """The public answer: the verdict, and of the licence only what a stranger may compare (names masked)."""

    state: Verified
    number: str = ""
    identifier: str = ""
    name: str = ""
    name_en: str = ""
    holder: str = ""
    holder_number: str = ""
    agency_name: str = ""
    agency_name_en: str = ""
    issued_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    revoked_on: date | None = None
    sha256: str = ""
    facts: tuple[Fact, ...] = ()
    file_intact: bool = False  # our own copy still has the recorded digest
    sealed: bool = False  # and its signature holds
    chained: bool = False  # and every event of the licence in the ledger fits the one before


@dataclass(frozen=True)
class PdfVerdict:
    """What a PDF somebody holds turned out to be.

    `signed`: carries a signature; `intact`: nothing of the signed bytes and nothing after them was changed;
    `trusted`: the signer's certificate is one of this city; `matches_record`: byte for byte the file we issued.
    `number` and `identifier` come from our record when it matches, else from what the file itself claims.
    """

    readable: bool
    signed: bool = False
    intact: bool = False
    trusted: bool = False
    signer: str = ""
    number: str = ""
    identifier: str = ""
    matches_record: bool = False
    verification: Verification | None = None


# --- events -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LicenceIssued:
    TYPE: ClassVar[str] = "licence.issued"
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"holder_name", "holder_number_masked", "facts"})

    number: str
    identifier: str
    token: str
    item_code: str
    name: str
    name_en: str
    case_id: str
    holder_party_id: str
    holder_name: str
    holder_number_masked: str
    holder_kind: str
    agency: str
    agency_name: str
    agency_name_en: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    file_id: str
    sha256: str
    facts: tuple[Fact, ...] | None  # None once erased
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class LicenceRevoked:
    TYPE: ClassVar[str] = "licence.revoked"
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    on: date
    reason: str
    basis: str


@dataclass(frozen=True)
class LicenceSuperseded:
    """A newer version with changed content stands in its place (§5.4: 001 -> 002)."""

    TYPE: ClassVar[str] = "licence.superseded"
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    on: date
    by_licence: str


# --- commands and refusals ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Issue:
    event: LicenceIssued


@dataclass(frozen=True)
class Revoke:
    on: date
    reason: str
    basis: str


@dataclass(frozen=True)
class Supersede:
    on: date
    by_licence: str


class LicenceNotInForce(Refusal):
    code = "licence_not_in_force"
    message = N_("这张证照已经不在有效状态，不能再撤销或替换。")
    status = 409


class LicenceAlreadyIssued(Refusal):
    code = "licence_already_issued"
    message = N_("这张证照已经发出，不能重复发证。")
    status = 409


class ReasonAndBasisNeeded(Refusal):
    code = "reason_and_basis_needed"
    message = N_("撤销证照必须写明理由和法律依据。")


# --- decide, evolve, rows ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LicenceStream:
    """The state of the stream; `issued` None = nothing happened yet."""

    issued: LicenceIssued | None = None
    status: str = ""  # "", valid, revoked, superseded
    ended_on: date | None = None
    reason: str = ""


def decide(state: LicenceStream, command: object, facts: object) -> Sequence[object]:
    """Events of a command; refuses what the present state does not allow."""
    del facts
    if isinstance(command, Issue):
        if state.issued is not None:
            raise LicenceAlreadyIssued
        return (command.event,)
    if state.status != "valid":
        raise LicenceNotInForce
    if isinstance(command, Revoke):
        if not command.reason.strip() or not command.basis.strip():
            raise ReasonAndBasisNeeded
        return (LicenceRevoked(on=command.on, reason=command.reason.strip(), basis=command.basis.strip()),)
    if isinstance(command, Supersede):
        return (LicenceSuperseded(on=command.on, by_licence=command.by_licence),)
    raise TypeError(f"not a command of a licence: {command!r}")


def evolve(state: LicenceStream, event: object) -> LicenceStream:
    """The state after one event."""
    if isinstance(event, LicenceIssued):
        return LicenceStream(issued=event, status="valid")
    if isinstance(event, LicenceRevoked):
        return replace(state, status="revoked", ended_on=event.on, reason=f"{event.reason}（{event.basis}）")
    if isinstance(event, LicenceSuperseded):
        return replace(state, status="superseded", ended_on=event.on)
    raise TypeError(f"not an event of a licence: {event!r}")


_COLUMNS = (
    ("stream_id", "uuid"), ("number", "text"), ("number_key", "text"), ("identifier", "text"), ("token", "text"),
    ("item_code", "text"), ("name", "text"), ("name_en", "text"), ("case_id", "text"), ("holder_party_id", "text"),
    ("holder_name", "text"), ("holder_number_masked", "text"), ("holder_kind", "text"), ("agency", "text"),
    ("agency_name", "text"), ("agency_name_en", "text"), ("issued_on", "date"), ("valid_from", "date"),
    ("valid_to", "date"), ("status", "text"), ("ended_on", "date"), ("ended_reason", "text"), ("file_id", "text"),
    ("sha256", "text"), ("facts", "jsonb"), ("conditions", "text[]"),
)  # fmt: skip
TABLE = Table(
    name="documents_licence",
    key=("stream_id",),
    columns=tuple(name for name, _ in _COLUMNS),
    types=tuple(kind for _, kind in _COLUMNS),
)


def rows(stream_id: str, state: LicenceStream) -> Rows:
    """The one row of `documents_licence` a licence stands for."""
    e = state.issued
    if e is None:
        return Rows(tables={TABLE.name: ()})
    row = (
        stream_id, e.number, lookup_key(e.number), e.identifier, e.token, e.item_code, e.name, e.name_en, e.case_id,
        e.holder_party_id, e.holder_name, e.holder_number_masked, e.holder_kind, e.agency, e.agency_name,
        e.agency_name_en, e.issued_on, e.valid_from, e.valid_to, state.status, state.ended_on, state.reason, e.file_id,
        e.sha256, [list(f) for f in e.facts or ()], list(e.conditions),
    )  # fmt: skip
    return Rows(tables={TABLE.name: (row,)})


KIND: Kind[LicenceStream] = Kind(
    name="licence",
    state=LicenceStream,
    events=(LicenceIssued, LicenceRevoked, LicenceSuperseded),
    decide=decide,
    evolve=evolve,
    rows=rows,
    tables=(TABLE,),
)

# --- small rules ---------------------------------------------------------------------------------------------------


def lookup_key(text: str) -> str:
    """Letters and digits only, capitals: what stays of a number however somebody types it."""
    return "".join(c for c in text.upper() if c.isascii() and c.isalnum())


def licence_number(item_code: str, year: int, serial: int) -> str:
    """Number of a licence: item, year, serial and a check sign that catches slips of typing (FOOD-2026-000001-K)."""
    body = f"{item_code}-{year}-{serial:06d}"
    return f"{body}-{check_character(lookup_key(body))}"


def type_code(order: LicenceOrder) -> str:
    """证照类型代码 (21): as ordered, else the issuing organ's credit code and the type's three digits."""
    return order.type_code or f"{order.organ.credit_code}{order.type_serial:03d}"


def with_file(event: LicenceIssued, file_id: str, sha256: str) -> LicenceIssued:
    """The event once its paper is kept."""
    return replace(event, file_id=file_id, sha256=sha256)


def valid_until(start: date, months: int | None) -> date | None:
    """The last day of validity: the day before the same day `months` later (民法典 202: else the month's last day)."""
    if months is None:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    if start.day > last:
        return date(year, month + 1, last)
    return date(year, month + 1, start.day) - timedelta(days=1)


def state_on(status: str, valid_from: date, valid_to: date | None, today: date) -> LicenceState:
    """The state on a day: what was recorded goes before what the calendar says."""
    if status in ("revoked", "superseded"):
        return LicenceState(status)
    if today < valid_from:
        return LicenceState.NOT_YET
    if valid_to is not None and today > valid_to:
        return LicenceState.EXPIRED
    return LicenceState.VALID


def mask_name(name: str, holder_kind: str) -> str:
    """周敏 -> 周*; the names of companies are public (企业信息公示暂行条例) and stay whole."""
    return name if holder_kind == "legal" else name[:1] + "*" * max(1, len(name) - 1)


def mask_value(value: str, holder_kind: str) -> str:
    """The middle of a natural person's facts gives way to stars; those of companies stay."""
    if holder_kind == "legal" or len(value) < 2:
        return value
    keep = max(1, len(value) // 3)
    return value[:keep] + "*" * (len(value) - keep - 1) + value[-1]
