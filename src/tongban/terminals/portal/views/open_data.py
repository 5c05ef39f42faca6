"""Open data: published items as JSON for any program, without an account. No personal data stands in a published item.

Every answer may be read from any site (CORS). A version never changes: its ETag is its digest and it may be kept for
ever; the version in force and the index are to be asked for again, which costs 304 and no body.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tongban.contexts.catalogue import queries as catalogue
from tongban.kernel.refusals import Refusal
from tongban.terminals.portal.presenters import open_data as shaped

_FOR_EVER = 365 * 24 * 3600
View = Callable[..., HttpResponseBase]


def _open(view: View) -> View:
    """Readable from any site; refusals are JSON too."""

    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Refusal as refusal:
            body = {"code": refusal.code, "message": gettext(refusal.message) % refusal.params}
            response = _json(body, status=refusal.status)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        return response

    return opened


def _json(body: Any, *, status: int = 200, kind: str = "application/json") -> HttpResponse:
    return JsonResponse(body, status=status, content_type=kind, json_dumps_params={"ensure_ascii": False})


def _answer(
    request: HttpRequest, make: Callable[[], Any], tag: str, *, kept: int = 0, kind: str = "application/json"
) -> HttpResponseBase:
    """The JSON that `make` builds under ETag `tag`, or 304; `kept` = seconds it may be used without asking."""
    etag = f'"{tag}"'
    response = get_conditional_response(request, etag=etag)
    if response is None or response.status_code != 304:
        response = _json(make(), kind=kind)
    response["ETag"] = etag
    if kept:
        patch_cache_control(response, public=True, max_age=kept, immutable=True)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    return response


@require_safe
@_open
def index(request: HttpRequest) -> HttpResponseBase:
    """The catalogue of data sets, as DCAT."""
    versions = catalogue.in_force()
    return _answer(request, lambda: shaped.dcat(versions), shaped.mark(versions), kind="application/ld+json")


@require_safe
@_open
def items(request: HttpRequest) -> HttpResponseBase:
    """Every item in force, one line each."""
    versions = catalogue.in_force()
    return _answer(request, lambda: shaped.index(versions), shaped.mark(versions))


@require_safe
@_open
def item(request: HttpRequest, code: str) -> HttpResponseBase:
    """The version of an item that is in force."""
    version = catalogue.current(code)
    return _answer(request, lambda: shaped.document(version), version.digest)


@require_safe
@_open
def version(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """One published version, in force or not."""
    found = catalogue.version(code, number)
    return _answer(request, lambda: shaped.document(found), found.digest, kept=_FOR_EVER)


@require_safe
@_open
def schema(request: HttpRequest) -> HttpResponseBase:
    """JSON Schema of the documents at `item` and `version`."""
    made = shaped.document_schema()
    return _answer(request, lambda: made, shaped.digest_of(made), kind="application/schema+json")
