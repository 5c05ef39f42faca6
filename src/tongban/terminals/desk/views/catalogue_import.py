"""A published list becomes drafts: the account of its rows first, then the drafts, and the refused rows to mend."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tongban.contexts.catalogue import actions
from tongban.contexts.parties.core import Role
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.requests import actor, now
from tongban.terminals.desk import forms_catalogue as forms
from tongban.terminals.desk.access import at_catalogue
from tongban.terminals.desk.presenters import catalogue_common as common
from tongban.terminals.desk.presenters import catalogue_import as importing


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_catalogue(Role.CATALOGUE_OWNER)
def upload(request: HttpRequest) -> HttpResponse:
    """The file, tried first; the same file again with `token`, for good."""
    specs, who = forms.import_specs(), actor(request)
    form, report, token = forms.blank(specs, {"encoding": "auto"}), None, request.POST.get("token", "")
    if request.method == "POST":
        form = forms.answered(specs[1:], request.POST)
        try:
            data = importing.opened(token, who) if token else importing.received(request.FILES.get("file"))
            report = actions.import_list(
                data, actor=who, now=now(), encoding=form.text("encoding") or "auto", dry_run=not token
            )
            token = "" if token else importing.sealed(data, who)
        except Refusal as refusal:
            form, token = form.refused(refusal), ""
    context = {
        "nav": "catalogue", "form": importing.with_file(form, specs), "rail": common.rail(who, "import"),
        "report": importing.account(report, tried=bool(token)) if report else None, "token": token,
    }  # fmt: skip
    return render(request, "desk/catalogue/import.html", context, status=form.status)


@never_cache
@require_POST
@at_catalogue(Role.CATALOGUE_OWNER)
def refused(request: HttpRequest) -> HttpResponse:
    """The refused rows of a file that was tried, as CSV, with the reason in the last column."""
    who = actor(request)
    data = importing.opened(request.POST.get("token", ""), who)
    encoding = forms.answered(forms.import_specs()[1:], request.POST).text("encoding") or "auto"
    report = actions.import_list(data, actor=who, now=now(), encoding=encoding, dry_run=True)
    answer = HttpResponse(importing.refused_rows(report), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_("refused-rows")}.csv"'
    return answer
