"""Drawing: a new route or table, and its file, which the editor saves, and whoever has none brings and fetches."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tongban.contexts.catalogue import actions, queries
from tongban.contexts.catalogue.core.modelling import ModelMoved
from tongban.contexts.parties.core import Role
from tongban.foundation.i18n import say
from tongban.kernel.refusals import N_, Refusal
from tongban.terminals.common.requests import actor, now, request_id
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.desk import forms_catalogue as forms
from tongban.terminals.desk.access import at_catalogue
from tongban.terminals.desk.presenters import models_blank, models_list, models_steps
from tongban.terminals.desk.presenters import models_page as pages
from tongban.terminals.desk.views import models_ask as asking

_BOTH = ["GET", "HEAD", "POST"]
_LARGEST = 4 * 1024 * 1024


class FileNotRead(Refusal):
    """No file came, or one that is too large or no UTF-8 text."""

    code = "model_file_not_read"
    message = N_("没有收到文件，或者文件超过 4 MB，或者不是 UTF-8 文字。请选 .bpmn 或 .dmn 文件。")


@never_cache
@require_http_methods(_BOTH)
@at_catalogue(Role.CATALOGUE_OWNER)
def new(request: HttpRequest) -> HttpResponse:
    """A new route or table: what it is, its key and its names; the rest is drawn."""
    specs, posted = models_steps.new_specs(), request.method == "POST"
    form = forms.answered(specs, request.POST) if posted else forms.blank(specs)
    if posted and form.ok:
        kind, key = models_list.kind_of(form.text("kind")), form.text("key")
        xml = models_blank.blank(kind, key, form.text("name-zh"), form.text("name-en"))
        try:
            draft = actions.open_model(
                kind=kind, key=key, xml=xml, actor=actor(request), now=now(), request_id=form.request_id
            )
        except Refusal as refusal:
            form = form.refused(refusal)
        else:
            return SeeOther(reverse("desk:model_version", args=[draft.stream_id]))
    context = models_steps.new(form, actor(request))
    return render(request, "desk/catalogue/models/new.html", context, status=form.status)


@require_POST
@at_catalogue(Role.CATALOGUE_OWNER)
def open_(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Begin the next version of a route or table from the one in force."""
    draft = actions.open_model(
        kind=models_list.kind_of(kind), key=key, actor=actor(request), now=now(), request_id=request_id(request.POST)
    )
    return SeeOther(reverse("desk:model_version", args=[draft.stream_id]))


@never_cache
@require_http_methods(_BOTH)
@at_catalogue()
def file(request: HttpRequest, stream_id: str) -> HttpResponse:
    """The file of a version: fetched by GET; saved by the editor (JSON) or brought in a form."""
    if request.method != "POST":
        return _download(request, stream_id)
    return _saved(request, stream_id) if request.content_type == "application/json" else _brought(request, stream_id)


def _download(request: HttpRequest, stream_id: str) -> HttpResponse:
    draft = queries.model(stream_id, actor=actor(request))
    name = f"{draft.key}-{draft.number}.{'bpmn' if draft.kind == 'route' else 'dmn'}"
    response = HttpResponse(draft.xml, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _saved(request: HttpRequest, stream_id: str) -> HttpResponse:
    """What the editor drew; where somebody else saved meanwhile, their text comes back with the refusal."""
    try:
        given = asking.body(request)
        saved = actions.save_model(
            stream_id=stream_id, xml=given["xml"], seen=str(given.get("seen", "")), actor=actor(request), now=now(),
            request_id=request_id({"request_id": str(given.get("request_id", ""))}),
        )  # fmt: skip
    except ModelMoved as moved:
        theirs = queries.model(stream_id, actor=actor(request))
        return asking.refused(moved, theirs=theirs.xml, digest=theirs.digest)
    except Refusal as refusal:
        return asking.refused(refusal)
    return asking.answer({"digest": saved.digest})


def _brought(request: HttpRequest, stream_id: str) -> HttpResponse:
    """A file from elsewhere, as the text of the draft; the page then shows what the checker says of it."""
    who = actor(request)
    try:
        actions.save_model(
            stream_id=stream_id, xml=_text(request), seen=request.POST.get("seen", ""), actor=who, now=now(),
            request_id=request_id(request.POST),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        context = pages.page(pages.view(stream_id, actor=who, now=now())) | {"refused": say(refusal)}
        return render(request, "desk/catalogue/models/version.html", context, status=refusal.status)
    messages.success(request, _("文件已存入草稿，检查结果在下面。"))
    return SeeOther(reverse("desk:model_version", args=[stream_id]))


def _text(request: HttpRequest) -> str:
    brought = request.FILES.get("file")
    if brought is None or (brought.size or 0) > _LARGEST:
        raise FileNotRead
    try:
        text: str = brought.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileNotRead from None
    return text
