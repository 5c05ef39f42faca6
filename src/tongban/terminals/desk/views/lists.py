"""Lists of the desk: what is to be done, what was done, and where a case is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tongban.contexts.cases import queries
from tongban.contexts.cases.core.views import WorktableFilter
from tongban.contexts.parties.core import Role
from tongban.terminals.common.guards import officer_required
from tongban.terminals.common.presenters import together
from tongban.terminals.common.requests import actor, now, today
from tongban.terminals.desk.access import CATALOGUE, at_desk
from tongban.terminals.desk.presenters import preview, rail, table
from tongban.terminals.desk.standing import stand

#: More of what somebody typed is no name and no number.
MOST_WORDS = 60


@require_safe
@officer_required()
def home(request: HttpRequest) -> HttpResponse:
    """Where the work is: a supervisor has none here and looks cases up; who only writes items goes to the catalogue."""
    who = actor(request)
    name = "desk:find" if who.roles == {Role.SUPERVISOR} else "desk:worktable"
    if who.works_on_catalogue and not who.works_at_desk:
        # who reviews or publishes begins with what waits for it
        waits = not who.roles.isdisjoint(CATALOGUE - {Role.CATALOGUE_OWNER})
        return HttpResponseRedirect(
            reverse("desk:catalogue_drafts") + "?of=waiting" if waits else reverse("desk:catalogue")
        )
    return HttpResponseRedirect(reverse(name))


@never_cache
@require_safe
@at_desk()
def worktable(request: HttpRequest) -> HttpResponse:
    """Open tasks of the officer's organ and roles, nearest deadline first; one case of it beside the list."""
    who = actor(request)
    if who.roles == {Role.SUPERVISOR}:
        return HttpResponseRedirect(reverse("desk:find"))
    chosen = _chosen(request)
    day = today()
    found = queries.worktable(actor=who, chosen=chosen, today=day)
    page = table.page(found, chosen, who, day, current=request.GET.get("case", ""))
    beside = page.current and preview.preview(stand(page.current.case_id, actor=who, now=now()), page.current)
    narrowed = any((chosen.band, chosen.act, chosen.item, chosen.words))
    left = rail.links(who, "worktable", None if narrowed else page, chosen.act)
    batches = together.links([one.case_id for one in found.lines], "desk:batch")
    context = {"nav": "worktable", "page": page, "preview": beside, "rail": left, "batches": batches}
    return render(request, "desk/worktable.html", context)


def _chosen(request: HttpRequest) -> WorktableFilter:
    given = {name: request.GET.get(name, "")[:400] for name in ("band", "act", "item", "after")}
    return WorktableFilter(**given, words=_words(request))


def _words(request: HttpRequest) -> str:
    """What is looked for; a short number may be typed as it is shown, with its hyphen."""
    words = request.GET.get("q", "")[:MOST_WORDS].strip()
    bare = words.replace("-", "")
    return bare if bare.isdigit() else words


@never_cache
@require_safe
@at_desk(Role.REVIEWER, Role.APPROVER)
def done(request: HttpRequest) -> HttpResponse:
    """What the officer did, last first."""
    who = actor(request)
    rows = table.done_rows(queries.done_by(actor=who))
    context = {"nav": "worktable", "rows": rows, "rail": rail.links(who, "done")}
    return render(request, "desk/done.html", context)


@never_cache
@require_safe
@at_desk()
def find(request: HttpRequest) -> HttpResponse:
    """Cases by the end of their number or the beginning of the applicant's name, as far as the officer may see."""
    who = actor(request)
    words = _words(request)
    lines = queries.find_cases(words, actor=who)
    context = {
        "nav": "worktable", "q": words, "short": 0 < len(words) < 2, "rows": table.found_rows(lines, today()),
        "rail": rail.links(who, "find"),
    }  # fmt: skip
    return render(request, "desk/find.html", context)
