"""Logging in as an officer: password, then one-time code."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tongban.contexts.parties import actions
from tongban.contexts.parties.core.refusals import LoginExpired
from tongban.foundation.i18n import say
from tongban.kernel.refusals import Refusal
from tongban.terminals.common import forms
from tongban.terminals.common.sessions import (
    STAFF_SECONDS,
    SeeOther,
    actor_of,
    home_of,
    open_session,
    safe_next,
    wall_now,
)
from tongban.ui.forms import FieldSpec, bind, read, summary

PENDING = "staff_pending"  # [account id, wall-clock seconds when the password was right, next page]
PENDING_SECONDS = 300


@never_cache
@sensitive_post_parameters("password")
def password(request: HttpRequest) -> HttpResponse:
    """First page: name and password."""
    specs = forms.staff_login()
    next_page = safe_next(request, request.POST.get("next") or request.GET.get("next"), "")
    if request.method != "POST":
        return _page(request, "common/login_staff.html", specs, next=next_page)
    got = read(specs, request.POST)
    if got.errors:
        return _page(request, "common/login_staff.html", specs, got.raw, got.errors, next=next_page)
    try:
        account_id = actions.begin_staff_login(
            name=str(got.values["name"]), password=str(got.values["password"]), now=wall_now()
        )
    except Refusal as refusal:
        return _page(request, "common/login_staff.html", specs, got.raw, refusal=refusal, next=next_page)
    request.session.cycle_key()
    request.session[PENDING] = [account_id, int(wall_now().timestamp()), next_page]
    return SeeOther(reverse("common:staff_code"))


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Second page: the one-time code. The password counts for five minutes."""
    account_id, since, next_page = request.session.get(PENDING) or ("", 0, "")
    if not account_id or wall_now().timestamp() - since > PENDING_SECONDS:
        raise LoginExpired
    specs = forms.staff_code()
    if request.method != "POST":
        return _page(request, "common/login_code.html", specs, demo_code=_hint(account_id))
    got = read(specs, request.POST)
    if got.errors:
        return _page(request, "common/login_code.html", specs, got.raw, got.errors, demo_code=_hint(account_id))
    try:
        epoch = actions.confirm_totp(account_id=account_id, code=str(got.values["code"]), now=wall_now())
    except Refusal as refusal:
        return _page(request, "common/login_code.html", specs, refusal=refusal, demo_code=_hint(account_id))
    open_session(request, account_id, epoch, STAFF_SECONDS)
    return SeeOther(next_page or home_of(actor_of(request)))


def _hint(account_id: str) -> str:
    """The demo shows the code that an authenticator would show; nowhere else does the platform reveal one."""
    return actions.demo_code(account_id=account_id, now=wall_now()) if settings.TONGBAN_DEMO else ""


def _page(
    request: HttpRequest,
    template: str,
    specs: tuple[FieldSpec, ...],
    values: object = None,
    errors: object = None,
    refusal: Refusal | None = None,
    **more: str,
) -> HttpResponse:
    fields = bind(specs, values, errors)  # type: ignore[arg-type]
    message = say(refusal) if refusal else ""
    found = summary(fields, message) if message or errors else None
    status = refusal.status if refusal else 422 if errors else 200
    return render(request, template, {"fields": fields, "errors": found, **more}, status=status)
