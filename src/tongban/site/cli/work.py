"""`tongban worker`: delivers what is due."""

from __future__ import annotations

import argparse
import logging
import signal
import threading
import time

from tongban.site.cli import ready
from tongban.site.cli.base import Subcommands

log = logging.getLogger("tongban.worker")


def add(commands: Subcommands) -> None:
    """Add the command."""
    made = commands.add(
        "worker",
        worker,
        "do what is due: legal deadlines, documents, notices",
        "Takes due rows of the ledger one by one under a lease, so that several workers share the work and a killed\n"
        "one loses nothing. `tongban serve` starts one; run more on other machines with the same DATABASE_URL.",
    )
    made.add_argument("--once", action="store_true", help="do what is due now, then end")


def worker(given: argparse.Namespace) -> int:
    """`tongban worker`."""
    ready.ready()
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    idle = 0.0
    while not stop.is_set():
        done = _round()
        if done:
            idle = 0.0
            continue
        if given.once:
            return 0 if done is not None else 1
        # Quiet times poll seldom; the first work makes it quick again.
        idle = min(idle + 0.05, 0.5)
        stop.wait(idle if done is not None else 1.0)
    return 0


def _round() -> int | None:
    """One round of work: how much was done, or None when the database was away."""
    from django.db import InterfaceError, OperationalError, close_old_connections

    from tongban.foundation.ledger import worker as ledger_worker
    from tongban.foundation.time import now

    try:
        close_old_connections()
        return int(ledger_worker.run_once(now()))
    except (OperationalError, InterfaceError) as problem:
        log.warning("the database is away (%s); trying again", str(problem).strip().splitlines()[0])
        time.sleep(0.2)
        return None
