"""A log as read-only history: its cases as lines, with working days, and what passed through each part of a route.

History never enters the ledger: the cases were not handled here. It answers the same questions: which cases, how long,
where they waited, which way they went.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from tongban.contexts.process.core.replay.alignment import align
from tongban.contexts.process.core.replay.log import Log, spread
from tongban.contexts.process.core.replay.matching import Match
from tongban.contexts.process.core.replay.recorded import Trace
from tongban.contexts.process.core.replay.weaving import weave
from tongban.contexts.process.core.routes import Route
from tongban.kernel.workdays import Calendar

_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Line:
    """One case: first and last moment as the log says them, and how many days that took.

    `workdays`: working days after the first day up to the last one (民法典 201: the first day is not counted).
    """

    case: str
    start: str
    end: str
    days: int
    workdays: int
    events: int


@dataclass
class _Waits:
    """How long cases waited for one activity since the event before it."""

    hours: array[float] = field(default_factory=lambda: array("d"))
    workdays: array[int] = field(default_factory=lambda: array("i"))
    events: int = 0
    cases: int = 0


@dataclass(frozen=True)
class Wait:
    """One activity: how often it was done, in how many cases, and how long cases had waited for it."""

    activity: str
    events: int
    cases: int
    hours: dict[str, float]
    workdays: dict[str, float]


class History:
    """Takes up the cases of a log one by one, over `calendar`. Refuses `CalendarMissing` for an unknown year."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.lines: list[Line] = []
        self._waits: dict[str, _Waits] = {}
        self._counted: dict[tuple[date, date], int] = {}

    def add(self, trace: Trace) -> None:
        """Take up one case; one without events has no line."""
        events = sorted(trace.events, key=lambda event: event.at)
        if not events:
            return
        first, last = events[0].at, events[-1].at
        workdays = self.workdays(first.date(), last.date())
        days = (last.date() - first.date()).days
        self.lines.append(Line(trace.case, first.isoformat(), last.isoformat(), days, workdays, len(events)))
        before = first
        for event in events:
            if not event.is_done:
                continue
            waits = self._waits.setdefault(event.activity, _Waits())
            waits.hours.append((event.at - before) / _HOUR)
            waits.workdays.append(self.workdays(before.date(), event.at.date()))
            waits.events += 1
            before = event.at
        for activity in {event.activity for event in events if event.is_done}:
            self._waits[activity].cases += 1

    def waits(self) -> tuple[Wait, ...]:
        """Each activity with its waits, the most frequent first."""
        found = [
            Wait(activity, each.events, each.cases, spread(each.hours), spread(each.workdays))
            for activity, each in self._waits.items()
        ]
        return tuple(sorted(found, key=lambda wait: -wait.events))

    def workdays(self, after: date, until: date) -> int:
        """Working days after `after` up to `until`. Refuses `CalendarMissing`."""
        key = (after, until)
        if key not in self._counted:
            if len(self._counted) > 100_000:
                self._counted.clear()
            self.calendar.year(after.year)
            self._counted[key] = self.calendar.count_workdays(after, until)
        return self._counted[key]


@dataclass(frozen=True)
class Picture:
    """What passed through a route: events by node, and cases' passages by flow, on the best explanation of each case.

    `left_out`: how often a node was passed without being recorded.
    """

    nodes: dict[str, int]
    left_out: dict[str, int]
    flows: dict[str, int]


def picture(log: Log, route: Route, match: Match) -> Picture:
    """The counts of `log` on `route`. Refuses `RouteNotReplayed`."""
    net = weave(route, match.named, detailed=True)
    nodes: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    flows: Counter[str] = Counter()
    for variant, count in log.counted():
        names = [log.activities[each] for each in variant if log.activities[each] not in match.ignored]
        way = align(net, [match.nodes.get(name, ()) for name in names])
        for pair in way.pairs:
            if pair.node:
                (nodes if pair.place >= 0 else left_out)[pair.node] += count
        for flow in way.flows:
            flows[flow] += count
    return Picture(
        {node: nodes[node] for node in route.nodes if nodes[node]},
        {node: left_out[node] for node in route.nodes if left_out[node]},
        {flow.id: flows[flow.id] for flow in route.flows},
    )
