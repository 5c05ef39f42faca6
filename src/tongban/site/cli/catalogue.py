"""`tongban catalogue load|check`: the items of the city, from their files into force."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongban.site.cli.base import Subcommands
from tongban.site.cli.language import in_operator_language
from tongban.site.operating import ready
from tongban.site.operating.telling import Progress, say

if TYPE_CHECKING:
    from tongban.contexts.catalogue.core.findings import Finding


def add(commands: Subcommands) -> None:
    """Add the commands."""
    catalogue = commands.group("catalogue", "check and publish the items that the city handles")
    check_ = catalogue.add(
        "check",
        check,
        "check a catalogue folder against all rules, changing nothing",
        "Names every finding with its file and line and what to do. Exit 0: it can be loaded; 1: it has errors.",
    )
    load_ = catalogue.add(
        "load",
        load,
        "publish every item whose files changed as its next version",
        "All or nothing: with one error nothing is loaded. Published versions never change; cases under way keep the\n"
        "version they were opened under.",
    )
    for made in (check_, load_):
        made.add_argument("path", nargs="?", metavar="PATH", help="the folder with items/ and routes/ (default: ours)")
        made.add_argument("--json", action="store_true", help="the findings as JSON")


def check(given: argparse.Namespace) -> int:
    """`tongban catalogue check`. Needs no database."""
    import django

    django.setup()
    from tongban.contexts.catalogue import actions
    from tongban.contexts.catalogue.core.findings import errors
    from tongban.foundation.time import now
    from tongban.kernel.clock import CHINA

    with in_operator_language():
        findings = actions.check(_path(given), today=now().astimezone(CHINA).date())
        _print(findings, given, {})
    return 1 if errors(findings) else 0


def load(given: argparse.Namespace) -> int:
    """`tongban catalogue load`."""
    ready.ready(seeded=False)
    from tongban.contexts.catalogue import actions
    from tongban.contexts.parties.core import system
    from tongban.foundation.time import now

    progress = Progress("items")
    with in_operator_language():
        try:
            report = actions.load(_path(given), actor=system("operator"), now=now(), progress=progress)
        except actions.CatalogueRefused as refused:
            progress.end()
            _print(refused.findings, given, {"published": []})
            return 1
        progress.end()
        published = [{"code": code, "version": version} for code, version in report.published]
        _print(
            report.findings, given, {"published": published, "unchanged": len(report.unchanged), "kept": report.kept}
        )
    if not given.json:
        print(f"{len(published)} published, {len(report.unchanged)} unchanged, {len(report.kept)} kept without a file")
    return 0


def _path(given: argparse.Namespace) -> Path:
    from django.conf import settings

    return Path(os.path.abspath(given.path)) if given.path else Path(settings.TONGBAN_CATALOGUE)


def _print(findings: Sequence[Finding], given: argparse.Namespace, more: dict[str, Any]) -> None:
    from django.utils.translation import gettext

    if given.json:
        rows = [
            asdict(finding)
            | {"message": gettext(finding.message) % finding.params, "advice": gettext(finding.advice) % finding.params}
            for finding in findings
        ]
        print(json.dumps({"findings": rows} | more, ensure_ascii=False, default=str))
        return
    for finding in findings:
        print(f"{finding.place}: {finding.severity} {finding.rule}: {gettext(finding.message) % finding.params}")
        print(f"    {gettext(finding.advice) % finding.params}")
    count = sum(finding.severity == "error" for finding in findings)
    say(f"{count} errors, {len(findings) - count} warnings")
