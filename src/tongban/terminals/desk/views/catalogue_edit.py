"""Writing: one element or member of a list, the whole source, and a new item."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tongban.contexts.catalogue import actions
from tongban.contexts.catalogue.core.life import Draft
from tongban.contexts.parties.core import Role
from tongban.kernel.refusals import NotAllowed, Refusal
from tongban.terminals.common.requests import actor, now
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.desk import forms_catalogue as forms
from tongban.terminals.desk.access import at_catalogue
from tongban.terminals.desk.elements import paths, sources
from tongban.terminals.desk.presenters import catalogue_common as common
from tongban.terminals.desk.presenters import catalogue_edit as editing
from tongban.terminals.desk.presenters import catalogue_page as pages

_BOTH = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(_BOTH)
@at_catalogue(Role.CATALOGUE_OWNER)
def element(request: HttpRequest, stream_id: str, where: str) -> HttpResponse:
    """One element, or one member of a list: its questions, and what was answered."""
    shown = _editable(request, stream_id)
    path, content = paths.parse(where), shown.draft.content
    place, seq = paths.target(content, path), shown.draft.history[-1].seq
    around = editing.around(place)
    if request.method != "POST":
        form = forms.element_form(place, around, seq)
        return render(request, "desk/catalogue/edit.html", editing.page(shown, place, form))
    form = forms.answered(forms.element_specs(place, around, request.POST), request.POST, unfinished=True)
    if form.ok:
        after = editing.after(content, place, forms.element_values(place, form), request.POST.get("do", ""))
        form, done = _save(request, shown, form, after)
        if done is not None:
            messages.success(request, _("已保存：%(what)s") % {"what": editing.title(place)})
            return SeeOther(_onward(request, stream_id, place))
    return render(request, "desk/catalogue/edit.html", editing.page(shown, place, form), status=form.status)


@never_cache
@require_http_methods(_BOTH)
@at_catalogue(Role.CATALOGUE_OWNER)
def source(request: HttpRequest, stream_id: str) -> HttpResponse:
    """The whole source as text. What cannot be read comes back as it was typed, with its line."""
    shown = _editable(request, stream_id)
    if request.method != "POST":
        typed = {"source": sources.dump(shown.draft.content)}
        form = forms.blank(forms.source_specs(), typed, seq=shown.draft.history[-1].seq)
        return render(request, "desk/catalogue/source.html", editing.source_page(shown, form, ()))
    form = forms.answered(forms.source_specs(), request.POST)
    after, wrong = sources.parse(form.text("source")) if form.ok else ({}, ())
    if form.ok and not wrong:
        form, done = _save(request, shown, form, after)
        if done is not None:
            messages.success(request, _("已保存：%(what)s") % {"what": _("整份源文本")})
            return SeeOther(reverse("desk:catalogue_version", args=[stream_id]))
    context = editing.source_page(shown, form, wrong)
    return render(request, "desk/catalogue/source.html", context, status=422 if wrong else form.status)


def _onward(request: HttpRequest, stream_id: str, place: paths.Target) -> str:
    """Where one goes on after saving: to the next place that stops the draft if that was asked for, else back."""
    do = request.POST.get("do", "")
    if do == "next":
        return pages.next_stop(pages.view(stream_id, actor=actor(request), now=now()))
    return editing.way_back(stream_id, place, do)


def _editable(request: HttpRequest, stream_id: str) -> pages.View:
    """A draft in the hands of this officer. Refuses `NotFound`, `NotAllowed`; `WrongStage` comes from the action."""
    shown = pages.view(stream_id, actor=actor(request), now=now())
    if not shown.hands.drafts:
        raise NotAllowed
    return shown


def _save(
    request: HttpRequest, shown: pages.View, form: forms.Form, after: dict[str, Any]
) -> tuple[forms.Form, Draft | None]:
    """Save the whole content, unless somebody else has saved since the form was opened."""
    draft = shown.draft
    last = draft.history[-1]
    if after == draft.content:  # nothing new, or the same form posted twice
        return form, draft
    if form.seq != last.seq:
        return form.conflict(editing.conflict(last), last.seq), None
    try:
        saved = actions.save_draft(
            draft.row.stream_id,
            content=after,
            instead_of=draft.content,
            actor=actor(request),
            now=now(),
            request_id=form.request_id,
        )
    except Refusal as refusal:
        return form.refused(refusal), None
    return form, saved


@never_cache
@require_http_methods(_BOTH)
@at_catalogue(Role.CATALOGUE_OWNER)
def new(request: HttpRequest) -> HttpResponse:
    """A new item: its code, name, kind and organ; everything else is written on its page."""
    specs = forms.new_specs(editing.around_new(actor(request)))
    form = forms.answered(specs, request.POST) if request.method == "POST" else forms.blank(specs)
    if request.method == "POST" and form.ok:
        content = editing.begun(form.values)
        try:
            draft = actions.open_draft(
                content["code"], content=content, actor=actor(request), now=now(), request_id=form.request_id
            )
        except Refusal as refusal:
            form = form.refused(refusal)
        else:
            return SeeOther(reverse("desk:catalogue_version", args=[draft.row.stream_id]))
    context = {"nav": "catalogue", "form": form, "rail": common.rail(actor(request), "new")}
    return render(request, "desk/catalogue/new.html", context, status=form.status)
