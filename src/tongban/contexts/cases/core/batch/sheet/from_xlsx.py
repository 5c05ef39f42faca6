"""XLSX: a ZIP of XML from anybody, so it is measured before it is opened, and what it could hide is refused."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tongban.contexts.cases.core.batch.sheet.grid import BLANK, MOST_COLUMNS, Cell, Grid, Line, cell_name
from tongban.contexts.cases.core.batch.sheet.refusals import (
    CellsMerged,
    FormulaInSheet,
    SheetBomb,
    SheetBroken,
    SheetEmpty,
    SheetLocked,
    SheetMacros,
    SheetTooLong,
)
from tongban.kernel.refusals import Refusal, Words

#: Ten thousand people in twenty columns unpack to about 10 MB.
MOST_UNPACKED = 48 * 1024 * 1024
MOST_PARTS = 500
#: Rows without anything in them that may stand between people.
MOST_BLANK_ROWS = 100_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([A-Za-z0-9:]{1,30})[\"']")
#: Our own template explains itself on a second sheet; nobody needs to be told that it is not read.
EXPLAINED = ("填写说明", "How to fill it in")


def read_xlsx(data: bytes, *, most: int) -> Grid:
    """The rows of the first visible sheet, the header first; at most `most` after it.

    Refuses SheetBroken, SheetLocked, SheetMacros, SheetBomb, SheetEmpty, SheetTooLong, FormulaInSheet, CellsMerged.
    """
    archive = _opened(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl does not keep are nothing to us
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheets: list[Any] = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not sheets:
                raise SheetEmpty
            chosen = sheets[0]
            lines = tuple(_lines(chosen, most))
            _refuse_merged(archive, chosen)
            passed = [sheet.title for sheet in book.worksheets if sheet is not chosen and sheet.title not in EXPLAINED]
            return Grid(lines, _notes(passed), book.epoch == CALENDAR_MAC_1904)
    except Refusal:
        raise
    except Exception as error:  # openpyxl raises whatever it meets in a hostile file
        raise SheetBroken from error


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise SheetBroken from error
    if any(part.flag_bits & 1 for part in parts):
        raise SheetLocked
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names) or any("macrosheets/" in name for name in names):
        raise SheetMacros
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise SheetBomb
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            _refuse_entities(archive, part)
    return archive


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Office writes no document types: entities are only ever used to swell or to read other files."""
    try:
        with archive.open(part) as file:
            head = file.read(4096)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise SheetBroken from error
    if b"<!" in head.replace(b"<!--", b"") or head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        raise SheetBroken
    if b"macroEnabled" in head:
        raise SheetMacros


def _lines(sheet: Any, most: int) -> Iterator[Line]:
    found = blank = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), 1):
        cells = tuple(_cell(cell, place, number) for place, cell in enumerate(row))
        if not any(cell.text for cell in cells):
            blank += 1
            if blank > MOST_BLANK_ROWS:
                raise SheetBomb
            continue
        found += 1
        if found > most + 1:
            raise SheetTooLong(most=most, row=number)
        yield Line(number, _trimmed(cells))


def _cell(cell: Any, column: int, row: int) -> Cell:
    value = cell.value
    if value is None:
        return BLANK
    if cell.data_type == "f":
        raise FormulaInSheet(cell=cell_name(column, row))
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE")
    if isinstance(value, datetime):
        return Cell(value.date().isoformat() if value.time() == time() else value.isoformat(sep=" "))
    if isinstance(value, date):
        return Cell(value.isoformat())
    if isinstance(value, (int, float)):
        return Cell(_number_text(float(value)), float(value))
    return Cell(str(value).strip())


def _number_text(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    last = max(place for place, cell in enumerate(cells) if cell.text)
    return cells[: last + 1]


def _refuse_merged(archive: zipfile.ZipFile, sheet: Any) -> None:
    found = _MERGED.search(archive.read(sheet._worksheet_path))
    if found:
        raise CellsMerged(cells=found[1].decode())


def _notes(passed: list[str]) -> tuple[Words, ...]:
    if not passed:
        return ()
    names = "、".join(passed[:5])
    return (Words(f"只读了第一张工作表；没有读：{names}。", f"Only the first sheet was read; not read: {names}."),)
