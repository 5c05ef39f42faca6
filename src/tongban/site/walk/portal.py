"""What a citizen does in the portal, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tongban.site.walk import papers
from tongban.site.walk.browser import Browser, Upload, trouble
from tongban.site.walk.page import Control, Form, Page

_MOST_PAGES = 30
_CASE = re.compile(r"/case/([0-9a-f-]{36})/")


@dataclass(frozen=True)
class Application:
    """What somebody applies for: the item, for whom (words of the choice), where, what they answer and hand in."""

    item: str
    principal: str
    division: str = "429901"
    answers: Mapping[str, Any] | None = None
    uploads: Callable[[str, str], Upload] = papers.pdf  # (words of the paper, holder) -> file


def case_of(page: Page) -> str:
    """The case that a page is about."""
    found = _CASE.search(page.url)
    if found is None:
        raise trouble("the page of a case", page)
    return found[1]


def begin(browser: Browser, wanted: Application) -> Page:
    """From the guide to the first page of questions."""
    guide = browser.get(f"/guide/{wanted.item}/")
    page = browser.follow(guide, f"/apply/{wanted.item}/")
    form = page.form("principal", "division")
    if form is None:
        raise trouble(f"the choice for whom to apply for {wanted.item}", page)
    return browser.submit(page, form, {"principal": wanted.principal, "division": wanted.division})


def answer_all(browser: Browser, page: Page, wanted: Application) -> Page:
    """Answer the questions, topic by topic; the first page without questions."""
    for _ in range(_MOST_PAGES):
        form = page.form("asked")
        if form is None:
            return page
        page = browser.submit(page, form, answers_for(form, wanted.answers or {}))
    raise trouble("an end of the questions", page)


def answers_for(form: Form, known: Mapping[str, Any]) -> dict[str, Any]:
    """An answer for every question of the form: the known one, what stands in it, else something that fits."""
    chosen: dict[str, Any] = {}
    asked = [c.value for c in form.controls if c.name == "asked"]
    for name in asked:
        controls = [c for c in form.controls if c.name == name or c.name.startswith(f"{name}-")]
        if name in known:
            chosen[name] = known[name]
        elif not any(c.on and c.value for c in controls):
            chosen |= _made_up(name, controls)
    return chosen


def _made_up(name: str, controls: list[Control]) -> dict[str, Any]:
    first = controls[0]
    if first.name != name:
        return {name: "2026-04-01"}
    if first.kind in ("radio", "checkbox"):
        return {name: controls[-1].value}
    if first.kind == "select":
        return {name: first.options[-1][0]}
    if "身份证" in first.label or "身份号码" in first.label:
        return {name: "429901198705120140"}
    if "信用代码" in first.label:
        return {name: "91429900MA4KWATRXR"}
    return {name: {"numeric": "12", "decimal": "1200", "tel": "13900000098"}.get(first.mode, "江城市演示资料")}


def hand_in(browser: Browser, page: Page, wanted: Application) -> Page:
    """Upload every paper that has to be brought; the page of all answers."""
    form = page.form(action="/materials/")
    if form is None:
        raise trouble("the page of materials", page)
    files = {c.name: wanted.uploads(_title(c), wanted.principal) for c in form.controls if _to_bring(page, c)}
    return browser.submit(page, form, files=files, button="next")


def _to_bring(page: Page, control: Control) -> bool:
    card = page.root.first("", id=control.name.removeprefix("file-"))
    return control.kind == "file" and card is not None and card.first("span", class_="wait") is not None


def _title(control: Control) -> str:
    return control.label.split()[-1] if control.label else control.name


def file(browser: Browser, page: Page) -> Page:
    """Promise and submit: the receipt."""
    form = page.form("promise")
    if form is None:
        raise trouble("the page to check the answers", page)
    page = browser.submit(page, form, {"promise": "yes"})
    if "/receipt/" not in page.url:
        raise trouble("the receipt", page)
    return page


def apply(browser: Browser, wanted: Application) -> str:
    """From the guide to the receipt; the case's id."""
    page = answer_all(browser, begin(browser, wanted), wanted)
    return case_of(file(browser, hand_in(browser, page, wanted)))


def answer_supplement(browser: Browser, case_id: str, holder: str) -> Page:
    """Bring what the notice asks for, from the case page; the case page again."""
    page = browser.follow(browser.get(f"/case/{case_id}/"), "/supplement/")
    form = page.form("go") or page.form("request_id")
    if form is None:
        raise trouble("the page to bring what is missing", page)
    files = {c.name: papers.pdf(_title(c), holder) for c in form.controls if c.kind == "file"}
    page = browser.submit(page, form, files=files, button="answer")
    if "/supplement/" in page.url:
        raise trouble("the supplement to be taken", page)
    return page


def defend(browser: Browser, case_id: str, text: str) -> Page:
    """Answer a notice of an intended denial, from the case page; the case page again."""
    page = browser.follow(browser.get(f"/case/{case_id}/"), "/defence/")
    form = page.form("text", "way")
    if form is None:
        raise trouble("the page to state and defend", page)
    page = browser.submit(page, form, {"text": text, "way": "done"})
    if "/defence/" in page.url:
        raise trouble("the statement to be taken", page)
    return page


def withdraw(browser: Browser, case_id: str, reason: str) -> Page:
    """Withdraw, from the case page."""
    page = browser.follow(browser.get(f"/case/{case_id}/"), "/withdraw/")
    form = page.form("reason", "request_id")
    if form is None:
        raise trouble("the question whether to withdraw", page)
    return browser.submit(page, form, {"reason": reason})


def rate(browser: Browser, case_id: str, score: str) -> Page:
    """Rate, from the case page."""
    page = browser.follow(browser.get(f"/case/{case_id}/"), "/rate/")
    form = page.form("score", "request_id")
    if form is None:
        raise trouble("the rating", page)
    page = browser.submit(page, form, {"score": score, "details": ["fast"]})
    if "/rate/" in page.url:
        raise trouble("the rating to be taken", page)
    return page
