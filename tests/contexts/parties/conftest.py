"""A small town: one person, one company, two agencies, a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import pytest

from tongban.contexts.parties import actions, queries
from tongban.contexts.parties.core import Actor, Role, system
from tongban.contexts.parties.core.identity import LegalIdentity, VerifiedIdentity
from tongban.contexts.parties.core.organisation import Agency, Name, Window
from tongban.contexts.parties.projections import OFFICER, PARTY
from tongban.foundation import ledger
from tongban.kernel.clock import CHINA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
ROOT = system("test")
PASSWORD = "correct horse 42"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ZHOU = VerifiedIdentity(
    "周敏", "429901198705120140", "13900000001", 3, (LegalIdentity("江畔小馆", "92429901MA4KDEM1XQ", "滨江路 18 号"),)
)
LI = VerifiedIdentity("李雪", "429900197903210226", "13900000002", 4)


@dataclass(frozen=True)
class Login:
    account: str
    epoch: int
    actor: Actor


@pytest.fixture(autouse=True)
def town(request: pytest.FixtureRequest) -> Iterator[None]:
    ledger.register(PARTY)
    ledger.register(OFFICER)
    queries.forget_agencies()
    yield
    queries.forget_agencies()


@pytest.fixture
def request_id() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"test {next(numbers)}"


@pytest.fixture
def log_in(db: None, request_id: Callable[[], str]) -> Callable[[VerifiedIdentity], Login]:
    """Log a citizen in, as the identity provider would."""

    def go(identity: VerifiedIdentity) -> Login:
        account = actions.sign_in(identity, now=NOW, request_id=request_id())
        return Login(account.account_id, account.epoch, queries.actor_of(account.account_id, now=NOW))

    return go


@pytest.fixture
def offices(db: None) -> None:
    """The market bureaux of city and district, and a service centre with a comprehensive window."""
    code = "11440232MB2D06811W"
    for key, base, level, division, parent in (
        ("market", "market", "city", "429900", ""),
        ("market-linjiang", "market", "district", "429901", "market"),
        ("service-centre", "service-centre", "city", "429900", ""),
    ):
        name = Name(f"{key} 局", f"{key} bureau")
        actions.create_agency(
            Agency(key, base, name, name, code, level, division, parent),  # type: ignore[arg-type]
            actor=ROOT,
            now=NOW,
        )
    actions.create_window(
        Window("A01", Name("综合窗口 1", "General window 1"), "service-centre", ("*",)), actor=ROOT, now=NOW
    )


@pytest.fixture
def appoint(offices: None, request_id: Callable[[], str]) -> Callable[..., Login]:
    """Appoint an officer with a login."""

    def go(name: str, *roles: Role, agency: str = "market-linjiang", window: str = "") -> Login:
        account = actions.create_account(name=name, password=PASSWORD, totp_secret=SECRET, actor=ROOT, now=NOW)
        actions.create_officer(
            account_id=account,
            name=name,
            name_en=name,
            badge=f"B-{name}",
            agency=agency,
            roles=roles,
            window=window,
            actor=ROOT,
            now=NOW,
            request_id=request_id(),
        )
        return Login(account, 0, queries.actor_of(account, now=NOW))

    return go
