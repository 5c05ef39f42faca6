"""What the applicant does in a special procedure: another time for a visit, a hearing; and its files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongban.contexts.cases import actions
from tongban.contexts.cases import queries as cases
from tongban.foundation.i18n import say
from tongban.kernel.refusals import NotFound, Refusal
from tongban.terminals.common.guards import citizen_required
from tongban.terminals.common.papers import file_response
from tongban.terminals.common.requests import actor, new_request_id, now, request_id
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.portal import forms_special
from tongban.terminals.portal.presenters import special as shaped
from tongban.terminals.portal.views.base import page
from tongban.ui.forms import FieldSpec, FormRead, bind, read, summary


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def visit_time(request: HttpRequest, case_id: str, special: str) -> HttpResponse:
    """Ask once for another time of a site visit."""
    specs = forms_special.visit_time()
    got = read(specs, request.POST)
    message, status = "", 422
    if request.method == "POST" and got.ok:
        try:
            actions.ask_visit_time(
                case_id=case_id, special=special, reason=str(got.values["reason"]), wish=str(got.values["wish"]),
                actor=actor(request), request_id=request_id(request.POST), now=now(),
            )  # fmt: skip
            return SeeOther(reverse("portal:case", args=[case_id]))
        except NotFound:
            raise
        except Refusal as refusal:
            message, status = say(refusal), refusal.status
    return _asking(request, "portal/visit_time.html", case_id, special, specs, got, message, status)


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: HttpRequest, case_id: str, special: str) -> HttpResponse:
    """Ask for the hearing, or give it up."""
    specs = forms_special.hearing()
    got = read(specs, request.POST)
    message, status = "", 422
    if request.method == "POST" and got.ok:
        try:
            _answer(request, case_id, special, got)
            return SeeOther(reverse("portal:case", args=[case_id]))
        except NotFound:
            raise
        except Refusal as refusal:
            message, status = say(refusal), refusal.status
    return _asking(request, "portal/hearing.html", case_id, special, specs, got, message, status)


def _answer(request: HttpRequest, case_id: str, special: str, got: FormRead) -> None:
    who, once = actor(request), request_id(request.POST)
    if got.values["choice"] == "waive":
        actions.waive_hearing(case_id=case_id, special=special, actor=who, request_id=once, now=now())
        return
    reason = str(got.values["reason"])
    actions.ask_hearing(case_id=case_id, special=special, reason=reason, actor=who, request_id=once, now=now())


def _asking(
    request: HttpRequest,
    template: str,
    case_id: str,
    special: str,
    specs: tuple[FieldSpec, ...],
    got: FormRead,
    message: str,
    status: int,
) -> HttpResponse:
    view = cases.case(case_id, actor=actor(request))
    about = shaped.asking(view, special)
    posted = request.method == "POST"
    fields = bind(specs, got.raw if posted else {}, got.errors if posted else {})
    crumbs = [
        {"href": reverse("portal:cases"), "text": _("我的办件")},
        {"href": reverse("portal:case", args=[case_id]), "text": about["item"]},
    ]
    context = {
        "nav": "cases", "crumbs": crumbs, "case_id": case_id, "about": about, "fields": fields,
        "errors": summary(fields, message) if posted else None, "request_id": new_request_id(),
    }  # fmt: skip
    return page(request, template, context, status if posted else 200)


@citizen_required
@require_safe
def special_file(request: HttpRequest, case_id: str, file_id: str) -> HttpResponse:
    """A photograph or report of a special procedure of one's own case."""
    return file_response(cases.special_bytes(case_id, file_id, actor=actor(request)))
