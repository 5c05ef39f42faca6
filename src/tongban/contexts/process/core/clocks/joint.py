"""Joint handling: when the clock of the whole stands because all of its parts do (STANDARDS §15 vector 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongban.contexts.process.core.clocks.limits import DAY, Stretches, Suspension, union


@dataclass(frozen=True)
class Child:
    """One part of a joint handling: it runs from `start` to `end` (None = still), both inclusive."""

    start: date
    end: date | None = None
    suspensions: tuple[Suspension, ...] = ()


def joint_suspensions(children: Sequence[Child], cause: str = "all_stopped") -> tuple[Suspension, ...]:
    """The days on which at least one part runs and every running part is stopped: only then the whole stands still."""
    pairs = [(child, union(child.suspensions)) for child in children]
    edges = sorted({edge for child, stops in pairs for edge in _edges(child, stops)})
    found = []
    for first, after in zip(edges, [*edges[1:], None], strict=True):
        running = [(child, stops) for child, stops in pairs if _inside(((child.start, child.end),), first)]
        if running and all(_inside(stops, first) for _, stops in running):
            found.append(Suspension(cause, first, None if after is None else after - DAY))
    return tuple(Suspension(cause, first, last) for first, last in union(found))


def _edges(child: Child, stops: Stretches) -> list[date]:
    """The days on which anything changes."""
    stretches = ((child.start, child.end), *stops)
    return [first for first, _ in stretches] + [last + DAY for _, last in stretches if last is not None]


def _inside(stretches: Stretches, day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in stretches)
