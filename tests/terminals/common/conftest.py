"""The shared pages on addresses of their own, with and without the demo's identity provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.conftest import HandClock
from tests.contexts.parties.conftest import appoint, log_in, offices, request_id, town
from tongban.integrations.identity_demo import DemoIdentityProvider
from tongban.terminals.common.identity import use_identity_provider

__all__ = ["appoint", "log_in", "offices", "request_id", "town"]


@pytest.fixture(autouse=True)
def site(settings: Settings, clock: HandClock) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.terminals.common.probe_urls"
    settings.TONGBAN_DEMO = True
    before = use_identity_provider(DemoIdentityProvider("/demo-identity/", enabled=True))
    yield
    use_identity_provider(before)


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=False)


@pytest.fixture
def citizen(db: None, client: Client) -> Callable[..., Client]:
    """A browser logged in as one of the demo's people, through all pages of the login."""

    def go(person: str = "zhou-min", next_page: str = "/who/") -> Client:
        away = client.post("/login/citizen/", {"next": next_page})
        asked = client.get(away["Location"])
        back = client.post("/demo-identity/", {"request": asked.context["request_token"], "person": person})
        home = client.get(back["Location"])
        assert (home.status_code, home["Location"]) == (303, next_page)
        return client

    return go
