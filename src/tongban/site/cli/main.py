"""Reads the command line, finds the installation, runs one command, and says in one line what went wrong."""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys

from tongban.foundation.postgres import DatabaseFault
from tongban.kernel.refusals import Refusal
from tongban.site.cli import (
    calendar,
    catalogue,
    city,
    clock,
    database,
    days,
    doctor,
    ledger,
    messages,
    process,
    serve,
    static,
    work,
)
from tongban.site.cli.base import Subcommands
from tongban.site.cli.language import in_operator_language
from tongban.site.operating.telling import Fault

DESCRIPTION = """\
Run and look after a Tongban installation.

Every command finds its installation by itself: the folder given with --data, else the database named by DATABASE_URL,
else var/ in the checkout. The embedded database is started when it is not running, and everything is set up at the
first use. The last process that uses the embedded database stops it.
"""
EPILOG = """\
first steps:
  tongban demo-city && tongban serve     a city to look around in, with people, officers and cases
  tongban serve                          an installation of your own (then: tongban doctor)
  tongban walk                           try the whole main job in a city of its own and verify the ledger

exit codes: 0 done, 1 something is not as it should be (it says what), 2 the command could not do its work
"""

_MODULES = (
    serve, work, database, doctor, city, ledger, catalogue, process, days, calendar, clock, static, messages,
)  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="tongban", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--data", metavar="DIR", help="the installation's data folder (default: var/ in the checkout)")
    commands = Subcommands(top)
    for module in _MODULES:
        module.add(commands)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave in order, as at Ctrl-C
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # progress is read while it happens
    given = parser().parse_args(arguments)
    if given.data:
        os.environ["TONGBAN_DATA"] = os.path.abspath(given.data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongban.site.settings")
    try:
        return int(given.run(given) or 0)
    except Refusal as refusal:
        print(f"tongban: {_told(refusal)}", file=sys.stderr)
        return 2
    except (Fault, DatabaseFault) as fault:
        print(f"tongban: {fault}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("tongban: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _told(refusal: Refusal) -> str:
    from tongban.foundation.i18n import say

    with in_operator_language():
        return say(refusal)
