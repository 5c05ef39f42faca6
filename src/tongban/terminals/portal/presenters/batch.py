"""A batch application: steps, people and what is wrong with them, papers, what will be filed; then its progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.answers import asked
from tongban.contexts.cases.core.batch.sheet import making
from tongban.contexts.cases.core.batch.sheet.columns import columns_of, common_fields
from tongban.contexts.cases.core.batch.sheet.reading import Row
from tongban.contexts.cases.core.batch.views import BatchDraftView, BatchLine, BatchView, DraftRow
from tongban.contexts.cases.core.state import Ending
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Field, Item
from tongban.contexts.catalogue.core.materials import needed_materials, typed_values
from tongban.contexts.parties.core import Actor, Principal
from tongban.terminals.common.presenters import batch as told
from tongban.terminals.common.presenters import forms, words
from tongban.terminals.common.presenters.answers import shown
from tongban.terminals.common.presenters.languages import said
from tongban.ui import dates

STEPS = ("common", "sheet", "papers", "check")
#: Values of ?only= on the list of people.
ONLY = ("", "wrong", "lacking", "ready")


def may_be_for(actor: Actor, item: Item) -> list[Principal]:
    """Companies for which the actor may file this item."""
    return [p for p in actor.principals if p.kind == "legal" and p.covers(item.code)]


def steps(here: str) -> dict[str, Any]:
    """The line of steps for `ui/steps.html`."""
    names = {"common": _("共同信息"), "sheet": _("名单"), "papers": _("材料"), "check": _("核对提交")}
    at = STEPS.index(here)
    shown_ = [
        {"name": names[key], "status": "here" if n == at else "done" if n < at else ""} for n, key in enumerate(STEPS)
    ]
    return {"steps": shown_, "number": at + 1, "total": len(STEPS)}


def resume(draft: BatchDraftView) -> str:
    """Where to go on."""
    step = "common" if not draft.answered else "sheet" if not draft.rows or draft.wrong else "papers"
    return reverse(f"portal:batch_{step}", args=[draft.id])


def back(draft: BatchDraftView, here: str) -> dict[str, str]:
    """The way back from a step."""
    at = STEPS.index(here)
    if at == 0:
        return {"href": reverse("portal:guide", args=[draft.item.code]), "text": said(draft.item.name)}
    names = {"common": _("上一步：共同信息"), "sheet": _("上一步：名单"), "papers": _("上一步：材料")}
    return {"href": reverse(f"portal:batch_{STEPS[at - 1]}", args=[draft.id]), "text": names[STEPS[at - 1]]}


def side(draft: BatchDraftView, principal: str) -> dict[str, Any]:
    """The panel beside every page of the application."""
    return {
        "item": _("%(item)s · 批量") % {"item": said(draft.item.name)},
        "principal": principal,
        "time": words.time_words(draft.item),
        "fee": _("收费") if draft.item.fee.charged else _("不收费"),
        "at": draft.updated_at,
        "discard": reverse("portal:batch_discard", args=[draft.id]),
    }


def common_asked(draft: BatchDraftView, values: Mapping[str, Any]) -> tuple[Field, ...]:
    """The questions asked once for all that apply to these answers."""
    typed = typed_values(draft.item, values)
    return tuple(field for field in common_fields(draft.item) if asked(field, typed))


def common_rows(draft: BatchDraftView) -> list[dict[str, str]]:
    """What was answered once for all, with the way to change it."""
    href = reverse("portal:batch_common", args=[draft.id])
    return [
        {
            "term": said(field.label), "value": shown(field, draft.values.get(field.id, "")) or _("（没有填）"),
            "tag": "", "href": f"{href}#{field.id}",
        }
        for field in common_asked(draft, draft.values)
    ]  # fmt: skip


# -- the sheet --------------------------------------------------------------------------------------------------------


def columns(item: Item) -> list[dict[str, str]]:
    """What the sheet asks, column by column."""
    return [{"name": said(field.label), "text": told.explained(field)} for field in columns_of(item).fields]


def counts(draft: BatchDraftView, only: str) -> list[dict[str, Any]]:
    """Ways to look at the list: all, with mistakes, lacking papers, ready; each with how many."""
    href = reverse("portal:batch_sheet", args=[draft.id])
    found = (
        ("", _("全部"), draft.rows), ("wrong", _("要改的"), draft.wrong), ("lacking", _("差材料的"), draft.lacking),
        ("ready", _("可以提交的"), draft.ready),
    )  # fmt: skip
    return [
        {
            "href": f"{href}?{urlencode({'only': key})}#people" if key else f"{href}#people",
            "name": capfirst(name),
            "count": n,
            "here": key == only,
        }
        for key, name, n in found
    ]


def people(draft: BatchDraftView, rows: Iterable[DraftRow]) -> list[dict[str, Any]]:
    """The rows as the page shows them: who, and what is to be mended."""
    columns_ = columns_of(draft.item)
    rest = [field for field in columns_.fields if field.id not in (columns_.name, columns_.number)]
    return [
        {
            "row": row.row.number,
            "name": row.name or row.row.shown.get(columns_.name, "") or _("（没有姓名）"),
            "number": row.row.shown.get(columns_.number, ""),
            "rest": " · ".join(filter(None, (_cell(field, row) for field in rest))),
            "problems": told.problem_lines(row, draft),
            "wrong": len(row.row.problems),
            "ready": row.ready,
        }
        for row in rows
    ]


def _cell(field: Field, row: DraftRow) -> str:
    value = row.row.values.get(field.id)
    return shown(field, value) if value else row.row.shown.get(field.id, "")


def pages(href: str, page: int, total: int, **query: str) -> dict[str, Any]:
    """Links for `ui/pagination.html`: the first, the last, and those around this one."""

    def link(number: int) -> str:
        chosen = {key: value for key, value in query.items() if value}
        return f"{href}?{urlencode({**chosen, 'page': number})}#people"

    near = sorted({1, total, *range(max(1, page - 2), min(total, page + 2) + 1)})
    return {
        "pages": [{"number": n, "href": "" if n == page else link(n)} for n in near],
        "previous": link(page - 1) if page > 1 else "",
        "next": link(page + 1) if page < total else "",
    }


def template(item: Item, kind: str) -> tuple[str, bytes]:
    """Name and bytes of the template, as "xlsx" or "csv"."""
    name = _("%(item)s 名单模板.%(kind)s") % {"item": said(item.name), "kind": kind}
    if kind == "csv":
        return name, making.template_csv(item, said)
    return name, making.template_xlsx(item, said, explain=told.explained)


def to_mend(draft: BatchDraftView, rows: Sequence[DraftRow], kind: str) -> tuple[str, bytes]:
    """Name and bytes of the list of rows that can't be filed yet, each with its reasons."""
    by_row = {id(one.row): told.reasons_in_a_line(one, draft) for one in rows}
    reasons: Callable[[Row], str] = lambda row: by_row[id(row)]  # noqa: E731
    make = making.mending_csv if kind == "csv" else making.mending_xlsx
    name = _("%(item)s 要改的行.%(kind)s") % {"item": said(draft.item.name), "kind": kind}
    return name, make(draft.item, [one.row for one in rows], said, reasons)


