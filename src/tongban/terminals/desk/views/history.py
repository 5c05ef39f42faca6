"""Imported event logs at the desk: to look at, nothing to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tongban.terminals.common.requests import actor
from tongban.terminals.desk.access import at_catalogue
from tongban.terminals.desk.presenters import history_pages as pages


@never_cache
@require_safe
@at_catalogue()
def logs(request: HttpRequest) -> HttpResponse:
    """Every imported log."""
    return render(request, "desk/history/logs.html", pages.logs(actor(request)))


@never_cache
@require_safe
@at_catalogue()
def log(request: HttpRequest, name: str) -> HttpResponse:
    """One log: its figures, its picture, its cases by page."""
    return render(request, "desk/history/log.html", pages.log(name, pages.Asked.of(request.GET), actor(request)))


@never_cache
@require_safe
@at_catalogue()
def case(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One case of it: its course on the route, with its days."""
    return render(request, "desk/history/case.html", pages.case(name, number, actor(request)))
