"""What stands beside the items obeys rules too: organs, laws, the basic catalogue, registers, packages, short lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tongban.contexts.catalogue.core.beside import FILES, Beside, Package
from tongban.contexts.catalogue.core.check import form, guide, texts
from tongban.contexts.catalogue.core.check.codes import POWERS, is_date, overlap
from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.kernel.codes import credit_code
from tongban.kernel.refusals import N_, Words

#: The parts whose lines carry a key, and its name.
_KEYS = {
    "organs": "key",
    "basic": "code",
    "registers": "key",
    "elements": "key",
    "proofs": "code",
    "intermediaries": "code",
    "tags": "code",
    "negative": "code",
    "fees": "code",
}


def beside(around: Surroundings) -> Iterator[tuple[str, Broken]]:
    """Everything wrong beside the items: the file, and what is broken in it."""
    found = around.beside
    for name, (file, _) in FILES.items():
        lines: tuple[Any, ...] = getattr(found, name)
        for index, line in enumerate(lines):
            for one in texts.both_languages(line):
                yield file, Broken(one.rule, f"[{index}].{one.path}", one.message, one.advice, one.params)
        if key := _KEYS.get(name):
            yield from ((file, one) for one in _unique(lines, key))
        if rule := _RULES.get(name):
            yield from ((file, one) for one in rule(found, around))


def package(found: Package, around: Surroundings) -> Iterator[Broken]:
    """One package: its items, its goal, its lead and its questions are there."""
    yield from texts.both_languages(found)
    yield from _agency("lead", found.lead, around)
    asked, broken = form.questions(found.questions, "questions")
    yield from broken
    members = [member.item for member in found.items]
    for index, member in enumerate(found.items):
        if member.item not in around.items and member.item not in around.external:
            yield _no_item(f"items[{index}].item", member.item)
        if member.when:
            yield from form.condition(f"items[{index}].when", member.when, asked)
        if member.item in members[:index]:
            message, params = N_("“%(id)s”写了两次。"), {"id": member.item}
            yield Broken("reference", f"items[{index}].item", message, N_("请只留一个。"), params)
    if found.goal and found.goal not in members:
        yield _no_item("goal", found.goal)


def _no_item(path: str, code: str) -> Broken:
    return Broken("reference", path, N_("没有事项 %(item)s。"), N_("请改正代号。"), {"item": code})


def _unique(lines: Iterable[Any], key: str) -> Iterator[Broken]:
    seen: set[str] = set()
    for index, line in enumerate(lines):
        value = getattr(line, key)
        if value in seen:
            message, params = N_("“%(id)s”写了两次。"), {"id": value}
            yield Broken("reference", f"[{index}].{key}", message, N_("请只留一个。"), params)
        seen.add(value)


def _agency(path: str, key: str, around: Surroundings) -> Iterator[Broken]:
    if key and around.agencies and key not in around.agencies:
        yield Broken("agency", path, N_("没有这个机关：%(key)s。"), N_("请用已登记的机关代号。"), {"key": key})


def _organs(found: Beside, around: Surroundings) -> Iterator[Broken]:
    for index, organ in enumerate(found.organs):
        yield from _agency(f"[{index}].key", organ.key, around)
        if organ.credit_code and credit_code.check(organ.credit_code) is not None:
            message, params = N_("统一社会信用代码 %(code)s 不正确。"), {"code": organ.credit_code}
            yield Broken("code", f"[{index}].credit_code", message, N_("请核对18位代码。"), params)
        if organ.kind not in (1, 2, 3, 9):
            message, advice = N_("代码表里没有 %(value)s。"), N_("请按 GB/T 39046 的代码表填写。")
            yield Broken("code", f"[{index}].kind", message, advice, {"value": organ.kind})
        for number, place in enumerate(organ.places):
            yield from guide.of_place(place, f"[{index}].places[{number}]")
        yield from guide.of_phones(organ.consult, organ.complain, f"[{index}].")


def _laws(found: Beside, _: Surroundings) -> Iterator[Broken]:
    """Dates are dates; a law that replaced itself is not in force twice on a day; what takes its place is listed."""
    names = {law.name for law in found.laws}
    periods: dict[str, list[tuple[str, str]]] = {}
    for index, law in enumerate(found.laws):
        for name in ("effective_from", "effective_to"):
            if getattr(law, name) and not is_date(getattr(law, name)):
                message, advice = N_("日期的形式不对。"), N_("请写成 2026-03-02 的形式。")
                yield Broken("date", f"[{index}].{name}", message, advice)
        if law.effective_from and law.effective_to and law.effective_from > law.effective_to:
            params = {"start": law.effective_from, "end": law.effective_to}
            message, advice = N_("到%(end)s为止，却从%(start)s才开始。"), N_("请改正其中一个日期。")
            yield Broken("date", f"[{index}].effective_to", message, advice, params)
        period = (law.effective_from, law.effective_to)
        if any(overlap(period, other) for other in periods.setdefault(law.name, [])):
            message, advice = N_("《%(law)s》写了两次，有效期重叠。"), N_("请删除一行，或改正有效期。")
            yield Broken("date", f"[{index}].effective_from", message, advice, {"law": Words(law.name, law.name_en)})
        periods[law.name].append(period)
        if law.replaced_by and law.replaced_by not in names:
            message, advice = N_("法规目录里没有《%(law)s》。"), N_("请核对名称，或登记在 laws.yaml。")
            yield Broken("reference", f"[{index}].replaced_by", message, advice, {"law": law.replaced_by}, "warning")


def _basic(found: Beside, around: Surroundings) -> Iterator[Broken]:
    for index, one in enumerate(found.basic):
        if not (len(one.code) == 12 and one.code.isascii() and one.code.isdigit()):
            message, advice = N_("基本编码应为12位数字。"), N_("请改正。")
            yield Broken("code", f"[{index}].code", message, advice)
        if one.power not in POWERS:
            message, params = N_("没有这种事项类型：%(code)s。"), {"code": one.power}
            yield Broken("code", f"[{index}].power", message, N_("请用 T1 的代码。"), params)
        for law in one.laws if around.laws else ():
            if law not in around.laws:
                message, advice = N_("法规目录里没有《%(law)s》。"), N_("请核对名称，或登记在 laws.yaml。")
                yield Broken("reference", f"[{index}].laws", message, advice, {"law": law}, "warning")


def _registers(found: Beside, around: Surroundings) -> Iterator[Broken]:
    for index, register in enumerate(found.registers):
        yield from _agency(f"[{index}].keeper", register.keeper, around)
        for number, code in enumerate(register.papers):
            if code not in around.items and code not in around.external:
                yield _no_item(f"[{index}].papers[{number}]", code)
        for number, key in enumerate(register.elements):
            if around.elements and key not in around.elements:
                message, advice = N_("没有共用要素 %(key)s。"), N_("请改正，或登记在 lists/elements.yaml。")
                yield Broken("reference", f"[{index}].elements[{number}]", message, advice, {"key": key})


def _owned(name: str) -> Callable[[Beside, Surroundings], Iterator[Broken]]:
    def owned(found: Beside, around: Surroundings) -> Iterator[Broken]:
        for index, one in enumerate(getattr(found, name)):
            yield from _agency(f"[{index}].organ", one.organ, around)

    return owned


_RULES: Mapping[str, Callable[[Beside, Surroundings], Iterator[Broken]]] = {
    "organs": _organs,
    "laws": _laws,
    "basic": _basic,
    "registers": _registers,
    "proofs": _owned("proofs"),
    "intermediaries": _owned("intermediaries"),
    "tags": _owned("tags"),
    "negative": _owned("negative"),
    "fees": _owned("fees"),
}
