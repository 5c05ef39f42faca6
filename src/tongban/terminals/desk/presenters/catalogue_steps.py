"""The pages of the steps: review, publication, cancellation, giving up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.catalogue import queries
from tongban.contexts.catalogue.core.life import Facts, LifeStage, machine
from tongban.contexts.catalogue.core.life.commands import NOTHING_IN_FORCE, Approve
from tongban.contexts.catalogue.core.life.refusals import SamePerson
from tongban.contexts.parties.core import Actor
from tongban.foundation.i18n import say
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.desk import forms_catalogue as forms
from tongban.terminals.desk.presenters import catalogue_common as common
from tongban.terminals.desk.presenters import catalogue_page as pages
from tongban.ui.forms import FieldSpec

_STEP = {LifeStage.DEPARTMENT_REVIEW: "department", LifeStage.LEGAL_REVIEW: "legal"}


def specs(shown: pages.View) -> tuple[FieldSpec, ...]:
    """What is asked of whoever reviews or publishes a version."""
    stage = shown.draft.row.stage
    return forms.publish_specs() if stage is LifeStage.APPROVED else forms.review_specs(_STEP[stage])


def page(shown: pages.View, form: forms.Form) -> dict[str, Any]:
    """The context of `desk/catalogue/review.html`: what changed, and the verdict."""
    stage = shown.draft.row.stage
    context = pages.page(shown, only_changes=shown.old is not None, edits=False)
    head = context["head"]
    names = {
        LifeStage.DEPARTMENT_REVIEW: (_("部门审"), _("提交审核意见")),
        LifeStage.LEGAL_REVIEW: (_("法制审"), _("提交审核意见")),
        LifeStage.APPROVED: (_("公布"), _("按所选的办")),
    }
    return context | {
        "head": pages.without_acts(head),
        "form": form,
        "step": names[stage][0],
        "button": names[stage][1],
        "closed": _closed(shown),
        "hints": _hints(shown),
    }


def _closed(shown: pages.View) -> str:
    """Why this officer can't take the step, as the rules say it; "" when they can."""
    stage = shown.draft.row.stage
    state, actor = shown.draft.state, shown.actor
    if stage is LifeStage.APPROVED:
        earlier = (*state.editors, state.department_reviewer, state.legal_reviewer)
        return _("公布要由没有起草、没有审核过这一版的人办。请由另一位同事公布。") if actor.id in earlier else ""
    facts = Facts(actor.id, shown.now, shown.now.astimezone(CHINA).date(), NOTHING_IN_FORCE)
    try:
        machine.decide(state, Approve(_STEP[stage], ""), facts)  # type: ignore[arg-type]
    except SamePerson as refusal:
        return say(refusal)
    except Refusal:
        return ""
    return ""


def _hints(shown: pages.View) -> tuple[tuple[str, str], ...]:
    """Who did what so far."""
    state = shown.draft.state
    people = (
        (_("起草"), state.author), (_("部门审"), state.department_reviewer), (_("法制审"), state.legal_reviewer)
    )  # fmt: skip
    return tuple((what, common.person(who)) for what, who in people if who)


def done(stage: LifeStage, verdict: str) -> str:
    """What was done, in words."""
    if verdict == "return":
        return _("已退回起草人，理由在草稿页上。")
    return {
        LifeStage.DEPARTMENT_REVIEW: _("已同意，送法制审。"),
        LifeStage.LEGAL_REVIEW: _("已同意，送政务办公布。"),
        LifeStage.APPROVED: _("已公布，从现在起现行。") if verdict == "now" else _("已定日期，到那天零点自动公布。"),
    }[stage]


def too_late(shown: pages.View) -> str:
    """The step is somebody else's, or was taken meanwhile."""
    return _("这一版现在是“%(stage)s”，这一步不用您办了，什么也没有改。") % {
        "stage": common.stage_words(shown.draft.row)
    }


def abandon(shown: pages.View, form: forms.Form) -> dict[str, Any]:
    """The context of `desk/catalogue/abandon.html`."""
    row = shown.draft.row
    return {
        "nav": "catalogue", "form": form, "name": said(row.name), "number": row.number, "stream_id": row.stream_id,
        "rail": common.rail(shown.actor, ""),
    }  # fmt: skip


def cancel(code: str, form: forms.Form, actor: Actor, now: datetime) -> dict[str, Any]:
    """The context of `desk/catalogue/cancel.html`. Refuses `ItemNotListed`."""
    item = queries.current(code).item
    return {
        "nav": "catalogue", "form": form, "name": said(item.name), "code": code,
        "impact": pages.impact(code, 0, actor), "rail": common.rail(actor, ""),
    }  # fmt: skip
