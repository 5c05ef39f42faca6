"""The worker: gives streams the commands that are due.

A due row stands exactly while the state says so; the command it leads to is what makes it go, in the transaction of
that command. The worker therefore never deletes a row: it takes a lease (in real time), calls the handler, and leaves
the rest to the ledger. What is still there afterwards was not settled: the handler failed, refused, or did nothing.
Such a row stays, waits longer each time, keeps the reason, and `tongban doctor` shows it (`unsettled`).

Exactly once: a lease may run out under a slow or killed worker, and another gives the same command again. Its request
id is the same, so the ledger answers the repeat and does nothing twice.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from tongban.kernel.refusals import Refusal

logger = logging.getLogger(__name__)

LEASE = 60  # seconds of real time
BATCH = 20
PATIENT = 3600  # longest wait between tries, in seconds
POLL = 0.5  # seconds between looks at a queue that had nothing to do


@dataclass(frozen=True)
class DueCall:
    """One due row, handed to its handler. Pass `request_id` on to the action: it makes repeats harmless."""

    stream_id: str
    key: str
    name: str
    args: Mapping[str, Any]
    at: datetime
    attempt: int
    request_id: str
    now: datetime  # the moment it was found due: what the handler does happens then or later, never earlier


#: Name of a due row -> what to do. Filled by the wiring.
handlers: dict[str, Callable[[DueCall], None]] = {}


@dataclass(frozen=True)
class Unsettled:
    """A due row that was tried and is still there."""

    stream_id: str
    key: str
    queue: str
    name: str
    at: datetime
    attempts: int
    last_error: str


def run_once(now: datetime, *, queue: str | None = None, limit: int = BATCH) -> int:
    """Do up to `limit` things that are due at `now` (platform time), of one queue or of all; returns how many."""
    calls = claim(now, queue, limit)
    for call, fence in calls:
        _perform(call, fence)
    return len(calls)


def drain(now: datetime, *, queue: str | None = None) -> int:
    """Do everything that is due at `now`, also what becomes due by doing it; returns how much was done.

    Ends: what fails is not tried again before its wait is over.
    """
    done = 0
    while count := run_once(now, queue=queue):
        done += count
    return done


def queues(now: datetime) -> tuple[str, ...]:
    """The queues in which something is due at `now`."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUES, {"now": now})
        return tuple(name for (name,) in cursor.fetchall())


def unsettled(limit: int = 100) -> tuple[Unsettled, ...]:
    """What was tried and did not settle, longest waiting first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream_id, key, queue, name, at, attempts, last_error FROM ledger_due WHERE last_error <> ''"
            " ORDER BY at, stream_id LIMIT %s",
            (limit,),
        )
        return tuple(Unsettled(*row) for row in cursor.fetchall())


def run(now: Callable[[], datetime], stop: threading.Event) -> None:
    """Work until `stop` is set. Each queue gets a thread of its own, so that a slow one starves no other."""
    threads: dict[str, threading.Thread] = {}
    while not stop.is_set():
        try:
            close_old_connections()
            for name in queues(now()):
                if name not in threads:
                    threads[name] = threading.Thread(target=_serve, args=(name, now, stop), name=f"due-{name}")
                    threads[name].start()
        except (DatabaseError, InterfaceError) as error:
            _away(error)
        stop.wait(POLL)
    for thread in threads.values():
        thread.join()
    connection.close()


def _away(error: Exception) -> None:
    logger.warning("the database is away (%s); trying again", str(error).strip().partition("\n")[0])
    connection.close()


def _serve(queue: str, now: Callable[[], datetime], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            close_old_connections()
            busy = run_once(now(), queue=queue)
        except (DatabaseError, InterfaceError) as error:
            _away(error)
            stop.wait(1)
            continue
        if busy < BATCH:
            stop.wait(POLL)
    connection.close()


#: Rows that nobody has taken yet by their time; rows whose lease or wait is over. One index for each (0002_due_claims):
#: a taken row leaves the first, so that a claim costs the same however many are taken. Locks go no further than `LIMIT`
#: in each queue; what another worker is taking is passed over.
_CLAIM = """
WITH again AS (
    SELECT d.* FROM unnest(%(queues)s::text[]) AS q (queue), LATERAL (
        SELECT stream_id, key, at FROM ledger_due
        WHERE queue = q.queue AND leased_until > '-infinity' AND leased_until < statement_timestamp() AND at <= %(now)s
        ORDER BY leased_until LIMIT %(limit)s FOR UPDATE SKIP LOCKED) AS d
), fresh AS (
    SELECT d.* FROM unnest(%(queues)s::text[]) AS q (queue), LATERAL (
        SELECT stream_id, key, at FROM ledger_due
        WHERE queue = q.queue AND leased_until = '-infinity' AND at <= %(now)s
        ORDER BY at LIMIT %(limit)s FOR UPDATE SKIP LOCKED) AS d
), next AS (
    SELECT stream_id, key FROM (TABLE again UNION ALL TABLE fresh) AS both_kinds ORDER BY at LIMIT %(limit)s
)
UPDATE ledger_due AS d
SET leased_until = clock_timestamp() + make_interval(secs => %(lease)s), attempts = d.attempts + 1
FROM next WHERE d.stream_id = next.stream_id AND d.key = next.key
RETURNING d.stream_id, d.key, d.name, d.args::text, d.at, d.attempts, d.fence
"""
#: The names of the queues, from name to next name along an index instead of over all rows.
_QUEUES = """
WITH RECURSIVE fresh AS (
    (SELECT queue FROM ledger_due WHERE leased_until = '-infinity' ORDER BY queue LIMIT 1)
    UNION ALL SELECT (SELECT d.queue FROM ledger_due d WHERE d.leased_until = '-infinity' AND d.queue > f.queue
                      ORDER BY d.queue LIMIT 1) FROM fresh f WHERE f.queue IS NOT NULL
), taken AS (
    (SELECT queue FROM ledger_due WHERE leased_until > '-infinity' ORDER BY queue LIMIT 1)
    UNION ALL SELECT (SELECT d.queue FROM ledger_due d WHERE d.leased_until > '-infinity' AND d.queue > t.queue
                      ORDER BY d.queue LIMIT 1) FROM taken t WHERE t.queue IS NOT NULL
)
SELECT queue FROM fresh f WHERE EXISTS (
    SELECT 1 FROM ledger_due d WHERE d.queue = f.queue AND d.leased_until = '-infinity' AND d.at <= %(now)s)
