"""Receiving an application for somebody present: begin, fill in, scan, check, file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tongban.contexts.cases import actions
from tongban.contexts.cases import queries as cases
from tongban.contexts.cases.core.refusals import AnswersIncomplete, MaterialMissing
from tongban.contexts.cases.core.views import DraftView
from tongban.contexts.parties import queries as parties
from tongban.kernel.refusals import NotAllowed, NotFound, Refusal
from tongban.terminals.common.papers import keep_files
from tongban.terminals.common.presenters import by_table, eligibility
from tongban.terminals.common.presenters import forms as offered
from tongban.terminals.common.presenters.languages import said as in_words
from tongban.terminals.common.requests import actor, new_request_id, now, request_id, today
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.counter import forms
from tongban.terminals.counter.presenters import people
from tongban.terminals.counter.presenters import receive as shaped
from tongban.terminals.counter.views.base import at_window, page, said
from tongban.terminals.counter.views.people import party_page
from tongban.ui.forms import ErrorItem, ErrorSummary, FormRead, Value, bind, read


@require_POST
@at_window
def start(request: HttpRequest, party_id: str) -> HttpResponse:
    """Begin a reception for the person present, or for a party that lets the person act for it."""
    who = actor(request)
    person = parties.party(party_id, actor=who)
    may_be_for = people.applicants(person, parties.mandates(party_id, actor=who), today())
    code, applicant = request.POST.get("item", ""), request.POST.get("applicant", party_id)
    if not any(one.id == applicant and one.covers(code) for one in may_be_for):
        raise NotAllowed
    if request.POST.get("division", "") not in {one["value"] for one in people.districts(who)}:
        return party_page(request, person, message=_("请先选：事情在哪个区"), status=422)
    try:
        draft_id = actions.start_window_draft(
            item_code=code, applicant_id=applicant, person_id=party_id, division=request.POST["division"],
            actor=who, now=now(),
        )  # fmt: skip
    except Refusal as refusal:
        return party_page(request, person, message=said(refusal), status=refusal.status)
    return SeeOther(reverse("counter:draft", args=[draft_id]))


@dataclass(frozen=True)
class _Posted:
    """What was posted: the answers, and what was refused, by field and by material."""

    got: FormRead
    errors: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    message: str = ""
    status: int = 422


@require_http_methods(["GET", "HEAD", "POST"])
@at_window
def draft(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The dense page. `go`: keep (as it is), check (say what is missing), file."""
    try:
        found = _draft(request, draft_id)
    except NotFound:
        if request.POST.get("go") != "file":
            raise
        return _submit(request, draft_id)  # filed a moment ago: the repeat gets the same answer
    if request.method != "POST":
        return _page(request, found)
    posted = _save(request, found, strict=request.POST.get("go") != "keep")
    if posted.errors or posted.refused:
        return _page(request, _draft(request, draft_id), posted)
    if request.POST.get("go") == "file":
        return _file(request, draft_id, posted)
    if request.POST.get("go") == "keep":
        messages.success(request, _("已存下：%(item)s。在窗口首页可以接着办。") % {"item": in_words(found.item.name)})
        return SeeOther(reverse("counter:home"))
    return SeeOther(request.path)


def _draft(request: HttpRequest, draft_id: str) -> DraftView:
    found = cases.draft(draft_id, actor=actor(request))
    if found.kind != "application":
        raise NotFound
    return found


def _save(request: HttpRequest, found: DraftView, *, strict: bool) -> _Posted:
    """Keep every answer that holds and every file that is taken, whichever button was pressed."""
    assert found.item.handling is not None
    every = tuple(one for step in found.item.handling.form for one in step.fields)
    posted_ids = {name.removesuffix("-year") for name in request.POST}
    loose = read(forms.questions(every), request.POST)
    merged = {**found.values, **{key: value for key, value in loose.values.items() if key in posted_ids}}
    got = read(forms.questions(shaped.asked_fields(found.item, merged)), request.POST)
    typed = {name.removesuffix("-year") for name, value in got.raw.items() if value}
    errors = {name: text for name, text in got.errors.items() if strict or name in typed}
    who, moment = actor(request), now()
    actions.save_answers(draft_id=found.id, values=got.values, actor=who, now=moment)
    return _Posted(got, errors, keep_files(request, found.id, actor=who, now=moment))


