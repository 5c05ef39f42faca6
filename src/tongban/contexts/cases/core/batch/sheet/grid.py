"""What stands in a sheet, whatever kind of file it was: cells by row, with the names that people know them by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tongban.kernel.refusals import Words

#: More columns than this no form has.
MOST_COLUMNS = 100


class Cell(NamedTuple):
    """One cell: its text, and its number where the file stores one (dates of spreadsheets are numbers)."""

    text: str = ""
    number: float | None = None


BLANK = Cell()


class Line(NamedTuple):
    """One row that has something in it, by the number it has in the sheet."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """All rows of the sheet that is read, the header first. `notes` say what was passed over."""

    lines: tuple[Line, ...]
    notes: tuple[Words, ...] = ()
    epoch_1904: bool = False


def letters(column: int) -> str:
    """The name of column `column` (from 0): A … Z, AA …"""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_name(column: int, row: int) -> str:
    """ "B7" for column 1 of row 7."""
    return f"{letters(column)}{row}"
