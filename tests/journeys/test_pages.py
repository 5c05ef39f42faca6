"""Every page, in both languages and both widths: axe finds nothing serious, nothing overflows, no Chinese is left in
the English chrome, and no request for the page fails."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request

from tests.journeys.conftest import Open
from tests.journeys.pages import LOOKS, Look, visit

pytestmark = pytest.mark.browser

BY_PERSON = [(who, list(looks)) for who, looks in groupby(sorted(LOOKS, key=lambda one: one.who), lambda one: one.who)]
WAYS = [("zh-hans", False), ("zh-hans", True), ("en", False), ("en", True)]


def serious(page: Page) -> list[str]:
    """What axe finds of serious and critical impact, with the first place of each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize(("language", "phone"), WAYS, ids=["zh-pc", "zh-phone", "en-pc", "en-phone"])
@pytest.mark.parametrize(("who", "looks"), BY_PERSON, ids=[who or "nobody" for who, _ in BY_PERSON])
def test_pages_are_sound(open_as: Open, who: str, looks: list[Look], language: str, phone: bool) -> None:
    page = open_as(who, language=language, phone=phone)
    failures: list[str] = []
    page.on(
        "requestfailed",
        lambda request: failures.append(f"request failed: {request.url}") if _ours(request) else None,
    )
    page.on("pageerror", lambda error: failures.append(f"script error: {error}"))
    page.on("console", lambda line: failures.append(f"console: {line.text}") if line.type == "error" else None)
    for look in looks:
        visit(page, look)
        failures += [f"{look.name}: {one}" for one in serious(page)]
        if (wide := overflow(page)) > 0:
            failures.append(f"{look.name}: {wide} px too wide")
        if language == "en" and (left := _chinese_chrome(page)):
            failures.append(f"{look.name}: Chinese in the English page: {left}")
    assert not failures, "\n".join(failures)


def _ours(request: Request) -> bool:
    """Chromium's PDF viewer asks for parts of itself, and breaks off what it does not need when a page is left."""
    return not request.url.startswith("chrome-extension:") and request.failure != "net::ERR_ABORTED"


def _chinese_chrome(page: Page) -> list[str]:
    """Chinese in buttons, headings, labels and navigation, but for what people wrote themselves (`data-own-words`)."""
    texts: list[str] = page.eval_on_selector_all(
        "h1, h2, h3, button, label, legend, nav a, th, summary, .btn",
        """all => all.filter(e => !e.closest('[lang="zh-Hans"], [data-own-words]')).map(e => {
            const copy = e.cloneNode(true)
            copy.querySelectorAll('[lang="zh-Hans"], [data-own-words]').forEach(own => own.remove())
            return copy.textContent.trim()
        })""",
    )
    return [
        text for text in texts if re.search(r"[\u4e00-\u9fff]{2,}", text) and text.strip() not in ("中文", "简体中文")
    ]
