"""Why a result is null: FEEL answers an error with null, and a person who asks gets the reason.

Reasons are collected only while somebody listens (`listening`), so that the fast path pays nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Never

_heard: ContextVar[list[str] | None] = ContextVar("feel_notes", default=None)
#: More reasons than a person reads.
MOST: Final = 50


def null(reason: str) -> Never | None:  # noqa: RUF020 - so that its value may be returned
    """Say why the value is null; the value."""
    heard = _heard.get()
    if heard is not None and len(heard) < MOST and reason not in heard:
        heard.append(reason)
    return None


@contextmanager
def listening() -> Iterator[list[str]]:
    """The reasons for nulls that arise inside, in order, each once."""
    heard: list[str] = []
    before = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(before)
