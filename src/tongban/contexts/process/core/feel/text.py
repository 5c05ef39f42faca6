"""Values as text, as `string()` writes them, and as plain JSON."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from tongban.contexts.process.core.feel.compare import Parts
from tongban.contexts.process.core.feel.parts import write_date, write_duration, write_time
from tongban.contexts.process.core.feel.types import Builtin, Function
from tongban.contexts.process.core.feel.values import Date, DateTime, Months, Range, Span, Time

_PLAIN_KEY: Final = re.compile(r"[^\W\d][\w ]*")


def text_of(value: Any, *, inside: bool = False, parts: Parts | None = None) -> str:
    """`value` as FEEL writes it; text stands in quotes only `inside` lists, contexts and ranges."""
    if isinstance(value, str):
        return _quoted(value) if inside else value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (list, dict)):
        return _parts_of(value, parts or Parts())
    if isinstance(value, Range):
        low, high = text_of(value.low, inside=True), text_of(value.high, inside=True)
        return f"{'[' if value.low_closed else '('}{low}..{high}{']' if value.high_closed else ')'}"
    written = _temporal(value)
    return f'@"{written}"' if inside and not isinstance(value, (Function, Builtin)) else written


def _parts_of(value: list[Any] | dict[str, Any], parts: Parts) -> str:
    parts.spend(len(value))
    if isinstance(value, list):
        return f"[{', '.join(text_of(member, inside=True, parts=parts) for member in value)}]"
    entries = (f"{_key(key)}: {text_of(entry, inside=True, parts=parts)}" for key, entry in value.items())
    return f"{{{', '.join(entries)}}}"


def _temporal(value: Any) -> str:
    if isinstance(value, Date):
        return write_date(value)
    if isinstance(value, Time):
        return write_time(value)
    if isinstance(value, DateTime):
        return f"{write_date(value.date)}T{write_time(value.time)}"
    if isinstance(value, (Months, Span)):
        return write_duration(value)
    if isinstance(value, Function):
        return f"function({', '.join(parameter.name for parameter in value.parameters)})"
    return f"function {value.name}" if isinstance(value, Builtin) else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _key(name: str) -> str:
    return name if _PLAIN_KEY.fullmatch(name) else _quoted(name)


def plain(value: Any, parts: Parts | None = None) -> Any:
    """`value` for JSON: whole numbers as integers, others as text-exact decimals, dates and times as their text."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, (list, dict)):
        parts = parts or Parts()
        parts.spend(len(value))
        if isinstance(value, list):
            return [plain(member, parts) for member in value]
        return {key: plain(entry, parts) for key, entry in value.items()}
    return text_of(value)


def plain_number(value: Decimal) -> int | float | str:
    """An integer where it is one, a float where that loses nothing, else its text."""
    if not -30 < value.adjusted() < 30:
        return text_of(value)
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else text_of(value)
