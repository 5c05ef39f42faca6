"""A batch application: start, what is asked once, the sheet, papers, check, file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongban.contexts.cases import actions
from tongban.contexts.cases import queries as cases
from tongban.contexts.cases.core.batch.sheet.columns import batch_of, common_fields
from tongban.contexts.cases.core.batch.sheet.reading import MOST_MIB
from tongban.contexts.cases.core.batch.sheet.refusals import ArchiveRefused, SheetTooLarge
from tongban.contexts.cases.core.batch.views import BatchDraftView
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.documents.core.files import too_large
from tongban.contexts.parties import queries as parties
from tongban.foundation.i18n import say
from tongban.kernel.refusals import N_, NotAllowed, NotFound, Refusal
from tongban.terminals.common.guards import citizen_required
from tongban.terminals.common.papers import MOST_BYTES, file_response
from tongban.terminals.common.presenters import batch as told
from tongban.terminals.common.presenters import forms as offered
from tongban.terminals.common.presenters.languages import either, said
from tongban.terminals.common.requests import actor, new_request_id, now, request_id
from tongban.terminals.common.sessions import SeeOther
from tongban.terminals.common.together_views import page_number
from tongban.terminals.portal import forms
from tongban.terminals.portal.presenters import batch as shaped
from tongban.terminals.portal.views.base import page
from tongban.ui.forms import FormRead, bind, read, summary

_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """For which company and where; then the draft begins."""
    item, who = catalogue.current(code).item, actor(request)
    most = batch_of(item).most
    principals = shaped.may_be_for(who, item)
    specs = forms.start(principals, offered.districts())
    got = read(specs, request.POST)
    if request.method == "POST" and got.ok:
        draft_id = actions.start_batch(
            item_code=code, principal_id=str(got.values["principal"]), division=str(got.values["division"]),
            actor=who, now=now(),
        )  # fmt: skip
        return SeeOther(reverse("portal:batch_common", args=[draft_id]))
    posted = request.method == "POST"
    chosen: dict[str, Any] = {"principal": principals[0].id} if len(principals) == 1 else {}
    fields = bind(specs, got.raw if posted else chosen, got.errors if posted else {})
    context = {
        "item": said(item.name), "code": code, "fields": fields, "errors": summary(fields) if posted else None,
        "may": bool(principals), "most": told.people_words(most),
        "crumbs": [{"href": reverse("portal:guide", args=[code]), "text": said(item.name)}],
    }  # fmt: skip
    return page(request, "portal/batch/start.html", context, 422 if posted else 200)


@citizen_required
@require_safe
def template(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The sheet to fill in."""
    return _download(*shaped.template(catalogue.current(code).item, kind), kind)


def _download(name: str, data: bytes, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=_TYPES[kind])
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def common(request: HttpRequest, draft_id: str) -> HttpResponse:
    """What is asked once for all."""
    who = actor(request)
    draft = cases.batch_draft(draft_id, actor=who)
    if request.method != "POST":
        return _common_page(request, draft, {**_known(request, draft), **draft.values})
    on_page = set(request.POST.getlist("asked"))
    fields = [one for one in common_fields(draft.item) if one.id in on_page]
    got = read(forms.questions(fields), request.POST)
    wanted = shaped.common_asked(draft, {**draft.values, **got.values})
    wrong = {one.id: got.errors[one.id] for one in wanted if one.id in got.errors}
    complete = not wrong and all(one.id in on_page for one in wanted)
    actions.save_common(draft_id=draft_id, values=got.values, complete=complete, actor=who, now=now())
    if wrong:
        return _common_page(request, draft, dict(got.raw), FormRead(got.values, wrong, got.raw))
    return SeeOther(reverse("portal:batch_sheet", args=[draft_id]) if complete else request.path)


def _known(request: HttpRequest, draft: BatchDraftView) -> dict[str, str]:
    """What the city knows already, on the first visit."""
    if draft.answered:
        return {}
    who = actor(request)
    fields = common_fields(draft.item)
    principal = parties.particulars(draft.principal, actor=who)
    return offered.prefilled(fields, principal, parties.particulars(draft.person, actor=who))


