"""Two thin layers round every view: who is asking, and what a refusal looks like."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from tongban.foundation.i18n import say
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.sessions import ACCOUNT, actor_of

GetResponse = Callable[[HttpRequest], HttpResponse]
STAFF_TERMINALS = frozenset({"desk", "counter"})


class ActorMiddleware:
    """Gives `request.actor`: asked of the database when somebody first looks at it, and then once."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.session.accessed and request.session.get(ACCOUNT):  # what names somebody is kept by no cache
            response.setdefault("Cache-Control", "private, no-store")
        return response


class RefusalMiddleware:
    """Turns any `Refusal` a view lets through into a page (or JSON) with its words and status. Faults pass on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal_response(request, exception) if isinstance(exception, Refusal) else None


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a refused request: JSON where the client prefers it, else a page in the terminal's look."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        body = {"code": refusal.code, "message": say(refusal), "field": refusal.field}
        return JsonResponse(body, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    context = {
        "base": "common/staff_base.html" if _staff(request) else "common/portal_base.html",
        "staff": _staff(request),
        "message": say(refusal),
        "code": refusal.code,
        "status": refusal.status,
    }
    return render(request, "common/refusal.html", context, status=refusal.status)


def _staff(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and (match.app_name in STAFF_TERMINALS or (match.url_name or "").startswith("staff"))
