"""A sheet as it came, read as a whole: which kind of file, which columns, which people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tongban.contexts.cases.core.batch.sheet.columns import columns_of, placed
from tongban.contexts.cases.core.batch.sheet.from_csv import read_csv
from tongban.contexts.cases.core.batch.sheet.from_xlsx import read_xlsx
from tongban.contexts.cases.core.batch.sheet.grid import BLANK, Grid, letters
from tongban.contexts.cases.core.batch.sheet.refusals import (
    SheetEmpty,
    SheetLocked,
    SheetOldFormat,
    SheetTooLarge,
    SheetTypeUnknown,
)
from tongban.contexts.cases.core.batch.sheet.values import Value, answer
from tongban.contexts.catalogue.core.items import Item
from tongban.kernel.refusals import Words

MOST_MIB = 8
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"GIF8", b"\x1f\x8b")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a row: the question (or material), a reason code, and what it is about."""

    field: str
    reason: str
    detail: str = ""


@dataclass(frozen=True)
class Row:
    """One person: the row of the sheet, the answers, what stood in the cells, and what is wrong so far."""

    number: int
    values: dict[str, Value]
    shown: dict[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What was read: the column (letters) of every question, the people, and what was passed over."""

    letters: dict[str, str]
    rows: tuple[Row, ...]
    notes: tuple[Words, ...] = ()


def read_sheet(data: bytes, item: Item, *, most: int) -> Sheet:
    """Read a sheet of at most `most` people. Refuses what `refusals.SheetRefused` stands for, naming the place."""
    if len(data) > MOST_MIB * 1024 * 1024:
        raise SheetTooLarge(mib=MOST_MIB)
    grid = _grid(data, most)
    if len(grid.lines) < 2:
        raise SheetEmpty
    columns = columns_of(item)
    places = placed(columns, grid.lines[0])
    rows = tuple(_row(grid, line, places, columns) for line in grid.lines[1:])
    rows = tuple(row for row in rows if row.shown)
    if not rows:
        raise SheetEmpty
    return Sheet({key: letters(column) for key, column in places.items()}, rows, grid.notes)


def _grid(data: bytes, most: int) -> Grid:
    if not data.strip():
        raise SheetEmpty
    if data.startswith(_OLE):
        raise SheetLocked if _ENCRYPTED in data else SheetOldFormat
    if data.startswith(b"PK"):
        return read_xlsx(data, most=most)
    if data.startswith(_OTHERS) or data.lstrip()[:1] == b"<":
        raise SheetTypeUnknown
    return read_csv(data, most=most)


def _row(grid: Grid, line: Any, places: dict[str, int], columns: Any) -> Row:
    values: dict[str, Value] = {}
    shown: dict[str, str] = {}
    problems = []
    for field in columns.fields:
        place = places.get(field.id, -1)
        cell = line.cells[place] if 0 <= place < len(line.cells) else BLANK
        if cell.text:
            shown[field.id] = cell.text[:200]
        value, reason = answer(field, cell, epoch_1904=grid.epoch_1904)
        if reason:
            problems.append(Problem(field.id, reason))
        elif value:
            values[field.id] = value
    return Row(line.number, values, shown, tuple(problems))
