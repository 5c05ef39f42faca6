"""From bytes to rows: encodings, quotes and files that were cut off. Reads a file whole, or refuses it with a line."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Final

from tongban.contexts.catalogue.core.importing.refusals import (
    EncodingUnknown,
    ListCutOff,
    ListEmpty,
    NotAList,
    QuotesBroken,
    TooManyRows,
)

ENCODINGS: Final = ("auto", "utf-8", "gb18030")
MOST_ROWS: Final = 100_000
#: First bytes of files that somebody takes for a CSV.
_OTHERS: Final = (
    (b"PK\x03\x04", "Excel (xlsx)"),
    (b"\xd0\xcf\x11\xe0", "Excel (xls)"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
)
_MULTI_BYTE: Final = re.compile(r"[\u2e80-\uffef]")


@dataclass(frozen=True)
class Row:
    """One row: the line of the file it begins on, and its cells as they were written."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A file as rows. `ended`: the last row ends with a line break, as a whole file's does."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    blank: tuple[int, ...]  # lines that hold nothing
    ended: bool


def read(data: bytes, encoding: str = "auto") -> Table:
    """The rows of a CSV file. `encoding` is one of `ENCODINGS`.

    Refuses `NotAList` (a workbook, a PDF …), `EncodingUnknown`, `ListEmpty`, `ListCutOff`, `QuotesBroken` and
    `TooManyRows`; a file is read whole or not at all.
    """
    for mark, kind in _OTHERS:
        if data.startswith(mark):
            raise NotAList(kind=kind)
    text, used = _decode(data, encoding)
    if "\x00" in text:
        raise EncodingUnknown(line=text[: text.index("\x00")].count("\n") + 1, encoding=used)
    rows, blank = _rows(text)
    ended = text.endswith(("\n", "\r"))
    if not rows or len(rows) == 1:
        raise ListEmpty
    header, last = rows[0].cells, rows[-1]
    if not ended and len(last.cells) < len(header):
        raise ListCutOff(line=last.line)
    return Table(header, tuple(rows[1:]), used, tuple(blank), ended)


def _rows(text: str) -> tuple[list[Row], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text))
    rows: list[Row] = []
    blank: list[int] = []
    line = 1
    try:
        for cells in reader:
            if cells:
                rows.append(Row(line, tuple(cells)))
            else:
                blank.append(line)
            if len(rows) > MOST_ROWS + 1:
                raise TooManyRows(limit=MOST_ROWS)
            line = reader.line_num + 1
    except csv.Error as fault:
        if "unexpected end of data" in str(fault):
            raise ListCutOff(line=line) from fault
        raise QuotesBroken(line=line) from fault
    return rows, blank


def _delimiter(text: str) -> str:
    """What stands between cells: a comma, unless the titles hold none and are parted by tabs or semicolons."""
    titles = next((line for line in text.splitlines() if line.strip()), "")
    return next((sign for sign in "\t;" if sign in titles and "," not in titles), ",")


def _decode(data: bytes, encoding: str) -> tuple[str, str]:
    """The text and the encoding it was in. A wrong guess would alter names in silence, so doubt is refused."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16"), "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return _strict(data[3:], "utf-8"), "utf-8"
    if encoding == "utf-8" or (encoding == "auto" and _looks_like_utf8(data)):
        return _strict(data, "utf-8"), "utf-8"
    if encoding == "gb18030" and _looks_like_utf8(data) and not data.isascii():
        raise EncodingUnknown(line=_line(data, next(i for i, byte in enumerate(data) if byte > 127)), encoding=encoding)
    return _strict(data, "gb18030"), "gb18030"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        if fault.end >= len(data) - 1 and fault.start > 0 and fault.reason in _UNFINISHED:
            raise ListCutOff(line=_line(data, fault.start)) from fault
        raise EncodingUnknown(line=_line(data, fault.start), encoding=encoding) from fault


_UNFINISHED: Final = {"unexpected end of data", "incomplete multibyte sequence", "truncated data"}


def _looks_like_utf8(data: bytes) -> bool:
    """Whether it is UTF-8, perhaps with a few broken bytes: many whole characters to few broken ones."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return broken == 0 or len(_MULTI_BYTE.findall(text)) > 8 * broken


def _line(data: bytes, position: int) -> int:
    return data[:position].count(b"\n") + 1
