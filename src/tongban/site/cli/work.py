"""`tongban worker`: delivers what is due."""

from __future__ import annotations

import argparse
import signal
import threading

from tongban.site.cli.base import Subcommands
from tongban.site.operating import ready


def add(commands: Subcommands) -> None:
    """Add the command."""
    made = commands.add(
        "worker",
        work,
        "do what is due: legal deadlines, documents, notices",
        "Takes due rows of the ledger one by one under a lease, so that several workers share the work and a killed\n"
        "one loses nothing. `tongban serve` starts one; run more on other machines with the same DATABASE_URL.",
    )
    made.add_argument("--once", action="store_true", help="do what is due now, then end")


def work(given: argparse.Namespace) -> int:
    """`tongban worker`."""
    ready.ready()
    from tongban.foundation.ledger import worker
    from tongban.foundation.time import now

    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    if given.once:
        worker.drain(now())
    else:
        worker.run(now, stop)
    return 0
