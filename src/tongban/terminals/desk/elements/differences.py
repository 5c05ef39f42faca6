"""The difference inside a field: what stays, what goes, what comes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from tongban.contexts.catalogue.core.items import Option
from tongban.terminals.desk.elements.paths import members, record
from tongban.terminals.desk.elements.shapes import Element, elements

#: Below this likeness two wordings are told apart whole: a mosaic of letters helps nobody.
_LIKE = 0.5
_TOKEN = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """A run of text that stays (""), was taken out ("del") or put in ("ins")."""

    kind: Literal["", "del", "ins"]
    text: str


def runs(old: str | None, new: str) -> tuple[Run, ...]:
    """`new` with the difference from `old` inside; None = there is nothing to compare with."""
    if old is None or old == new:
        return (Run("", new),) if new else ()
    if not old or not new:
        return (Run("ins", new),) if new else (Run("del", old),)
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if max(len(before), len(after)) > 600 or matcher.ratio() < _LIKE:
        return (Run("del", old), Run("ins", new))
    found: list[Run] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            found.append(Run("", "".join(before[a:b])))
            continue
        if a != b:
            found.append(Run("del", "".join(before[a:b])))
        if c != d:
            found.append(Run("ins", "".join(after[c:d])))
    return tuple(found)


def same(one: Element, old: Any, new: Any) -> bool:
    """Whether two values of an element say the same: what is left out says the default."""
    return bool(_full(one, old) == _full(one, new))


def _full(one: Element, value: Any) -> Any:
    """A value with every default written out, so that two ways to write it are equal."""
    if one.part is not None:
        if one.kind == "records":
            return [_record(one.part, each) for each in members(value)]
        return _record(one.part, value) if isinstance(value, dict) else None
    if one.kind == "options":
        return [_record(Option, each) for each in members(value)]
    if isinstance(value, tuple):
        return list(value)
    bare = list(one.default) if isinstance(one.default, tuple) else one.default
    return bare if value is None else value


def _record(owner: type, value: Any) -> dict[str, Any]:
    values = record(value)
    return {one.name: _full(one, values.get(one.name)) for one in elements(owner)}


def pairs(one: Element, old: Any, new: Any) -> list[tuple[Any, int | None, Any, int | None]]:
    """The members of two lists side by side, (old, its place, new, its place), in the order of the new list; what was
    taken out stands where it stood. Members belong together by id, else by what they are called, else by content.
    """
    before, after = members(old), members(new)
    left, right = [_mark(one, each) for each in before], [_mark(one, each) for each in after]
    if len(set(left)) < len(left) or len(set(right)) < len(right):
        left, right = _counted(left), _counted(right)
    place = {mark: n for n, mark in enumerate(left)}
    found: list[tuple[Any, int | None, Any, int | None]] = []
    gone = [n for n, mark in enumerate(left) if mark not in set(right)]
    for n, mark in enumerate(right):
        at = place.get(mark)
        while gone and at is not None and gone[0] < at:
            found.append((before[gone[0]], gone.pop(0), None, None))
        found.append((before[at] if at is not None else None, at, after[n], n))
    return found + [(before[n], n, None, None) for n in gone]


def _counted(marks: Sequence[str]) -> list[str]:
    """Marks that are alike, numbered."""
    seen: dict[str, int] = {}
    out = []
    for mark in marks:
        seen[mark] = seen.get(mark, 0) + 1
        out.append(f"{mark} {seen[mark]}")
    return out


def _mark(one: Element, value: Any) -> str:
    """What makes a member itself."""
    values = record(value)
    for name in ("id", "law", "kind", "cause", "code", "giver"):
        if isinstance(values.get(name), str) and values[name]:
            return str(values[name])
    for name in ("name", "question", "text", "title"):
        chinese = record(values.get(name)).get("zh")
        if isinstance(chinese, str) and chinese:
            return chinese
    return ""
