"""The guide of one item: the short version first, then one's own list of papers, then everything that is stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.beside import Organ
from tongban.contexts.catalogue.core.guidance import Answers, Personal, PersonalMaterial, kept, personal, questions
from tongban.contexts.catalogue.core.items import Field, Item, Place
from tongban.contexts.catalogue.core.prerequisites import in_words
from tongban.contexts.catalogue.core.versions import ItemNotListed, ItemVersion
from tongban.contexts.parties.core.organisation import Window
from tongban.terminals.common.presenters import diagram, route, words
from tongban.terminals.common.presenters.answers import shown
from tongban.terminals.common.presenters.languages import agency_name, agency_of_item, said
from tongban.terminals.portal import forms
from tongban.terminals.portal.presenters import laws, stages
from tongban.terminals.portal.presenters.elements import Element, elements
from tongban.terminals.portal.presenters.items import groups, who_brings
from tongban.ui.forms import BoundField, bind, read
from tongban.ui.forms.reading import Posted
from tongban.ui.pictures import FlowPicture, RoutePlan, plan_text


@dataclass(frozen=True)
class Situation:
    """The questions that narrow the list: as a form, and as the answers given."""

    fields: tuple[BoundField, ...]  # to answer now
    kept: tuple[tuple[str, str], ...]  # answers that travel with the form unseen
    chips: tuple[str, ...]
    change: str  # address where the answers can be changed
    done: bool  # nothing is left to ask


@dataclass(frozen=True)
class Guide:
    """Everything the guide page shows of one item version."""

    code: str
    name: str
    short: str
    power: str
    agency: str
    online: bool
    apply: str
    batch: str  # address of an application for many people, "" where there is none
    facts: list[dict[str, str]]
    situation: Situation | None
    materials: list[dict[str, Any]]
    count: str
    spared: str
    first: list[dict[str, str]]
    conditions: list[dict[str, str]]
    plan: RoutePlan | None
    plan_lines: tuple[str, ...]
    stages: list[dict[str, Any]]
    windows: list[dict[str, Any]]
    places: list[dict[str, str]]
    phones: list[dict[str, str]]
    faq: list[dict[str, str]]
    basis: list[dict[str, Any]]
    elements: list[Element]
    uncertain: str
    next: list[dict[str, str]]
    downloads: list[dict[str, str]]
    version: int
    published: Any
    valid: str

    @property
    def diagram(self) -> FlowPicture | None:
        """The route as it is drawn."""
        return diagram.item_diagram(self.code, self.version) if self.plan else None


def answers_in(item: Item, query: Posted) -> dict[str, str | list[str]]:
    """The answers that an address carries: of this item's questions, among the offered ones; the rest is dropped."""
    return kept(item, read(forms.questions(questions(item)), query).values)


def guide(
    version: ItemVersion, windows: Iterable[Window], answers: Answers, today: date, *, change: bool = False
) -> Guide:
    """The guide of an item version for these answers; `windows` are all windows of the city, `change` asks again."""
    item = version.item
    mine = personal(item, answers)
    names = laws.english_names(item, known := laws.laws_by_name())
    plan = route.plan(item, version.route) if version.route is not None and item.handling is not None else None
    organ = organ_of(item)
    return Guide(
        code=item.code,
        name=said(item.name),
        short=said(item.short),
        power=words.power_words(item.power),
        agency=agency_of_item(item.agency),
        online=item.can_be_handled,
        apply=with_answers("portal:apply", item, answers),
        batch=reverse("portal:batch_start", args=[item.code]) if item.handling and item.handling.batch else "",
        facts=facts(item, mine),
        situation=_situation(item, mine, answers, change=change),
        materials=[material(one, item, names) for one in mine.materials],
        count=_count(mine),
        spared=_spared(mine),
        first=_first(mine),
        conditions=[{"text": said(c.text), "basis": laws.cited(c.basis, names)} for c in item.conditions],
        plan=plan,
        plan_lines=plan_text(plan) if plan else (),
        stages=stages.stated(item),
        windows=_windows(item, windows),
        places=[_place(one) for one in item.places or (organ.places if organ else ())],
        phones=_phones(item, organ),
        faq=[{"summary": said(f.question), "text": said(f.answer)} for f in item.faq],
        basis=[laws.basis(one, known, today) for one in item.basis],
        elements=elements(item, names),
        uncertain=_uncertain(item),
        next=_next(item),
        downloads=_downloads(item, answers),
        version=item.version,
        published=version.published_at,
        valid=_valid(item),
    )


def with_answers(name: str, item: Item, answers: Answers, **more: str) -> str:
    """The address of a page of this item with the answers in it; a date goes in its three boxes."""
    pairs: list[tuple[str, str]] = []
    for field in questions(item):
        value = answers.get(field.id)
        if field.kind == "date" and isinstance(value, str):
            parts = zip(("year", "month", "day"), value.split("-"), strict=True)
            pairs += [(f"{field.id}-{part}", text) for part, text in parts]
        elif isinstance(value, list):
            pairs += [(field.id, one) for one in value]
        elif value:
            pairs.append((field.id, value))
    query = urlencode([*pairs, *more.items()])
    address = reverse(name, args=[item.code])
    return f"{address}?{query}" if query else address


