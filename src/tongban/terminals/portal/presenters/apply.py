"""Applying: for whom, one topic a page, materials, check answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.cases.core.answers import asked
from tongban.contexts.cases.core.state import Material
from tongban.contexts.cases.core.views import DraftView
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Field, FormStep, Item
from tongban.contexts.catalogue.core.materials import NeededMaterial, needed_materials
from tongban.contexts.catalogue.core.prerequisites import in_words, unmet
from tongban.contexts.documents.core import Licence, LicenceState
from tongban.contexts.parties.core import Actor, Principal
from tongban.terminals.common.presenters import forms, words
from tongban.terminals.common.presenters.answers import shown
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.portal.presenters import items
from tongban.ui import dates

Values = Mapping[str, str | list[str]]


def may_be_for(actor: Actor, item: Item) -> list[Principal]:
    """Those for whom the actor may file this item."""
    return [
        p
        for p in actor.principals
        if p.covers(item.code) and (items.serves_people(item) if p.kind == "natural" else items.serves_companies(item))
    ]


#: A legal person with a unified credit code has been registered by one of these (市场主体登记管理条例 3, 统一代码制度).
_REGISTRATIONS = frozenset({"ENT-REG", "IND-REG"})


def first_needed(item: Item, licences: Sequence[Licence], *, registered: bool = False) -> list[dict[str, str]]:
    """Each paper needed first, and whether somebody among the principals holds it.

    `registered`: one of them is a company, which by its credit code is registered, whoever printed its licence.
    """
    if item.prerequisites is None:
        return []
    held = {one.item_code for one in licences if one.state is LicenceState.VALID}
    names = catalogue.paper_names()
    out = []
    for group in items.groups(item.prerequisites):
        lacking = bool(unmet(group, held, {}))
        tag = _("还没看到") if lacking else _("已有")
        if lacking and registered and not unmet(group, held | _REGISTRATIONS, {}):
            lacking, tag = False, _("统一社会信用代码已登记")
        out.append({"name": said(in_words(group, names)), "kind": "plain" if lacking else "ok", "tag": tag})
    return out


def form(draft: DraftView) -> tuple[FormStep, ...]:
    """The topics of the draft's form."""
    assert draft.item.handling is not None
    return draft.item.handling.form


def steps(draft: DraftView, here: str) -> dict[str, Any]:
    """The line of steps for `ui/steps.html`; `here` is a topic's id, "materials" or "check"."""
    names = [(step.id, said(step.title)) for step in form(draft)]
    names += [("materials", _("材料")), ("check", _("核对提交"))]
    at = next(n for n, (key, _name) in enumerate(names) if key == here)
    shown = [
        {"name": name, "status": "here" if n == at else "done" if n < at else ""} for n, (_k, name) in enumerate(names)
    ]
    return {"steps": shown, "number": at + 1, "total": len(names)}


def after(draft: DraftView, step_id: str) -> str:
    """The address of the page after a topic."""
    ids = [step.id for step in form(draft)]
    place = ids.index(step_id) + 1
    if place < len(ids):
        return reverse("portal:step", args=[draft.id, ids[place]])
    return reverse("portal:materials", args=[draft.id])


def before(draft: DraftView, step_id: str) -> dict[str, str]:
    """The way back from a topic."""
    ids = [step.id for step in form(draft)]
    place = ids.index(step_id)
    if place == 0:
        return {"href": reverse("portal:guide", args=[draft.item.code]), "text": said(draft.item.name)}
    step = form(draft)[place - 1]
    return {
        "href": reverse("portal:step", args=[draft.id, step.id]),
        "text": _("上一步：%(name)s") % {"name": said(step.title)},
    }


def resume(draft: DraftView) -> str:
    """Where to go on: the first topic not passed, else the materials."""
    step = next((step for step in form(draft) if step.id not in draft.steps_done), None)
    if step is None:
        return reverse("portal:materials", args=[draft.id])
    return reverse("portal:step", args=[draft.id, step.id])


def side(draft: DraftView, principal: str) -> dict[str, Any]:
    """The panel beside every page of an application."""
    return {
        "item": said(draft.item.name),
        "principal": principal,
        "time": words.time_words(draft.item),
        "fee": _("收费") if draft.item.fee.charged else _("不收费"),
        "at": draft.updated_at,
        "discard": reverse("portal:discard", args=[draft.id]),
    }


