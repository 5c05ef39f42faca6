"""A batch at the window: its cases, accepted together."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tongban.contexts.cases import queries
from tongban.terminals.common.presenters import together
from tongban.terminals.common.requests import actor, today
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.common.together_views import act_together, page_number
from tongban.terminals.counter.views.base import at_window, page


@require_http_methods(["GET", "HEAD", "POST"])
@at_window
def batch(request: HttpRequest, batch_id: str) -> HttpResponse:
    """The cases of a batch of an item the window receives, with what can be done at once."""
    who = actor(request)
    view = queries.batch(batch_id, actor=who, page=page_number(request))
    if request.method == "POST":
        act_together(request, view)
        return SeeOther(request.get_full_path())
    return page(request, "counter/batch.html", {**together.page(view, who, today()), "case_url": "counter:case"})
