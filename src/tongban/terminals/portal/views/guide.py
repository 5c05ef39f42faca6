"""The guide of one item, and what can be taken along from it: PDF, forms, code."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.versions import ItemVersion
from tongban.contexts.documents import actions as documents
from tongban.contexts.parties import queries as parties
from tongban.kernel.refusals import NotFound
from tongban.terminals.common.papers import POLICY
from tongban.terminals.common.presenters.languages import agency_of_item, said
from tongban.terminals.common.requests import today
from tongban.terminals.portal.presenters import guide as shaped
from tongban.terminals.portal.presenters import prints
from tongban.terminals.portal.presenters import tables as decided_by
from tongban.ui import context

#: A browser may keep a sheet this long; a new version is seen after it at the latest.
_SECONDS = 300


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """How to get one thing done."""
    version = catalogue.current(code)
    item = version.item
    crumbs = [
        {"href": reverse("portal:home"), "text": _("办事")},
        {
            "href": f"{reverse('portal:services')}?agency={item.agency}",
            "text": agency_of_item(item.agency, short=True),
        },
    ]
    context = {
        "nav": "home",
        "guide": _guide(request, version),
        "tables": decided_by.links(version),
        "crumbs": crumbs,
    }
    return render(request, "portal/guide.html", context)


@require_safe
def code(request: HttpRequest, code: str) -> HttpResponse:
    """The guide's address as a QR code."""
    item = catalogue.current(code).item
    return _sheet(documents.qr_svg(_address(item.code)).encode(), "image/svg+xml", "")


@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The guide as PDF, for the same answers as the page."""
    version = catalogue.current(code)
    address = _address(version.item.code)
    qr = documents.qr_svg(address)
    sheet = prints.sheet(_guide(request, version), address=address, qr=qr, demo=_demo(request))
    data = documents.render_sheet(sheet, at=_at(version))
    return _sheet(data, "application/pdf", f"{said(version.item.name)}.pdf")


@require_safe
def form(request: HttpRequest, code: str, *, sample: bool = False) -> HttpResponse:
    """The application form on paper, blank or as a sample. Refuses `NotFound` for an item without a form here."""
    version = catalogue.current(code)
    if version.item.handling is None:
        raise NotFound
    sheet = prints.paper_form(version.item, sample=sample, published=version.published_at, demo=_demo(request))
    data = documents.render_form(sheet, at=_at(version))
    return _sheet(data, "application/pdf", f"{sheet.title}.pdf")


@require_safe
def file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """A blank form or sample that stands beside the item. Refuses `NotFound`."""
    found, data = catalogue.item_file(catalogue.current(code).item.code, name)
    answer = _sheet(data, found.media_type, found.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    return answer


def _guide(request: HttpRequest, version: ItemVersion) -> shaped.Guide:
    """The guide for the answers in the address."""
    answers = shaped.answers_in(version.item, request.GET)
    windows = parties.windows() if version.item.can_be_handled else ()
    return shaped.guide(version, windows, answers, today(), change=request.GET.get("change") == "1")


def _address(code: str) -> str:
    return f"{settings.TONGBAN_BASE_URL}{reverse('portal:guide', args=[code])}"


def _demo(request: HttpRequest) -> str:
    around = context.page(request)
    return prints.demo_line(around["city"], demo=around["demo"])


def _at(version: ItemVersion) -> datetime:
    return version.published_at.astimezone(UTC).replace(microsecond=0)


def _sheet(data: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media_type)
    if name:
        answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    answer["Cache-Control"] = f"public, max-age={_SECONDS}"
    answer["Vary"] = "Cookie, Accept-Language"
    return answer
