"""`tongban catalogue import`: a published list into drafts, every row accounted for."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common, files
from tongban.site.cli.language import in_operator_language
from tongban.site.operating import ready
from tongban.site.operating.telling import say

if TYPE_CHECKING:
    from tongban.contexts.catalogue.actions import ImportReport
    from tongban.contexts.catalogue.core.importing import Told

#: `core.importing.ENCODINGS` by the names people give them. GB 18030 holds GBK and GB 2312 whole.
ENCODINGS = {
    "auto": "auto", "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8",
    "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030",
}  # fmt: skip


def add(catalogue: Group) -> None:
    """Add the command."""
    made = catalogue.add(
        "import",
        run,
        "open a draft for every row of a published list (CSV)",
        "Every row is imported, already there, or refused with its line and reason. A file that can't be read for\n"
        "certain (cut off, another encoding, columns missing) is refused whole. Exit 1: the file was refused, or no\n"
        "row of it could become a draft.",
    )
    made.add_argument("file", metavar="FILE", help="the CSV file")
    made.add_argument("--encoding", type=_encoding, default="auto", help="auto (default), utf-8, gb18030, gbk …")
    made.add_argument("--agency", metavar="KEY", default="", help="key of the organ of every row (default: as it says)")
    made.add_argument("--dry-run", action="store_true", help="tell what would happen, write nothing")
    common.with_json(made)


def _encoding(given: str) -> str:
    name = given.lower().replace("_", "-")
    if name not in ENCODINGS:
        raise argparse.ArgumentTypeError(f"{given!r} is none of {', '.join(ENCODINGS)}")
    return ENCODINGS[name]


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban catalogue import`."""
    data = files.read(given.file)
    ready.ready(seeded=False)
    from tongban.contexts.catalogue import actions
    from tongban.contexts.parties.core import system
    from tongban.foundation.time import now

    report = actions.import_list(
        data,
        actor=system("operator"),
        now=now(),
        encoding=given.encoding,
        agency=given.agency,
        dry_run=given.dry_run,
    )
    with in_operator_language():
        answer = _answer(report, dry_run=given.dry_run)
        if given.json:
            common.print_json(answer)
        else:
            _print(answer)
    return 0 if report.imported or report.already else 1


def _answer(report: ImportReport, *, dry_run: bool) -> dict[str, Any]:
    from django.utils.translation import gettext

    not_opened = [
        {
            "row": one.row,
            "line": one.line,
            "reason": one.refusal.code,
            "message": gettext(one.refusal.message) % one.refusal.params,
            "values": {"code": one.code},
        }
        for one in report.not_opened
    ]
    refused = [*_rows(report.refused), *not_opened]
    return {
        "rows": report.rows,
        "imported": len(report.imported),
        "already": list(report.already),
        "refused": sorted(refused, key=lambda one: int(one["row"])),
        "drafts": list(report.imported),
        "warnings": _rows(report.warnings),
        "blank_lines": list(report.blank),
        "encoding": report.encoding,
        "dry_run": dry_run,
    }


def _rows(told: Iterable[Told]) -> list[dict[str, Any]]:
    from django.utils.translation import gettext

    return [
        {
            "row": one.row,
            "line": one.line,
            "reason": one.reason,
            "message": gettext(one.message) % one.params,
            "values": dict(one.values),
        }
        for one in told
    ]


def _print(answer: dict[str, Any]) -> None:
    for kind in ("warnings", "refused"):
        for one in answer[kind]:
            print(f"{one['line']}: {kind.removesuffix('s')} {one['reason']}: {one['message']}")
    if answer["blank_lines"]:
        print(f"blank lines: {', '.join(map(str, answer['blank_lines']))}")
    verb = "would be imported" if answer["dry_run"] else "imported"
    say(
        f"{answer['rows']} rows: {answer['imported']} {verb}, {len(answer['already'])} already there,"
        f" {len(answer['refused'])} refused; {len(answer['warnings'])} warnings"
    )
