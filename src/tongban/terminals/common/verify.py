"""Public verification of licences: by code, by number, by file. No login, and nothing to learn from guessing.

The verdict comes first and in words; then what to compare; then what was checked; then how to check without us.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tongban.contexts.documents import queries
from tongban.contexts.documents.core import PdfVerdict, Verification, Verified
from tongban.contexts.documents.core import files as file_rules
from tongban.foundation import time
from tongban.foundation.i18n import say
from tongban.kernel.refusals import Refusal
from tongban.ui.dates import full_day
from tongban.ui.forms import FieldSpec, bind, read, summary

#: A licence is a page of text: more than this is no licence.
MAX_BYTES = 10 << 20
Row = dict[str, str]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The two ways to ask: a number, or a file."""
    return _asked(request)


@never_cache
@require_GET
def by_token(request: HttpRequest, token: str) -> HttpResponse:
    """Where the code on a licence leads."""
    now = time.now()
    return _answered(request, queries.verify_token(token, now), now)


@never_cache
@require_GET
def by_number(request: HttpRequest) -> HttpResponse:
    """?number=…: licence number or electronic licence identifier."""
    got = read(_number_specs(), request.GET)
    if got.errors:
        return _asked(request, raw={k: str(v) for k, v in got.raw.items()}, errors=got.errors)
    now = time.now()
    return _answered(request, queries.verify_number(str(got.values["number"]), now), now)


@never_cache
@require_POST
def by_file(request: HttpRequest) -> HttpResponse:
    """A PDF somebody holds: its signature, and whether it is byte for byte the one we issued."""
    upload = request.FILES.get("pdf")
    if upload is None:
        return _asked(request, errors={"pdf": _("请先选择要验证的 PDF 文件。")})
    try:
        if (upload.size or 0) > MAX_BYTES:  # before reading it into memory
            raise file_rules.too_large(str(upload.name), upload.size or 0, MAX_BYTES)
        data = upload.read()
        file_rules.accept(data, str(upload.name), ("pdf",), MAX_BYTES)
    except Refusal as refusal:
        return _asked(request, errors={"pdf": say(refusal)})
    now = time.now()
    found = queries.check_pdf(data, now)
    context = {
        "verdict": _file_verdict(found),
        "checks": _file_checks(found),
        "rows": _rows(found.verification) if found.verification else _claimed(found),
        "claimed": found.verification is None,
        "private": found.verification is not None,
    }
    return _public(render(request, "common/verify_result.html", context))


@require_http_methods(["GET", "HEAD"])
def root(request: HttpRequest) -> HttpResponse:
    """The certificate that all seals chain to, so that anybody can check a file without us."""
    del request
    answer = HttpResponse(queries.seal_root(time.now()), content_type="application/x-pem-file")
    answer["Content-Disposition"] = 'attachment; filename="tongban-seal-root.pem"'
    return answer


# --- pages -----------------------------------------------------------------------------------------------------------


def _number_specs() -> tuple[FieldSpec, ...]:
    hint = _("证照上的“证号”，或者“电子证照标识”。空格和大小写不影响。")
    return (FieldSpec("number", _("证号"), hint=hint, max_length=120, autocomplete="off"),)


def _file_specs() -> tuple[FieldSpec, ...]:
    hint = _("您收到或者保存的 PDF 文件，最大 10 MB。我们只检查，不保存。")
    return (FieldSpec("pdf", _("电子证照文件"), "file", hint=hint, accept=".pdf"),)


def _asked(request: HttpRequest, raw: Row | None = None, errors: Row | None = None) -> HttpResponse:
    numbers = bind(_number_specs(), dict(raw or {}), errors or {})
    uploads = bind(_file_specs(), {}, errors or {})
    context = {
        "numbers": numbers,
        "uploads": uploads,
        "errors": summary((*numbers, *uploads)) if errors else None,
    }
    return _public(render(request, "common/verify.html", context, status=422 if errors else 200))


def _answered(request: HttpRequest, found: Verification, now: datetime) -> HttpResponse:
    known = found.state is not Verified.UNKNOWN
    context = {
        "verdict": _verdict(found, now),
        "rows": _rows(found) if known else [],
        "checks": _checks(found) if known else [],
        "sha256": found.sha256,
        "unknown": not known,
        "private": known,
    }
    return _public(render(request, "common/verify_result.html", context))


