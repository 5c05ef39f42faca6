"""A net of places and moves that allows exactly the sequences a route allows, up to what the data would decide.

A marking is the sorted tuple of the places that hold tokens, a place as often as it holds some. A place in `sinks`
holds one token at most: what arrives later has ended. `Move.empty` places must hold none, `Move.clears` lose theirs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

Marking = tuple[int, ...]

#: Silent steps are followed through at most so many markings at once; beyond them an answer is marked as approximate.
MOST_AT_ONCE: Final = 2048
MOST_TOKENS: Final = 256
_MOST_REMEMBERED: Final = 200_000


@dataclass(frozen=True)
class Move:
    """One way tokens move. `node`: the element that is done with it; "" = nothing that is recorded.

    `flows`: the sequence flows it passes along (told in detailed nets only).
    """

    inputs: Marking
    outputs: Marking
    node: str = ""
    empty: frozenset[int] = frozenset()
    clears: frozenset[int] = frozenset()
    flows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tally:
    """Tokens produced, consumed, missing and remaining (van der Aalst)."""

    produced: int = 0
    consumed: int = 0
    missing: int = 0
    remaining: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.produced + other.produced,
            self.consumed + other.consumed,
            self.missing + other.missing,
            self.remaining + other.remaining,
        )

    def times(self, count: int) -> Tally:
        return Tally(*(count * each for each in (self.produced, self.consumed, self.missing, self.remaining)))

    @property
    def fitness(self) -> float:
        """½ (1 - missing/consumed) + ½ (1 - remaining/produced)."""
        missing = self.missing / self.consumed if self.consumed else 0.0
        remaining = self.remaining / self.produced if self.produced else 0.0
        return 1 - (missing + remaining) / 2


@dataclass
class Net:
    """The moves of a route between `initial` and the marking with only `sink`."""

    moves: tuple[Move, ...]
    initial: Marking
    sink: int
    sinks: frozenset[int]
    nodes: dict[str, tuple[Move, ...]] = field(init=False)
    exhausted: bool = False  # some search was cut off
    _from: dict[int, list[Move]] = field(init=False, repr=False)
    _silent: dict[Marking, dict[Marking, tuple[int, int]]] = field(default_factory=dict, repr=False)
    _remembered: int = 0
    _steps: dict[Marking, tuple[tuple[Move, Marking], ...]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._from = {}
        nodes: dict[str, list[Move]] = {}
        for move in self.moves:
            self._from.setdefault(move.inputs[0], []).append(move)
            if move.node:
                nodes.setdefault(move.node, []).append(move)
        self.nodes = {node: tuple(moves) for node, moves in nodes.items()}

    def is_final(self, marking: Marking) -> bool:
        return marking == (self.sink,)

    def steps(self, marking: Marking) -> tuple[tuple[Move, Marking], ...]:
        """The moves that `marking` allows and where each leads, but not beyond `MOST_TOKENS`; remembered."""
        known = self._steps.get(marking)
        if known is None:
            if len(self._steps) >= _MOST_REMEMBERED:
                self._steps.clear()
            fired = ((move, self.fire(marking, move)[0]) for move in self.enabled(marking))
            known = self._steps[marking] = tuple(step for step in fired if len(step[1]) <= MOST_TOKENS)
        return known

    def enabled(self, marking: Marking) -> Iterable[Move]:
        """The moves that `marking` allows."""
        held = set(marking)
        for place in held:
            for move in self._from.get(place, ()):
                if held.issuperset(move.inputs) and held.isdisjoint(move.empty) and _has(marking, move.inputs):
                    yield move

    def allows(self, marking: Marking, move: Move) -> bool:
        return _has(marking, move.inputs) and move.empty.isdisjoint(marking)

    def fire(self, marking: Marking, move: Move) -> tuple[Marking, int, int]:
        """What `move` makes of `marking`, with the tokens produced and consumed by it."""
        held = list(marking)
        for place in move.inputs:
            held.remove(place)
        consumed = len(move.inputs)
        if move.clears:
            before = len(held)
            held = [place for place in held if place not in move.clears]
            consumed += before - len(held)
        for place in move.outputs:
            if place in self.sinks and place in held:
                consumed += 1  # ended beside another that has ended
            else:
                held.append(place)
        return tuple(sorted(held)), len(move.outputs), consumed

    def silent(self, marking: Marking) -> dict[Marking, tuple[int, int]]:
        """Every marking that unrecorded moves lead to, `marking` first, with the tokens they produce and consume.

        The ways are the shortest ones.
        """
        known = self._silent.get(marking)
        if known is not None:
            return known
        found = {marking: (0, 0)}
        todo = deque([marking])
        while todo:
            at = todo.popleft()
            produced, consumed = found[at]
            for move, there in self.steps(at):
                if move.node or there in found:
                    continue
                if len(found) >= MOST_AT_ONCE:
                    self.exhausted = True
                    continue
                _, more, less = self.fire(at, move)
                found[there] = (produced + more, consumed + less)
                todo.append(there)
        self._remember(marking, found)
        return found

    def _remember(self, marking: Marking, found: dict[Marking, tuple[int, int]]) -> None:
        self._remembered += len(found)
        if self._remembered > _MOST_REMEMBERED:
            self._silent.clear()
            self._remembered = len(found)
        self._silent[marking] = found


def _has(marking: Marking, wanted: Marking) -> bool:
    if len(wanted) == 1:
        return wanted[0] in marking
    return all(marking.count(place) >= wanted.count(place) for place in wanted)
