"""`tongban migrate`, `tongban stop`, `tongban manage`: the database and Django's own tools."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import time

from tongban.site.cli.base import Subcommands
from tongban.site.installation import Installation
from tongban.site.operating import ready
from tongban.site.operating.running import running_serve
from tongban.site.operating.telling import Fault, say


def add(commands: Subcommands) -> None:
    """Add the commands of this module."""
    commands.add(
        "migrate",
        migrate,
        "bring the database's tables up to date",
        "Connects as the role that owns the tables (TONGBAN_MIGRATE_URL, or the embedded server's own). The running\n"
        "role owns nothing: it can't alter a table or take an event back. Other commands call this at first use.",
    )
    commands.add(
        "stop",
        stop,
        "stop what runs of this installation: web, worker, embedded database",
        "Asks a running `tongban serve` to stop, waits for it, and then stops the embedded database if anything\n"
        "left it running. A database named by DATABASE_URL is left alone.",
    )
    manage = commands.add(
        "manage",
        passthrough,
        "run one of Django's commands, e.g. tongban manage showmigrations",
        "For developers. --owner connects as the role that owns the tables (makemigrations, dbshell).",
    )
    manage.add_argument("--owner", action="store_true", help="connect as the role that owns the tables")
    manage.add_argument("arguments", nargs=argparse.REMAINDER, metavar="...", help="the command and its arguments")


def migrate(given: argparse.Namespace) -> int:
    """`tongban migrate`."""
    installation = ready.ready(seeded=False)
    ready.migrate(installation)  # also where nothing is pending: it sets the rights, which a restored dump brings wrong
    say(f"The tables of {installation.data if installation.embedded else 'the database'} are up to date.")
    return 0


def stop(given: argparse.Namespace) -> int:
    """`tongban stop`."""
    installation = Installation.find()
    pid = running_serve(installation)
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + 60
        while running_serve(installation) is not None:
            if time.monotonic() > until:
                raise Fault(f"`tongban serve` does not stop: end it with kill -9 {pid}, nothing is lost by it")
            time.sleep(0.1)
        say("Web and worker are stopped.")
    database = installation.embedded and ready.server(installation).stop()
    say("The database is stopped." if database else "Nothing else was running." if pid else "Nothing was running.")
    return 0


def passthrough(given: argparse.Namespace) -> int:
    """`tongban manage`."""
    installation = Installation.find()
    ready.prepare_folder(installation)
    if installation.embedded:
        ready.use_database(installation)
    if given.owner:
        os.environ["TONGBAN_ROLE"] = "owner"
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tongban manage", *given.arguments])
    return 0
