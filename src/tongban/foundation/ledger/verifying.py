"""Recompute everything: chains, commitments, states, read tables and due rows, and name the first bad row."""

# ruff: noqa: S608 - names of tables and columns come from the code's own `Table`s, quoted; values are parameters

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from django.db import connection, transaction

from tongban.foundation.ledger import codec
from tongban.foundation.ledger.contract import Kind, Table
from tongban.foundation.ledger.projection import due_rows, rows_of
from tongban.foundation.ledger.registry import kinds
from tongban.foundation.ledger.statements import DUE, quoted, recordset

BATCH = 500  # streams held in memory at a time


@dataclass(frozen=True)
class Problem:
    """One row that is not as it was recorded."""

    table: str
    key: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {self.what}"


@dataclass(frozen=True)
class Report:
    """What was recomputed, and the first problem found."""

    ok: bool
    streams: int
    events: int
    rows: int  # of read tables, due rows included
    problem: Problem | None = None

    def __str__(self) -> str:
        counted = f"{self.streams:,} streams, {self.events:,} events, {self.rows:,} read rows"
        return f"{counted}: all as recorded" if self.ok else f"NOT as recorded: {self.problem}\n(after {counted})"


class Broken(Exception):  # noqa: N818 - a finding, not a fault
    """Ends the run at the first problem."""

    def __init__(self, table: str, key: str, what: str) -> None:
        self.problem = Problem(table, key, what)
        super().__init__(str(self.problem))


def verify(streams: Sequence[str] | None = None, progress: Callable[[int, int | None], None] | None = None) -> Report:
    """Recompute all streams, or those named; `progress(done, total)` is called after each batch.

    Reads one snapshot (REPEATABLE READ), so the platform may go on working. Memory holds one batch of streams.
    """
    report = Report(True, 0, 0, 0)
    with _snapshot() as cursor:
        try:
            if streams is None:
                _orphans(cursor)
            total = _total(cursor, streams)
            for kind in _kinds_of(cursor, streams):
                for batch in _batches(cursor, kind, streams):
                    events, rows = _verify_batch(cursor, kind, batch)
                    report = replace(
                        report,
                        streams=report.streams + len(batch),
                        events=report.events + events,
                        rows=report.rows + rows,
                    )
                    if progress is not None:
                        progress(report.streams, total)
            if streams is not None and report.streams != total:
                raise Broken("ledger_stream", ", ".join(streams), f"only {report.streams} of {total} were found")
        except Broken as broken:
            return replace(report, ok=False, problem=broken.problem)
    return report


@contextmanager
def _snapshot() -> Iterator[Any]:
    """One unchanging view of the database; inside an outer transaction (tests), that transaction's view."""
    outer = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if not outer:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield cursor


def _total(cursor: Any, streams: Sequence[str] | None) -> int:
    if streams is not None:
        return len(set(streams))
    cursor.execute("SELECT count(*) FROM ledger_stream")
    return int(cursor.fetchone()[0])


def _kinds_of(cursor: Any, streams: Sequence[str] | None) -> list[Kind[Any]]:
    """The kinds to look through: all, or those that the named streams are of."""
    if streams is None:
        return list(kinds())
    cursor.execute("SELECT DISTINCT kind FROM ledger_stream WHERE id = ANY (%s)", (list(streams),))
    named = {row[0] for row in cursor.fetchall()}
    return [kind for kind in kinds() if kind.name in named]


# -- what belongs to no stream ---------------------------------------------------------------------------------------


def _orphans(cursor: Any) -> None:
    """Rows whose stream is not there, and streams whose kind nobody knows."""
    names = [kind.name for kind in kinds()]
    cursor.execute("SELECT id, kind FROM ledger_stream WHERE kind <> ALL (%s) ORDER BY id LIMIT 1", (names,))
    if found := cursor.fetchone():
        raise Broken("ledger_stream", found[0], f"its kind {found[1]} is not registered")
    seq = 'x."seq"::text'
    for table, part in (("ledger_event", seq), ("ledger_private", seq), ("ledger_request", 'x."request_id"')):
        if table == "ledger_request":
            # A command that opened nothing is remembered without a stream.
            _orphan(cursor, table, part, "x.last_seq > 0", "")
        else:
            _orphan(cursor, table, part, "true", "")
    owners: dict[str, tuple[Table, list[str]]] = {DUE.name: (DUE, names)}
    for kind in kinds():
        for table_ in kind.tables:
            owners.setdefault(table_.name, (table_, []))[1].append(kind.name)
    for table_, owning in owners.values():
        rest = [f"x.{quoted(column)}::text" for column in table_.key if column != "stream_id"] or ["''"]
        _orphan(cursor, table_.name, " || ' ' || ".join(rest), "true", "AND s.kind = ANY (%s)", owning)


