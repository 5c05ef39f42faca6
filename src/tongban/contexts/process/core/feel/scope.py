"""What names mean while an expression runs, and how much running is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tongban.contexts.process.core.feel.refusals import EvaluationTooLong
from tongban.contexts.process.core.feel.values import DateTime

#: Rounds of loops, members of lists and calls that one evaluation may take: enough for any table, an end for a trap.
MOST_STEPS: Final = 500_000
#: Calls within calls.
DEEPEST_CALLS: Final = 60
MISSING: Final = object()


class Running:
    """One evaluation: its steps, its clock, and, where somebody wants to know, what happened."""

    __slots__ = ("calls", "now", "steps", "trace")

    def __init__(self, now: DateTime | None = None, trace: list[Any] | None = None) -> None:
        self.now, self.steps, self.calls, self.trace = now, MOST_STEPS, 0, trace

    def spend(self, steps: int = 1) -> None:
        """Take `steps`; refuses (`EvaluationTooLong`) when none are left."""
        self.steps -= steps
        if self.steps < 0:
            raise EvaluationTooLong


class Scope:
    """Names with their values, and the scope around."""

    __slots__ = ("around", "names", "running")

    def __init__(self, names: Mapping[str, Any], around: Scope | None = None, running: Running | None = None) -> None:
        self.names, self.around = names, around
        self.running: Running = running or (around.running if around is not None else Running())

    def find(self, name: str) -> Any:
        """The value of `name` here or around; MISSING."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.names.get(name, MISSING)
            if found is not MISSING:
                return found
            scope = scope.around
        return MISSING
