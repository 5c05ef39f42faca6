"""The checker: every published item obeys the rules of STANDARDS §3.6 that this stage of the catalogue knows.

Each rule is a small generator over one item; it yields where it is broken and what to do. What the rule stands for is
told in the catalogue's README. Nothing here knows a particular law or item.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tongban.contexts.catalogue.core import check_form
from tongban.contexts.catalogue.core.beside import NOTHING_BESIDE, Beside
from tongban.contexts.catalogue.core.findings import Finding, Severity
from tongban.contexts.catalogue.core.items import Item, Limit, Prerequisite, Text
from tongban.contexts.catalogue.core.yaml_source import Document
from tongban.contexts.process.core.bpmn import Route
from tongban.kernel.refusals import N_

#: T1 of GB/T 39046 table A.1, as far as items may use it (00 is only a heading).
POWERS = frozenset({"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20"})
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")
#: Catch-all materials (Q16): 优化营商环境条例 article 35 forbids them.
_CATCH_ALL = re.compile(
    r"其他(?:有关|相关|必要|需要|所需)?(?:的)?(?:材料|资料|文件|证明)|(?:法律|法规|规章|规定)[^，。]*规定的?其他|(?:材料|资料|文件|证明)等$"
    r"|需要(?:提交|提供)的其他|等(?:有关|相关)?(?:材料|资料|文件|证明)"
)
_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
_TOPIC = re.compile(r"(?:person|corp):\d{3}")


@dataclass(frozen=True)
class Surroundings:
    """What one item is checked against: the whole list, the routes, the papers from outside the city, today's date."""

    today: date
    items: Mapping[str, Item]
    routes: Mapping[str, Route]
    external: frozenset[str] = field(default_factory=frozenset)  # codes of papers that others issue
    agencies: frozenset[str] = field(default_factory=frozenset)
    beside: Beside = NOTHING_BESIDE


@dataclass(frozen=True)
class Broken:
    """A rule broken at a path of the item."""

    rule: str
    path: str
    message: str
    advice: str
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"


Rule = Callable[[Item, Surroundings], Iterator[Broken]]


def check_item(item: Item, document: Document, surroundings: Surroundings) -> tuple[Finding, ...]:
    """All findings of all rules for one item, in the order of the file."""
    found = [
        Finding(broken.rule, broken.severity, document.place(broken.path), broken.message, broken.advice, broken.params)
        for rule in RULES
        for broken in rule(item, surroundings)
    ]
    return tuple(sorted(found, key=lambda finding: (finding.place.line, finding.rule)))


