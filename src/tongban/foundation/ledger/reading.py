"""Reading streams and their history."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection

from tongban.foundation.ledger import codec
from tongban.foundation.ledger.contract import Kind, Recorded
from tongban.foundation.ledger.registry import kind_of

S = TypeVar("S")

_EVENT = (
    "SELECT s.kind, e.stream_id, e.seq, e.type, e.version, e.payload, p.plain, e.at, e.actor, e.principal,"
    " encode(e.hash, 'hex'), e.position, e.request_id"
    " FROM ledger_event e JOIN ledger_stream s ON s.id = e.stream_id"
    " LEFT JOIN ledger_private p ON p.stream_id = e.stream_id AND p.seq = e.seq"
)
PATIENCE = 2.0  # seconds `events_after` waits for transactions that are about to commit


def load(kind: Kind[S], stream_id: str) -> S | None:
    """The state of the stream now, or None where there is no such stream of this kind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM ledger_stream WHERE id = %s AND kind = %s", (stream_id, kind.name))
        found = cursor.fetchone()
    if found is None:
        return None
    state: S = codec.decode_state(kind, found[0])
    return state


def load_many(kind: Kind[S], stream_ids: Sequence[str]) -> dict[str, S]:
    """The states of those of the streams that are there and of this kind, by id; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, state FROM ledger_stream WHERE id = ANY(%s) AND kind = %s ORDER BY id",
            (list(stream_ids), kind.name),
        )
        return {stream_id: codec.decode_state(kind, state) for stream_id, state in cursor.fetchall()}


def history(kind: Kind[Any], stream_id: str) -> tuple[Recorded, ...]:
    """Every event of the stream in order; empty where there is no such stream of this kind."""
    with connection.cursor() as cursor:
        cursor.execute(_EVENT + " WHERE s.id = %s AND s.kind = %s ORDER BY e.seq", (stream_id, kind.name))
        return tuple(_recorded(kind, row) for row in cursor.fetchall())


def events_after(position: int, limit: int = 500) -> tuple[Recorded, ...]:
    """Up to `limit` events of all streams behind `position`, in order of position. Start at 0.

    No event is ever skipped: positions are given out before their transactions commit, so it first waits (a few
    milliseconds; at most `PATIENCE`, then returns nothing) until all that might still fill a gap have ended.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM ledger_event_position_seq")
        horizon = cursor.fetchone()[0]
        if horizon <= position or not _settled(cursor):
            return ()
        cursor.execute(
            _EVENT + " WHERE e.position > %s AND e.position <= %s ORDER BY e.position LIMIT %s",
            (position, horizon, limit),
        )
        return tuple(_recorded(kind_of(row[0]), row) for row in cursor.fetchall())


def _settled(cursor: Any) -> bool:
    """Wait until every transaction that is writing now has ended."""
    cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    until = cursor.fetchone()[0]
    deadline = time.monotonic() + PATIENCE
    while True:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        if cursor.fetchone()[0] >= until:
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(0.002)


def _recorded(kind: Kind[Any], row: Sequence[Any]) -> Recorded:
    name, stream_id, seq, type_, version, payload, plain, at, actor, principal, hash_, position, request_id = row
    event = codec.decode_event(kind, type_, version, payload, plain)
    return Recorded(stream_id, seq, type_, version, at, actor, principal, event, hash_, name, position, request_id)
