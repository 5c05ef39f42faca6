"""What a case of a batch stands for beside its own rows: its place in the batch. Pure functions of the state."""

from __future__ import annotations

from datetime import date
from typing import Any

from tongban.contexts.cases.core.state import CaseState, Task
from tongban.foundation.ledger.contract import Due, Table

BATCHED = Table(
    name="cases_batched",
    key=("stream_id",),
    columns=("stream_id", "batch", "row", "name", "id_number"),
    types=("uuid", "uuid", "int", "text", "text"),
)


def batched(stream_id: str, state: CaseState) -> list[tuple[Any, ...]]:
    """The one row of a case that came in a batch."""
    if not state.batch:
        return []
    return [(stream_id, state.batch, state.batch_row, state.about, state.about_number)]


def tasks(state: CaseState) -> list[tuple[Task, date | None]]:
    """A batch sets no work beside that of its cases."""
    return []


def due(state: CaseState) -> list[Due]:
    """Nor is anything due for a case because it came in a batch."""
    return []
