"""Sheets of people for the tests: as a clerk makes them, and as nobody should."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl

from tongban.kernel.codes import citizen_id

HEAD = ("姓名", "公民身份号码", "从事的放射工作", "开始（拟）从事日期")


def number(serial: int) -> str:
    """A sound identity number of somebody born in 1990."""
    first = f"429901199001{serial % 28 + 1:02d}{serial // 28:03d}"
    return first + citizen_id.check_character(first)


def people(count: int) -> list[tuple[str, str, str, str]]:
    return [(f"张{n}", number(n), "X射线影像诊断", "2026-03-09") for n in range(1, count + 1)]


def as_csv(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD, encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Sequence[Sequence[Any]], head: Sequence[Any] = HEAD, *, merge: str = "", **sheets: str) -> bytes:
    """`sheets`: further sheets, title -> state."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    for title, state in sheets.items():
        book.create_sheet(title).sheet_state = state
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(xlsx: bytes, name: str, data: bytes) -> bytes:
    """The same workbook with one more part, or with one replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, data)
    return out.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()
