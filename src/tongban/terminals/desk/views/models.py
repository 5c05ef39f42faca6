"""Routes and decision tables to look at: the list, all versions of one, one version with its board, two compared."""

from __future__ import annotations

from csp.constants import UNSAFE_HASHES
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tongban.kernel.refusals import NotFound
from tongban.terminals.common.requests import actor, now
from tongban.terminals.desk.access import at_catalogue
from tongban.terminals.desk.presenters import models_list as lists
from tongban.terminals.desk.presenters import models_page as pages

#: The board of tables brings its watermark with style attributes, which its licence forbids to touch, and one for what
#: is dragged. The page of that board lets in these very attributes and no other; nothing else needs leave.
_STYLES = (
    "'sha256-r3vOsuepBDg6tz/cOusiNJ9Y4Lp9hGQTT7pzDks1Xxc='",
    "'sha256-CA/eh4+2R0J7cEQ14gBMtx834RIOjzMUqCM+evtrkp4='",
    "'sha256-JpvvTIK7ulxf/3oA+AUuVbO9Labs8npGWGm9X9nGIWw='",
    "'sha256-9OIpRRx0bq4t4s2zyqbocMNwedniLDaxLB+FlLIjNgM='",
    "'sha256-GAdrtwahSjGXI0UQQnfyEVtPn+wfgQxvyrjyQuByfuU='",
    "'sha256-ZG9bHUWWXDZyu7zfItuLwGK+cah/hweM0RfXpZpxZVM='",
    "'sha256-T+dPSjRVHalDc/mwQm0/E2bredKPUxLfYOuU3MOV1BE='",
)
_board_of_tables = csp_update({"style-src": [UNSAFE_HASHES, *_STYLES]})


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
def version(request: HttpRequest, stream_id: str) -> HttpResponseBase:
    """One version: on the board where this officer may draw it, else its picture."""
    shown = pages.view(stream_id, actor=actor(request), now=now())

    def page(asked: HttpRequest) -> HttpResponseBase:
        return render(asked, "desk/catalogue/models/version.html", pages.page(shown))

    return (_board_of_tables(page) if shown.editable and shown.draft.kind == "table" else page)(request)


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
