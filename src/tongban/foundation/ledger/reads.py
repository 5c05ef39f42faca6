"""Facts read in the round trip that takes the lock."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from psycopg.adapt import PyFormat, Transformer
from psycopg.pq.abc import PGresult

from tongban.foundation.ledger.contract import Read
from tongban.foundation.ledger.wire import Call, Statement, statement

_NEXT = (
    "INSERT INTO ledger_counter AS c (series, value) VALUES (%s, 1)"
    " ON CONFLICT (series) DO UPDATE SET value = c.value + 1 RETURNING value"
)


def next_number(series: str, name: str = "number") -> Read:
    """The next whole number of `series` (from 1), without gaps: a step that is refused gives its number back.

    Its row is `(number,)`. Steps that number the same series wait for each other until they commit.
    """
    return Read(name, _NEXT, (series,))


def prepare(read: Read) -> Call:
    """`read` as a call; parameters go over as text, and PostgreSQL infers their types (cast where it can't)."""
    transformer = Transformer()
    params = transformer.dump_sequence(read.params, [PyFormat.TEXT] * len(read.params)) if read.params else ()
    return Call(_numbered(read.sql), [bytes(p) if p is not None else None for p in params])


def row(result: PGresult) -> tuple[Any, ...] | None:
    """The first row in Python's types, or None."""
    if not result.ntuples:
        return None
    transformer = Transformer()
    transformer.set_pgresult(result)
    return transformer.load_row(0, tuple)


@lru_cache(maxsize=512)
def _numbered(sql: str) -> Statement:
    parts = sql.split("%s")
    text = parts[0]
    for number, part in enumerate(parts[1:], 1):
        text += f"${number}{part}"
    return statement(text.replace("%%", "%"))
