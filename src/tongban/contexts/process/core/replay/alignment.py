"""The best explanation of a sequence by a net: what was done as the route says, what beside it, and what was left out.

An alignment with the fewest steps beside the route and left out, found by a search over (events taken, marking). A
sequence that takes too long is aligned piece by piece; it is then marked as approximate.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from tongban.contexts.process.core.replay.fitness import Step
from tongban.contexts.process.core.replay.net import Marking, Move, Net

#: So many states are looked at before the best way so far is taken for good.
BUDGET: Final = 20_000


class Pair(NamedTuple):
    """One step of an alignment: the event at `place` (-1 = none) and the node of the route ("" = none)."""

    place: int
    node: str


_NOTHING: Final = Pair(-1, "")  # an unrecorded move


@dataclass(frozen=True)
class Alignment:
    """`pairs` in order; `cost` is how many of them are on one side only. `complete`: the route's end was reached.

    `moves`: all moves of the net that it makes, in order, unrecorded ones too.
    """

    pairs: tuple[Pair, ...]
    moves: tuple[Move, ...]
    cost: int
    complete: bool
    approximate: bool

    @property
    def flows(self) -> tuple[str, ...]:
        """The sequence flows that were passed, in order (in detailed nets only)."""
        return tuple(flow for move in self.moves for flow in move.flows)

    def fitness(self, shortest: int) -> float:
        """1 - cost / (all events + the shortest way through the route)."""
        events = sum(pair.place >= 0 for pair in self.pairs)
        worst = events + shortest
        return 1 - self.cost / worst if worst else 1.0


_State = tuple[int, Marking]
_Before = dict[_State, tuple[_State, Pair, Move | None]]


def align(net: Net, steps: Sequence[Step], budget: int = BUDGET) -> Alignment:
    """The alignment of `steps` with `net`."""
    start: _State = (0, net.initial)
    pairs: list[Pair] = []
    moves: list[Move] = []
    cost, pieces = 0, 0
    while True:
        end, spent, before, is_end = _search(net, steps, start, budget)
        for pair, move in _way(before, end):
            pairs += [pair] if pair != _NOTHING else []
            moves += [move] if move else []
        cost += spent
        if is_end or end == start or (end[0] == len(steps) and start[0] == len(steps)):
            return Alignment(tuple(pairs), tuple(moves), cost, is_end, bool(pieces) or not is_end)
        start = end
        pieces += 1


def shortest(net: Net) -> int:
    """How many recorded steps the shortest way through `net` has."""
    return align(net, ()).cost


def _search(net: Net, steps: Sequence[Step], start: _State, budget: int) -> tuple[_State, int, _Before, bool]:
    """The end that was found, its cost, how each state was reached, and whether it is the end of the route."""
    cost = {start: 0}
    before: _Before = {}
    queue: list[tuple[int, int, int, _State]] = [(0, -start[0], 0, start)]
    settled: set[_State] = set()
    furthest, count = start, 0
    while queue:
        spent, _, _, state = heapq.heappop(queue)
        if state in settled:
            continue
        settled.add(state)
        if state[0] == len(steps) and net.is_final(state[1]):
            return state, spent, before, True
        if state[0] > furthest[0]:
            furthest = state
        if len(settled) > budget:
            break
        for there, pair, more, move in _next(net, steps, state):
            if spent + more < cost.get(there, 1 << 30):
                cost[there] = spent + more
                before[there] = (state, pair, move)
                count += 1
                heapq.heappush(queue, (spent + more, -there[0], count, there))
    return furthest, cost[furthest], before, False


def _next(net: Net, steps: Sequence[Step], state: _State) -> Iterator[tuple[_State, Pair, int, Move | None]]:
    place, marking = state
    step = steps[place] if place < len(steps) else None
    for move, there in net.steps(marking):
        if not move.node:
            yield (place, there), _NOTHING, 0, move
            continue
        if step and move.node in step:
            yield (place + 1, there), Pair(place, move.node), 0, move
        yield (place, there), Pair(-1, move.node), 1, move
    if step is not None:
        yield (place + 1, marking), Pair(place, ""), 1, None


def _way(before: _Before, end: _State) -> list[tuple[Pair, Move | None]]:
    steps = []
    at = end
    while at in before:
        at, pair, move = before[at]
        steps.append((pair, move))
    return steps[::-1]
