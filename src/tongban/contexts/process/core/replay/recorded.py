"""What a log records: cases with their events, as values, and where each may be read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tongban.contexts.process.core.replay.refusals import LogTimeUnreadable, LogTooLarge
from tongban.kernel.clock import CHINA

#: Steps in the life of an activity that do not complete it (XES lifecycle extension): told apart, not replayed.
NOT_DONE: Final = frozenset(
    {"schedule", "assign", "reassign", "start", "suspend", "resume", "withdraw"}
    | {"ate_abort", "pi_abort", "autoskip", "manualskip"}
)
MOST_EVENTS: Final = 5_000_000
MOST_IN_CASE: Final = 100_000
MOST_ACTIVITIES: Final = 10_000
LONGEST_VALUE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event: what was done, when, and the step of its life in lower case ("" = not said)."""

    activity: str
    at: datetime
    step: str = ""

    @property
    def is_done(self) -> bool:
        return self.step not in NOT_DONE


@dataclass(frozen=True, slots=True)
class Trace:
    """One case of a log, its events in their order; `line` is where it begins."""

    case: str
    events: tuple[Recorded, ...]
    line: int


def moment(text: str, line: int, case: str) -> datetime:
    """The moment that `text` says in ISO 8601; without an offset it is China's official time.

    Refuses `LogTimeUnreadable`.
    """
    try:
        at = datetime.fromisoformat(text.strip())
        if at.tzinfo is None:
            at = at.replace(tzinfo=CHINA)
        at.timestamp()
    except (ValueError, OverflowError):
        raise LogTimeUnreadable(line, value=text[:40], case=case) from None
    return at


class Counter:
    """Counts what is read and refuses `LogTooLarge` when it becomes too much."""

    def __init__(self) -> None:
        self.events = 0
        self.activities: dict[str, str] = {}

    def activity(self, name: str, line: int) -> str:
        """`name`, the same object each time, so that a long log holds each name once."""
        known = self.activities.get(name)
        if known is None:
            if len(self.activities) >= MOST_ACTIVITIES:
                raise LogTooLarge(line, limit=f"concept:name ≤ {MOST_ACTIVITIES}")
            known = self.activities[name] = name
        return known

    def event(self, in_case: int, line: int) -> None:
        """One more event, the `in_case`-th of its case."""
        self.events += 1
        if self.events > MOST_EVENTS or in_case > MOST_IN_CASE:
            limit = f"event/trace ≤ {MOST_IN_CASE}" if in_case > MOST_IN_CASE else f"event ≤ {MOST_EVENTS}"
            raise LogTooLarge(line, limit=limit)
