"""Types as they are written in expressions: `list<number>`, `context<a: string>`, `function<date> -> boolean`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tongban.contexts.process.core.feel.names import SIMPLE, Names, normal
from tongban.contexts.process.core.feel.scanner import Scanner
from tongban.contexts.process.core.feel.types import BY_NAME, ContextOf, FunctionOf, ListOf, RangeOf, Type

_SPACED: Final = Names(BY_NAME)
_ENTRY: Final = re.compile(r"[^:<>,]+?(?=\s*:)")


def read_type(scanner: Scanner, types: Mapping[str, Type]) -> Type:
    """The type that is next; refuses what names none."""
    scanner.deeper()
    name = _name(scanner, types)
    if name in ("list", "range") and scanner.takes("<"):
        member = read_type(scanner, types)
        scanner.expect(">")
        made: Type = ListOf(member) if name == "list" else RangeOf(member)
    elif name == "context" and scanner.takes("<"):
        made = _context(scanner, types)
    elif name == "function" and scanner.takes("<"):
        made = _function(scanner, types)
    else:
        made = types[name] if name in types else BY_NAME[name]
    scanner.shallower()
    return made


def _name(scanner: Scanner, types: Mapping[str, Type]) -> str:
    text, position = scanner.text, scanner.position
    found = _SPACED.at(text, position) or Names(types).at(text, position)
    if found:
        name, end = found
    else:
        word = SIMPLE.match(text, position)
        if not word or not (word[0] in types or word[0] in BY_NAME):
            scanner.refuse()
        name, end = word[0], word.end()
    scanner.position = end
    scanner.blanks()
    return name


def _context(scanner: Scanner, types: Mapping[str, Type]) -> Type:
    entries: dict[str, Type] = {}
    while not scanner.takes(">"):
        if entries:
            scanner.expect(",")
        found = scanner.match(_ENTRY) or scanner.refuse()
        scanner.expect(":")
        entries[normal(found[0])] = read_type(scanner, types)
    return ContextOf(entries)


def _function(scanner: Scanner, types: Mapping[str, Type]) -> Type:
    parameters: list[Type] = []
    while not scanner.takes(">"):
        if parameters:
            scanner.expect(",")
        parameters.append(read_type(scanner, types))
    scanner.expect("->")
    return FunctionOf(tuple(parameters), read_type(scanner, types))
