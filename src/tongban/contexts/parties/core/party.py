"""A party as a stream: a natural or legal person, and the mandates it has given to others. Plain Python.

Identity numbers, phones and addresses reach this module already sealed (ciphertext as text): the rules never need the
clear value, so neither events nor snapshots nor read tables ever hold it. Sealed text is copied, not made, here, and
therefore the read rows are a pure function of the state although sealing uses random nonces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

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
    """What is recorded of a party. `number` and the other sealed fields are ciphertext; `lookup` is a keyed hash."""

    name: str = ""
    id_type: str = ""  # citizen_id | credit_code
    number: str = ""
    lookup: str = ""
    masked: str = ""
    phone: str = ""
    phone_masked: str = ""
    address: str = ""
    real_level: int = 0


@dataclass(frozen=True)
class PartyState:
    """The fold of a party's events."""

    kind: str = ""
    details: Details = Details()
    mandates: tuple[Mandate, ...] = ()


class PartyEvent:
    """Base: defaults of the class attributes the ledger reads."""

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class PartyRegistered(PartyEvent):
    """A person or organisation was entered, by itself online or at a window (国办函〔2016〕108号, 用户访问)."""

    TYPE: ClassVar[str] = "party.registered"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"details"})
    kind: PartyKind
    details: Details


@dataclass(frozen=True)
class PartyCorrected(PartyEvent):
    """The particulars changed or were found wrong (个人信息保护法 46); `details` are the new ones in full."""

    TYPE: ClassVar[str] = "party.corrected"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"details"})
    details: Details


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
    kind: PartyKind
    details: Details


@dataclass(frozen=True)
class Correct:
    details: Details


@dataclass(frozen=True)
class Grant:
    """Give `mandate`; `party_id` is the giving party, `today` the day it is given."""

    party_id: str
    mandate: Mandate
    today: date


@dataclass(frozen=True)
class Revoke:
    mandate_id: str


Command = Register | Correct | Grant | Revoke


def _checked(details: Details) -> Details:
    if not details.name.strip():
        raise refusals.NameMissing(field="name")
    if not 0 <= details.real_level <= 4:
        raise refusals.RealLevelUnknown(level=details.real_level)
    return details


def _grant(command: Grant) -> MandateGranted:
    mandate = command.mandate
    if mandate.to_party == command.party_id:
        raise refusals.MandateToOneself(field="to_party")
    if not mandate.items:
        raise refusals.MandateScopeMissing(field="items")
    if mandate.valid_to is not None and mandate.valid_to < max(mandate.valid_from, command.today):
        raise refusals.MandatePeriodWrong(field="valid_to")
    return MandateGranted(mandate)


def decide(state: PartyState, command: Command, facts: object) -> Sequence[Event]:
    """The events of one command. Refuses a second registration, acts on nobody, and senseless mandates."""
    if isinstance(command, Register):
        if state.kind:
            raise refusals.PartyKnown
        return [PartyRegistered(command.kind, _checked(command.details))]
    if not state.kind:
        raise refusals.PartyUnknown
    if isinstance(command, Correct):
        return [PartyCorrected(_checked(command.details))] if command.details != state.details else []
    if isinstance(command, Grant):
        return [_grant(command)]
    if not any(m.id == command.mandate_id and not m.revoked for m in state.mandates):
        raise refusals.MandateUnknown
    return [MandateRevoked(command.mandate_id)]


def evolve(state: PartyState, event: Event) -> PartyState:
    """The state after one event."""
    if isinstance(event, PartyRegistered):
        return PartyState(kind=event.kind, details=event.details)
    if isinstance(event, PartyCorrected):
        return replace(state, details=event.details)
    if isinstance(event, MandateGranted):
        return replace(state, mandates=(*state.mandates, event.mandate))
    mandates = tuple(replace(m, revoked=True) if m.id == event.mandate_id else m for m in state.mandates)
    return replace(state, mandates=mandates)
