"""The `tongban` command: helps, refuses in one line, serves, and starts again what dies."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tongban.foundation.postgres import Server, embedded
from tongban.site.cli.main import main, parser
from tongban.site.installation import Installation

Run = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TONGBAN_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8"}


@pytest.fixture
def tongban(tmp_path: Path) -> Iterator[Run]:
    """Runs `tongban ... --data <a folder of this test>`."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tongban.site.cli", *arguments, "--data", str(tmp_path / "city")]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment(), timeout=300)

    yield run
    Server(tmp_path / "city", embedded()).stop()


def test_every_command_has_a_help_text(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["serve"], ["doctor"], ["ledger", "verify"], ["catalogue", "load"], ["clock", "advance"], ["walk"]):
        with pytest.raises(SystemExit) as done:
            parser().parse_args([*words, "--help"])
        assert done.value.code == 0
        assert len(capsys.readouterr().out.splitlines()) > 5


def test_a_real_city_cannot_move_its_clock(tongban: Run, tmp_path: Path) -> None:
    done = tongban("clock", "advance", "--days", "3")
    assert done.returncode == 2
    assert done.stderr.startswith("tongban: this installation runs on real time")
    assert done.stderr.count("\n") == 1


def test_a_movable_clock_moves_and_shows(tongban: Run, tmp_path: Path) -> None:
    Installation(tmp_path / "city").mark(demo=True, clock="movable")
    before = tongban("clock", "show").stdout
    assert "(movable, 0:00:00" in before
    assert tongban("clock", "advance", "--days", "3").returncode == 0
    assert "(movable, 3 days" in tongban("clock", "show").stdout
    assert tongban("clock", "set", "2020-01-01").returncode == 2


def test_an_unusable_data_folder_is_one_clear_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGBAN_DATA", "")
        assert main(["--data", str(tmp_path / "file"), "migrate"]) == 2
    assert "give another with --data" in capsys.readouterr().err


def test_a_real_installation_never_becomes_a_demo(tongban: Run, tmp_path: Path) -> None:
    Installation(tmp_path / "city").mark(demo=False, clock="real")
    done = tongban("demo-city")
    assert done.returncode == 2
    assert "is a real installation" in done.stderr


def test_first_use_sets_up_doctor_is_content_and_verify_is_clean(tongban: Run, tmp_path: Path) -> None:
    done = tongban("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "BAD" not in done.stdout
    assert "the running role owns no table" in done.stdout
    assert "events can be added, not changed or removed" in done.stdout
    assert tongban("ledger", "verify").returncode == 0
    assert Server(tmp_path / "city", embedded()).running() is None, "the last user stops the database"


def test_verify_names_a_row_changed_beside_the_ledger(tongban: Run, tmp_path: Path) -> None:
    assert tongban("doctor").returncode == 0
    server = Server(tmp_path / "city", embedded())
    with psycopg.connect(server.ensure().url("postgres"), autocommit=True) as admin:
        admin.execute("ALTER TABLE ledger_event DISABLE TRIGGER USER")
        admin.execute("UPDATE ledger_event SET actor = 'officer:nobody' WHERE seq = 1")
    done = tongban("ledger", "verify")
    assert done.returncode == 1
    assert "ledger_event" in done.stdout


# -- serve -------------------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5)
            with answer:
                if answer.read() == b"ok\n":
                    return True
        time.sleep(0.1)
    return False


def children(pid: int, word: str) -> list[int]:
    """The child processes of `pid` whose command line has `word`."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found if word in Path(f"/proc/{child}/cmdline").read_text()]


def another(pid: int, word: str, victim: int) -> bool:
    return any(child != victim for child in children(pid, word))


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def test_nothing_is_left_when_serve_itself_is_killed(tongban: Run, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "tongban.site.cli", "serve", "--port", str(port), "--data", str(tmp_path / "city")]
    serve = subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL)
    try:
        assert answers(port, 120)
        found = children(serve.pid, "granian") + children(serve.pid, "tongban.site.cli")
        assert len(found) == 2
    finally:
        serve.kill()
        serve.wait()
    wait_for(lambda: not any(running(pid) for pid in found))
    assert not answers(port, 0.5)


def running(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    return False


def test_serve_starts_again_what_is_killed_and_stops_everything(tongban: Run, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "tongban.site.cli", "serve", "--port", str(port), "--data", str(tmp_path / "city")]
    with (tmp_path / "log").open("w") as log:
        serve = subprocess.Popen(command, env=environment(), stdout=log, stderr=log)
    try:
        assert answers(port, 120), (tmp_path / "log").read_text()
        refused = tongban("serve", "--port", str(free_port()))
        assert refused.returncode == 2
        assert "being served already" in refused.stderr
        server = Server(tmp_path / "city", embedded())
        for word in ("granian", "tongban.site.cli"):
            (victim,) = children(serve.pid, word)
            os.kill(victim, signal.SIGKILL)
            wait_for(partial(another, serve.pid, word, victim))
        postmaster = server._postmaster()
        assert postmaster is not None
        os.kill(postmaster, signal.SIGKILL)
        wait_for(server.running)
        assert answers(port)
        assert tongban("stop").returncode == 0
        assert serve.wait(60) == 0
        assert server.running() is None
        assert not answers(port, 0.5)
    finally:
        serve.kill()
        serve.wait()
