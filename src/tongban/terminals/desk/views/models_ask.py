"""What the editors ask while somebody draws: what is wrong, how a case would go, what a table answers. Nothing is
stored: each question brings the whole text."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tongban.contexts.catalogue.core.modelling.checking import too_much
from tongban.foundation.i18n import say
from tongban.kernel.refusals import N_, Refusal
from tongban.terminals.common.requests import now
from tongban.terminals.desk.access import at_catalogue
from tongban.terminals.desk.presenters import models_findings, models_list, models_play, models_trial


class QuestionUnreadable(Refusal):
    """The body is no JSON object, or holds a text that is too long."""

    code = "question_unreadable"
    message = N_("编辑器发来的内容读不懂，或者太大。请刷新页面再试；您画的可以先下载。")


def body(request: HttpRequest) -> dict[str, Any]:
    """The question. Refuses `QuestionUnreadable`."""
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        raise QuestionUnreadable from None
    if not isinstance(found, dict) or not isinstance(found.get("xml"), str) or too_much(found["xml"]):
        raise QuestionUnreadable
    return found


def answer(content: dict[str, Any], status: int = 200) -> JsonResponse:
    """The answer, its Chinese as it is."""
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


def refused(refusal: Refusal, **more: Any) -> JsonResponse:
    """A refusal in the reader's words."""
    return answer({"code": refusal.code, "message": say(refusal), **more}, refusal.status)


@never_cache
@require_POST
@at_catalogue()
def check(request: HttpRequest, kind: str) -> JsonResponse:
    """What the checker finds in the text."""
    try:
        given = body(request)
        found = models_findings.findings(models_list.kind_of(kind), str(given.get("key", "")), given["xml"])
    except Refusal as refusal:
        return refused(refusal)
    return answer({"findings": [asdict(one) for one in found]})


@never_cache
@require_POST
@at_catalogue()
def play(request: HttpRequest) -> JsonResponse:
    """A case played on the route, move by move from its beginning."""
    try:
        return answer(models_play.page(body(request), now()))
    except Refusal as refusal:
        return refused(refusal)


@never_cache
@require_POST
@at_catalogue()
def trial(request: HttpRequest) -> JsonResponse:
    """What a table asks, and what it answers to the values given."""
    try:
        return answer(models_trial.page(body(request), now()))
    except Refusal as refusal:
        return refused(refusal)
