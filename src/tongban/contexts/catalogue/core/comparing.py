"""Two catalogues or items side by side: pairs of contents by name, and what each pair says differently."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tongban.contexts.catalogue.core.difference import Change, difference

#: FOOD or FOOD@3: a published version, as `catalogue diff` takes it where no file of the name is there.
_PUBLISHED: Final = re.compile(r"(?P<code>[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*)(?:@(?P<version>[1-9][0-9]{0,8}))?")


@dataclass(frozen=True)
class Side:
    """One side: the contents by name ("FOOD", "organs.yaml"); `alone` = one item, and not a whole catalogue."""

    contents: Mapping[str, Mapping[str, Any]]
    alone: bool


@dataclass(frozen=True)
class Different:
    """One item (or file beside the items) that differs; one that a side lacks is one change with path ""."""

    item: str
    changes: tuple[Change, ...]


def published(name: str) -> tuple[str, int | None] | None:
    """Code and version of "FOOD@3" (None = the version in force); None where `name` has another form."""
    matched = _PUBLISHED.fullmatch(name)
    return (matched["code"], int(matched["version"]) if matched["version"] else None) if matched else None


def compare(a: Side, b: Side) -> tuple[Different, ...]:
    """What differs, by name. Two items alone are compared whatever their codes; an item and a catalogue by its code."""
    if a.alone and b.alone:
        (name, old), (_, new) = next(iter(a.contents.items())), next(iter(b.contents.items()))
        pairs = [(name, old, new)]
    else:
        names = set(a.contents) | set(b.contents)
        for side in (a, b):
            names &= set(side.contents) if side.alone else names
        pairs = [(name, a.contents.get(name, {}), b.contents.get(name, {})) for name in sorted(names)]
    found = [Different(name, _changes(old, new)) for name, old, new in pairs]
    return tuple(one for one in found if one.changes)


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    if not old and new:
        return (Change("", "added", None, new.get("name", new)),)
    if old and not new:
        return (Change("", "removed", old.get("name", old), None),)
    return difference(old, new)
