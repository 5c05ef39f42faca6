"""What an item points at is there: items, papers, lists and stages; no delegation comes back to its giver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.contexts.catalogue.core.items import Delegation, Item, Prerequisite
from tongban.kernel.refusals import N_


def references(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Papers, prerequisites and next steps lead to items of the list or to papers that others issue."""
    for index, code in enumerate(item.next):
        yield from _known(code, f"next[{index}]", item, around)
    for index, material in enumerate(item.materials):
        if material.licence_item:
            yield from _known(material.licence_item, f"materials[{index}].licence_item", item, around)
        if material.element and around.elements and material.element not in around.elements:
            message, advice = N_("没有共用要素 %(key)s。"), N_("请改正，或登记在 lists/elements.yaml。")
            yield Broken("reference", f"materials[{index}].element", message, advice, {"key": material.element})
    if item.prerequisites is not None:
        yield from _group(item, item.prerequisites, "prerequisites", around)
    tags = {one.code for one in around.beside.tags}
    for index, tag in enumerate(item.tags):
        if tags and tag not in tags:
            message, advice = N_("没有清单 %(key)s。"), N_("请改正，或登记在 lists/tags.yaml。")
            yield Broken("reference", f"tags[{index}]", message, advice, {"key": tag})


def _group(item: Item, group: Prerequisite, path: str, around: Surroundings) -> Iterator[Broken]:
    if not group.items and not group.groups:
        yield Broken("reference", path, N_("这组前置条件是空的。"), N_("请写上事项，或删除这一组。"))
    for index, code in enumerate(group.items):
        yield from _known(code, f"{path}.items[{index}]", item, around)
        if code == item.code:
            yield Broken("reference", f"{path}.items[{index}]", N_("事项不能以自己为前置。"), N_("请删除。"))
    for index, child in enumerate(group.groups):
        yield from _group(item, child, f"{path}.groups[{index}]", around)


def _known(code: str, path: str, item: Item, around: Surroundings) -> Iterator[Broken]:
    if code not in around.items and code not in around.external and code != item.code:
        message, advice = N_("没有事项 %(item)s。"), N_("请改正代号；由别处核发的，请登记在 external.yaml。")
        yield Broken("reference", path, message, advice, {"item": code})


def duties(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Risk points and discretion tables have one id each and hang on a stage that the item has."""
    kinds = {stage.kind for stage in item.stages}
    for name in ("risks", "discretion"):
        seen: set[str] = set()
        for index, one in enumerate(getattr(item, name)):
            if one.id in seen:
                message, params = N_("“%(id)s”写了两次。"), {"id": one.id}
                yield Broken("reference", f"{name}[{index}].id", message, N_("请换一个 id。"), params)
            seen.add(one.id)
            if kinds and one.stage not in kinds:
                message, params = N_("办理流程没有环节 %(stage)s。"), {"stage": one.stage}
                advice = N_("请在 stages 里补上，或改正这里的环节。")
                yield Broken("reference", f"{name}[{index}].stage", message, advice, params, "warning", ("stages",))


def delegations(item: Item, around: Surroundings) -> Iterator[Broken]:
    """A delegation names a level and a basis, and the power does not come back to who gave it."""
    for index, one in enumerate(item.delegations):
        path = f"delegations[{index}]"
        if not 1 <= one.level <= 7:
            message, advice = N_("代码表里没有 %(value)s。"), N_("请按 GB/T 39046 的代码表填写。")
            yield Broken("code", f"{path}.level", message, advice, {"value": one.level})
        if not one.takers:
            yield Broken("delegation", f"{path}.takers", N_("没有写交给谁。"), N_("请写上机关代号。"))
        if not one.basis.strip():
            message, advice = N_("下放或委托没有写依据。"), N_("请写上依据；没有依据的，不得下放或委托。")
            yield Broken("delegation", f"{path}.basis", message, advice)
    if found := circle(item.delegations):
        message, params = N_("权限绕了一圈又回到原处：%(circle)s。"), {"circle": " → ".join(found)}
        yield Broken("delegation", "delegations", message, N_("请删除其中一次下放或委托。"), params)


def circle(delegations: Iterable[Delegation]) -> tuple[str, ...]:
    """A shortest way on which the power comes back to the organ that gave it, first = last; () = none."""
    onward: dict[str, list[str]] = {}
    for one in delegations:
        onward.setdefault(one.giver, []).extend(one.takers)
    best: tuple[str, ...] = ()
    for start in sorted(onward):
        ways: list[tuple[str, ...]] = [(start,)]
        seen = {start}
        while ways and not (best and len(ways[0]) >= len(best)):
            way = ways.pop(0)
            for key in onward.get(way[-1], ()):
                if key == start and (not best or len(way) + 1 < len(best)):
                    best = (*way, key)
                if key not in seen:
                    seen.add(key)
                    ways.append((*way, key))
    return best
