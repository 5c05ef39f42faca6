"""A browser without JavaScript: keeps cookies, follows redirects, fills in forms, and says what was not as expected."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from tongban.site.walk.page import Control, Form, Page

#: A file to upload: name, bytes, the type that the browser claims.
Upload = tuple[str, bytes, str]


class Trouble(Exception):  # noqa: N818 - it tells what was expected and what was there
    """Something in the city is not as it should be. The text says what was expected and what was found."""


def trouble(expected: str, page: Page) -> Trouble:
    """What was expected of a page, and what it is."""
    said = f", which says: {page.problem}" if page.problem else ""
    return Trouble(
        f"expected {expected}; found {page.url.partition('?')[0]} (HTTP {page.status}), “{page.title}”{said}"
    )


class Browser:
    """One person's browser. `who` names the person in messages."""

    #: For how many seconds a request is repeated while the city is away; a person would press the button again.
    patience = 0.0
    #: Told of every act that the city acknowledged: whose browser, the form, and what was sent.
    acknowledged: Callable[[Browser, Form, list[tuple[str, str]]], None] | None = None

    def __init__(self, base: str, who: str, *, timeout: float = 30) -> None:
        self.who = who
        self.requests = 0
        self.repeats = 0
        self._http = httpx.Client(base_url=base, follow_redirects=True, timeout=timeout, trust_env=False)
        self._http.headers["Accept"] = "text/html"
        self._http.headers["Accept-Language"] = "zh-CN"

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    @property
    def cookies(self) -> dict[str, str]:
        """What the city gave this browser to carry."""
        return dict(self._http.cookies)

    def twin(self) -> Browser:
        """A second browser with the same session, for another thread."""
        made = Browser(str(self._http.base_url), self.who)
        made._http.cookies.update(self._http.cookies)
        return made

    def get(self, url: str, *, status: int = 200) -> Page:
        """Open an address. Anything but `status` is a Trouble."""
        return self._read(self._ask("GET", url), status, f"to open {url}")

    def download(self, url: str) -> bytes:
        """The bytes behind an address."""
        self.requests += 1
        answer = self._ask("GET", url)
        if answer.status_code != 200:
            raise Trouble(f"expected a file at {url}; found HTTP {answer.status_code}")
        return answer.content

    def follow(self, page: Page, part: str) -> Page:
        """Follow the first link of the page that has `part` in its address or its words."""
        url = page.link(part)
        if not url:
            raise trouble(f"a link to “{part}”", page)
        return self.get(url)

    def submit(
        self,
        page: Page,
        form: Form,
        values: Mapping[str, Any] | None = None,
        *,
        files: Mapping[str, Upload] | None = None,
        button: str = "",
        status: int | None = 200,
    ) -> Page:
        """Fill in `values` (by name, or by the label's words), add `files`, press `button` (its name, value or words).

        Fields that the form does not have are a Trouble, as is any status but `status` (None: whatever comes).
        """
        data = fill(page, form, values or {})
        data += _pressed(page, form, button)
        return self.send(form, data, files=files, status=status)

    def send(
        self, form: Form, data: list[tuple[str, str]], *, files: Mapping[str, Upload] | None = None,
        status: int | None = 200,
    ) -> Page:  # fmt: skip
        """Send exactly this."""
        if form.method == "get":
            return self._read(self._ask("GET", form.action, params=dict(data)), status, "the answer to a search")
        sent: dict[str, Any] = {}
        for name, value in data:
            sent.setdefault(name, []).append(value)
        headers = {"Referer": str(self._http.base_url)}
        answer = self._ask("POST", form.action, data=sent, files=dict(files or {}) or None, headers=headers)
        told = type(self).acknowledged
        if answer.history and told and "request_id" in sent:
            told(self, form, data)
        return self._read(answer, status, f"{self.who} to get on after {urlsplit(form.action).path}")

    def _ask(self, method: str, url: str, **more: Any) -> httpx.Response:
        end = time.monotonic() + self.patience
        while True:
            try:
                answer = self._http.request(method, url, **more)
                if answer.status_code < 500 or time.monotonic() > end:
                    return answer
            except httpx.TransportError:
                if time.monotonic() > end:
                    raise
            self.repeats += 1
            time.sleep(0.3)

    def _read(self, answer: httpx.Response, status: int | None, expected: str) -> Page:
        self.requests += 1 + len(answer.history)
        page = Page(str(answer.url), answer.status_code, answer.text)
        if status is not None and answer.status_code != status:
            raise trouble(f"{expected} (HTTP {status})", page)
        return page


def fill(page: Page, form: Form, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is sent when `values` are filled in. A date takes an ISO text, several ticks a list."""
    wanted: dict[str, list[str]] = {}
    for key, value in values.items():
        for name, one in _spread(form, key, value):
            control = _find(form, name)
            if control is None:
                raise trouble(f"a field “{key}” in the form", page)
            wanted[control.name] = [_choice(page, form, control, v) for v in (one if isinstance(one, list) else [one])]
    kept = [(name, value) for name, value in form.values() if name not in wanted]
    return kept + [(name, value) for name, several in wanted.items() for value in several]


def _spread(form: Form, key: str, value: Any) -> list[tuple[str, Any]]:
    names = [f"{key}-{part}" for part in ("year", "month", "day")]
    if isinstance(value, str) and set(names) <= form.names():
        return list(zip(names, value.split("-"), strict=True))
    return [(key, value)]


def _find(form: Form, key: str) -> Control | None:
    by_name = next((c for c in form.controls if c.name == key and c.kind != "submit"), None)
    return by_name or next((c for c in form.controls if c.label and key in c.label and c.kind != "submit"), None)


def _choice(page: Page, form: Form, control: Control, value: str) -> str:
    """The value to send: as given where it is offered, else that of the option whose words have it in them."""
    if control.kind == "select":
        offered = list(control.options)
    elif control.kind in ("radio", "checkbox"):
        offered = [(c.value, c.label) for c in form.controls if c.name == control.name]
    else:
        return str(value)
    if any(one == value for one, _ in offered):
        return str(value)
    found = next((one for one, words in offered if one and value in words), None)
    if found is None:
        raise trouble(f"the choice “{value}” of “{control.name}” among {[words for _, words in offered]}", page)
    return found


def _pressed(page: Page, form: Form, button: str) -> list[tuple[str, str]]:
    buttons = form.buttons()
    if not button:
        pressed = buttons[0] if buttons else None
    else:
        pressed = next((b for b in buttons if button in (b.name, b.value) or button in b.label), None)
        if pressed is None:
            raise trouble(f"a button “{button}”", page)
    return [(pressed.name, pressed.value)] if pressed and pressed.name else []
