"""What an applicant says at the window before an adverse decision: written down as they say it, or waived."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongban.contexts.cases import actions, queries
from tongban.contexts.cases.core.fairness.defence import is_open
from tongban.contexts.cases.core.refusals_fair import DefenceNotOpen
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.common.requests import actor, new_request_id, now, request_id, today
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.counter import forms
from tongban.terminals.counter.views.base import at_window, page
from tongban.terminals.counter.views.base import said as spoken
from tongban.ui.forms import bind, read, summary


@require_http_methods(["GET", "HEAD", "POST"])
@at_window
def defence(request: HttpRequest, case_id: str) -> HttpResponse:
    """Take a statement or a waiver from somebody present."""
    specs, message, posted = forms.defence(), "", request.method == "POST"
    got = read(specs, request.POST)
    if posted and got.ok:
        try:
            _record(request, case_id, got.values)
            messages.success(request, _("已记下，陈述申辩记录马上生成，请打印给对方签名。"))
            return SeeOther(reverse("counter:case", args=[case_id]))
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            message = spoken(refusal)
    view = queries.case(case_id, actor=actor(request))
    if not is_open(view.state, today()):
        raise DefenceNotOpen
    fields = bind(specs, got.raw if posted else {}, got.errors if posted else {})
    context = {
        "view": view, "item": said(view.item.name), "notice": view.state.intended[-1], "fields": fields,
        "errors": summary(fields, message) if posted else None, "rid": new_request_id(),
    }  # fmt: skip
    return page(request, "counter/defence.html", context, 422 if posted else 200)


def _record(request: HttpRequest, case_id: str, values: dict[str, Any]) -> None:
    """One call of the context."""
    common: dict[str, Any] = {
        "case_id": case_id, "actor": actor(request), "request_id": request_id(request.POST), "now": now(),
    }  # fmt: skip
    if values["way"] == "waive":
        actions.waive_defence(**common)
    else:
        actions.state_defence(text=str(values["text"] or ""), complete=values["way"] == "done", **common)
