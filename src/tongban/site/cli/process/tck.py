"""`tongban process tck DIR`: the folders of the DMN Technology Compatibility Kit, as they are."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.operating.telling import say


def add(process: Group) -> None:
    """Add the command."""
    made = process.add("tck", run, "run the cases of the DMN Technology Compatibility Kit in a folder")
    made.add_argument("path", metavar="DIR", help="a folder with *-test-*.xml beside their .dmn files, at any depth")
    made.add_argument("--failed", action="store_true", help="also tell each result that failed")
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """Run every suite; 0 when all results are as expected, 1 when not, 2 when there is nothing to run."""
    import django

    django.setup()  # how refusals are told
    folder = Path(given.path)
    suites = sorted(folder.rglob("*-test-*.xml")) if folder.is_dir() else []
    if not suites:
        print(f"tongban: no *-test-*.xml in {given.path}", file=sys.stderr)
        return 2
    files = [_row(folder, suite) for suite in suites]
    total = {key: sum(file[key] for file in files) for key in ("passed", "failed")}
    if given.json:
        common.print_json({"files": files, "total": total})
    else:
        _tell(files, total, wordy=given.failed)
    return 1 if total["failed"] else 0


def _row(folder: Path, suite: Path) -> dict[str, Any]:
    verdicts = list(_verdicts(suite))
    failed = [asdict(verdict) for verdict in verdicts if not verdict.passed]
    return {
        "file": str(suite.relative_to(folder)),
        "passed": len(verdicts) - len(failed),
        "failed": len(failed),
        "failures": failed,
    }


def _verdicts(suite: Path) -> Iterator[Any]:
    from tongban.contexts.process.core.dmn import tck
    from tongban.foundation.time import now
    from tongban.kernel.refusals import Refusal

    try:
        read = tck.read_suite(suite.read_bytes())
    except Refusal as error:
        yield tck.Verdict("", suite.name, False, None, None, str(error))
        return
    model = suite.parent / Path(read.model).name
    try:
        content = model.read_bytes()
    except OSError as error:
        yield from (
            tck.Verdict(case.id, one.node, False, None, None, str(error)) for case in read.cases for one in case.results
        )
        return
    others = [other.read_bytes() for other in sorted(suite.parent.glob("*.dmn")) if other != model]
    yield from tck.run_suite(read, content, others, now())


def _tell(files: list[dict[str, Any]], total: dict[str, int], *, wordy: bool) -> None:
    for file in files:
        print(f"{file['passed']:6} passed {file['failed']:6} failed  {file['file']}")
        for one in file["failures"] if wordy else ():
            print(
                f"         {one['case']} {one['node']}: {one['expected']!r} expected, {one['actual']!r} {one['error']}"
            )
    share = total["passed"] / max(total["passed"] + total["failed"], 1)
    say(f"{total['passed']} passed, {total['failed']} failed, {share:.1%}")
