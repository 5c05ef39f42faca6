"""Addition, subtraction, multiplication, division, powers and negation over all kinds that have them; else null."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.values import (
    BILLION,
    DAY,
    NUMBERS,
    Date,
    DateTime,
    Months,
    Span,
    Time,
    time_of_nanos,
)

#: Text that grows beyond this is not worth building.
LONGEST_TEXT: Final = 1_000_000
#: Durations beyond this have no use and only cost.
LARGEST: Final = 10**27


def finite(value: Decimal) -> Decimal | None:
    """`value`, or null where the operation has none."""
    return value if value.is_finite() else notes.null("the calculation has no finite result")


def plus(left: Any, right: Any) -> Any:
    """Sum, concatenation, or the moment that much later."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return finite(NUMBERS.add(left, right))
    if isinstance(left, str) and isinstance(right, str):
        return left + right if len(left) + len(right) <= LONGEST_TEXT else notes.null("the text is too long")
    if isinstance(right, (Date, Time, DateTime)) and isinstance(left, (Months, Span)):
        left, right = right, left
    if isinstance(right, (Months, Span)):
        return _later(left, right, 1)
    return _none("+", left, right)


def minus(left: Any, right: Any) -> Any:
    """Difference, the moment that much earlier, or the time between two moments."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return finite(NUMBERS.subtract(left, right))
    if isinstance(right, (Months, Span)):
        return _later(left, right, -1)
    if isinstance(left, Time) and isinstance(right, Time):
        return _between(left, right, left.nanos() - right.nanos())
    if isinstance(left, (Date, DateTime)) and isinstance(right, (Date, DateTime)):
        first, second = _as_date_time(left, right), _as_date_time(right, left)
        return _between(first.time, second.time, first.instant() - second.instant(), shifted=True)
    return _none("-", left, right)


def _as_date_time(value: Date | DateTime, other: Date | DateTime) -> DateTime:
    """A date is its midnight in UTC, or its local midnight beside a local time."""
    if isinstance(value, DateTime):
        return value
    local = isinstance(other, DateTime) and other.time.is_local()
    return DateTime(value, Time(0, 0, 0, 0, None if local else 0))


def _between(left: Time, right: Time, nanos: int, *, shifted: bool = False) -> Span | None:
    if left.is_local() != right.is_local():
        return notes.null("a local time and one of a zone have no distance")
    if not shifted:
        nanos -= ((left.offset_at(None) or 0) - (right.offset_at(None) or 0)) * BILLION
    return Span(nanos)


def _later(moment: Any, duration: Months | Span, sign: int) -> Any:
    if isinstance(duration, Months):
        return _months_later(moment, duration.months * sign)
    nanos = duration.nanos * sign
    if isinstance(moment, Span):
        return Span(moment.nanos + nanos)
    if isinstance(moment, Date):
        return Date.of_ordinal(moment.ordinal() + nanos // (DAY * BILLION))
    if isinstance(moment, Time):
        return time_of_nanos(moment.nanos() + nanos, moment.offset, moment.zone)
    if isinstance(moment, DateTime):
        return DateTime.of_nanos(moment.nanos() + nanos, moment.time)
    return _none("+" if sign > 0 else "-", moment, duration)


def _months_later(moment: Any, months: int) -> Any:
    if isinstance(moment, Months):
        return Months(moment.months + months)
    if isinstance(moment, Date):
        return moment.plus_months(months)
    if isinstance(moment, DateTime):
        day = moment.date.plus_months(months)
        return None if day is None else DateTime(day, moment.time)
    return _none("+", moment, Months(months))


def times(left: Any, right: Any) -> Any:
    """Product of numbers, or of a duration and a number."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return finite(NUMBERS.multiply(left, right))
    if isinstance(left, Decimal):
        left, right = right, left
    if isinstance(left, (Months, Span)) and isinstance(right, Decimal):
        return _scaled(left, lambda size: NUMBERS.multiply(size, right))
    return _none("*", left, right)


def _scaled(duration: Months | Span, change: Callable[[Decimal], Decimal]) -> Months | Span | None:
    size = duration.months if isinstance(duration, Months) else duration.nanos
    made = finite(change(Decimal(size)))
    if made is None or abs(made) > LARGEST:
        return None
    whole = int(made.to_integral_value(ROUND_DOWN))
    return Months(whole) if isinstance(duration, Months) else Span(whole)


def divide(left: Any, right: Any) -> Any:
    """Quotient of numbers, of a duration and a number, or of two durations of a kind."""
    if isinstance(right, Decimal) and not right:
        return notes.null("division by zero")
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return finite(NUMBERS.divide(left, right))
    if isinstance(left, (Months, Span)) and isinstance(right, Decimal):
        return _scaled(left, lambda size: NUMBERS.divide(size, right))
    if isinstance(left, Months) and isinstance(right, Months):
        return divide(Decimal(left.months), Decimal(right.months))
    if isinstance(left, Span) and isinstance(right, Span):
        return divide(Decimal(left.nanos), Decimal(right.nanos))
    return _none("/", left, right)


def power(left: Any, right: Any) -> Any:
    """`left` to the power of `right`."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return finite(NUMBERS.power(left, right)) if left or right else Decimal(1)
    return _none("**", left, right)


def negative(value: Any) -> Any:
    """The opposite of a number or a duration."""
    if isinstance(value, Decimal):
        return NUMBERS.minus(value)
    if isinstance(value, Months):
        return Months(-value.months)
    if isinstance(value, Span):
        return Span(-value.nanos)
    return notes.null("only numbers and durations have an opposite")


def _none(sign: str, left: Any, right: Any) -> None:
    if left is None or right is None:
        return notes.null(f"a value of “{sign}” is null")
    return notes.null(f"“{sign}” is not defined for these kinds of values")


OPERATIONS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": plus, "-": minus, "*": times, "/": divide, "**": power,
}  # fmt: skip
