"""The gallery: every part in every state, with invented examples. Shown in demo and debug only."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tongban.ui.gallery import portal_parts, staff_parts


def portal(request: HttpRequest) -> HttpResponse:
    """The parts of the portal layer."""
    return _page(request, "ui/gallery/portal.html", portal_parts())


def staff(request: HttpRequest) -> HttpResponse:
    """The parts of the dense layer."""
    return _page(request, "ui/gallery/staff.html", staff_parts())


def _page(request: HttpRequest, template: str, parts: dict[str, object]) -> HttpResponse:
    if not (settings.DEBUG or getattr(settings, "TONGBAN_DEMO", False)):
        raise Http404
    return render(request, template, parts)
