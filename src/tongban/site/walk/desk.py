"""What officers of the organs do at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tongban.site.walk.browser import Browser, trouble
from tongban.site.walk.page import Page


def find(browser: Browser, number: str) -> Page:
    """From the worktable to the case page, by the end of the case number."""
    page = browser.get("/desk/worktable/")
    form = page.form("q")
    if form is None:
        raise trouble("the worktable with its filter", page)
    return browser.follow(browser.submit(page, form, {"q": number[-8:]}), "/desk/case/")


def act(browser: Browser, page: Page, key: str, answers: Mapping[str, Any], *, status: int = 200) -> Page:
    """Choose an act on a case page, answer its questions (named without the act's prefix), do it."""
    form = page.form("act", "request_id", action="/act/")
    if form is None:
        raise trouble(f"the act “{key}” on the case page", page)
    chosen = next((c.value for c in form.controls if c.name == "act" and c.value.startswith(key)), None)
    if chosen is None:
        raise trouble(f"the act “{key}” among {[c.value for c in form.controls if c.name == 'act']}", page)
    return browser.submit(
        page, form, {"act": chosen, **{f"{chosen}-{name}": v for name, v in answers.items()}}, status=status
    )


def force(browser: Browser, page: Page, key: str, answers: Mapping[str, Any]) -> Page:
    """Send an act that the page does not offer, as somebody with tools would; whatever comes back."""
    form = page.form("act", "request_id", action="/act/") or page.form("request_id")
    if form is None:
        raise trouble("a form on the case page", page)
    data = [(n, v) for n, v in form.values() if n != "act" and n not in {f"{key}-{a}" for a in answers}]
    data += [("act", key), *((f"{key}-{name}", str(v)) for name, v in answers.items())]
    return browser.send(form, data, status=None)


def open_case(browser: Browser, case_id: str) -> Page:
    """The case page by its address."""
    return browser.get(f"/desk/case/{case_id}/")


def choose(browser: Browser, page: Page, name: str) -> Page:
    """Of several tasks in the same hands the one with this name; a single one needs no choice."""
    link = next((url for url, words in page.links() if "task=" in url and name in words), "")
    return browser.get(link) if link else page


def colleague(page: Page, key: str, name: str) -> str:
    """The value of a colleague in the list of second officers, by a part of the words; the first one else."""
    form = page.form("act", f"{key}-second_officer")
    control = next((c for c in form.controls if c.name == f"{key}-second_officer"), None) if form else None
    if control is None:
        raise trouble("the list of second officers", page)
    offered = [(value, words) for value, words in control.options if value]
    return next((value for value, words in offered if name in words), offered[0][0])
