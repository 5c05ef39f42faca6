"""A case at the window: applicant, answers, papers with grade and viewer, documents to print, what is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.fairness.defence import is_open
from tongban.contexts.cases.core.state import CaseState, Material, Phase
from tongban.contexts.cases.core.views import CaseView, DraftView
from tongban.contexts.catalogue.core.materials import needed_materials
from tongban.contexts.parties.core.people import mask
from tongban.terminals.common.presenters import clocks, forms, history, lamps, words
from tongban.terminals.common.presenters.languages import agency_name, either, language, said
from tongban.terminals.counter.presenters.standing import Standing
from tongban.ui import dates


def applicant(state: CaseState) -> dict[str, Any]:
    """The context of `ui/staff/person.html`: masked."""
    kind = _("自然人") if state.applicant_kind == "natural" else _("法人或者其他组织")
    facts = [
        {"term": _("联系人"), "value": state.contact_name},
        {"term": _("电话"), "value": mask(state.contact_phone, 3, 4) or _("没有登记")},
        {"term": _("从哪来"), "value": words.channel_words(state.channel)},
    ]
    if state.received_by_name:
        facts.append({"term": _("收件人"), "value": state.received_by_name})
    return {
        "kind": state.applicant_kind, "name": state.applicant_name, "line": kind, "id_number": state.applicant_number,
        "facts": facts,
    }  # fmt: skip


def head(standing: Standing) -> dict[str, Any]:
    """Title, number and where it stands, with the deadline that runs now."""
    state, item = standing.view.state, standing.view.item
    lamp = _lamp(state, standing.today)
    return {
        "item": said(item.name), "number": state.number, "status": words.case_status(state, standing.today),
        "phase": words.ending_words(state.ending) or words.phase_words(state.phase), "lamp": lamp,
        "office": agency_name(state.agency), "submitted": state.submitted_at,
    }  # fmt: skip


def _lamp(state: CaseState, today: date) -> dict[str, str] | None:
    """The nearest deadline in words."""
    due: date | None
    if state.is_over:
        return None
    if state.supplement is not None and state.supplement.answered_at is None:
        title, due, stopped = _("补正到"), state.supplement.due, False
    elif state.accepted_at is None:
        title, due, stopped = _("答复到"), state.notice_due, False
    else:
        title, due, stopped = _("承诺到"), state.promised_due or state.legal_due, state.stopped_by is not None
    found = lamps.of_day(due, today, stopped=stopped)
    day = dates.dense_day(due, language()) if due else ""
    return {"title": f"{title} {day}".strip(), "name": found.name, "words": found.words}


# -- papers ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One line of the materials table."""

    number: int
    id: str
    name: str
    source: str
    grade: str
    lamp: str
    result: str
    note: str
    view: str  # address of the file, "" for none
    check: bool  # the original can be compared now
    urgent: bool  # acceptance waits for it
    key: bool  # V compares this one


def materials(standing: Standing) -> tuple[Row, ...]:
    """Every paper of the case: those handed in, those fetched or generated, those that may follow."""
    view = standing.view
    given = {material.id: material for material in view.state.materials}
    needed = needed_materials(view.item, view.state.values)
    first = standing.next_check
    rows = [
        _row(number, one.material.id, said(one.material.name), one.reason, given.get(one.material.id), standing, first)
        for number, one in enumerate(needed, 1)
    ]
    known = {one.material.id for one in needed}
    extra = [material for material in view.state.materials if material.id not in known]
    return (*rows, *(
        _row(number, one.id, history.material_name(view.item, one.id), "always", one, standing, first)
        for number, one in enumerate(extra, len(rows) + 1)
    ))  # fmt: skip


def _row(
    number: int, key: str, name: str, reason: str, given: Material | None, standing: Standing, first: Material | None
) -> Row:
    if given is None or not given.file_id:
        return _absent(number, key, name, reason)
    size = dates.size(given.size)
    lamp, result, note = _seen(given, standing)
    open_ = given.grade == "C" and standing.in_intake
    urgent = open_ and first is not None
    return Row(
        number=number, id=key, name=name, source=f"{given.filename} · {size}", grade=given.grade, lamp=lamp,
        result=result, note=note, view=reverse("counter:material", args=[standing.view.id, given.file_id]),
        check=open_, urgent=urgent, key=first is not None and first.id == key,
    )  # fmt: skip


