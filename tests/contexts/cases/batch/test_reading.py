"""A sheet is read as a clerk meant it, or refused with the place before anything starts."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contexts.cases.batch.sheets import HEAD, as_csv, as_xlsx, number, people, with_part
from tests.contexts.cases.world import item
from tongban.contexts.cases.core.batch.sheet import refusals as r
from tongban.contexts.cases.core.batch.sheet.checking import checked
from tongban.contexts.cases.core.batch.sheet.columns import columns_of
from tongban.contexts.cases.core.batch.sheet.from_csv import decoded
from tongban.contexts.cases.core.batch.sheet.grid import cell_name
from tongban.contexts.cases.core.batch.sheet.making import mending_csv, mending_xlsx, template_csv, template_xlsx
from tongban.contexts.cases.core.batch.sheet.reading import Sheet, read_sheet
from tongban.contexts.catalogue.core.items import Text
from tongban.kernel.refusals import Refusal

MOST = 500


def read(data: bytes, most: int = MOST) -> Sheet:
    return read_sheet(data, item("RAD-CERT"), most=most)


def reasons(data: bytes) -> list[tuple[str, str, str]]:
    """(cell, reason, detail) of everything that is wrong in a sheet."""
    sheet = read(data)
    found = checked(item("RAD-CERT"), {}, sheet.rows, known={})
    return [
        (f"{sheet.letters[one.field]}{row.number}", one.reason, one.detail) for row in found for one in row.problems
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_in_any_customary_encoding(encoding: str) -> None:
    sheet = read(as_csv(people(3), encoding=encoding))
    assert [row.values["worker_name"] for row in sheet.rows] == ["张1", "张2", "张3"]
    assert [row.number for row in sheet.rows] == [2, 3, 4]
    assert reasons(as_csv(people(3), encoding=encoding)) == []


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_separators(sign: str) -> None:
    data = as_csv(people(2)).replace(b",", sign.encode())
    assert len(read(data).rows) == 2


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        ("Name", "Citizen identity number", "Kind of radiation work", "Start of the work"),
        ("worker_name", "worker_id", "work", "start_date"),
        ("姓名 ", "公民身份号码*", "从事的放射工作：", "开始(拟)从事日期"),
    ],
)
def test_headers_in_chinese_in_english_or_as_ids(head: tuple[str, ...]) -> None:
    for data in (as_csv(people(1), head), as_xlsx(people(1), head)):
        assert read(data).rows[0].values == {
            "worker_name": "张1", "worker_id": number(1), "work": "diagnosis", "start_date": "2026-03-09",
        }  # fmt: skip


def test_columns_in_another_order_and_blank_rows_between() -> None:
    first, second = (number(1), "甲", "2026/3/9", "核医学"), (number(2), "乙", "", "放射治疗")
    data = as_xlsx([first, [], second], (HEAD[1], HEAD[0], HEAD[3], HEAD[2]))
    sheet = read(data)
    assert [row.number for row in sheet.rows] == [2, 4]
    assert sheet.letters == {"worker_id": "A", "worker_name": "B", "start_date": "C", "work": "D"}


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (datetime.fromisoformat("2026-03-09"), "2026-03-09"), (date(2026, 3, 9), "2026-03-09"), (46090, "2026-03-09"),
        ("2026/3/9", "2026-03-09"), ("2026.3.9", "2026-03-09"), ("2026年3月9日", "2026-03-09"),
        ("20260309", "2026-03-09"), ("２０２６-０３-０９", "2026-03-09"), ("2026-03-09 00:00:00", "2026-03-09"),
    ],
)  # fmt: skip
def test_days_as_people_and_spreadsheets_write_them(typed: Any, day: str) -> None:
    assert read(as_xlsx([("张一", number(1), "核医学", typed)])).rows[0].values["start_date"] == day


@pytest.mark.parametrize(
    ("row", "cell", "reason"),
    [
        (("", number(1), "核医学", "2026-03-09"), "A2", "missing"),
        (("张一", "429901199001010011", "核医学", "2026-03-09"), "B2", "wrong_number"),
        (("张一", 1.10101199003077e17, "核医学", "2026-03-09"), "B2", "excel_number"),
        (("张一", "1.1E+17", "核医学", "2026-03-09"), "B2", "excel_number"),
        (("张一", number(1), "看片子", "2026-03-09"), "C2", "unknown_option"),
        (("张一", number(1), "核医学", "明天"), "D2", "not_a_date"),
        (("张一", number(1), "核医学", "2026-02-30"), "D2", "not_a_date"),
        (("张" * 51, number(1), "核医学", "2026-03-09"), "A2", "too_long"),
    ],
)
def test_every_wrong_cell_is_named(row: tuple[Any, ...], cell: str, reason: str) -> None:
    assert reasons(as_xlsx([row])) == [(cell, reason, "")]


def test_nobody_stands_in_the_sheet_twice() -> None:
    twice = [*people(3), ("张二", number(2).lower(), "核医学", "2026-03-09")]
    assert reasons(as_csv(twice)) == [("B5", "duplicate", "3")]


@pytest.mark.parametrize(
    ("data", "refusal", "params"),
    [
        (b"", r.SheetEmpty, {}),
        (as_csv([]), r.SheetEmpty, {}),
        (as_xlsx([]), r.SheetEmpty, {}),
        (as_csv([["", "", "", ""]]), r.SheetEmpty, {}),
        (as_csv(people(501)), r.SheetTooLong, {"most": 500, "row": 502}),
        (as_xlsx(people(501)), r.SheetTooLong, {"most": 500, "row": 502}),
        (as_xlsx([("张一", number(1), "核医学", "=TODAY()")]), r.FormulaInSheet, {"cell": "D2"}),
        (as_csv([("张一", number(1), "核医学", "=TODAY()")]), r.FormulaInSheet, {"cell": "D2"}),
        (as_xlsx(people(2), merge="A2:A3"), r.CellsMerged, {"cells": "A2:A3"}),
        (as_csv(people(1), ("名字", *HEAD[1:])), r.HeaderUnknown, {"cell": "A1", "text": "名字"}),
        (as_csv([p[:3] for p in people(1)], HEAD[:3]), r.HeaderMissing, {}),
        (as_csv([(*p, "x") for p in people(1)], (*HEAD, "姓名")), r.HeaderTwice, {"first": "A1", "second": "E1"}),
        (as_csv(people(2)) + as_csv(people(1), ("陈", "丙", "核医学", "x"), "gb18030"), r.EncodingsMixed, {"line": 4}),
        (as_csv(people(2)).replace("张2".encode(), b"\0"), r.NotText, {"line": 3}),
        (as_csv(people(2)).replace("张2".encode(), b"\xff\xff"), r.NotText, {"line": 3}),
        (b"%PDF-1.7", r.SheetTypeUnknown, {}),
        (b"<html><table>", r.SheetTypeUnknown, {}),
        (b"PK\x03\x04 broken", r.SheetBroken, {}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r.SheetOldFormat, {}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), r.SheetLocked, {}),
        (with_part(as_xlsx(people(1)), "xl/vbaProject.bin", b"macro"), r.SheetMacros, {}),
        (with_part(as_xlsx(people(1)), "xl/big.xml", b" " * (49 << 20)), r.SheetBomb, {}),
        (with_part(as_xlsx(people(1)), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), r.SheetBroken, {}),
        (b"x" * (9 << 20), r.SheetTooLarge, {}),
    ],
)
def test_a_bad_sheet_is_refused_with_the_place(data: bytes, refusal: type[Refusal], params: dict[str, Any]) -> None:
    with pytest.raises(r.SheetRefused) as caught:
        read(data)
    assert type(caught.value) is refusal
    assert params.items() <= dict(caught.value.params).items()
    assert caught.value.message % caught.value.params


def test_ten_thousand_people_are_read_and_one_more_is_not() -> None:
    rows = [(f"张{n}", str(n), "核医学", "2026-03-09") for n in range(10_001)]
    assert len(read(as_csv(rows[:-1]), most=10_000).rows) == 10_000
    for data in (as_csv(rows), as_xlsx(rows)):
        with pytest.raises(r.SheetTooLong) as caught:
            read(data, most=10_000)
        assert caught.value.params["row"] == 10_002


def test_entities_are_never_unfolded() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">]><worksheet>&a;</worksheet>'
    with pytest.raises(r.SheetBroken):
        read(with_part(as_xlsx(people(1)), "xl/worksheets/sheet1.xml", bomb))


def test_a_locked_archive_is_no_workbook() -> None:
    data = bytearray(as_xlsx(people(1)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as found:
        assert found.infolist()
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1  # the flag of encryption
    with pytest.raises(r.SheetLocked):
        read(bytes(data))


def test_other_sheets_are_passed_over_with_a_note_and_hidden_ones_never_read() -> None:
    sheet = read(as_xlsx(people(1), 旧名单="visible", 密="hidden"))
    assert len(sheet.rows) == 1
    assert "旧名单" in sheet.notes[0].zh
    assert "密" in sheet.notes[0].zh


def test_a_sheet_of_the_gb_family_is_not_taken_for_two_files() -> None:
    assert decoded("姓名,性别\n联通,男\n移动,女".encode("gb18030")) == "姓名,性别\n联通,男\n移动,女"


def _say(text: Text) -> str:
    return text.zh


names = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20)
works = st.sampled_from(("X射线影像诊断", "介入放射学", "放射治疗", "核医学"))
days = st.dates(date(1990, 1, 1), date(2035, 12, 31))
filled = st.lists(st.tuples(names, works, days), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(filled, st.booleans())
def test_what_is_filled_into_the_template_is_what_is_read(rows: list[tuple[str, str, date]], csv: bool) -> None:
    one = item("RAD-CERT")
    lines = [(name, number(n), work, day.isoformat()) for n, (name, work, day) in enumerate(rows)]
    if csv:
        head = template_csv(one, _say).decode("utf-8-sig").strip().split(",")
        data = as_csv(lines, head)
    else:
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(template_xlsx(one, _say, explain=lambda field: field.id)))
        for line in lines:
            book.worksheets[0].append(line)
        out = io.BytesIO()
        book.save(out)
        data = out.getvalue()
    sheet = read(data)
    labels = {option.label.zh: option.value for field in columns_of(one).fields for option in field.options}
    asked = [field.id for field in columns_of(one).fields if field.required]  # the training date may be left out
    assert [tuple(row.values[key] for key in asked) for row in sheet.rows] == [
        (name, number_, labels[work], day) for name, number_, work, day in lines
    ]
    assert reasons(data) == []
    assert sheet.notes == ()


def test_a_list_to_mend_can_come_back_as_it_is() -> None:
    one = item("RAD-CERT")
    rows = [("张一", "1", "=1+1", "明天"), ("李二", number(2), "核医学", "2026-03-09")]
    sheet = read(as_xlsx([(n, i, f"'{w}" if w.startswith("=") else w, d) for n, i, w, d in rows]))
    bad = checked(one, {}, sheet.rows, known={})
    for made in (mending_csv(one, bad, _say, lambda row: "看这里"), mending_xlsx(one, bad, _say, lambda row: "看这里")):
        again = read(made)
        assert [row.shown["worker_name"] for row in again.rows] == ["张一", "李二"]
        assert again.rows[1].values == sheet.rows[1].values
    assert b"=1+1" not in mending_csv(one, bad, _say, lambda row: "").replace(b"'=1+1", b"")


def test_cells_are_named_as_spreadsheets_name_them() -> None:
    assert [cell_name(n, 7) for n in (0, 1, 25, 26, 27, 701, 702)] == ["A7", "B7", "Z7", "AA7", "AB7", "ZZ7", "AAA7"]
