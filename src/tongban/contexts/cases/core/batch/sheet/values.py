"""From a cell to an answer: forgiving about how people write, strict about what was lost on the way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from tongban.contexts.cases.core.batch.sheet.columns import bare
from tongban.contexts.cases.core.batch.sheet.grid import Cell
from tongban.contexts.catalogue.core.items import Field

Value = str | list[str]

#: What a spreadsheet makes of eighteen digits: a number with fifteen of them.
_TURNED = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
_PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
#: Days of spreadsheets that can be meant: 1927 to 2119.
_SERIALS = range(10_000, 80_000)


def answer(field: Field, cell: Cell, *, epoch_1904: bool = False) -> tuple[Value, str]:
    """The answer in a cell and the reason code why it is none: "", or "excel_number", "not_a_date", "unknown_option".

    What the answer must be beyond that is said by `answers.problem`, as for every form.
    """
    text = _CONTROL.sub("", cell.text).strip()
    if not text:
        return "", ""
    if field.kind == "date":
        return _day(cell, text, epoch_1904)
    return _READERS.get(field.kind, _text)(field, cell, text)


def _text(field: Field, cell: Cell, text: str) -> tuple[Value, str]:
    return unicodedata.normalize("NFC", text), ""


def _code(field: Field, cell: Cell, text: str) -> tuple[Value, str]:
    """Numbers that are names: an identity number, a credit code. Eighteen digits do not survive being a number."""
    if _TURNED.fullmatch(text) or (cell.number is not None and abs(cell.number) >= 1e15):
        return text, "excel_number"
    return re.sub(r"[\s'’-]", "", unicodedata.normalize("NFKC", text)).upper(), ""


def _phone(field: Field, cell: Cell, text: str) -> tuple[Value, str]:
    if _TURNED.fullmatch(text):
        return text, "excel_number"
    return re.sub(r"[\s()（）'’]", "", unicodedata.normalize("NFKC", text)), ""


def _whole(field: Field, cell: Cell, text: str) -> tuple[Value, str]:
    return re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", text)), ""


def _chosen(field: Field, cell: Cell, text: str) -> tuple[Value, str]:
    value = _option(field, text)
    return (value, "") if value else (text, "unknown_option")


def _several(field: Field, cell: Cell, text: str) -> tuple[Value, str]:
    parts = [part for part in re.split(r"[、,，;；/]", text) if part.strip()]
    values = [_option(field, part) for part in parts]
    return ([value for value in values if value], "") if all(values) else (text, "unknown_option")


def _option(field: Field, text: str) -> str:
    names: Mapping[str, str] = {
        bare(name): option.value
        for option in field.options
        for name in (option.value, option.label.zh, option.label.en)
    }
    return names.get(bare(text), "")


def _day(cell: Cell, text: str, epoch_1904: bool) -> tuple[Value, str]:
    if cell.number is not None and cell.number in _SERIALS:
        start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
        return (start + timedelta(days=int(cell.number))).isoformat(), ""
    plain = unicodedata.normalize("NFKC", text)
    found = _DAY.fullmatch(plain) or _PLAIN_DAY.fullmatch(plain)
    if found is None:
        return text, "not_a_date"
    try:
        return date(*(int(part) for part in found.groups())).isoformat(), ""
    except ValueError:
        return text, "not_a_date"


_READERS: Mapping[str, Callable[[Field, Cell, str], tuple[Value, str]]] = {
    "citizen_id": _code,
    "credit_code": _code,
    "phone": _phone,
    "integer": _whole,
    "money": _whole,
    "choice": _chosen,
    "multi": _several,
}
