"""The pages of the steps of a route or table: new, review, publication, giving up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.catalogue import queries
from tongban.contexts.catalogue.core.life import LifeStage
from tongban.contexts.catalogue.core.modelling import ItemImpact
from tongban.contexts.parties.core import Actor
from tongban.contexts.process.core.migrating import REASONS
from tongban.terminals.common.presenters.languages import either, said
from tongban.terminals.desk import forms_catalogue as forms
from tongban.terminals.desk.presenters import catalogue_common as common
from tongban.terminals.desk.presenters import models_list, models_page, models_sheet
from tongban.ui.forms import Choice, FieldSpec

_REASON = 2000
_STEP = {LifeStage.DEPARTMENT_REVIEW: "department", LifeStage.LEGAL_REVIEW: "legal"}


def new_specs() -> tuple[FieldSpec, ...]:
    """What a new route or table begins with."""
    kinds = (
        Choice("route", _("流程"), _("办件经过哪些环节，由谁办")),
        Choice("table", _("决策表"), _("按什么条件得出什么结论")),
    )
    return (
        FieldSpec("kind", _("画什么"), "choice", options=kinds),
        FieldSpec("key", _("代号"), max_length=60, hint=_("小写字母、数字和连字符，如 site-visit；定了就不改")),
        FieldSpec("name-zh", _("名称（中文）"), max_length=60),
        FieldSpec("name-en", _("名称（英文）"), max_length=120),
    )


def specs(shown: models_page.View) -> tuple[FieldSpec, ...]:
    """What is asked of whoever reviews or publishes a version."""
    if shown.draft.stage is not LifeStage.APPROVED:
        return forms.review_specs(_STEP[shown.draft.stage])
    options = (Choice("now", _("现在公布")), Choice("return", _("退回起草人"), _("要写理由")))
    items = tuple(Choice(one.code, f"{said(one.name)} · {one.code}", _why(one)) for one in _impact(shown))
    asked = FieldSpec(
        "items", _("哪些事项从现在起用这一版"), "multi", required=False, options=items,
        hint=_("没有选的事项和在办的办件仍用原来的版本"),
    )  # fmt: skip
    note = FieldSpec("note", _("理由"), "textarea", required=False, max_length=_REASON, hint=_("退回才写"))
    return (FieldSpec("verdict", _("怎样办"), "choice", options=options), *((asked,) if items else ()), note)


def _impact(shown: models_page.View) -> tuple[ItemImpact, ...]:
    return queries.model_impact(shown.draft.stream_id, actor=shown.actor).items


def _why(one: ItemImpact) -> str:
    """Why an item can't go over, "" when it can."""
    if one.lanes:
        lanes = _("、").join(either(lane.zh, lane.en) for lane in one.lanes)
        return _("还不能选：事项没有写泳道“%(lanes)s”由哪个机关办") % {"lanes": lanes}
    if one.findings:
        return _("还不能选：改用后事项有 %(n)s 处错误") % {"n": one.findings}
    return _("有草稿，会一起改用") if one.draft else ""


def review(shown: models_page.View, form: forms.Form) -> dict[str, Any]:
    """The context of `desk/catalogue/models/review.html`."""
    names = {
        LifeStage.DEPARTMENT_REVIEW: (_("部门审"), _("提交审核意见")),
        LifeStage.LEGAL_REVIEW: (_("法制审"), _("提交审核意见")),
        LifeStage.APPROVED: (_("公布"), _("按所选的办")),
    }
    state = shown.draft.state
    people = (
        (_("起草"), state.author), (_("部门审"), state.department_reviewer), (_("法制审"), state.legal_reviewer)
    )  # fmt: skip
    return models_page.page(shown) | {
        "head": models_page.head(shown, acts=False),
        "form": form,
        "step": names[shown.draft.stage][0],
        "button": names[shown.draft.stage][1],
        "hints": tuple((what, common.person(who)) for what, who in people if who),
        "stays": stays(shown) if shown.draft.kind == "route" else (),
        "editable": False,
    }


def stays(shown: models_page.View) -> tuple[tuple[str, str], ...]:
    """At which steps an open case could not go over to this version, and why."""
    found = queries.model_impact(shown.draft.stream_id, actor=shown.actor).stays
    reasons: Mapping[str, str] = {str(kind): text for kind, text in REASONS.items()}
    named = models_sheet.names(shown.draft.xml)
    return tuple(
        (named.get(node, node), _("；").join(_(reasons.get(why, why)) for why in whys)) for node, whys in found.items()
    )


def done(stage: LifeStage, verdict: str) -> str:
    """What was done, in words."""
    if verdict == "return":
        return _("已退回起草人，理由在草稿页上。")
    return {
        LifeStage.DEPARTMENT_REVIEW: _("已同意，送法制审。"),
        LifeStage.LEGAL_REVIEW: _("已同意，送政务办公布。"),
        LifeStage.APPROVED: _("已公布，从现在起现行。"),
    }[stage]


def too_late(shown: models_page.View) -> str:
    """The step is somebody else's, or was taken meanwhile."""
    return _("这一版现在是“%(stage)s”，这一步不用您办了，什么也没有改。") % {
        "stage": models_list.stage(shown.draft.stage)
    }


def new(form: forms.Form, actor: Actor) -> dict[str, Any]:
    """The context of `desk/catalogue/models/new.html`."""
    return {"nav": "catalogue", "form": form, "rail": common.rail(actor, "models")}


def abandon(shown: models_page.View, form: forms.Form) -> dict[str, Any]:
    """The context of `desk/catalogue/models/abandon.html`."""
    draft = shown.draft
    return {
        "nav": "catalogue", "form": form, "name": said(draft.name), "number": draft.number,
        "stream_id": draft.stream_id, "rail": common.rail(shown.actor, "models"),
    }  # fmt: skip
