"""Filed batches: how each person's case stands, the receipt, every licence in one download."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongban.contexts.cases import queries as cases
from tongban.terminals.common.guards import citizen_required
from tongban.terminals.common.licence_archive import licence_archive
from tongban.terminals.common.papers import file_response
from tongban.terminals.common.requests import actor, today
from tongban.terminals.common.together_views import page_number
from tongban.terminals.portal.presenters import batch as shaped
from tongban.terminals.portal.views.base import page


@citizen_required
@require_safe
def batch(request: HttpRequest, batch_id: str) -> HttpResponse:
    """One batch: how many stand where, and each person."""
    view = cases.batch(batch_id, actor=actor(request), page=page_number(request))
    crumbs = [{"href": reverse("portal:cases"), "text": _("我的办件")}]
    context = {"nav": "cases", "batch": shaped.batch_page(view, today()), "crumbs": crumbs}
    return page(request, "portal/batch/batch.html", context)


@citizen_required
@require_safe
def document(request: HttpRequest, batch_id: str, file_id: str) -> HttpResponse:
    """A paper issued for the batch as a whole."""
    return file_response(cases.batch_document(batch_id, file_id, actor=actor(request)))


@citizen_required
@require_safe
def licences(request: HttpRequest, batch_id: str) -> HttpResponseBase:
    """Every licence of the batch that was issued, as one ZIP with an index."""
    who = actor(request)
    view = cases.batch(batch_id, actor=who)
    name = f"{view.state.number}.zip"
    answer = FileResponse(licence_archive(cases.licence_papers(batch_id, actor=who)), as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer
