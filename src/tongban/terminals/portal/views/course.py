"""The applicant's answer that the route of a case waits for."""

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
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.common.requests import actor, new_request_id, now, request_id
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.portal.presenters import course
from tongban.terminals.portal.views.base import page
from tongban.ui.forms import bind, read, summary


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, case_id: str, wait: str) -> HttpResponse:
    """Write the answer that the case waits for, and send it."""
    specs, who, message = course.specs(), actor(request), ""
    got = read(specs, request.POST)
    if request.method == "POST" and got.ok:
        try:
            actions.give_message(
                case_id=case_id, wait=wait, text=str(got.values["text"]), actor=who,
                request_id=request_id(request.POST), now=now(),
            )  # fmt: skip
            return SeeOther(reverse("portal:case", args=[case_id]))
        except Refusal as refusal:
            if refusal.status != 422:
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
        "nav": "cases", "crumbs": crumbs,
        "item": said(view.item.name), "case": view, "ask": course.asked(view, wait), "fields": fields,
        "errors": summary(fields, message) if posted else None, "request_id": new_request_id(),
    }  # fmt: skip
    return page(request, "portal/answer.html", context, 422 if posted else 200)
