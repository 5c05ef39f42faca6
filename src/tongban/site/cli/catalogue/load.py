"""`tongban catalogue load`: the items of a folder into force."""

from __future__ import annotations

import argparse

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.language import in_operator_language
from tongban.site.operating import ready
from tongban.site.operating.telling import Progress


def add(catalogue: Group) -> None:
    """Add the command."""
    made = catalogue.add(
        "load",
        run,
        "publish every item whose files changed as its next version",
        "All or nothing: with one error nothing is loaded. Published versions never change; cases under way keep the\n"
        "version they were opened under.",
    )
    common.with_path(made)
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban catalogue load`."""
    ready.ready(seeded=False)
    from tongban.contexts.catalogue import actions
    from tongban.contexts.parties.core import system
    from tongban.foundation.time import now

    progress = Progress("items")
    with in_operator_language():
        try:
            report = actions.load(common.folder(given), actor=system("operator"), now=now(), progress=progress)
        except actions.CatalogueRefused as refused:
            progress.end()
            if given.json:
                common.print_json({"findings": common.as_rows(refused.findings), "published": []})
            else:
                common.print_findings(refused.findings)
            return 1
        progress.end()
        published = [{"code": code, "version": version} for code, version in report.published]
        if given.json:
            more = {"published": published, "unchanged": len(report.unchanged), "kept": report.kept}
            common.print_json({"findings": common.as_rows(report.findings)} | more)
            return 0
        common.print_findings(report.findings)
    print(f"{len(published)} published, {len(report.unchanged)} unchanged, {len(report.kept)} kept without a file")
    return 0
