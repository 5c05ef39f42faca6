"""The page of the demo's identity provider: somebody else's site, were it real; says so, and exists in a demo only."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache

from tongban.contexts.parties.core.identity import LegalIdentity, VerifiedIdentity
from tongban.contexts.parties.core.refusals import IdentityRefused
from tongban.foundation.i18n import say
from tongban.integrations.identity_demo import PERSONS, DemoIdentityProvider
from tongban.kernel.codes import citizen_id
from tongban.kernel.refusals import Refusal
from tongban.terminals.common import forms
from tongban.terminals.common.identity import identity_provider
from tongban.terminals.common.sessions import SeeOther
from tongban.ui.forms import bind, read, summary


@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Choose one of the demo's people, or make somebody up."""
    provider = _provider()
    asked = (request.POST if request.method == "POST" else request.GET).get("request", "")
    specs = forms.demo_person()
    if request.method != "POST":
        return _show(request, asked, bind(specs, {"level": "3"}))
    key = request.POST.get("person", "")
    if key:
        person = next((p for p in PERSONS if p.key == key), None)
        if person is None:
            raise IdentityRefused
        return SeeOther(provider.answer(asked, person.identity))
    got = read(specs, request.POST)
    if bool(got.values.get("company")) != bool(got.values.get("credit_code")) and not got.errors:
        missing = "credit_code" if got.values.get("company") else "company"
        return _show(request, asked, bind(specs, got.raw, {missing: gettext("单位名称和信用代码要一起填")}), 422)
    try:
        if not got.errors:
            return SeeOther(provider.answer(asked, _made_up({k: str(v) for k, v in got.values.items()})))
    except Refusal as refusal:
        return _show(request, asked, bind(specs, got.raw, {refusal.field or "id_number": say(refusal)}), 422)
    return _show(request, asked, bind(specs, got.raw, got.errors), 422)


def _provider() -> DemoIdentityProvider:
    provider = identity_provider()
    if not isinstance(provider, DemoIdentityProvider) or not provider.enabled:
        raise Http404
    return provider


def _made_up(values: dict[str, str]) -> VerifiedIdentity:
    number = citizen_id.parse(values["id_number"]).text
    company = values.get("company", "")
    legal = (LegalIdentity(company, values["credit_code"]),) if company else ()
    return VerifiedIdentity(values["name"], number, values.get("phone", ""), int(values["level"]), legal)


def _show(request: HttpRequest, asked: str, fields: object, status: int = 200) -> HttpResponse:
    english = (get_language() or "").startswith("en")
    persons = [
        {
            "key": p.key,
            "name": f"{p.name_en} {p.identity.name}" if english else p.identity.name,
            "about": gettext(p.about),
            "level": p.identity.real_level,
        }
        for p in PERSONS
    ]
    context = {"request_token": asked, "fields": fields, "persons": persons}
    context["errors"] = summary(fields) if status == 422 else None  # type: ignore[arg-type]
    return render(request, "common/demo_identity.html", context, status=status)
