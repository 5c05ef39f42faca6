"""What the tests of the ledger look at: every row of every table, and work done at one moment by several threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

TABLES = (
    "ledger_stream",
    "ledger_event",
    "ledger_private",
    "ledger_request",
    "ledger_due",
    "ledger_counter",
    "sample_permit",
    "sample_task",
)


def everything() -> dict[str, list[Any]]:
    """All rows of all tables."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Do all of `work` at the same moment in threads of their own; results or exceptions in order."""
    results: list[Any] = [None] * len(work)
    barrier = threading.Barrier(len(work))

    def one(place: int) -> None:
        barrier.wait()
        try:
            results[place] = work[place]()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
