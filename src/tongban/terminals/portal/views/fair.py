"""A fair procedure: state and defend, ask for a recusal, speak as an interested party; and the public lists."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongban.contexts.cases import actions
from tongban.contexts.cases import queries as cases
from tongban.contexts.cases.core.fairness.defence import is_open
from tongban.contexts.cases.core.refusals_fair import DefenceNotOpen
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.documents.core.files import too_large
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor
from tongban.foundation.i18n import say
from tongban.kernel.refusals import NotFound, Refusal
from tongban.terminals.common.guards import citizen_required
from tongban.terminals.common.papers import MOST_BYTES
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.common.requests import actor, new_request_id, now, request_id, today
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.portal import forms_fair as forms
from tongban.terminals.portal.presenters import fair
from tongban.terminals.portal.views.base import page
from tongban.terminals.portal.views.progress import count_try
from tongban.ui.forms import FieldSpec, bind, read, summary


def _crumbs(view: CaseView) -> list[dict[str, str]]:
    return [
        {"href": reverse("portal:cases"), "text": _("我的办件")},
        {"href": reverse("portal:case", args=[view.id]), "text": said(view.item.name)},
    ]


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def defence(request: HttpRequest, case_id: str) -> HttpResponse:
    """Answer a notice of an intended adverse decision, or give the answer up."""
    who, specs, message = actor(request), forms.defence(), ""
    got = read(specs, request.POST)
    if request.method == "POST" and got.ok:
        try:
            _defend(request, case_id, got.values, who)
            return SeeOther(reverse("portal:case", args=[case_id]) + "#heard")
        except Refusal as refusal:
            message = _kept(refusal)
    view = cases.case(case_id, actor=who)
    if not is_open(view.state, today()):
        raise DefenceNotOpen
    return _asking(request, "portal/defence.html", view, specs, got, message, notice=fair.notice(view))


def _defend(request: HttpRequest, case_id: str, values: dict[str, Any], who: Actor) -> None:
    """One call of the context."""
    rid, moment = request_id(request.POST), now()
    if values["way"] == "waive":
        actions.waive_defence(case_id=case_id, actor=who, request_id=rid, now=moment)
        return
    actions.state_defence(
        case_id=case_id, text=str(values["text"] or ""), files=_files(request), complete=values["way"] == "done",
        actor=who, request_id=rid, now=moment,
    )  # fmt: skip


def _files(request: HttpRequest) -> list[tuple[str, bytes]]:
    """What was uploaded. Refuses FileTooLarge before it is read into memory."""
    found = [one for one in request.FILES.values() if isinstance(one, UploadedFile)]
    for one in found:
        if (one.size or 0) > MOST_BYTES:
            raise too_large(one.name or "", one.size or 0, MOST_BYTES)
    return [(one.name or "", bytes(one.read())) for one in found]


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def recusal(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask that an officer keep out of the case."""
    who, message = actor(request), ""
    view = cases.case(case_id, actor=who)
    specs = forms.recusal(fair.officers(cases.officers_of_case(case_id, actor=who)))
    got = read(specs, request.POST)
    if request.method == "POST" and got.ok:
        try:
            actions.ask_recusal(
                case_id=case_id, officer=str(got.values["officer"]), reason=str(got.values["reason"]), actor=who,
                request_id=request_id(request.POST), now=now(),
            )  # fmt: skip
            return SeeOther(reverse("portal:case", args=[case_id]) + "#heard")
        except Refusal as refusal:
            message = _kept(refusal)
    return _asking(request, "portal/recusal.html", view, specs, got, message)


def _kept(refusal: Refusal) -> str:
    """What the rules said, for the form; what is no mistake of the form goes on."""
    if refusal.status not in (409, 422) or refusal.code == "request_reused":
        raise refusal
    return say(refusal)


def _asking(
    request: HttpRequest,
    template: str,
    view: CaseView,
    specs: tuple[FieldSpec, ...],
    got: Any,
    message: str,
    **more: Any,
) -> HttpResponse:
    posted = request.method == "POST"
    fields = bind(specs, got.raw if posted else {}, got.errors if posted else {})
    context = {
        "nav": "cases", "crumbs": _crumbs(view), "item": said(view.item.name), "case": view, "fields": fields,
        "errors": summary(fields, message) if posted else None, "request_id": new_request_id(), **more,
    }  # fmt: skip
    return page(request, template, context, 422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def interested(request: HttpRequest) -> HttpResponse:
    """What an interested party thinks: without login, with the number and code of their notice."""
    specs = forms.interested()
    got = read(specs, request.POST)
    fields, message, status = bind(specs), "", 200
    if request.method == "POST":
        fields, status = bind(specs, got.raw, got.errors), 422
        if got.ok:
            count_try(request)
            try:
                actions.hear_interested(
                    number=str(got.values["number"]), code=str(got.values["code"]), text=str(got.values["text"]),
                    actor=actor(request), request_id=request_id(request.POST), now=now(),
                )  # fmt: skip
                return page(request, "portal/interested_done.html", {"nav": ""})
            except Refusal as refusal:
                message, status = say(refusal), refusal.status
    errors = summary(fields, message) if status != 200 else None
    context = {"nav": "", "fields": fields, "errors": errors, "request_id": new_request_id()}
    return page(request, "portal/interested.html", context, status)


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Decisions open to the public (行政许可法 40)."""
    outcome, item = request.GET.get("outcome", ""), request.GET.get("item", "")
    number = request.GET.get("page", "1")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= 100_000:
        raise NotFound
    found, total = cases.published_decisions(outcome=outcome, item_code=item, page=int(number))
    context = {
        "nav": "lists",
        "table": fair.decisions(found, total, int(number), {"outcome": outcome, "item": item}),
        "choices": fair.choices(cases.published_items(), outcome, item),
    }
    return render(request, "portal/decisions.html", context)


@require_safe
def commissions(request: HttpRequest) -> HttpResponse:
    """Who decides at the windows in the name of which organ, on what, until when."""
    context = {"nav": "lists", "table": fair.commissions(parties.commissions(today=today()))}
    return render(request, "portal/commissions.html", context)
