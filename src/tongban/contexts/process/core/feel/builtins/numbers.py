"""Functions of numbers."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Any, Final

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.arithmetic import finite
from tongban.contexts.process.core.feel.builtins.registry import builtin
from tongban.contexts.process.core.feel.values import NUMBERS, Months, Span

#: The places behind the point that a number of 34 digits can have.
LEAST_SCALE: Final = -6111
MOST_SCALE: Final = 6176


def scaled(value: Decimal, scale: Decimal, rounding: str, *, whole: bool = True) -> Decimal | None:
    """`value` with `scale` places behind the point."""
    if whole and scale != scale.to_integral_value():
        return notes.null("the scale is not a whole number")
    if not LEAST_SCALE <= scale <= MOST_SCALE:
        return notes.null("the scale is out of range")
    places = int(scale)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return value
    if places < -value.adjusted() - 1 and rounding in (ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP):
        return Decimal(0)
    made = value.quantize(Decimal(1).scaleb(-places, NUMBERS), rounding=rounding, context=NUMBERS)
    return finite(made)


@builtin("decimal(n: number, scale: number) -> number")
def decimal(value: Decimal, scale: Decimal) -> Decimal | None:
    """Rounded to the nearest, halves to the even."""
    return scaled(value, scale, ROUND_HALF_EVEN, whole=False)


@builtin("floor(n: number, scale?: number) -> number")
def floor(value: Decimal, scale: Decimal | None = None) -> Decimal | None:
    """Rounded downwards."""
    return scaled(value, scale or Decimal(0), ROUND_FLOOR)


@builtin("ceiling(n: number, scale?: number) -> number")
def ceiling(value: Decimal, scale: Decimal | None = None) -> Decimal | None:
    """Rounded upwards."""
    return scaled(value, scale or Decimal(0), ROUND_CEILING)


@builtin("round up(n: number, scale: number) -> number")
def round_up(value: Decimal, scale: Decimal) -> Decimal | None:
    """Away from zero."""
    return scaled(value, scale, ROUND_UP)


@builtin("round down(n: number, scale: number) -> number")
def round_down(value: Decimal, scale: Decimal) -> Decimal | None:
    """Towards zero."""
    return scaled(value, scale, ROUND_DOWN)


@builtin("round half up(n: number, scale: number) -> number")
def round_half_up(value: Decimal, scale: Decimal) -> Decimal | None:
    """To the nearest, halves away from zero."""
    return scaled(value, scale, ROUND_HALF_UP)


@builtin("round half down(n: number, scale: number) -> number")
def round_half_down(value: Decimal, scale: Decimal) -> Decimal | None:
    """To the nearest, halves towards zero."""
    return scaled(value, scale, ROUND_HALF_DOWN)


@builtin("abs(n: number) -> number")
def absolute(value: Decimal) -> Decimal:
    """Without sign."""
    return value.copy_abs()


@builtin("abs(n: years and months duration)", "abs(n: days and time duration)")
def absolute_duration(value: Any) -> Months | Span:
    """Without sign."""
    return Months(abs(value.months)) if isinstance(value, Months) else Span(abs(value.nanos))


@builtin("modulo(dividend: number, divisor: number) -> number")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """The remainder, with the sign of the divisor."""
    if not divisor:
        return notes.null("division by zero")
    rest = finite(NUMBERS.remainder(dividend, divisor))
    return rest if not rest or (rest > 0) == (divisor > 0) else NUMBERS.add(rest, divisor)


@builtin("sqrt(number: number) -> number")
def sqrt(value: Decimal) -> Decimal | None:
    """The square root."""
    return finite(NUMBERS.sqrt(value))


@builtin("log(number: number) -> number")
def log(value: Decimal) -> Decimal | None:
    """The natural logarithm."""
    return finite(NUMBERS.ln(value)) if value > 0 else notes.null("log() of a number not above zero")


@builtin("exp(number: number) -> number")
def exp(value: Decimal) -> Decimal | None:
    """The power of e."""
    return finite(NUMBERS.exp(value))


@builtin("even(number: number) -> boolean")
def even(value: Decimal) -> bool | None:
    """Whether two divides it."""
    rest = NUMBERS.remainder(value, Decimal(2))
    return rest == 0 if rest.is_finite() else None


@builtin("odd(number: number) -> boolean")
def odd(value: Decimal) -> bool | None:
    """Whether two divides it with a rest of one."""
    rest = NUMBERS.remainder(value, Decimal(2))
    return abs(rest) == 1 if rest.is_finite() else None
