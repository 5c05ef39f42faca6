"""What the organ's chief representatives may decide at the window: given and taken back by its approvers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tongban.contexts.parties import actions
from tongban.contexts.parties.core import Actor, Role
from tongban.foundation.i18n import say
from tongban.kernel.refusals import NotAllowed, NotFound, Refusal
from tongban.terminals.common.requests import actor, new_request_id, now, request_id, today
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.desk.access import at_desk
from tongban.terminals.desk.presenters import commissions as shaped
from tongban.terminals.desk.presenters import rail
from tongban.ui.forms import FormRead, bind, read, summary


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk(Role.APPROVER)
def commissions(request: HttpRequest) -> HttpResponse:
    """The organ's commissions, with the forms to give one and to take one back."""
    who, message, status = actor(request), "", 200
    taking = request.POST.get("act") == "revoke"
    specs = shaped.taking() if taking else shaped.giving(who)
    got = read(specs, request.POST)
    if request.method == "POST":
        status = 422
        if got.ok:
            try:
                _perform(request, who, got, taking=taking)
                return SeeOther(request.path)
            except (NotFound, NotAllowed):
                raise
            except Refusal as refusal:
                message, status = say(refusal), refusal.status
    return _page(request, who, got if status != 200 else None, message, status, taking=taking)


def _perform(request: HttpRequest, who: Actor, got: FormRead, *, taking: bool) -> None:
    """One call of the context."""
    common: dict[str, Any] = {"actor": who, "now": now(), "request_id": request_id(request.POST)}
    if taking:
        officer, _sign, id_ = str(got.values["commission"]).partition("/")
        actions.revoke_commission(officer_id=officer, commission_id=id_, reason=str(got.values["reason"]), **common)
        messages.success(request, _("已收回授权，从现在起不能再按它决定。"))
        return
    actions.give_commission(
        officer_id=str(got.values["officer"]), items=tuple(got.values["items"]),
        until=date.fromisoformat(str(got.values["until"])), **common,
    )  # fmt: skip
    messages.success(request, _("已授权，马上生效，并在门户公开。"))


def _page(
    request: HttpRequest, who: Actor, got: FormRead | None, message: str, status: int, *, taking: bool
) -> HttpResponse:
    raw, errors = (got.raw, got.errors) if got else ({}, {})
    give = bind(shaped.giving(who), {} if taking else raw, {} if taking else errors)
    take = bind(shaped.taking(), raw if taking else {}, errors if taking else {})
    context = {
        "nav": "worktable", "rail": rail.links(who, "commissions"), "rows": shaped.rows(who.agency, today()),
        "give": give, "reason": take[-1], "taking": str(raw.get("commission", "")) if taking else "",
        "errors": summary(take if taking else give, message) if got else None, "request_id": new_request_id(),
        "can_give": shaped.can_give(who),
    }  # fmt: skip
    return render(request, "desk/commissions.html", context, status=status)
