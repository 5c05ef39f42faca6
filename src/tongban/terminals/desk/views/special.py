"""Special procedures beside the case page: one whole, its files, and the record of a site visit on a phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tongban.contexts.cases import actions, queries
from tongban.contexts.cases.core.parts.special import Course, Visit
from tongban.contexts.cases.core.special.common import procedure
from tongban.contexts.parties.core import Role
from tongban.foundation.i18n import say
from tongban.kernel.refusals import NotFound, Refusal
from tongban.terminals.common.papers import file_response, whole
from tongban.terminals.common.requests import actor, new_request_id, now, request_id
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.desk import forms_inspect
from tongban.terminals.desk.access import at_desk
from tongban.terminals.desk.presenters import inspect_page, special_page
from tongban.terminals.desk.standing import Standing, stand
from tongban.ui.forms import bind, read, summary


@require_safe
@at_desk()
def special_file(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """A photograph or report of a special procedure."""
    return file_response(queries.special_bytes(str(case_id), str(file_id), actor=actor(request)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk()
def special(request: HttpRequest, case_id: UUID, special: str) -> HttpResponse:
    """One special procedure whole; the result of a test with its report is recorded here."""
    standing = stand(str(case_id), actor=actor(request), now=now())
    specs = special_page.report_specs()
    got = read(specs, request.POST, request.FILES)
    message = ""
    if request.method == "POST" and got.ok:
        try:
            file = request.FILES.get("file")
            actions.report_test(
                case_id=str(case_id), special=special, result=str(got.values["result"]),
                number=str(got.values["number"]), text=str(got.values["text"]), data=_bytes(file),
                filename=_name(file), actor=actor(request), request_id=request_id(request.POST), now=now(),
            )  # fmt: skip
            return SeeOther(reverse("desk:special", args=[case_id, special]))
        except Refusal as refusal:
            message = say(refusal)
    posted = request.method == "POST"
    fields = bind(specs, got.raw if posted else {}, got.errors if posted else {})
    errors = summary(fields, message) if posted else None
    context = special_page.page(standing, special, fields, errors, new_request_id())
    return render(request, "desk/special.html", context, status=422 if posted else 200)


def _bytes(file: object) -> bytes:
    return whole(file) if isinstance(file, UploadedFile) else b""


def _name(file: object) -> str:
    return (file.name or "") if isinstance(file, UploadedFile) else ""


def _visit(standing: Standing, special: str) -> Visit:
    visit = procedure(standing.view.state, special, Course.VISIT).visit
    if visit is None:
        raise NotFound
    return visit


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(Role.REVIEWER, Role.APPROVER)
def inspect(request: HttpRequest, case_id: UUID, special: str) -> HttpResponse:
    """The record of a site visit: kept in parts, photographs added, signed by one officer, confirmed by the other."""
    standing = stand(str(case_id), actor=actor(request), now=now())
    visit = _visit(standing, special)
    record, message, status = forms_inspect.recorded(visit), "", 200
    if request.method == "POST":
        record = forms_inspect.typed(visit, request.POST)
        try:
            _keep(request, standing, special, record)
            messages.success(request, _done(request.POST.get("go", "")))
            return SeeOther(reverse("desk:inspect", args=[case_id, special]))
        except NotFound:
            raise
        except Refusal as refusal:
            message, status = say(refusal), refusal.status
            standing = stand(str(case_id), actor=actor(request), now=now())
    one = procedure(standing.view.state, special)
    context = inspect_page.page(standing, one, record, message=message, request_id=new_request_id())
    return render(request, "desk/inspect.html", context, status=status)


def _keep(request: HttpRequest, standing: Standing, special: str, record: forms_inspect.Record) -> None:
    """What was typed is kept first, then the photograph, then the signature."""
    once, visit = request_id(request.POST), _visit(standing, special)
    common: dict[str, Any] = {"case_id": standing.view.id, "special": special}
    common |= {"actor": standing.actor, "now": standing.now}
    actions.save_visit(
        lines=record.lines, findings=record.findings, result=record.result, present=record.present,
        present_name=record.present_name, remark=record.remark, request_id=f"{once}-record", **common,
    )  # fmt: skip
    file = request.FILES.get("photo")
    if isinstance(file, UploadedFile):
        actions.add_visit_photo(
            data=whole(file), filename=file.name or "", where=request.POST.get("where", ""),
            note=request.POST.get("note", ""), line=forms_inspect.photo_line(visit, request.POST),
            request_id=f"{once}-photo", **common,
        )  # fmt: skip
    if request.POST.get("go") == "sign":
        actions.sign_visit(request_id=f"{once}-sign", **common)


def _done(go: str) -> str:
    return _("签好了。") if go == "sign" else _("存好了。")
