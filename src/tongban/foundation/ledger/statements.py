"""The SQL of one step. This is the page where locks and their order stand.

A step takes, in this order: the row locks of its streams by ascending id, then whatever its `reads` lock (counters),
then the rows it writes. Every statement after a lock sees what was committed before the lock was granted (READ
COMMITTED takes a new snapshot for each statement), so the request id is looked up after the stream is locked.
"""

# ruff: noqa: S608 - names of tables and columns come from the code's own `Table`s, quoted; values are parameters

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tongban.foundation.ledger.contract import Table
from tongban.foundation.ledger.wire import Statement, statement

BEGIN = statement("BEGIN")
COMMIT = statement("COMMIT")
ROLLBACK = statement("ROLLBACK")
#: Inside somebody else's transaction: what a refused or repeated command read and counted is taken back alone.
SAVEPOINT = statement("SAVEPOINT ledger")
RELEASE = statement("RELEASE SAVEPOINT ledger")
ROLLBACK_TO = statement("ROLLBACK TO SAVEPOINT ledger")
LOCK = statement("SELECT kind, version, head, state FROM ledger_stream WHERE id = $1 FOR UPDATE")
REQUEST = statement("SELECT fingerprint, first_seq, last_seq FROM ledger_request WHERE request_id = $1")
#: A command that changed nothing is remembered too: its repeat must not do more than the first time.
REMEMBER = statement(
    "INSERT INTO ledger_request (request_id, stream_id, fingerprint, first_seq, last_seq)"
    " VALUES ($1, $2, $3, $4::int, $5::int)"
)

DUE = Table(
    name="ledger_due",
    key=("stream_id", "key"),
    columns=("stream_id", "key", "queue", "name", "at", "args"),
    types=("text", "text", "text", "text", "timestamptz", "jsonb"),
)


class Change(NamedTuple):
    """What a step does to one read table: how many rows it inserts, updates and deletes.

    Up to `FEW` rows stand in the statement as VALUES, with a parameter for each value (a seventh less PostgreSQL CPU
    a step than JSON, measured); MANY stands for more of them, which come as one JSON parameter.
    """

    table: Table
    insert: int
    update: int
    delete: int


FEW = 4
MANY = -1


class Shape(NamedTuple):
    """Everything about a step that changes its SQL text; its values are parameters."""

    new: bool  # opens the stream
    events: int
    private: bool
    changes: tuple[Change, ...]


_NEW = """WITH head AS (
    INSERT INTO ledger_stream (id, kind, version, head, state, created_at, updated_at)
    SELECT $1, $2, $4::int, $5::bytea, $6, $7::timestamptz, $7::timestamptz WHERE $3::int = 0
    RETURNING id, version)"""
_NEXT = """WITH head AS (
    UPDATE ledger_stream SET version = $4::int, head = $5::bytea, state = $6, updated_at = $7::timestamptz
    WHERE id = $1 AND kind = $2 AND version = $3::int
    RETURNING id, version)"""
_REQUEST = """, request AS (
    INSERT INTO ledger_request (request_id, stream_id, fingerprint, first_seq, last_seq)
    SELECT $11, id, $12::bytea, $3::int + 1, $4::int FROM head)"""
_EVENT = """, event AS (
    INSERT INTO ledger_event (stream_id, seq, type, version, payload, at, actor, principal, request_id, prev_hash, hash)
    SELECT id, e.seq, e.type, e.version, e.payload, $7::timestamptz, $8, $9, $10, e.prev_hash, e.hash
    FROM head, (VALUES {rows}) AS e (seq, type, version, payload, prev_hash, hash))"""
_PRIVATE = """, private AS (
    INSERT INTO ledger_private (stream_id, seq, plain, salts)
    SELECT head.id, x.seq, x.plain, x.salts
    FROM head, json_to_recordset(${n}::json) AS x (seq int, plain text, salts text))"""
FIRST_FREE = 13  # the first parameter after the fixed ones