def facts(item: Item, mine: Personal) -> list[dict[str, str]]:
    """The four answers before any prose."""
    legal = words.limit_words(item.statutory) if item.statutory and item.promised else ""
    own = sum(1 for one in mine.materials if one.must_bring)
    rest = sum(1 for one in mine.materials if one.material.source != "self")
    papers = ngettext("%(n)s 份材料", "%(n)s 份材料", own) % {"n": own} if own else _("什么都不用交")
    fetched = ngettext("另 %(n)s 份我们自己备", "另 %(n)s 份我们自己备", rest) % {"n": rest} if rest else ""
    visit = said(item.visit_reason) if item.visits else _("网上能办") if item.handling else ""
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
        {"term": _("跑几次"), "value": words.visits_words(item.visits), "note": visit},
        {"term": _("您要准备"), "value": papers, "note": fetched},
    ]


# -- by situation -----------------------------------------------------------------------------------------------------


def _situation(item: Item, mine: Personal, answers: Answers, *, change: bool) -> Situation | None:
    if not questions(item):
        return None
    given = [field for field in mine.questions if field.id in answers]
    asked = list(mine.questions) if change or not given else list(mine.open)
    hidden = [] if change or not given else given
    return Situation(
        fields=bind(forms.questions(asked), dict(answers)),
        kept=tuple(pair for field in hidden for pair in _pairs(field, answers[field.id])),
        chips=() if change else tuple(_chip(field, answers[field.id]) for field in given),
        change=with_answers("portal:guide", item, answers, change="1") + "#situation",
        done=not asked,
    )


def _pairs(field: Field, value: str | list[str]) -> list[tuple[str, str]]:
    if field.kind == "date" and isinstance(value, str):
        return [(f"{field.id}-{p}", t) for p, t in zip(("year", "month", "day"), value.split("-"), strict=True)]
    return [(field.id, one) for one in (value if isinstance(value, list) else [value])]


def _chip(field: Field, value: str | list[str]) -> str:
    return _("%(question)s：%(answer)s") % {"question": said(field.label).rstrip("？?"), "answer": shown(field, value)}


def _count(mine: Personal) -> str:
    own = sum(1 for one in mine.materials if one.material.source == "self" and one.material.need != "exempt")
    free = len(mine.materials) - own
    if not free:
        return ngettext("%(n)s 份", "%(n)s 份", own) % {"n": own} if own else ""
    return _("%(all)s 份，其中 %(free)s 份不用您管") % {"all": len(mine.materials), "free": free}


def _spared(mine: Personal) -> str:
    if not mine.spared:
        return ""
    return _("按您的回答，不用交：%(names)s。") % {"names": _("、").join(said(m.name) for m in mine.spared)}


def material(one: PersonalMaterial, item: Item, names: Mapping[str, str]) -> dict[str, Any]:
    """One paper: who brings it, where it comes from, what makes it good, and what can be downloaded."""
    paper = one.material
    kind, tag, mark = who_brings(paper)
    if one.sure and paper.when and paper.need in ("required", "situational") and paper.source == "self":
        kind, tag, mark = "wait", _("您交"), "upload"
    text = said(paper.hint)
    comes = _comes_from(one)
    return {
        "icon": mark,
        "name": said(paper.name),
        "kind": kind,
        "tag": tag,
        "text": _sentence(text, comes),
        "details": [capfirst(part) for part in (_shape(one), said(paper.standard)) if part],
        "basis": laws.cited(paper.basis, names),
        "links": _links(one, item),
    }


