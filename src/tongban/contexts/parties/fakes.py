"""Stand-ins beside the ports: used where no real provider is set up, and in tests."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from tongban.contexts.parties.core import refusals
from tongban.contexts.parties.core.identity import VerifiedIdentity


class NoIdentityProvider:
    """An installation without an identity service: citizens are served at the windows."""

    def start(self, return_to: str) -> str:
        raise refusals.LoginUnavailable

    def finish(self, params: Mapping[str, str]) -> VerifiedIdentity:
        raise refusals.LoginUnavailable


class InstantIdentityProvider:
    """Vouches at once for one given person; the ticket only shows that the answer made the round trip."""

    def __init__(self, identity: VerifiedIdentity) -> None:
        self.identity = identity

    def start(self, return_to: str) -> str:
        return f"{return_to}{'&' if '?' in return_to else '?'}{urlencode({'ticket': 'instant'})}"

    def finish(self, params: Mapping[str, str]) -> VerifiedIdentity:
        if params.get("ticket") != "instant":
            raise refusals.IdentityRefused
        return self.identity
