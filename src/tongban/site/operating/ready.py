"""Makes an installation ready for a command: folder, secret, database, tables, calendar, catalogue."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import django

from tongban.foundation.postgres import Server, embedded
from tongban.site.installation import Installation
from tongban.site.operating.telling import Fault, say


def ready(*, seeded: bool = True) -> Installation:
    """The installation of this call, ready for use in this process: database up, tables migrated, Django set up.

    `seeded=False` leaves calendar and catalogue as they are.
    """
    installation = Installation.find()
    prepare_folder(installation)
    if installation.embedded:
        use_database(installation)
    django.setup()
    with locked(installation, "setup.lock"):
        if pending_migrations():
            migrate(installation)
        if seeded:
            _seed()
    return installation


def prepare_folder(installation: Installation) -> None:
    try:
        if not installation.data.is_dir():
            installation.data.mkdir(parents=True, exist_ok=True)
            # Nobody else looks in; under root the database's own user has to pass through.
            installation.data.chmod(0o711 if os.geteuid() == 0 else 0o700)
        installation.secret()
    except OSError as problem:
        raise Fault(f"can't use {installation.data} ({problem.strerror}): give another with --data") from problem


# -- the embedded database -------------------------------------------------------------------------------------------

_users: list[TextIO] = []  # at most one: this process's share in the server


def server(installation: Installation) -> Server:
    """The embedded server of this installation."""
    return Server(installation.data, embedded())


def use_database(installation: Installation) -> None:
    """Start the embedded server unless it runs, and keep it for as long as this process lives.

    Every user holds a shared lock that the kernel releases at its death; whoever leaves as the last stops the server.
    """
    if not _users:
        _users.append((installation.data / "database.users").open("a"))
        fcntl.flock(_users[0], fcntl.LOCK_SH)
        atexit.register(leave_database, installation)
    there = server(installation)
    if not (installation.data / "database.json").exists():
        say("Making the database ...")
    there.ensure()


def leave_database(installation: Installation) -> None:
    """Let go of the embedded server; the last one to do so stops it."""
    if not _users:
        return
    with _users.pop() as users, contextlib.suppress(BlockingIOError):
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _close_connections()
        server(installation).stop()


def _close_connections() -> None:
    from django.apps import apps
    from django.db import connections

    if apps.ready:
        for connection in connections.all(initialized_only=True):
            connection.close()
            close_pool = getattr(connection, "close_pool", None)
            if close_pool is not None:
                close_pool()


@contextlib.contextmanager
def locked(installation: Installation, name: str) -> Iterator[None]:
    """One process at a time in this installation does what `name` stands for."""
    with (installation.data / name).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# -- tables ----------------------------------------------------------------------------------------------------------


def pending_migrations() -> list[str]:
    """The migrations that the database does not have yet."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as problem:
        text = str(problem).strip().splitlines()[0]
        raise Fault(f"the database can't be reached ({text}): check DATABASE_URL") from problem
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate(installation: Installation) -> None:
    """Bring the tables up to date, in a process of its own that connects as the role that owns them."""
    say("Bringing the tables up to date ...")
    environment = {**os.environ, "TONGBAN_ROLE": "owner", "TONGBAN_DATA": str(installation.data)}
    command = [sys.executable, "-m", "tongban.site.operating.migrating"]
    source = str(Path(__file__).resolve().parents[3])
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")]))
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        hint = "" if installation.embedded else " (does TONGBAN_MIGRATE_URL name the role that owns the tables?)"
        raise Fault(f"the tables could not be brought up to date: {' '.join(last)}{hint}")


# -- seeds -----------------------------------------------------------------------------------------------------------


def _seed() -> None:
    """The calendar and the catalogue, where they are missing or the files have changed."""
    from tongban.site import seeds

    seeds.seed(say)
