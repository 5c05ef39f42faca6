"""Progress without login: number and query code, and not too many guesses."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tongban.contexts.cases import queries as cases
from tongban.foundation.i18n import say
from tongban.kernel.refusals import N_, NotFound, Refusal
from tongban.terminals.common.requests import today
from tongban.terminals.portal import forms
from tongban.terminals.portal.presenters import case as shaped
from tongban.terminals.portal.views.base import page
from tongban.ui.forms import bind, read, summary

#: So many tries in so many seconds from one address (each web process counts its own).
TRIES, SECONDS = 10, 600


class TooManyTries(Refusal):
    """Guessing numbers and codes is made slow."""

    code = "too_many_tries"
    message = N_("查得太频繁了，请过十分钟再试。着急的话请打 12345，报办件编号查询。")
    status = 429


@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """How far a case is, for whoever holds its receipt."""
    specs = forms.progress()
    got = read(specs, request.POST)
    fields, message, status = bind(specs), "", 200
    if request.method == "POST":
        fields, status = bind(specs, got.raw, got.errors), 422
        if got.ok:
            count_try(request)
            try:
                found = cases.progress(number=str(got.values["number"]), code=str(got.values["code"]))
                context = {"nav": "progress", "case": shaped.progress(found, today())}
                return page(request, "portal/progress_found.html", context)
            except NotFound as refusal:
                message, status = say(refusal), 404
    errors = summary(fields, message) if status != 200 else None
    return page(request, "portal/progress.html", {"nav": "progress", "fields": fields, "errors": errors}, status)


def count_try(request: HttpRequest) -> None:
    """One more try from this address. Refuses TooManyTries."""
    key = f"progress:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, SECONDS):
        return
    try:
        tries = cache.incr(key)
    except ValueError:  # it ended between the two
        tries = 1
    if tries > TRIES:
        raise TooManyTries
