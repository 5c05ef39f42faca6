"""The functions of the language, each with the forms it can be called in.

A form is written as FEEL's own tables write it: `substring(string: string, start position: number, length?: number)`.
`?` after a name: may be left out; `...`: any number; `~` after a type: may be null; `a|b`: two names for one parameter.
An argument that does not fit leaves the form out; a call that fits no form is null.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from tongban.contexts.process.core.feel.scope import Running
from tongban.contexts.process.core.feel.types import ANY, BY_NAME, UNKNOWN, Builtin, Parameter, Type, fitted

BUILTINS: Final[dict[str, Builtin]] = {}
_SIGNATURE: Final = re.compile(r"([^(]+)\((.*)\)(?: -> (.+))?")
_UNFIT: Final = object()
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter of a form: its names, and how it may be given."""

    names: tuple[str, ...]
    type: Type
    optional: bool
    nullable: bool

    def fit(self, value: Any) -> Any:
        """`value` as the function gets it, or _UNFIT."""
        if value is None:
            return None if self.nullable else _UNFIT
        if self.type.is_list() and not isinstance(value, list):
            return [value]
        made = fitted(value, self.type)
        return made if made is not None else _UNFIT


@dataclass(frozen=True, slots=True)
class Form:
    """One way to call a function."""

    arguments: tuple[Argument, ...]
    variadic: bool
    function: Callable[..., Any]
    result: Type
    running: bool

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Name and type of each."""
        return tuple(Parameter(argument.names[0], argument.type) for argument in self.arguments)

    def bind(self, given: Sequence[Any], names: Sequence[str]) -> list[Any] | None:
        """The arguments in order and fitted, or None where they don't fit this form."""
        if names:
            return self._bind_named(dict(zip(names, given, strict=True)))
        if self.variadic:
            return self._fit(
                [*self.arguments[:-1], *[self.arguments[-1]] * (len(given) - len(self.arguments) + 1)], given
            )
        return self._fit(self.arguments, given)

    def _fit(self, arguments: Sequence[Argument], given: Sequence[Any]) -> list[Any] | None:
        if len(given) > len(arguments) or not all(argument.optional for argument in arguments[len(given) :]):
            return None
        made = [argument.fit(value) for argument, value in zip(arguments, given, strict=False)]
        return None if any(value is _UNFIT for value in made) else made

    def _bind_named(self, given: dict[str, Any]) -> list[Any] | None:
        ordered: list[Any] = []
        for argument in self.arguments:
            name = next((name for name in argument.names if name in given), None)
            if name is None and not argument.optional:
                return None
            ordered.append(argument.fit(given.pop(name)) if name is not None else None)
        return None if given or any(value is _UNFIT for value in ordered) else ordered

    def run(self, bound: list[Any], running: Running) -> Any:
        """The function's value."""
        return self.function(running, *bound) if self.running else self.function(*bound)


def builtin(*signatures: str, running: bool = False) -> Callable[[F], F]:
    """Register a function under each of the signatures; with `running`, it gets the evaluation first."""

    def add(function: F) -> F:
        for signature in signatures:
            found = _SIGNATURE.fullmatch(signature)
            assert found, signature
            arguments = tuple(_argument(text) for text in found[2].split(", ") if text)
            form = Form(arguments, "..." in found[2], function, BY_NAME.get(found[3] or "", UNKNOWN), running)
            BUILTINS.setdefault(found[1], Builtin(found[1])).forms.append(form)
        return function

    return add


def _argument(text: str) -> Argument:
    names, _, kind = text.partition(": ")
    nullable = kind.endswith("~")
    type_ = BY_NAME[kind.rstrip("~")]
    optional = "?" in names or "..." in names
    return Argument(tuple(re.sub(r"[?]|\.\.\.", "", names).split("|")), type_, optional, nullable or type_ is ANY)
