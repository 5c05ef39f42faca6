"""`tongban catalogue …`: the items of the city, from their files into force, checked, searched, drawn and handed on.

Every command answers with --json too; exit status 0 done, 1 refused or not as it should be, 2 wrong usage.
"""

from __future__ import annotations

from tongban.site.cli.base import Subcommands
from tongban.site.cli.catalogue import check, diff, export, graph, importing, judge, load, search

MODULES = (load, check, graph, importing, export, diff, search, judge)


def add(commands: Subcommands) -> None:
    """Add the commands."""
    catalogue = commands.group("catalogue", "check, publish, compare, search and hand on the items of the city")
    for module in MODULES:
        module.add(catalogue)
