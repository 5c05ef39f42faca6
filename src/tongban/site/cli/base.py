"""What all commands share: their place in the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Run = Callable[[argparse.Namespace], int | None]


class Subcommands:
    """Adds commands that all understand --data, before or after their name."""

    def __init__(self, top: argparse.ArgumentParser) -> None:
        self._sub = top.add_subparsers(metavar="COMMAND", required=True)

    def add(self, name: str, run: Run, summary: str, description: str = "") -> argparse.ArgumentParser:
        """A command without commands of its own."""
        return _command(self._sub, name, run, summary, description)

    def group(self, name: str, summary: str) -> Group:
        """A command whose first argument is another command, e.g. `ledger verify`."""
        made = self._sub.add_parser(name, help=summary, description=summary)
        return Group(made)


class Group:
    """The commands of a group."""

    def __init__(self, parent: argparse.ArgumentParser) -> None:
        self._sub = parent.add_subparsers(metavar="COMMAND", required=True)

    def add(self, name: str, run: Run, summary: str, description: str = "") -> argparse.ArgumentParser:
        """One command of the group."""
        return _command(self._sub, name, run, summary, description)


def _command(
    sub: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: Run, summary: str, description: str
) -> argparse.ArgumentParser:
    made = sub.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.\n\n{description}".rstrip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="the installation's data folder")
    made.set_defaults(run=run)
    return made
