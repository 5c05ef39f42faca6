"""Codes are of the lists of GB/T 39046, agencies are known, dates are dates and in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.contexts.catalogue.core.items import Item
from tongban.kernel.refusals import N_, Words

#: T1 of GB/T 39046 table A.1, as far as items may use it (00 is only a heading).
POWERS = frozenset({"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20"})
_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
#: The topics of life and business (STANDARDS §3.5), by their numbers.
_TOPICS = {
    kind: frozenset(f"{number:03d}" for number in (*range(5, last + 1, 5), 998, 999) if number != 80)
    for kind, last in (("person", 155), ("corp", 170))
}
_SUB_TYPES = {"03": ("measure", "execution"), "10": ("adjudication", "filing")}
_SMALL = {
    "power_source": frozenset(range(7)),
    "organ_kind": frozenset({0, 1, 2, 3, 9}),
    "project_type": frozenset({0, 1, 2, 9}),
    "online_depth": frozenset({0, 1, 2, 3}),
    "scope": frozenset(range(7)),
}
_CHANNELS = frozenset({1, 2, 3, 4, 9})


def codes(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Codes are of the lists T1 to T6 and of the form of STANDARDS §3.4."""
    if not _CODE.fullmatch(item.code):
        yield Broken("code", "code", N_("事项代号只能用大写字母、数字和连字符。"), N_("例如 ROAD-DIG。"))
    yield from _power(item)
    for name, values, last in (("serves", item.serves, 6), ("levels", item.levels, 7)):
        if not values or any(not 1 <= value <= last for value in values):
            yield Broken(
                "code",
                name,
                N_("这里只能用1至%(last)s的代码，至少一个。"),
                N_("请按 GB/T 39046 的代码表填写。"),
                {"last": last},
            )
    for index, topic in enumerate(item.topics):
        kind, number = topic.partition(":")[::2]
        if number not in _TOPICS.get(kind, frozenset()):
            yield Broken("code", f"topics[{index}]", N_("没有这个主题代码。"), N_("例如 person:040 或 corp:010。"))
    for element, known in _SMALL.items():
        if getattr(item, element) not in known:
            yield _not_listed(element, getattr(item, element))
    for index, channel in enumerate(item.channels):
        if channel not in _CHANNELS:
            yield _not_listed(f"channels[{index}]", channel)
    if item.visits < 0:
        yield Broken("code", "visits", N_("到现场次数不能是负数。"), N_("不用到现场写0。"))


def _not_listed(path: str, value: object) -> Broken:
    message = N_("代码表里没有 %(value)s。")
    return Broken("code", path, message, N_("请按 GB/T 39046 的代码表填写。"), {"value": value})


def _power(item: Item) -> Iterator[Broken]:
    if item.power not in POWERS:
        yield Broken("code", "power", N_("没有这种事项类型：%(code)s。"), N_("请用 T1 的代码。"), {"code": item.power})
    if not (len(item.base_code) == 12 and item.base_code.isascii() and item.base_code.isdigit()):
        yield Broken(
            "code",
            "base_code",
            N_("基本编码应为12位数字。"),
            N_("没有真实编码的，请编一个并写 base_code_synthetic: true。"),
        )
    elif item.power in POWERS and item.base_code[2:4] != item.power:
        message = N_("基本编码第3、4位与事项类型不一致。")
        advice = N_("请核对基本编码或事项类型。")
        yield Broken("code", "base_code", message, advice, severity="warning", reads=("power",))
    if item.sub_type and item.sub_type not in _SUB_TYPES.get(item.power, ()):
        message = N_("这种事项类型没有子类“%(sub)s”。")
        yield Broken(
            "code", "sub_type", message, N_("请删除，或改正事项类型。"), {"sub": item.sub_type}, reads=("power",)
        )


def agencies(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Every agency key is one of the city's (external.yaml)."""
    if not around.agencies:
        return
    for path, key in _agencies(item):
        if key and key not in around.agencies:
            yield Broken("agency", path, N_("没有这个机关：%(key)s。"), N_("请用已登记的机关代号。"), {"key": key})


def _agencies(item: Item) -> Iterator[tuple[str, str]]:
    yield "agency", item.agency
    for index, key in enumerate(item.joint):
        yield f"joint[{index}]", key
    for index, stage in enumerate(item.stages):
        yield f"stages[{index}].agency", stage.agency
    for index, material in enumerate(item.materials):
        yield f"materials[{index}].issuer", material.issuer
    for index, one in enumerate(item.delegations):
        yield f"delegations[{index}].giver", one.giver
        for number, key in enumerate(one.takers):
            yield f"delegations[{index}].takers[{number}]", key
    for lane, key in item.handling.agencies.items() if item.handling else ():
        yield f"handling.agencies.{lane}", key


def is_date(text: str) -> bool:
    """True for an ISO date and nothing else ("2026-03-02")."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def dates(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Dates are written as dates; a period ends after it began; one provision is not in force twice at once."""
    written = [("valid_from", item.valid_from), ("valid_to", item.valid_to), ("fee.ends", item.fee.ends)]
    for index, one in enumerate(item.basis):
        written.append((f"basis[{index}].effective_from", one.effective_from))
        written.append((f"basis[{index}].effective_to", one.effective_to))
        yield from _in_order(f"basis[{index}].effective_to", one.effective_from, one.effective_to)
    for path, text in written:
        if text and not is_date(text):
            rule = "Q20" if path.startswith("basis") else "date"
            yield Broken(rule, path, N_("日期的形式不对。"), N_("请写成 2026-03-02 的形式。"))
    yield from _in_order("valid_to", item.valid_from, item.valid_to)
    yield from _twice(item)


def _in_order(path: str, start: str, end: str) -> Iterator[Broken]:
    if is_date(start) and is_date(end) and start > end:
        params = {"start": start, "end": end}
        yield Broken("date", path, N_("到%(end)s为止，却从%(start)s才开始。"), N_("请改正其中一个日期。"), params)


def overlap(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """True when two periods (first day, last day; "" = open) share a day."""
    return (not first[1] or not second[0] or second[0] <= first[1]) and (
        not second[1] or not first[0] or first[0] <= second[1]
    )


def _twice(item: Item) -> Iterator[Broken]:
    seen: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for index, one in enumerate(item.basis):
        period = (one.effective_from, one.effective_to)
        before = seen.setdefault((one.law, one.article), [])
        if any(overlap(period, other) for other in before):
            message = N_("《%(law)s》同一条写了两次，有效期重叠。")
            path, advice = f"basis[{index}].effective_from", N_("请删除一条，或改正有效期。")
            yield Broken(
                "date", path, message, advice, {"law": Words(one.law, one.law_en)}, reads=(f"basis[{index}].law",)
            )
        before.append(period)
