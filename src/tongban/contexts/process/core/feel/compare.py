"""Equal, in order, within a range: true, false, or null where kinds do not go together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.refusals import EvaluationTooLong
from tongban.contexts.process.core.feel.values import BILLION, Date, DateTime, Months, Range, Span, Time

#: Parts of values that one comparison looks at.
MOST_PARTS: Final = 200_000
#: Nesting beyond this is nobody's data.
DEEPEST: Final = 100


def equal(left: Any, right: Any, depth: int = 0) -> bool | None:
    """Whether two values are equal; null for values of different kinds."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        if isinstance(left, list) and len(left) == 1:
            return equal(left[0], right, depth + 1) if depth < DEEPEST else None
        if isinstance(right, list) and len(right) == 1:
            return equal(left, right[0], depth + 1) if depth < DEEPEST else None
        return notes.null("values of different kinds are compared")
    if isinstance(left, (list, dict)):
        return _same_parts(left, right, Parts())
    if isinstance(left, (Time, DateTime)):
        return _moments_equal(left, right)
    return bool(left == right)


class Parts:
    """How many parts of values may still be looked at: lists that hold a list twice grow without needing room."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MOST_PARTS

    def spend(self, count: int) -> None:
        """Look at `count` parts; refuses (`EvaluationTooLong`) when it is too much."""
        self.left -= count
        if self.left < 0:
            raise EvaluationTooLong


def _same_parts(left: Any, right: Any, parts: Parts, depth: int = 0) -> bool:
    """Whether two lists or contexts have equal parts."""
    if len(left) != len(right) or depth > DEEPEST or (isinstance(left, dict) and left.keys() != right.keys()):
        return False
    parts.spend(len(left))
    pairs = ((left[key], right[key]) for key in left) if isinstance(left, dict) else zip(left, right, strict=True)
    for one, other in pairs:
        if isinstance(one, (list, dict)) and type(one) is type(other):
            if not _same_parts(one, other, parts, depth + 1):
                return False
        elif equal(one, other) is not True:
            return False
    return True


def _moments_equal(left: Time | DateTime, right: Time | DateTime) -> bool:
    (first, local), (second, other_local) = _moment(left), _moment(right)
    return first == second and local == other_local


def _moment(value: Time | DateTime) -> tuple[int, bool]:
    if isinstance(value, DateTime):
        return value.instant(), value.time.is_local()
    return value.nanos() - (value.offset_at(None) or 0) * BILLION, value.is_local()


def _key(value: Any) -> Any:
    return _moment(value)[0] if isinstance(value, (Time, DateTime)) else value


_ORDERED: Final = (Decimal, str, Date, Time, DateTime, Months, Span)


def less(left: Any, right: Any) -> bool | None:
    """Whether `left` comes before `right`; null where there is no order."""
    if type(left) is not type(right):
        left, right = _one_kind(left, right)
    if not isinstance(left, _ORDERED):
        return notes.null("values without an order are compared")
    return bool(_key(left) < _key(right))


def less_or_equal(left: Any, right: Any) -> bool | None:
    """Whether `left` comes not after `right`; null where there is no order."""
    after = less(right, left)
    return None if after is None else not after


def _one_kind(left: Any, right: Any) -> tuple[Any, Any]:
    if isinstance(left, list) and len(left) == 1 and isinstance(right, _ORDERED):
        left = left[0]
    if isinstance(right, list) and len(right) == 1 and isinstance(left, _ORDERED):
        right = right[0]
    return (left, right) if type(left) is type(right) else (None, None)


def same_kind(left: Any, right: Any) -> bool:
    """Whether both values have a common order."""
    return type(left) is type(right) and isinstance(left, _ORDERED)


def not_(value: Any) -> bool | None:
    """Negation; null of anything but true and false."""
    return (not value) if isinstance(value, bool) else None


def within(value: Any, bounds: Range) -> bool | None:
    """Whether `value` lies in the range; null where it cannot be compared with its ends."""
    above: bool | None = True
    below: bool | None = True
    if bounds.low is not None:
        above = less_or_equal(bounds.low, value) if bounds.low_closed else less(bounds.low, value)
    if bounds.high is not None:
        below = less_or_equal(value, bounds.high) if bounds.high_closed else less(value, bounds.high)
    if above is None or below is None:
        return None
    return above and below


def contains(members: list[Any], value: Any) -> bool:
    """Whether a member equals `value`."""
    return any(equal(member, value) is True for member in members)


def satisfies(value: Any, test: Any, *, whole: bool = True) -> bool | None:
    """Whether `value` meets the test that `test` is: a range, a list of ranges or values, or (`whole`) itself."""
    if isinstance(test, Range):
        return equal(value, test) if isinstance(value, Range) else within(value, test)
    if isinstance(test, list):
        if any(
            satisfies(value, member) is True if isinstance(member, Range) else equal(value, member) is True
            for member in test
        ):
            return True
        return whole and isinstance(value, list) and equal(value, test) is True
    return equal(value, test)
