"""What officers do at a window: look through what came in, and receive for somebody who stands there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tongban.site.walk import papers
from tongban.site.walk.browser import Browser, trouble
from tongban.site.walk.page import Form, Page
from tongban.site.walk.portal import case_of


def find(browser: Browser, words: str) -> Page:
    """What the window's search answers: the case of a whole number, the person of an identity number."""
    page = browser.get("/counter/")
    form = page.form("q")
    if form is None:
        raise trouble("the search of the window", page)
    return browser.submit(page, form, {"q": words})


def open_case(browser: Browser, case_id: str) -> Page:
    """The case page by its address."""
    return browser.get(f"/counter/case/{case_id}/")


def _acts(page: Page) -> Form:
    form = page.form("act", "request_id", action="/act/")
    if form is None:
        raise trouble("the acts of the window", page)
    return form


def act(browser: Browser, page: Page, key: str, answers: Mapping[str, Any]) -> Page:
    """Choose an act on a case page and do it."""
    return browser.submit(page, _acts(page), {"act": key, **answers})


def accept(browser: Browser, number: str) -> Page:
    """受理, found by the case number."""
    return act(browser, find(browser, number), "accept", {})


def ask_supplement(browser: Browser, number: str, wanted: Mapping[str, str]) -> Page:
    """The one notice of what is missing: material -> reason."""
    return act(browser, find(browser, number), "supplement", {f"reason-{name}": why for name, why in wanted.items()})


def second_supplement(browser: Browser, case_id: str) -> Page:
    """Send a supplement notice although the page no longer offers it; whatever comes back."""
    page = open_case(browser, case_id)
    form = _acts(page)
    data = [(name, value) for name, value in form.values() if name not in ("act", "reason-safety_rules")]
    data += [("act", "supplement"), ("reason-safety_rules", "再补一次。")]
    return browser.send(form, data, status=None)


def refuse(browser: Browser, number: str, kind: str, reason: str) -> Page:
    """不予受理 and its kin."""
    return act(browser, find(browser, number), "refuse", {"kind": kind, "reason": reason})


def receive(browser: Browser, id_number: str, item: str, says: str, company: str, answers: Mapping[str, Any]) -> str:
    """Receive an application from the person who shows this identity number, for a company; the case's id.

    `says` is what the person comes for, in their own words.
    """
    page = find(browser, id_number)
    form = page.form("say")
    if form is None:
        raise trouble("the page of the person at the window", page)
    page = browser.submit(page, form, {"say": says})
    page = _start(browser, page, item, company)
    for button in ("check", "check", "file"):  # some questions follow from answers, papers from both
        page = _fill(browser, page, company, answers, button)
    return case_of(page)


def _fill(browser: Browser, page: Page, company: str, answers: Mapping[str, Any], button: str) -> Page:
    form = next((f for f in page.forms() if any(b.value == button for b in f.buttons())), None)
    if form is None:
        raise trouble(f"the button “{button}” on the page to receive an application", page)
    values = {name: value for name, value in answers.items() if _asked(form, name)}
    papers_ = [c for c in form.controls if c.kind == "file" and button == "check"]
    files = {c.name: papers.pdf(c.label.split("：")[-1], company) for c in papers_}
    seen = {c.name.replace("file-", "seen-"): "yes" for c in papers_}
    return browser.submit(
        page, form, {**values, **seen}, files=files, button=button, status=None if button == "check" else 200
    )


def _start(browser: Browser, page: Page, item: str, company: str) -> Page:
    form = page.form("applicant", "division", action="/receive/")
    if form is None:
        raise trouble(f"“{item}” among what the words were understood as", page)
    return browser.submit(page, form, {"applicant": company, "division": "临江"}, button=item)


def _asked(form: Form, name: str) -> bool:
    return any(c.name in (name, f"{name}-year") for c in form.controls)


def deliver(browser: Browser, number: str, to: str) -> Page:
    """Hand the result over to a person who shows their papers."""
    page = find(browser, number)
    form = page.form("to", "request_id")
    if form is None:
        raise trouble("the handing over of the result", page)
    return browser.submit(page, form, {"to": to, "seen": "yes"})


def may_accept(page: Page) -> bool:
    """Whether the page still offers acceptance."""
    form = page.form("act", "request_id", action="/act/")
    return form is not None and any(c.name == "act" and c.value == "accept" for c in form.controls)