def _common_page(
    request: HttpRequest, draft: BatchDraftView, values: dict[str, Any], wrong: FormRead | None = None
) -> HttpResponse:
    chosen = shaped.common_asked(draft, values)
    fields = bind(forms.questions(chosen), values, wrong.errors if wrong else {})
    context = {
        "fields": fields, "asked": [one.id for one in chosen], "errors": summary(fields) if wrong else None,
        **_around(request, draft, "common"),
    }  # fmt: skip
    return page(request, "portal/batch/common.html", context, 422 if wrong else 200)


def _around(request: HttpRequest, draft: BatchDraftView, here: str) -> dict[str, Any]:
    principal = actor(request).principal(draft.principal)
    return {
        "draft": draft, "steps": shaped.steps(here), "back": shaped.back(draft, here),
        "side": shaped.side(draft, principal.name if principal else ""), "outdated": draft.outdated,
    }  # fmt: skip


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The sheet of people: upload it, see what is wrong, page by page."""
    who, refused = actor(request), ""
    if request.method == "POST":
        try:
            _take_sheet(request, draft_id)
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            refused = say(refusal)
        else:
            return SeeOther(f"{request.path}#people")
    draft = cases.batch_draft(draft_id, actor=who)
    only = request.GET.get("only", "") if request.GET.get("only", "") in shaped.ONLY else ""
    number = page_number(request)
    rows, total = cases.batch_rows(draft_id, actor=who, page=number, only=only)
    context = {
        "refused": refused, "people": shaped.people(draft, rows), "counts": shaped.counts(draft, only),
        "columns": shaped.columns(draft.item), "most": told.people_words(batch_of(draft.item).most),
        "notes": [either(note.zh, note.en) for note in draft.notes],
        **shaped.pages(request.path, min(number, total), total, only=only), **_around(request, draft, "sheet"),
    }  # fmt: skip
    return page(request, "portal/batch/sheet.html", context, 422 if refused else 200)


def _take_sheet(request: HttpRequest, draft_id: str) -> None:
    file = request.FILES.get("sheet")
    if not isinstance(file, UploadedFile):
        raise NoSheet
    if (file.size or 0) > MOST_MIB * 1024 * 1024:
        raise SheetTooLarge(mib=MOST_MIB)
    taken = actions.take_sheet(
        draft_id=draft_id, data=file.read(), filename=file.name or "", mend=request.POST.get("how") == "mend",
        actor=actor(request), now=now(),
    )  # fmt: skip
    told_ = _("读到 %(rows)s，填写无误 %(sound)s。")
    messages.success(request, told_ % {"rows": told.people_words(taken.rows), "sound": told.people_words(taken.sound)})


class NoSheet(Refusal):
    """The form came without a file."""

    code = "no_sheet"
    message = N_("请先选一份名单文件。")


@citizen_required
@require_safe
def mend(request: HttpRequest, draft_id: str, kind: str) -> HttpResponse:
    """The rows that can't be filed yet, each with what to mend."""
    who = actor(request)
    draft = cases.batch_draft(draft_id, actor=who)
    return _download(*shaped.to_mend(draft, cases.rows_to_mend(draft_id, actor=who), kind), kind)


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Papers that hold for everybody, and an archive with one folder a person."""
    errors = dict[str, str]()
    if request.method == "POST":
        errors = _keep(request, draft_id)
        if not errors:
            onward = "portal:batch_check" if request.POST.get("go") == "next" else "portal:batch_papers"
            return SeeOther(reverse(onward, args=[draft_id]))
    draft = cases.batch_draft(draft_id, actor=actor(request))
    context = {
        "papers": shaped.papers(draft, errors), "archive_error": errors.get("archive", ""),
        "errors": [{"href": f"#{key}", "text": text} for key, text in errors.items()],
        "example": shaped.folder_example(draft), "lacking": told.people_words(draft.lacking),
        **_around(request, draft, "papers"),
    }  # fmt: skip
    return page(request, "portal/batch/papers.html", context, 422 if errors else 200)


def _keep(request: HttpRequest, draft_id: str) -> dict[str, str]:
    """Keep every file of the form, whichever button was pressed; what was refused and why, by material."""
    who, moment, refused = actor(request), now(), dict[str, str]()
    if gone := request.POST.get("remove", ""):
        actions.remove_for_all(draft_id=draft_id, material_id=gone, actor=who, now=moment)
    for name, file in request.FILES.items():
        if not isinstance(file, UploadedFile) or not (name.startswith("file-") or name == "archive"):
            continue
        material = name.removeprefix("file-")
        try:
            if (file.size or 0) > MOST_BYTES:
                raise too_large(file.name or "", file.size or 0, MOST_BYTES)
            if name == "archive":
                _archive(request, draft_id, file.read())
            else:
                actions.attach_for_all(
                    draft_id=draft_id, material_id=material, data=file.read(), filename=file.name or "", actor=who,
                    now=moment,
                )  # fmt: skip
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            refused[material] = say(refusal)
    return refused


def _archive(request: HttpRequest, draft_id: str, data: bytes) -> None:
    """Put an archive's papers to their people, and say what came of it. Refuses ArchiveRefused."""
    taken = actions.take_archive(draft_id=draft_id, data=data, actor=actor(request), now=now())
    if not taken.kept and not taken.refused:
        raise NothingFits
    messages.success(request, _("压缩包里收下了 %(n)s 份材料。") % {"n": taken.kept})
    for name, refusal in taken.refused[:20]:
        messages.warning(request, _("%(file)s 没有收：%(why)s") % {"file": name, "why": say(refusal)})
    if taken.strange:
        names = _("、").join(taken.strange[:10])
        messages.warning(request, _("这些文件不知道是谁的、是哪份材料，没有收：%(names)s") % {"names": names})


