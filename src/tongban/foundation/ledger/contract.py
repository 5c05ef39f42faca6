"""The ledger's vocabulary: what a context hands in and what it gets back. Plain Python.

A context describes one kind of stream by a `Kind`: how commands become events, how events become state, and which
rows of which read tables the state stands for. The ledger does the rest in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar


class Event(Protocol):
    """A frozen dataclass of JSON-able fields (str, int, bool, None, date, datetime, tuples, dicts, nested dataclasses;
    no floats). `TYPE` is its stable name, `VERSION` counts its shape, `PERSONAL` names the fields whose values stand
    in the hashed envelope only as salted commitments."""

    TYPE: ClassVar[str]
    VERSION: ClassVar[int]
    PERSONAL: ClassVar[frozenset[str]]


S = TypeVar("S")


@dataclass(frozen=True, eq=False)  # known by identity: what is prepared for a table is looked up at every step
class Table:
    """A read table: every row carries `stream_id`; `key` names the columns unique in the table.

    `types` are PostgreSQL types in the order of `columns`, used for casts ("uuid", "text", "timestamptz", "date",
    "int", "boolean", "text[]", "jsonb").
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True)
class Due:
    """At `at`, the worker gives command `name` with `args` to this stream. `key` is unique in the stream.

    Timers and follow-up work are the same thing: work to be done at once is due at the time of its event. A due row
    exists exactly while the state says so; the command it gives is what makes the state stop saying so.
    """

    key: str
    at: datetime
    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    queue: str = "default"


@dataclass(frozen=True)
class Rows:
    """What a state stands for in the read tables and in the due table."""

    tables: Mapping[str, Sequence[tuple[Any, ...]]]  # table name -> rows in column order
    due: Sequence[Due] = ()


@dataclass(frozen=True)
class Kind(Generic[S]):
    """One kind of stream."""

    name: str  # "case"
    state: type[S]  # frozen dataclass with defaults for every field: state() is the empty state
    events: tuple[type, ...]
    decide: Callable[[S, Any, Any], Sequence[Any]]  # (state, command, facts) -> events; raises Refusal
    evolve: Callable[[S, Any], S]
    rows: Callable[[str, S], Rows]  # (stream id, state) -> read rows; pure
    tables: tuple[Table, ...] = ()
    upcasters: Mapping[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """A fact read under the lock, in the same round trip as the lock itself: at most one row, passed to `facts`.

    `sql` uses %s placeholders; it may write only to counters (see `next_number`).
    """

    name: str
    sql: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Recorded:
    """One event as it stands in the ledger."""

    stream_id: str
    seq: int
    type: str
    version: int
    at: datetime
    actor: str
    principal: str
    event: Any  # the event dataclass, upcast to today's version, personal values joined back in
    hash: str
    kind: str = ""  # name of the stream's kind
    position: int = 0  # place among all events, for reading on by cursor
    request_id: str = ""


@dataclass(frozen=True)
class Order:
    """One command to one stream, for `execute_many`. `facts` and `reads` as in `execute`."""

    kind: Kind[Any]
    stream_id: str
    command: Any
    facts: Any = None
    reads: Sequence[Read] = ()


@dataclass(frozen=True)
class Outcome(Generic[S]):
    """What a command did. `repeated` is True when the request id had been answered before: nothing was done twice."""

    stream_id: str
    state: S
    first_seq: int
    last_seq: int
    hash: str
    repeated: bool = False
