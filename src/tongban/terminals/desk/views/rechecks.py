"""How published tables decide, and where people disagreed with them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tongban.contexts.cases import queries
from tongban.terminals.common.guards import officer_required
from tongban.terminals.common.requests import actor
from tongban.terminals.desk.access import NoDesk
from tongban.terminals.desk.presenters import rail, rechecks


@never_cache
@require_safe
@officer_required()
def figures(request: HttpRequest) -> HttpResponse:
    """Figures by table and version, samples and disagreements, as far as the officer may see. Refuses `NoDesk`."""
    who = actor(request)
    if not queries.may_see_tables(who):
        raise NoDesk
    context = {
        "nav": "worktable" if who.works_at_desk else "catalogue",
        "page": rechecks.page(queries.table_figures(actor=who), queries.disagreements(actor=who), who),
        "rail": rail.links(who, "rechecks") if who.works_at_desk else rechecks.small_rail(),
    }
    return render(request, "desk/rechecks.html", context)
