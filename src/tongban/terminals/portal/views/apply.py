"""Applying: start, one topic a page, materials, check, file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongban.contexts.cases import actions
from tongban.contexts.cases import queries as cases
from tongban.contexts.cases.core.answers import asked
from tongban.contexts.cases.core.refusals import AnswersIncomplete, ItemChanged, MaterialMissing
from tongban.contexts.cases.core.views import DraftView
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Field, FormStep
from tongban.contexts.documents import queries as documents
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor
from tongban.foundation.i18n import say
from tongban.kernel.refusals import NotFound, Refusal
from tongban.terminals.common.guards import citizen_required
from tongban.terminals.common.papers import file_response, keep_files
from tongban.terminals.common.presenters import forms as offered
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.common.requests import actor, new_request_id, now, request_id, today
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.portal import forms
from tongban.terminals.portal.presenters import apply as shaped
from tongban.terminals.portal.presenters import by_table, guide
from tongban.terminals.portal.presenters import tables as by_tables
from tongban.terminals.portal.views.base import page
from tongban.ui.forms import FormRead, Value, bind, read, summary


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """For whom and where; then the draft begins."""
    item, who = catalogue.current(code).item, actor(request)
    if item.handling is None:
        raise NotFound
    principals = shaped.may_be_for(who, item)
    specs = forms.start(principals, offered.districts())
    got = read(specs, request.POST)
    answers = guide.answers_in(item, request.GET)  # given in the guide; checked with the rest when it is filed
    if request.method == "POST" and got.ok:
        draft_id = actions.start_draft(
            item_code=code, principal_id=str(got.values["principal"]), division=str(got.values["division"]),
            actor=who, now=now(),
        )  # fmt: skip
        if answers:
            actions.save_answers(draft_id=draft_id, values=answers, actor=who, now=now())
        return SeeOther(reverse("portal:draft", args=[draft_id]))
    posted = request.method == "POST"
    known: dict[str, Value] = {"principal": principals[0].id} if len(principals) == 1 else {}
    fields = bind(specs, got.raw if posted else known, got.errors if posted else {})
    licences = documents.licences_of([p.id for p in principals], today=today())
    context = {
        "item": said(item.name), "code": code, "fields": fields, "errors": summary(fields) if posted else None,
        "may": bool(principals),
        "first": shaped.first_needed(item, licences, registered=any(p.kind == "legal" for p in principals)),
        "level": item.handling.minimum_real_level, "level_ok": who.real_level >= item.handling.minimum_real_level,
        "crumbs": [{"href": guide.with_answers("portal:guide", item, answers), "text": said(item.name)}],
    }  # fmt: skip
    return page(request, "portal/start.html", context, 422 if posted else 200)


@citizen_required
@require_safe
def draft(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Go on where it was left."""
    return SeeOther(shaped.resume(_draft(draft_id, actor(request))))


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, draft_id: str, step_id: str) -> HttpResponse:
    """One topic of the form."""
    who = actor(request)
    found = _draft(draft_id, who)
    topic = _topic(found, step_id)
    if request.method != "POST":
        return _topic_page(request, found, topic, _known(found, topic, who))
    got, fields = _read(request, found, topic)
    now_asked = [f for f in topic.fields if asked(f, {**found.values, **got.values})]
    passed = got.ok and all(f in fields for f in now_asked)
    actions.save_answers(
        draft_id=draft_id, values=got.values, step=step_id if passed else "", actor=who, now=now()
    )  # fmt: skip
    if not got.ok:
        return _topic_page(request, found, topic, got.raw, got.errors, fields)
    return SeeOther(shaped.after(found, step_id) if passed else request.path)


@citizen_required
@require_POST
def save(request: HttpRequest, draft_id: str, step_id: str) -> HttpResponse:
    """Keep what was typed so far, sent by the page itself; wrong and missing answers are left for later."""
    who = actor(request)
    found = _draft(draft_id, who)
    got, _fields = _read(request, found, _topic(found, step_id))
    actions.save_answers(draft_id=draft_id, values=got.values, actor=who, now=now())
    return HttpResponse(status=204)


def _draft(draft_id: str, who: Actor) -> DraftView:
    found = cases.draft(draft_id, actor=who)
    if found.kind != "application":
        raise NotFound
    return found


def _topic(found: DraftView, step_id: str) -> FormStep:
    topic = next((one for one in shaped.form(found) if one.id == step_id), None)
    if topic is None:
        raise NotFound
    return topic


def _known(found: DraftView, topic: FormStep, who: Actor) -> dict[str, Value]:
    """What was answered; on the first visit, what the city knows already."""
    if topic.id in found.steps_done or not any(field.prefill for field in topic.fields):
        return dict(found.values)
    principal = parties.particulars(found.principal, actor=who)
    person = principal if found.person == found.principal else parties.particulars(found.person, actor=who)
    return {**offered.prefilled(topic.fields, principal, person), **found.values}


def _read(request: HttpRequest, found: DraftView, topic: FormStep) -> tuple[FormRead, tuple[Field, ...]]:
    """The questions that were on the page, which the form names itself, and their answers."""
    on_page = set(request.POST.getlist("asked"))
    fields = tuple(f for f in topic.fields if f.id in on_page or (not on_page and asked(f, found.values)))
    got = read(forms.questions(fields), request.POST)
    values = {**found.values, **got.values}
    errors = {f.id: got.errors[f.id] for f in fields if f.id in got.errors and asked(f, values)}
    return replace(got, errors=errors), fields


