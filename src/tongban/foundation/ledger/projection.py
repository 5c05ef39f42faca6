"""From two states to the rows that changed between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from tongban.foundation.ledger.codec import encode_json, encode_rows
from tongban.foundation.ledger.contract import Due, Kind, Rows, Table
from tongban.foundation.ledger.statements import DUE, FEW, MANY, Change, own_columns

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


def changes(kind: Kind[Any], stream_id: str, old: Rows, new: Rows) -> tuple[tuple[Change, ...], list[bytes | None]]:
    """Which tables change, and the parameters of the change in the order `statements.write` wants them."""
    shapes: list[Change] = []
    params: list[bytes | None] = []
    for table in kind.tables:
        _check_owner(table, stream_id, new.tables.get(table.name, ()))
        _diff(table, old.tables.get(table.name, ()), new.tables.get(table.name, ()), shapes, params)
    if old.due or new.due:
        _diff(DUE, due_rows(stream_id, old.due), due_rows(stream_id, new.due), shapes, params)
    return tuple(shapes), params


def _check_owner(table: Table, stream_id: str, rows: Sequence[tuple[Any, ...]]) -> None:
    place = table.columns.index("stream_id")
    if any(row[place] != stream_id for row in rows):
        raise TypeError(f"a row of {table.name} does not carry the id of its stream")


def _diff(
    table: Table,
    old: Sequence[tuple[Any, ...]],
    new: Sequence[tuple[Any, ...]],
    shapes: list[Change],
    params: list[bytes | None],
) -> None:
    key = _key(table)
    before = {key(row): row for row in old}
    after = {key(row): row for row in new}
    if len(after) != len(new):
        raise TypeError(f"two rows of {table.name} have the same key")
    inserts = [row for k, row in after.items() if k not in before]
    updates = [row for k, row in after.items() if k in before and before[k] != row]
    deletes = [row for k, row in before.items() if k not in after]
    if inserts or updates or deletes:
        shapes.append(Change(table, *(len(rows) if len(rows) <= FEW else MANY for rows in (inserts, updates, deletes))))
        _add(params, table, table.columns, inserts)
        _add(params, table, table.columns, updates)
        _add(params, table, table.key, deletes)


def _add(params: list[bytes | None], table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """The rows as parameters, without the stream id, which `statements` takes from the stream."""
    places = _places(table, columns)
    if len(rows) > FEW:
        params.append(encode_rows([{name: row[place] for name, place, _ in places} for row in rows]))
    else:
        params.extend(_parameter(row[place], type_) for row in rows for _, place, type_ in places)


def _parameter(value: Any, type_: str) -> bytes | None:
    """One value in PostgreSQL's text format, as the same value in JSON would be read by it."""
    if value is None:
        return None
    if type_.endswith("[]"):
        return _array(value)
    if type_ in ("json", "jsonb"):
        return encode_json(value)
    if type(value) is bool:
        return b"t" if value else b"f"
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, (date, datetime)):
        return value.isoformat().encode()
    return str(value).encode()


def _array(values: Sequence[Any]) -> bytes:
    """A one-dimensional array literal."""
    texts = ("NULL" if value is None else _quoted(str(value)) for value in values)
    return ("{" + ",".join(texts) + "}").encode()


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@lru_cache(maxsize=256)
def _places(table: Table, columns: tuple[str, ...]) -> tuple[tuple[str, int, str], ...]:
    """Name, place and type of each of `columns` but the stream id."""
    places = ((column, table.columns.index(column)) for column in own_columns(columns))
    return tuple((column, place, table.types[place]) for column, place in places)


@lru_cache(maxsize=256)
def _key(table: Table) -> itemgetter[Any]:
    return itemgetter(*(table.columns.index(column) for column in table.key))


@lru_cache(maxsize=64)
def _tables(tables: tuple[Table, ...]) -> dict[str, Table]:
    return {table.name: table for table in tables}
