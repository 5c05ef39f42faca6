"""What differs between two contents of an item, readable: members of lists are known by their id, code or name.

A path names an element as people do: `materials[plan].hint.zh` is the Chinese hint of the material `plan`, wherever in
the list it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """One element that is new, gone, or says something else. `old` and `new` are plain values, None where missing.

    A list whose members only stand in another order is one change, with the names of its members in both orders.
    """

    path: str
    kind: Kind
    old: Any
    new: Any


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every change from `old` to `new` (contents as item.yaml says them), in the order of `new`, what is gone last."""
    return tuple(_mappings(old, new, ""))


def _values(old: Any, new: Any, path: str) -> Iterator[Change]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _mappings(old, new, path)
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        yield from _lists(old, new, path)
    elif old != new or type(old) is not type(new):
        yield Change(path, "changed", old, new)


def _mappings(old: Mapping[str, Any], new: Mapping[str, Any], path: str) -> Iterator[Change]:
    for key, value in new.items():
        child = f"{path}.{key}" if path else str(key)
        if key not in old:
            yield Change(child, "added", None, value)
        else:
            yield from _values(old[key], value, child)
    for key, value in old.items():
        if key not in new:
            yield Change(f"{path}.{key}" if path else str(key), "removed", value, None)


def _lists(old: Sequence[Any], new: Sequence[Any], path: str) -> Iterator[Change]:
    name = _names(old, new)
    if name is None:
        yield from _by_position(old, new, path)
        return
    before, after = {name(member): member for member in old}, {name(member): member for member in new}
    for key, member in after.items():
        child = f"{path}[{key}]"
        if key in before:
            yield from _values(before[key], member, child)
        else:
            yield Change(child, "added", None, member)
    for key, member in before.items():
        if key not in after:
            yield Change(f"{path}[{key}]", "removed", member, None)
    stayed = [key for key in before if key in after], [key for key in after if key in before]
    if stayed[0] != stayed[1]:
        yield Change(path, "changed", *stayed)


def _by_position(old: Sequence[Any], new: Sequence[Any], path: str) -> Iterator[Change]:
    for index in range(max(len(old), len(new))):
        child = f"{path}[{index + 1}]"
        if index >= len(old):
            yield Change(child, "added", None, new[index])
        elif index >= len(new):
            yield Change(child, "removed", old[index], None)
        else:
            yield from _values(old[index], new[index], child)


#: What names a member of a list, best first; several together name it where one alone does not.
_KEYS: Final = (
    ("id",),
    ("code",),
    ("key",),
    ("item",),
    ("value",),
    ("law", "article"),
    ("name.zh",),
    ("question.zh",),
    ("text.zh",),
    ("kind",),
    ("kind", "name.zh"),
    ("cause",),
    ("giver", "level"),
)


def _names(old: Sequence[Any], new: Sequence[Any]) -> Callable[[Any], str] | None:
    """How the members of both lists are named; None where nothing tells them apart."""
    members = [*old, *new]
    if all(isinstance(member, str | int) for member in members):
        return str if _unique(old, str) and _unique(new, str) else None
    if not all(isinstance(member, Mapping) for member in members):
        return None
    for keys in _KEYS:
        name = _namer(keys)
        if all(name(member) for member in members) and _unique(old, name) and _unique(new, name):
            return name
    return None


def _namer(keys: tuple[str, ...]) -> Callable[[Any], str]:
    def name(member: Any) -> str:
        parts = [_at(member, key) for key in keys]
        return " ".join(parts) if all(parts) else ""

    return name


def _at(member: Any, key: str) -> str:
    for part in key.split("."):
        member = member.get(part) if isinstance(member, Mapping) else None
    return str(member) if isinstance(member, str | int) else ""


def _unique(members: Sequence[Any], name: Callable[[Any], str]) -> bool:
    return len({name(member) for member in members}) == len(members)
