"""Which identity provider this installation uses; `site.wiring` sets it, the login views ask it."""

from __future__ import annotations

from tongban.contexts.parties.core.identity import IdentityProvider
from tongban.contexts.parties.fakes import NoIdentityProvider

_provider: list[IdentityProvider] = [NoIdentityProvider()]


def use_identity_provider(provider: IdentityProvider) -> IdentityProvider:
    """Make `provider` the one of this process; returns the one before it."""
    before, _provider[:] = _provider[0], [provider]
    return before


def identity_provider() -> IdentityProvider:
    """The provider citizens log in with."""
    return _provider[0]
