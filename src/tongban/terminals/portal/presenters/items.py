"""Items on lists and in the guide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item, Material, Prerequisite
from tongban.contexts.catalogue.core.prerequisites import in_words
from tongban.contexts.catalogue.core.versions import ItemVersion
from tongban.contexts.parties.core.organisation import Window
from tongban.terminals.common.presenters import route, words
from tongban.terminals.common.presenters.languages import agency_name, agency_of_item, either, said
from tongban.ui.pictures import RoutePlan, plan_text

_ICONS = {
    "market": "shop", "health": "heart", "fire": "alert", "cityadmin": "sign", "forestry": "plan", "housing": "house",
    "planning": "plan", "ecology": "drop", "transport": "car", "culture": "list", "education": "school",
    "police": "id", "traffic-police": "car", "water": "drop", "civil": "baby", "hrss": "card", "housing-fund": "coin",
    "finance": "coin", "medical-insurance": "heart", "trade-centre": "coin", "devreform": "plan",
}  # fmt: skip


def icon(item: Item) -> str:
    """The line icon of the organ in charge."""
    return _ICONS.get(item.agency, "office")


def serves_people(item: Item) -> bool:
    return 1 in item.serves


def serves_companies(item: Item) -> bool:
    return bool(set(item.serves) & {2, 3, 4, 5, 6})


def tile(item: Item) -> dict[str, str]:
    """An item for `ui/tile.html`."""
    return {
        "href": reverse("portal:guide", args=[item.code]),
        "icon": icon(item),
        "name": said(item.name),
        "note": f"{words.visits_words(item.visits)} · {words.time_words(item)}",
    }


def row(item: Item) -> dict[str, Any]:
    """An item in a list: name, short version, what it takes."""
    return {
        "href": reverse("portal:guide", args=[item.code]),
        "name": said(item.name),
        "short": said(item.short),
        "meta": [
            words.power_words(item.power),
            agency_of_item(item.agency, short=True),
            words.time_words(item),
            _("不收费") if not item.fee.charged else _("收费"),
        ],
        "online": item.can_be_handled,
    }


def by_department(found: Iterable[Item]) -> list[dict[str, Any]]:
    """Items under their organs, the organ with most items first."""
    groups: dict[str, list[Item]] = {}
    for item in found:
        groups.setdefault(item.agency, []).append(item)
    ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        {"key": key, "name": agency_of_item(key), "items": [row(item) for item in sorted(members, key=_handled_first)]}
        for key, members in ordered
    ]


def _handled_first(item: Item) -> tuple[bool, str]:
    return (not item.can_be_handled, item.code)


# -- the guide --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Guide:
    """Everything the guide page shows of one item version."""

    code: str
    name: str
    short: str
    power: str
    agency: str
    online: bool
    facts: list[dict[str, str]]
    materials: list[dict[str, Any]]
    count: str
    first: list[str]
    plan: RoutePlan | None
    plan_lines: tuple[str, ...]
    windows: list[dict[str, Any]]
    faq: list[dict[str, str]]
    basis: list[dict[str, str]]
    elements: list[dict[str, str]]
    uncertain: str
    next: list[dict[str, str]]
    version: int
    published: Any


def guide(version: ItemVersion, windows: Iterable[Window]) -> Guide:
    """The guide of an item version; `windows` are all windows of the city."""
    item = version.item
    plan = route.plan(item, version.route) if version.route is not None and item.handling is not None else None
    return Guide(
        code=item.code,
        name=said(item.name),
        short=said(item.short),
        power=words.power_words(item.power),
        agency=agency_of_item(item.agency),
        online=item.can_be_handled,
        facts=_facts(item),
        materials=[_material(material) for material in item.materials],
        count=_count(item),
        first=first(item),
        plan=plan,
        plan_lines=plan_text(plan) if plan else (),
        windows=_windows(item, windows),
        faq=[{"summary": said(f.question), "text": said(f.answer)} for f in item.faq],
        basis=[_basis(b) for b in item.basis],
        elements=_elements(item),
        uncertain=_uncertain(item),
        next=_next(item),
        version=item.version,
        published=version.published_at,
    )


def _facts(item: Item) -> list[dict[str, str]]:
    legal = words.limit_words(item.statutory) if item.statutory and item.promised else ""
    own = [m for m in item.materials if m.source == "self" and m.need == "required"]
    rest = [m for m in item.materials if m.source != "self"]
    papers = ngettext("%(n)s 份材料", "%(n)s 份材料", len(own)) % {"n": len(own)} if own else _("什么都不用交")
    fetched = ngettext("另 %(n)s 份我们自己备", "另 %(n)s 份我们自己备", len(rest)) % {"n": len(rest)} if rest else ""
    return [
        {
            "term": _("多久"),
            "value": words.time_words(item),
            "note": _("法律规定最长 %(time)s") % {"time": legal} if legal else "",
        },
        {
            "term": _("多少钱"),
            "value": _("收费") if item.fee.charged else _("不收费"),
            "note": said(item.fee.standard) if item.fee.charged else _("谁收费都可以投诉"),
        },
        {"term": _("跑几次"), "value": words.visits_words(item.visits), "note": _("网上能办") if item.handling else ""},
        {"term": _("您要准备"), "value": papers, "note": fetched},
    ]


def _count(item: Item) -> str:
    mine = sum(1 for m in item.materials if m.source == "self")
    return _("%(all)s 份，其中 %(free)s 份不用您管") % {"all": len(item.materials), "free": len(item.materials) - mine}


def _material(material: Material) -> dict[str, Any]:
    kind, tag, mark = who_brings(material)
    text = said(material.hint)
    if not text and kind == "ok" and material.source != "generated":
        text = _("由部门之间核对，不用您交。")
    return {"icon": mark, "name": said(material.name), "kind": kind, "tag": tag, "text": text, "links": []}


def who_brings(material: Material) -> tuple[str, str, str]:
    """Class and words of the tag that says who brings a material, and its icon."""
    if material.source == "generated":
        return "ok", _("自动填好"), "doc"
    if material.source == "government" or material.need == "exempt":
        return "ok", _("不用交"), "card"
    if material.need == "tolerable":
        return "plain", _("可以后补"), "clock"
    if material.when or material.need == "situational":
        return "plain", _("看情况交"), "list"
    return "wait", _("您交"), "upload"


def first(item: Item) -> list[str]:
    """What must be held before, one phrase a group."""
    if item.prerequisites is None:
        return []
    return [said(in_words(group, catalogue.paper_names())) for group in groups(item.prerequisites)]


def groups(prerequisite: Prerequisite) -> tuple[Prerequisite, ...]:
    """An all-of group as its members, each of which must be met; any other group whole."""
    if prerequisite.mode == "any" or prerequisite.when:
        return (prerequisite,)
    return tuple(Prerequisite("all", (code,)) for code in prerequisite.items) + prerequisite.groups


def _windows(item: Item, windows: Iterable[Window]) -> list[dict[str, Any]]:
    """Halls with a window that may receive the item."""
    if item.handling is None:
        return []
    halls: dict[str, list[str]] = {}
    for window in windows:
        if "*" in window.items or item.code in window.items:
            halls.setdefault(window.agency, []).append(said(window.name))
    return [{"hall": agency_name(key), "windows": names} for key, names in halls.items()]


def _basis(basis: Any) -> dict[str, str]:
    article = _("第 %(article)s 条") % {"article": basis.article} if basis.article else ""
    return {
        "law": either(f"《{basis.law}》", basis.law_en or basis.law),
        "article": article,
        "gist": said(basis.gist),
        "since": basis.effective_from,
        "url": basis.url if basis.url.startswith("https://") else "",
    }


def _elements(item: Item) -> list[dict[str, str]]:
    months = item.result.valid_months
    valid = ngettext("%(n)s 个月", "%(n)s 个月", months) % {"n": months} if months else _("长期有效")
    found = [
        {"term": _("办好以后拿到"), "value": said(item.result.name)},
        {"term": _("有效期"), "value": valid},
        {"term": _("事项类型"), "value": words.power_words(item.power)},
        {"term": _("基本编码"), "value": item.base_code},
    ]
    if item.statutory and item.statutory.note:
        found.append({"term": _("法定期限"), "value": said(item.statutory.note)})
    if item.fee.charged and item.fee.basis:
        found.append({"term": _("收费依据"), "value": said(item.fee.basis)})
    for special in item.handling.special if item.handling else ():
        found.append({"term": said(special.name), "value": said(special.basis)})
    return found


def _uncertain(item: Item) -> str:
    names: Mapping[str, str] = {
        "basis": _("法律依据"), "fee": _("收费"), "materials": _("材料"), "promised": _("承诺期限"),
        "result": _("结果"), "statutory": _("法定期限"), "base_code": _("基本编码"), "visits": _("到场次数"),
    }  # fmt: skip
    doubtful = [names[name].lower() for name in item.uncertain if name in names]
    if not doubtful:
        return ""
    return _("这些内容还没有逐条核对，先作示例，以办事机关公布的为准：%(names)s。") % {"names": _("、").join(doubtful)}


def _next(item: Item) -> list[dict[str, str]]:
    known = {one.code: one for one in catalogue.items()}
    return [
        {"href": reverse("portal:guide", args=[code]), "name": said(known[code].name)}
        for code in item.next
        if code in known
    ]
