"""Decide and record: the one way into the ledger.

Two round trips: BEGIN, the locks, the request id and the facts' reads go out together; then Python decides; then one
statement for each stream writes everything and COMMIT goes with it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid5

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import errors
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGresult

from tongban.foundation.ledger import codec, statements, wire
from tongban.foundation.ledger.contract import Kind, Order, Outcome, Read
from tongban.foundation.ledger.projection import EMPTY, changes, rows_of
from tongban.foundation.ledger.reads import prepare, row
from tongban.foundation.ledger.refusals import Conflict, RequestReused
from tongban.foundation.ledger.wire import Call
from tongban.kernel.refusals import NotFound

S = TypeVar("S")

TRIES = 5
#: Whose violation means that somebody else was quicker, rather than that a projection is wrong.
_OURS = {"ledger_stream_pkey", "ledger_event_pkey", "ledger_request_pkey"}
_NAMESPACE = UUID("6f0cbb0e-5f0e-5a43-9a5e-7b3f6d0d8a11")


def stream_id_for(request_id: str, part: str = "") -> str:
    """A stream id (uuid text) made from the request that opens it, so that a repeated request meets its own stream."""
    return str(uuid5(_NAMESPACE, f"{request_id}/{part}" if part else request_id))


def execute(
    kind: Kind[S],
    stream_id: str,
    command: Any,
    *,
    facts: Any = None,
    reads: Sequence[Read] = (),
    actor: str,
    principal: str,
    request_id: str,
    now: datetime,
) -> Outcome[S]:
    """Give `command` to the stream and record what it decides, in one transaction.

    With `reads`, `facts` is called with their rows (by name; None where there was no row) under the lock; without,
    it is handed to `decide` as it is. `now` is the moment the events carry. A repeat of the same request (id, stream,
    command, actor) returns the first answer with today's state. Inside an outer transaction it takes part in that,
    and a refusal takes back what this command did, no more.

    Refuses what `decide` refuses, `RequestReused`, `Conflict`, and `NotFound` for a stream of another kind; nothing
    is changed then.
    """
    order = Order(kind, stream_id, command, facts, reads)
    return execute_many([order], actor=actor, principal=principal, request_id=request_id, now=now)[0]


def execute_many(
    orders: Sequence[Order], *, actor: str, principal: str, request_id: str, now: datetime
) -> tuple[Outcome[Any], ...]:
    """Give one command to each of several different streams: all are recorded, or none. Locks go by stream id."""
    if len({order.stream_id for order in orders}) != len(orders) or not orders:
        raise ValueError("execute_many needs at least one order and one order for each stream")
    database = connections[DEFAULT_DB_ALIAS]  # looked up once: Django's `connection` looks it up at every use
    attempt = _Attempt(database, orders, actor, principal, request_id, codec.instant(now))
    own = not database.in_atomic_block and database.get_autocommit()
    if not own:
        return _inside(database, attempt)
    for left in range(TRIES - 1, -1, -1):
        try:
            return attempt.run(own=True)
        except psycopg.Error as error:
            if not _worth_another_try(database, error):
                with database.wrap_database_errors:
                    raise
            if not left:
                _give_up(database, error)
        time.sleep(random.uniform(0.001, 0.02) * (TRIES - left))  # noqa: S311 - only to get out of step
    raise AssertionError("unreachable")


def _inside(database: BaseDatabaseWrapper, attempt: _Attempt) -> tuple[Outcome[Any], ...]:
    try:
        return attempt.run(own=False)
    except psycopg.Error as error:
        database.needs_rollback = True
        if _constraint(error) in _OURS:
            raise Conflict from error
        with database.wrap_database_errors:
            raise
    raise AssertionError("unreachable")


def _give_up(database: BaseDatabaseWrapper, error: psycopg.Error) -> None:
    if isinstance(error, (errors.SerializationFailure, errors.DeadlockDetected, errors.UniqueViolation)):
        raise Conflict from error
    with database.wrap_database_errors:
        raise error


def _constraint(error: psycopg.Error) -> str | None:
    return error.diag.constraint_name if isinstance(error, errors.UniqueViolation) else None


def _worth_another_try(database: BaseDatabaseWrapper, error: psycopg.Error) -> bool:
    """Lost races, lost connections (the request id makes a second try safe), and plans that a migration outdated."""
    if isinstance(error, (errors.SerializationFailure, errors.DeadlockDetected)):
        return True
    if isinstance(error, errors.UniqueViolation):
        return _constraint(error) in _OURS
    if error.sqlstate in {"26000", "0A000"}:
        database.close()
        return True
    raw = database.connection
    if raw is None or raw.closed:
        database.close()
        pool = getattr(database, "pool", None)
        if pool is not None:  # where one connection broke, the others probably did
            pool.check()
        return True
    return False


class _Locked(NamedTuple):
    """A stream as found under its lock."""

    version: int  # 0 where it does not exist yet
    head: bytes
    state: Any


class _Attempt:
    """One try at one request."""

    def __init__(
        self,
        database: BaseDatabaseWrapper,
        orders: Sequence[Order],
        actor: str,
        principal: str,
        request_id: str,
        at: str,
    ) -> None:
        self.database = database
        self.orders = orders
        self.actor = actor
        self.principal = principal
        self.request_id = request_id
        self.at = at
        self.prints = [codec.fingerprint(o.kind.name, o.stream_id, o.command, actor) for o in orders]
        self.raw: psycopg.Connection[Any]
        self.saved = False

    def run(self, *, own: bool) -> tuple[Outcome[Any], ...]:
        """Lock, decide, record. `own`: the transaction is ours to begin and to end."""
        self.database.ensure_connection()
        self.raw = self.database.connection
        try:
            locked, found, rows = self._lock(own)
            if any(map(_older, locked, found, self.prints)):
                self._roll_back(own)
                locked, found, rows = self._lock(own)
            if any(found):
                outcomes = self._repeat(locked, found)
                self._roll_back(own)
                return outcomes
            return self._record(locked, rows, own)
        except BaseException:
            self._roll_back(own)
            raise

    def _send(self, calls: Sequence[Call]) -> list[PGresult]:
        if self.database.queries_logged:
            sql = "; ".join(call.statement.sql.decode() for call in calls)
            self.database.queries_log.append({"sql": sql, "time": "0"})
        return wire.run(self.raw, calls)

    def _lock(self, own: bool) -> tuple[list[_Locked], list[Any], list[dict[str, Any]]]:
        """First round trip: the streams as they are, earlier answers to this request, and the reads' rows."""
        orders = self.orders
        begin = own or self.raw.pgconn.transaction_status == TransactionStatus.IDLE  # Django begins lazily
        calls = [Call(statements.BEGIN)] if begin else []
        if not own:
            calls.append(Call(statements.SAVEPOINT))
        ahead = len(calls)
        places = range(len(orders))
        by_id = sorted(places, key=lambda i: orders[i].stream_id) if len(orders) > 1 else places
        calls += [Call(statements.LOCK, (orders[i].stream_id.encode(),)) for i in by_id]
        calls += [Call(statements.REQUEST, (self._request_key(i),)) for i in places]
        for order in orders:
            calls += [prepare(read) for read in order.reads]
        results = iter(self._send(calls))
        self.saved = not own
        for _ in range(ahead):
            next(results)
        by_place = {i: next(results) for i in by_id}
        locked = [self._found(orders[i], by_place[i]) for i in places]
        found = [_request(next(results)) for _ in places]
        rows = [{read.name: row(next(results)) for read in order.reads} for order in orders]
        return locked, found, rows

    def _request_key(self, place: int) -> bytes:
        return (f"{self.request_id}#{place}" if place else self.request_id).encode()

    def _found(self, order: Order, result: PGresult) -> _Locked:
        if not result.ntuples:
            return _Locked(0, codec.GENESIS, None)
        if result.get_value(0, 0) != order.kind.name.encode():
            raise NotFound
        version, head, state = (result.get_value(0, column) or b"" for column in (1, 2, 3))
        return _Locked(int(version), bytes.fromhex(head[2:].decode()), codec.decode_state(order.kind, state))

    def _repeat(self, locked: list[_Locked], found: list[Any]) -> tuple[Outcome[Any], ...]:
        outcomes = []
        for order, lock, answer, print_ in zip(self.orders, locked, found, self.prints, strict=True):
            if answer is None or answer[0] != print_:
                raise RequestReused
            state = order.kind.state() if lock.state is None else lock.state
            outcomes.append(Outcome(order.stream_id, state, answer[1], answer[2], lock.head.hex(), repeated=True))
        return tuple(outcomes)

    def _record(self, locked: list[_Locked], rows: list[dict[str, Any]], own: bool) -> tuple[Outcome[Any], ...]:
        """Decide, then the second round trip."""
        calls: list[Call] = []
        outcomes: list[Outcome[Any]] = []
        for place, (order, lock) in enumerate(zip(self.orders, locked, strict=True)):
            call, outcome = self._decide(place, order, lock, rows[place])
            calls.append(call)
            outcomes.append(outcome)
        results = self._send([*calls, Call(statements.COMMIT if own else statements.RELEASE)])
        for call, result in zip(calls, results, strict=False):
            if call.statement is not statements.REMEMBER and result.get_value(0, 0) != b"1":
                raise AssertionError("a locked stream changed")  # can't be: the lock is held
        return tuple(outcomes)

    def _decide(self, place: int, order: Order, lock: _Locked, rows: dict[str, Any]) -> tuple[Call, Outcome[Any]]:
        kind, stream_id = order.kind, order.stream_id
        old = kind.state() if lock.state is None else lock.state
        facts = order.facts(rows) if order.reads else order.facts
        events = kind.decide(old, order.command, facts)
        if not events:
            version = str(lock.version).encode()
            first = str(lock.version + 1).encode()
            key = self._request_key(place)
            call = Call(statements.REMEMBER, (key, stream_id.encode(), _bytea(self.prints[place]), first, version))
            return call, Outcome(stream_id, old, lock.version + 1, lock.version, lock.head.hex())
        state = old
        sealed = []
        prev = lock.head
        envelope = codec.Envelope(stream_id, self.actor, self.principal, self.at, self.request_id)
        for seq, event in enumerate(events, lock.version + 1):
            if type(event) not in kind.events:
                raise TypeError(f"{kind.name} does not declare the event {type(event).__name__}")
            state = kind.evolve(state, event)
            sealed.append(codec.seal(event, seq, prev, envelope))
            prev = sealed[-1].hash
        before = EMPTY if lock.state is None else rows_of(kind, stream_id, old)
        call = self._write(
            place, order, lock.version, sealed, state, changes(kind, stream_id, before, rows_of(kind, stream_id, state))
        )
        return call, Outcome(stream_id, state, lock.version + 1, lock.version + len(sealed), prev.hex())

    def _write(
        self, place: int, order: Order, version: int, sealed: list[codec.Sealed], state: Any, change: Any
    ) -> Call:
        shapes, tables = change
        params: list[bytes | None] = [
            order.stream_id.encode(),
            order.kind.name.encode(),
            str(version).encode(),
            str(version + len(sealed)).encode(),
            _bytea(sealed[-1].hash),
            codec.encode_state(state),
            self.at.encode(),
            self.actor.encode(),
            self.principal.encode(),
            self.request_id.encode(),
            self._request_key(place),
            _bytea(self.prints[place]),
        ]
        private = []
        for seq, event in enumerate(sealed, version + 1):
            params += (str(seq).encode(), event.type.encode(), str(event.version).encode(), event.payload)
            params += (_bytea(event.prev), _bytea(event.hash))
            if event.plain is not None and event.salts is not None:
                private.append({"seq": seq, "plain": event.plain.decode(), "salts": event.salts.decode()})
        if private:
            params.append(codec.encode_rows(private))
        params += tables
        shape = statements.Shape(version == 0, len(sealed), bool(private), shapes)
        return Call(statements.write(shape), params)

    def _roll_back(self, own: bool) -> None:
        if self.raw.closed or self.raw.pgconn.transaction_status == TransactionStatus.IDLE:
            return
        if own:
            wire.run(self.raw, [Call(statements.ROLLBACK)])
        elif self.saved:
            wire.run(self.raw, [Call(statements.ROLLBACK_TO), Call(statements.RELEASE)])


def _older(lock: _Locked, answer: tuple[bytes, int, int] | None, print_: bytes) -> bool:
    """Whether the stream was read before the answer to this very command was recorded: a stream that is not there yet
    holds no lock, so the double of the command may open it between the two reads. Then both are read again, once."""
    return answer is not None and answer[0] == print_ and lock.version < answer[2]


def _request(result: PGresult) -> tuple[bytes, int, int] | None:
    if not result.ntuples:
        return None
    print_, first, last = (result.get_value(0, column) or b"" for column in range(3))
    return bytes.fromhex(print_[2:].decode()), int(first), int(last)


def _bytea(value: bytes) -> bytes:
    return b"\\x" + value.hex().encode()


Facts = Callable[[dict[str, tuple[Any, ...] | None]], Any]
