"""The shared addresses, and pages that refuse, as the terminals' own would."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tongban.contexts.parties.core import Role
from tongban.contexts.parties.core.refusals import LockedOut
from tongban.kernel.refusals import NotFound
from tongban.terminals.common.guards import citizen_required, officer_required


def who(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    return HttpResponse(f"{actor.kind} {actor.name} {len(actor.principals)}")


def quiet(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nobody asked")


def missing(request: HttpRequest) -> HttpResponse:
    raise NotFound


def locked(request: HttpRequest) -> HttpResponse:
    raise LockedOut(minutes=15)


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


desk = (
    [path("locked/", locked, name="locked"), path("only/", officer_required(Role.APPROVER)(who), name="only")],
    "desk",
)
urlpatterns = [
    path("", include("tongban.terminals.common.urls")),
    path("who/", who),
    path("quiet/", quiet),
    path("mine/", citizen_required(who)),
    path("staff/", officer_required()(who)),
    path("missing/", missing),
    path("locked/", locked),
    path("broken/", broken),
    path("desk/", include(desk)),
]
