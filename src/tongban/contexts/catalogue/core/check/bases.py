"""The legal basis: there is one, it is in force today (Q20), and all levels quote the same (Q21)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongban.contexts.catalogue.core.beside import Law, LawLevel
from tongban.contexts.catalogue.core.check.codes import is_date
from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.contexts.catalogue.core.items import Basis, Item
from tongban.kernel.refusals import N_, Words

LICENSING_LAW = "行政许可法"
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")
_SHORT = re.compile(r"^中华人民共和国|[《》\s]")
#: A short quotation such as "食品安全法第三十五条" -> the law.
_QUOTED = re.compile(r"第[一二三四五六七八九十百千零〇0-9]+条")


def law_name(text: str) -> str:
    """The name of a law as laws.yaml writes it, from a quotation: "《食品安全法》第三十五条" -> "食品安全法"."""
    return _SHORT.sub("", _QUOTED.split(text, maxsplit=1)[0])


def find(name: str, around: Surroundings) -> Law | None:
    """The law of that name: the line in force today, else the last one."""
    lines = around.laws.get(name) or around.laws.get(law_name(name)) or ()
    today = around.today.isoformat()
    return next(
        (line for line in lines if _in_force(line.effective_from, line.effective_to, today)), (None, *lines)[-1]
    )


def law_words(name: str, around: Surroundings, english: str = "") -> Words:
    """The law as a finding names it: its English from the item that quotes it, else from laws.yaml."""
    found = None if english else find(name, around)
    return Words(law_name(name), english or (found.name_en if found else ""))


def _in_force(start: str, end: str, today: str) -> bool:
    return not (start and start > today) and not (end and end < today)


def level_of(name: str, around: Surroundings) -> LawLevel | None:
    """The level of a law; what laws.yaml does not know is told by its name where that is certain, else None."""
    found = find(name, around)
    if found is not None:
        return found.level
    return "law" if re.search(r"(?:法|法典)$", law_name(name)) else None


def has_own_law(item: Item, around: Surroundings) -> bool:
    """True when a law or administrative regulation besides 行政许可法 carries the item (行政许可法 42: 另有规定)."""
    return any(
        law_name(one.law) != LICENSING_LAW and level_of(one.law, around) in ("law", "administrative_regulation")
        for one in item.basis
    )


def basis(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Q20: there is a legal basis, and it is in force today, by its own dates and by laws.yaml."""
    if not item.basis:
        yield Broken("Q20", "basis", N_("没有设定依据。法无授权不可为。"), N_("请写上法律、法规或规章的条款。"))
    today = around.today.isoformat()
    for index, one in enumerate(item.basis):
        named = law_words(one.law, around, one.law_en)
        if is_date(one.effective_to) and one.effective_to < today:
            yield _not_in_force(
                f"basis[{index}].effective_to", N_("《%(law)s》只施行到%(day)s。"), named, one.effective_to
            )
        elif is_date(one.effective_from) and one.effective_from > today:
            path, message = f"basis[{index}].effective_from", N_("《%(law)s》自%(day)s起才施行。")
            yield _not_in_force(path, message, named, one.effective_from)
        else:
            yield from _listed(index, one, named, around)


def _listed(index: int, one: Basis, named: Words, around: Surroundings) -> Iterator[Broken]:
    """What laws.yaml says of the law: repealed, replaced, or not known at all."""
    if not around.laws:
        return
    path = f"basis[{index}].law"
    found = find(one.law, around)
    if found is None:
        message, advice = N_("法规目录里没有《%(law)s》。"), N_("请核对名称，或登记在 laws.yaml。")
        yield Broken("Q20", path, message, advice, {"law": named}, "warning")
    elif is_date(found.effective_to) and found.effective_to < around.today.isoformat():
        if found.replaced_by:
            params = {"law": named, "day": found.effective_to, "new": law_words(found.replaced_by, around)}
            message = N_("《%(law)s》只施行到%(day)s，已由《%(new)s》代替。")
            yield Broken("Q20", path, message, N_("请改用现行有效的依据。"), params)
        else:
            yield _not_in_force(path, N_("《%(law)s》只施行到%(day)s。"), named, found.effective_to)
    elif is_date(found.effective_from) and found.effective_from > around.today.isoformat():
        yield _not_in_force(path, N_("《%(law)s》自%(day)s起才施行。"), named, found.effective_from)


def _not_in_force(path: str, message: str, law: Words, day: str) -> Broken:
    return Broken("Q20", path, message, N_("请改用现行有效的依据。"), {"law": law, "day": day})


def plain_name(name: str) -> str:
    """The name without the handling item it was split into: "食品经营许可（新办）" -> "食品经营许可"."""
    return _BRACKETS.sub("", name)


def uniform(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Q21: what the basic catalogue has under this code has the same name, type and basis here."""
    if not around.basic:
        return
    basic = around.basic.get(item.base_code)
    if basic is None:
        message, advice = N_("基本目录里没有编码 %(code)s。"), N_("请核对编码，或登记在 basic.yaml。")
        yield Broken("Q21", "base_code", message, advice, {"code": item.base_code}, "warning")
        return
    reads = ("base_code",)
    advice = N_("四级四同：请按基本目录改正，或先修改 basic.yaml。")
    if item.name.zh != basic.name and plain_name(item.name.zh) != plain_name(basic.name):
        message = N_("基本目录把编码 %(code)s 叫作“%(name)s”。")
        yield Broken("Q21", "name.zh", message, advice, {"code": basic.code, "name": basic.name}, reads=reads)
    if item.power != basic.power:
        message = N_("基本目录里编码 %(code)s 的类型是 %(power)s。")
        yield Broken("Q21", "power", message, advice, {"code": basic.code, "power": basic.power}, reads=reads)
    quoted = {law_name(one.law) for one in item.basis}
    if lacking := [law for law in basic.laws if law_name(law) not in quoted]:
        message = N_("基本目录里编码 %(code)s 还依据：%(laws)s。")
        params = {"code": basic.code, "laws": "、".join(lacking)}
        yield Broken("Q21", "basis", message, advice, params, reads=reads)
    if beyond := sorted(set(item.levels) - set(basic.levels)) if basic.levels else []:
        message = N_("基本目录里编码 %(code)s 不由层级 %(levels)s 行使。")
        params = {"code": basic.code, "levels": ", ".join(map(str, beyond))}
        yield Broken("Q21", "levels", message, advice, params, "warning", reads)
