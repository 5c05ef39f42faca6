"""`tongban serve`: the web and the worker as children that are started again when they die."""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tongban.foundation.postgres import DatabaseFault
from tongban.site.cli import static
from tongban.site.cli.base import Subcommands
from tongban.site.installation import Installation
from tongban.site.operating import ready, running
from tongban.site.operating.telling import Fault, say

SOURCE = str(Path(__file__).resolve().parents[3])
#: A child that lived shorter than this is started again only after a pause that doubles, up to the longest.
SHORT_LIFE, LONGEST_PAUSE = 5.0, 30.0


def add(commands: Subcommands) -> None:
    """Add the command."""
    made = commands.add(
        "serve",
        serve,
        "serve the city: web and worker, until Ctrl-C",
        "Starts the embedded database if the installation has it, the web server and the worker, looks after all\n"
        "three, and starts again what dies. Ctrl-C (or SIGTERM) stops everything in order. Put a reverse proxy with\n"
        "TLS in front of it and say with TONGBAN_BASE_URL what address citizens see.",
    )
    listening(made)


def listening(made: argparse.ArgumentParser) -> None:
    """Where and how to listen."""
    made.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    made.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    made.add_argument("--workers", type=int, default=2, help="web processes (default: %(default)s)")
    made.add_argument("--no-worker", action="store_true", help="web only; run `tongban worker` elsewhere")


def serve(given: argparse.Namespace) -> int:
    """`tongban serve`."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell's "&" had it ignored
    _check_port(given.host, given.port)
    installation = ready.ready()
    with running.claim(installation):
        static.collect()
        address = os.environ.setdefault("TONGBAN_BASE_URL", f"http://{given.host}:{given.port}")
        children = [Child("web", _web_command(given))]
        if not given.no_worker:
            children.append(Child("worker", [sys.executable, "-m", "tongban.site.cli", "worker"]))
        try:
            for child in children:
                child.start()
            _wait_until_it_answers(children[0], f"http://{given.host}:{given.port}/health/")
            _announce(installation, address)
            _watch(installation, children)
        except (KeyboardInterrupt, SystemExit):
            say("Stopping ...")
        finally:
            _stop(children)
            ready.leave_database(installation)
    say("Everything is stopped; the data is kept.")
    return 0


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """In the child: be told to stop when the parent dies, however it dies, so that nothing keeps the port."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process that is to live as long as we do."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only us and we stop it in order."""
        path = os.pathsep.join(filter(None, [SOURCE, os.environ.get("PYTHONPATH")]))
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - this process has one thread
        )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it again when it has died."""
        now = time.monotonic()
        if self.process is not None:
            if self.process.poll() is None:
                return
            self.kill_rest()
            self.pause = min(max(1.0, self.pause * 2), LONGEST_PAUSE) if now - self.started < SHORT_LIFE else 0.0
            self.not_before = now + self.pause
            code = self.process.returncode
            how = f"signal {-code}" if code < 0 else f"exit {code}"
            say(
                f"The {self.name} ended ({how}); starting it again {f'in {self.pause:.0f} s' if self.pause else 'now'}."
            )
            self.process = None
        if now >= self.not_before:
            self.start()

    def kill_rest(self) -> None:
        """End what a dead process left in its group (web processes whose parent was killed)."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def ask_to_stop(self) -> None:
        """SIGTERM."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait for its end; after `seconds` it is killed."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            say(f"The {self.name} did not stop within {seconds:.0f} s and was killed.")
        self.kill_rest()
        self.process.wait()


def _web_command(given: argparse.Namespace) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", given.host, "--port", str(given.port)]
    command += ["--workers", str(given.workers), "--blocking-threads", os.environ.get("TONGBAN_THREADS", "4")]
    command += ["--backpressure", "64", "--respawn-failed-workers", "--respawn-interval", "0.2"]
    command += ["--workers-kill-timeout", "10", "--no-ws", "--http", "1", "--log-level", "warning"]
    return [*command, "tongban.site.wsgi:application"]


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Fault(f"can't listen on {host}:{port} ({problem.strerror}): choose another with --port") from problem


def _wait_until_it_answers(web: Child, url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own address
            return
        except urllib.error.HTTPError:
            return  # it answers; what it says is another matter
        except (OSError, TimeoutError):
            if web.process is not None and web.process.poll() is not None:
                raise Fault("the web server does not start: see its messages above, or ask `tongban doctor`") from None
            time.sleep(0.1)
    raise Fault(f"the web server did not answer on {url} within {seconds:.0f} s: see its messages above")


def _announce(installation: Installation, address: str) -> None:
    say("")
    say(f"  The city answers at {address}")
    if installation.is_demo():
        _announce_demo()
    say("  Ctrl-C stops it; the data stays in " + str(installation.data))
    say("")


def _announce_demo() -> None:
    from tongban.site.demo.city import CATALOGUE_CLERKS, DEMO_PASSWORD, NAMED_CLERKS, officers_of

    say("  A demo: everybody and everything in it is fictional. Citizens choose a person at the login.")
    say(f"  Staff log in with the password {DEMO_PASSWORD}; the login page shows the demo's one-time codes:")
    tour = officers_of("market-linjiang", "cityadmin-linjiang")  # who decide on food licences and on dug roads
    for clerk in (*NAMED_CLERKS, *tour, *CATALOGUE_CLERKS):
        say(f"    {clerk.login:<20} {clerk.name} {clerk.name_en}, {', '.join(clerk.roles)} ({clerk.agency})")


def _watch(installation: Installation, children: list[Child]) -> None:
    database = ready.server(installation) if installation.embedded else None
    while True:
        time.sleep(0.25)
        if database is not None and not database.alive():
            say("The database ended; starting it again.")
            try:
                database.ensure()
            except DatabaseFault as fault:
                say(f"{fault}; trying again.")
        for child in children:
            child.look_after()


def _stop(children: list[Child]) -> None:
    for signum in (signal.SIGINT, signal.SIGTERM):  # a second Ctrl-C does not hurry past the order
        signal.signal(signum, signal.SIG_IGN)
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait(15)
