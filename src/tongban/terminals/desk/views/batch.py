"""A batch at the desk: its cases, and opinions and decisions given together."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tongban.contexts.cases import queries
from tongban.kernel.refusals import NotAllowed
from tongban.terminals.common.presenters import together
from tongban.terminals.common.requests import actor, new_request_id, today
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.common.together_views import act_together, page_number
from tongban.terminals.desk.access import WORKING, at_desk


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk()
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The cases of a batch, as far as the officer may see them, with what they can do at once."""
    who = actor(request)
    view = queries.batch(str(batch_id), actor=who, page=page_number(request))
    if request.method == "POST":
        if who.roles.isdisjoint(WORKING):
            raise NotAllowed
        act_together(request, view)
        return SeeOther(request.get_full_path())
    context = {
        **together.page(view, who, today()), "nav": "worktable", "case_url": "desk:case",
        "request_id": new_request_id(),
    }  # fmt: skip
    return render(request, "desk/batch.html", context)