def texts(value: Any, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every `Text` in a value, with its path."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from texts(child, f"{path}[{index}]")
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for element in dataclasses.fields(value):
            yield from texts(getattr(value, element.name), f"{path}.{element.name}" if path else element.name)


def both_languages(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Every text is there in both languages, and English is English."""
    for path, text in texts(item):
        for language in ("zh", "en"):
            if not getattr(text, language).strip():
                yield Broken("language", f"{path}.{language}", N_("这段文字是空的。"), N_("请写上中文和英文。"))
        yield from _english_only(f"{path}.en", text.en)
    for index, basis in enumerate(item.basis):
        yield from _english_only(f"basis[{index}].law_en", basis.law_en)


def _english_only(path: str, text: str) -> Iterator[Broken]:
    if found := _CHINESE.search(text):
        yield Broken(
            "language", path, N_("英文里有中文字符“%(found)s”。"), N_("请译成英文。"), {"found": found.group()}
        )


def codes(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Codes are of the lists T1, T2, T4 and of the form of STANDARDS §3.4."""
    if not _CODE.fullmatch(item.code):
        yield Broken("code", "code", N_("事项代号只能用大写字母、数字和连字符。"), N_("例如 ROAD-DIG。"))
    if item.power not in POWERS:
        yield Broken("code", "power", N_("没有这种事项类型：%(code)s。"), N_("请用 T1 的代码。"), {"code": item.power})
    if not re.fullmatch(r"\d{12}", item.base_code):
        yield Broken(
            "code",
            "base_code",
            N_("基本编码应为12位数字。"),
            N_("没有真实编码的，请编一个并写 base_code_synthetic: true。"),
        )
    elif item.power in POWERS and item.base_code[2:4] != item.power:
        yield Broken(
            "code",
            "base_code",
            N_("基本编码第3、4位与事项类型不一致。"),
            N_("请核对基本编码或事项类型。"),
            severity="warning",
        )
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
        if not _TOPIC.fullmatch(topic):
            yield Broken("code", f"topics[{index}]", N_("主题代码的形式不对。"), N_("例如 person:040 或 corp:010。"))
    if around.agencies and item.agency not in around.agencies:
        yield Broken(
            "agency", "agency", N_("没有这个机关：%(key)s。"), N_("请用已登记的机关代号。"), {"key": item.agency}
        )


def instant(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Q1: done at once exactly where the promise is zero."""
    if item.instant != (item.promised is not None and item.promised.value == 0):
        yield Broken(
            "Q1", "instant", N_("“即办”与承诺时限不一致：承诺为0才是即办，即办必须承诺0。"), N_("请改正其中一处。")
        )


def limits(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Q3: the promise is no longer than the law allows, in the same unit where it can be."""
    for name in ("statutory", "promised"):
        limit = getattr(item, name)
        if limit is not None and (limit.value < 0 or limit.extend < 0):
            yield Broken("Q3", f"{name}.value", N_("时限不能是负数。"), N_("请改正。"))
    if item.handling is not None and item.promised is None:
        yield Broken("Q3", "promised", N_("可以办理的事项必须有承诺时限。"), N_("请写上 promised。"))
    if item.statutory is None or item.promised is None or item.promised.value == 0:
        return
    if _days(item.promised) > _days(item.statutory):
        yield Broken(
            "Q3",
            "promised.value",
            N_("承诺时限 %(promised)s 超过了法定时限 %(statutory)s。"),
            N_("承诺不得超过法定。"),
            {"promised": item.promised.value, "statutory": item.statutory.value},
        )
    elif item.statutory.unit != item.promised.unit:
        yield Broken(
            "Q3",
            "promised.unit",
            N_("承诺时限与法定时限的单位不同，遇到长假难以比较。"),
            N_("请尽量用同一单位。"),
            severity="warning",
        )


def _days(limit: Limit) -> Fraction:
    """Calendar days on average: a working day is 7/5 of a day, a month 30 days."""
    return limit.value * {"workday": Fraction(7, 5), "day": Fraction(1), "month": Fraction(30)}[limit.unit]


def result(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Q5: a named result has a type that fits its name."""
    name = item.result.name.zh
    if item.handling is not None and item.result.kind == "other" and re.search(r"(?:(?<!凭)证|证书|执照)$", name):
        yield Broken(
            "Q5",
            "result.kind",
            N_("结果“%(name)s”是证照，类型却写作其他。"),
            N_("请写 licence 或 certificate。"),
            {"name": name},
        )
    if item.result.valid_months < 0:
        yield Broken("Q5", "result.valid_months", N_("有效期不能是负数。"), N_("长期有效写0。"))


def fee(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Q9: no fee without law and standard."""
    for name in ("basis", "standard"):
        if item.fee.charged and getattr(item.fee, name) is None:
            yield Broken(
                "Q9",
                f"fee.{name}",
                N_("收费事项缺少收费依据或标准。"),
                N_("请补上；没有依据就不得收费（行政许可法第五十八条）。"),
            )
        if not item.fee.charged and getattr(item.fee, name) is not None:
            yield Broken(
                "Q9", f"fee.{name}", N_("不收费的事项写了收费依据或标准。"), N_("请删除，或把 charged 改为 true。")
            )


def materials(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Q16: no catch-all material; ids are unique; a paper issued in the city names a known item."""
    seen: set[str] = set()
    for index, material in enumerate(item.materials):
        path = f"materials[{index}]"
        if material.id in seen:
            yield Broken(
                "material", f"{path}.id", N_("材料 %(id)s 写了两次。"), N_("请换一个 id。"), {"id": material.id}
            )
        seen.add(material.id)
        if found := _CATCH_ALL.search(material.name.zh):
            yield Broken(
                "Q16",
                f"{path}.name.zh",
                N_("“%(found)s”是兜底条款，申请人不知道要交什么。"),
                N_("请写明具体材料（优化营商环境条例第三十五条）。"),
                {"found": found.group()},
            )
        if material.need == "situational" and not material.when and item.handling is not None:
            yield Broken("material", f"{path}.when", N_("情形材料没有写什么情形下要交。"), N_("请写 when 条件。"))
        if material.licence_item:
            yield from _known(material.licence_item, f"{path}.licence_item", around)
        if not 1 <= material.max_mib <= 200:
            yield Broken("material", f"{path}.max_mib", N_("文件大小上限应在1至200 MiB之间。"), N_("请改正。"))


def references(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Prerequisites and next steps lead to items of the list or to papers that others issue."""
    for index, code in enumerate(item.next):
        yield from _known(code, f"next[{index}]", around)
    if item.prerequisites is not None:
        yield from _group(item, item.prerequisites, "prerequisites", around)


def _group(item: Item, group: Prerequisite, path: str, around: Surroundings) -> Iterator[Broken]:
    if not group.items and not group.groups:
        yield Broken("reference", path, N_("这组前置条件是空的。"), N_("请写上事项，或删除这一组。"))
    for index, code in enumerate(group.items):
        yield from _known(code, f"{path}.items[{index}]", around)
        if code == item.code:
            yield Broken("reference", f"{path}.items[{index}]", N_("事项不能以自己为前置。"), N_("请删除。"))
    for index, child in enumerate(group.groups):
        yield from _group(item, child, f"{path}.groups[{index}]", around)


def _known(code: str, path: str, around: Surroundings) -> Iterator[Broken]:
    if code not in around.items and code not in around.external:
        yield Broken(
            "reference",
            path,
            N_("没有事项 %(item)s。"),
            N_("请改正代号；由别处核发的，请登记在 external.yaml。"),
            {"item": code},
        )


def basis(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Q20: there is a legal basis, and it is in force today."""
    if not item.basis:
        yield Broken("Q20", "basis", N_("没有设定依据。法无授权不可为。"), N_("请写上法律、法规或规章的条款。"))
    today = around.today.isoformat()
    for index, one in enumerate(item.basis):
        for name in ("effective_from", "effective_to"):
            written = getattr(one, name)
            if written and not _is_date(written):
                yield Broken("Q20", f"basis[{index}].{name}", N_("日期的形式不对。"), N_("请写成 2026-03-02 的形式。"))
        if _is_date(one.effective_to) and one.effective_to < today:
            yield _not_in_force(index, "effective_to", N_("《%(law)s》只施行到%(day)s。"), one.law, one.effective_to)
        if _is_date(one.effective_from) and one.effective_from > today:
            yield _not_in_force(
                index, "effective_from", N_("《%(law)s》自%(day)s起才施行。"), one.law, one.effective_from
            )


def _not_in_force(index: int, name: str, message: str, law: str, day: str) -> Broken:
    return Broken("Q20", f"basis[{index}].{name}", message, N_("请改用现行有效的依据。"), {"law": law, "day": day})


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def handling(item: Item, around: Surroundings) -> Iterator[Broken]:
    """What is handled here has a known route, an agency for every lane, and a form that can be asked."""
    if item.handling is None:
        return
    route = around.routes.get(item.handling.route)
    if route is None:
        yield Broken(
            "route",
            "handling.route",
            N_("没有流程 %(route)s。"),
            N_("请用 catalogue/routes 里的文件名。"),
            {"route": item.handling.route},
        )
    else:
        used = {node.lane for node in route.tasks}
        for lane in sorted(used - item.handling.agencies.keys()):
            yield Broken(
                "route", "handling.agencies", N_("流程的泳道 %(lane)s 没有对应的机关。"), N_("请补上。"), {"lane": lane}
            )
        for lane in sorted(item.handling.agencies.keys() - used):
            path, message = f"handling.agencies.{lane}", N_("流程里没有泳道 %(lane)s，这个机关不会参加办理。")
            yield Broken("route", path, message, N_("请删除或改正。"), {"lane": lane}, "warning")
    for lane, key in item.handling.agencies.items():
        if around.agencies and key not in around.agencies:
            yield Broken(
                "agency",
                f"handling.agencies.{lane}",
                N_("没有这个机关：%(key)s。"),
                N_("请用已登记的机关代号。"),
                {"key": key},
            )
    if item.handling.self_approval and not item.instant:
        yield Broken(
            "route", "handling.self_approval", N_("只有即办事项才可以由经办人自己决定。"), N_("请删除这一行。")
        )


def form(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Form fields are unique and sound; every condition can be read and asks only what the form asks."""
    for problem in check_form.problems(item):
        yield Broken(problem.rule, problem.path, problem.message, problem.advice, problem.params)


RULES: tuple[Rule, ...] = (
    both_languages,
    codes,
    instant,
    limits,
    result,
    fee,
    materials,
    references,
    basis,
    handling,
    form,
)