UNION
SELECT queue FROM taken t WHERE EXISTS (
    SELECT 1 FROM ledger_due d WHERE d.queue = t.queue AND d.leased_until > '-infinity' AND d.at <= %(now)s)
ORDER BY queue
"""


def claim(now: datetime, queue: str | None, limit: int) -> list[tuple[DueCall, int]]:
    """Take up to `limit` rows due at `now` (platform time) in one statement, each for `LEASE` seconds of real time.

    Answers each with its fence; earliest first. `queue` None: of all queues.
    """
    wanted = [queue] if queue is not None else list(queues(now))
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"queues": wanted, "now": now, "limit": limit, "lease": LEASE})
        rows = cursor.fetchall()
    found = []
    for stream_id, key, name, args, at, attempt, fence in rows:
        # The fence is the version that wrote the row: the id is new where the same work is owed again, later.
        request = f"due:{stream_id}:{key}:{fence}"
        call = DueCall(stream_id, key, name, msgspec.json.decode(args), at, attempt, request, now)
        found.append((call, fence))
    return sorted(found, key=lambda pair: pair[0].at)


def _perform(call: DueCall, fence: int) -> None:
    handler = handlers.get(call.name)
    try:
        if handler is None:
            _put_off(call, fence, PATIENT, f"no handler for {call.name}")
            return
        handler(call)
    except Refusal as refusal:
        _put_off(call, fence, _wait(call.attempt), f"refused: {refusal}")
    except (DatabaseError, InterfaceError):
        if connection.in_atomic_block or connection.connection is None or not connection.is_usable():
            raise  # the lease runs out by itself
        logger.exception("due %s of %s failed", call.name, call.stream_id)
        _put_off(call, fence, _wait(call.attempt), "the database refused it (see the log)")
    except Exception as error:
        logger.exception("due %s of %s failed", call.name, call.stream_id)
        _put_off(call, fence, _wait(call.attempt), f"{type(error).__name__}: {error}")
    else:
        _put_off(call, fence, _wait(call.attempt), f"{call.name} was done, but the matter still asks for it")


def _wait(attempt: int) -> int:
    return min(1 << min(attempt, 12), PATIENT)


def _put_off(call: DueCall, fence: int, seconds: int, reason: str) -> None:
    """Where the row is still the one we took: try again later, and say why. Gone or replaced rows are left alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_due SET leased_until = clock_timestamp() + make_interval(secs => %s), last_error = %s"
            " WHERE stream_id = %s AND key = %s AND fence = %s",
            (seconds, reason[:500], call.stream_id, call.key, fence),
        )
        if cursor.rowcount:
            logger.warning("due %s of %s: %s", call.name, call.stream_id, reason)
