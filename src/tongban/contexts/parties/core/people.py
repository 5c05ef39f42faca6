"""What the door hands out about a party: frozen, with clear values only for those who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tongban.contexts.parties.core.party import Basis, PartyKind


@dataclass(frozen=True)
class Party:
    """A party as lists show it: no clear number, phone or address."""

    id: str
    kind: PartyKind
    name: str
    id_type: str
    id_number_masked: str
    phone_masked: str
    real_level: int


@dataclass(frozen=True)
class Particulars:
    """A party in full, for itself, its mandates and the officers who serve it."""

    party: Party
    id_number: str
    phone: str
    address: str


@dataclass(frozen=True)
class MandateView:
    """A mandate with the names of both sides."""

    id: str
    from_party: str
    from_name: str
    to_party: str
    to_name: str
    items: frozenset[str]
    valid_from: date
    valid_to: date | None
    basis: Basis
    revoked: bool

    def in_force(self, today: date) -> bool:
        return not self.revoked and self.valid_from <= today and (self.valid_to is None or today <= self.valid_to)


def mask(text: str, head: int, tail: int) -> str:
    """Keep `head` and `tail` characters; stars between, so that the length stays: 1101**********002X."""
    hidden = max(len(text) - head - tail, 0)
    return text[:head] + "*" * hidden + (text[len(text) - tail :] if hidden and tail else "")
