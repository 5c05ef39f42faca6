"""What the counter's views share."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from tongban.contexts.parties.core import Actor, Role
from tongban.foundation import time
from tongban.foundation.i18n import say
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed, NotFound, Refusal
from tongban.terminals.common.guards import officer_required

View = Callable[..., HttpResponseBase]
_REQUEST_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")


def at_window(view: View) -> View:
    """Open the page for officers at a window; ids in the address reach the view as text."""

    @officer_required(Role.WINDOW)
    @wraps(view)
    def guarded(request: HttpRequest, **ids: Any) -> HttpResponseBase:
        answer = view(request, **{name: str(value) for name, value in ids.items()})
        answer.setdefault("Cache-Control", "private, no-store")
        return answer

    return guarded


def now() -> datetime:
    """The moment of this request."""
    return time.now()


def today() -> date:
    """Today in official time."""
    return time.now().astimezone(CHINA).date()


def actor(request: HttpRequest) -> Actor:
    """The officer; behind `at_window` a plain value."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def new_request_id() -> str:
    """Written into a form when it is shown, so that posting it twice does it once."""
    return str(uuid.uuid4())


def request_id(request: HttpRequest) -> str:
    """The form's request id; what is none gets a fresh one."""
    given = request.POST.get("request_id", "")
    return given if _REQUEST_ID.fullmatch(given) else new_request_id()


def page(request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    """A page of the counter; `request_id` is fresh unless the page shows a form again."""
    given = {"nav": "counter", "counter_keys": _keys(), "request_id": new_request_id(), **context}
    return render(request, template, given, status=status)


def _keys() -> tuple[dict[str, str], ...]:
    """All keys of the counter; each has a visible control."""
    pairs = (
        ("/", _("查找")), ("N  M", _("登记个人、登记单位")), ("F4", _("找事项，换事项")), ("1 – 9", _("选第几个事项")),
        ("V", _("核对下一份原件")), ("Alt 1 – 4", _("选怎么处理")), ("Ctrl ↵", _("办理")), ("Ctrl S", _("存着")),
        ("P", _("打印最新的文书")), ("J  K", _("上下移动")), ("Esc", _("放着，办下一件")),
    )  # fmt: skip
    return tuple({"key": key, "text": text} for key, text in pairs)


def said(refusal: Refusal) -> str:
    """The words of a refusal that belongs on the page. Raises it again where there is no page to show it on."""
    if isinstance(refusal, (NotFound, NotAllowed)):
        raise refusal
    return say(refusal)


def kept_id(request: HttpRequest, refusal: Refusal) -> str:
    """The request id for the form shown again: the same, unless it was used for something else before."""
    return new_request_id() if refusal.code == "request_reused" else request_id(request)


def uploads(request: HttpRequest) -> Iterator[tuple[str, str, bytes]]:
    """The files of a form whose controls are called "file-<material>": material, file name, bytes."""
    for name, file in request.FILES.items():
        if isinstance(file, UploadedFile) and name.startswith("file-"):
            yield name.removeprefix("file-"), file.name or "", file.read()
