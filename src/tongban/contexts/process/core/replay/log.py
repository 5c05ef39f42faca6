"""A whole log in few numbers: which sequences of activities it holds, which case took which, and when.

A case costs a few dozen bytes and a sequence is held once, so that the log itself need not be held.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from tongban.contexts.process.core.replay.recorded import Trace
from tongban.contexts.process.core.replay.refusals import LogEmpty

Variant = tuple[int, ...]  # places of its activities in `Log.activities`


@dataclass
class Log:
    """What a log records. `events`: all of them; `not_done`: those that complete nothing, by their step of life.

    `untimely`: how many cases have an event that is earlier than the one before it.
    """

    activities: list[str] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    cases: list[tuple[str, int]] = field(default_factory=list)  # name, place of its variant
    seconds: array[float] = field(default_factory=lambda: array("d"))  # from first to last event, by case
    events: int = 0
    not_done: Counter[str] = field(default_factory=Counter)
    untimely: int = 0
    first: datetime | None = None
    last: datetime | None = None
    _activity: dict[str, int] = field(default_factory=dict, repr=False)
    _variant: dict[Variant, int] = field(default_factory=dict, repr=False)

    def add(self, trace: Trace) -> None:
        """Take up one case."""
        self.events += len(trace.events)
        taken = []
        for event in trace.events:
            if not event.is_done:
                self.not_done[event.step] += 1
                continue
            place = self._activity.setdefault(event.activity, len(self.activities))
            if place == len(self.activities):
                self.activities.append(event.activity)
            taken.append(place)
        variant = tuple(taken)
        number = self._variant.setdefault(variant, len(self.variants))
        if number == len(self.variants):
            self.variants.append(variant)
        self.cases.append((trace.case, number))
        self._times(trace)

    def _times(self, trace: Trace) -> None:
        moments = [event.at for event in trace.events]
        if not moments:
            self.seconds.append(0.0)
            return
        low, high = min(moments), max(moments)
        self.untimely += any(after < before for before, after in pairwise(moments))
        self.seconds.append((high - low) / timedelta(seconds=1))
        self.first = low if self.first is None else min(low, self.first)
        self.last = high if self.last is None else max(high, self.last)

    def counted(self) -> Iterator[tuple[Variant, int]]:
        """Each sequence with the number of cases that took it, the most frequent first."""
        numbers = Counter(variant for _, variant in self.cases)
        return ((self.variants[variant], count) for variant, count in numbers.most_common())


def collect(traces: Iterable[Trace]) -> Log:
    """All of `traces`. Refuses `LogEmpty` when there is no event that completes anything."""
    log = Log()
    for trace in traces:
        log.add(trace)
    return whole(log)


def whole(log: Log) -> Log:
    """`log` when something is in it. Refuses `LogEmpty`."""
    if not log.activities:
        raise LogEmpty(1)
    return log


@dataclass(frozen=True)
class Figures:
    """What a log looks like, without any route: counts by activity, by follower, and how long cases took."""

    activities: dict[str, int]
    starts: dict[str, int]
    ends: dict[str, int]
    follows: dict[tuple[str, str], int]
    seconds: dict[str, float]  # mean, median, p90, max


def figures(log: Log) -> Figures:
    """The figures of `log`; the most frequent come first."""
    activities: Counter[int] = Counter()
    starts: Counter[int] = Counter()
    ends: Counter[int] = Counter()
    follows: Counter[tuple[int, int]] = Counter()
    for variant, count in log.counted():
        for activity in variant:
            activities[activity] += count
        for pair in pairwise(variant):
            follows[pair] += count
        if variant:
            starts[variant[0]] += count
            ends[variant[-1]] += count
    name = log.activities
    return Figures(
        {name[each]: count for each, count in activities.most_common()},
        {name[each]: count for each, count in starts.most_common()},
        {name[each]: count for each, count in ends.most_common()},
        {(name[a], name[b]): count for (a, b), count in follows.most_common()},
        spread(log.seconds),
    )


def spread(values: Iterable[float]) -> dict[str, float]:
    """Mean, median, 90th percentile (between neighbours) and maximum; all 0 when there are none."""
    ordered = sorted(values)
    if not ordered:
        return {"mean": 0.0, "median": 0.0, "p90": 0.0, "max": 0.0}
    return {
        "mean": sum(ordered) / len(ordered),
        "median": _quantile(ordered, 0.5),
        "p90": _quantile(ordered, 0.9),
        "max": ordered[-1],
    }


def _quantile(ordered: list[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
