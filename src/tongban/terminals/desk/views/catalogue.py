"""The catalogue to look at: items in force, versions on their way, one version, words that nobody found."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tongban.contexts.catalogue import queries
from tongban.contexts.catalogue.core.life import stream_of
from tongban.terminals.common.requests import actor, now, today
from tongban.terminals.desk.access import at_catalogue
from tongban.terminals.desk.presenters import catalogue_common as common
from tongban.terminals.desk.presenters import catalogue_list as lists
from tongban.terminals.desk.presenters import catalogue_page as pages
from tongban.terminals.desk.presenters import catalogue_unfound as unfound_words

_MOST_WORDS = 60


def _chosen(request: HttpRequest) -> lists.Chosen:
    given = {name: request.GET.get(name, "")[:80] for name in ("organ", "stage", "of")}
    start = request.GET.get("from", "")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0
    return lists.Chosen(words=request.GET.get("q", "")[:_MOST_WORDS].strip(), start=first, **given)


@never_cache
@require_safe
@at_catalogue()
def items(request: HttpRequest) -> HttpResponse:
    """Items in force, and where their next version stands."""
    who = actor(request)
    rows = lists.drafts_of(who)
    context = {
        "nav": "catalogue",
        "page": lists.items(queries.items(), rows, _chosen(request)),
        "rail": common.rail(who, "items", common.counts(rows, who)),
    }
    return render(request, "desk/catalogue/items.html", context)


@never_cache
@require_safe
@at_catalogue()
def drafts(request: HttpRequest) -> HttpResponse:
    """Versions on their way: one's own, those that wait for one, or all."""
    who, chosen = actor(request), _chosen(request)
    rows = lists.drafts_of(who)
    context = {
        "nav": "catalogue",
        "page": lists.drafts(rows, who, chosen),
        "rail": common.rail(who, chosen.of or "drafts", common.counts(rows, who)),
    }
    return render(request, "desk/catalogue/drafts.html", context)


@never_cache
@require_safe
@at_catalogue()
def item(request: HttpRequest, code: str) -> HttpResponse:
    """An item in force: its versions, the one on its way, and what may be begun."""
    return render(request, "desk/catalogue/item.html", pages.item(code, actor(request), now()))


@never_cache
@require_safe
@at_catalogue()
def version(request: HttpRequest, stream_id: str) -> HttpResponse:
    """One version, element by element; ?only=changes leaves out what stays as it is."""
    shown = pages.view(stream_id, actor=actor(request), now=now())
    context = pages.page(shown, only_changes=request.GET.get("only") == "changes")
    return render(request, "desk/catalogue/version.html", context)


@never_cache
@require_safe
@at_catalogue()
def unfound(request: HttpRequest) -> HttpResponse:
    """Words that people searched for and nothing was found."""
    context = {
        "nav": "catalogue",
        "words": unfound_words.rows(today()),
        "rail": common.rail(actor(request), "unfound"),
    }
    return render(request, "desk/catalogue/unfound.html", context)


def to_version(stream_id: str, place: str = "") -> HttpResponseRedirect:
    """The page of a version."""
    return HttpResponseRedirect(reverse("desk:catalogue_version", args=[stream_id]) + place)


__all__ = ["drafts", "item", "items", "stream_of", "unfound", "version"]