# -- papers -----------------------------------------------------------------------------------------------------------


def papers(draft: BatchDraftView, errors: Mapping[str, str]) -> list[dict[str, Any]]:
    """One upload for each paper; a file here holds for everybody."""
    given = {material.id: material for material in draft.materials}
    found = []
    for one in needed_materials(draft.item, draft.values):
        if not one.may_bring:
            continue
        file = given.get(one.material.id)
        href = reverse("portal:batch_file", args=[draft.id, file.file_id]) if file else ""
        found.append(
            {
                "id": one.material.id,
                "name": said(one.material.name),
                "hint": said(one.material.hint),
                "rule": forms.file_rule(one.material),
                "accept": forms.accept(one.material),
                "error": errors.get(one.material.id, ""),
                "tag": "" if one.must_bring else _("可以后补，不耽误受理"),
                "file": {"name": file.filename, "size": dates.size(file.size), "href": href} if file else None,
            }
        )
    return found


def folder_example(draft: BatchDraftView) -> list[str]:
    """How a ZIP of papers is laid out, with a made-up number and the item's own papers."""
    names = [said(one.material.name) for one in needed_materials(draft.item, draft.values) if one.must_bring][:2]
    return [f"429901199001010013/{name}.pdf" for name in names] + [f"3/{name}.jpg" for name in names[:1]]


# -- filed ------------------------------------------------------------------------------------------------------------


def batch_line(one: BatchLine) -> dict[str, Any]:
    """A batch in the list of one's own."""
    item = catalogue.version(one.item_code, one.item_version).item
    over = one.over == one.count and one.filed_at is not None
    progress = _("共 %(all)s，办好 %(over)s") % {"all": told.cases_words(one.count), "over": one.over}
    return {
        "href": reverse("portal:batch", args=[one.id]), "name": said(item.name), "who": one.applicant_name,
        "number": one.number, "at": one.opened_at, "progress": progress if one.filed_at else _("正在立件"),
        "kind": "done" if over else "running", "words": _("办完了") if over else _("正在办"),
    }  # fmt: skip


def batch_page(view: BatchView, today: date) -> dict[str, Any]:
    """One batch: how many stand where, each person, the papers of the whole."""
    state = view.state
    assert state.applicant is not None
    lines = [told.line(one, view, today) for one in view.lines]
    for one in lines:
        one["href"] = reverse("portal:case", args=[one["id"]])
    receipt = next((d.file_id for d in state.documents if d.kind == "batch_receipt"), "")
    return {
        "id": view.id,
        "item": said(view.item.name),
        "item_code": view.item.code,
        "applicant": state.applicant.name,
        "number": state.number,
        "at": state.opened_at,
        "filed": state.filed_at is not None,
        "count": told.cases_words(len(state.cases) if state.filed_at else state.count),
        "returned": state.returned,
        "tally": told.tally(view),
        "lines": lines,
        "receipt": reverse("portal:batch_document", args=[view.id, receipt]) if receipt else "",
        "licences": view.counts.get(Ending.GRANTED, 0),
        "paper": said(view.item.result.name),
        "pages_": pages(reverse("portal:batch", args=[view.id]), view.page, view.pages),
    }


def draft_line(draft: BatchDraftView) -> dict[str, Any]:
    """An unfinished batch, to go on with."""
    return {
        "href": resume(draft),
        "name": _("%(item)s · 批量，%(people)s")
        % {"item": said(draft.item.name), "people": told.people_words(draft.rows)},
        "discard": reverse("portal:batch_discard", args=[draft.id]),
        "at": draft.updated_at,
    }