# -- materials --------------------------------------------------------------------------------------------------------


def materials(draft: DraftView, errors: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The papers of this application: those to bring, those brought, and those nobody has to bring."""
    given = {m.id: m for m in draft.materials}
    needed = needed_materials(draft.item, draft.values)
    wrong = errors or {}
    bring = [
        _upload(draft.id, one, given.get(one.material.id), wrong.get(one.material.id, ""))
        for one in needed
        if one.may_bring
    ]
    ready = [_ready(one) for one in needed if not one.may_bring]
    missing = sum(1 for one in needed if one.must_bring and one.material.id not in given)
    lead = ngettext("还要您交 %(n)s 份。", "还要您交 %(n)s 份。", missing) % {"n": missing}
    lead = lead if missing else _("材料齐了。")
    return {"bring": bring, "ready": ready, "lead": lead, "missing": missing}


def upload(draft_id: str, material: Any, given: Material | None, error: str, note: str = "") -> dict[str, Any]:
    """One paper to upload, with what was uploaded so far."""
    return {
        "id": material.id,
        "name": said(material.name),
        "hint": note or said(material.hint),
        "rule": _("%(files)s；拍照也行") % {"files": forms.file_rule(material)},
        "accept": forms.accept(material),
        "error": error,
        "file": _file(draft_id, given) if given else None,
    }


def _file(draft_id: str, given: Material) -> dict[str, str]:
    href = reverse("portal:draft_file", args=[draft_id, given.file_id])
    return {"name": given.filename, "size": dates.size(given.size), "href": href}


def _upload(draft_id: str, one: NeededMaterial, given: Material | None, error: str) -> dict[str, Any]:
    shaped = upload(draft_id, one.material, given, error)
    later = _("可以后补，不耽误受理")
    return shaped | {"tag": later if one.reason == "later" else "", "must": one.must_bring}


def _ready(one: NeededMaterial) -> dict[str, Any]:
    kind, tag, mark = items.who_brings(one.material)
    return {"icon": mark, "name": said(one.material.name), "kind": kind, "tag": tag, "text": said(one.material.hint)}


# -- check answers ----------------------------------------------------------------------------------------------------


def answers(draft: DraftView) -> list[dict[str, Any]]:
    """Every answer under its topic, with the way to change it."""
    return [
        {
            "title": said(step.title),
            "rows": [_row(draft, step, field) for field in step.fields if asked(field, draft.values)],
        }
        for step in form(draft)
    ]


def _row(draft: DraftView, step: FormStep, field: Field) -> dict[str, str]:
    address = reverse("portal:step", args=[draft.id, step.id])
    return {
        "term": said(field.label),
        "value": shown(field, draft.values.get(field.id, "")) or _("（没有填）"),
        "tag": "",
        "href": f"{address}#{field.id}",
    }


def given(draft: DraftView) -> dict[str, Any]:
    """The papers in the draft, as a section of the check page."""
    found = {m.id: m for m in draft.materials}
    address = reverse("portal:materials", args=[draft.id])
    rows = [
        {
            "term": said(one.material.name),
            "value": found[one.material.id].filename if one.material.id in found else _("（没有交）"),
            "tag": "",
            "href": f"{address}#{one.material.id}",
        }
        for one in needed_materials(draft.item, draft.values)
        if one.may_bring
    ]
    return {"title": _("材料"), "rows": rows}


def problems(draft: DraftView, fields: Iterable[str], materials_: Iterable[str]) -> list[dict[str, str]]:
    """Lines of the error summary, each with the page where it is mended."""
    lines = []
    wrong, lacking = set(fields), set(materials_)
    for step in form(draft):
        for field in step.fields:
            if field.id in wrong:
                href = reverse("portal:step", args=[draft.id, step.id])
                lines.append(
                    {"href": f"{href}#{field.id}", "text": _("请填好：%(name)s") % {"name": said(field.label)}}
                )
    for material in draft.item.materials:
        if material.id in lacking:
            href = reverse("portal:materials", args=[draft.id])
            text = _("请上传：%(name)s") % {"name": said(material.name)}
            lines.append({"href": f"{href}#{material.id}", "text": text})
    return lines
