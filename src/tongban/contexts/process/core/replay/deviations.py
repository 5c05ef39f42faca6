"""Where a case parted from its route, in words an office knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from tongban.contexts.process.core.replay.alignment import Alignment, Pair
from tongban.contexts.process.core.replay.fitness import Step

Kind = Literal["not_on_route", "skipped", "out_of_order", "repeated", "began_without_start", "did_not_end"]
KINDS: Final[tuple[Kind, ...]] = (
    "not_on_route",
    "skipped",
    "out_of_order",
    "repeated",
    "began_without_start",
    "did_not_end",
)


class Deviation(NamedTuple):
    """One kind of deviation. `activity`: as the log names it; for `skipped` the node of the route.

    `events`: how many events, or steps left out, it consists of.
    """

    kind: Kind
    activity: str
    events: int


def deviations(alignment: Alignment, names: Sequence[str], steps: Sequence[Step]) -> tuple[Deviation, ...]:
    """Every deviation of one case. `names` and `steps`: its events as named and as meant, in order.

    - `not_on_route`: the activity is no step of the route;
    - `out_of_order`: it is, and was done where the route does not have it (so it is not also skipped);
    - `repeated`: it was done as the route says and once more beside that;
    - `began_without_start`: the steps at the beginning are missing; told once, with what was done first;
    - `did_not_end`: the steps at the end are missing; told once, with what was done last;
    - `skipped`: a step between is missing.
    """
    found: Counter[tuple[Kind, str]] = Counter()
    left_out = _misplaced(alignment, names, steps, found)
    done = [at for at, pair in enumerate(alignment.pairs) if pair.place >= 0 and pair.node]
    first, last = (done[0], done[-1]) if done else (-1, -1)
    head = [at for at in left_out if at < first]
    tail = [at for at in left_out if at > last]
    if head:
        found["began_without_start", names[alignment.pairs[first].place]] += len(head)
    if tail or not alignment.complete:
        found["did_not_end", names[-1] if names else ""] += max(1, len(tail))
    for at in left_out:
        if first < at < last:
            found["skipped", alignment.pairs[at].node] += 1
    return tuple(Deviation(kind, activity, count) for (kind, activity), count in found.items())


def _misplaced(
    alignment: Alignment, names: Sequence[str], steps: Sequence[Step], found: Counter[tuple[Kind, str]]
) -> list[int]:
    """Count the events beside the route; returns the places of the steps that were really left out."""
    pairs = alignment.pairs
    left_out = [at for at, pair in enumerate(pairs) if pair.place < 0]
    as_said = {pair.node for pair in pairs if pair.place >= 0 and pair.node}
    for at, pair in enumerate(pairs):
        if pair.place < 0 or pair.node:
            continue
        step, name = steps[pair.place], names[pair.place]
        if not step:
            found["not_on_route", name] += 1
            continue
        elsewhere = _nearest(pairs, left_out, step, at)
        if elsewhere is not None:
            left_out.remove(elsewhere)
            found["out_of_order", name] += 1
        else:
            found["repeated" if as_said.intersection(step) else "out_of_order", name] += 1
    return left_out


def _nearest(pairs: Sequence[Pair], left_out: Sequence[int], step: Step, at: int) -> int | None:
    """The step left out nearest to `at` that means the same."""
    same = [place for place in left_out if pairs[place].node in step]
    return min(same, key=lambda place: abs(place - at), default=None)
