"""What a login leaves in the session: the account and its epoch, nothing personal.

A page for somebody logged in costs two statements here: the session, and `parties.queries.actor_of`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from tongban.contexts.parties import queries
from tongban.contexts.parties.core import ANONYMOUS, Actor
from tongban.foundation import time

ACCOUNT = "account"
EPOCH = "epoch"
CITIZEN_SECONDS = 2 * 3600
STAFF_SECONDS = 8 * 3600


class SeeOther(HttpResponseRedirect):
    """After a post: look at the result with a GET (RFC 9110 §15.4.4)."""

    status_code = 303


def wall_now() -> datetime:
    """The wall clock, for one-time codes and lock-outs only: authenticators do not follow a demo's days."""
    return datetime.now(UTC)


def open_session(request: HttpRequest, account_id: str, epoch: int, seconds: int) -> None:
    """Start a session for an account under a new key, with nothing of the visit before (session fixation)."""
    request.session.flush()
    request.session[ACCOUNT] = account_id
    request.session[EPOCH] = epoch
    request.session.set_expiry(seconds)


def close_session(request: HttpRequest) -> None:
    """End the session."""
    request.session.flush()


def actor_of(request: HttpRequest) -> Actor:
    """Who is behind this request: one statement where somebody is logged in, none otherwise."""
    account_id = request.session.get(ACCOUNT)
    if not account_id:
        return ANONYMOUS
    return queries.actor_of(account_id, now=time.now(), epoch=request.session.get(EPOCH))


def safe_next(request: HttpRequest, target: str | None, default: str = "/") -> str:
    """`target` where it is a place on this site, else `default`: a login never sends anybody elsewhere."""
    if target and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return default


def login_address(name: str, next_page: str) -> str:
    """The address of a login page that comes back to `next_page`."""
    return f"{reverse(name)}?{urlencode({'next': next_page})}" if next_page else reverse(name)


def home_of(actor: Actor) -> str:
    """Where this actor works: the window, the desk, the catalogue, or the portal."""
    if actor.kind != "officer":
        return _address("portal:home")
    if actor.window:
        return _address("counter:home")
    return _address("desk:catalogue" if actor.works_on_catalogue and not actor.works_at_desk else "desk:worktable")


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # an installation without that terminal
        return "/"
