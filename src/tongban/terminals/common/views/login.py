"""Logging in as a citizen, through whoever vouches for people; choosing which door to take; logging out."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tongban.contexts.parties import actions
from tongban.contexts.parties.core.refusals import LoginExpired
from tongban.foundation import time
from tongban.terminals.common.identity import identity_provider
from tongban.terminals.common.sessions import (
    CITIZEN_SECONDS,
    SeeOther,
    actor_of,
    close_session,
    home_of,
    open_session,
    safe_next,
)

STATE = "login_state"
NEXT = "login_next"


@never_cache
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Citizen or officer? Whoever is logged in already is sent on."""
    next_page = safe_next(request, request.GET.get("next"), "")
    actor = actor_of(request)
    if actor.kind != "anonymous":
        return SeeOther(next_page or home_of(actor))
    return render(request, "common/login.html", {"next": next_page})


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Send the browser to the identity provider; the state ties the answer to this browser."""
    state = secrets.token_urlsafe(24)
    request.session[STATE] = state
    request.session[NEXT] = safe_next(request, request.POST.get("next"), "")
    back = f"{reverse('common:login_return')}?{urlencode({'state': state})}"
    return SeeOther(identity_provider().start(back))


@never_cache
@require_GET
def finish(request: HttpRequest) -> HttpResponse:
    """The way back: check that it is this browser's login, enter what the provider vouches for, open the session."""
    state = request.session.pop(STATE, "")
    after = request.session.pop(NEXT, "")
    if not state or not hmac.compare_digest(state.encode(), request.GET.get("state", "").encode()):
        raise LoginExpired
    identity = identity_provider().finish(request.GET.dict())
    account = actions.sign_in(identity, now=time.now(), request_id=f"login {state}")
    open_session(request, account.account_id, account.epoch, CITIZEN_SECONDS)
    return SeeOther(after or "/")


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session and go home."""
    close_session(request)
    return SeeOther(safe_next(request, request.POST.get("next")))
