"""How operators are told: faults in one line, and how far long work has come."""

from __future__ import annotations

import sys
import time


class Fault(Exception):  # noqa: N818 - it carries advice for an operator
    """The command can't do its work. The text says in one line what is wrong and what to do."""


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
