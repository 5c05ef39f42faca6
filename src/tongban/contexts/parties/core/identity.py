"""The port to whoever vouches for a person: the national or provincial identity service, or the demo's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class LegalIdentity:
    """A company or other organisation the person legally represents (法定代表人)."""

    name: str
    credit_code: str
    address: str = ""


@dataclass(frozen=True)
class VerifiedIdentity:
    """What the provider vouches for. `real_level` 1 account, 2 name and number, 3 face or bank card, 4 certificate or
    in person (STANDARDS §7.3)."""

    name: str
    id_number: str
    phone: str
    real_level: int
    legal: tuple[LegalIdentity, ...] = ()
    address: str = ""


class IdentityProvider(Protocol):
    """Sends the person away to prove who they are, and reads the answer they bring back."""

    def start(self, return_to: str) -> str:
        """The address to send the browser to; the answer comes back to `return_to`. Refuses `LoginUnavailable`."""
        ...

    def finish(self, params: Mapping[str, str]) -> VerifiedIdentity:
        """The verified identity from the query parameters of the return. Refuses `IdentityRefused`."""
        ...
