"""What the tests of bad input share: the site in both languages, people who come to it, and what a refusal must say."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils.translation import gettext, override
from pytest_django.fixtures import Settings

from tests.conftest import HandClock
from tests.contexts.cases.city import City, build, request
from tests.terminals.portal.conftest import Filing, browser
from tongban.contexts.cases import actions
from tongban.contexts.cases.core.state import Wanted
from tongban.integrations.identity_demo import DemoIdentityProvider
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.identity import use_identity_provider

MARKET = "market-linjiang"
SUPPLEMENT = {"act": "supplement", "want-layout": "yes", "reason-layout": "看不清后厨的位置"}


@pytest.fixture(autouse=True)
def site(settings: Settings, clock: HandClock) -> Iterator[None]:
    settings.TONGBAN_DEMO = True
    before = use_identity_provider(DemoIdentityProvider("/demo-identity/", enabled=True))
    cache.clear()
    yield
    use_identity_provider(before)


@pytest.fixture
def city(db: None, clock: HandClock) -> City:
    return build()


@pytest.fixture(params=["zh-hans", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def owner(city: City, language: str) -> Client:
    return browser("zhou-min", language)


@pytest.fixture
def filing(owner: Client, city: City) -> Filing:
    return Filing(owner, city)


def speaks(client: Client, language: str) -> Client:
    client.cookies[site_settings.LANGUAGE_COOKIE_NAME] = language
    return client


def told(answer: Any, refusal: type[Refusal], status: int, language: str) -> None:
    """The answer has this status and says this refusal in this language, whatever values it names."""
    page = html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))
    assert answer.status_code == status, page[-600:]
    with override(language):
        message = gettext(refusal.message)
    assert (message == refusal.message) is (language == "zh-hans")
    for piece in re.split(r"%\(\w+\)s", message):
        assert piece.strip() in page, (piece, page[-600:])


def everything() -> list[Any]:
    """All that acts leave behind."""
    with connection.cursor() as cursor:
        found = []
        for table in ("ledger_stream", "ledger_event", "ledger_counter", "cases_draft", "cases_case", "cases_task"):
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")
            found.append(cursor.fetchone())
        return found


def _listed(client: Client) -> set[str]:
    return set(re.findall(r"/case/([0-9a-f-]{36})/", client.get("/cases/").content.decode()))


def _ask(city: City, case: str) -> None:
    wanted = (Wanted("layout", "看不清"),)
    actions.ask_supplement(case_id=case, wanted=wanted, actor=city.window, request_id=request(), now=city.now)


def _all(*jobs: Callable[[], None]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
