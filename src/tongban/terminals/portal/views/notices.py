"""Public notices: the list, one notice, and an objection by anybody, not too many from one address."""

from __future__ import annotations

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tongban.contexts.cases import actions
from tongban.contexts.cases import queries as cases
from tongban.foundation.i18n import say
from tongban.kernel.refusals import N_, NotFound, Refusal
from tongban.terminals.common.papers import file_response
from tongban.terminals.common.requests import new_request_id, now, request_id, today
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.portal import forms_special
from tongban.terminals.portal.presenters import special as shaped
from tongban.ui.forms import bind, read, summary

#: So many objections in so many seconds from one address (each web process counts its own).
OBJECTIONS, SECONDS = 5, 3600


class TooManyObjections(Refusal):
    """One address objects again and again."""

    code = "too_many_objections"
    message = N_("您刚才已经提了好几条异议，请过一小时再提，或者直接联系办理机关。")
    status = 429


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Every public notice, those that still stand first."""
    day = today()
    return render(request, "portal/notices.html", {"nav": "", **shaped.lines(cases.notices(today=day), day)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, case_id: str, special: str) -> HttpResponse:
    """One notice; while it stands, anybody may object."""
    specs = forms_special.objection()
    got = read(specs, request.POST)
    message, status = "", 422
    if request.method == "POST" and got.ok:
        try:
            _count(request)
            actions.object_to_notice(
                case_id=case_id, special=special, name=str(got.values["name"]), contact=str(got.values["contact"]),
                text=str(got.values["text"]), request_id=request_id(request.POST), now=now(),
            )  # fmt: skip
            messages.success(request, _("异议收到了。办理机关核实以后，用您留的联系方式答复您。"))
            return SeeOther(reverse("portal:notice", args=[case_id, special]))
        except NotFound:
            raise
        except Refusal as refusal:
            message, status = say(refusal), refusal.status
    found = shaped.notice(cases.notice(case_id, special, today=today()))
    posted = request.method == "POST"
    fields = bind(specs, got.raw if posted else {}, got.errors if posted else {})
    context = {
        "nav": "", "notice": found, "fields": fields, "errors": summary(fields, message) if posted else None,
        "request_id": new_request_id(), "crumbs": [{"href": reverse("portal:notices"), "text": _("公示")}],
    }  # fmt: skip
    return render(request, "portal/notice.html", context, status=status if posted else 200)


@require_safe
def notice_pdf(request: HttpRequest, case_id: str, special: str) -> HttpResponse:
    """The notice as it was issued."""
    return file_response(cases.notice_bytes(case_id, special, today=today()))


def _count(request: HttpRequest) -> None:
    """One more objection from this address. Refuses TooManyObjections."""
    key = f"objection:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, SECONDS):
        return
    try:
        tries = cache.incr(key)
    except ValueError:  # it ended between the two
        tries = 1
    if tries > OBJECTIONS:
        raise TooManyObjections
