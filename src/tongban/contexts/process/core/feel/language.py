"""The door to FEEL: an expression or the unary tests of a cell, read once, then run as often as wanted.

Refusals: `ExpressionRefused` (not FEEL, with the character), `ExpressionTooLarge`, `EvaluationTooLong`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, TypeVar

from tongban.contexts.process.core.feel import nodes as n
from tongban.contexts.process.core.feel.builtins import registry
from tongban.contexts.process.core.feel.compiler import compiled, passing
from tongban.contexts.process.core.feel.names import Names
from tongban.contexts.process.core.feel.parser import Parser
from tongban.contexts.process.core.feel.refusals import EvaluationTooLong, ExpressionTooLarge
from tongban.contexts.process.core.feel.scope import Running, Scope
from tongban.contexts.process.core.feel.types import Type
from tongban.contexts.process.core.feel.values import feel, utc_now

Run = Callable[[Scope], Any]
Test = Callable[[Scope, Any], bool | None]
T = TypeVar("T")

#: Parts of dates, durations and ranges whose names have spaces.
_PARTS: Final = ("time offset", "start included", "end included")
_LANGUAGE: Final = Names([*registry.BUILTINS, *_PARTS])


@dataclass(frozen=True, slots=True)
class Read:
    """An expression as its tree and as a function."""

    node: n.Node
    run: Run


class Language:
    """The names and types that a model's expressions may speak of; what is read once is kept."""

    def __init__(self, names: Iterable[str] = (), types: Mapping[str, Type] | None = None) -> None:
        self._names, self._types = Names(names), types if types is not None else {}
        self._kept: dict[tuple[str, str], Any] = {}

    def expression(self, text: str) -> Read:
        """`text` as an expression."""
        return self._keep("expression", text, self._expression)

    def tests(self, text: str) -> n.Tests:
        """`text` as the unary tests of a cell."""
        return self._keep("tests", text, self._unary_tests)

    def _expression(self, text: str) -> Read:
        node = self._parser(text).whole()
        return Read(node, compiled(node))

    def _unary_tests(self, text: str) -> n.Tests:
        return self._parser(text).unary_tests()

    def _parser(self, text: str) -> Parser:
        return Parser(text, self._names, _LANGUAGE, types=self._types)

    def _keep(self, kind: str, text: str, read: Callable[[str], T]) -> T:
        kept: T | None = self._kept.get((kind, text))
        if kept is None:
            try:
                kept = read(text)
            except RecursionError:
                raise ExpressionTooLarge(expression=text[:40] + "…") from None
            self._kept[kind, text] = kept
        return kept


def cell_run(tests: n.Tests) -> Callable[[Scope, Any], bool]:
    """The tests of a cell as a function of the scope and the input's value."""
    made = [passing(test) for test in tests.tests]
    negated = tests.negated

    def run(scope: Scope, value: Any) -> bool:
        if not made:
            return True
        passed = any(test(scope, value) is True for test in made)
        return passed is not negated

    return run


def running(now: datetime | None = None) -> Running:
    """A fresh evaluation whose clock shows `now`."""
    return Running(utc_now(now) if now is not None else None)


def guarded(run: Callable[[], T]) -> T:
    """What `run` gives; a recursion without end is refused like a loop without end."""
    try:
        return run()
    except RecursionError:
        raise EvaluationTooLong from None


@lru_cache(maxsize=256)
def _language_of(names: frozenset[str]) -> Language:
    return Language(names)


def evaluate(text: str, data: Mapping[str, Any] | None = None, *, now: datetime | None = None) -> Any:
    """The value of the expression `text` over plain `data` (names with spaces may be keys at any depth)."""
    values = feel(dict(data or {}))
    read = _language_of(frozenset(_keys(values))).expression(text)
    return guarded(lambda: read.run(Scope(values, running=running(now))))


def holds(text: str, value: Any, data: Mapping[str, Any] | None = None) -> bool:
    """Whether plain `value` passes the unary tests `text`."""
    values = feel(dict(data or {}))
    tests = cell_run(_language_of(frozenset(_keys(values))).tests(text))
    tested = feel(value)
    return guarded(lambda: tests(Scope({**values, "?": tested}), tested))


def _keys(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        for key, entry in value.items():
            yield key
            yield from _keys(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _keys(entry)
