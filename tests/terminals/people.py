"""Browsers of people who are logged in: citizens through the pages of the login, officers with a session of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from django.test import Client

from tests.contexts.cases.city import SETUP, City, request
from tongban.contexts.parties import actions, queries
from tongban.contexts.parties.core import Role
from tongban.integrations.identity_demo import DemoIdentityProvider
from tongban.terminals.common.identity import use_identity_provider
from tongban.terminals.common.sessions import ACCOUNT, EPOCH

_badges = count(8001)


@contextmanager
def demo_identity() -> Iterator[None]:
    """While it lasts, citizens log in with the demo's identity provider."""
    before = use_identity_provider(DemoIdentityProvider("/demo-identity/", enabled=True))
    yield
    use_identity_provider(before)


def log_in(client: Client, person: str, next_page: str) -> Client:
    """Log one of the demo's people in, through all pages of the login."""
    away = client.post("/login/citizen/", {"next": next_page})
    asked = client.get(away["Location"])
    back = client.post("/demo-identity/", {"request": asked.context["request_token"], "person": person})
    home = client.get(back["Location"])
    assert (home.status_code, home["Location"]) == (303, next_page)
    return client


def officer(
    city: City, agency: str, *roles: Role, name: str = "赵一鸣", name_en: str = "Zhao Yiming", window: str = ""
) -> Client:
    """A browser of an officer who is appointed and logged in; `client.actor` is the officer."""
    badge = str(next(_badges))
    login = f"{agency}-{badge}"
    account = actions.create_account(name=login, password="long-enough-2026", actor=SETUP, now=city.now)
    actions.create_officer(
        account_id=account, name=name, name_en=name_en, badge=badge, agency=agency, roles=list(roles), window=window,
        actor=SETUP, now=city.now, request_id=request(),
    )  # fmt: skip
    client = Client()
    session = client.session
    session[ACCOUNT], session[EPOCH] = account, 0
    session.save()
    client.actor = queries.actor_of(account, now=city.now)  # type: ignore[attr-defined]
    return client
