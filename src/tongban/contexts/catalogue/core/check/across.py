"""Rules over the whole list: one code one name (Q21), no item twice, power and proofs that go round in circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tongban.contexts.catalogue.core.check.bases import plain_name
from tongban.contexts.catalogue.core.check.codes import overlap
from tongban.contexts.catalogue.core.check.links import circle
from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings, words
from tongban.contexts.catalogue.core.items import Item
from tongban.kernel.refusals import N_


def across(around: Surroundings) -> Iterator[tuple[str, Broken]]:
    """What is wrong between items: the code of the item to place it at, and what is broken there."""
    by_base: dict[str, list[Item]] = defaultdict(list)
    for code in sorted(around.items):
        by_base[around.items[code].base_code].append(around.items[code])
    for base_code, items in by_base.items():
        if len(items) > 1 and base_code:
            yield from _same_code(items, around)
            yield from _twice(items)
            yield from _delegated(items)
    for way in around.circles:
        if way and way[0] in around.items:
            message, params = N_("循环证明：%(circle)s。"), {"circle": " → ".join((*way, way[0]))}
            yield way[0], Broken("circle", "prerequisites", message, N_("请取消其中一个前置，或由系统代查。"), params)


def _same_code(items: list[Item], around: Surroundings) -> Iterator[tuple[str, Broken]]:
    """Items with one base code that the basic catalogue does not hold are compared with the first of them."""
    first = items[0]
    if first.base_code in around.basic:
        return
    for item in items[1:]:
        params = {"item": first.code, "name": words(first.name)}
        if plain_name(item.name.zh) != plain_name(first.name.zh):
            message = N_("基本编码与 %(item)s（%(name)s）相同，名称却不同。")
            yield item.code, Broken("Q21", "base_code", message, N_("请改正编码或名称。"), params)
        if item.power != first.power:
            message = N_("基本编码与 %(item)s（%(name)s）相同，类型却不同。")
            yield item.code, Broken("Q21", "power", message, N_("请改正编码或类型。"), params)
        if {one.law for one in item.basis} != {one.law for one in first.basis}:
            message = N_("基本编码与 %(item)s（%(name)s）相同，依据却不同。")
            yield item.code, Broken("Q21", "basis", message, N_("请改正编码或依据。"), params)


def _twice(items: list[Item]) -> Iterator[tuple[str, Broken]]:
    """The same item of the same organ on the same levels may be listed again only for another period."""
    for index, item in enumerate(items):
        for other in items[:index]:
            same = (item.name.zh, item.agency, item.levels) == (other.name.zh, other.agency, other.levels)
            if same and overlap((item.valid_from, item.valid_to), (other.valid_from, other.valid_to)):
                message, params = N_("与 %(item)s 是同一事项，有效期重叠。"), {"item": other.code}
                yield item.code, Broken("date", "valid_from", message, N_("请删除一个，或改正有效期。"), params)


def _delegated(items: list[Item]) -> Iterator[tuple[str, Broken]]:
    if any(circle(item.delegations) for item in items):
        return  # told at the item itself
    if found := circle(one for item in items for one in item.delegations):
        giver = next(item for item in items if any(one.giver == found[0] for one in item.delegations))
        message, params = N_("权限绕了一圈又回到原处：%(circle)s。"), {"circle": " → ".join(found)}
        yield giver.code, Broken("delegation", "delegations", message, N_("请删除其中一次下放或委托。"), params)