def _sentence(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _comes_from(one: PersonalMaterial) -> str:
    """Where the paper comes from, in one phrase."""
    paper = one.material
    if paper.source == "government" or paper.need == "exempt":
        if paper.source == "generated":
            return ""
        keeper = _issuer(one)
        return _("由%(organ)s核对，不用您交。") % {"organ": keeper} if keeper else _("由部门之间核对，不用您交。")
    issuer = _issuer(one) if paper.source == "self" else ""
    return _("由%(organ)s出具。") % {"organ": issuer} if issuer else ""


def _listed(code: str) -> Item | None:
    try:
        return catalogue.current(code).item if code else None
    except ItemNotListed:
        return None


def _issuer(one: PersonalMaterial) -> str:
    """The organ that issues it: as the paper says, else the organ of the item whose result it is."""
    paper = one.material
    if paper.issuer:
        return agency_of_item(paper.issuer)
    known = _listed(paper.licence_item)
    if known is not None:
        return agency_of_item(known.agency, short=True)
    other = next((other for other in catalogue.papers() if other.code == paper.licence_item), None)
    return said(other.issuer) if other else ""


def _shape(one: PersonalMaterial) -> str:
    paper = one.material
    form = {"paper": _("纸质"), "electronic": _("电子"), "both": _("纸质或电子")}.get(paper.format, "")
    seen = ngettext("原件 %(n)s 份", "原件 %(n)s 份", paper.originals) % {"n": paper.originals}
    copies = ngettext("复印件 %(n)s 份", "复印件 %(n)s 份", paper.copies) % {"n": paper.copies}
    parts = [form, seen if paper.originals else "", copies if paper.copies else ""]
    return _("，").join(part for part in parts if part) if paper.source == "self" else ""


def _links(one: PersonalMaterial, item: Item) -> list[dict[str, str]]:
    """The guide of the item whose result the paper is, where it must be brought; the application form."""
    paper, found = one.material, []
    if paper.source == "self" and _listed(paper.licence_item) is not None:
        found.append({"href": reverse("portal:guide", args=[paper.licence_item]), "text": _("还没有？看怎么办")})
    ours = paper.source == "generated" and item.handling is not None
    for own, name, text in ((paper.blank, "guide_form", _("空白表")), (paper.sample, "guide_sample", _("样表"))):
        if own:
            found.append({"href": reverse("portal:guide_file", args=[item.code, own]), "text": text})
        elif ours:
            found.append({"href": reverse(f"portal:{name}", args=[item.code]), "text": text})
    return found


def _first(mine: Personal) -> list[dict[str, str]]:
    """What must be held before, one phrase a group, with the guide where one paper is meant."""
    names = catalogue.paper_names()
    known = {item.code for item in catalogue.items()}
    found = []
    for group in (part for one in mine.first for part in groups(one)):
        single = group.items[0] if len(group.items) == 1 and not group.groups else ""
        href = reverse("portal:guide", args=[single]) if single in known else ""
        found.append({"name": said(in_words(group, names)), "href": href})
    return found


# -- where, when, who -------------------------------------------------------------------------------------------------


def organ_of(item: Item) -> Organ | None:
    """The organ in charge as organs.yaml describes it."""
    return next((one for one in catalogue.beside().organs if one.key == item.agency), None)


def _windows(item: Item, windows: Iterable[Window]) -> list[dict[str, Any]]:
    """Halls with a window that may receive the item."""
    if item.handling is None:
        return []
    halls: dict[str, list[str]] = {}
    for window in windows:
        if "*" in window.items or item.code in window.items:
            halls.setdefault(window.agency, []).append(said(window.name))
    return [{"hall": agency_name(key), "windows": names} for key, names in halls.items()]


def _place(place: Place) -> dict[str, str]:
    return {
        "name": said(place.name),
        "address": said(place.address),
        "hours": said(place.hours),
        "phone": place.phone,
    }


def _phones(item: Item, organ: Organ | None) -> list[dict[str, str]]:
    """Where to ask and where to complain: the item's numbers, else the organ's."""
    pairs = (
        (_("咨询电话"), item.consult or (organ.consult if organ else "")),
        (_("监督投诉电话"), item.complain or (organ.complain if organ else "")),
    )
    return [{"term": term, "phone": phone} for term, phone in pairs if phone]


def _next(item: Item) -> list[dict[str, str]]:
    known = {one.code: one for one in catalogue.items()}
    return [
        {"href": reverse("portal:guide", args=[code]), "name": said(known[code].name)}
        for code in item.next
        if code in known
    ]


def _downloads(item: Item, answers: Answers) -> list[dict[str, str]]:
    found = [{"href": with_answers("portal:guide_pdf", item, answers), "text": _("办事指南")}]
    if item.handling is not None:
        found.append({"href": reverse("portal:guide_form", args=[item.code]), "text": _("空白申请表")})
        found.append({"href": reverse("portal:guide_sample", args=[item.code]), "text": _("填好的样表")})
    if item.result.sample:
        found.append(
            {"href": reverse("portal:guide_file", args=[item.code, item.result.sample]), "text": _("结果的样子")}
        )
    return found


def _valid(item: Item) -> str:
    if item.valid_from and item.valid_to:
        return _("有效期：%(start)s 至 %(end)s。") % {"start": item.valid_from, "end": item.valid_to}
    if item.valid_to:
        return _("有效到 %(end)s。") % {"end": item.valid_to}
    return _("从 %(start)s 起有效。") % {"start": item.valid_from} if item.valid_from else ""


def _uncertain(item: Item) -> str:
    names: Mapping[str, str] = {
        "basis": _("法律依据"), "fee": _("收费"), "materials": _("材料"), "promised": _("承诺期限"),
        "result": _("结果"), "statutory": _("法定期限"), "base_code": _("基本编码"), "visits": _("到场次数"),
    }  # fmt: skip
    doubtful: Sequence[str] = [names[name].lower() for name in item.uncertain if name in names]
    if not doubtful:
        return ""
    return _("这些内容还没有逐条核对，先作示例，以办事机关公布的为准：%(names)s。") % {"names": _("、").join(doubtful)}
