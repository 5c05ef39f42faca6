"""Several prepared statements to PostgreSQL and back in one round trip.

psycopg's own pipeline does the same with about three times the Python per statement, which on the hot path is more
than the database's share (bench/ledger.py). So this module speaks to libpq through `psycopg.pq`, and nothing else
does. It leaves the connection as it found it: out of pipeline mode, with nothing to read.
"""

from __future__ import annotations

import hashlib
import select
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import psycopg
from psycopg import errors, pq
from psycopg.pq.abc import PGconn, PGresult

Params = Sequence[bytes | None]


class Statement(NamedTuple):
    """One SQL text with $n placeholders, prepared on each connection under a name made from the text."""

    name: bytes
    sql: bytes


class Call(NamedTuple):
    """A statement with its parameters in PostgreSQL's text format."""

    statement: Statement
    params: Params = ()


@lru_cache(maxsize=1024)
def statement(sql: str) -> Statement:
    """The statement for `sql`."""
    text = sql.encode()
    return Statement(b"ledger_" + hashlib.sha256(text).hexdigest()[:24].encode(), text)


_prepared: WeakKeyDictionary[psycopg.Connection[Any], set[bytes]] = WeakKeyDictionary()
_FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.NONFATAL_ERROR, pq.ExecStatus.BAD_RESPONSE)


def run(connection: psycopg.Connection[Any], calls: Sequence[Call]) -> list[PGresult]:
    """Send `calls` at once, wait once, and return one result for each.

    Raises the `psycopg.Error` of the first call that failed; those after it were not run. Whatever else interrupts
    it closes the connection, for its state is then unknown.
    """
    known = _prepared.setdefault(connection, set())
    conn = connection.pgconn
    try:
        conn.enter_pipeline_mode()
        expected = _send(conn, calls, known)
        _flush(conn)
        results = [_receive(conn) for _ in expected]
        _receive_sync(conn)
        conn.exit_pipeline_mode()
    except BaseException:
        connection.close()
        raise
    return _answers(expected, results, known)


def _send(conn: PGconn, calls: Sequence[Call], known: set[bytes]) -> list[bytes | None]:
    """Queue everything; for each result to come, the name of the statement it prepares, or None for a call."""
    expected: list[bytes | None] = []
    fresh: set[bytes] = set()
    for (name, sql), params in calls:
        if name not in known and name not in fresh:
            conn.send_prepare(name, sql)
            expected.append(name)
            fresh.add(name)
        conn.send_query_prepared(name, params)
        expected.append(None)
    conn.pipeline_sync()
    return expected


def _flush(conn: PGconn) -> None:
    while conn.flush():
        poll = select.poll()
        poll.register(conn.socket, select.POLLIN | select.POLLOUT)
        if any(event & select.POLLIN for _, event in poll.poll()):
            conn.consume_input()


def _next(conn: PGconn) -> PGresult | None:
    while conn.is_busy():
        poll = select.poll()
        poll.register(conn.socket, select.POLLIN)
        poll.poll()
        conn.consume_input()
    return conn.get_result()


def _receive(conn: PGconn) -> PGresult:
    result = _next(conn)
    if result is None:
        raise psycopg.OperationalError("the server closed the connection")
    if result.status != pq.ExecStatus.PIPELINE_ABORTED and conn.status == pq.ConnStatus.BAD:
        raise _error(result)
    _next(conn)  # every answer ends with an empty result
    return result


def _receive_sync(conn: PGconn) -> None:
    result = _next(conn)
    if result is None or result.status != pq.ExecStatus.PIPELINE_SYNC:
        raise psycopg.OperationalError("the server closed the connection")


def _answers(expected: Sequence[bytes | None], results: list[PGresult], known: set[bytes]) -> list[PGresult]:
    answers = []
    for name, result in zip(expected, results, strict=True):
        if result.status in _FAILED:
            raise _error(result)
        if name is None:
            answers.append(result)
        else:
            known.add(name)
    return answers


def _error(result: PGresult) -> psycopg.Error:
    return errors.error_from_result(result)
