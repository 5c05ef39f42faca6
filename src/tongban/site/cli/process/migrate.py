"""`tongban process migrate`: open cases go on along the route of a newer version of their item, where that is safe."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.language import in_operator_language
from tongban.site.operating import ready
from tongban.site.operating.telling import say

if TYPE_CHECKING:
    from tongban.contexts.cases.actions import Migration


def add(process: Group) -> None:
    """Add the command."""
    made = process.add(
        "migrate",
        run,
        "let open cases go on along the route of a newer version",
        "A case keeps the version it was opened under for materials, limits and fees; only its route and the tables\n"
        "of that route change. What cannot go safely is listed with element and reason, and stays where it is.\n"
        "Exit 0: all went (or would go); 1: some stayed, or refused; 2: wrong usage.",
    )
    which = made.add_mutually_exclusive_group(required=True)
    which.add_argument("--item", metavar="CODE", help="every open case of this item")
    which.add_argument("--case", metavar="NUMBER", help="one case")
    made.add_argument("--to", metavar="VERSION", type=int, default=0, help="of this version (default: in force)")
    made.add_argument("--reason", default="办理流程有新版本", help="why; it is recorded with each case")
    made.add_argument("--dry-run", action="store_true", help="change nothing, only say what would go and what not")
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban process migrate`."""
    ready.ready()
    from tongban.contexts.cases.actions import migrate_route
    from tongban.contexts.cases.queries import numbered
    from tongban.contexts.parties.core import system
    from tongban.foundation.time import now

    case_id, item = numbered(given.case) if given.case else ("", given.item)
    found = migrate_route(
        item=item,
        version=given.to,
        case_id=case_id,
        reason=given.reason,
        dry_run=given.dry_run,
        actor=system("operator"),
        now=now(),
    )
    with in_operator_language():
        lines = [_line(one) for one in found]
    stayed = sum(not one.is_free for one in found)
    if given.json:
        answer = {"item": item, "dry_run": given.dry_run, "moved": len(found) - stayed, "stayed": stayed}
        common.print_json(answer | {"cases": lines})
    else:
        for line in lines:
            reasons = "; ".join(f"{one['element']}: {one['reason']}" for one in line["obstacles"]) or line["refused"]
            print(f"{line['number']}  {line['old']} -> {line['new']}  {reasons}".rstrip())
        say(f"{len(found) - stayed} {'would go' if given.dry_run else 'went'} over, {stayed} stay")
    return 1 if stayed else 0


def _line(one: Migration) -> dict[str, Any]:
    from tongban.foundation.i18n import told

    return {
        "case": one.case_id,
        "number": one.number,
        "old": one.old_version,
        "new": one.new_version,
        "moves": one.is_free,
        "obstacles": [{"element": element, "reason": told(reason, {})} for element, reason in one.reasons()],
        "refused": one.refused,
    }
