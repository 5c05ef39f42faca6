"""One thing done once, the way to it, and the city's graph of papers: what anybody may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongban.contexts.catalogue import queries as catalogue
from tongban.terminals.portal.presenters import ways


@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    """Every package of the city."""
    context = {"nav": "home", "packs": ways.overview(), "crumbs": [_crumb()]}
    return render(request, "portal/packages.html", context)


@require_safe
def way(request: HttpRequest, goal: str) -> HttpResponse:
    """The way to one goal, for the answers in the address."""
    answers = ways.answers_in(goal, request.GET)
    found = ways.page(goal, answers, change=request.GET.get("change") == "1")
    crumbs = [_crumb(), {"href": reverse("portal:packages"), "text": _("一件事")}]
    return render(request, "portal/way.html", {"nav": "home", "page": found, "crumbs": crumbs})


@require_safe
def city(request: HttpRequest) -> HttpResponse:
    """Who needs whose paper in the whole city; a chosen goal leads to its way."""
    if goal := request.GET.get("goal", "")[:40]:
        return HttpResponseRedirect(reverse("portal:way", args=[catalogue.current(goal).item.code]))
    context = {"nav": "home", "page": ways.city(catalogue.graph_report()), "crumbs": [_crumb()]}
    return render(request, "portal/papers.html", context)


def _crumb() -> dict[str, str]:
    return {"href": reverse("portal:home"), "text": _("办事")}
