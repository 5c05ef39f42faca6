"""CSV as hospitals' computers write it: UTF-8 with or without a mark, or GB18030; commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io

from tongban.contexts.cases.core.batch.sheet.grid import MOST_COLUMNS, Cell, Grid, Line, cell_name
from tongban.contexts.cases.core.batch.sheet.refusals import (
    EncodingsMixed,
    FormulaInSheet,
    NotText,
    SheetBroken,
    SheetTooLong,
)

_BOM = b"\xef\xbb\xbf"
_DELIMITERS = ",;\t"


def read_csv(data: bytes, *, most: int) -> Grid:
    """The rows of a CSV file, the header first; at most `most` after it.

    Refuses SheetTooLong, FormulaInSheet, EncodingsMixed, NotText, SheetBroken.
    """
    text = decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    lines: list[Line] = []
    try:
        for number, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            cells = tuple(Cell(value.strip()) for value in values[: MOST_COLUMNS + 1])
            if not any(cell.text for cell in cells):
                continue
            if len(lines) > most:
                raise SheetTooLong(most=most, row=number)
            for column, cell in enumerate(cells):
                if cell.text.startswith("="):
                    raise FormulaInSheet(cell=cell_name(column, number))
            lines.append(Line(number, cells))
    except csv.Error as error:
        raise SheetBroken from error
    return Grid(tuple(lines))


def decoded(data: bytes) -> str:
    """The text of a file in one of the encodings. Refuses NotText and EncodingsMixed, naming the line."""
    body = data.removeprefix(_BOM)
    if b"\0" in body:
        raise NotText(line=body[: body.index(b"\0")].count(b"\n") + 1)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = body[: error.start].count(b"\n") + 1
    lines = body.split(b"\n")
    modern = next((n for n, line in enumerate(lines, 1) if _is_chinese_utf8(line)), 0)
    if modern and _is_gb18030(lines[wrong - 1]):
        raise EncodingsMixed(line=wrong, other=modern)
    if modern or data.startswith(_BOM):
        raise NotText(line=wrong)
    try:
        return body.decode("gb18030")
    except UnicodeDecodeError as error:
        raise NotText(line=body[: error.start].count(b"\n") + 1) from None


def _is_chinese_utf8(line: bytes) -> bool:
    """Whether every sign of `line` beyond ASCII is Chinese when read as UTF-8: text in GB18030 never looks like that
    by accident for more than a sign or two."""
    if line.isascii():
        return False
    try:
        signs = [sign for sign in line.decode("utf-8") if sign > "\x7f"]
    except UnicodeDecodeError:
        return False
    return all("\u4e00" <= sign <= "\u9fff" or "\u3000" <= sign <= "\u303f" or sign >= "\uff00" for sign in signs)


def _is_gb18030(line: bytes) -> bool:
    try:
        line.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
