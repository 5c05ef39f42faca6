"""The window's own page: what waits, and who came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tongban.contexts.cases import queries as cases
from tongban.contexts.cases.core.views import WorktableFilter
from tongban.contexts.parties import queries as parties
from tongban.terminals.common.presenters import together
from tongban.terminals.common.requests import actor, today
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.counter.presenters import inbox
from tongban.terminals.counter.views.base import at_window, page

#: Nothing anybody looks for here is longer: a case number has 43 characters.
MOST_WORDS = 80


@require_safe
@at_window
def home(request: HttpRequest) -> HttpResponse:
    """Applications to look through and results to hand over, nearest deadline first."""
    who, day = actor(request), today()
    given = {name: request.GET.get(name, "")[:400] for name in ("band", "act", "after")}
    chosen = WorktableFilter(**given)
    table = cases.worktable(actor=who, chosen=chosen, today=day)
    context = {
        "batches": together.links([one.case_id for one in table.lines], "counter:batch"),
        "rows": inbox.rows(table, day), "tabs": inbox.tabs(chosen), "counts": inbox.counts(table, chosen),
        "more": inbox.more(table, chosen), "filtered": bool(chosen.band or chosen.act or chosen.after),
        "unfinished": inbox.unfinished(cases.drafts(actor=who)), "authorised": inbox.authorised(who),
    }  # fmt: skip
    return page(request, "counter/home.html", context)


@require_safe
@at_window
def find(request: HttpRequest) -> HttpResponse:
    """A person or company by the whole number, or a case by number or the applicant's name."""
    who = actor(request)
    words = request.GET.get("q", "")[:MOST_WORDS].strip()
    compact = "".join(words.split())
    party = parties.find_party(compact, actor=who) if compact.isalnum() and len(compact) in (15, 18) else None
    if party is not None:
        return SeeOther(reverse("counter:party", args=[party.id]))
    lines = cases.find_cases(words, actor=who)
    if len(lines) == 1 and lines[0].number == compact.upper():
        return SeeOther(reverse("counter:case", args=[lines[0].id]))
    context = {
        "q": words, "rows": inbox.case_rows(lines, today()), "short": len(words) < 2,
        "is_person": len(compact) in (15, 18) and not compact.startswith("9"), "is_company": len(compact) == 18,
        "unfinished": inbox.unfinished(cases.drafts(actor=who)), "authorised": inbox.authorised(who),
    }  # fmt: skip
    return page(request, "counter/find.html", context)
