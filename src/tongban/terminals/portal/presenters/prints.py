"""A guide, and an item's form, as sheets to print: the same words as on the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.items import Field, Item
from tongban.contexts.documents.core.prints import Block, FormLine, FormPart, PaperForm, Sheet
from tongban.terminals.common.presenters.answers import unit
from tongban.terminals.common.presenters.languages import agency_of_item, either, is_english, language, said
from tongban.terminals.portal.presenters.guide import Guide
from tongban.terminals.portal.presenters.items import who_brings
from tongban.ui import dates

#: What a sample writes where the form takes a person's or company's own data: made up, with sound check digits.
_EXAMPLES = {
    "phone": "13800000000",
    "citizen_id": "429901198705120140",
    "credit_code": "91429901MA4KFXD668",
}


def demo_line(city: str, *, demo: bool) -> str:
    """The line on every sheet of a demonstration, "" elsewhere."""
    return _("演示：%(city)s是虚构的城市，这里不办理真实业务。") % {"city": city} if demo else ""


def sheet(guide: Guide, *, address: str, qr: str, demo: str) -> Sheet:
    """The guide on paper; `address` is where it stands, `qr` the same as a picture (SVG)."""
    return Sheet(
        lang=_lang(),
        title=guide.name,
        kicker=f"{guide.power} · {guide.agency}",
        lead=guide.short,
        facts=tuple((one["term"], one["value"], one["note"]) for one in guide.facts),
        blocks=tuple(block for block in _blocks(guide) if block.rows),
        foot=foot(guide.name, guide.version, guide.published),
        qr=qr,
        address=address,
        qr_words=_("扫码看最新的指南"),
        demo=demo,
    )


def foot(name: str, version: int, published: Any) -> str:
    """Name, version and day, at the foot of every page."""
    day = dates.full_day(published, language())
    return _("%(name)s · 第 %(version)s 版，%(day)s公布") % {"name": name, "version": version, "day": day}


def _lang() -> str:
    return "en" if is_english() else "zh"


def _blocks(guide: Guide) -> Iterable[Block]:
    if guide.situation:
        yield Block(_("按您的情况"), "list", tuple((chip,) for chip in guide.situation.chips))
    yield Block(_("先要有"), "list", tuple((one["name"],) for one in guide.first))
    yield Block(_("要准备什么"), "rows", tuple(_paper(one) for one in guide.materials))
    yield Block(_("符合什么条件"), "list", tuple((one["text"], one["basis"]) for one in guide.conditions))
    yield Block(_("怎么办"), "list", tuple((line,) for line in guide.plan_lines))
    heads = (_("环节"), _("办理时限"), _("谁负责"), _("职责"))
    rows = tuple(
        (one["name"], one["time"], f"{one['agency']} {one['position']}".strip(), one["duty"]) for one in guide.stages
    )
    yield Block(_("每一步谁负责"), "table", rows, heads)
    yield Block(_("去哪里办"), "pairs", tuple(_place(one) for one in guide.places))
    yield Block(_("问和投诉"), "pairs", tuple((one["term"], one["phone"]) for one in guide.phones))
    yield Block(_("常问的"), "list", tuple((one["summary"], one["text"]) for one in guide.faq))
    laws = tuple((f"{one['law']} {one['article']}".strip(), _law(one)) for one in guide.basis)
    yield Block(capfirst(_("法律依据")), "list", laws)
    yield Block(_("全部要素"), "pairs", tuple((one.term, one.value) for one in guide.elements))


def _paper(one: dict[str, Any]) -> tuple[str, ...]:
    basis = _("依据：%(law)s") % {"law": one["basis"]} if one["basis"] else ""
    return (one["name"], one["tag"], one["text"], *one["details"], basis)


def _place(one: dict[str, str]) -> tuple[str, str]:
    return one["name"], "\n".join(part for part in (one["address"], one["hours"], one["phone"]) if part)


def _law(one: dict[str, Any]) -> str:
    return f"{one['gist']} {one['tag']}".strip()


# -- the form on paper ------------------------------------------------------------------------------------------------


def paper_form(item: Item, *, sample: bool, published: Any, demo: str) -> PaperForm:
    """The form of a handled item, blank or filled with made-up answers that the sheet calls a sample."""
    assert item.handling is not None
    name = _("%(name)s申请表") % {"name": said(item.name)}
    lead = _("在网上申请的，不用填这张表：系统会替您生成。") + (_("有“按情况”的，用得上才填。") if _some(item) else "")
    filled = _("这是一张填好的样表：名字、号码和日期都是编的，请写您自己的。")
    return PaperForm(
        lang=_lang(),
        title=name,
        kicker=agency_of_item(item.agency),
        lead=filled if sample else lead,
        parts=tuple(
            FormPart(said(step.title), tuple(_line(field, sample=sample) for field in step.fields))
            for step in item.handling.form
        ),
        papers=tuple(
            (said(material.name), who_brings(material)[1]) for material in item.materials if material.source == "self"
        ),
        papers_title=_("随表要交的材料"),
        statement=_("以上内容真实。如果有假，我知道许可会被撤销，并承担法律责任。"),
        signature=(_("申请人（签名或盖章）"), _("代办人（签名）"), _("日期")),
        foot=foot(name, item.version, published),
        sample=_("样表") if sample else "",
        demo=demo,
    )


def _some(item: Item) -> bool:
    assert item.handling is not None
    return any(field.when for step in item.handling.form for field in step.fields)


def _line(field: Field, *, sample: bool) -> FormLine:
    label = said(field.label)
    if not field.required:
        label = _("%(label)s（可不填）") % {"label": label}
    elif field.when:
        label = _("%(label)s（按情况）") % {"label": label}
    hint = said(field.hint)
    if field.options:
        ticked = _ticked(field) if sample else set()
        boxes = tuple((said(one.label), one.value in ticked) for one in field.options)
        return FormLine(label, "boxes", hint, options=boxes)
    if field.kind == "date":
        return FormLine(label, "day", hint, _("年　　月　　日"), value=_("2026 年 3 月 2 日") if sample else "")
    area = field.kind == "textarea"
    return FormLine(label, "area" if area else "line", hint, unit(field), value=_example(field) if sample else "")


def _ticked(field: Field) -> set[str]:
    """The first answer; of several, the first two. Where a condition decides, the usual case comes first."""
    return {one.value for one in field.options[: 2 if field.kind == "multi" else 1]}


def _example(field: Field) -> str:
    if field.kind in _EXAMPLES:
        return _EXAMPLES[field.kind]
    if field.kind in ("integer", "money"):
        low, high = field.minimum or 0, field.maximum if field.maximum is not None else 10**9
        return str(min(max(low, 12), high))
    known = {
        "principal.name": _("（样例）张三"),
        "person.name": _("（样例）张三"),
        "person.phone": _EXAMPLES["phone"],
        "principal.id_number": _EXAMPLES["citizen_id"],
        "principal.address": _("（样例）江城大道 1 号"),
    }
    return known.get(field.prefill) or _("（样例）%(what)s") % {
        "what": either(field.label.zh, field.label.en).rstrip("？?")
    }
