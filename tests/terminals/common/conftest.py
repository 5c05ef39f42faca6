"""The shared pages on addresses of their own, with and without the demo's identity provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.conftest import HandClock
from tests.contexts.parties.conftest import appoint, log_in, offices, request_id, town
from tests.terminals import people
from tests.terminals.people import demo_identity

__all__ = ["appoint", "log_in", "offices", "request_id", "town"]


@pytest.fixture(autouse=True)
def site(settings: Settings, clock: HandClock) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.terminals.common.probe_urls"
    settings.TONGBAN_DEMO = True
    with demo_identity():
        yield


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=False)


@pytest.fixture
def citizen(db: None, client: Client) -> Callable[..., Client]:
    """A browser logged in as one of the demo's people, through all pages of the login."""

    def go(person: str = "zhou-min", next_page: str = "/who/") -> Client:
        return people.log_in(client, person, next_page)

    return go