def _topic_page(
    request: HttpRequest,
    found: DraftView,
    topic: FormStep,
    values: dict[str, Value],
    errors: dict[str, str] | None = None,
    fields: tuple[Field, ...] = (),
) -> HttpResponse:
    chosen = fields or tuple(f for f in topic.fields if asked(f, values))
    bound = bind(forms.questions(chosen), values, errors or {})
    context = {
        "title": said(topic.title), "fields": bound, "errors": summary(bound) if errors else None,
        "asked": [f.id for f in chosen], "steps": shaped.steps(found, topic.id),
        "autosave": reverse("portal:save", args=[found.id, topic.id]),
        **_around(request, found), "back": shaped.before(found, topic.id),
    }  # fmt: skip
    return page(request, "portal/step.html", context, 422 if errors else 200)


def _around(request: HttpRequest, found: DraftView) -> dict[str, Any]:
    principal = actor(request).principal(found.principal)
    return {"side": shaped.side(found, principal.name if principal else ""), "draft": found}


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def materials(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The papers: every file that was chosen is kept, whichever button was pressed."""
    who, errors = actor(request), dict[str, str]()
    if request.method == "POST":
        errors = keep_files(request, draft_id, actor=who, now=now())
        if not errors:
            onward = "portal:check" if request.POST.get("go") == "next" else "portal:materials"
            return SeeOther(reverse(onward, args=[draft_id]))
    found = _draft(draft_id, who)
    last = shaped.form(found)[-1]
    context = {
        "papers": shaped.materials(found, errors), "steps": shaped.steps(found, "materials"),
        "errors": [{"href": f"#{key}", "text": text} for key, text in errors.items()], **_around(request, found),
        "back": {"href": reverse("portal:step", args=[draft_id, last.id]), "text": _("上一步")},
    }  # fmt: skip
    return page(request, "portal/materials.html", context, 422 if errors else 200)


@citizen_required
@require_safe
def file(request: HttpRequest, draft_id: str, file_id: str) -> HttpResponse:
    """A file that was brought for an application or a supplement and is not handed in yet."""
    return file_response(cases.draft_bytes(draft_id, file_id, actor=actor(request)))


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, draft_id: str) -> HttpResponseBase:
    """Check answers, promise, file."""
    before = _before(request, draft_id)
    specs = forms.promise(instant=before["instant"], commits=before["promise"] is not None)
    got = read(specs, request.POST)
    if request.method != "POST":
        return _check_page(request, draft_id, bind(specs, {"decider": "table"}))
    fields = bind(specs, got.raw, got.errors)
    if not got.ok:
        lines = [{"href": f"#{f.control}", "text": f.error} for f in fields if f.error]
        return _check_page(request, draft_id, fields, lines)
    try:
        filed = actions.submit(
            draft_id=draft_id, by_person=got.values.get("decider") == "person", promised=bool(before["promise"]),
            request_id=request_id(request.POST), actor=actor(request), now=now(),
        )  # fmt: skip
    except (AnswersIncomplete, MaterialMissing, ItemChanged) as refusal:
        return _refused(request, draft_id, fields, refusal)
    return SeeOther(reverse("portal:receipt", args=[filed.case_id]))


def _before(request: HttpRequest, draft_id: str) -> dict[str, Any]:
    """Who may decide and what is promised; nothing of it for a draft that was filed a moment ago, which a repeat of its
    submission finds gone and gets the same answer for."""
    try:
        return by_table.before(_draft(draft_id, actor(request)))
    except NotFound:
        if request.method != "POST":
            raise
        return {"instant": False, "promise": None}


def _refused(request: HttpRequest, draft_id: str, fields: Any, refusal: Refusal) -> HttpResponse:
    found = _draft(draft_id, actor(request))
    wrong = tuple(getattr(refusal, "fields", ()))
    lines = shaped.problems(found, wrong, getattr(refusal, "materials", ()))
    return _check_page(request, draft_id, fields, lines or [{"href": "#outdated", "text": say(refusal)}])


def _check_page(
    request: HttpRequest, draft_id: str, fields: Any, lines: list[dict[str, str]] | None = None
) -> HttpResponse:
    found = _draft(draft_id, actor(request))
    context = {
        "answers": shaped.answers(found), "given": shaped.given(found), "fields": fields, "errors": lines,
        "steps": shaped.steps(found, "check"), "request_id": new_request_id(), "outdated": found.outdated,
        "advice": by_tables.before_filing(found, actor(request), now()),
        "back": {"href": reverse("portal:materials", args=[draft_id]), "text": _("上一步：材料")},
        "before": by_table.before(found),
        **_around(request, found),
    }  # fmt: skip
    return page(request, "portal/check.html", context, 422 if lines else 200)


@citizen_required
@require_POST
def adopt(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Move a draft to the item's new version, and look it over again."""
    actions.adopt_current_version(draft_id=draft_id, actor=actor(request), now=now())
    return SeeOther(reverse("portal:draft", args=[draft_id]))


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Ask, then throw a draft away."""
    found = _draft(draft_id, actor(request))
    if request.method == "POST":
        actions.discard_draft(draft_id=draft_id, actor=actor(request))
        return SeeOther(reverse("portal:cases"))
    context = {"item": said(found.item.name), "draft": found, "back": shaped.resume(found)}
    return page(request, "portal/discard.html", context)
