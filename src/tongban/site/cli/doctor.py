"""`tongban doctor`: look at the installation and say what to do."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict

from tongban.foundation.postgres import DatabaseFault
from tongban.site.cli import checkup
from tongban.site.cli.base import Subcommands
from tongban.site.installation import Installation
from tongban.site.operating import ready
from tongban.site.operating.telling import Fault

MARKS = {"ok": "ok  ", "warn": "look", "fail": "BAD "}


def add(commands: Subcommands) -> None:
    """Add the command."""
    made = commands.add(
        "doctor",
        doctor,
        "check the installation and say what to do",
        "Looks at the machine, the data folder, the database and its roles, tables, calendar, catalogue, files and\n"
        "clock. Exit 0: nothing bad; 1: something is bad, with the remedy beside it.",
    )
    made.add_argument("--json", action="store_true", help="the findings as JSON")


def doctor(given: argparse.Namespace) -> int:
    """`tongban doctor`."""
    installation = Installation.find()
    findings = checkup.machine(installation)
    try:
        ready.ready()
    except (Fault, DatabaseFault, OSError) as fault:
        findings.append(checkup.Finding("fail", "start", str(fault), "put this right first, then run doctor again"))
    else:
        findings += checkup.database() + checkup.content() + checkup.face(installation)
    if given.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        _print(installation, findings)
    return 1 if any(finding.level == "fail" for finding in findings) else 0


def _print(installation: Installation, findings: list[checkup.Finding]) -> None:
    database = "the embedded PostgreSQL" if installation.embedded else os.environ["DATABASE_URL"].rpartition("@")[2]
    print(f"Installation {installation.data} on {database}\n")
    for finding in findings:
        print(f"  {MARKS[finding.level]}  {finding.what}: {finding.found}")
        if finding.advice:
            print(f"        -> {finding.advice}")
    bad, look = (sum(finding.level == level for finding in findings) for level in ("fail", "warn"))
    print(f"\n{'All is well.' if not bad + look else f'{bad} bad, {look} worth a look.'}")
