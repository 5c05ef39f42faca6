"""The steps in the life of a version: opened, handed in, reviewed, published, given up; and an item cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tongban.contexts.catalogue import actions
from tongban.contexts.catalogue.core.life import DraftHasErrors, LifeStage
from tongban.contexts.parties.core import Role
from tongban.foundation.i18n import say
from tongban.kernel.refusals import NotAllowed, Refusal
from tongban.terminals.common.requests import actor, now, request_id
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.desk import forms_catalogue as forms
from tongban.terminals.desk.access import at_catalogue
from tongban.terminals.desk.presenters import catalogue_page as pages
from tongban.terminals.desk.presenters import catalogue_steps as stepping

_BOTH = ["GET", "HEAD", "POST"]


def _page(stream_id: str) -> str:
    return reverse("desk:catalogue_version", args=[stream_id])


@require_POST
@at_catalogue(Role.CATALOGUE_OWNER)
def open_(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the next version of an item from the one in force."""
    draft = actions.open_draft(code, actor=actor(request), now=now(), request_id=request_id(request.POST))
    return SeeOther(_page(draft.row.stream_id))


@require_POST
@at_catalogue(Role.CATALOGUE_OWNER)
def submit(request: HttpRequest, stream_id: str) -> HttpResponse:
    """Hand a draft in for the department review; with errors it stays, and the page says which."""
    who = actor(request)
    try:
        actions.submit_draft(stream_id, actor=who, now=now(), request_id=request_id(request.POST))
    except Refusal as refusal:
        if refusal.status == 403 and not isinstance(refusal, DraftHasErrors):
            raise
        context = pages.page(pages.view(stream_id, actor=who, now=now())) | {"refused": say(refusal)}
        return render(request, "desk/catalogue/version.html", context, status=refusal.status)
    messages.success(request, _("已送部门审。同一单位的另一位审核人会看到它。"))
    return SeeOther(_page(stream_id))


@never_cache
@require_http_methods(_BOTH)
@at_catalogue(Role.CATALOGUE_REVIEWER, Role.LEGAL_REVIEWER, Role.CATALOGUE_PUBLISHER)
def review(request: HttpRequest, stream_id: str) -> HttpResponse:
    """What changed, what the checker says, and the verdict: of the department, the lawyers, or the publisher."""
    shown = pages.view(stream_id, actor=actor(request), now=now())
    if not shown.hands.waits_for(shown.draft.row.stage):
        return SeeOther(_page(stream_id)) if request.method != "POST" else _too_late(request, shown)
    specs, seq = stepping.specs(shown), shown.draft.history[-1].seq
    form = forms.dated(forms.answered(specs, request.POST)) if request.method == "POST" else forms.blank(specs, seq=seq)
    if request.method == "POST" and form.ok:
        form, said = _judge(request, shown, form)
        if said:
            messages.success(request, said)
            return SeeOther(_page(stream_id))
    return render(request, "desk/catalogue/review.html", stepping.page(shown, form), status=form.status)


def _too_late(request: HttpRequest, shown: pages.View) -> HttpResponse:
    """The step was taken already, or is not this officer's: the page says where the version stands."""
    if shown.draft.row.stage is LifeStage.DRAFT and not shown.draft.state.is_open:
        raise NotAllowed
    context = pages.page(shown) | {"refused": stepping.too_late(shown)}
    return render(request, "desk/catalogue/version.html", context, status=409)


def _judge(request: HttpRequest, shown: pages.View, form: forms.Form) -> tuple[forms.Form, str]:
    """Do what the verdict says; what was done in words, "" where it was refused."""
    who = actor(request)
    common: dict[str, Any] = {"actor": who, "now": now(), "request_id": form.request_id}
    made, stage, verdict = shown.draft.row.stream_id, shown.draft.row.stage, form.text("verdict")
    try:
        if stage is LifeStage.APPROVED and verdict == "return":
            actions.return_approved(made, note=form.text("note"), **common)
        elif stage is LifeStage.APPROVED:
            actions.publish_version(made, effective_from=_day(form), seen=form.seq, **common)
        else:
            review_ = actions.review_draft if stage is LifeStage.DEPARTMENT_REVIEW else actions.review_legality
            review_(made, verdict=verdict, note=form.text("note"), seen=form.seq, **common)  # type: ignore[arg-type]
    except Refusal as refusal:
        return replace(form.refused(refusal), seq=shown.draft.history[-1].seq), ""  # the page shows what stands now
    return form, stepping.done(stage, verdict)


def _day(form: forms.Form) -> date | None:
    return form.day("effective_from") if form.text("verdict") == "day" else None


@never_cache
@require_http_methods(_BOTH)
@at_catalogue(Role.CATALOGUE_OWNER, Role.CATALOGUE_PUBLISHER)
def abandon(request: HttpRequest, stream_id: str) -> HttpResponse:
    """Give a version on its way up, after asking."""
    shown = pages.view(stream_id, actor=actor(request), now=now())
    form = forms.answered((), request.POST) if request.method == "POST" else forms.blank(())
    if request.method == "POST":
        try:
            actions.abandon_draft(stream_id, actor=actor(request), now=now(), request_id=form.request_id)
        except Refusal as refusal:
            form = form.refused(refusal)
        else:
            messages.success(request, _("草稿已放弃，经过还留着。"))
            return SeeOther(reverse("desk:catalogue_drafts"))
    return render(request, "desk/catalogue/abandon.html", stepping.abandon(shown, form), status=form.status)


@never_cache
@require_http_methods(_BOTH)
@at_catalogue(Role.CATALOGUE_PUBLISHER)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Cancel an item from a day on, after showing what that reaches."""
    form = (
        forms.answered(forms.cancel_specs(), request.POST)
        if request.method == "POST" else forms.blank(forms.cancel_specs())
    )  # fmt: skip
    on = form.day("on")
    if request.method == "POST" and form.ok and on is not None:
        try:
            actions.cancel_item(
                code, on=on, reason=form.text("reason"), actor=actor(request), now=now(), request_id=form.request_id
            )
        except Refusal as refusal:
            form = form.refused(refusal)
        else:
            messages.success(request, _("已定于 %(day)s 取消。") % {"day": on.isoformat()})
            return SeeOther(reverse("desk:catalogue_item", args=[code]))
    context = stepping.cancel(code, form, actor(request), now())
    return render(request, "desk/catalogue/cancel.html", context, status=form.status)
