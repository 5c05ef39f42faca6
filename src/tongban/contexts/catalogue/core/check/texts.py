"""Every text is there in both languages, and English is English."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.contexts.catalogue.core.items import Item, Text
from tongban.kernel.refusals import N_

_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")


@cache
def _holding_texts(shape: type) -> tuple[str, ...]:
    """The fields of a dataclass that can hold a `Text`, at any depth."""
    hints = typing.get_type_hints(shape)
    return tuple(one.name for one in dataclasses.fields(shape) if _can_hold(hints[one.name]))


def _can_hold(hint: Any) -> bool:
    if hint is Text:
        return True
    if dataclasses.is_dataclass(hint):
        # A group holds groups: what can hold itself is looked at through its other fields only.
        own = typing.get_type_hints(typing.cast(type, hint)).values()
        return any(_can_hold(one) for one in own if hint not in (one, *typing.get_args(one)))
    arguments = typing.get_args(hint)
    is_container = typing.get_origin(hint) in (tuple, typing.Union, types.UnionType)
    return is_container and any(_can_hold(one) for one in arguments if one is not Ellipsis)


def texts(value: Any, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every `Text` in a value, with its path."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from texts(child, f"{path}[{index}]")
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name in _holding_texts(type(value)):
            yield from texts(getattr(value, name), f"{path}.{name}" if path else name)


def _sound(value: Any) -> bool:
    """True when every text in `value` is sound: the common case, answered without making paths."""
    if type(value) is Text:
        en = value.en
        return (en.isascii() or not _CHINESE.search(en)) and not en.isspace() and en != "" and value.zh.strip() != ""
    if type(value) is tuple:
        return all(map(_sound, value))
    if value is None or type(value) in (str, int, bool):
        return True
    return all(_sound(getattr(value, name)) for name in _holding_texts(value.__class__))


def both_languages(value: Any, _: Surroundings | None = None) -> Iterator[Broken]:
    """Every `Text` of an item, or of any other value of the catalogue, says the same in both languages."""
    if not _sound(value):
        for path, text in texts(value):
            for language in ("zh", "en"):
                if not getattr(text, language).strip():
                    place = f"{path}.{language}"
                    yield Broken("language", place, N_("这段文字是空的。"), N_("请写上中文和英文。"))
            yield from _english_only(f"{path}.en", text.en)
    if isinstance(value, Item):
        for index, basis in enumerate(value.basis):
            yield from _english_only(f"basis[{index}].law_en", basis.law_en)


def _english_only(path: str, text: str) -> Iterator[Broken]:
    if found := _CHINESE.search(text):
        params = {"found": found.group()}
        yield Broken("language", path, N_("英文里有中文字符“%(found)s”。"), N_("请译成英文。"), params)
