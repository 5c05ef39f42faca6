"""Acts on several cases of a batch at once, posted from the desk or the counter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from tongban.contexts.cases import actions
from tongban.contexts.cases.core.batch.views import BatchView
from tongban.foundation.i18n import say
from tongban.kernel.refusals import NotAllowed, NotFound, Refusal
from tongban.terminals.common.presenters.together import outcome
from tongban.terminals.common.requests import actor, now, request_id


def page_number(request: HttpRequest) -> int:
    """The page that is asked for; the first for what is no number."""
    asked = request.GET.get("page", "1")
    return int(asked) if len(asked) <= 6 and asked.isdecimal() else 1


def act_together(request: HttpRequest, view: BatchView) -> None:
    """Do the chosen act with the ticked cases; what came of it is shown on the next page.

    Raises NotFound and NotAllowed, for which there is no page to show them on.
    """
    which = request.POST.get("act", "")
    text = request.POST.get(f"{which}-text", "")[:2000].strip()
    common: dict[str, Any] = {
        "batch_id": view.id, "cases": request.POST.getlist("case"), "actor": actor(request),
        "request_id": request_id(request.POST), "now": now(),
    }  # fmt: skip
    try:
        if which == "accept":
            done = actions.accept_together(**common)
        elif which == "opine":
            done = actions.opine_together(**common, outcome="pass", opinion=text)
        elif which == "grant":
            done = actions.grant_together(**common, conditions=text)
        else:
            raise NotFound
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        messages.warning(request, say(refusal))
        return
    words, refused = outcome(done, view)
    if words:
        messages.success(request, words)
    for one in refused:
        messages.warning(request, one)