def _submit(request: HttpRequest, draft_id: str) -> HttpResponse:
    """File, and go to the case."""
    filed = actions.submit(
        draft_id=draft_id, by_person=request.POST.get("by_person") == "yes",
        promised=request.POST.get("promised") == "yes", request_id=request_id(request.POST), actor=actor(request),
        now=now(),
    )  # fmt: skip
    messages.success(request, _("已提交，收件编号 %(number)s。") % {"number": filed.number})
    return SeeOther(reverse("counter:case", args=[filed.case_id]))


def _file(request: HttpRequest, draft_id: str, posted: _Posted) -> HttpResponse:
    """The same, with whatever the rules miss shown on the page."""
    try:
        return _submit(request, draft_id)
    except AnswersIncomplete as refusal:
        again = _draft(request, draft_id)
        asked = {one.id: in_words(one.label) for one in shaped.asked_fields(again.item, again.values)}
        wrong = {one: _("请填好：%(label)s") % {"label": asked.get(one, one)} for one in refusal.fields}
        return _page(request, again, _Posted(posted.got, wrong))
    except MaterialMissing as refusal:
        lacking = dict.fromkeys(refusal.materials, _("还没有收这份材料"))
        return _page(request, _draft(request, draft_id), _Posted(posted.got, refused=lacking))
    except Refusal as refusal:
        words = _Posted(posted.got, message=said(refusal), status=refusal.status)
        return _page(request, _draft(request, draft_id), words)


def _page(request: HttpRequest, found: DraftView, posted: _Posted | None = None) -> HttpResponse:
    who, item = actor(request), found.item
    applicant = parties.particulars(found.principal, actor=who)
    person = applicant if found.person == found.principal else parties.particulars(found.person, actor=who)
    fields = shaped.asked_fields(item, found.values)
    values: dict[str, Value] = {**found.values} or {**offered.prefilled(fields, applicant, person)}
    errors = posted.errors if posted else {}
    bound = bind(forms.questions(fields), {**values, **(posted.got.raw if posted else {})}, errors)
    seen = frozenset(name.removeprefix("seen-") for name in request.POST if name.startswith("seen-"))
    papers = shaped.papers(found, found.values, posted.refused if posted else {}, seen)
    context: dict[str, Any] = {
        "draft": found, "item": in_words(item.name), "limits": people.limits(item),
        "topics": shaped.topics(item, bound),
        "papers": papers, "headline": shaped.headline(papers), "missing": shaped.missing(replace(found, values=values)),
        "after": shaped.following(found, today()), "card": people.card(person.party),
        "applicant": applicant.party if applicant is not person else None, "errors": _summary(bound, papers, posted),
        "request_id": request_id(request.POST) if posted else new_request_id(), "before": by_table.before(found),
        "eligible": eligibility.gates(replace(found, values=values), applicant.party.kind, now()),
    }  # fmt: skip
    return page(request, "counter/draft.html", context, posted.status if posted else 200)


def _summary(bound: Any, papers: Any, posted: _Posted | None) -> ErrorSummary | None:
    if posted is None:
        return None
    items = [ErrorItem(posted.message)] if posted.message else []
    items += [ErrorItem(one.error, one.control) for one in bound if one.error]
    items += [ErrorItem(f"{one.name}：{one.error}", f"file-{one.id}") for one in papers if one.error]
    return ErrorSummary(_("填的都存下了，还有 %(n)s 处要改") % {"n": len(items)}, tuple(items))


@require_POST
@at_window
def adopt(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Move the reception to the item's new version, and look it over again."""
    actions.adopt_current_version(draft_id=draft_id, actor=actor(request), now=now())
    return SeeOther(reverse("counter:draft", args=[draft_id]))


@require_POST
@at_window
def discard(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Throw the reception away; the form asks for a tick first."""
    found = _draft(request, draft_id)
    if "sure" not in request.POST:
        return SeeOther(f"{reverse('counter:draft', args=[draft_id])}#discard")
    actions.discard_draft(draft_id=draft_id, actor=actor(request))
    messages.success(request, _("没有提交的申请已经删掉。"))
    return SeeOther(reverse("counter:party", args=[found.person]))
