"""Language and large type: kept in cookies, changed by post only."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tongban.terminals.common.sessions import SeeOther, safe_next
from tongban.ui.context import CARE, MODE_COOKIE

YEAR = 365 * 24 * 3600


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Read the site in `language` from now on; an unknown language changes nothing."""
    response = SeeOther(safe_next(request, request.POST.get("next")))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@require_POST
def set_mode(request: HttpRequest) -> HttpResponse:
    """Turn 关怀版 on (`mode` = care) or off (empty)."""
    response = SeeOther(safe_next(request, request.POST.get("next")))
    if request.POST.get("mode") == CARE:
        _remember(response, MODE_COOKIE, CARE)
    else:
        response.delete_cookie(MODE_COOKIE, samesite="Lax")
    return response


def _remember(response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(
        cookie, value, max_age=YEAR, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
    )
