"""Discretion at the desk: what the table cannot know is asked, the amount chosen is told; both go with the grant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from tongban.contexts.cases import actions
from tongban.contexts.cases.core.discretion import matters
from tongban.contexts.cases.core.parts.discretion import Chosen
from tongban.contexts.catalogue.core import asking
from tongban.contexts.catalogue.core.items import Discretion, Field
from tongban.terminals.common.presenters import forms
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.desk.act import Act
from tongban.terminals.desk.standing import Standing
from tongban.ui.forms import FieldSpec

_AMOUNT: Final = "amount_"
_FOUND: Final = "found_"
_MANY: Final = 8


def with_discretion(standing: Standing, acts: list[Act]) -> list[Act]:
    """The decisions; a grant of an item with published tables of discretion asks and tells what they need."""
    found = matters(standing.view.item)
    if not found:
        return acts
    return [
        replace(one, action=_decide, specs=(*_specs(standing), *one.specs)) if _grants(one) else one for one in acts
    ]


def open_questions(standing: Standing, matter: Discretion) -> tuple[Field, ...]:
    """What the table of `matter` asks beyond the form: the decider finds it."""
    form = {one.id for one in asking.fields_of(standing.view.item)}
    asked = asking.questions(standing.view.item, standing.view.decisions, matter.table)
    return tuple(one for one in asked if one.id not in form and asking.known_question(one.id) is None)


def _grants(act: Act) -> bool:
    return act.fixed.get("outcome") == "grant"


def _specs(standing: Standing) -> tuple[FieldSpec, ...]:
    made: list[FieldSpec] = []
    for matter in matters(standing.view.item):
        for spec in forms.questions(open_questions(standing, matter), most_radios=_MANY):
            made.append(replace(spec, id=f"grant-{_FOUND}{matter.id}-{spec.id}"))
        hint = _("照裁量基准定；空着就是在基准的幅度以内。超出幅度的，要在“理由”里写明。")
        label = _("%(matter)s（元）") % {"matter": said(matter.name)}
        made.append(FieldSpec(f"grant-{_AMOUNT}{matter.id}", label, "text", required=False, hint=hint, max_length=20))
    return tuple(made)


def _decide(**given: Any) -> object:
    """Decide with what was found and chosen, each matter by itself."""
    chosen: dict[str, Chosen] = {}
    for name in [one for one in given if one.startswith((_AMOUNT, _FOUND))]:
        value = str(given.pop(name) or "").strip()
        if name.startswith(_AMOUNT):
            matter = name.removeprefix(_AMOUNT)
            chosen[matter] = replace(chosen.get(matter, Chosen(matter)), amount=value)
        else:
            matter, _sep, question = name.removeprefix(_FOUND).partition("-")
            before = chosen.get(matter, Chosen(matter))
            chosen[matter] = replace(before, found={**before.found, question: value})
    return actions.decide_case(**given, discretion=tuple(chosen.values()))
