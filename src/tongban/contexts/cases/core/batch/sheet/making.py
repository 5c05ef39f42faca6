"""Sheets that the platform makes: the template to fill in, and the list of rows that must be mended."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tongban.contexts.cases.core.batch.sheet.columns import REASON, columns_of
from tongban.contexts.cases.core.batch.sheet.from_xlsx import EXPLAINED
from tongban.contexts.cases.core.batch.sheet.reading import Row
from tongban.contexts.catalogue.core.items import Field, Item, Text
from tongban.kernel.spreadsheets import as_text

#: Chooses the language of a text.
Say = Callable[[Text], str]

_HEAD = PatternFill("solid", fgColor="E6EFEE")
_WIDTH = {"citizen_id": 24, "credit_code": 24, "text": 18, "date": 16}
#: A list in a cell holds no more signs than this; longer ones are explained on the second sheet alone.
_LIST = 250


def template_csv(item: Item, say: Say) -> bytes:
    """The header alone, in UTF-8 with a mark, so that spreadsheets open it as what it is."""
    return _csv([[say(field.label) for field in columns_of(item).fields]])


def template_xlsx(item: Item, say: Say, *, explain: Callable[[Field], str]) -> bytes:
    """A sheet with the header, cells as text, choices to pick from; the second sheet explains every column."""
    book = Workbook()
    _people(book, item, say, [])
    second = book.create_sheet(EXPLAINED[0] if say(Text("zh", "en")) == "zh" else EXPLAINED[1])
    for field in columns_of(item).fields:
        second.append([say(field.label), explain(field)])
    second.column_dimensions["A"].width, second.column_dimensions["B"].width = 26, 80
    for row in second.iter_rows(min_col=2, max_col=2):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
    return _saved(book)


def mending_csv(item: Item, rows: Iterable[Row], say: Say, reasons: Callable[[Row], str]) -> bytes:
    """Rows as they came, each with the reason why it can't be filed; made so that it can be mended and come back."""
    fields = columns_of(item).fields
    head = [*(say(field.label) for field in fields), _reason(say)]
    return _csv([head, *([*_shown(row, fields), as_text(reasons(row))] for row in rows)])


def mending_xlsx(item: Item, rows: Iterable[Row], say: Say, reasons: Callable[[Row], str]) -> bytes:
    """As `mending_csv`, with the choices of the template."""
    book = Workbook()
    fields = columns_of(item).fields
    _people(book, item, say, [[*_shown(row, fields), as_text(reasons(row))] for row in rows])
    return _saved(book)


def _reason(say: Say) -> str:
    return say(Text(REASON.zh, REASON.en))


def _shown(row: Row, fields: Sequence[Field]) -> list[str]:
    return [as_text(row.shown.get(field.id, "")) for field in fields]


def _people(book: Workbook, item: Item, say: Say, rows: list[list[str]]) -> None:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = say(Text("名单", "People"))
    fields = columns_of(item).fields
    sheet.append([*(say(field.label) for field in fields), *([_reason(say)] if rows else [])])
    for place, field in enumerate(fields, 1):
        letter = get_column_letter(place)
        head = sheet.cell(row=1, column=place)
        head.font, head.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[letter].width = _WIDTH.get(field.kind, 20)
        sheet.column_dimensions[letter].number_format = "@"  # eighteen digits stay eighteen digits
        _choices(sheet, field, letter, say)
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, 2):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(row=number, column=place, value=text)
            cell.data_type, cell.number_format = "s", "@"


def _choices(sheet: Worksheet, field: Field, letter: str, say: Say) -> None:
    labels = [say(option.label) for option in field.options]
    listed = ",".join(labels)
    if field.kind != "choice" or len(listed) > _LIST or any("," in label or '"' in label for label in labels):
        return
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}10001")


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(lines)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