def _absent(number: int, key: str, name: str, reason: str) -> Row:
    source, grade = {
        "fetched": (_("免提交，由政府部门共享"), ""),
        "generated": (_("按填写的内容自动生成"), "D"),
        "later": (_("可以后补"), ""),
    }.get(reason, (_("没有交"), ""))
    return Row(number, key, name, source, grade, "", "", "", "", check=False, urgent=False, key=False)


def _seen(given: Material, standing: Standing) -> tuple[str, str, str]:
    if given.grade != "C":
        at = dates.moment(given.checked_at, language()) if given.checked_at else ""
        return "y", _("已核原件") if given.grade == "B" else _("可信"), at
    if standing.view.state.channel == "window":
        return "w", _("待核原件"), _("核对后升为 B 级")
    return "run", _("网上交的电子件"), _("不核原件也能受理")


# -- documents --------------------------------------------------------------------------------------------------------


def documents(view: CaseView) -> list[dict[str, Any]]:
    """What was issued, then what the worker is still making."""
    state = view.state
    made = [
        {
            "title": history.document_title(one.kind, one.title), "number": one.number, "at": one.at,
            "href": reverse("counter:document", args=[view.id, one.file_id]),
        }
        for one in reversed(state.documents)
    ]  # fmt: skip
    if state.licence is not None:
        href = reverse("counter:document", args=[view.id, state.licence.file_id])
        made.insert(0, {"title": said(view.item.result.name), "number": state.licence.number, "at": state.closed_at,
                        "href": href})  # fmt: skip
    owed = [{"title": history.owed_title(one.kind), "number": "", "at": one.since, "href": ""} for one in state.owed]
    return [*owed, *made]


# -- what is to be done ------------------------------------------------------------------------------------------------


def gates(standing: Standing) -> list[dict[str, str]]:
    """What stands before acceptance."""
    if not standing.in_intake:
        return []
    urgent = standing.next_check is not None
    found = []
    for material in standing.unseen:
        name = history.material_name(standing.view.item, material.id)
        if urgent:
            found.append({"lamp": "w", "text": _("要核原件：%(name)s") % {"name": name}, "note": "",
                          "href": f"#m-{material.id}", "link": _("去核对")})  # fmt: skip
    return found or [{"lamp": "y", "text": _("材料齐了，可以受理"), "note": ""}]


def supplement(
    view: CaseView, draft: DraftView | None, errors: Mapping[str, str], seen: frozenset[str]
) -> dict[str, Any] | None:
    """What the notice asked for, and what of it was handed in at this window."""
    asked = view.state.supplement
    if asked is None or asked.answered_at is not None or view.state.is_over:
        return None
    given = {material.id: material for material in draft.materials} if draft else {}
    rows = [
        _wanted(view, one.material_id, one.reason, given.get(one.material_id), errors, seen) for one in asked.wanted
    ]
    lacking = [row for row in rows if not row["file"]]
    first = lacking[0]["name"] if lacking else ""
    return {"due": asked.due, "note": asked.note, "by": asked.by_name, "at": asked.notified_at, "rows": rows,
            "complete": not lacking, "first": first}  # fmt: skip


def _wanted(
    view: CaseView, key: str, reason: str, given: Material | None, errors: Mapping[str, str], seen: frozenset[str]
) -> dict[str, Any]:
    material = next(one for one in view.item.materials if one.id == key)
    return {
        "id": key,
        "name": said(material.name),
        "reason": reason,
        "rule": forms.file_rule(material),
        "accept": forms.accept(material),
        "error": errors.get(key, ""),
        "seen": key in seen,
        "grade": given.grade if given else "",
        "file": f"{given.filename} · {dates.size(given.size)}" if given else "",
        "view": reverse("counter:scan", args=[view.id, given.file_id]) if given else "",
    }


def running(view: CaseView, today: date) -> dict[str, Any]:
    """For a case that the window has no more to do with: both clocks, who has it, what came out."""
    state = view.state
    return {
        "clocks": clocks.clocks_of(view, today).bars,
        "tasks": [
            {"name": either(task.name, task.name_en), "office": agency_name(task.agency, short=True)}
            for task in state.open_tasks
        ],
        "reason": state.ended_reason or (state.decision.reasons if state.decision else ""),
        "competent_body": state.competent_body,
        "delivered": state.delivered_to if state.delivered_at else "",
        "collect": state.delivery == "window",
        "hear": state.intended[-1].due if state.phase is Phase.ACCEPTED and is_open(state, today) else None,
    }
