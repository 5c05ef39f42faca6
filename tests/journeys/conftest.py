"""One city and one browser for all journeys of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys import served
from tests.journeys.served import City

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def city() -> Iterator[City]:
    with served.serve() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = served.launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def open_as(browser: Browser, city: City) -> Iterator[Open]:
    """`open_as(who, language=…, phone=…)`: a page for nobody (""), a demo citizen, or "staff:login"."""
    pages: list[Page] = []

    def opened(who: str = "", **how: object) -> Page:
        if who.startswith("staff:"):
            page = served.officer(browser, city, who.removeprefix("staff:"), **how)
        elif who:
            page = served.citizen(browser, city, who, **how)
        else:
            page = served.visitor(browser, city, **how)  # type: ignore[arg-type]
        pages.append(page)
        return page

    yield opened
    for page in pages:
        served.close(page)
