"""Token-based replay (van der Aalst): how far a sequence of activities can be played on a net, in tokens.

Every way through the unrecorded moves is kept in view, not only the first that fits, so a sequence that the net allows
has fitness 1 without exception. Where nothing fits, the missing tokens are put in and the play goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tongban.contexts.process.core.replay.net import Marking, Move, Net, Tally

#: So many markings are followed at once; beyond them the worst are dropped and the net is marked as exhausted.
WIDEST: Final = 64
Step = tuple[str, ...]  # the nodes that an activity may mean; () = it is on no route

_Cost = tuple[int, int, int]  # missing, produced, consumed
#: What a step that is not on the route costs: it takes a token that is not there and leaves one that nobody takes.
STRANGE: Final = Tally(1, 1, 1, 1)


def replay(net: Net, steps: Sequence[Step]) -> Tally:
    """The tokens of playing `steps` on `net` from its beginning to its end."""
    front: dict[Marking, _Cost] = {net.initial: (0, 1, 0)}
    strange = 0
    for step in steps:
        moves = [move for node in step for move in net.nodes.get(node, ())]
        if not moves:
            strange += 1
            continue
        front = _played(net, front, moves) or _forced(net, front, moves)
        if len(front) > WIDEST:
            net.exhausted = True
            front = dict(sorted(front.items(), key=_rank)[:WIDEST])
    return _ended(net, front) + STRANGE.times(strange)


def played(net: Net, moves: Iterable[Move]) -> Tally:
    """The tokens of a case that fits: of playing `moves` from the beginning to the end."""
    marking, produced, consumed = net.initial, 1, 1
    for move in moves:
        marking, more, less = net.fire(marking, move)
        produced, consumed = produced + more, consumed + less
    assert net.is_final(marking), "only what fits is played without looking"
    return Tally(produced, consumed)


def _rank(item: tuple[Marking, _Cost]) -> tuple[int, int, int]:
    marking, (missing, produced, _) = item
    return missing, len(marking), produced


def _keep(front: dict[Marking, _Cost], marking: Marking, cost: _Cost) -> None:
    if marking not in front or cost < front[marking]:
        front[marking] = cost


def _played(net: Net, front: dict[Marking, _Cost], moves: Iterable[Move]) -> dict[Marking, _Cost]:
    after: dict[Marking, _Cost] = {}
    for marking, (missing, produced, consumed) in front.items():
        for reached, (more, less) in net.silent(marking).items():
            for move in moves:
                if net.allows(reached, move):
                    there, made, used = net.fire(reached, move)
                    _keep(after, there, (missing, produced + more + made, consumed + less + used))
    return after


def _forced(net: Net, front: dict[Marking, _Cost], moves: Sequence[Move]) -> dict[Marking, _Cost]:
    after: dict[Marking, _Cost] = {}
    for marking, (missing, produced, consumed) in front.items():
        for move in moves:
            lacking = list(move.inputs)
            for place in marking:
                if place in lacking:
                    lacking.remove(place)
            there, made, used = net.fire(tuple(sorted((*marking, *lacking))), move)
            _keep(after, there, (missing + len(lacking), produced + made, consumed + used))
    return after


def _ended(net: Net, front: dict[Marking, _Cost]) -> Tally:
    """The best end: the fewest tokens missing and remaining, then the fewest moves."""
    best: tuple[int, Tally] | None = None
    for marking, (missing, produced, consumed) in front.items():
        for reached, (more, less) in net.silent(marking).items():
            lacking = 0 if net.sink in reached else 1
            remaining = len(reached) - 1 + lacking
            tally = Tally(produced + more, consumed + less + 1, missing + lacking, remaining)
            rank = 1000 * (tally.missing + tally.remaining) + tally.produced
            if best is None or rank < best[0]:
                best = rank, tally
    assert best is not None, "a front is never empty"
    return best[1]
