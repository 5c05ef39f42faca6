"""Types: whether a value belongs to one, whether one conforms to another, what assigning a value to one makes of it.

A value that does not fit becomes null. A list of one fits where its member does, a value where a list of such is
wanted, and a date where a date and time is. Allowed values bind when a value is assigned (`admits`), not for
`instance of` (`holds`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.values import (
    Date,
    DateTime,
    Months,
    Range,
    Span,
    Time,
)


class Type:
    """Base of all types; by itself `Any`, which everything but null belongs to."""

    name: str = "Any"

    def holds(self, value: Any) -> bool:
        """Whether `value`, not null, is an instance."""
        return True

    def admits(self, value: Any) -> bool:
        """Whether `value` may be assigned: null always, else an instance among the allowed values."""
        return value is None or self.holds(value)

    def conforms(self, other: Type) -> bool:
        """Whether every value of this type belongs to `other`."""
        other = other.plain()
        return type(other) is Type or other is UNKNOWN or self.plain() is other

    def plain(self) -> Type:
        """The type without name and allowed values."""
        return self

    def is_list(self) -> bool:
        """Whether its values are lists."""
        return False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter's name and type."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function of FEEL or of a model; `call` gets its arguments in the order of the parameters."""

    parameters: tuple[Parameter, ...]
    result: Type
    call: Callable[..., Any]


