"""What the counter's views share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from tongban.contexts.parties.core import Role
from tongban.foundation.i18n import say
from tongban.kernel.refusals import NotAllowed, NotFound, Refusal
from tongban.terminals.common.guards import officer_required
from tongban.terminals.common.requests import new_request_id, request_id

View = Callable[..., HttpResponseBase]


def at_window(view: View) -> View:
    """Open the page for officers at a window; ids in the address reach the view as text."""

    @officer_required(Role.WINDOW)
    @wraps(view)
    def guarded(request: HttpRequest, **ids: Any) -> HttpResponseBase:
        answer = view(request, **{name: str(value) for name, value in ids.items()})
        answer.setdefault("Cache-Control", "private, no-store")
        return answer

    return guarded


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
    return new_request_id() if refusal.code == "request_reused" else request_id(request.POST)
