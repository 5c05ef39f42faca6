"""Checking a draft: what is missing or wrong is told, and every rule that can judge the rest does."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, get_args, get_origin

import msgspec

from tongban.contexts.catalogue.core import source
from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.contexts.catalogue.core.check.run import broken, finding
from tongban.contexts.catalogue.core.findings import Finding, Place
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.yaml_source import Document
from tongban.kernel.refusals import N_


def check_content(content: Mapping[str, Any], surroundings: Surroundings) -> tuple[Finding, ...]:
    """Every finding about a draft: `content` is what an item.yaml says, as far as it is written.

    Missing and wrong elements are reported ("source"); where they stand the rules see a neutral blank, and what a rule
    would say only because of that blank is left out. Places have no file and no line but the path in `field`.
    """
    document = Document("", dict(content))
    if "version" in content:
        document.complain("version", N_("版本号由平台在发布时给出。"), N_("请删除这一行。"))
    source.check_shape(document, Item, given={"version": 0})
    blanks = {one.place.field for one in document.findings}
    blank_item = msgspec.convert({**_mended(dict(content), Item), "version": 0}, Item)
    found = [one for one in broken(blank_item, surroundings) if not _rests_on(one, blanks)] if blanks else []
    found = found if blanks else list(broken(blank_item, surroundings))
    told = [dataclasses.replace(one, place=Place("", 0, one.place.field)) for one in document.findings]
    return (*told, *(finding(one, Place("", 0, one.path)) for one in found))


def _rests_on(one: Broken, blanks: Iterable[str]) -> bool:
    """True when a finding is about a blank: at it, inside it, around it, or judged by it."""
    return any(_touch(path, blank) for path in (one.path, *one.reads) for blank in blanks)


def _touch(path: str, blank: str) -> bool:
    return path == blank or path.startswith((f"{blank}.", f"{blank}[")) or blank.startswith((f"{path}.", f"{path}["))


def _mended(value: Any, target: Any) -> Any:
    """`value` in the shape of `target`: unknown keys left out, what is missing or wrong blank."""
    origin = get_origin(target)
    if origin in (types.UnionType, typing.Union):
        inner = next(arg for arg in get_args(target) if arg is not type(None))
        return None if value is None or not _alike(value, inner) else _mended(value, inner)
    if origin is Literal:
        allowed = get_args(target)
        return value if value in allowed and not isinstance(value, bool) else allowed[0]
    if origin is tuple:
        return [_mended(child, get_args(target)[0]) for child in value] if isinstance(value, list) else []
    if origin is dict:
        inner = get_args(target)[1]
        return {str(key): _mended(child, inner) for key, child in value.items()} if isinstance(value, dict) else {}
    if dataclasses.is_dataclass(target):
        given = value if isinstance(value, dict) else {}
        return {
            name: _mended(given.get(name), kind)
            for name, (kind, required) in _fields(typing.cast(type, target)).items()
            if required or name in given
        }
    return value if type(value) is target else target()


@cache
def _fields(shape: type) -> dict[str, tuple[Any, bool]]:
    found = source.fields_of(shape)
    return {name: one for name, one in found.items() if name != "version"} if shape is Item else found


def _alike(value: Any, target: Any) -> bool:
    """True when `value` is at least the kind of thing that `target` is, so that mending it makes sense."""
    origin = get_origin(target)
    if origin is tuple:
        return isinstance(value, list)
    if dataclasses.is_dataclass(target) or origin is dict:
        return isinstance(value, dict)
    return type(value) is target
