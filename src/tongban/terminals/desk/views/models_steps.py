"""The steps in the life of a route or table: handed in, reviewed, published with the items that go over, given up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tongban.contexts.catalogue import actions
from tongban.contexts.catalogue.core.life import LifeStage
from tongban.contexts.parties.core import Role
from tongban.foundation.i18n import say
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.requests import actor, now, request_id
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.desk import forms_catalogue as forms
from tongban.terminals.desk.access import at_catalogue
from tongban.terminals.desk.presenters import models_page as pages
from tongban.terminals.desk.presenters import models_steps as stepping

_BOTH = ["GET", "HEAD", "POST"]


def _page(stream_id: str) -> str:
    return reverse("desk:model_version", args=[stream_id])


@require_POST
@at_catalogue(Role.CATALOGUE_OWNER)
def submit(request: HttpRequest, stream_id: str) -> HttpResponse:
    """Hand a draft in for the department review; with errors it stays, and the page says which."""
    who = actor(request)
    try:
        actions.submit_model(stream_id=stream_id, actor=who, now=now(), request_id=request_id(request.POST))
    except Refusal as refusal:
        if refusal.code in ("not_allowed", "not_found"):
            raise
        context = pages.page(pages.view(stream_id, actor=who, now=now())) | {"refused": say(refusal)}
        return render(request, "desk/catalogue/models/version.html", context, status=refusal.status)
    messages.success(request, _("已送部门审。同一单位的另一位审核人会看到它。"))
    return SeeOther(_page(stream_id))


@never_cache
@require_http_methods(_BOTH)
@at_catalogue(Role.CATALOGUE_REVIEWER, Role.LEGAL_REVIEWER, Role.CATALOGUE_PUBLISHER)
def review(request: HttpRequest, stream_id: str) -> HttpResponse:
    """What changed, what the checker says, and the verdict: of the department, the lawyers, or the publisher."""
    shown = pages.view(stream_id, actor=actor(request), now=now())
    if not shown.hands.waits_for(shown.draft.stage):
        return SeeOther(_page(stream_id)) if request.method != "POST" else _too_late(request, shown)
    specs, posted = stepping.specs(shown), request.method == "POST"
    form = forms.answered(specs, request.POST) if posted else forms.blank(specs, seq=shown.draft.seen)
    if posted and form.ok:
        form, said = _judge(request, shown, form)
        if said:
            messages.success(request, said)
            return SeeOther(_page(stream_id))
    return render(request, "desk/catalogue/models/review.html", stepping.review(shown, form), status=form.status)


def _too_late(request: HttpRequest, shown: pages.View) -> HttpResponse:
    context = pages.page(shown) | {"refused": stepping.too_late(shown)}
    return render(request, "desk/catalogue/models/version.html", context, status=409)


def _judge(request: HttpRequest, shown: pages.View, form: forms.Form) -> tuple[forms.Form, str]:
    """Do what the verdict says; what was done in words, "" where it was refused."""
    common: dict[str, Any] = {"actor": actor(request), "now": now(), "request_id": form.request_id}
    common["stream_id"] = shown.draft.stream_id
    stage, verdict, note = shown.draft.stage, form.text("verdict"), form.text("note")
    try:
        if stage is LifeStage.APPROVED and verdict == "return":
            actions.return_model(note=note, **common)
        elif stage is LifeStage.APPROVED:
            chosen = form.values.get("items", [])
            actions.publish_model(
                items=tuple(chosen if isinstance(chosen, list) else [chosen]), seen=form.seq, **common
            )
        else:
            act = actions.review_model if stage is LifeStage.DEPARTMENT_REVIEW else actions.review_model_legality
            act(verdict=verdict, note=note, seen=form.seq, **common)  # type: ignore[arg-type]
    except Refusal as refusal:
        return replace(form.refused(refusal), seq=shown.draft.seen), ""
    return form, stepping.done(stage, verdict)


@never_cache
@require_http_methods(_BOTH)
@at_catalogue(Role.CATALOGUE_OWNER, Role.CATALOGUE_PUBLISHER)
def abandon(request: HttpRequest, stream_id: str) -> HttpResponse:
    """Give a version on its way up, after asking."""
    shown = pages.view(stream_id, actor=actor(request), now=now())
    form = forms.answered((), request.POST) if request.method == "POST" else forms.blank(())
    if request.method == "POST":
        try:
            actions.abandon_model(stream_id=stream_id, actor=actor(request), now=now(), request_id=form.request_id)
        except Refusal as refusal:
            form = form.refused(refusal)
        else:
            messages.success(request, _("草稿已放弃，经过还留着。"))
            return SeeOther(reverse("desk:models"))
    return render(request, "desk/catalogue/models/abandon.html", stepping.abandon(shown, form), status=form.status)