@lru_cache(maxsize=1024)
def write(shape: Shape) -> Statement:
    """The one statement that records a step. Parameters: stream id, kind, old version, new version, head, state, at,
    actor, principal, request id, request key, fingerprint; six for each event; the JSON of private values where
    there are any; then for each change the rows it inserts, updates and (key only) deletes, see `Change`."""
    number = FIRST_FREE
    parts = [_NEW if shape.new else _NEXT, _REQUEST]
    rows = []
    for _ in range(shape.events):
        n = range(number, number + 6)
        rows.append(f"(${n[0]}::int, ${n[1]}, ${n[2]}::smallint, ${n[3]}, ${n[4]}::bytea, ${n[5]}::bytea)")
        number += 6
    parts.append(_EVENT.format(rows=", ".join(rows)))
    if shape.private:
        parts.append(_PRIVATE.format(n=number))
        number += 1
    parts += _read_tables(shape.changes, number)
    parts.append(" SELECT count(*) FROM head")
    return statement("".join(parts))


@lru_cache(maxsize=64)
def reproject(changes: tuple[Change, ...]) -> Statement:
    """The statement that only brings read rows up to date. Parameters: stream id, then as for `write`."""
    head = "WITH head AS (SELECT id, version FROM ledger_stream WHERE id = $1)"
    return statement("".join([head, *_read_tables(changes, 2), " SELECT count(*) FROM head"]))


def _read_tables(changes: Sequence[Change], number: int) -> list[str]:
    parts = []
    for index, (table, *counts) in enumerate(changes):
        for verb, count in zip(("insert", "update", "delete"), counts, strict=True):
            if count:
                columns = own_columns(table.key if verb == "delete" else table.columns)
                source, number = _source(table, columns, count, number)
                parts.append(f", {verb}_{index} AS ({_VERBS[verb](table, source)})")
    return parts


def _source(table: Table, columns: Sequence[str], count: int, number: int) -> tuple[str, int]:
    """SQL of the rows `x`, from parameter `number` on; and the next free number."""
    if count == MANY:
        return recordset(table, columns, f"${number}"), number + 1
    if not columns:
        return "(VALUES (1)) AS x (one)", number
    types = dict(zip(table.columns, table.types, strict=True))
    rows = []
    for _ in range(count):
        rows.append(", ".join(f"${number + place}::{types[column]}" for place, column in enumerate(columns)))
        number += len(columns)
    return f"(VALUES ({'), ('.join(rows)})) AS x ({', '.join(map(quoted, columns))})", number


def recordset(table: Table, columns: Sequence[str], parameter: str) -> str:
    """SQL reading the JSON of rows as `columns` of `table`."""
    if not columns:
        return f"json_array_elements({parameter}::json) AS x"
    types = dict(zip(table.columns, table.types, strict=True))
    described = ", ".join(f"{quoted(column)} {types[column]}" for column in columns)
    return f"json_to_recordset({parameter}::json) AS x ({described})"


def quoted(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _insert(table: Table, source: str) -> str:
    own = own_columns(table.columns)
    columns = ["stream_id", *map(quoted, own)]
    values = [_id(table), *(f"x.{quoted(column)}" for column in own)]
    if table is DUE:
        columns.append("fence")
        values.append("head.version")
    return f"INSERT INTO {quoted(table.name)} ({', '.join(columns)}) SELECT {', '.join(values)} FROM head, {source}"


def _update(table: Table, source: str) -> str:
    own = own_columns(table.columns)
    sets = [f"{quoted(column)} = x.{quoted(column)}" for column in own if column not in table.key]
    if table is DUE:
        sets.append("fence = head.version, leased_until = '-infinity', attempts = 0, last_error = ''")
    return f"UPDATE {quoted(table.name)} AS t SET {', '.join(sets)} FROM head, {source} WHERE {_same_key(table)}"


def _delete(table: Table, source: str) -> str:
    return f"DELETE FROM {quoted(table.name)} AS t USING head, {source} WHERE {_same_key(table)}"


def own_columns(columns: Sequence[str]) -> list[str]:
    """The columns that come from the rows; `stream_id` comes from the stream itself."""
    return [column for column in columns if column != "stream_id"]


def _id(table: Table) -> str:
    return f"head.id::{table.types[table.columns.index('stream_id')]}"


def _same_key(table: Table) -> str:
    """The row with this key, of this stream only: a step can't reach into another's rows."""
    key = [f"t.{quoted(column)} = x.{quoted(column)}" for column in own_columns(table.key)]
    return " AND ".join([f"t.stream_id = {_id(table)}", *key])


_VERBS = {"insert": _insert, "update": _update, "delete": _delete}
