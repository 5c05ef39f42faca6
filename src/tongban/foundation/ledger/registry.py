"""Which kinds of stream there are. The wiring registers each once."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec

from tongban.foundation.ledger.contract import Kind

#: Stands in text fields whose personal value was erased; fields that accept None hold None.
ERASED: Final = "***"

_kinds: dict[str, Kind[Any]] = {}


def register(kind: Kind[Any]) -> None:
    """Make `kind` known for reading, verifying and folding. Repeating it with the same kind is harmless.

    Raises `TypeError` for a kind that could not be kept: two events of one type name, a personal field that can't be
    erased, a table without `stream_id`.
    """
    _check(kind)
    _shape(kind)
    _kinds[kind.name] = kind


def _shape(kind: Kind[Any]) -> None:
    """Let msgspec learn the shapes of state and events now, in one thread: two threads that read the same kind for the
    first time at the same moment would find them half learnt, and the process dies of it (msgspec 0.20)."""
    for cls in (kind.state, *kind.events):
        msgspec.json.Decoder(cls)


def kinds() -> tuple[Kind[Any], ...]:
    """All registered kinds, by name."""
    return tuple(_kinds[name] for name in sorted(_kinds))


def kind_of(name: str) -> Kind[Any]:
    """The kind called `name`; `KeyError` where it is not registered."""
    return _kinds[name]


def _check(kind: Kind[Any]) -> None:
    seen: set[str] = set()
    events: tuple[Any, ...] = kind.events
    for event in events:
        if event.TYPE in seen:
            raise TypeError(f"{kind.name}: two events are called {event.TYPE}")
        seen.add(event.TYPE)
        hints = typing.get_type_hints(event)
        for field in event.PERSONAL:
            if field not in hints:
                raise TypeError(f"{kind.name}.{event.TYPE}: there is no field {field} to be personal")
            blank(hints[field])
    for table in kind.tables:
        if "stream_id" not in table.columns or len(table.columns) != len(table.types):
            raise TypeError(f"{kind.name}: table {table.name} needs stream_id and one type for each column")
        if not table.key or not set(table.key) <= set(table.columns):
            raise TypeError(f"{kind.name}: the key of table {table.name} is not among its columns")
    if any(
        f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
        for f in dataclasses.fields(kind.state)
    ):
        raise TypeError(f"{kind.name}: every field of {kind.state.__name__} needs a default")


def accepts_none(hint: Any) -> bool:
    """True where a field of this type may hold None."""
    if hint is None or hint is type(None) or hint is Any:
        return True
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return any(accepts_none(option) for option in typing.get_args(hint))
    return False


def blank(hint: Any) -> Any:
    """What stands in a field of this type after erasure: None where it may, ERASED for text, else the empty value of
    the type (JSON-able). `TypeError` for a type without one: such a personal field must accept None.
    """
    if accepts_none(hint):
        return None
    origin = typing.get_origin(hint) or hint
    if origin in _EMPTY:
        return _EMPTY[origin]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {}
    if isinstance(origin, type) and issubclass(origin, Collection):
        return []
    if dataclasses.is_dataclass(origin):
        hints = typing.get_type_hints(origin)
        return {field.name: blank(hints[field.name]) for field in dataclasses.fields(origin)}
    raise TypeError(f"a personal field of type {hint} must accept None, so that it can be erased")


_EMPTY: Final[dict[Any, Any]] = {str: ERASED, int: 0, bool: False}
