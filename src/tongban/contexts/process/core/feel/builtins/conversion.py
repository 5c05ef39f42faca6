"""Functions that make a value of one kind out of another."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from tongban.contexts.process.core.feel import nodes as n
from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.builtins.registry import BUILTINS, builtin
from tongban.contexts.process.core.feel.calls import invoke
from tongban.contexts.process.core.feel.compare import less, same_kind
from tongban.contexts.process.core.feel.names import Names
from tongban.contexts.process.core.feel.parser import Parser
from tongban.contexts.process.core.feel.refusals import ExpressionRefused, ExpressionTooLarge
from tongban.contexts.process.core.feel.scope import Running
from tongban.contexts.process.core.feel.text import text_of
from tongban.contexts.process.core.feel.values import NUMBERS, Range

_NUMBER: Final = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_MADE: Final = frozenset({"date", "time", "date and time", "duration"})
_MADE_NAMES: Final = Names(_MADE)


@builtin("string(from: Any) -> string")
def string(value: Any) -> str | None:
    """As text."""
    return None if value is None else text_of(value)


@builtin("number(from: string) -> number")
def number_of(text: str) -> Decimal | None:
    """Read from plain text."""
    return _number(text)


@builtin("number(from: number) -> number")
def number_itself(value: Decimal) -> Decimal:
    """Itself."""
    return value


@builtin("number(from: string, grouping separator: string~, decimal separator: string~) -> number")
def number(text: str, grouping: str | None, point: str | None) -> Decimal | None:
    """Read from text with these separators."""
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (point and grouping == point):
        return notes.null("number(): these are no separators")
    if grouping:
        text = text.replace(grouping, "")
    return _number(text.replace(point, ".") if point else text)


def _number(text: str) -> Decimal | None:
    if not _NUMBER.fullmatch(text):
        return notes.null("number(): the text is no number")
    value = NUMBERS.create_decimal(text)
    return value if value.is_finite() else None


@builtin("range(from: string) -> range", running=True)
def range_of(running: Running, text: str) -> Range | None:
    """Read from text whose ends are literal."""
    try:
        node = Parser(text, _MADE_NAMES, types={}).whole()
    except (ExpressionRefused, ExpressionTooLarge):
        node = n.Literal(None)
    if not isinstance(node, n.RangeNode):
        return notes.null("range(): the text is no range")
    low, high = _literal(node.low, running), _literal(node.high, running)
    if not same_kind(low, high) or less(high, low):
        return notes.null("range(): the ends are not of one kind, or not in order")
    return Range(low, high, node.low_closed, node.high_closed)


def _literal(node: n.Node, running: Running) -> Any:
    if isinstance(node, n.Literal):
        return node.value
    if isinstance(node, n.Call) and isinstance(node.function, n.Name) and node.function.name in _MADE:
        values = [argument.value for argument in node.arguments if isinstance(argument, n.Literal)]
        if len(values) == len(node.arguments):
            return invoke(BUILTINS[node.function.name], values, node.names, running)
    return None
