"""Special procedures as the applicant sees them: what is to be done by whom, and when; and public notices for all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.parts.special import Hearing, Procedure, Stage, Visit
from tongban.contexts.cases.core.special.common import procedure
from tongban.contexts.cases.core.state import Phase
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.cases.queries import NoticeLine, NoticeView
from tongban.contexts.catalogue import queries as catalogue
from tongban.terminals.common.presenters import specials
from tongban.terminals.common.presenters.languages import agency_name, either, language, said
from tongban.ui import dates


def section(view: CaseView, today: date) -> dict[str, Any]:
    """What is to be done first, then every procedure with its links."""
    shown = specials.shown(view, today, staff=False)
    running = view.state.phase is Phase.ACCEPTED
    todos = [todo for one in view.state.procedures if running and (todo := _todo(view, one, today)) is not None]
    return {"todos": todos, "shown": [{"one": one, "links": _links(view, one)} for one in shown]}


def _links(view: CaseView, one: specials.Shown) -> list[tuple[str, str]]:
    known = next((x for x in view.state.procedures if x.id == one.id), None)
    if known is None:
        return []
    if known.notice is not None:
        return [(reverse("portal:notice", args=[view.id, one.id]), _("看公示页面"))]
    if known.test is not None and known.test.report is not None:
        return [(reverse("portal:special_file", args=[view.id, known.test.report.file_id]), _("看报告"))]
    if known.visit is not None and known.visit.confirmed_at is not None:
        return [
            (reverse("portal:special_file", args=[view.id, photo.file_id]), _("照片 %(n)s") % {"n": n})
            for n, photo in enumerate(known.visit.photos, 1)
        ]
    return []


def _todo(view: CaseView, one: Procedure, today: date) -> dict[str, str] | None:
    if one.stage is Stage.TOLD and one.hearing is not None:
        return _asked(view, one, one.hearing, today)
    if one.stage is not Stage.OPEN:
        return None
    if one.visit is not None and one.visit.confirmed_at is None:
        return _visit(view, one, one.visit, today)
    if one.hearing is not None and one.hearing.on is not None and one.hearing.held_on is None:
        return _invited(one.hearing, one.id)
    return None


def _visit(view: CaseView, one: Procedure, visit: Visit, today: date) -> dict[str, str]:
    may = not visit.other_reason and today < visit.on
    meta = _("时间不便的，可以说明理由申请改一次。核查不收费。") if may else _("请安排人到场。核查不收费。")
    if visit.other_reason and not visit.other_answer:
        meta = _("您申请改时间，正在等答复。")
    elif visit.other_answer and visit.other_answer != "moved":
        meta = _("时间没有改：%(why)s") % {"why": visit.other_answer}
    return {
        "id": f"todo-{one.id}",
        "title": _("现场核查：%(when)s") % {"when": specials.when_words(visit)},
        "words": _("%(officers)s来%(place)s核查，请准备好资料。")
        % {"officers": _("、").join(x.name for x in visit.officers), "place": visit.place},
        "meta": meta,
        "href": reverse("portal:visit_time", args=[view.id, one.id]) if may else "",
        "button": _("申请改时间"),
    }


def _asked(view: CaseView, one: Procedure, hearing: Hearing, today: date) -> dict[str, str] | None:
    if hearing.ask_by is None or today > hearing.ask_by or hearing.told_to not in ("applicant", "both"):
        return None
    day = dates.full_day(hearing.ask_by, language())
    return {
        "id": f"todo-{one.id}",
        "title": _("您可以申请听证，%(day)s前（含当天）") % {"day": day},
        "words": one.reason,
        "meta": _("申请了，二十个工作日内举行，不收费；不申请的，视为放弃。"),
        "href": reverse("portal:hearing", args=[view.id, one.id]),
        "button": _("申请听证，或者放弃"),
    }


def _invited(hearing: Hearing, special: str) -> dict[str, str]:
    assert hearing.on is not None
    assert hearing.chair is not None
    when = f"{dates.full_day(hearing.on, language())} {hearing.time}"
    way = _("公开举行") if hearing.public else _("不公开举行")
    return {
        "id": f"todo-{special}",
        "title": _("听证：%(when)s") % {"when": when},
        "words": _("%(place)s，%(way)s，主持人%(chair)s。")
        % {"place": hearing.place, "way": way, "chair": hearing.chair.name},
        "meta": _("可以带代理人，提证据，申辩和质证。没有正当理由不到场的，视为放弃。"),
        "href": "",
        "button": "",
    }


def asking(view: CaseView, special: str) -> dict[str, Any]:
    """The procedure that a form is about. Refuses NotFound."""
    one = procedure(view.state, special)
    hearing = one.hearing
    return {
        "special": special,
        "item": said(view.item.name),
        "name": either(one.name, one.name_en),
        "reason": one.reason,
        "when": specials.when_words(one.visit) if one.visit is not None else "",
        "place": one.visit.place if one.visit is not None else "",
        "ask_by": hearing.ask_by if hearing is not None else None,
        "may_waive": hearing is not None and hearing.told_to == "applicant",
    }


# -- public notices ----------------------------------------------------------------------------------------------------


def lines(found: Iterable[NoticeLine], today: date) -> dict[str, list[dict[str, Any]]]:
    """Notices that stand, and those that are over."""
    shaped = [_notice_line(one, today) for one in found]
    return {"standing": [x for x in shaped if x["open"]], "over": [x for x in shaped if not x["open"]]}


def _notice_line(one: NoticeLine, today: date) -> dict[str, Any]:
    return {
        "href": reverse("portal:notice", args=[one.case_id, one.special]),
        "title": one.title,
        "item": said(catalogue.version(one.item_code, one.item_version).item.name),
        "agency": agency_name(one.agency),
        "days": _span(one.first, one.last),
        "open": not one.ended and one.first <= today <= one.last,
    }


def _span(first: date, last: date) -> str:
    return f"{dates.full_day(first, language())} – {dates.full_day(last, language())}"


def notice(found: NoticeView) -> dict[str, Any]:
    """One notice with its answered objections, without who objected."""
    number = len(found.notice.objections)
    return {
        "case_id": found.case_id,
        "special": found.special,
        "title": found.notice.title,
        "text": found.notice.text,
        "item": said(found.item.name),
        "agency": agency_name(found.agency),
        "days": _span(found.notice.first, found.notice.last),
        "last": found.notice.last,
        "open": found.open,
        "pdf": reverse("portal:notice_pdf", args=[found.case_id, found.special]) if found.document else "",
        "count": number,
        "answered": [
            {"n": x.id, "answer": x.answer, "result": _("成立") if x.upheld else _("不成立")} for x in found.answered
        ],
        "waiting": found.waiting,
    }
