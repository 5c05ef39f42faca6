"""The page on which two officers write down a site visit, on a phone."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.parts.special import Attachment, CheckLine, Procedure, Visit
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special.visit import checklist_texts
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.catalogue.core.items import Item
from tongban.foundation.i18n import say
from tongban.terminals.common.presenters import specials, words
from tongban.terminals.common.presenters.languages import language, said
from tongban.terminals.desk.forms_inspect import Record
from tongban.terminals.desk.standing import Standing
from tongban.ui import dates


def page(standing: Standing, one: Procedure, record: Record, *, message: str, request_id: str) -> dict[str, Any]:
    """Context of desk/inspect.html: closed with the reason where this officer can't write now."""
    view, visit = standing.view, one.visit
    assert visit is not None
    refusal = standing.trial(s.SaveVisit(one.id, visit.lines))
    return {
        "nav": "worktable", "case_id": view.id, "special": one.id, "item": said(view.item.name),
        "applicant": view.state.applicant_name, "when": specials.when_words(visit), "place": visit.place,
        "officers": _("、").join(officer.name for officer in visit.officers), "stage": _stage(visit),
        "closed": say(refusal) if refusal is not None else "", "message": message, "request_id": request_id,
        "lines": [_line(n, line, view.item) for n, line in enumerate(record.lines, 1)], "record": record,
        "results": _radios("result", record.result, {"pass": _("符合要求"), "fail": _("不符合要求")}),
        "presents": _radios("present", record.present, _present()), "photos": _photos(view, visit),
        "button": _button(visit, standing.actor.id), "saved": _saved(visit),
    }  # fmt: skip


def _line(number: int, line: CheckLine, item: Item) -> dict[str, Any]:
    english = {known.zh: known for known in checklist_texts(item)}
    verdicts = {"pass": words.outcome_words("pass"), "fail": words.outcome_words("fail"), "na": _("不涉及")}
    return {
        "n": number,
        "text": said(english[line.text]) if line.text in english else line.text,
        "own": line.text not in english,
        "radios": _radios(f"line-{number}", line.verdict, verdicts),
        "remark": line.remark,
    }


def _radios(name: str, chosen: str, choices: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"name": name, "value": value, "label": label, "chosen": value == chosen, "id": f"{name}-{value}"}
        for value, label in choices.items()
    ]


def _present() -> dict[str, str]:
    return {"yes": _("在场，核对过记录"), "refused": _("在场，拒绝签名"), "absent": _("没有到场")}


def _photos(view: CaseView, visit: Visit) -> list[dict[str, Any]]:
    return [_photo(view, photo) for photo in visit.photos]


def _photo(view: CaseView, photo: Attachment) -> dict[str, Any]:
    line = _("第 %(n)s 条") % {"n": photo.line} if photo.line else ""
    at = dates.moment(photo.at, language())
    return {
        "href": reverse("desk:special_file", args=[view.id, photo.file_id]),
        "alt": photo.note or line or photo.filename,
        "meta": " · ".join(filter(None, (at, line, photo.note, photo.where))),
        "digest": photo.sha256[:16],
    }


def _stage(visit: Visit) -> str:
    if visit.confirmed_at is not None:
        return _("两名核查员已经确认，记录不能再改。")
    if visit.signed_by is not None:
        return _("%(who)s已经签名，等另一名核查员确认。改了内容要重新签。") % {"who": visit.signed_by.name}
    return ""


def _button(visit: Visit, actor: str) -> str:
    if visit.signed_by is not None and visit.signed_by.id != actor:
        return _("我核对过，确认")
    return _("签名")


def _saved(visit: Visit) -> str:
    return _("存于 %(at)s") % {"at": dates.moment(visit.saved_at, language())} if visit.saved_at is not None else ""