def _public(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex"
    return answer


# --- words -----------------------------------------------------------------------------------------------------------


def _verdict(found: Verification, now: datetime) -> Row:
    ended = _day(found.revoked_on or found.valid_to)
    state, title = {
        Verified.VALID: ("ok", _("这张证是真的，现在有效")),
        Verified.REVOKED: ("bad", _("这张证已撤销，不能再用")),
        Verified.EXPIRED: ("wait", _("这张证是真的，但是已过期")),
        Verified.SUPERSEDED: ("wait", _("这张证已经换成新证，请看新证")),
        Verified.NOT_YET: ("wait", _("这张证是真的，但是还没有生效")),
        Verified.UNKNOWN: ("plain", _("查不到这张证")),
    }[found.state]
    text = _("%(at)s 验证") % {"at": f"{_day(now.date())} {now:%H:%M:%S}"}
    if found.state is Verified.REVOKED:
        text = _("%(day)s 撤销。%(rest)s") % {"day": ended, "rest": text}
    if found.state is Verified.EXPIRED:
        text = _("有效期到 %(day)s。%(rest)s") % {"day": ended, "rest": text}
    return {"state": state, "title": title, "text": text}


def _rows(found: Verification) -> list[Row]:
    english = _english()
    until = _day(found.valid_to) if found.valid_to else _("长期有效")
    pairs = [
        (_("证照"), found.name_en or found.name if english else found.name),
        (_("持证人"), found.holder),
        (_("证件号码"), found.holder_number),
        (_("证号"), found.number),
        *((f.label_en or f.label if english else f.label, f.value) for f in found.facts),
        (_("发证日期"), _day(found.issued_on)),
        (_("有效期到"), until),
        (_("发证机关"), found.agency_name_en or found.agency_name if english else found.agency_name),
        (_("电子证照标识"), found.identifier),
    ]
    return [{"term": term, "value": value} for term, value in pairs if value]


def _checks(found: Verification) -> list[dict[str, Any]]:
    state = {
        Verified.VALID: _("没有撤销，没有过期"),
        Verified.REVOKED: _("发证机关已经撤销"),
        Verified.EXPIRED: _("已经过了有效期"),
        Verified.SUPERSEDED: _("已经被新证替换"),
        Verified.NOT_YET: _("还没有到生效的日子"),
    }[found.state]
    return [
        _check(_("电子印章"), found.sealed, _("签名有效，证书是本市的"), _("签名没有通过，请打 12345")),
        {"ok": found.state is Verified.VALID, "title": _("证的状态"), "text": state},
        _check(_("文件"), found.file_intact, _("一个字节也没有被改过"), _("存档的文件有问题，请打 12345")),
        _check(_("账本"), found.chained, _("这张证的每一条记录都连得上"), _("记录对不上，请打 12345")),
    ]


def _file_verdict(found: PdfVerdict) -> Row:
    if not found.readable:
        state, title = "bad", _("这个文件打不开，不能当证照用")
    elif not found.signed:
        state, title = "plain", _("这个文件没有电子签名，不是电子证照原件")
    elif not found.intact:
        state, title = "bad", _("这个文件被改过，不能相信")
    elif not found.trusted:
        state, title = "bad", _("这个文件上的签名不是本市的")
    elif found.verification is None:
        state, title = "plain", _("签名是真的，但是证照库里没有这个文件")
    else:
        told = _verdict(found.verification, time.now())
        return {**told, "text": _("这个文件就是我们发出的原件，一个字节也没有改过。")}
    return {"state": state, "title": title, "text": _("请以扫码或者按证号查到的结果为准。")}


def _file_checks(found: PdfVerdict) -> list[dict[str, Any]]:
    if not found.readable:
        return []
    return [
        _check(_("电子签名"), found.signed, _("文件带有签名"), _("文件没有签名")),
        _check(_("完整"), found.intact, _("签名以后没有改过"), _("签名对不上文件的内容")),
        _check(_("签名人"), found.trusted, _("本市的电子证照签章"), _("不是本市的电子证照签章")),
        _check(_("存档"), found.matches_record, _("和我们发出的文件一样"), _("和我们发出的文件都不一样")),
    ]


def _claimed(found: PdfVerdict) -> list[Row]:
    pairs = [(_("文件自称的证号"), found.number), (_("文件自称的电子证照标识"), found.identifier)]
    return [{"term": term, "value": value} for term, value in pairs if value]


def _check(title: str, ok: bool, yes: str, no: str) -> dict[str, Any]:
    return {"ok": ok, "title": title, "text": yes if ok else no}


def _day(value: date | None) -> str:
    return full_day(value, get_language()) if value else ""


def _english() -> bool:
    return (get_language() or "").startswith("en")
