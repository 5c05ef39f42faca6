"""What was looked for in vain, for whoever keeps the synonyms."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from datetime import date, datetime

from django.db import DatabaseError, connection, transaction

from tongban.contexts.catalogue.core.unfound import kept
from tongban.kernel.clock import CHINA

#: So many notes a minute a process writes at most: a flood of nonsense costs the city nothing.
MOST_A_MINUTE = 120


class _Throttle:
    """Counts the notes of the current minute. One a process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.minute = ""
        self.count = 0

    def allows(self, now: datetime) -> bool:
        minute = now.astimezone(CHINA).strftime("%Y%m%d%H%M")
        with self.lock:
            if minute != self.minute:
                self.minute, self.count = minute, 0
            self.count += 1
            return self.count <= MOST_A_MINUTE


_throttle = _Throttle()


def note_unfound(words: str, *, now: datetime) -> bool:
    """Count that `words` found nothing at `now`; False where they are not kept.

    Records: the words as `core.unfound.kept` leaves them, with a count for the official day. Nobody's identity. Never
    refuses and never waits: a page of search must not fail or slow down for it.
    """
    normal = kept(words)
    if not normal or not _throttle.allows(now):
        return False
    try:
        _write(normal, now.astimezone(CHINA).date())
    except DatabaseError:
        return False
    return True


def _write(words: str, day: date) -> None:
    with ExitStack() as stack:
        if connection.in_atomic_block:
            stack.enter_context(transaction.atomic())  # a fault must not break the transaction around it
        cursor = stack.enter_context(connection.cursor())
        cursor.execute("SELECT catalogue_note_unfound(%s, %s)", [day, words])
