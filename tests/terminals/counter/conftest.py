"""Windows of the small city of tests/contexts/cases, with browsers that are logged in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.conftest import HandClock
from tests.contexts.cases.city import SETUP, City, build, png, request
from tests.terminals.people import officer
from tongban.contexts.parties import actions as parties_actions
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Role
from tongban.contexts.parties.core.organisation import Name, Window


@pytest.fixture
def city(db: None, clock: HandClock) -> City:
    """The city at the moment where the platform's clock stands."""
    city = build()
    city.now = clock.now()
    return city


@pytest.fixture
def window(city: City) -> Callable[..., Client]:
    """A browser in which a window officer is logged in; `items` is what the window may receive."""

    def go(*items: str, name: str = "王敏", language: str = "") -> Client:
        key = f"w-{len(parties.windows()) + 1}"
        parties_actions.create_window(
            Window(key, Name("1 号窗口", "Window 1"), "service-centre-linjiang", items or ("*",)),
            actor=SETUP, now=city.now,
        )  # fmt: skip
        client = officer(city, "service-centre-linjiang", Role.WINDOW, name=name, name_en="Wang Min", window=key)
        if language:
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client

    return go


def scan(name: str = "图.png") -> SimpleUploadedFile:
    """A picture as a scanner gives it."""
    return SimpleUploadedFile(name, png(), content_type="image/png")


def text_of(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


__all__ = ["City", "replace", "request", "scan", "text_of"]
