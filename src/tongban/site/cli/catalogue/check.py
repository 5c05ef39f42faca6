"""`tongban catalogue check`: everything that is wrong with a folder, changing nothing."""

from __future__ import annotations

import argparse

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.language import in_operator_language


def add(catalogue: Group) -> None:
    """Add the command."""
    made = catalogue.add(
        "check",
        run,
        "check a catalogue folder against all rules, changing nothing",
        "Names every finding with its file and line and what to do. Exit 0: it can be loaded; 1: it has errors.",
    )
    common.with_path(made)
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban catalogue check`. Needs no database."""
    import django

    django.setup()
    from tongban.contexts.catalogue import actions
    from tongban.contexts.catalogue.core.findings import errors
    from tongban.foundation.time import now
    from tongban.kernel.clock import CHINA

    with in_operator_language():
        findings = actions.check(common.folder(given), today=now().astimezone(CHINA).date())
        if given.json:
            common.print_json({"findings": common.as_rows(findings)})
        else:
            common.print_findings(findings)
    return 1 if errors(findings) else 0
