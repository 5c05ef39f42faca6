"""`tongban ledger verify`: recompute everything the ledger says."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from tongban.site.cli.base import Subcommands
from tongban.site.operating import ready
from tongban.site.operating.telling import Progress, say


def add(commands: Subcommands) -> None:
    """Add the commands."""
    ledger = commands.group("ledger", "look into the ledger")
    made = ledger.add(
        "verify",
        verify,
        "recompute every chain, state and read table, and name the first bad row",
        "For every stream: the hash chain over canonical JSON, the state against the fold of its events, the read\n"
        "tables and due rows against the projection of the state; and the routes and lists of the catalogue against\n"
        "their digests. Exit 0: all is as recorded; 1: something was changed beside the ledger, and it says where.",
    )
    made.add_argument("streams", nargs="*", metavar="STREAM", help="only these streams (default: all)")
    made.add_argument("--json", action="store_true", help="the report as JSON")


def verify(given: argparse.Namespace) -> int:
    """`tongban ledger verify`."""
    ready.ready(seeded=False)
    from tongban.contexts.catalogue import queries as catalogue
    from tongban.foundation import ledger

    progress = Progress("streams verified")
    report = ledger.verify(given.streams or None, progress=progress)
    progress.end()
    changed = () if given.streams else catalogue.damaged()
    if given.json:
        print(json.dumps(asdict(report) | {"changed_texts": changed}, ensure_ascii=False, default=str))
    else:
        print(report, *(f"changed text: {one}" for one in changed), sep="\n")
    if not report.ok or changed:
        say("The ledger does not verify: restore the named rows from a backup, or find out who changed them.")
    return 0 if report.ok and not changed else 1
