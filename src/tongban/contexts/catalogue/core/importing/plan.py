"""A whole list: which rows become drafts and which do not. Nothing is dropped and nothing is chosen in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.contexts.catalogue.core.importing import columns, reading
from tongban.contexts.catalogue.core.importing.agencies import Agencies
from tongban.contexts.catalogue.core.importing.reading import Row, Table
from tongban.contexts.catalogue.core.importing.refusals import ListCutOff
from tongban.contexts.catalogue.core.importing.rows import Draft, Reader, RowRefused, Told, link_differs


@dataclass(frozen=True)
class Plan:
    """What a list would do: `rows == len(drafts) + len(refused)`, and `warnings` about rows that are drafts."""

    rows: int
    drafts: tuple[Draft, ...]
    refused: tuple[Told, ...]
    warnings: tuple[Told, ...]
    encoding: str
    blank: tuple[int, ...]  # lines without anything, which are no rows


def plan(data: bytes, *, encoding: str = "auto", agencies: Agencies | None = None) -> Plan:
    """What becomes of every row of the CSV in `data`.

    A file that cannot be read for certain is refused whole with a `ListRefused` (see `reading` and `columns`). Of
    rows with one implementing code the first is imported; the others are refused as "duplicate" when they say the
    same and as "conflict" when they do not.
    """
    table = reading.read(data, encoding)
    places = columns.find(table.header)
    reader = Reader(table.header, places, agencies or Agencies())
    _refuse_cut_off(table, places)
    drafts: list[Draft] = []
    refused: list[Told] = []
    first: dict[str, Row] = {}
    for number, row in enumerate(table.rows, start=1):
        try:
            _once(reader, row, first)
            drafts.append(reader.draft(number, row))
        except RowRefused as told:
            cells = {column: reader.raw(row, column) for column in told.about} or reader.verbatim(row)
            refused.append(Told(number, row.line, told.reason, told.params, cells))
        else:
            first[reader.raw(row, "item_code").strip().upper()] = row
    warnings = [*reader.warnings, *_same_names(drafts, reader, table)]
    warnings.sort(key=lambda told: told.row)
    return Plan(len(table.rows), tuple(drafts), tuple(refused), tuple(warnings), table.encoding, table.blank)


def _once(reader: Reader, row: Row, first: Mapping[str, Row]) -> None:
    """One implementing code, one row."""
    before = first.get(reader.raw(row, "item_code").strip().upper())
    if before is None or len(row.cells) != len(reader.header):
        return
    titles = list(reader.verbatim(row))
    differing = [
        title for title, old, new in zip(titles, before.cells, row.cells, strict=True) if old.strip() != new.strip()
    ]
    if not differing:
        raise RowRefused("duplicate", ["item_code"], line=before.line)
    raise RowRefused("conflict", [], line=before.line, columns=", ".join(differing))


def _same_names(drafts: list[Draft], reader: Reader, table: Table) -> list[Told]:
    """Two items of one name in one department: perhaps one too many, perhaps not; told, not decided."""
    first: dict[tuple[str, ...], int] = {}
    told: list[Told] = []
    for draft in drafts:
        row = table.rows[draft.row - 1]
        name = tuple(reader.raw(row, column).strip() for column in ("department", "main_item", "name"))
        line = first.setdefault(name, draft.line)
        if line != draft.line:
            cells = {column: reader.raw(row, column) for column in ("department", "name", "item_code")}
            told.append(Told(draft.row, draft.line, "same_name", {"line": line}, cells))
    return told


def _refuse_cut_off(table: Table, places: Mapping[str, int]) -> None:
    """A last row without its line break whose link stops short, where every other link repeats its row's codes."""
    if table.ended or "link" not in places:
        return

    def agrees(row: Row) -> bool:
        values = {column: row.cells[place].strip() for column, place in places.items() if place < len(row.cells)}
        return "=" in values.get("link", "") and not link_differs(values)

    *others, last = table.rows
    whole = others[-1].cells[places["link"]] if others and len(others[-1].cells) > places["link"] else ""
    stops = not agrees(last) or last.cells[places["link"]].count("=") < whole.count("=")
    if others and stops and all(agrees(row) for row in others):
        raise ListCutOff(line=last.line)
