"""What the commands of the catalogue share: where it lies, how findings and refusals are told, and the exit status."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import wraps
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongban.kernel.refusals import Refusal
from tongban.site.cli.language import in_operator_language
from tongban.site.operating.telling import say

if TYPE_CHECKING:
    from tongban.contexts.catalogue.core.findings import Finding

Run = Callable[[argparse.Namespace], int]


def with_json(made: argparse.ArgumentParser) -> None:
    """Add --json."""
    made.add_argument("--json", action="store_true", help="the answer as JSON")


def with_path(made: argparse.ArgumentParser) -> None:
    """Add the folder as an optional argument."""
    made.add_argument("path", nargs="?", metavar="PATH", help="the folder with items/ and routes/ (default: ours)")


def folder(given: argparse.Namespace) -> Path:
    """The folder that was named, else the one of the installation."""
    from django.conf import settings

    return Path(os.path.abspath(given.path)) if given.path else Path(settings.TONGBAN_CATALOGUE)


def refusing(run: Run) -> Run:
    """A refusal ends the command with status 1, told in words or as `{"refused": {"code", "message"}}`."""

    @wraps(run)
    def told(given: argparse.Namespace) -> int:
        try:
            return run(given)
        except Refusal as refusal:
            import django

            from tongban.foundation.i18n import say as said

            django.setup()  # a command may refuse before it had a reason to
            with in_operator_language():
                message = said(refusal)
            if getattr(given, "json", False):
                print(json.dumps({"refused": {"code": refusal.code, "message": message}}, ensure_ascii=False))
            else:
                print(f"tongban: {message}", file=sys.stderr)
            return 1

    return told


def as_rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings as JSON rows, in the operator's language."""
    from tongban.foundation.i18n import said, told

    return [
        asdict(finding)
        | {
            "message": told(finding.message, finding.params),
            "advice": told(finding.advice, finding.params),
            "params": said(finding.params),
            "law": told(finding.law, {}),
        }
        for finding in findings
    ]


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """How often each rule is broken, the most frequent first."""
    return dict(Counter(finding.rule for finding in findings).most_common())


def print_json(answer: Any) -> None:
    """One JSON document on stdout."""
    print(json.dumps(answer, ensure_ascii=False, default=str))


def note_unread(findings: Sequence[Finding]) -> None:
    """Say on stderr which files could not be read and so have no part in the answer."""
    files = sorted({finding.place.file for finding in findings if finding.severity == "error"})
    if files:
        shown = ", ".join(files[:5]) + (" …" if len(files) > 5 else "")
        say(f"{len(files)} files could not be read and are left out ({shown}); see tongban catalogue check")


def print_findings(findings: Sequence[Finding]) -> None:
    """Findings for people to read: by file, each with line, field, law and what to do; counts by rule at the end."""
    from django.utils.translation import gettext

    from tongban.contexts.catalogue.core.check import REGISTER
    from tongban.foundation.i18n import told

    for file, found in groupby(findings, key=lambda finding: finding.place.file):
        print(file)
        for finding in found:
            place = f"{finding.place.line}: " if finding.place.line else ""
            law = f" [{told(finding.law, {})}]" if finding.law else ""
            print(f"  {place}{finding.severity} {finding.rule}: {told(finding.message, finding.params)}{law}")
            print(f"      {finding.place.field}: {told(finding.advice, finding.params)}".replace(" : ", " "))
        print()
    for rule, count in counts(findings).items():
        print(f"{count:6} {rule:9} {gettext(REGISTER[rule].title)}")
    count = sum(finding.severity == "error" for finding in findings)
    say(f"{count} errors, {len(findings) - count} warnings")
