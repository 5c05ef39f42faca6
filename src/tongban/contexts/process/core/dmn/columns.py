"""A column of a table as an index: for a value, the rules whose cells it passes, as the bits of one integer.

Cells that name constants (equal, not equal, in order, in a range) are worked out beforehand: for each constant and
each gap between two, which rules pass. Others are asked one by one, and only where the other columns still allow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
KnownCells = Sequence[tuple[bool, int, "list[Known]"]]  # negated, rules, tests


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


@dataclass(frozen=True, slots=True)
class Known:
    """A test against constants: a value or a Range, or (`other`) any other value of that kind."""

    constant: Any
    other: bool = False

    def kind(self) -> type:
        """The kind of values that can pass."""
        found = self.constant
        if isinstance(found, Range):
            return type(found.low if found.low is not None else found.high)
        return type(found)

    def ends(self) -> list[Any]:
        """The constants that the test names."""
        found = self.constant
        return [end for end in (found.low, found.high) if end is not None] if isinstance(found, Range) else [found]


def known_tests(tests: n.Tests) -> list[Known] | None:
    """The tests of a cell that names constants only; None for any other cell."""
    made = [_known(test) for test in tests.tests]
    known = [one for one in made if one is not None]
    return known if len(known) == len(made) else None


def _known(test: n.Node) -> Known | None:
    if isinstance(test, n.RangeNode):
        low, high = constant(test.low), constant(test.high)
        if not isinstance(low, ORDERED) or type(low) is not type(high):
            return None
        return Known(Range(low, high, test.low_closed, test.high_closed))
    sign = test.sign if isinstance(test, n.UnaryTest) else "="
    value = constant(test.value if isinstance(test, n.UnaryTest) else test)
    if sign in ("=", "!="):
        return Known(value, sign == "!=") if isinstance(value, (str, bool, *ORDERED)) else None
    if not isinstance(value, ORDERED):
        return None
    below = sign[0] == "<"
    return Known(Range(None, value, False, sign == "<=") if below else Range(value, None, sign == ">=", False))


class Column:
    """The cells of one input, the first rule's in the lowest bit. A cell that is None never passes."""

    def __init__(self, cells: Sequence[n.Tests | None]) -> None:
        rules: dict[int, tuple[n.Tests, int]] = {}  # by identity: cells of the same text are the same tests
        for index, tests in enumerate(cells):
            if tests is not None:
                rules[id(tests)] = tests, rules.get(id(tests), (tests, 0))[1] | 1 << index
        self._always = sum(mask for tests, mask in rules.values() if not tests.tests)
        told = [(tests, mask, known_tests(tests)) for tests, mask in rules.values() if tests.tests]
        known = [(tests.negated, mask, found) for tests, mask, found in told if found is not None]
        self._fixed = [(cell_run(tests), mask) for tests, mask, found in told if found is not None]
        self._asked = [(cell_run(tests), mask) for tests, mask, found in told if found is None]
        self._words = {kind: self._listed(kind, known) for kind in (str, bool)}
        self._steps = {kind: self._stepped(kind, known) for kind in ORDERED}

    def _listed(self, kind: type, known: KnownCells) -> tuple[dict[Any, int], int]:
        """For each constant of a kind without order, the rules it passes; and those that any other value passes."""
        values = {one.constant for _, _, found in known for one in found if one.kind() is kind}
        masks = dict.fromkeys(values, self._always)
        others = self._always
        for negated, mask, found in known:
            tests = [one for one in found if one.kind() is kind]
            for value in values:
                if any((one.constant == value) is not one.other for one in tests) is not negated:
                    masks[value] |= mask
            if any(one.other for one in tests) is not negated:
                others |= mask
        return masks, others

    def _stepped(self, kind: type, known: KnownCells) -> tuple[list[Any], list[int]]:
        """The constants of a kind in order, and the rules that pass below the first, at it, behind it, and so on."""
        values = sorted({end for _, _, found in known for one in found if one.kind() is kind for end in one.ends()})
        place = {value: 2 * index + 1 for index, value in enumerate(values)}
        every = (1 << 2 * len(values) + 1) - 1
        masks = [self._always] * (2 * len(values) + 1)
        for negated, mask, found in known:
            passing = 0
            for one in found:
                if one.kind() is kind:
                    passing |= _steps_of(one, place, every)
            if negated:
                passing ^= every
            while passing:
                low = passing & -passing
                masks[low.bit_length() - 1] |= mask
                passing ^= low
        return values, masks

    def passed(self, value: Any, allowed: int, scope: Scope) -> int:
        """Of the rules `allowed`, those whose cells pass `value`."""
        kind = type(value)
        steps = self._steps.get(kind)
        if steps is not None:
            values, masks = steps
            place = bisect_left(values, value)
            exact = place < len(values) and values[place] == value
            mask = masks[2 * place + exact]
        elif kind is str or kind is bool:
            listed, others = self._words[kind]
            mask = listed.get(value, others)
        else:
            mask = self._always | _asked(self._fixed, value, allowed, scope)
        mask &= allowed
        return mask | _asked(self._asked, value, allowed, scope) if self._asked else mask


def _asked(cells: Sequence[tuple[Cell, int]], value: Any, allowed: int, scope: Scope) -> int:
    """Of the rules `allowed`, those of these cells that pass `value`, each cell asked."""
    inner = Scope({"?": value}, scope)
    return sum(mask & allowed for run, mask in cells if mask & allowed and run(inner, value))


def _steps_of(known: Known, place: dict[Any, int], every: int) -> int:
    """The places (as bits) whose values pass."""
    found = known.constant
    if not isinstance(found, Range):
        return every ^ 1 << place[found] if known.other else 1 << place[found]
    first = 0 if found.low is None else place[found.low] + (not found.low_closed)
    last = every.bit_length() - 1 if found.high is None else place[found.high] - (not found.high_closed)
    return ((1 << last + 1) - 1) & ~((1 << first) - 1) if first <= last else 0
