"""A party as a stream: a natural or legal person, and the mandates it has given to others. Plain Python.

Identity numbers, phones and addresses reach this module already sealed (ciphertext as text): the rules never need the
clear value, so neither events nor snapshots nor read tables ever hold it. Sealed text is copied, not made, here, and
therefore the read rows are a pure function of the state although sealing uses random nonces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, ClassVar, Literal

from tongban.contexts.parties.core import refusals

PartyKind = Literal["natural", "legal"]
Basis = Literal["granted", "legal_representative"]


@dataclass(frozen=True)
class Mandate:
    """One party lets another act for it (民法典 161, 163, 165). `items` ("*",) = everything; no `valid_to` = open."""

    id: str
    to_party: str
    items: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    basis: Basis = "granted"
    revoked: bool = False


@dataclass(frozen=True)
class Details:
    """What is recorded of a party. `number`, `phone` and `address` are ciphertext; `lookup` is a keyed hash of the
    number, None once it was erased."""

    name: str = ""
    id_type: str = ""  # citizen_id | credit_code
    number: str = ""
    lookup: str | None = None
    masked: str = ""
    phone: str = ""
    phone_masked: str = ""
    address: str = ""
    real_level: int = 0


@dataclass(frozen=True)
class Changes:
    """What a correction changes; None leaves as is."""

    name: str | None = None
    phone: str | None = None
    phone_masked: str | None = None
    address: str | None = None
    real_level: int | None = None

    def on(self, details: Details) -> Details:
        given = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        return replace(details, **given)


@dataclass(frozen=True)
class PartyState:
    """The fold of a party's events."""

    kind: str = ""
    details: Details = Details()
    mandates: tuple[Mandate, ...] = ()


_PERSONAL = frozenset({"name", "number", "lookup", "masked", "phone", "phone_masked", "address"})


class PartyEvent:
    """Base: defaults of the class attributes the ledger reads."""

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class PartyRegistered(PartyEvent, Details):
    """A person or organisation was entered, by itself online or at a window (国办函〔2016〕108号, 用户访问)."""

    TYPE: ClassVar[str] = "party.registered"
    PERSONAL: ClassVar[frozenset[str]] = _PERSONAL
    kind: PartyKind = "natural"


@dataclass(frozen=True)
class PartyCorrected(PartyEvent, Details):
    """The particulars changed or were found wrong (个人信息保护法 46); the new ones in full."""

    TYPE: ClassVar[str] = "party.corrected"
    PERSONAL: ClassVar[frozenset[str]] = _PERSONAL


@dataclass(frozen=True)
class MandateGranted(PartyEvent):
    TYPE: ClassVar[str] = "party.mandate_granted"
    mandate: Mandate


@dataclass(frozen=True)
class MandateRevoked(PartyEvent):
    """The principal, or the one who was mandated, ended it (民法典 173)."""

    TYPE: ClassVar[str] = "party.mandate_revoked"
    mandate_id: str


Event = PartyRegistered | PartyCorrected | MandateGranted | MandateRevoked
EVENTS: tuple[type, ...] = (PartyRegistered, PartyCorrected, MandateGranted, MandateRevoked)


@dataclass(frozen=True)
class Register:
    """Enter a party; its `Details` come as facts. `digest` is a keyed hash of the clear particulars: sealing draws a
    new nonce each time, and a repeated request must still be known as the same."""

    kind: PartyKind
    digest: str


@dataclass(frozen=True)
class Correct:
    """Correct a party; the `Changes` come as facts, `digest` as for `Register`."""

    digest: str


@dataclass(frozen=True)
class Grant:
    """Let somebody act for `party_id`. The day it is given comes as facts; without `valid_from` it begins that day."""

    party_id: str
    mandate_id: str
    to_party: str
    items: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    basis: Basis


@dataclass(frozen=True)
class Revoke:
    mandate_id: str


Command = Register | Correct | Grant | Revoke


def _check(details: Details) -> None:
    if not details.name.strip():
        raise refusals.NameMissing(field="name")
    if not 0 <= details.real_level <= 4:
        raise refusals.RealLevelUnknown(level=details.real_level)


def _values(details: Details) -> dict[str, Any]:
    return {f.name: getattr(details, f.name) for f in fields(Details)}


def _register(state: PartyState, kind: PartyKind, details: object) -> PartyRegistered:
    assert isinstance(details, Details)
    if state.kind:
        raise refusals.PartyKnown
    _check(details)
    return PartyRegistered(kind=kind, **_values(details))


def _correct(state: PartyState, changes: object) -> Sequence[PartyCorrected]:
    assert isinstance(changes, Changes)
    details = changes.on(state.details)
    _check(details)
    return [PartyCorrected(**_values(details))] if details != state.details else []


def _grant(command: Grant, today: object) -> MandateGranted:
    assert isinstance(today, date)
    start = command.valid_from or today
    if command.to_party == command.party_id:
        raise refusals.MandateToOneself(field="to_party")
    if not command.items:
        raise refusals.MandateScopeMissing(field="items")
    if command.valid_to is not None and command.valid_to < max(start, today):
        raise refusals.MandatePeriodWrong(field="valid_to")
    return MandateGranted(
        Mandate(command.mandate_id, command.to_party, command.items, start, command.valid_to, command.basis)
    )


def decide(state: PartyState, command: Command, facts: object) -> Sequence[Event]:
    """The events of one command. Refuses a second registration, acts on nobody, and senseless mandates."""
    if isinstance(command, Register):
        return [_register(state, command.kind, facts)]
    if not state.kind:
        raise refusals.PartyUnknown
    if isinstance(command, Correct):
        return _correct(state, facts)
    if isinstance(command, Grant):
        return [_grant(command, facts)]
    if not any(m.id == command.mandate_id and not m.revoked for m in state.mandates):
        raise refusals.MandateUnknown
    return [MandateRevoked(command.mandate_id)]


def evolve(state: PartyState, event: Event) -> PartyState:
    """The state after one event."""
    if isinstance(event, PartyRegistered):
        return PartyState(kind=event.kind, details=Details(**_values(event)))
    if isinstance(event, PartyCorrected):
        return replace(state, details=Details(**_values(event)))
    if isinstance(event, MandateGranted):
        return replace(state, mandates=(*state.mandates, event.mandate))
    mandates = tuple(replace(m, revoked=True) if m.id == event.mandate_id else m for m in state.mandates)
    return replace(state, mandates=mandates)
