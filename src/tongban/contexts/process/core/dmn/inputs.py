"""Plain JSON as the values that a model's inputs take: dates, times and durations come as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tongban.contexts.process.core.feel import types as t
from tongban.contexts.process.core.feel.parts import read_date, read_date_time, read_duration, read_time

_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "date": read_date,
    "time": read_time,
    "date and time": read_date_time,
    "years and months duration": read_duration,
    "days and time duration": read_duration,
}


def typed(value: Any, wanted: t.Type) -> Any:
    """`value` with text read where `wanted` has a date, a time or a duration; what cannot be read stays as it is."""
    kind = wanted.plain()
    if isinstance(value, str):
        read = _READERS.get(kind.name)
        found = read(value) if read else None
        return found if found is not None else value
    if isinstance(value, dict) and isinstance(kind, t.ContextOf):
        return {key: typed(entry, kind.entries[key]) if key in kind.entries else entry for key, entry in value.items()}
    if isinstance(value, (list, tuple)) and isinstance(kind, t.ListOf):
        return [typed(member, kind.member) for member in value]
    return value
