"""A column of a table as an index: for a value, the rules whose cells it passes, as the bits of one integer.

Cells that name constants (equal, not equal, in order, in a range) are worked out beforehand: for each constant and
each gap between two, which rules pass. Others are asked one by one, and only where the other columns still allow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from tongban.contexts.process.core.feel import nodes as n
from tongban.contexts.process.core.feel.builtins.registry import BUILTINS
from tongban.contexts.process.core.feel.calls import invoke
from tongban.contexts.process.core.feel.language import cell_run
from tongban.contexts.process.core.feel.scope import Running, Scope
from tongban.contexts.process.core.feel.values import Date, Months, Range, Span

Cell = Callable[[Scope, Any], bool]
#: Kinds whose values have an order that the index may use.
ORDERED: Final = (Decimal, Date, Months, Span)
_MAKERS: Final = frozenset({"date", "duration"})
_NO_CONSTANT: Final = object()


def constant(node: n.Node) -> Any:
    """The value of a literal, or of `date("…")` and its like; _NO_CONSTANT for anything else."""
    if isinstance(node, n.Literal):
        return node.value
    if isinstance(node, n.Negative):
        inner = constant(node.value)
        return -inner if isinstance(inner, Decimal) else _NO_CONSTANT
    if isinstance(node, n.Call) and isinstance(node.function, n.Name) and node.function.name in _MAKERS:
        values = [constant(argument) for argument in node.arguments]
        if all(isinstance(value, str) for value in values):
            return invoke(BUILTINS[node.function.name], values, node.names, Running())
    return _NO_CONSTANT


def constants_of(tests: n.Tests) -> list[Any] | None:
    """All constants of a cell that consists of nothing else: values and Ranges; None for any other cell."""
    made: list[Any] = []
    for test in tests.tests:
        found = _constant_test(test)
        if found is _NO_CONSTANT or found is None:
            return None
        made.append(found)
    return made


def _constant_test(test: n.Node) -> Any:
    if isinstance(test, n.UnaryTest):
        end = constant(test.value)
        if end is _NO_CONSTANT or end is None:
            return _NO_CONSTANT
        if test.sign in ("=", "!="):
            return end
        return (
            Range(None, end, False, test.sign == "<=")
            if test.sign[0] == "<"
            else Range(end, None, test.sign == ">=", False)
        )
    if isinstance(test, n.RangeNode):
        low, high = constant(test.low), constant(test.high)
        return (
            Range(low, high, test.low_closed, test.high_closed)
            if isinstance(low, ORDERED) and type(low) is type(high)
            else _NO_CONSTANT
        )
    return constant(test)


def ends_of(constants: Sequence[Any]) -> list[Any]:
    """The single values among constants: those of ranges are their ends."""
    made: list[Any] = []
    for one in constants:
        made += [end for end in (one.low, one.high) if end is not None] if isinstance(one, Range) else [one]
    return made


class Column:
    """The cells of one input, the first rule's in the lowest bit. A cell that is None never passes."""

    def __init__(self, cells: Sequence[n.Tests | None]) -> None:
        rules: dict[int, tuple[n.Tests, int]] = {}  # by identity: cells of the same text are the same tests
        for index, tests in enumerate(cells):
            if tests is not None:
                rules[id(tests)] = tests, rules.get(id(tests), (tests, 0))[1] | 1 << index
        self._always = sum(mask for tests, mask in rules.values() if not tests.tests)
        told = [(tests, mask, constants_of(tests)) for tests, mask in rules.values() if tests.tests]
        ends = [end for _, _, constants in told if constants for end in ends_of(constants)]
        self._fixed = [(cell_run(tests), mask) for tests, mask, constants in told if constants is not None]
        self._asked = [(cell_run(tests), mask) for tests, mask, constants in told if constants is None]
        self._by_value = {value: self._passing(value) for value in ends if isinstance(value, (str, bool))}
        self._other: dict[type, int] = {str: self._passing("\0"), bool: self._always}
        self._steps: dict[type, tuple[list[Any], list[int]]] = {}
        for kind in ORDERED:
            values = sorted({end for end in ends if type(end) is kind})
            self._steps[kind] = values, [self._passing(sample) for sample in _samples(kind, values)]

    def _passing(self, value: Any) -> int:
        """The rules whose constant cells pass `value`, and those that always pass."""
        scope = Scope({"?": value})
        return self._always | sum(mask for run, mask in self._fixed if run(scope, value))

    def passed(self, value: Any, allowed: int, scope: Scope) -> int:
        """Of the rules `allowed`, those whose cells pass `value`."""
        kind = type(value)
        if kind in self._steps:
            values, masks = self._steps[kind]
            place = bisect_left(values, value)
            exact = place < len(values) and values[place] == value
            mask = masks[2 * place + exact]
        elif kind is str or kind is bool:
            found = self._by_value.get(value)
            mask = self._other[kind] if found is None else found
        else:
            mask = self._passing(value)
        mask &= allowed
        return mask | self._ask(value, allowed, scope) if self._asked else mask

    def _ask(self, value: Any, allowed: int, scope: Scope) -> int:
        inner = Scope({"?": value}, scope)
        return sum(mask & allowed for run, mask in self._asked if mask & allowed and run(inner, value))


def _samples(kind: type, values: list[Any]) -> list[Any]:
    """A value of each gap and each end in turn: below the first, the first, between it and the second, …"""
    if not values:
        return [{Decimal: Decimal(0), Date: Date(1970, 1, 1), Months: Months(0), Span: Span(0)}[kind]]
    made: list[Any] = [_near(values[0], -1)]
    for index, value in enumerate(values):
        following = values[index + 1] if index + 1 < len(values) else None
        made += [value, _between(value, following)]
    return made


def _near(value: Any, step: int) -> Any:
    if isinstance(value, Decimal):
        return value + step
    if isinstance(value, Date):
        return Date.of_ordinal(value.ordinal() + step) or value
    return Months(value.months + step) if isinstance(value, Months) else Span(value.nanos + step)


def _between(low: Any, high: Any) -> Any:
    """A value above `low` and, if there is one, below `high`; for steps without one between, it is never asked for."""
    if high is None:
        return _near(low, 1)
    return (low + high) / 2 if isinstance(low, Decimal) else _near(low, 1)
