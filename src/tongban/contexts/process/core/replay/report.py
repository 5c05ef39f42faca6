"""A log against a route: fitness by case and in all, and the deviations by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tongban.contexts.process.core.replay.alignment import align, shortest
from tongban.contexts.process.core.replay.deviations import KINDS, Deviation, Kind, deviations
from tongban.contexts.process.core.replay.fitness import STRANGE, Step, played, replay
from tongban.contexts.process.core.replay.log import Log, Variant
from tongban.contexts.process.core.replay.matching import Match
from tongban.contexts.process.core.replay.net import Net, Tally
from tongban.contexts.process.core.replay.weaving import weave
from tongban.contexts.process.core.routes import Route


@dataclass(frozen=True)
class Played:
    """What one sequence came to. `strange`: how many of its events are on no route."""

    tally: Tally
    strange: int
    aligned: float
    deviations: tuple[Deviation, ...]
    approximate: bool

    @property
    def known(self) -> Tally:
        """The tokens without the events that are on no route."""
        return self.tally + STRANGE.times(-self.strange)


@dataclass(frozen=True)
class Fitness:
    """`average`: of the cases; `log`: of all tokens together; `fitting`: how many cases fit perfectly."""

    average: float
    log: float
    fitting: int


@dataclass(frozen=True)
class Total:
    """One deviation over all cases."""

    kind: Kind
    activity: str
    cases: int
    events: int


@dataclass(frozen=True)
class Report:
    """`played` goes with `log.variants`. `known` is the fitness without the activities that are on no route."""

    log: Log
    played: tuple[Played, ...]
    tally: Tally
    fitness: Fitness
    known: Fitness
    aligned: float
    totals: tuple[Total, ...]
    approximate: int  # cases


def compare(log: Log, route: Route, match: Match) -> Report:
    """Play `log` on `route`. Each different sequence is played once. Refuses `RouteNotReplayed`."""
    net = weave(route, match.named)
    least = shortest(net)
    results = tuple(_play(net, least, log, match, variant) for variant in log.variants)
    counts = Counter(variant for _, variant in log.cases)
    weighted = [(each, counts[place]) for place, each in enumerate(results)]
    cases = len(log.cases)
    aligned = sum(each.aligned * count for each, count in weighted) / cases
    tally = sum((each.tally.times(count) for each, count in weighted), Tally())
    return Report(
        log,
        results,
        tally,
        _fitness([(each.tally, count) for each, count in weighted]),
        _fitness([(each.known, count) for each, count in weighted]),
        aligned,
        _totals(weighted),
        sum(count for each, count in weighted if each.approximate),
    )


def _play(net: Net, least: int, log: Log, match: Match, variant: Variant) -> Played:
    names = [log.activities[each] for each in variant if log.activities[each] not in match.ignored]
    steps: Sequence[Step] = [match.nodes.get(name, ()) for name in names]
    net.exhausted = False
    alignment = align(net, steps)
    tally = replay(net, steps) if alignment.cost or not alignment.complete else played(net, alignment.moves)
    return Played(
        tally,
        sum(not step for step in steps),
        alignment.fitness(least),
        deviations(alignment, names, steps),
        net.exhausted or alignment.approximate,
    )


def _fitness(tallies: Iterable[tuple[Tally, int]]) -> Fitness:
    total, average, fitting, cases = Tally(), 0.0, 0, 0
    for tally, count in tallies:
        total += tally.times(count)
        average += tally.fitness * count
        fitting += count * (tally.missing + tally.remaining == 0)
        cases += count
    return Fitness(average / cases, total.fitness, fitting)


def _totals(weighted: Iterable[tuple[Played, int]]) -> tuple[Total, ...]:
    cases: Counter[tuple[Kind, str]] = Counter()
    events: Counter[tuple[Kind, str]] = Counter()
    for result, count in weighted:
        for kind, activity, number in result.deviations:
            cases[kind, activity] += count
            events[kind, activity] += count * number
    found = [Total(kind, activity, count, events[kind, activity]) for (kind, activity), count in cases.items()]
    return tuple(sorted(found, key=lambda each: (KINDS.index(each.kind), -each.cases, each.activity)))
