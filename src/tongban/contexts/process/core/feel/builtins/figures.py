"""Functions that make one figure of a list; the members may stand in the call themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.arithmetic import divide, finite, minus, plus, times
from tongban.contexts.process.core.feel.builtins.registry import builtin
from tongban.contexts.process.core.feel.compare import less
from tongban.contexts.process.core.feel.values import NUMBERS, Months, Span


def _numbers(members: list[Any]) -> list[Decimal] | None:
    if not members or not all(isinstance(member, Decimal) for member in members):
        return notes.null("the list has no members, or one that is no number")
    return members


@builtin("min(list: list)")
def min_(members: list[Any]) -> Any:
    """The least."""
    return _extreme(members, greatest=False)


@builtin("min(c...: Any)")
def min_of(*members: Any) -> Any:
    """The least."""
    return _extreme(list(members), greatest=False)


@builtin("max(list: list)")
def max_(members: list[Any]) -> Any:
    """The greatest."""
    return _extreme(members, greatest=True)


@builtin("max(c...: Any)")
def max_of(*members: Any) -> Any:
    """The greatest."""
    return _extreme(list(members), greatest=True)


def _extreme(members: list[Any], *, greatest: bool) -> Any:
    best = members[0] if members else None
    for member in members[1:]:
        before = less(best, member) if greatest else less(member, best)
        if before is None:
            return notes.null("two members have no order")
        best = member if before else best
    return best if len(members) != 1 or less(best, best) is not None else None


@builtin("sum(list: list)")
def sum_(members: list[Any]) -> Any:
    """All added; numbers, or durations of a kind."""
    if not members or not isinstance(members[0], (Decimal, Months, Span)):
        return notes.null("the list has no members, or one that is no number")
    total = members[0]
    for member in members[1:]:
        if type(member) is not type(total):
            return notes.null("the list has a member that is no number")
        total = plus(total, member)
    return total


@builtin("sum(n...: Any)")
def sum_of(*members: Any) -> Any:
    """All added."""
    return sum_(list(members))


@builtin("mean(list: list)")
def mean(members: list[Any]) -> Any:
    """The average."""
    total = sum_(members)
    return None if total is None else divide(total, Decimal(len(members)))


@builtin("mean(n...: Any)")
def mean_of(*members: Any) -> Any:
    """The average."""
    return mean(list(members))


@builtin("product(list: list) -> number")
def product(members: list[Any]) -> Any:
    """All multiplied."""
    numbers = _numbers(members)
    total: Any = Decimal(1)
    for member in numbers or ():
        total = times(total, member)
    return total if numbers else None


@builtin("product(n...: Any) -> number")
def product_of(*members: Any) -> Any:
    """All multiplied."""
    return product(list(members))


@builtin("median(list: list) -> number")
def median(members: list[Any]) -> Any:
    """The one in the middle, or the mean of the two."""
    numbers = _numbers(members)
    if not numbers:
        return None
    ordered, middle = sorted(numbers), len(numbers) // 2
    if len(numbers) % 2:
        return ordered[middle]
    return NUMBERS.divide(NUMBERS.add(ordered[middle - 1], ordered[middle]), Decimal(2))


@builtin("median(n...: Any) -> number")
def median_of(*members: Any) -> Any:
    """The one in the middle, or the mean of the two."""
    return median(list(members))


@builtin("stddev(list: list) -> number")
def stddev(members: list[Any]) -> Any:
    """The standard deviation of a sample."""
    numbers = _numbers(members)
    if not numbers or len(numbers) < 2:
        return notes.null("stddev() wants two numbers")
    middle = mean(list(numbers))
    squares = [times(minus(number, middle), minus(number, middle)) for number in numbers]
    total = sum_(squares)
    return None if total is None else finite(NUMBERS.sqrt(NUMBERS.divide(total, Decimal(len(numbers) - 1))))


@builtin("stddev(n...: Any) -> number")
def stddev_of(*members: Any) -> Any:
    """The standard deviation of a sample."""
    return stddev(list(members))


@builtin("mode(list: list)")
def mode(members: list[Any]) -> list[Decimal] | None:
    """The most frequent ones, in order."""
    if not members:
        return []
    numbers = _numbers(members)
    if numbers is None:
        return None
    counts: dict[Decimal, int] = {}
    for member in numbers:
        counts[member] = counts.get(member, 0) + 1
    most = max(counts.values())
    return sorted(number for number, often in counts.items() if often == most)


@builtin("mode(n...: Any)")
def mode_of(*members: Any) -> list[Decimal] | None:
    """The most frequent ones, in order."""
    return mode(list(members)) if members else None
