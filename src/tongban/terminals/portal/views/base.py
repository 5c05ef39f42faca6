"""What the portal's views share."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    """A page that is nobody else's: never kept by a browser or a proxy."""
    response = render(request, template, dict(context), status=status)
    response["Cache-Control"] = "private, no-store"
    return response
