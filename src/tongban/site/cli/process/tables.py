"""`tongban process tables FILE.dmn`: what is wrong with a decision model before anybody asks it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.language import in_operator_language
from tongban.site.cli.process.beside import read_with_imports

if TYPE_CHECKING:
    from tongban.contexts.process.core.dmn.analysis import TableFinding


def add(process: Group) -> None:
    """Add the command."""
    made = process.add(
        "tables",
        run,
        "find overlaps, gaps and unreadable cells in the tables of a DMN file",
        "Each finding names table, line, rules and columns, and gives an input that shows it.",
    )
    made.add_argument("file", metavar="FILE", help="the DMN file")
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """Analyse; 0 without errors, 1 with, 2 wrong usage."""
    import django

    django.setup()  # how findings are told
    from tongban.contexts.process.core.dmn.analysis import analysed
    from tongban.contexts.process.core.dmn.deciding import read_decisions

    path = Path(given.file)
    try:
        content, others = read_with_imports(path)
    except OSError as error:
        print(f"tongban: {error}", file=sys.stderr)
        return 2
    findings = analysed(read_decisions(content, others, strict=False))
    rows = [_row(finding) for finding in findings]
    if given.json:
        common.print_json({"findings": rows})
    else:
        for row in rows:
            print(f"{row['line']}: {row['severity']} {row['kind']} {row['table']}: {row['message']}")
    return 1 if any(finding.severity == "error" for finding in findings) else 0


def _row(finding: TableFinding) -> dict[str, Any]:
    from django.utils.translation import gettext

    message = ""
    if finding.refusal is not None:
        with in_operator_language():
            message = gettext(finding.refusal.message) % finding.refusal.params
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        "table": finding.table,
        "line": finding.line,
        "rules": list(finding.rules),
        "column": finding.column,
        "example": dict(finding.example),
        "where": dict(finding.where),
        "message": message,
    }
