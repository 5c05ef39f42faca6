"""`tongban process …`: routes and decision tables, checked, run and compared outside any case.

Every command answers with --json too; exit status 0 done, 1 refused or not as it should be, 2 wrong usage.
"""

from __future__ import annotations

from types import ModuleType

from tongban.site.cli.base import Subcommands
from tongban.site.cli.process import check, decide, export, migrate, replay, tables, tck

MODULES: tuple[ModuleType, ...] = (check, decide, export, migrate, replay, tables, tck)


def add(commands: Subcommands) -> None:
    """Add the commands."""
    process = commands.group("process", "check, run and compare routes and decision tables")
    for module in MODULES:
        module.add(process)
