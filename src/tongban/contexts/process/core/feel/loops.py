"""Rounds of `for`, `some` and `every`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.scope import Scope
from tongban.contexts.process.core.feel.values import Date, Range

Run = Callable[[Scope], Any]
Source = tuple[str, Run, Run | None]


def rounds(iterators: Sequence[Source], scope: Scope, names: dict[str, Any]) -> Iterator[Scope | None]:
    """A scope for each combination, the last iterator turning fastest; None when a source is nothing to go through."""
    name, source, end = iterators[0]
    members = _members(source(scope), end(scope) if end else None, given=end is not None)
    if members is None:
        yield None
        return
    for entry in members:
        scope.running.spend()
        inner = Scope({**names, name: entry}, scope)
        if len(iterators) > 1:
            yield from rounds(iterators[1:], inner, {})
        else:
            yield inner


def _members(source: Any, end: Any, *, given: bool) -> Sequence[Any] | Iterator[Any] | None:
    if given:
        return _steps(source, end)
    if isinstance(source, Range):
        return _of_range(source)
    if source is None:
        return notes.null("there is nothing to go through")
    return source if isinstance(source, list) else [source]


def _steps(first: Any, last: Any) -> Iterator[Any] | None:
    """From `first` to `last`, down as well as up."""
    if isinstance(first, Decimal) and isinstance(last, Decimal):
        start, stop = _whole(first), _whole(last)
        if start is None or stop is None:
            return notes.null("only whole numbers can be counted through")
        return map(Decimal, _counted(start, stop))
    if isinstance(first, Date) and isinstance(last, Date):
        return map(Date.of_ordinal, _counted(first.ordinal(), last.ordinal()))
    return notes.null("only numbers and dates can be counted through")


def _counted(start: int, stop: int) -> range:
    return range(start, stop + 1) if start <= stop else range(start, stop - 1, -1)


def _whole(value: Decimal) -> int | None:
    return int(value) if value == value.to_integral_value() and value.adjusted() < 30 else None


def _of_range(bounds: Range) -> Iterator[Any] | None:
    if isinstance(bounds.low, Decimal) and isinstance(bounds.high, Decimal):
        start, stop = _whole(bounds.low), _whole(bounds.high)
    elif isinstance(bounds.low, Date) and isinstance(bounds.high, Date):
        start, stop = bounds.low.ordinal(), bounds.high.ordinal()
    else:
        return notes.null("only ranges of whole numbers and dates can be gone through")
    if start is None or stop is None:
        return notes.null("only ranges of whole numbers and dates can be gone through")
    places = range(start + (not bounds.low_closed), stop + bounds.high_closed)
    return map(Decimal, places) if isinstance(bounds.low, Decimal) else map(Date.of_ordinal, places)


def quantified(iterators: Sequence[Source], condition: Run, scope: Scope, *, every: bool) -> bool | None:
    """Whether the condition holds in some, or in every, round."""
    answer: bool | None = every
    for inner in rounds(iterators, scope, {}):
        held = condition(inner) if inner is not None else None
        if held is (not every):
            return not every
        if not isinstance(held, bool):
            answer = None
    return answer
