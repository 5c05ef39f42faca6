"""From a source file to an `Item`: every unknown key, missing key and wrong type is told with file, line and path."""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

import msgspec

from tongban.contexts.catalogue.core import yaml_source
from tongban.contexts.catalogue.core.findings import Finding
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.yaml_source import Document
from tongban.kernel.refusals import N_

_EXPECTED: dict[type, str] = {
    str: N_("这里应当是文字。"),
    int: N_("这里应当是整数。"),
    bool: N_("这里应当是 true 或 false。"),
    list: N_("这里应当是列表。"),
    dict: N_("这里应当是“名称: 内容”的形式。"),
}


@dataclass(frozen=True)
class Parsed:
    """One source file: the item where its shape is right, what is wrong with the shape, the lines for later rules."""

    item: Item | None
    findings: tuple[Finding, ...]
    document: Document


def parse_item(text: str, file: str, *, version: int = 0) -> Parsed:
    """Read one item.yaml. `version` is given by the platform when it publishes, never by the file."""
    document = yaml_source.read(text, file)
    if not document.findings:
        if isinstance(document.data, dict) and "version" in document.data:
            document.complain("version", N_("版本号由平台在发布时给出。"), N_("请删除这一行。"))
        else:
            check_shape(document, Item, given={"version": version})
    item = msgspec.convert({**document.data, "version": version}, Item) if not document.findings else None
    return Parsed(item, tuple(document.findings), document)


def check_shape(document: Document, target: Any, *, given: dict[str, Any] | None = None) -> None:
    """Compare the document with a dataclass, field by field; complaints go into the document."""
    data = document.data
    if given and isinstance(data, dict):
        data = {**data, **given}
    if not _fits(data, target):
        _compare(data, target, "", document)


def _fits(data: Any, target: Any) -> bool:
    """True when `data` has the shape of `target`: the common case, answered fast and without places."""
    try:
        msgspec.convert(data, target)
    except msgspec.ValidationError:
        return False
    return _known_only(data, target)


def _known_only(value: Any, target: Any) -> bool:
    """True when no mapping in `value`, which converts to `target`, holds a key that `target` doesn't know."""
    names, inner = _inside(target)
    if names is not None:
        return value is None or (
            value.keys() <= names and all(_known_only(value[k], t) for k, t in inner if k in value)
        )
    return not inner or value is None or all(_known_only(child, inner[0][1]) for child in value)


@cache
def _inside(target: Any) -> tuple[frozenset[str] | None, tuple[tuple[str, Any], ...]]:
    """The names a dataclass knows and those of its fields that hold dataclasses; for a list of them, its element."""
    origin = get_origin(target)
    if origin in (types.UnionType, typing.Union):
        return _inside(next(arg for arg in get_args(target) if arg is not type(None)))
    if origin is tuple:
        element = get_args(target)[0]
        return None, (("", element),) if _inside(element) != (None, ()) else ()
    if not dataclasses.is_dataclass(target):
        return None, ()
    fields = fields_of(typing.cast(type, target))
    # A group holds groups: its own shape counts as holding something, without looking further.
    holding = (
        (name, kind) for name, (kind, _) in fields.items() if target in _all_args(kind) or _inside(kind) != (None, ())
    )
    return frozenset(fields), tuple(holding)


def _all_args(kind: Any) -> set[Any]:
    return {kind, *(deep for arg in get_args(kind) for deep in _all_args(arg))}


@cache
def fields_of(target: type) -> dict[str, tuple[Any, bool]]:
    """Field name -> (type, required) of a dataclass."""
    hints = typing.get_type_hints(target)
    return {
        field.name: (
            hints[field.name],
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(target)
    }


def _compare(value: Any, target: Any, path: str, document: Document) -> None:
    origin = get_origin(target)
    if origin in (types.UnionType, typing.Union):
        if value is not None:
            _compare(value, next(arg for arg in get_args(target) if arg is not type(None)), path, document)
    elif origin is Literal:
        if value not in get_args(target) or isinstance(value, bool):
            allowed = ", ".join(map(str, get_args(target)))
            document.complain(
                path, N_("这里不能写“%(value)s”。"), N_("请从这些里选：%(allowed)s。"), value=value, allowed=allowed
            )
    elif origin is tuple:
        if _is(value, list, path, document):
            for index, child in enumerate(value):
                _compare(child, get_args(target)[0], f"{path}[{index}]", document)
    elif origin is dict:
        if _is(value, dict, path, document):
            for key, child in value.items():
                _compare(child, get_args(target)[1], f"{path}.{key}", document)
    elif dataclasses.is_dataclass(target):
        if _is(value, dict, path, document):
            _compare_fields(value, typing.cast(type, target), path, document)
    else:
        _is(value, target, path, document)


def _compare_fields(value: dict[str, Any], target: type, path: str, document: Document) -> None:
    fields = fields_of(target)
    for key in value:
        if key not in fields:
            child = f"{path}.{key}" if path else key
            document.complain(
                child, N_("不认识“%(key)s”。"), N_("这里可以写：%(known)s。"), key=key, known=", ".join(fields)
            )
    for name, (kind, required) in fields.items():
        if name in value:
            _compare(value[name], kind, f"{path}.{name}" if path else name, document)
        elif required:
            document.complain(f"{path}.{name}" if path else name, N_("缺少“%(key)s”。"), N_("请补上。"), key=name)


def _is(value: Any, kind: type, path: str, document: Document) -> bool:
    if type(value) is kind:
        return True
    document.complain(path, _EXPECTED[kind], N_("请改正；像数字或 true 的文字要加引号。"))
    return False
