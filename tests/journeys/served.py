"""A demo city served for journeys and screenshots, and ways into it: a browser, and people who log in."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

CHECKOUT = Path(__file__).parents[2]
PASSWORD = "tongban-demo-2026"  # printed by the demo itself
#: Chromium as a test needs it: no sandbox for super-users, no calls home.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
]  # fmt: skip
PC, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@dataclass(frozen=True)
class City:
    """A running demo city."""

    url: str
    data: Path


@contextlib.contextmanager
def serve(data: Path | None = None) -> Iterator[City]:
    """Start a demo city on a free port and stop it at the end; a folder of its own unless `data` names one."""
    folder = data or Path(tempfile.mkdtemp(prefix="tongban-city-"))
    port = _free_port()
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "TONGBAN_DATA")}
    environment["PYTHONPATH"] = str(CHECKOUT / "src")
    command = [sys.executable, "-m", "tongban.site.cli", "demo-city", "--serve", "--port", str(port)]
    with (folder / "served.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--data", str(folder)], env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(process, f"http://127.0.0.1:{port}/health/", folder / "served.log")
            yield City(f"http://127.0.0.1:{port}", folder)
        finally:
            process.terminate()
            process.wait(timeout=60)
            if data is None:
                shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], address: str, log: Path, seconds: int = 240) -> None:
    for _ in range(seconds * 2):
        if process.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(address, timeout=2).close()
            return
        time.sleep(0.5)
    raise RuntimeError(f"the city did not come up:\n{log.read_text()[-2000:]}")


def launch(playwright: Playwright) -> Browser:
    """Chromium, the one that script/test found."""
    path = os.environ.get("TONGBAN_CHROMIUM") or shutil.which("chromium") or None
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


def visitor(
    browser: Browser, city: City, *, language: str = "zh-hans", phone: bool = False, care: bool = False
) -> Page:
    """A fresh page for nobody in particular, in a language and a width."""
    context = browser.new_context(
        base_url=city.url, viewport=PHONE if phone else PC, locale="en-GB" if language == "en" else "zh-CN"
    )
    cookies = [{"name": "language", "value": language, "url": city.url}]
    if care:
        cookies.append({"name": "tongban_mode", "value": "care", "url": city.url})
    context.add_cookies(cookies)  # type: ignore[arg-type]
    return context.new_page()


#: (city, who) -> the session cookie: a one-time code opens one session, so people log in once and stay.
_sessions: dict[tuple[str, str], list[dict[str, object]]] = {}


def _logged_in(page: Page, city: City, who: str) -> bool:
    cookies = _sessions.get((city.url, who))
    if cookies:
        page.context.add_cookies(cookies)  # type: ignore[arg-type]
    return bool(cookies)


def _remember(page: Page, city: City, who: str) -> None:
    page.wait_for_load_state()
    assert "/login/" not in page.url, f"{who} could not log in: {page.locator('main').inner_text()[:200]}"
    _sessions[city.url, who] = [dict(one) for one in page.context.cookies() if one.get("name") == "session"]


def citizen(browser: Browser, city: City, key: str = "zhou-min", **how: object) -> Page:
    """A demo citizen, logged in through the identity page."""
    page = visitor(browser, city, **how)  # type: ignore[arg-type]
    if not _logged_in(page, city, key):
        page.goto("/login/")
        page.locator("form[action$='/login/citizen/'] button").click()
        page.locator(f"button[name=person][value={key}]").click()
        _remember(page, city, key)
    return page


def officer(browser: Browser, city: City, login: str, **how: object) -> Page:
    """An officer, logged in with password and one-time code."""
    page = visitor(browser, city, **how)  # type: ignore[arg-type]
    if not _logged_in(page, city, login):
        page.goto("/login/staff/")
        page.locator("input[name=name]").fill(login)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button.btn").first.click()
        code = page.locator("[data-demo-code]").inner_text()
        page.locator("input[name=code]").fill(code)
        page.locator("main form button.btn").first.click()
        _remember(page, city, login)
    return page


def close(page: Page) -> None:
    context: BrowserContext = page.context
    context.close()