def _orphan(cursor: Any, table: str, key: str, condition: str, kind: str, owning: list[str] | None = None) -> None:
    cursor.execute(
        f"SELECT x.stream_id::text, {key} FROM {quoted(table)} x WHERE {condition} AND NOT EXISTS"
        f" (SELECT 1 FROM ledger_stream s WHERE s.id = x.stream_id::text {kind}) LIMIT 1",
        (owning,) if kind else (),
    )
    if found := cursor.fetchone():
        raise Broken(table, f"{found[0]} {found[1]}".strip(), "there is no stream it belongs to")


# -- streams ---------------------------------------------------------------------------------------------------------


def _batches(cursor: Any, kind: Kind[Any], streams: Sequence[str] | None) -> Iterator[list[tuple[Any, ...]]]:
    """The streams of `kind` by id: (id, version, head, state)."""
    last = ""
    while True:
        cursor.execute(
            "SELECT id, version, head, state FROM ledger_stream"
            " WHERE kind = %s AND id > %s AND (%s::text[] IS NULL OR id = ANY (%s::text[])) ORDER BY id LIMIT %s",
            (kind.name, last, *[None if streams is None else list(streams)] * 2, BATCH),
        )
        batch = cursor.fetchall()
        if batch:
            yield batch
        if len(batch) < BATCH:
            return
        last = batch[-1][0]


_EVENTS = """
SELECT e.stream_id, e.seq, e.type, e.version, e.payload, e.at, e.actor, e.principal, e.request_id, e.prev_hash,
       e.hash, p.plain, p.salts
FROM ledger_event e LEFT JOIN ledger_private p ON p.stream_id = e.stream_id AND p.seq = e.seq
WHERE e.stream_id = ANY (%s) ORDER BY e.stream_id, e.seq
"""


def _verify_batch(cursor: Any, kind: Kind[Any], batch: list[tuple[Any, ...]]) -> tuple[int, int]:
    """Verify one batch; the numbers of events and of rows in it."""
    ids = [stream[0] for stream in batch]
    cursor.execute(_EVENTS, (ids,))
    by_stream = {key: list(rows) for key, rows in groupby(cursor.fetchall(), key=itemgetter(0))}
    expected: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in (*kind.tables, DUE)}
    for stream_id, version, head, text in batch:
        events = by_stream.get(stream_id, [])
        state = _verify_stream(kind, stream_id, version, bytes(head), text, events)
        rows = rows_of(kind, stream_id, state)
        for name, found in rows.tables.items():
            expected[name] += found
        expected[DUE.name] += due_rows(stream_id, rows.due)
    for table in (*kind.tables, DUE):
        _compare(cursor, table, ids, expected[table.name])
    return sum(map(len, by_stream.values())), sum(map(len, expected.values()))


def _verify_stream(
    kind: Kind[Any], stream_id: str, version: int, head: bytes, text: str, events: list[tuple[Any, ...]]
) -> Any:
    """Verify chain, commitments and state of one stream; its state folded from the events."""
    state, prev = kind.state(), codec.GENESIS
    for number, row in enumerate(events, 1):
        key = f"{stream_id} {number}"
        if row[1] != number:
            raise Broken("ledger_event", key, "is missing")
        prev = _verify_event(key, row, prev)
        try:
            state = kind.evolve(state, codec.decode_event(kind, row[2], row[3], row[4], row[11]))
        except Exception as error:
            raise Broken("ledger_event", key, f"can't be folded: {type(error).__name__}: {error}") from error
    if len(events) < version:
        raise Broken("ledger_event", f"{stream_id} {len(events) + 1}", "is missing")
    if len(events) > version:
        raise Broken("ledger_stream", stream_id, f"version is {version}, but there are {len(events)} events")
    if head != prev:
        raise Broken("ledger_stream", stream_id, "head is not the hash of its last event")
    folded = codec.encode_state(state).decode()
    if folded != text and not _older_spelling(kind, text, folded):
        raise Broken("ledger_stream", stream_id, f"state is not what its events make: {_difference(folded, text)}")
    return state


