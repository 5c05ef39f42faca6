"""Which columns a sheet has: the questions that the item asks of every person, by any name that a header may give."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from tongban.contexts.cases.core.answers import listed
from tongban.contexts.cases.core.batch.sheet.grid import Line, cell_name
from tongban.contexts.cases.core.batch.sheet.refusals import HeaderMissing, HeaderTwice, HeaderUnknown
from tongban.contexts.catalogue.core.items import Batch, Field, Item
from tongban.kernel.refusals import NotFound, Words

#: The column that lists of errors carry; a corrected list may come back with it.
REASON = Words("哪里要改", "What to mend")


@dataclass(frozen=True)
class Columns:
    """The questions of the sheet in the order of the item, and which of them say who it is."""

    fields: tuple[Field, ...]
    name: str  # id of the column that names the person
    number: str  # id of the column that tells two persons apart

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.id == key)


def batch_of(item: Item) -> Batch:
    """Refuses NotFound for an item that takes no batches."""
    if item.handling is None or item.handling.batch is None:
        raise NotFound
    return item.handling.batch


def columns_of(item: Item) -> Columns:
    """The sheet's columns of an item. Refuses NotFound for one that takes no batches."""
    batch = batch_of(item)
    assert item.handling is not None
    known = {field.id: field for step in item.handling.form for field in step.fields}
    fields = tuple(known[key] for key in batch.sheet)
    return Columns(
        fields=fields,
        name=next(field.id for field in fields if field.kind == "text"),
        number=next(field.id for field in fields if field.kind == "citizen_id"),
    )


def common_fields(item: Item) -> tuple[Field, ...]:
    """The questions that are asked once for all."""
    batch = batch_of(item)
    assert item.handling is not None
    return tuple(field for step in item.handling.form for field in step.fields if field.id not in batch.sheet)


def person_of(item: Item, values: Mapping[str, str | list[str]]) -> tuple[str, str]:
    """Name and identity number of the person that one row is about."""
    columns = columns_of(item)
    return str(values.get(columns.name, "")), str(values.get(columns.number, ""))


def bare(text: str) -> str:
    """A header or an option as it is compared: width, case, spaces and closing marks do not matter."""
    return unicodedata.normalize("NFKC", text).casefold().replace(" ", "").strip("?：:*＊. \t\r\n")


def placed(columns: Columns, header: Line) -> dict[str, int]:
    """Which column of the sheet holds which question. Refuses HeaderUnknown, HeaderTwice, HeaderMissing."""
    names = {bare(name): field.id for field in columns.fields for name in (field.label.zh, field.label.en, field.id)}
    passed = {bare(REASON.zh), bare(REASON.en)}
    places: dict[str, int] = {}
    for column, cell in enumerate(header.cells):
        if not cell.text or bare(cell.text) in passed:
            continue
        key = names.get(bare(cell.text))
        if key is None:
            labels = listed(_label(field) for field in columns.fields)
            raise HeaderUnknown(cell=cell_name(column, header.number), text=cell.text[:40], labels=labels)
        if key in places:
            first, second = (cell_name(place, header.number) for place in (places[key], column))
            raise HeaderTwice(first=first, second=second, label=_label(columns.field(key)))
        places[key] = column
    missing = [field for field in columns.fields if field.required and field.id not in places]
    if missing:
        raise HeaderMissing(labels=listed(_label(field) for field in missing))
    return places


def _label(field: Field) -> Words:
    return Words(field.label.zh, field.label.en)
