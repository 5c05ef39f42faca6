"""Routes and decision tables to look at: the list, all versions of one, one version with its board, two compared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tongban.kernel.refusals import NotFound
from tongban.terminals.common.requests import actor, now
from tongban.terminals.desk.access import at_catalogue
from tongban.terminals.desk.presenters import models_list as lists
from tongban.terminals.desk.presenters import models_page as pages


@never_cache
@require_safe
@at_catalogue()
def models(request: HttpRequest) -> HttpResponse:
    """Every route and every table, with its users and its next version."""
    return render(request, "desk/catalogue/models/list.html", lists.page(actor(request)))


@never_cache
@require_safe
@at_catalogue()
def model(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One route or table: the version in force, its versions, who uses it."""
    context = pages.model(lists.kind_of(kind), key, actor(request), now())
    return render(request, "desk/catalogue/models/model.html", context)


@never_cache
@require_safe
@at_catalogue()
def version(request: HttpRequest, stream_id: str) -> HttpResponse:
    """One version: on the board where this officer may draw it, else its picture."""
    shown = pages.view(stream_id, actor=actor(request), now=now())
    return render(request, "desk/catalogue/models/version.html", pages.page(shown))


@never_cache
@require_safe
@at_catalogue()
def difference(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Two versions that were published, side by side: ?old=1&new=2."""
    numbers = tuple(_number(request.GET.get(name, "")) for name in ("old", "new"))
    context = pages.compared(lists.kind_of(kind), key, (numbers[0], numbers[1]), actor(request))
    return render(request, "desk/catalogue/models/difference.html", context)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise NotFound
    return int(text)
