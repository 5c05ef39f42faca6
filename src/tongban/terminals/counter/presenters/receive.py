"""Receiving: the form of an item on one dense page, who brings which paper, what is missing, what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.cases.core.answers import asked, check_answers, check_materials
from tongban.contexts.cases.core.refusals import AnswersIncomplete, MaterialMissing
from tongban.contexts.cases.core.state import CaseState, Material
from tongban.contexts.cases.core.views import DraftView
from tongban.contexts.catalogue.core.items import Field, Item
from tongban.contexts.catalogue.core.materials import NeededMaterial, needed_materials, typed_values
from tongban.terminals.common.presenters import forms
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.counter.presenters import after
from tongban.ui import dates
from tongban.ui.forms import BoundField

Values = Mapping[str, str | list[str]]


def asked_fields(item: Item, values: Values) -> tuple[Field, ...]:
    """The questions that apply, given the answers so far."""
    assert item.handling is not None
    typed = typed_values(item, values)
    return tuple(one for step in item.handling.form for one in step.fields if asked(one, typed))


def topics(item: Item, bound: Sequence[BoundField]) -> list[dict[str, Any]]:
    """The bound fields under the headings of their topics."""
    assert item.handling is not None
    by_id = {one.spec.id: one for one in bound}
    found = (
        {"id": step.id, "title": said(step.title), "fields": [by_id[f.id] for f in step.fields if f.id in by_id]}
        for step in item.handling.form
    )
    return [topic for topic in found if topic["fields"]]


# -- papers ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paper:
    """One material in the checklist. `upload`: the window scans it; else it says who sees to it."""

    number: int
    id: str
    name: str
    hint: str
    tag: str
    kind: str  # class of the tag
    grade: str
    lamp: str
    result: str
    note: str
    upload: bool = False
    must: bool = False
    accept: str = ""
    rule: str = ""
    error: str = ""
    seen: bool = False
    view: str = ""  # address of the scan


def papers(draft: DraftView, values: Values, errors: Mapping[str, str], seen: frozenset[str]) -> tuple[Paper, ...]:
    """The checklist for these answers."""
    given = {material.id: material for material in draft.materials}
    needed = needed_materials(draft.item, values)
    return tuple(
        _paper(draft.id, number, one, given.get(one.material.id), errors, seen) for number, one in enumerate(needed, 1)
    )


def _paper(
    draft_id: str,
    number: int,
    one: NeededMaterial,
    given: Material | None,
    errors: Mapping[str, str],
    seen: frozenset[str],
) -> Paper:
    material = one.material
    kind, tag = _who(one)
    if not one.may_bring:
        letter, result = ("D", _("提交时自动生成")) if one.reason == "generated" else ("", _("不用交，由部门共享"))
        return Paper(number, material.id, said(material.name), said(material.hint), tag, kind, letter, "", result, "")
    lamp, result, note = _standing(one, given)
    return Paper(
        number=number, id=material.id, name=said(material.name), hint=said(material.hint), tag=tag, kind=kind,
        grade=given.grade if given else "", lamp=lamp, result=result, note=note, upload=True, must=one.must_bring,
        accept=forms.accept(material), rule=forms.file_rule(material), error=errors.get(material.id, ""),
        seen=material.id in seen, view=reverse("counter:scan", args=[draft_id, given.file_id]) if given else "",
    )  # fmt: skip


def _who(one: NeededMaterial) -> tuple[str, str]:
    """Class and words of the tag that says who sees to a paper."""
    return {
        "always": ("b", _("申请人带")),
        "answers": ("b", _("这种情形要带")),
        "later": ("h", _("可以后补")),
        "fetched": ("g", _("免提交")),
        "generated": ("g", _("系统生成")),
    }[one.reason]


def _standing(one: NeededMaterial, given: Material | None) -> tuple[str, str, str]:
    """Lamp, result and note of a paper that can be brought."""
    if given is None:
        return ("w", _("还没有收"), "") if one.must_bring else ("", _("没有收"), _("不影响提交"))
    note = f"{given.filename} · {dates.size(given.size)}"
    return ("y", _("已核原件"), note) if given.grade == "B" else ("w", _("没核原件"), note)


def headline(found: Sequence[Paper]) -> tuple[str, str]:
    """要 6 份材料，只需申请人带 1 份; 3 份免提交."""
    bring = sum(1 for one in found if one.must)
    free = sum(1 for one in found if not one.upload)
    title = ngettext("要 %(n)s 份材料", "要 %(n)s 份材料", len(found)) % {"n": len(found)}
    title += _("，申请人带 %(n)s 份") % {"n": bring} if bring else _("，申请人不用带")
    return title, _("%(n)s 份免提交") % {"n": free} if free else ""


# -- what is missing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missing:
    """What stands between the draft and filing: field ids, material ids, and both as gates."""

    fields: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    gates: tuple[dict[str, str], ...] = field(default_factory=tuple)

    @property
    def count(self) -> int:
        return len(self.fields) + len(self.materials)


def missing(draft: DraftView) -> Missing:
    """By the same rules that decide on filing."""
    wrong, lacking = _wrong_fields(draft), _lacking(draft)
    labels = {one.id: said(one.label) for one in asked_fields(draft.item, draft.values)}
    names = {material.id: (number, said(material.name)) for number, material in enumerate(draft.item.materials, 1)}
    gates = []
    if wrong:
        text = ngettext("还有 %(n)s 项没有填好", "还有 %(n)s 项没有填好", len(wrong)) % {"n": len(wrong)}
        note = _("、").join(labels.get(one, one) for one in wrong[:3])
        gates.append({"lamp": "w", "text": text, "note": note, "href": f"#{wrong[0]}-at", "link": _("去填")})
    gates += [
        {"lamp": "w", "text": _("收材料：%(name)s") % {"name": names[one][1]}, "note": "", "href": f"#file-{one}",
         "link": _("去收")}
        for one in lacking
    ]  # fmt: skip
    for material in draft.materials:
        if material.grade == "C" and material.id in names:
            text = _("没核原件：%(name)s") % {"name": names[material.id][1]}
            gates.append({"lamp": "w", "text": text, "note": _("提交后受理前要核"), "href": "", "link": ""})
    return Missing(wrong, lacking, tuple(gates) or ({"lamp": "y", "text": _("填好了，材料齐了"), "note": ""},))


def _wrong_fields(draft: DraftView) -> tuple[str, ...]:
    try:
        check_answers(draft.item, draft.values)
    except AnswersIncomplete as refusal:
        return tuple(refusal.fields)
    return ()


def _lacking(draft: DraftView) -> tuple[str, ...]:
    try:
        check_materials(draft.item, draft.values, draft.materials)
    except MaterialMissing as refusal:
        return refusal.materials
    return ()


def following(draft: DraftView, today: date) -> dict[str, Any]:
    """Both due days if it were accepted today."""
    return after.dues(CaseState(), draft.item, today)
