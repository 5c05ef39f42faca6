"""One case: everything of it on one page, and the acts of the desk."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tongban.contexts.cases import queries
from tongban.contexts.cases.core.views import WorktableFilter
from tongban.contexts.parties.core import Role
from tongban.foundation import ledger
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.requests import actor, now
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.desk.access import at_desk
from tongban.terminals.desk.acts import acts
from tongban.terminals.desk.forms import Answer, blank, read_answer
from tongban.terminals.desk.presenters import case_page, neighbours
from tongban.terminals.desk.standing import Standing, stand


@never_cache
@require_safe
@at_desk()
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case page; ?material= opens a paper, ?task= one of several own tasks, ?verify=1 checks the chain."""
    who = actor(request)
    standing = stand(str(case_id), actor=who, now=now(), task=request.GET.get("task", ""))
    return _page(request, standing, blank(request.GET.get("act", "")))


@never_cache
@require_POST
@at_desk(Role.REVIEWER, Role.APPROVER, Role.CHIEF_REPRESENTATIVE)
def act(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Do the chosen act. A refusal comes back on the same page, with everything that was typed."""
    who = actor(request)
    task = request.POST.get("task", "")
    standing = stand(str(case_id), actor=who, now=now(), task=task, even_done=True)
    answer = read_answer(acts(standing), request.POST)
    if not answer.ok or answer.act is None:
        return _page(request, standing, answer)
    try:
        answer.act.perform(answer.values, standing, answer.request_id)
    except Refusal as refusal:
        afresh = stand(str(case_id), actor=who, now=now(), task=task, even_done=True)
        return _page(request, afresh, answer.refused(refusal))
    messages.success(request, _("已办：%(act)s。%(effect)s") % {"act": answer.act.name, "effect": answer.act.effect})
    return SeeOther(reverse("desk:case", args=[case_id]))


def _page(request: HttpRequest, standing: Standing, answer: Answer) -> HttpResponse:
    context = case_page.page(standing, answer, material=request.GET.get("material", ""))
    context["beside"] = _beside(standing)
    if request.GET.get("verify"):
        context["verified"] = ledger.verify([standing.view.id])
    return render(request, "desk/case.html", context, status=answer.status)


def _beside(standing: Standing) -> neighbours.Neighbours:
    """The cases before and after this one on the officer's worktable."""
    if standing.actor.roles == {Role.SUPERVISOR}:
        return neighbours.Neighbours()
    found = queries.worktable(actor=standing.actor, chosen=WorktableFilter(), today=standing.today)
    return neighbours.of(found, standing.view.id)
