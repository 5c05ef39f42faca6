"""Who may open a page. Rights to an act are checked again by the action: a guard only saves a useless page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from tongban.contexts.parties.core import Actor, Role
from tongban.kernel.refusals import N_, NotAllowed, Refusal
from tongban.terminals.common.sessions import SeeOther, login_address

View = Callable[..., HttpResponseBase]


class CitizensOnly(Refusal):
    """An officer's login opens no page of the portal that acts for a citizen."""

    code = "citizens_only"
    message = N_("这一页是给办事人用的。您现在用的是工作人员账号，请先退出，再用个人身份登录。")
    status = 403


class OfficersOnly(Refusal):
    """A citizen's login opens no page of a staff terminal."""

    code = "officers_only"
    message = N_("这一页是给工作人员用的。如果您是工作人员，请先退出，再用工作账号登录。")
    status = 403


class RequestWithActor(HttpRequest):
    """A request that has passed `ActorMiddleware`; `actor` is real, not lazy, behind a guard."""

    actor: Actor


def citizen_required(view: View) -> View:
    """Open the page for citizens; send anonymous visitors to the login and back. Refuses `CitizensOnly`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = _settled(request)
        if actor.kind == "anonymous":
            return _to_login(request, "common:login")
        if actor.kind != "citizen":
            raise CitizensOnly
        return view(request, *args, **kwargs)

    return guarded


def officer_required(*roles: Role) -> Callable[[View], View]:
    """Open the page for officers with one of `roles` (none: any officer). Refuses `OfficersOnly`, `NotAllowed`."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = _settled(request)
            if actor.kind == "anonymous":
                return _to_login(request, "common:staff_login")
            if actor.kind != "officer":
                raise OfficersOnly
            if roles and actor.roles.isdisjoint(roles):
                raise NotAllowed
            return view(request, *args, **kwargs)

        return guarded

    return guard


def _settled(request: HttpRequest) -> Actor:
    """Replace the lazy actor by the real one, so that views hand a plain value to actions."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    real: Actor = getattr(found, "_wrapped", found) if found.kind else found
    request.actor = real  # type: ignore[attr-defined]
    return real


def _to_login(request: HttpRequest, name: str) -> HttpResponseBase:
    return SeeOther(login_address(name, request.get_full_path() if request.method == "GET" else ""))
