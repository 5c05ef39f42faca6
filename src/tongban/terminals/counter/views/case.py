"""A case at the window: look through, compare originals, accept, ask once, refuse, take papers in, hand over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tongban.contexts.cases import actions, queries
from tongban.contexts.cases.core.refusals import MaterialMissing
from tongban.contexts.cases.core.views import CaseView, DraftView
from tongban.kernel.refusals import NotFound, Refusal
from tongban.terminals.common.papers import keep_files
from tongban.terminals.common.presenters import answers, by_table, history
from tongban.terminals.common.requests import actor, new_request_id, now, request_id
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.counter import forms
from tongban.terminals.counter.presenters import acts, after
from tongban.terminals.counter.presenters import case as shaped
from tongban.terminals.counter.presenters.standing import Standing
from tongban.terminals.counter.views.base import at_window, kept_id, page, said
from tongban.ui.forms import BoundField, ErrorItem, ErrorSummary, bind, read, summary


@require_safe
@at_window
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """The case page of the window."""
    return _page(request, case_id)


@require_POST
@at_window
def act(request: HttpRequest, case_id: str) -> HttpResponse:
    """Do the chosen act. A refusal comes back on the same page, with everything that was typed."""
    view = queries.case(case_id, actor=actor(request))
    answer = acts.read(request.POST, view)
    if answer.errors:
        items = tuple(ErrorItem(text, control) for control, text in answer.errors.items())
        return _page(request, case_id, answer=answer, errors=ErrorSummary(_("还没有做，先改这里"), items), status=422)
    try:
        _perform(request, case_id, answer)
    except Refusal as refusal:
        return _refused(request, case_id, refusal, answer=answer)
    messages.success(request, _done_words(answer))
    return SeeOther(reverse("counter:case", args=[case_id]))


def _perform(request: HttpRequest, case_id: str, answer: acts.Answer) -> None:
    """One call of the context."""
    common: dict[str, Any] = {
        "case_id": case_id, "actor": actor(request), "request_id": request_id(request.POST), "now": now(),
    }  # fmt: skip
    if answer.act == "accept":
        actions.accept(**common)
    elif answer.act == "supplement":
        actions.ask_supplement(wanted=answer.asked, note=answer.note, **common)
    elif answer.act == "refuse":
        actions.refuse_acceptance(
            kind=answer.kind, reason=answer.reason, competent_body=answer.competent_body, **common
        )
    else:
        actions.pass_pre_review(note=answer.note, **common)


def _done_words(answer: acts.Answer) -> str:
    return {
        "accept": _("已受理，明天起计时。受理通知书马上生成，在“文书”里打印。"),
        "supplement": _("已一次性告知补正。通知书马上生成，在“文书”里打印。"),
        "refuse": _("已决定不受理，这件办结。通知书马上生成，在“文书”里打印。"),
        "pre_review": _("预审通过，已记下。"),
    }[answer.act]


@require_POST
@at_window
def check(request: HttpRequest, case_id: str) -> HttpResponse:
    """The original was compared: C becomes B."""
    material = request.POST.get("material", "")
    try:
        actions.check_material(
            case_id=case_id, material_id=material, actor=actor(request), request_id=request_id(request.POST), now=now()
        )
    except Refusal as refusal:
        return _refused(request, case_id, refusal)
    name = history.material_name(queries.case(case_id, actor=actor(request)).item, material)
    messages.success(request, _("已核对原件：%(name)s，升为 B 级。") % {"name": name})
    return SeeOther(f"{reverse('counter:case', args=[case_id])}#papers")


@require_POST
@at_window
def supplement(request: HttpRequest, case_id: str) -> HttpResponse:
    """Take papers in for the applicant; `go`: save, or answer when all are there."""
    who, moment = actor(request), now()
    draft_id = actions.open_supplement(case_id=case_id, actor=who, now=moment)
    refused = keep_files(request, draft_id, actor=who, now=moment)
    if refused:
        return _page(request, case_id, refused=refused, status=422)
    if request.POST.get("go") != "answer":
        return SeeOther(f"{reverse('counter:case', args=[case_id])}#supplement")
    try:
        actions.answer_supplement(case_id=case_id, actor=who, request_id=request_id(request.POST), now=moment)
    except MaterialMissing as refusal:
        lacking = dict.fromkeys(refusal.materials, _("还没有收这份材料"))
        return _page(request, case_id, refused=lacking, status=422)
    except Refusal as refusal:
        return _refused(request, case_id, refusal)
    messages.success(request, _("补正材料收齐了，接着看要不要受理。"))
    return SeeOther(reverse("counter:case", args=[case_id]))


@require_POST
@at_window
def deliver(request: HttpRequest, case_id: str) -> HttpResponse:
    """Hand the result over to a named person, who shows their papers."""
    specs = forms.receiver()
    got = read(specs, request.POST)
    fields = bind(specs, got.raw, got.errors)
    if not got.ok:
        return _page(request, case_id, receiver=fields, errors=summary(fields), status=422)
    to = str(got.values["to"])
    try:
        actions.deliver(case_id=case_id, to=to, actor=actor(request), request_id=request_id(request.POST), now=now())
    except Refusal as refusal:
        return _refused(request, case_id, refusal, receiver=fields)
    messages.success(request, _("结果已交给%(name)s，送达回证马上生成。") % {"name": to})
    return SeeOther(reverse("counter:case", args=[case_id]))


def _refused(request: HttpRequest, case_id: str, refusal: Refusal, **more: Any) -> HttpResponse:
    """The case page with what the rules said, and what was typed."""
    errors = ErrorSummary(_("这一步没有做成"), (ErrorItem(said(refusal)),))
    kept = kept_id(request, refusal)
    return _page(request, case_id, errors=errors, status=refusal.status, kept=kept, **more)


def _page(
    request: HttpRequest,
    case_id: str,
    *,
    answer: acts.Answer | None = None,
    errors: ErrorSummary | None = None,
    refused: dict[str, str] | None = None,
    receiver: tuple[BoundField, ...] = (),
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    view = queries.case(case_id, actor=actor(request))
    standing = Standing(view, actor(request), now())
    seen = frozenset(name.removeprefix("seen-") for name in request.POST if name.startswith("seen-"))
    wanted = shaped.supplement(view, _supplement_draft(request, view), refused or {}, seen)
    errors = _paper_errors(wanted) if refused and wanted else errors
    context = {
        "view": view, "head": shaped.head(standing), "card": shaped.applicant(view.state),
        "materials": shaped.materials(standing), "answers": answers.masked_sections(view),
        "documents": shaped.documents(view), "history": history.lines(view), "supplement": wanted,
        "errors": errors, "standing": standing, "table": by_table.section(view),
        "rid": kept or (request_id(request.POST) if answer else new_request_id()),
        **_to_do(standing, answer or acts.Answer(), receiver),
    }  # fmt: skip
    return page(request, "counter/case.html", context, status)


def _paper_errors(wanted: dict[str, Any]) -> ErrorSummary:
    """What was wrong with the papers of a supplement; the others are kept."""
    rows = [one for one in wanted["rows"] if one["error"]]
    items = tuple(ErrorItem(f"{one['name']}：{one['error']}", f"file-{one['id']}") for one in rows)
    return ErrorSummary(_("别的都存下了，还有 %(n)s 处要改") % {"n": len(items)}, items)


def _to_do(standing: Standing, answer: acts.Answer, receiver: tuple[BoundField, ...]) -> dict[str, Any]:
    """The panel on the right: acts, or handing over, or how it stands elsewhere."""
    if standing.in_intake:
        return {
            "panel": acts.panel(standing, answer), "answer": answer, "gates": shaped.gates(standing),
            "after": after.dues(standing.view.state, standing.view.item, standing.today),
        }  # fmt: skip
    if standing.to_hand_over:
        known = {"to": standing.view.state.contact_name}
        return {"receiver": receiver or bind(forms.receiver(), known)}
    return {"running": shaped.running(standing.view, standing.today)}


def _supplement_draft(request: HttpRequest, view: CaseView) -> DraftView | None:
    """The papers this officer has taken in so far for a supplement."""
    if view.state.supplement is None or view.state.supplement.answered_at is not None:
        return None
    try:
        return queries.draft(view.id, actor=actor(request))
    except NotFound:
        return None
