"""Paths into an item: what a path leads to, and the item with something else there."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongban.contexts.catalogue.core.items import Item
from tongban.kernel.refusals import NotFound
from tongban.terminals.desk.elements.shapes import INLINE, Element, element, elements

Step = str | int
Path = tuple[Step, ...]
Content = Mapping[str, Any]
NEW = "new"
#: No item nests deeper; a longer address is a mistake.
_DEEPEST = 12


@dataclass(frozen=True)
class Target:
    """What a path leads to: the elements to ask there, and the mapping that holds their values now.

    `last` is the element the path ends in. A `whole` target is a record of its own (a member of a list, or one part);
    otherwise it is one element beside others. `index` is None for what is no member, and the length for a new one.
    """

    path: Path
    owner: type
    last: Element
    elements: tuple[Element, ...]
    values: Content
    whole: bool
    index: int | None = None
    new: bool = False
    count: int = 0  # members in its list

    @property
    def inline(self) -> tuple[Element, ...]:
        return tuple(one for one in self.elements if one.kind in INLINE)

    @property
    def nested(self) -> tuple[Element, ...]:
        return tuple(one for one in self.elements if one.kind not in INLINE)


def parse(text: str) -> Path:
    """ "materials/2" or "materials/new" as a path. Refuses `NotFound` for what cannot be one."""
    steps = [step for step in text.split("/") if step]
    if not steps or len(steps) > _DEEPEST:
        raise NotFound
    return tuple(int(step) if step.isascii() and step.isdigit() and len(step) < 5 else step for step in steps)


def address(path: Path) -> str:
    """The inverse of `parse`."""
    return "/".join(str(step) for step in path)


def spoken(path: Path) -> str:
    """The path as findings name it: materials[2].name."""
    out = ""
    for step in path:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return out


def target(content: Content, path: Path) -> Target:
    """What `path` leads to in `content`. Refuses `NotFound` where an item has no such place."""
    owner: type = Item
    values, at = content, 0
    while True:
        last = element(owner, str(path[at])) if isinstance(path[at], str) else None
        if last is None:
            raise NotFound
        if last.part is None:
            if at + 1 != len(path):
                raise NotFound
            return Target(path, owner, last, (last,), values, whole=False)
        if last.kind == "record":
            values, at = record(values.get(last.name)), at + 1
            if at == len(path):
                return Target(path, last.part, last, elements(last.part), values, whole=True)
        else:
            found = _member(members(values.get(last.name)), path, at + 1, last)
            if isinstance(found, Target):
                return found
            values, at = found, at + 2
        owner = last.part


def _member(found: list[Any], path: Path, at: int, last: Element) -> Target | Content:
    """The member a path goes through, or the target where it ends there."""
    assert last.part is not None
    if at >= len(path):
        raise NotFound
    step, ends = path[at], at + 1 == len(path)
    if step == NEW and ends:
        return Target(path, last.part, last, elements(last.part), {}, True, len(found), True, len(found))
    if not isinstance(step, int) or step >= len(found):
        raise NotFound
    values = record(found[step])
    if not ends:
        return values
    return Target(path, last.part, last, elements(last.part), values, True, step, False, len(found))


def record(value: Any) -> Content:
    """A mapping, whatever an unfinished draft holds there."""
    return value if isinstance(value, Mapping) else {}


def members(value: Any) -> list[Any]:
    """A list, whatever an unfinished draft holds there."""
    return list(value) if isinstance(value, list | tuple) else []


def put(content: Content, place: Target, values: Content) -> dict[str, Any]:
    """`content` with `values` at `place`; a new member goes to the end of its list."""
    whole: dict[str, Any] = copy.deepcopy(dict(content))
    if not place.whole:
        parent = _walk(whole, place.path[:-1])
        parent.pop(place.last.name, None)
        parent.update(values)
        return whole
    if place.index is None:
        _walk(whole, place.path[:-1])[place.last.name] = dict(values)
        return whole
    listed = _list(whole, place)
    listed[place.index : place.index + 1] = [dict(values)]
    return whole


def remove(content: Content, place: Target) -> dict[str, Any]:
    """`content` without what stands at `place`; a part without which an item has no shape becomes null."""
    whole: dict[str, Any] = copy.deepcopy(dict(content))
    if place.index is not None:
        listed = _list(whole, place)
        del listed[place.index : place.index + 1]
        return whole
    parent = _walk(whole, place.path[:-1])
    parent.pop(place.last.name, None)
    if place.last.required and place.last.kind == "record":
        parent[place.last.name] = None
    return whole


def move(content: Content, place: Target, by: int) -> dict[str, Any]:
    """`content` with a member `by` places further down its list (-1: up); at the end it stays."""
    whole: dict[str, Any] = copy.deepcopy(dict(content))
    if place.index is None or not 0 <= place.index + by < place.count:
        return whole
    listed = _list(whole, place)
    listed.insert(place.index + by, listed.pop(place.index))
    return whole


def _list(whole: dict[str, Any], place: Target) -> list[Any]:
    parent = _walk(whole, place.path[:-2])
    parent[place.last.name] = members(parent.get(place.last.name))
    found: list[Any] = parent[place.last.name]
    return found


def _walk(whole: dict[str, Any], path: Path) -> dict[str, Any]:
    """The mapping at `path`, made where it was missing."""
    here: Any = whole
    for at, step in enumerate(path):
        if isinstance(step, int):
            here = here[step]
            continue
        following = path[at + 1] if at + 1 < len(path) else None
        if not isinstance(following, int) and not isinstance(here.get(step), dict):
            here[step] = {}
        here = here[step]
    found: dict[str, Any] = here
    return found
