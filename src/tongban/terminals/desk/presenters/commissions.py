"""The page of the organ's commissions: who may decide what at the window, and the forms to give and take back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role
from tongban.contexts.parties.core.organisation import CommissionView, Officer
from tongban.kernel.refusals import NotFound
from tongban.terminals.common.presenters.languages import either, language, said
from tongban.ui import dates
from tongban.ui.forms import Choice, FieldSpec


def rows(agency: str, today: date) -> list[dict[str, Any]]:
    """Every commission of the organ, those in force first."""
    found = parties.commissions(agency=agency)
    return [_row(one, today) for one in sorted(found, key=lambda one: not one.in_force(today))]


def _row(one: CommissionView, today: date) -> dict[str, Any]:
    return {
        "value": f"{one.officer}/{one.id}",
        "officer": either(one.officer_name, one.officer_name_en),
        "items": _("、").join(_named(code) for code in one.items),
        "span": f"{dates.full_day(one.start, language())} – {dates.full_day(one.until, language())}",
        "given_by": one.given_by,
        "state": _state(one, today),
        "open": one.in_force(today),
    }


def _state(one: CommissionView, today: date) -> str:
    if one.revoked_on is not None:
        return _("%(day)s 收回") % {"day": dates.full_day(one.revoked_on, language())}
    if not one.active:
        return _("不再是首席代表")
    return _("有效") if one.in_force(today) else _("已经到期")


def _named(code: str) -> str:
    try:
        return said(catalogue.current(code).item.name)
    except NotFound:
        return code


def representatives(actor: Actor) -> tuple[Officer, ...]:
    """The chief representatives of the actor's organ, but for the actor."""
    own = actor.id.removeprefix("officer:")
    return tuple(
        one for one in parties.officers(actor.agency) if Role.CHIEF_REPRESENTATIVE in one.roles and one.id != own
    )


def delegable(actor: Actor) -> tuple[Item, ...]:
    """Items of the actor's organ that its published version lets the window decide."""
    base = parties.agency(actor.agency).base
    return tuple(one for one in catalogue.handled() if one.agency == base and one.handling and one.handling.delegated)


def can_give(actor: Actor) -> bool:
    return bool(representatives(actor)) and bool(delegable(actor))


def giving(actor: Actor) -> tuple[FieldSpec, ...]:
    """To whom, for what, until when."""
    people = tuple(Choice(one.id, f"{either(one.name, one.name_en)}  {one.badge}") for one in representatives(actor))
    items = tuple(Choice(one.code, said(one.name)) for one in delegable(actor))
    return (
        FieldSpec("officer", _("授权给谁"), "select", options=people, hint=_("本单位的首席代表。")),
        FieldSpec("items", _("可以决定哪些事项"), "multi", options=items),
        FieldSpec("until", _("到哪一天"), "date", hint=_("从今天起，到这一天为止；随时可以收回。")),
    )


def taking() -> tuple[FieldSpec, ...]:
    """Which one, and why."""
    return (
        FieldSpec("commission", _("哪一份授权"), max_length=90),
        FieldSpec("reason", _("为什么收回"), max_length=500),
    )
