"""One special procedure, whole: for the organ that carries it out."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.parts.special import Attachment, Course
from tongban.contexts.cases.core.special.common import procedure
from tongban.contexts.cases.core.special.visit import VERDICTS
from tongban.contexts.cases.core.views import CaseView
from tongban.terminals.common.presenters import specials, words
from tongban.terminals.common.presenters.languages import language, said
from tongban.terminals.desk.standing import Standing
from tongban.ui import dates
from tongban.ui.forms import BoundField, Choice, ErrorSummary, FieldSpec


def rows(view: CaseView, standing: Standing) -> list[dict[str, Any]]:
    """The special procedures of the case page, each with its links."""
    return [{"shown": one, "links": _links(view, one)} for one in specials.shown(view, standing.today, staff=True)]


def _links(view: CaseView, one: specials.Shown) -> list[tuple[str, str]]:
    state = view.state
    known = next((x for x in state.procedures if x.id == one.id), None)
    if known is None:
        return []
    links = []
    if known.visit is not None:
        links.append((reverse("desk:inspect", args=[view.id, one.id]), _("现场核查记录（手机可用）")))
    if known.notice is not None:
        links.append((reverse("portal:notice", args=[view.id, one.id]), _("公示页面")))
    links.append((reverse("desk:special", args=[view.id, one.id]), _("全部记录")))
    return links


def page(
    standing: Standing, special: str, fields: tuple[BoundField, ...], errors: ErrorSummary | None, request_id: str
) -> dict[str, Any]:
    """Context of desk/special.html. Refuses NotFound."""
    view = standing.view
    one = procedure(view.state, special)
    shown = next(x for x in specials.shown(view, standing.today, staff=True) if x.id == special)
    return {
        "nav": "worktable", "case_id": view.id, "special": special, "item": said(view.item.name),
        "applicant": view.state.applicant_name, "one": shown, "fields": fields if may_report(standing, special) else (),
        "errors": errors, "request_id": request_id, "files": [_file(view, x) for x in _files(view, special)],
        "checks": _checks(view, special), "statements": one.hearing.statements if one.hearing is not None else (),
        "signatures": one.hearing.signatures if one.hearing is not None else (),
    }  # fmt: skip


def _files(view: CaseView, special: str) -> list[Attachment]:
    one = procedure(view.state, special)
    found = list(one.visit.photos) if one.visit is not None else []
    return [*found, one.test.report] if one.test is not None and one.test.report is not None else found


def _file(view: CaseView, file: Attachment) -> dict[str, Any]:
    meta = (dates.moment(file.at, language()), dates.size(file.size), file.note, file.where)
    return {
        "href": reverse("desk:special_file", args=[view.id, file.file_id]),
        "name": file.filename,
        "meta": " · ".join(filter(None, meta)),
        "digest": file.sha256,
    }


def _checks(view: CaseView, special: str) -> list[tuple[str, str, str]]:
    visit = procedure(view.state, special).visit
    if visit is None or visit.saved_at is None:
        return []
    said_ = {"pass": words.outcome_words("pass"), "fail": words.outcome_words("fail"), "na": _("不涉及"), "": "–"}
    assert set(VERDICTS) <= set(said_)
    return [(line.text, said_[line.verdict], line.remark) for line in visit.lines]


def may_report(standing: Standing, special: str) -> bool:
    """Whether the result of a test can be recorded here now."""
    one = procedure(standing.view.state, special)
    waits = one.course is Course.TEST and one.test is not None and not one.test.result
    return waits and standing.leads and standing.running


def report_specs() -> tuple[FieldSpec, ...]:
    """What the result of a test asks, with its file."""
    results = tuple(Choice(x, words.outcome_words(x)) for x in ("pass", "fail"))
    return (
        FieldSpec("result", _("结果"), "choice", options=results),
        FieldSpec("number", _("报告编号"), max_length=80),
        FieldSpec("text", _("说明"), "textarea", required=False, hint=_("不合格的要写明。"), max_length=2000),
        FieldSpec("file", _("报告文件"), "file", required=False, accept=".pdf,.jpg,.jpeg,.png"),
    )
