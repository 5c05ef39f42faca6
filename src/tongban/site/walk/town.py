"""The running city that is walked through: started in a folder of its own, or one that runs already."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from tongban.integrations.clock import MovableClock
from tongban.kernel.clock import CHINA
from tongban.site.installation import Installation
from tongban.site.operating import ready
from tongban.site.operating.telling import Fault, Progress, say

if TYPE_CHECKING:
    from tongban.contexts.cases.core.state import CaseState

#: Monday. The working days of 2026 are published, the clocks of the story can be counted on a calendar.
FIRST_MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
SOURCE = Path(__file__).resolve().parents[3]


@dataclass
class Town:
    """A city under way. This process is connected to its database, but only looks; what is done goes over HTTP."""

    url: str
    installation: Installation
    clock: MovableClock
    server: subprocess.Popen[bytes] | None = None

    def now(self) -> datetime:
        """The city's time."""
        return self.clock.now()

    def wait_days(self, to: date, at: time_of_day = time_of_day(9, 0)) -> None:
        """Let the city's days pass until `at` on the day `to`. Never backwards."""
        there = datetime.combine(to, at, CHINA)
        if there > self.now():
            self.clock.advance(there - self.now() + timedelta(seconds=1))  # the file holds whole seconds
            time.sleep(0.1)  # every process asks the file at most every 0.05 s

    def later(self, **by: float) -> None:
        """Let a little time pass, e.g. hours=2."""
        self.clock.advance(timedelta(**by))
        time.sleep(0.1)

    def state(self, case_id: str) -> CaseState:
        """What the ledger says of a case. While the database is away it asks again, as long as browsers would."""
        from django.db import DatabaseError, InterfaceError, connection

        from tongban.contexts.cases import queries
        from tongban.contexts.parties.core import system
        from tongban.site.walk.browser import Browser

        end = time.monotonic() + Browser.patience
        while True:
            try:
                return queries.case(case_id, actor=system("walk")).state
            except (DatabaseError, InterfaceError):
                if time.monotonic() > end:
                    raise
            finally:
                connection.close()  # back to the pool: the walk has more threads than the pool has connections
            time.sleep(0.3)

    def until(self, what: Callable[[], Any], expected: str, seconds: float = 90) -> Any:
        """Wait for the worker: the first true answer of `what`. A Trouble after `seconds` of real time."""
        from tongban.site.walk.browser import Trouble

        end = time.monotonic() + seconds
        while not (found := what()):
            if time.monotonic() > end:
                raise Trouble(f"expected {expected} within {seconds:.0f} s; it did not come (see `tongban doctor`)")
            time.sleep(0.15)
        return found


@contextmanager
def town(url: str | None, *, workers: int = 2, more: tuple[str, ...] = ()) -> Iterator[Town]:
    """The city at `url` (with --data naming its folder), or one made for this walk and removed after it.

    The one made has so many web processes; `more` is told to its `tongban serve`.
    """
    if url:
        yield _there(url)
        return
    folder = _own_folder()
    before = os.environ.get("TONGBAN_DATA")
    os.environ["TONGBAN_DATA"] = str(folder)
    try:
        with _made(Installation(folder), workers, more) as made:
            yield made
    finally:
        ready.leave_database(Installation(folder))
        shutil.rmtree(folder, ignore_errors=True)
        if before is None:
            os.environ.pop("TONGBAN_DATA")
        else:
            os.environ["TONGBAN_DATA"] = before


def _there(url: str) -> Town:
    installation = Installation.find()
    if not installation.is_demo() or installation.clock() != "movable":
        raise Fault(f"{installation.data} is no demo city with a movable clock; the walk moves days and makes cases")
    ready.ready()
    return Town(url.rstrip("/"), installation, MovableClock(installation.data / "clock"))


def _own_folder() -> Path:
    if given := os.environ.get("TONGBAN_DATA"):
        folder = Path(given)
        if folder.exists() and any(folder.iterdir()):
            raise Fault(f"{folder} is not empty: name its address with --url, or let the walk use a folder of its own")
        return folder
    folder = Path(tempfile.mkdtemp(prefix="tongban-walk-"))
    folder.rmdir()  # made again by the installation, with its own rights
    return folder


@contextmanager
def _made(installation: Installation, workers: int, more: tuple[str, ...]) -> Iterator[Town]:
    ready.prepare_folder(installation)
    installation.mark(demo=True, clock="movable")
    clock = MovableClock(installation.data / "clock")
    clock.start_at(FIRST_MOMENT)
    os.environ.pop("DATABASE_URL", None)
    ready.ready()
    from tongban.site import demo

    progress = Progress("officers and people")
    demo.build(now=clock.now(), progress=lambda _, done, total: progress(done, total))
    progress.end()
    port = free_port()
    server = serve(installation, port, workers, more)
    try:
        made = Town(f"http://127.0.0.1:{port}", installation, clock, server)
        _wait_for(made)
        yield made
    finally:
        stop(server)


def serve(installation: Installation, port: int, workers: int, more: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Start `tongban serve` for this installation."""
    environment = {**os.environ, "TONGBAN_DATA": str(installation.data)}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(SOURCE), os.environ.get("PYTHONPATH")]))
    environment.pop("TONGBAN_BASE_URL", None)
    command = [sys.executable, "-m", "tongban.site.cli", "serve", "--port", str(port), "--workers", str(workers)]
    command += more
    log = (installation.data / "serve.log").open("ab")
    return subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)  # noqa: S603


def stop(server: subprocess.Popen[bytes]) -> None:
    """End it in order."""
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(40)
        except subprocess.TimeoutExpired:
            say("The city did not stop in 40 s and was killed.")
            server.kill()
            server.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(made: Town, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if httpx.get(f"{made.url}/health/", timeout=5, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        if made.server is not None and made.server.poll() is not None:
            break
        time.sleep(0.2)
    log = (made.installation.data / "serve.log").read_text("utf-8", "replace").strip().splitlines()[-8:]
    raise Fault("the city does not start:\n  " + "\n  ".join(log))
