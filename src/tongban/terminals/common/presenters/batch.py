"""Batches in words: what is wrong in a cell, where a batch stands, how its cases stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.cases.core.batch.sheet.reading import Problem
from tongban.contexts.cases.core.batch.views import BatchDraftView, BatchedLine, BatchView, DraftRow
from tongban.contexts.cases.core.state import Ending, Phase
from tongban.contexts.catalogue.core.items import Field, Item
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import either, language, said
from tongban.ui import dates


def fields_of(item: Item) -> dict[str, Field]:
    """Every question of the form by id."""
    assert item.handling is not None
    return {field.id: field for step in item.handling.form for field in step.fields}


def reason_words(problem: Problem, field: Field | None) -> str:
    """What is wrong, and what to do about it."""
    if problem.reason.startswith("refused:"):
        return _("提交时没有通过核对。请核对这一行，再提交一次。")
    if problem.reason == "duplicate":
        return _("和第 %(row)s 行是同一个人。请删掉一行。") % {"row": problem.detail}
    if problem.reason == "unknown_option" and field is not None:
        options = _("、").join(said(option.label) for option in field.options)
        return _("只能填：%(options)s。") % {"options": options}
    if problem.reason in ("too_small", "too_large") and field is not None:
        return _bounds(problem.reason, field)
    if problem.reason == "too_long" and field is not None:
        return _("太长了，最多 %(max)s 个字。") % {"max": field.max_length}
    return {
        "missing": _("没有填。"),
        "excel_number": _("被 Excel 变成了数字，后几位已经丢了。请先把这一列设成“文本”，再重新填 18 位号码。"),
        "wrong_number": _("号码不对。请照证件核对 18 位，末位可以是 X。"),
        "not_a_date": _("认不出是哪一天。请照 2028-03-27 这样填。"),
        "not_a_number": _("请填整数，比如 12。"),
    }.get(problem.reason, _("请核对这一格。"))


def _bounds(reason: str, field: Field) -> str:
    if reason == "too_small":
        return _("不能小于 %(n)s。") % {"n": field.minimum}
    return _("不能大于 %(n)s。") % {"n": field.maximum}


def cell_of(problem: Problem, row: DraftRow, letters: Mapping[str, str]) -> str:
    """ "B7", or the row where no cell is to blame."""
    column = letters.get(problem.field, "")
    return f"{column}{row.row.number}" if column else _("第 %(row)s 行") % {"row": row.row.number}


def problem_lines(row: DraftRow, draft: BatchDraftView) -> list[dict[str, str]]:
    """Everything wrong with a row: the cell, the column, what stands there, what to do."""
    fields = fields_of(draft.item)
    lines = [
        {
            "cell": cell_of(one, row, draft.letters),
            "label": said(fields[one.field].label) if one.field in fields else "",
            "shown": row.row.shown.get(one.field, "")[:40],
            "text": reason_words(one, fields.get(one.field)),
        }
        for one in row.row.problems
    ]
    if row.lacking:
        names = {material.id: said(material.name) for material in draft.item.materials}
        lines.append(
            {
                "cell": _("第 %(row)s 行") % {"row": row.row.number},
                "label": _("差材料"),
                "shown": "",
                "text": _("、").join(names.get(one, one) for one in row.lacking),
            }
        )
    return lines


def reasons_in_a_line(row: DraftRow, draft: BatchDraftView) -> str:
    """The same in one line, for a list to download."""
    separator = "; " if language().startswith("en") else "；"
    lines = problem_lines(row, draft)
    return separator.join(f"{one['label']}: {one['text'].rstrip('。.')}".lstrip(": ") for one in lines)


def explained(field: Field) -> str:
    """What to put into a column, for the second sheet of the template."""
    parts = [_("必填") if field.required else _("可以不填"), said(field.hint).rstrip("。.")]
    if field.options:
        parts.append(_("只能填：%(options)s") % {"options": _("、").join(said(one.label) for one in field.options)})
    parts.append(
        {
            "date": _("年月日，比如 2028-03-27"),
            "citizen_id": _("18 位，末位可以是 X；这一列已经设成文本，不要改"),
            "multi": _("几项之间用顿号隔开"),
        }.get(field.kind, "")
    )
    return _("；").join(part for part in parts if part)


# -- a filed batch ----------------------------------------------------------------------------------------------------


def people_words(count: int) -> str:
    """47 人 / 47 people."""
    return ngettext("%(n)s 人", "%(n)s 人", count) % {"n": count}


def cases_words(count: int) -> str:
    """47 件 / 47 cases."""
    return ngettext("%(n)s 件", "%(n)s 件", count) % {"n": count}


def tally(view: BatchView) -> list[dict[str, Any]]:
    """How many cases stand where, in the order of a case's life."""
    order = [*Phase, *Ending]
    found = sorted(view.counts.items(), key=lambda pair: order.index(_standing(pair[0])))
    return [
        {"term": capfirst(_stand_words(key)), "value": cases_words(count), "note": ""} for key, count in found if count
    ]


def _standing(key: str) -> Phase | Ending:
    return Phase(key) if key in set(Phase) else Ending(key)


def _stand_words(key: str) -> str:
    if key == Ending.GRANTED:
        return _("已准予")
    return words.phase_words(key) if key in set(Phase) else words.ending_words(key)


def line(one: BatchedLine, view: BatchView, today: date) -> dict[str, Any]:
    """One case of a batch: the person, the case, how it stands."""
    state = view.states[one.case_id]
    due = one.promised_due or one.legal_due
    waiting = _("、").join(either(task.name, task.name_en) for task in state.open_tasks)
    return {
        "id": one.case_id,
        "row": one.row,
        "name": one.name,
        "id_number": one.id_number,
        "number": words.short_number(one.number),
        "whole_number": one.number,
        "status": words.case_status(state, today),
        "waiting": waiting if state.phase is Phase.ACCEPTED else "",
        "due": dates.day(due, language()) if due and not state.is_over else "",
        "licence": state.licence.number if state.licence else "",
    }
