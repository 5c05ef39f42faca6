"""`tongban catalogue check`: everything that is wrong with a folder, changing nothing."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.language import in_operator_language

if TYPE_CHECKING:
    from tongban.contexts.catalogue.core.findings import Finding


def add(catalogue: Group) -> None:
    """Add the command."""
    made = catalogue.add(
        "check",
        run,
        "check a catalogue folder against all rules, changing nothing",
        "Names every finding with its file and line, its law and what to do. docs/catalogue-rules.md explains\n"
        "the rules. Exit 0: it can be loaded; 1: it has errors.",
    )
    common.with_path(made)
    form = made.add_mutually_exclusive_group()
    form.add_argument("--format", choices=("text", "json", "sarif"), default="text", help="how to print the findings")
    form.add_argument("--json", action="store_const", const="json", dest="format", help="the answer as JSON")


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban catalogue check`. Needs no database."""
    given.json = given.format != "text"  # how a refusal is told
    import django

    django.setup()
    from tongban.contexts.catalogue import actions
    from tongban.contexts.catalogue.core.findings import errors
    from tongban.foundation.time import now
    from tongban.kernel.clock import CHINA

    folder = common.folder(given)
    with in_operator_language():
        findings = actions.check(folder, today=now().astimezone(CHINA).date())
        if given.format == "json":
            common.print_json({"findings": common.as_rows(findings), "rules": common.counts(findings)})
        elif given.format == "sarif":
            _print_sarif(findings, folder.as_uri())
        else:
            common.print_findings(findings)
    return 1 if errors(findings) else 0


def _print_sarif(findings: Sequence[Finding], root: str) -> None:
    from django.utils.translation import get_language

    from tongban import __version__
    from tongban.contexts.catalogue.core.sarif import sarif
    from tongban.foundation.i18n import told

    language = "en" if (get_language() or "").startswith("en") else "zh-CN"
    common.print_json(sarif(findings, root=root, version=__version__, language=language, tell=told))
