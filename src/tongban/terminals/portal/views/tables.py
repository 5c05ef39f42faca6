"""Decision tables for everybody: may I apply, what does it cost, by which rules is it decided. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core import asking
from tongban.contexts.catalogue.core.versions import ItemVersion
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.common.requests import now
from tongban.terminals.portal import forms
from tongban.terminals.portal.presenters import tables as shaped
from tongban.terminals.portal.views.base import page
from tongban.ui.forms import bind, read

_TEMPLATE = "portal/ask_table.html"
Answer = Callable[[ItemVersion, Mapping[str, Any], Any], shaped.Answered]


@require_http_methods(["GET", "HEAD", "POST"])
def eligible(request: HttpRequest, code: str) -> HttpResponse:
    """May I apply? A few questions, an answer with its reasons; the answers are in no address and no table."""
    version = catalogue.current(code)
    words = {
        "title": _("您符合条件吗"),
        "lead": _("答几个问题，就知道能不能申请。不用登录，您填的不会保存。"),
        "button": _("看结果"),
    }
    return _ask(request, version, shaped.eligibility(version), shaped.may_apply, words)


@require_http_methods(["GET", "HEAD", "POST"])
def fee(request: HttpRequest, code: str) -> HttpResponse:
    """What will it cost?"""
    version = catalogue.current(code)
    words = {
        "title": _("算算要交多少"),
        "lead": _("这里算的只是大约数，以缴款通知为准。您填的不会保存。"),
        "button": _("算一算"),
    }
    return _ask(request, version, shaped.fee(version), shaped.costs, words)


@require_safe
def tables(request: HttpRequest, code: str) -> HttpResponse:
    """Every table by which this item is decided."""
    version = catalogue.current(code)
    context = {
        "nav": "home",
        "item": said(version.item.name),
        "sections": shaped.sections(version),
        "crumbs": _crumbs(version),
    }
    return page(request, "portal/tables.html", context)


def _ask(
    request: HttpRequest, version: ItemVersion, reference: str, answer: Answer, words: dict[str, str]
) -> HttpResponse:
    specs = forms.questions(asking.questions(version.item, version.decisions, reference))
    got = read(specs, request.POST)
    posted = request.method == "POST"
    fields = bind(specs, got.raw, got.errors) if posted else bind(specs)
    answered = answer(version, got.values, now()) if posted and got.ok else None
    context = {
        **words,
        "nav": "home",
        "item": said(version.item.name),
        "fields": fields,
        "answered": answered,
        "errors": [{"href": f"#{one.control}", "text": one.error} for one in fields if posted and one.error],
        "steps": shaped.next_steps(version.item, answered),
        "crumbs": _crumbs(version),
    }
    return page(request, _TEMPLATE, context, 422 if posted and not got.ok else 200)


def _crumbs(version: ItemVersion) -> list[dict[str, str]]:
    return [
        {"href": reverse("portal:home"), "text": _("办事")},
        {"href": reverse("portal:guide", args=[version.item.code]), "text": said(version.item.name)},
    ]