class Builtin:
    """A function of the language: calls choose among its forms (builtins/registry)."""

    __slots__ = ("forms", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.forms: list[Any] = []


class _Unknown(Type):
    """What cannot be told before running: conforms to all."""

    def conforms(self, other: Type) -> bool:
        return True


class Simple(Type):
    """A type of the language without parts."""

    def __init__(self, name: str, test: Callable[[Any], bool]) -> None:
        self.name, self._test = name, test

    def holds(self, value: Any) -> bool:
        return self._test(value)

    def conforms(self, other: Type) -> bool:
        return super().conforms(other) or getattr(other.plain(), "name", "") == self.name


@dataclass(eq=False)
class ListOf(Type):
    """Lists whose members belong to a type."""

    member: Type

    def __post_init__(self) -> None:
        self.name = f"list<{self.member.name}>"

    def holds(self, value: Any) -> bool:
        return isinstance(value, list) and all(entry is None or self.member.holds(entry) for entry in value)

    def admits(self, value: Any) -> bool:
        return value is None or (isinstance(value, list) and all(map(self.member.admits, value)))

    def conforms(self, other: Type) -> bool:
        other = other.plain()
        return super().conforms(other) or (isinstance(other, ListOf) and self.member.conforms(other.member))

    def is_list(self) -> bool:
        return True


@dataclass(eq=False)
class RangeOf(Type):
    """Ranges whose ends belong to a type."""

    member: Type

    def __post_init__(self) -> None:
        self.name = f"range<{self.member.name}>"

    def holds(self, value: Any) -> bool:
        return isinstance(value, Range) and all(
            end is None or self.member.holds(end) for end in (value.low, value.high)
        )

    def conforms(self, other: Type) -> bool:
        other = other.plain()
        return super().conforms(other) or (isinstance(other, RangeOf) and self.member.conforms(other.member))


@dataclass(eq=False)
class ContextOf(Type):
    """Contexts that have at least these entries."""

    entries: Mapping[str, Type]
    name: str = "context"

    def holds(self, value: Any) -> bool:
        return isinstance(value, dict) and all(
            key in value and (value[key] is None or entry.holds(value[key])) for key, entry in self.entries.items()
        )

    def admits(self, value: Any) -> bool:
        return value is None or (
            isinstance(value, dict)
            and all(key in value and entry.admits(value[key]) for key, entry in self.entries.items())
        )

    def conforms(self, other: Type) -> bool:
        other = other.plain()
        return super().conforms(other) or (
            isinstance(other, ContextOf)
            and all(key in self.entries and self.entries[key].conforms(entry) for key, entry in other.entries.items())
        )


@dataclass(eq=False)
class FunctionOf(Type):
    """Functions that take at least these types and give that one."""

    parameters: tuple[Type, ...]
    result: Type
    name: str = "function"

    def holds(self, value: Any) -> bool:
        if isinstance(value, Builtin):
            return any(self._takes(form.parameters, form.result) for form in value.forms)
        return isinstance(value, Function) and self._takes(value.parameters, value.result)

    def _takes(self, parameters: tuple[Any, ...], result: Type) -> bool:
        return (
            len(parameters) == len(self.parameters)
            and all(mine.conforms(theirs.type) for mine, theirs in zip(self.parameters, parameters, strict=True))
            and result.conforms(self.result)
        )

    def conforms(self, other: Type) -> bool:
        other = other.plain()
        return super().conforms(other) or (
            isinstance(other, FunctionOf)
            and len(other.parameters) == len(self.parameters)
            and all(theirs.conforms(mine) for mine, theirs in zip(self.parameters, other.parameters, strict=True))
            and self.result.conforms(other.result)
        )


@dataclass(eq=False)
class Named(Type):
    """A type of a model: another type under a name, perhaps with allowed values; filled in after it is named."""

    name: str
    base: Type = field(default_factory=Type)
    allowed: Callable[[Any], bool] | None = None
    of_members: bool = False  # the allowed values are those of a list's members

    def holds(self, value: Any) -> bool:
        return self.base.holds(value)

    def admits(self, value: Any) -> bool:
        if value is None:
            return True
        if not self.base.admits(value):
            return False
        if self.allowed is None:
            return True
        return all(map(self.allowed, value)) if self.of_members and isinstance(value, list) else self.allowed(value)

    def conforms(self, other: Type) -> bool:
        return self.plain().conforms(other)

    def plain(self) -> Type:
        return self.base.plain()

    def is_list(self) -> bool:
        return self.base.is_list()


ANY: Final = Type()
UNKNOWN: Final = _Unknown()
NUMBER: Final = Simple("number", lambda value: isinstance(value, Decimal))
STRING: Final = Simple("string", lambda value: isinstance(value, str))
BOOLEAN: Final = Simple("boolean", lambda value: isinstance(value, bool))
DATE: Final = Simple("date", lambda value: isinstance(value, Date))
TIME: Final = Simple("time", lambda value: isinstance(value, Time))
DATE_TIME: Final = Simple("date and time", lambda value: isinstance(value, DateTime))
MONTHS: Final = Simple("years and months duration", lambda value: isinstance(value, Months))
SPAN: Final = Simple("days and time duration", lambda value: isinstance(value, Span))
NULL: Final = Simple("Null", lambda value: False)
LIST: Final = ListOf(ANY)
RANGE: Final = RangeOf(ANY)
CONTEXT: Final = ContextOf({})
FUNCTION: Final = Simple("function", lambda value: isinstance(value, (Function, Builtin)))

#: The names of the language's own types; the others are how older models and XML Schema call them.
BY_NAME: Final[dict[str, Type]] = {
    "Any": ANY,
    "number": NUMBER,
    "string": STRING,
    "boolean": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "date and time": DATE_TIME,
    "dateTime": DATE_TIME,
    "years and months duration": MONTHS,
    "yearMonthDuration": MONTHS,
    "days and time duration": SPAN,
    "dayTimeDuration": SPAN,
    "Null": NULL,
    "list": LIST,
    "range": RANGE,
    "context": CONTEXT,
    "function": FUNCTION,
}


def fitted(value: Any, wanted: Type) -> Any:
    """`value` as assigned to `wanted`: itself, its only member, a list of it, its midnight, or null."""
    if value is None or wanted.admits(value):
        return value
    if isinstance(value, list) and len(value) == 1 and value[0] is not None and wanted.admits(value[0]):
        return value[0]
    if not isinstance(value, list) and wanted.is_list() and wanted.admits([value]):
        return [value]
    if isinstance(value, Date) and wanted.plain() is DATE_TIME:
        return DateTime(value, Time(0, 0, 0, 0, 0))
    return notes.null(f"the value is not of type {wanted.name}")
