"""Cases: the list, one case, and what its applicant may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongban.contexts.cases import actions
from tongban.contexts.cases import queries as cases
from tongban.contexts.cases.core.automatic.commands import AskReview
from tongban.contexts.cases.core.refusals import MaterialMissing, StepOutOfOrder
from tongban.contexts.cases.core.state import Phase
from tongban.contexts.cases.core.views import CaseView, DraftView
from tongban.contexts.parties.core import Actor
from tongban.foundation.i18n import say
from tongban.kernel.refusals import NotFound, Refusal
from tongban.terminals.common.guards import citizen_required
from tongban.terminals.common.papers import file_response, keep_files
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.common.requests import actor, new_request_id, now, request_id, today
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.common.trial import TEXT, trial
from tongban.terminals.portal import forms
from tongban.terminals.portal.presenters import apply, by_table, fair, home
from tongban.terminals.portal.presenters import batch as batches
from tongban.terminals.portal.presenters import case as shaped
from tongban.terminals.portal.presenters import special as specials
from tongban.terminals.portal.views.base import page
from tongban.ui.forms import FieldSpec, bind, read, summary


@citizen_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """My cases and drafts."""
    who = actor(request)
    context = {
        "nav": "cases",
        "drafts": [
            *home.drafts(cases.drafts(actor=who)),
            *(batches.draft_line(one) for one in cases.batch_drafts(actor=who)),
        ],
        "batches": [batches.batch_line(one) for one in cases.batches(actor=who)],
        **shaped.lines(cases.my_cases(actor=who), today()),
    }
    return page(request, "portal/cases.html", context)


@citizen_required
@require_safe
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """One case: where it is, who holds it, how long, what happened."""
    who = actor(request)
    view = cases.case(case_id, actor=who)
    may_ask = trial(view, AskReview(TEXT), actor=who, now=now()) is None
    context = {"nav": "cases", "case": shaped.page(view, today()), "crumbs": _crumbs()}
    context["specials"] = specials.section(view, today())
    context["by_table"] = by_table.section(view, may_ask=may_ask)
    context["fair"] = fair.of_case(view, now())
    return page(request, "portal/case.html", context)


def _crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    return [{"href": reverse("portal:cases"), "text": _("我的办件")}, *more]


def _case_crumbs(view: CaseView) -> list[dict[str, str]]:
    return _crumbs({"href": reverse("portal:case", args=[view.id]), "text": said(view.item.name)})


@citizen_required
@require_safe
def receipt(request: HttpRequest, case_id: str) -> HttpResponse:
    """What filing gave: number, query code, what comes next."""
    view = cases.case(case_id, actor=actor(request))
    return page(request, "portal/receipt.html", {"nav": "cases", "receipt": shaped.receipt(view)})


@citizen_required
@require_safe
def material(request: HttpRequest, case_id: str, file_id: str) -> HttpResponse:
    """A file the applicant handed in."""
    return file_response(cases.material_bytes(case_id, file_id, actor=actor(request)))


@citizen_required
@require_safe
def document(request: HttpRequest, case_id: str, file_id: str) -> HttpResponse:
    """A written act or licence of the case."""
    return file_response(cases.document_bytes(case_id, file_id, actor=actor(request)))


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, case_id: str) -> HttpResponse:
    """Gather what the notice asks for, then hand it in."""
    who, errors = actor(request), list[dict[str, str]]()
    if request.method == "POST":
        errors = _gather(request, case_id, who)
        if not errors and request.POST.get("go") != "answer":
            return SeeOther(request.path)
        if not errors:
            try:
                actions.answer_supplement(case_id=case_id, actor=who, request_id=request_id(request.POST), now=now())
                return SeeOther(reverse("portal:case", args=[case_id]))
            except MaterialMissing as refusal:
                errors = [{"href": f"#{key}", "text": say(refusal)} for key in refusal.materials[:1]]
    view = cases.case(case_id, actor=who)
    if view.state.phase is not Phase.CORRECTING:
        raise StepOutOfOrder(phase=words.phase_words(view.state.phase))
    context = {
        "nav": "cases", "crumbs": _case_crumbs(view), "case_id": case_id, "item": said(view.item.name),
        "supplement": view.state.supplement, "papers": _wanted(view, _gathered(case_id, who), errors),
        "errors": errors, "request_id": new_request_id(),
    }  # fmt: skip
    return page(request, "portal/supplement.html", context, 422 if errors else 200)


def _gathered(case_id: str, who: Actor) -> DraftView | None:
    try:
        return cases.draft(case_id, actor=who)
    except NotFound:
        return None


def _gather(request: HttpRequest, case_id: str, who: Actor) -> list[dict[str, str]]:
    """Keep the files of the form; what was refused and why."""
    if request.FILES or request.POST.get("remove"):
        actions.open_supplement(case_id=case_id, actor=who, now=now())
    refused = keep_files(request, case_id, actor=who, now=now())
    return [{"href": f"#{key}", "text": text} for key, text in refused.items()]


def _wanted(view: CaseView, gathered: DraftView | None, errors: list[dict[str, str]]) -> list[dict[str, Any]]:
    """One upload for every line of the notice, with the officer's own words."""
    kinds = {m.id: m for m in view.item.materials}
    given = {m.id: m for m in gathered.materials} if gathered else {}
    wrong = {line["href"].removeprefix("#"): line["text"] for line in errors}
    return [
        apply.upload(view.id, kinds[one["id"]], given.get(one["id"]), wrong.get(one["id"], ""), one["reason"])
        for one in shaped.wanted(view)
        if one["id"] in kinds
    ]


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask, then withdraw."""
    specs = forms.withdrawal()
    got = read(specs, request.POST)
    if request.method == "POST" and got.ok:
        actions.withdraw(
            case_id=case_id, reason=str(got.values["reason"]), actor=actor(request),
            request_id=request_id(request.POST), now=now(),
        )  # fmt: skip
        return SeeOther(reverse("portal:case", args=[case_id]))
    return _asking(request, "portal/withdraw.html", case_id, specs, got.raw, got.errors)


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, case_id: str) -> HttpResponse:
    """好差评, once."""
    specs = forms.rating(forms.rating_tags())
    got = read(specs, request.POST)
    message = ""
    if request.method == "POST" and got.ok:
        try:
            actions.rate(
                case_id=case_id, score=int(str(got.values["score"])), details=tuple(got.values["details"] or ()),
                text=str(got.values["text"]), actor=actor(request), request_id=request_id(request.POST), now=now(),
            )  # fmt: skip
            return SeeOther(reverse("portal:case", args=[case_id]))
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            message = say(refusal)
    return _asking(request, "portal/rate.html", case_id, specs, got.raw, got.errors, message)


def _asking(
    request: HttpRequest,
    template: str,
    case_id: str,
    specs: tuple[FieldSpec, ...],
    values: Any,
    errors: Any,
    message: str = "",
) -> HttpResponse:
    view = cases.case(case_id, actor=actor(request))
    posted = request.method == "POST"
    fields = bind(specs, values if posted else {}, errors if posted else {})
    context = {
        "nav": "cases", "crumbs": _case_crumbs(view), "item": said(view.item.name), "case": view, "fields": fields,
        "errors": summary(fields, message) if posted else None, "request_id": new_request_id(),
    }  # fmt: skip
    return page(request, template, context, 422 if posted else 200)
