"""`tongban catalogue diff`: what two catalogues, items or versions say differently."""

from __future__ import annotations

import argparse
import json
from typing import Any

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.language import in_operator_language
from tongban.site.operating import ready

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def add(catalogue: Group) -> None:
    """Add the command."""
    made = catalogue.add(
        "diff",
        run,
        "what A and B say differently, element by element",
        "A and B: a catalogue folder, an item's folder or file, or CODE or CODE@VERSION of what is published.\n"
        "Elements at their default are the same written or left out. Exit 0: compared, the same or not; 1: refused.",
    )
    made.add_argument("a", metavar="A")
    made.add_argument("b", metavar="B")
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban catalogue diff`. Needs a database only for what is published."""
    import django

    django.setup()
    from tongban.contexts.catalogue import actions

    if actions.is_published(given.a) or actions.is_published(given.b):
        ready.ready(seeded=False)
    with in_operator_language():
        try:
            found = actions.compare(given.a, given.b)
        except actions.CatalogueRefused as refused:
            if given.json:
                common.print_json({"findings": common.as_rows(refused.findings), "changes": []})
            else:
                common.print_findings(refused.findings)
            return 1
    changes = [
        {"item": one.item, "path": change.path, "kind": change.kind, "old": change.old, "new": change.new}
        for one in found
        for change in one.changes
    ]
    if given.json:
        common.print_json({"same": not changes, "changes": changes})
    else:
        _print(changes)
    return 0


def _print(changes: list[dict[str, Any]]) -> None:
    last = ""
    for change in changes:
        if change["item"] != last:
            last = change["item"]
            print(last)
        sides = [_said(change[side]) for side, kind in (("old", "added"), ("new", "removed")) if change["kind"] != kind]
        print(f"  {_SIGNS[change['kind']]} {change['path'] or change['item']}: {' -> '.join(sides)}")
    print(f"{len({change['item'] for change in changes})} different, {len(changes)} changes")


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