class NothingFits(ArchiveRefused):
    """No file of the archive belongs to anybody."""

    code = "archive_nothing_fits"
    message = N_("压缩包里没有一个文件对得上。请照下面的样子，一人一个文件夹，文件用材料名称命名。")


@citizen_required
@require_safe
def file(request: HttpRequest, draft_id: str, file_id: str) -> HttpResponse:
    """A file that was brought and is not handed in yet."""
    return file_response(cases.batch_file(draft_id, file_id, actor=actor(request)))


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, draft_id: str) -> HttpResponseBase:
    """Check, promise, file what is in order."""
    specs = forms.promise()
    got = read(specs, request.POST)
    lines = list[dict[str, str]]()
    if request.method == "POST" and got.ok:
        try:
            done = actions.file_batch(
                draft_id=draft_id, request_id=request_id(request.POST), actor=actor(request), now=now()
            )
            return SeeOther(reverse("portal:batch", args=[done.batch_id]))
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            lines = [{"href": "#outdated", "text": say(refusal)}]
    posted = request.method == "POST"
    fields = bind(specs, got.raw, got.errors) if posted else bind(specs)
    lines += [{"href": f"#{one.control}", "text": one.error} for one in fields if one.error]
    draft = cases.batch_draft(draft_id, actor=actor(request))
    context = {
        "fields": fields, "errors": lines, "request_id": new_request_id(), "common": shaped.common_rows(draft),
        "ready": told.people_words(draft.ready), "left": told.people_words(draft.rows - draft.ready),
        "stay": draft.rows > draft.ready, **_around(request, draft, "check"),
    }  # fmt: skip
    return page(request, "portal/batch/check.html", context, 422 if posted else 200)


@citizen_required
@require_POST
def adopt(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Move a draft to the item's new version, and look it over again."""
    actions.adopt_batch_version(draft_id=draft_id, actor=actor(request), now=now())
    return SeeOther(reverse("portal:batch_common", args=[draft_id]))


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Ask, then throw a draft away."""
    draft = cases.batch_draft(draft_id, actor=actor(request))
    if request.method == "POST":
        actions.discard_batch(draft_id=draft_id, actor=actor(request))
        return SeeOther(reverse("portal:cases"))
    context = {"item": said(draft.item.name), "draft": draft, "back": shaped.resume(draft)}
    return page(request, "portal/discard.html", context)
