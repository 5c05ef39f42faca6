"""What type an expression's value surely has, as far as it can be told without running it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tongban.contexts.process.core.feel import nodes as n
from tongban.contexts.process.core.feel import types as t
from tongban.contexts.process.core.feel.values import Date, DateTime, Months, Span, Time

_OF_LITERALS: tuple[tuple[type, t.Type], ...] = (
    (bool, t.BOOLEAN),
    (Decimal, t.NUMBER),
    (str, t.STRING),
    (Date, t.DATE),
    (Time, t.TIME),
    (DateTime, t.DATE_TIME),
    (Months, t.MONTHS),
    (Span, t.SPAN),
)


def infer(node: n.Node, names: Mapping[str, t.Type]) -> t.Type:
    """The type, or UNKNOWN."""
    if isinstance(node, n.Literal):
        return next((kind for python, kind in _OF_LITERALS if isinstance(node.value, python)), t.UNKNOWN)
    if isinstance(node, n.Name):
        found = names.get(node.name, t.UNKNOWN)
        return t.UNKNOWN if found is t.ANY else found
    if isinstance(node, (n.Compare, n.In, n.Between, n.InstanceOf, n.And, n.Or, n.Quantified)):
        return t.BOOLEAN
    if isinstance(node, n.ContextNode):
        return t.ContextOf({name: infer(entry, names) for name, entry in node.entries})
    if isinstance(node, n.ListNode):
        return t.ListOf(_common([infer(entry, names) for entry in node.members]))
    if isinstance(node, n.If):
        return _common([infer(node.then, names), infer(node.otherwise, names)])
    if isinstance(node, n.Arithmetic):
        return _common([infer(node.left, names), infer(node.right, names)], only=(t.NUMBER, t.STRING))
    return t.UNKNOWN


def _common(kinds: list[t.Type], only: tuple[Any, ...] | None = None) -> t.Type:
    first = kinds[0] if kinds else t.UNKNOWN
    same = all(kind is first for kind in kinds)
    return first if same and (only is None or first in only) else t.UNKNOWN
