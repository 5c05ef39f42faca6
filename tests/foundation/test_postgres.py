"""The embedded server: made, found, killed, started by many, moved out of unreachable folders."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tongban.foundation.postgres import DatabaseFault, Server, embedded, system
from tongban.foundation.postgres.roles import ADMIN, APP, OWNER

Make = Callable[..., Server]


@pytest.fixture(params=["embedded", "postgres15"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    binaries = embedded() if request.param == "embedded" else system(15)
    if binaries is None:
        pytest.skip("PostgreSQL 15 is not installed on this system")
    home = tmp_path / "data"
    yield lambda durable=False: Server(home, binaries, durable=durable)
    Server(home, binaries).stop()


def value(server: Server, role: str, statement: str) -> object:
    with psycopg.connect(server.ensure().url(role)) as connection:
        row = connection.execute(statement).fetchone()
    return None if row is None else row[0]


def test_first_use_makes_cluster_roles_and_database_and_second_use_finds_them(make: Make) -> None:
    credentials = make().ensure()
    assert make().ensure() == credentials
    assert value(make(), APP, "SELECT current_user || ' ' || current_database()") == "tongban_app tongban"
    assert value(make(), APP, "SHOW data_checksums") == "on"
    assert value(make(), APP, "SHOW server_encoding") == "UTF8"
    assert (make().home / "database.json").stat().st_mode & 0o077 == 0


def test_the_running_role_reads_and_writes_but_cannot_alter(make: Make) -> None:
    url = make().ensure().url
    with psycopg.connect(url(OWNER)) as owner:
        owner.execute("CREATE TABLE thing (id int)")
    with psycopg.connect(url(APP), autocommit=True) as app:
        app.execute("INSERT INTO thing VALUES (1)")
        for forbidden in ("DROP TABLE thing", "TRUNCATE thing", "ALTER TABLE thing ADD x int", "CREATE TABLE mine ()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)


def test_a_wrong_password_does_not_get_in(make: Make) -> None:
    url = make().ensure().url(ADMIN)
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(url.replace(url.split(":")[2].split("@")[0], "guess"))


def test_killed_server_is_started_again_with_its_data(make: Make) -> None:
    server = make(durable=True)
    with psycopg.connect(server.ensure().url(OWNER)) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    pid = server._postmaster()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert value(server, OWNER, "SELECT answer FROM kept") == 42


def test_a_foreign_process_with_the_pid_of_the_lock_file_is_not_our_server(make: Make) -> None:
    server = make()
    server.ensure()
    server.stop()
    (server.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{server.cluster}\n0\n1\n/tmp\nlocalhost\n  1  1\n")
    assert value(server, APP, "SELECT 1") == 1


def test_several_processes_start_one_server(make: Make) -> None:
    server = make()
    script = (
        "import sys; from pathlib import Path; from tongban.foundation.postgres import *;"
        f"b = embedded() if {server.binaries.major} != 15 else system(15);"
        "print(Server(Path(sys.argv[1]), b, durable=False).ensure().port)"
    )
    command = [sys.executable, "-c", script, str(server.home)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "src"})
        for _ in range(4)
    ]
    answers = {process.communicate(timeout=120)[0] for process in running}
    assert answers == {f"{server.ensure().port}\n"}


def test_stop_is_true_once(make: Make) -> None:
    server = make()
    assert not server.stop()
    server.ensure()
    assert server.running() is not None
    assert server.stop()
    assert server.running() is None
    assert not server.stop()


def test_data_of_another_major_version_is_refused_with_a_way_out(make: Make) -> None:
    server = make()
    server.ensure()
    server.stop()
    (server.cluster / "PG_VERSION").write_text("9\n")
    with pytest.raises(DatabaseFault, match="dump it"):
        server.ensure()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps folders its server's user can't enter")
def test_a_folder_the_server_user_cannot_enter_gets_its_cluster_elsewhere(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = Server(closed / "data", embedded(), durable=False)
    try:
        assert value(server, APP, "SELECT 1") == 1
        assert not server.cluster.is_relative_to(closed)
    finally:
        server.stop()


def as_nobody(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python code as the user `nobody`, with an interpreter which that user may run."""
    nobody = pwd.getpwnam("nobody")
    path = os.pathsep.join([str(Path("src").absolute()), *(p for p in sys.path if p.endswith("site-packages"))])
    for interpreter in (os.path.realpath(sys.executable), "/usr/bin/python3"):
        command = ["/bin/sh", "-c", 'test -x "$0" && exec "$0" "$@"', interpreter, "-c", code, *arguments]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
            cwd="/",
            env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin"},
        )
        if done.returncode != 1 or done.stderr:
            break
    return done


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_runs_it_too(tmp_path: Path) -> None:
    if as_nobody("import tongban, psycopg").returncode != 0:
        pytest.skip("this checkout or its interpreter cannot be read by other users")
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        os.chmod(folder, 0o777)
        script = (
            "import sys; from pathlib import Path; from tongban.foundation.postgres import *;"
            "s = Server(Path(sys.argv[1]), Binaries(Path(sys.argv[2]), 18), durable=False);"
            "s.ensure(); print(s.running() is not None); s.stop()"
        )
        done = as_nobody(script, f"{folder}/data", str(embedded().folder))
    assert done.stdout == "True\n", done.stderr
