"""Home, search, all services, guide: what anybody may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongban.contexts.cases import queries as cases
from tongban.contexts.catalogue import actions
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.documents import queries as documents
from tongban.contexts.parties.core import Actor
from tongban.terminals.common.presenters.languages import agency_of_item, language, said
from tongban.terminals.common.requests import actor, now, today
from tongban.terminals.portal.presenters import home as shaped
from tongban.terminals.portal.presenters import items, search, topics

_MOST_HITS = 60


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search, what is mine, where to start."""
    who = actor(request)
    company = request.GET.get("for") == "company"
    context = {
        "nav": "home",
        "company": company,
        "tiles": shaped.tiles(catalogue.handled(), company=company),
        "life": topics.life(catalogue.items(), company=company),
        "count": len(catalogue.items()),
        "online": len(catalogue.handled()),
        **(_mine(who) if who.kind == "citizen" else {}),
    }
    return render(request, "portal/home.html", context)


def _mine(who: Actor) -> dict[str, object]:
    licences = documents.licences_for(who, today=today())
    return {
        "mine": shaped.mine(cases.my_cases(actor=who), licences, today()),
        "drafts": shaped.drafts(cases.drafts(actor=who)),
    }


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Items for a citizen's own words; words that find nothing are counted for whoever keeps the synonyms."""
    q = request.GET.get("q", "").strip()[:100]
    chosen = search.chosen_in(request.GET)
    exactly = bool(request.GET.get("exactly"))
    result = catalogue.search(q, language=language(), limit=_MOST_HITS, chosen=chosen, literally=exactly)
    if q and not result.every and not result.packages:
        actions.note_unfound(q, now=now())
    return render(request, "portal/search.html", {"nav": "home", "found": search.found(q, result, chosen)})


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """What the words typed so far may become, as JSON; the search works without it."""
    q = request.GET.get("q", "").strip()[:100]
    found = catalogue.suggest(q, language=language()) if q else ()
    words = [{"value": one.matched, "label": said(one.item.name)} for one in found]
    return JsonResponse({"words": words}, json_dumps_params={"ensure_ascii": False})


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Every item by department, or those of one topic or department."""
    topic, agency = request.GET.get("topic", ""), request.GET.get("agency", "")
    found = catalogue.by_agency(agency) if agency else catalogue.items()
    if topic:
        found = tuple(item for item in found if topic in item.topics)
    name = topics.topic_names().get(topic, "") or (agency_of_item(agency) if agency else "")
    context = {
        "nav": "home",
        "title": name or _("全部事项"),
        "count": len(found),
        "departments": items.by_department(found),
        "narrowed": bool(name),
    }
    return render(request, "portal/services.html", context)