def _older_spelling(kind: Kind[Any], text: str, folded: str) -> bool:
    """Whether `text` is the folded state as an earlier version of the software wrote it: only members that came later
    are missing, and they have their defaults."""
    try:
        given = msgspec.json.decode(text)
        alike = codec.decode_state(kind, text) == codec.decode_state(kind, folded)
    except (msgspec.MsgspecError, ValueError, TypeError):
        return False
    return alike and codec.encode_json(given).decode() == text and _within(given, msgspec.json.decode(folded))


def _within(part: Any, whole: Any) -> bool:
    """Every member of `part` stands in `whole`, with the same value but for members that it lacks itself."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and _within(value, whole[name]) for name, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) == len(whole) and all(_within(a, b) for a, b in zip(part, whole, strict=True))
    return bool(part == whole)


def _verify_event(key: str, row: tuple[Any, ...], prev: bytes) -> bytes:
    """Verify one event against its predecessor's hash; its own hash."""
    stream_id, seq, type_, version, payload, at, actor, principal, request_id, prev_hash, hash_, plain, salts = row
    if bytes(prev_hash) != prev:
        raise Broken("ledger_event", key, "prev_hash is not the hash of the event before it")
    envelope = codec.Envelope(stream_id, actor, principal, codec.instant(at), request_id)
    computed = codec.envelope_hash(envelope, seq, type_, version, payload.encode(), prev)
    if computed != bytes(hash_):
        raise Broken("ledger_event", key, "its contents do not give its hash")
    if plain is not None:
        try:
            wrong = codec.wrong_commitment(payload, plain, salts)
        except (ValueError, TypeError, AttributeError) as error:
            raise Broken("ledger_private", key, f"can't be read: {error}") from error
        if wrong:
            raise Broken("ledger_private", key, f"{wrong} is not the value that was committed to")
    return computed


def _difference(expected: str, actual: str) -> str:
    """The first member in which two states differ."""
    try:
        left, right = json.loads(expected), json.loads(actual)
    except ValueError:
        return "it is no JSON"
    for name in sorted(left.keys() | right.keys()):
        if left.get(name) != right.get(name):
            return f"{name} is {_short(right.get(name))}, should be {_short(left.get(name))}"
    return "its spelling is not canonical"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:117] + "..."


# -- read tables -----------------------------------------------------------------------------------------------------


def _compare(cursor: Any, table: Table, ids: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Compare `rows` with what stands in `table` for these streams; PostgreSQL compares, in the columns' own types."""
    columns = ", ".join(quoted(column) for column in table.columns)
    same = " AND ".join(f"e.{quoted(column)} = a.{quoted(column)}" for column in table.key)
    id_type = dict(zip(table.columns, table.types, strict=True))["stream_id"]
    document = codec.encode_rows([dict(zip(table.columns, row, strict=True)) for row in rows]).decode()
    cursor.execute(
        f"SELECT to_jsonb(e), to_jsonb(a)"
        f" FROM (SELECT {columns} FROM {recordset(table, table.columns, '%s')}) e"
        f" FULL JOIN (SELECT {columns} FROM {quoted(table.name)} WHERE stream_id = ANY (%s::{id_type}[])) a ON {same}"
        f" WHERE ROW(e.*) IS DISTINCT FROM ROW(a.*) ORDER BY 1, 2 LIMIT 1",
        (document, ids),
    )
    found = cursor.fetchone()
    if found is None:
        return
    expected, actual = (None if text is None else json.loads(text) for text in found)
    row: dict[str, Any] = expected or actual or {}
    key = " ".join(str(row[column]) for column in table.key)
    if expected is None:
        raise Broken(table.name, key, "is there, but no state stands for it")
    if actual is None:
        raise Broken(table.name, key, "is missing")
    for column in table.columns:
        if expected[column] != actual[column]:
            raise Broken(table.name, key, f"{column} is {_short(actual[column])}, should be {_short(expected[column])}")
    raise Broken(table.name, key, "differs from its state")
