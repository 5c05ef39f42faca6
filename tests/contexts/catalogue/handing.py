"""Catalogues to hand on: the shipped one, and any that hypothesis makes up."""

from __future__ import annotations

import dataclasses
import typing
from datetime import UTC, datetime
from functools import cache
from types import UnionType
from typing import Any, Literal

from hypothesis import strategies as st

from tests.contexts.catalogue.samples import CATALOGUE
from tongban.contexts.catalogue import actions
from tongban.contexts.catalogue.core.exports import City, Handed
from tongban.contexts.catalogue.core.items import Text

CITY = City(Text("江城市", "Jiangcheng"), "429900", "https://city.example")
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@cache
def shipped() -> Handed:
    """The shipped catalogue as a value."""
    return actions.hand_on(CATALOGUE, city=CITY, at=AT)


#: Texts that writers of YAML stumble over, among all others; our reader refuses U+FFFD as a sign of a wrong encoding.
_HARD = [
    "",
    " ",
    "no",
    "true",
    "null",
    "~",
    "1",
    "1.5e3",
    "007",
    "2026-03-02",
    "- a",
    "a: b",
    "a #b",
    "{x}",
    "'",
    '"',
    "\n",
]
_HARD += [
    "long words " * 30,
    "长" * 200,
    " lead",
    "trail ",
    "two\n\nlines",
    "tab\there",
    "@",
    "%",
    "&a",
    "*a",
    "!t",
    "? x",
]
words = st.one_of(
    st.sampled_from(_HARD),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffd"), max_size=40),
)


def values_of(kind: Any, depth: int = 2) -> st.SearchStrategy[Any]:
    """Any value of a type that an item may hold."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return st.sampled_from(inside)
    if origin in (UnionType, typing.Union):
        return st.one_of(*(values_of(one, depth) for one in inside))
    if origin is tuple:
        return st.lists(values_of(inside[0], depth - 1), max_size=2).map(tuple) if depth > 0 else st.just(())
    if origin is dict:
        return st.dictionaries(words, words, max_size=2)
    if kind is type(None):
        return st.none()
    if dataclasses.is_dataclass(kind):
        return made(typing.cast(type, kind), depth)
    return {str: words, bool: st.booleans(), int: st.integers(-(10**9), 10**9)}[kind]


def made(kind: type, depth: int = 2) -> st.SearchStrategy[Any]:
    """Any value of a dataclass; elements with a default take it half of the time."""
    hints = typing.get_type_hints(kind)
    parts = {}
    for field in dataclasses.fields(kind):
        strategy = values_of(hints[field.name], depth)
        if field.default is not dataclasses.MISSING:
            strategy = st.one_of(st.just(field.default), strategy)
        parts[field.name] = strategy
    return st.builds(kind, **parts)
