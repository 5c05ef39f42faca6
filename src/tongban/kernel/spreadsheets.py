"""Cells that people open in a spreadsheet."""

from __future__ import annotations

from typing import Final

#: With these a spreadsheet takes a cell for a formula, and runs it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_text(cell: str) -> str:
    """`cell` so that no spreadsheet runs it: what would be a formula is shown as text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
