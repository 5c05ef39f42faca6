"""What all commands share: their place in the command line, faults, progress."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

Run = Callable[[argparse.Namespace], int | None]


class Fault(Exception):  # noqa: N818 - it carries advice for an operator
    """The command can't do its work. The text says in one line what is wrong and what to do."""


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


class Progress:
    """Says on stderr how far long work has come: one line that renews itself on a terminal, seldom lines elsewhere."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._terminal = sys.stderr.isatty()
        self._said = time.monotonic()
        self._open = False

    def __call__(self, done: int, total: int | None = None) -> None:
        """`done` of `total` units are done (None: the total is not known)."""
        at = time.monotonic()
        if at - self._said < (0.2 if self._terminal else 10):
            return
        self._said = at
        text = f"{self._what}: {done:,}" + (f" of {total:,}" if total else "")
        print(f"\r\033[K{text}" if self._terminal else text, end="" if self._terminal else "\n", file=sys.stderr)
        self._open = self._terminal

    def end(self) -> None:
        """Leave the line."""
        if self._open:
            print("\r\033[K", end="", file=sys.stderr)
            self._open = False


def say(text: str) -> None:
    """One line for the operator, on stderr, so that --json on stdout stays clean."""
    print(text, file=sys.stderr, flush=True)
