"""The published lists and the figures over them, as pages and as files."""

from __future__ import annotations

import csv as writing
import io
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongban.contexts.catalogue import queries as catalogue
from tongban.kernel.spreadsheets import as_text
from tongban.terminals.portal.presenters import figures as counted
from tongban.terminals.portal.presenters import lists as shaped


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every published list, and how long it is."""
    context = {"nav": "", "crumbs": _crumbs(here=False), **shaped.index(catalogue.list_sizes(), catalogue.type_sizes())}
    return render(request, "portal/lists.html", context)


@require_safe
def one(request: HttpRequest, list_id: str) -> HttpResponse:
    """One list, narrowed by type and organ. Refuses `NotFound`."""
    agency, kind = _narrowed(request)
    given = request.GET.get("page", "1")
    page = int(given) if given.isascii() and given.isdigit() and 0 < int(given) < 10_000 else 1
    table = shaped.table(list_id, agency=agency, kind=kind, page=page)
    return render(request, "portal/lists_one.html", {"nav": "", "table": table, "crumbs": _crumbs()})


@require_safe
def csv(request: HttpRequest, list_id: str) -> HttpResponse:
    """The same list whole, as CSV in UTF-8 that spreadsheets open. Refuses `NotFound`."""
    agency, kind = _narrowed(request)
    return _file(shaped.list_words(list_id), shaped.csv_rows(list_id, agency=agency, kind=kind))


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How deep online, how much faster than the law, how often one must come: whole, by organ, by level."""
    context = {
        "nav": "",
        "crumbs": _crumbs(),
        "whole": counted.whole(catalogue.figures()),
        "organs": counted.by_organ(catalogue.figures_by_organ()),
        "levels": counted.by_level(catalogue.figures_by_level()),
    }
    return render(request, "portal/lists_figures.html", context)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The figures as counts, in CSV."""
    rows = counted.csv_rows(catalogue.figures(), catalogue.figures_by_organ(), catalogue.figures_by_level())
    return _file(_("做得怎么样"), rows)


def _file(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    answer = HttpResponse(_written(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or "attachment"
    return answer


def _narrowed(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("agency", "")[:40], request.GET.get("type", "")[:40]


def _crumbs(*, here: bool = True) -> list[dict[str, str]]:
    home = {"href": reverse("portal:home"), "text": _("办事")}
    return [home, {"href": reverse("portal:lists"), "text": _("公布的清单")}] if here else [home]


def _written(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = writing.writer(out)
    for row in rows:
        writer.writerow([as_text(cell) for cell in row])
    return "\ufeff" + out.getvalue()
