"""Who came: find, register, for whom they act, and what they came for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongban.contexts.cases import queries as cases
from tongban.contexts.documents import queries as documents
from tongban.contexts.parties import actions
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.actions.people import Registered
from tongban.contexts.parties.core.people import Party
from tongban.contexts.parties.core.refusals import PartyUnknown
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.requests import actor, new_request_id, now, request_id, today
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.counter import forms
from tongban.terminals.counter.presenters import inbox
from tongban.terminals.counter.presenters import people as shaped
from tongban.terminals.counter.views.base import at_window, kept_id, page, said
from tongban.ui.forms import FieldSpec, FormRead, bind, read, summary

#: What a citizen says is a sentence, not an essay.
MOST_WORDS = 100


@require_http_methods(["GET", "HEAD", "POST"])
@at_window
def register_person(request: HttpRequest) -> HttpResponse:
    """Enter a person who shows the identity card: real-name level 4 (STANDARDS §7.3)."""
    return _register(request, "person", forms.person(), "id_number", actions.register_natural)


@require_http_methods(["GET", "HEAD", "POST"])
@at_window
def register_company(request: HttpRequest) -> HttpResponse:
    """Enter an organisation from its licence."""
    return _register(request, "company", forms.company(), "credit_number", actions.register_legal)


def _register(
    request: HttpRequest,
    kind: str,
    specs: tuple[FieldSpec, ...],
    number: str,
    action: Callable[..., Registered],
) -> HttpResponse:
    """The form, then the act; `number` is the field that a search has filled in already."""
    if request.method != "POST":
        return _register_page(request, kind, specs, {number: request.GET.get("number", "")[:30]})
    got = read(specs, request.POST)
    if not got.ok:
        return _register_page(request, kind, specs, got.raw, got.errors)
    text = {name: str(got.values[name]) for name in ("name", number, "phone", "address")}
    try:
        done = action(**text, actor=actor(request), now=now(), request_id=request_id(request.POST))
    except Refusal as refusal:
        return _register_page(request, kind, specs, got.raw, refusal=refusal)
    return SeeOther(reverse("counter:party", args=[done.party_id]))


def _register_page(
    request: HttpRequest,
    kind: str,
    specs: tuple[FieldSpec, ...],
    values: Any,
    errors: dict[str, str] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    message = said(refusal) if refusal else ""
    fields = bind(specs, values, errors)
    status = refusal.status if refusal else 422 if errors else 200
    context = {
        "kind": kind, "fields": fields, "errors": summary(fields, message) if status != 200 else None,
        "request_id": kept_id(request, refusal) if refusal else new_request_id(),
    }  # fmt: skip
    return page(request, "counter/register.html", context, status)


@require_safe
@at_window
def party(request: HttpRequest, party_id: str) -> HttpResponse:
    """Somebody at the window; ?say= looks for the item they came for."""
    return party_page(request, parties.party(party_id, actor=actor(request)))


def party_page(
    request: HttpRequest, found: Party, got: FormRead | None = None, message: str = "", status: int = 200
) -> HttpResponse:
    """The page of a party, also with a form that was refused."""
    who, day = actor(request), today()
    mandates = parties.mandates(found.id, actor=who)
    specs = forms.mandate(of_company=found.kind == "legal")
    fields = bind(specs, got.raw if got else None, got.errors if got else None)
    failed = status != 200
    context = {
        "party": found, "card": shaped.card(found), "fields": fields, "mandate_open": got is not None,
        "errors": summary(fields, message) if failed else None,
        "rows": inbox.case_rows(cases.case_lines(party_id=found.id, actor=who), day),
        "licences": shaped.licences(documents.licences_of([found.id], today=day), day),
        **_what_for(request, found, mandates, day),
    }  # fmt: skip
    return page(request, "counter/party.html", context, status)


def _what_for(request: HttpRequest, found: Party, mandates: Any, day: date) -> dict[str, Any]:
    """The search for an item, for a person; for a company, who may act for it."""
    if found.kind == "legal":
        return {"agents": shaped.agents(found, mandates, day)}
    who = actor(request)
    may_be_for = shaped.applicants(found, mandates, day)
    words = (request.POST.get("say") or request.GET.get("say", ""))[:MOST_WORDS].strip()
    chosen = request.POST.get("applicant", found.id)
    return {
        "say": words, "found": shaped.search(words, who, may_be_for), "applicants": may_be_for, "chosen": chosen,
        "districts": shaped.districts(who), "comprehensive": "*" in who.window_items,
    }  # fmt: skip


@require_POST
@at_window
def mandate(request: HttpRequest, party_id: str) -> HttpResponse:
    """Enter a mandate from the paper that is shown: this person may act for the one named, or the other way round."""
    who = actor(request)
    found = parties.party(party_id, actor=who)
    got = read(forms.mandate(of_company=found.kind == "legal"), request.POST)
    if not got.ok:
        return party_page(request, found, got, status=422)
    other = parties.find_party(str(got.values["number"]), actor=who)
    if other is None:
        return party_page(request, found, got, said(PartyUnknown(field="number")), 422)
    giver, holder = (found, other) if found.kind == "legal" else (other, found)
    end = str(got.values["valid_to"])
    try:
        actions.grant_mandate(
            from_party=giver.id, to_party=holder.id, valid_to=date.fromisoformat(end) if end else None,
            actor=who, now=now(), request_id=request_id(request.POST),
        )  # fmt: skip
    except Refusal as refusal:
        return party_page(request, found, got, said(refusal), refusal.status)
    messages.success(request, _("已登记：%(holder)s可以代%(giver)s办事") % {"holder": holder.name, "giver": giver.name})
    return SeeOther(reverse("counter:party", args=[holder.id]))
