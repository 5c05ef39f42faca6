"""The gallery: every part in every state, with invented examples. Shown in demo and debug only."""

from __future__ import annotations

from typing import Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tongban.ui.gallery import sections


def portal(request: HttpRequest) -> HttpResponse:
    """The parts of the portal layer."""
    return _page(request, "portal")


def staff(request: HttpRequest) -> HttpResponse:
    """The parts of the dense layer."""
    return _page(request, "staff")


def _page(request: HttpRequest, layer: Literal["portal", "staff"]) -> HttpResponse:
    if not (settings.DEBUG or getattr(settings, "TONGBAN_DEMO", False)):
        raise Http404
    return render(request, f"ui/gallery/{layer}.html", {"sections": sections(layer)})
