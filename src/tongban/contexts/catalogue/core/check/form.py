"""Rules for an item's form and for the conditions that hang on its answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.contexts.catalogue.core.items import Field, FormStep, Item, Prerequisite
from tongban.contexts.process.core import sfeel
from tongban.kernel.refusals import N_

_ID = re.compile(r"[a-z][a-z0-9_]*")
_PREFILL = frozenset({"", "principal.name", "principal.id_number", "person.name", "person.phone", "principal.address"})
_WITH_OPTIONS = frozenset({"choice", "multi"})
_names = lru_cache(maxsize=4096)(sfeel.names)  # conditions repeat, and reading one takes long


def form(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Fields are unique and sound; every condition can be read and asks only what is asked."""
    seen: set[str] = set()
    yield from _fields(item.situation, "situation", seen)
    if item.handling is not None:
        yield from _form(item.handling.form, seen)
    asked = frozenset(seen) if item.handling is not None or item.situation else None
    for path, condition in _conditions(item):
        yield from _condition(path, condition, asked, reads=("handling.form", "situation"))


def _form(steps: tuple[FormStep, ...], seen: set[str]) -> Iterator[Broken]:
    if not steps:
        yield Broken("form", "handling.form", N_("可以办理的事项必须有表单。"), N_("请至少写一步。"))
    known: set[str] = set()
    for at, step in enumerate(steps):
        path = f"handling.form[{at}]"
        yield from _id(f"{path}.id", step.id, known)
        if not step.fields:
            yield Broken("form", f"{path}.fields", N_("这一步没有要填的内容。"), N_("请写上，或删除这一步。"))
        yield from _fields(step.fields, f"{path}.fields", seen)


def _fields(fields: tuple[Field, ...], path: str, before: set[str]) -> Iterator[Broken]:
    """Questions in their order; each may read those before it, whose ids are in `before`."""
    for number, one in enumerate(fields):
        place = f"{path}[{number}]"
        if one.when:
            yield from _condition(f"{place}.when", one.when, frozenset(before))
        yield from _id(f"{place}.id", one.id, before)
        yield from _field(place, one)


def questions(fields: tuple[Field, ...], path: str) -> tuple[frozenset[str], tuple[Broken, ...]]:
    """The ids that `fields` ask for, and what is wrong with them: for questions outside items (packages)."""
    seen: set[str] = set()
    found = tuple(_fields(fields, path, seen))
    return frozenset(seen), found


def condition(path: str, text: str, asked: frozenset[str]) -> Iterator[Broken]:
    """What is wrong with one condition over the answers `asked`."""
    yield from _condition(path, text, asked)


def _id(path: str, key: str, seen: set[str]) -> Iterator[Broken]:
    if not _ID.fullmatch(key):
        yield Broken("form", path, N_("“%(id)s”只能用小写字母、数字和下划线。"), N_("请改正。"), {"id": key})
    if key in seen:
        yield Broken("form", path, N_("“%(id)s”在表单里用了两次。"), N_("请换一个 id。"), {"id": key})
    seen.add(key)


def _field(path: str, one: Field) -> Iterator[Broken]:
    if (one.kind in _WITH_OPTIONS) != bool(one.options):
        yield Broken(
            "form", f"{path}.options", N_("选择题必须有选项，其他题不能有选项。"), N_("请改正 kind 或 options。")
        )
    values = [option.value for option in one.options]
    if len(set(values)) != len(values):
        yield Broken("form", f"{path}.options", N_("两个选项的值相同。"), N_("请改正。"))
    if one.minimum is not None and one.maximum is not None and one.minimum > one.maximum:
        yield Broken("form", f"{path}.minimum", N_("最小值大于最大值。"), N_("请改正。"))
    if not 1 <= one.max_length <= 10_000:
        yield Broken("form", f"{path}.max_length", N_("字数上限应在1至10000之间。"), N_("请改正。"))
    if one.prefill not in _PREFILL:
        yield Broken("form", f"{path}.prefill", N_("不能从“%(source)s”预填。"), N_("请改正。"), {"source": one.prefill})


def _conditions(item: Item) -> Iterator[tuple[str, str]]:
    """Conditions that see the whole form; those of fields see only what was asked before them."""
    for index, material in enumerate(item.materials):
        if material.when:
            yield f"materials[{index}].when", material.when
    if item.prerequisites is not None:
        yield from _of_group(item.prerequisites, "prerequisites")


def _of_group(group: Prerequisite, path: str) -> Iterator[tuple[str, str]]:
    if group.when:
        yield f"{path}.when", group.when
    for index, child in enumerate(group.groups):
        yield from _of_group(child, f"{path}.groups[{index}]")


def _condition(
    path: str, condition: str, asked: frozenset[str] | None, reads: tuple[str, ...] = ()
) -> Iterator[Broken]:
    """`asked` None: the item asks nothing here, so its questions are not known."""
    try:
        used = _names(condition)
    except sfeel.ConditionRefused as refusal:
        yield Broken("condition", path, refusal.message, N_('例如：vending = "yes"。'), dict(refusal.params))
        return
    for name in sorted(used - asked) if asked is not None else ():
        message = N_("条件里的“%(name)s”不是前面的问题。")
        yield Broken("condition", path, message, N_("请用表单里的 id。"), {"name": name}, reads=reads)
