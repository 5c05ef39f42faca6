"""Licences of everybody one acts for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongban.contexts.documents import queries as documents
from tongban.terminals.common.guards import citizen_required
from tongban.terminals.common.requests import actor, today
from tongban.terminals.portal.presenters import wallet as shaped
from tongban.terminals.portal.views.base import page


@citizen_required
@require_safe
def wallet(request: HttpRequest) -> HttpResponse:
    """All cards."""
    who = actor(request)
    found = documents.licences_for(who, today=today())
    return page(request, "portal/wallet.html", {"nav": "wallet", "holders": shaped.wallet(who, found)})


@citizen_required
@require_safe
def licence(request: HttpRequest, licence_id: str) -> HttpResponse:
    """One card, with the code to show. Refuses NotFound for somebody else's."""
    found = documents.licence_for(licence_id, actor=actor(request), today=today())
    crumbs = [{"href": reverse("portal:wallet"), "text": _("卡包")}]
    context = {"nav": "wallet", "crumbs": crumbs, "licence": shaped.licence(found)}
    return page(request, "portal/licence.html", context)
