"""Logging in through the pages: citizens by the demo's identity page, officers by password and one-time code."""

from __future__ import annotations

import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tongban.site.demo.city import DEMO_PASSWORD
from tongban.site.walk.browser import Browser, Trouble, trouble
from tongban.site.walk.page import Page


@dataclass(frozen=True)
class Somebody:
    """A person (with, or without, an organisation) that the demo's identity page makes up on the spot."""

    name: str
    id_number: str
    phone: str = "13900000099"
    company: str = ""
    credit_code: str = ""


def citizen(base: str, who: str | Somebody) -> Browser:
    """A browser logged in as one of the demo's people (by key) or as somebody made up."""
    return _patiently(lambda: _citizen(base, who))


def _patiently(login: Callable[[], Browser]) -> Browser:
    """A login that the city's restart interrupted begins anew: its halves don't fit together."""
    end = time.monotonic() + 2 * Browser.patience
    while True:
        try:
            return login()
        except Trouble:
            if time.monotonic() > end:
                raise
        time.sleep(1)


def _citizen(base: str, who: str | Somebody) -> Browser:
    name = who if isinstance(who, str) else who.name
    browser = Browser(base, name)
    page = browser.get("/login/")
    form = page.form("next", action="/login/citizen/")
    if form is None:
        raise trouble("the button to the identity service", page)
    page = browser.submit(page, form)
    page = _choose(browser, page, who)
    if "/login" in page.url or "demo-identity" in page.url:
        raise trouble(f"{name} to be logged in", page)
    return browser


def _choose(browser: Browser, page: Page, who: str | Somebody) -> Page:
    if isinstance(who, str):
        form = next((f for f in page.forms() if any(b.value == who for b in f.buttons())), None)
        if form is None:
            raise trouble(f"“{who}” among the people of the identity page", page)
        return browser.submit(page, form, button=who)
    form = page.form("name", "id_number")
    if form is None:
        raise trouble("the form to make somebody up", page)
    values = {"name": who.name, "id_number": who.id_number, "phone": who.phone, "level": "4"}
    if who.company:
        values |= {"company": who.company, "credit_code": who.credit_code}
    return browser.submit(page, form, values, status=None)


def officer(base: str, login: str) -> Browser:
    """A browser logged in as an officer: password, then the code that the demo shows."""
    return _patiently(lambda: _officer(base, login))


def _officer(base: str, login: str) -> Browser:
    browser = Browser(base, login)
    page = browser.get("/login/staff/")
    form = page.form("name", "password")
    if form is None:
        raise trouble("the login of the staff", page)
    page = browser.submit(page, form, {"name": login, "password": DEMO_PASSWORD})
    form, code = page.form("code"), page.data("demo-code")
    if form is None or not code:
        raise trouble("the page for the one-time code", page)
    page = browser.submit(page, form, {"code": code})
    if "/login" in page.url:
        raise trouble(f"{login} to be logged in", page)
    return browser


class Staff:
    """The officers' browsers: each officer logs in once; further hands get a browser with the same session."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._login = threading.Lock()
        self._first: dict[str, Browser] = {}
        self._idle: defaultdict[str, queue.SimpleQueue[Browser]] = defaultdict(queue.SimpleQueue)

    @contextmanager
    def at(self, login: str) -> Iterator[Browser]:
        """The browser of an officer, for a while; at one moment a browser is in one hand."""
        try:
            browser = self._idle[login].get_nowait()
        except queue.Empty:
            browser = self._another(login)
        try:
            yield browser
        finally:
            self._idle[login].put(browser)

    def _another(self, login: str) -> Browser:
        with self._login:  # a one-time code is good once
            if login not in self._first:
                self._first[login] = officer(self._base, login)
                return self._first[login]
            return self._first[login].twin()
