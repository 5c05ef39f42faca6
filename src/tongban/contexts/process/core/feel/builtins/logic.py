"""Functions of truth, and identity."""

from __future__ import annotations

from typing import Any

from tongban.contexts.process.core.feel.builtins.registry import builtin
from tongban.contexts.process.core.feel.compare import equal
from tongban.contexts.process.core.feel.values import DateTime, Time


@builtin("not(negand: boolean) -> boolean")
def not_(value: bool) -> bool:
    """The opposite."""
    return not value


@builtin("is(value1: Any, value2: Any) -> boolean")
def is_(left: Any, right: Any) -> bool:
    """Whether both are the same value, written alike: with the same offset or zone too."""
    if type(left) is not type(right):
        return False
    if isinstance(left, (Time, DateTime)):
        return bool(left == right)
    return equal(left, right) is True


def _all(values: list[Any]) -> bool | None:
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


def _any(values: list[Any]) -> bool | None:
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None


@builtin("all(list: list) -> boolean", "and(list: list) -> boolean")
def all_(values: list[Any]) -> bool | None:
    """Whether all are true."""
    return _all(values)


@builtin("all(b...: Any) -> boolean", "and(b...: Any) -> boolean")
def all_of(*values: Any) -> bool | None:
    """Whether all are true."""
    return _all(list(values)) if values else None


@builtin("any(list: list) -> boolean", "or(list: list) -> boolean")
def any_(values: list[Any]) -> bool | None:
    """Whether one is true."""
    return _any(values)


@builtin("any(b...: Any) -> boolean", "or(b...: Any) -> boolean")
def any_of(*values: Any) -> bool | None:
    """Whether one is true."""
    return _any(list(values)) if values else None
