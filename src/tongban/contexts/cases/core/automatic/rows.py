"""What this area adds to worktables and to what is due: pure functions of the state."""

from __future__ import annotations

from datetime import date

from tongban.contexts.cases.core.state import CaseState, Task
from tongban.foundation.ledger.contract import Due


def tasks(state: CaseState) -> list[tuple[Task, date | None]]:
    """Standing work beside the route, each with its own due day."""
    return []


def due(state: CaseState) -> list[Due]:
    """What the worker does for this area, and when."""
    return []
