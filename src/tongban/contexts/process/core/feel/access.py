"""Paths and filters: the parts of a value."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.scope import MISSING, Scope
from tongban.contexts.process.core.feel.values import BILLION, DAY, Date, DateTime, Months, Range, Span, Time


def member(base: Any, name: str) -> Any:
    """The part `name` of a context, of each context of a list, of a moment, a duration or a range; else null."""
    if isinstance(base, dict):
        found = base.get(name, MISSING)
        return found if found is not MISSING else notes.null(f"there is no entry “{name}”")
    if isinstance(base, list):
        return [member(entry, name) for entry in base]
    if base is None:
        return notes.null(f"“{name}” of null")
    parts = _parts(base)
    return parts[name] if name in parts else notes.null(f"the value has no part “{name}”")


def _parts(value: Any) -> dict[str, Any]:
    if isinstance(value, Date):
        return _of_date(value)
    if isinstance(value, Time):
        return _of_time(value, None)
    if isinstance(value, DateTime):
        return _of_date(value.date) | _of_time(value.time, value.date)
    if isinstance(value, Months):
        years, months = _signed(value.months, 12)
        return {"years": years, "months": months}
    if isinstance(value, Span):
        return _of_span(value)
    if isinstance(value, Range):
        return {
            "start": value.low,
            "end": value.high,
            "start included": value.low_closed,
            "end included": value.high_closed,
        }
    return {}


def _signed(size: int, base: int) -> tuple[Decimal, Decimal]:
    high, low = divmod(abs(size), base)
    return (Decimal(high), Decimal(low)) if size >= 0 else (Decimal(-high), Decimal(-low))


def _of_date(value: Date) -> dict[str, Any]:
    return {
        "year": Decimal(value.year),
        "month": Decimal(value.month),
        "day": Decimal(value.day),
        "weekday": Decimal((value.ordinal() + 3) % 7 + 1),
    }


def _of_time(value: Time, day: Date | None) -> dict[str, Any]:
    offset = value.offset_at(day)
    return {
        "hour": Decimal(value.hour),
        "minute": Decimal(value.minute),
        "second": Decimal(value.second) + Decimal(value.nano) / BILLION if value.nano else Decimal(value.second),
        "time offset": None if offset is None else Span(offset * BILLION),
        "timezone": value.zone or None,
    }


def _of_span(value: Span) -> dict[str, Any]:
    sign = -1 if value.nanos < 0 else 1
    seconds, nano = divmod(abs(value.nanos), BILLION)
    days, rest = divmod(seconds, DAY)
    return {
        "days": Decimal(sign * days),
        "hours": Decimal(sign * (rest // 3600)),
        "minutes": Decimal(sign * (rest // 60 % 60)),
        "seconds": sign * (Decimal(rest % 60) + Decimal(nano) / BILLION),
    }


def filtered(base: Any, condition: Callable[[Scope], Any], scope: Scope, *, logical: bool) -> Any:
    """A list's members for which the condition holds, or the one at the place that it is; no list counts as one."""
    if base is None:
        return notes.null("null is filtered")
    members = base if isinstance(base, list) else [base]
    if not logical:
        with notes.listening():  # what is said here is said again below
            place = condition(scope)
        if isinstance(place, Decimal):
            return at_place(members, place)
    scope.running.spend(len(members))
    return [entry for entry in members if condition(item_scope(entry, scope)) is True]


def item_scope(entry: Any, scope: Scope) -> Scope:
    """Where a list's member is `item`, and its entries have their own names."""
    inner = Scope({"item": entry}, scope)
    return Scope(entry, inner) if isinstance(entry, dict) else inner


def at_place(members: list[Any], place: Decimal) -> Any:
    """The member at a place counted from 1, or from the end by minus; null where there is none."""
    if place != place.to_integral_value() or not 0 < abs(place) <= len(members):
        return notes.null("there is no member at this place")
    return members[int(place) - (1 if place > 0 else 0)]
