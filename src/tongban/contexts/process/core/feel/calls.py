"""Calling functions: arguments by place or by name, fitted to the types of the parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.refusals import EvaluationTooLong
from tongban.contexts.process.core.feel.scope import DEEPEST_CALLS, Running
from tongban.contexts.process.core.feel.types import Builtin, Function, fitted

_UNFIT: Final = object()


def invoke(function: Any, arguments: list[Any], names: Sequence[str], running: Running) -> Any:
    """The result of the call; null for what is no function or does not take these arguments."""
    if isinstance(function, Builtin):
        return _builtin(function, arguments, names, running)
    if not isinstance(function, Function):
        return notes.null("what is called is not a function")
    ordered = _ordered(function, arguments, names)
    if ordered is None:
        return notes.null("the function does not take these arguments")
    running.spend()
    running.calls += 1
    if running.calls > DEEPEST_CALLS:
        raise EvaluationTooLong
    try:
        result = function.call(*ordered)
    finally:
        running.calls -= 1
    return result


def _ordered(function: Function, arguments: list[Any], names: Sequence[str]) -> list[Any] | None:
    parameters = function.parameters
    if len(arguments) != len(parameters):
        return None
    if names:
        given = dict(zip(names, arguments, strict=True))
        if any(parameter.name not in given for parameter in parameters):
            return None
        arguments = [given[parameter.name] for parameter in parameters]
    made = []
    for parameter, argument in zip(parameters, arguments, strict=True):
        value = fitted(argument, parameter.type)
        if value is None and argument is not None:
            return None
        made.append(value)
    return made


def _builtin(function: Builtin, arguments: list[Any], names: Sequence[str], running: Running) -> Any:
    for form in function.forms:
        bound = form.bind(arguments, names)
        if bound is not None:
            return form.run(bound, running)
    return notes.null(f"{function.name}() does not take these arguments")
