"""The way to a person, where a table was asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongban.contexts.cases import actions
from tongban.contexts.cases import queries as cases
from tongban.foundation.i18n import say
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.guards import citizen_required
from tongban.terminals.common.presenters import by_table
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.common.requests import actor, new_request_id, now, request_id
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.portal import forms
from tongban.terminals.portal.views.base import page
from tongban.ui.forms import bind, read, summary


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_person(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask once for a person to explain and look again (个人信息保护法 24(3))."""
    specs, who, message = forms.ask_person(), actor(request), ""
    got = read(specs, request.POST)
    if request.method == "POST" and got.ok:
        try:
            actions.ask_review(
                case_id=case_id, reason=str(got.values["reason"]), actor=who, request_id=request_id(request.POST),
                now=now(),
            )  # fmt: skip
            return SeeOther(reverse("portal:case", args=[case_id]) + "#by-table")
        except Refusal as refusal:
            if refusal.status not in (409, 422):
                raise
            message = say(refusal)
    view = cases.case(case_id, actor=who)
    posted = request.method == "POST"
    fields = bind(specs, got.raw if posted else {}, got.errors if posted else {})
    crumbs = [
        {"href": reverse("portal:cases"), "text": _("我的办件")},
        {"href": reverse("portal:case", args=[case_id]), "text": said(view.item.name)},
    ]
    context = {
        "nav": "cases", "crumbs": crumbs, "item": said(view.item.name), "case": view, "fields": fields,
        "account": by_table.account(view), "errors": summary(fields, message) if posted else None,
        "request_id": new_request_id(),
    }  # fmt: skip
    return page(request, "portal/ask_person.html", context, 422 if posted else 200)
