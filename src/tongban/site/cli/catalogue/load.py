"""`tongban catalogue load`: the items of a folder into force, or into drafts."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.language import in_operator_language
from tongban.site.operating import ready
from tongban.site.operating.telling import Progress

if TYPE_CHECKING:
    from tongban.contexts.catalogue.actions import CatalogueRefused


def add(catalogue: Group) -> None:
    """Add the command."""
    made = catalogue.add(
        "load",
        run,
        "publish every item whose files changed as its next version",
        "All or nothing: with one error nothing is loaded. Published versions never change; cases under way keep the\n"
        "version they were opened under. An item that was changed or cancelled on the pages stays so until its file\n"
        "changes. With --drafts nothing is published: what differs waits for its reviews.",
    )
    common.with_path(made)
    made.add_argument("--drafts", action="store_true", help="open drafts to be reviewed on the pages instead")
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban catalogue load`."""
    ready.ready(seeded=False)
    from tongban.contexts.catalogue import actions

    with in_operator_language():
        try:
            return _drafts(given) if given.drafts else _load(given)
        except actions.CatalogueRefused as refused:
            return _refused(given, refused)


def _load(given: argparse.Namespace) -> int:
    from tongban.contexts.catalogue import actions
    from tongban.contexts.parties.core import system
    from tongban.foundation.time import now

    progress = Progress("items")
    try:
        report = actions.load(common.folder(given), actor=system("operator"), now=now(), progress=progress)
    finally:
        progress.end()
    published, scheduled = (
        [{"code": code, "version": version} for code, version in versions]
        for versions in (report.published, report.scheduled)
    )
    if given.json:
        more = {"published": published, "unchanged": len(report.unchanged), "kept": report.kept}
        more |= {"scheduled": scheduled, "overridden": report.overridden}
        common.print_json({"findings": common.as_rows(report.findings)} | more)
        return 0
    common.print_findings(report.findings)
    print(f"{len(published)} published, {len(report.unchanged)} unchanged, {len(report.kept)} kept without a file")
    if scheduled:
        print(f"{len(scheduled)} waiting for the day their files name: {_codes(scheduled)}")
    if report.overridden:
        print(f"published over versions reviewed on the pages: {', '.join(report.overridden)}")
    return 0


def _drafts(given: argparse.Namespace) -> int:
    from django.utils.translation import gettext

    from tongban.contexts.catalogue import actions
    from tongban.contexts.parties.core import system
    from tongban.foundation.time import now

    openings = actions.load_drafts(common.folder(given), actor=system("operator"), now=now())
    drafts = [
        {"code": one.code, "draft": one.stream_id, "errors": one.errors, "warnings": one.warnings}
        for one in openings
        if one.refusal is None
    ]
    refused = [
        {"code": one.code, "reason": gettext(one.refusal.message) % one.refusal.params}
        for one in openings
        if one.refusal is not None
    ]
    if given.json:
        common.print_json({"drafts": drafts, "refused": refused})
    else:
        for row in refused:
            print(f"{row['code']}: {row['reason']}")
        print(f"{len(drafts)} drafts opened, {len(refused)} not: {_codes(drafts)}")
    return 1 if refused else 0


def _codes(rows: list[dict[str, object]]) -> str:
    return ", ".join(str(row["code"]) for row in rows) or "-"


def _refused(given: argparse.Namespace, refused: CatalogueRefused) -> int:
    if given.json:
        common.print_json({"findings": common.as_rows(refused.findings), "published": []})
    else:
        common.print_findings(refused.findings)
    return 1
