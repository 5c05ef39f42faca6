"""From two states to the rows that changed between them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from tongban.foundation.ledger.codec import encode_rows
from tongban.foundation.ledger.contract import Due, Kind, Rows, Table
from tongban.foundation.ledger.statements import DUE, Change

EMPTY = Rows(tables={})


def rows_of(kind: Kind[Any], stream_id: str, state: Any) -> Rows:
    """What `state` stands for; `TypeError` where it names a table that the kind does not declare."""
    rows = kind.rows(stream_id, state)
    if not rows.tables.keys() <= _tables(kind.tables).keys():
        raise TypeError(f"{kind.name}: rows() names a table that is not among the kind's tables")
    return rows


def due_rows(stream_id: str, due: Sequence[Due]) -> list[tuple[Any, ...]]:
    """Due work as rows of the due table."""
    return [(stream_id, d.key, d.queue, d.name, d.at, dict(d.args)) for d in due]


def changes(kind: Kind[Any], stream_id: str, old: Rows, new: Rows) -> tuple[tuple[Change, ...], list[bytes]]:
    """Which tables change, and the JSON parameters of the change in the order `statements.write` wants them."""
    shapes: list[Change] = []
    params: list[bytes] = []
    for table in kind.tables:
        _diff(table, old.tables.get(table.name, ()), new.tables.get(table.name, ()), shapes, params)
    if old.due or new.due:
        _diff(DUE, due_rows(stream_id, old.due), due_rows(stream_id, new.due), shapes, params)
    return tuple(shapes), params


def _diff(
    table: Table,
    old: Sequence[tuple[Any, ...]],
    new: Sequence[tuple[Any, ...]],
    shapes: list[Change],
    params: list[bytes],
) -> None:
    key = _key(table)
    before = {key(row): row for row in old}
    after = {key(row): row for row in new}
    if len(after) != len(new):
        raise TypeError(f"two rows of {table.name} have the same key")
    columns = table.columns
    inserts = [dict(zip(columns, row, strict=True)) for k, row in after.items() if k not in before]
    updates = [dict(zip(columns, row, strict=True)) for k, row in after.items() if k in before and before[k] != row]
    deletes = [dict(zip(columns, row, strict=True)) for k, row in before.items() if k not in after]
    if inserts or updates or deletes:
        shapes.append(Change(table, bool(inserts), bool(updates), bool(deletes)))
        params.extend(encode_rows(rows) for rows in (inserts, updates, deletes) if rows)


@lru_cache(maxsize=256)
def _key(table: Table) -> itemgetter[Any]:
    return itemgetter(*(table.columns.index(column) for column in table.key))


@lru_cache(maxsize=64)
def _tables(tables: tuple[Table, ...]) -> dict[str, Table]:
    return {table.name: table for table in tables}
