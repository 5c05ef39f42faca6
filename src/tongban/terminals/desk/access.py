"""Who works at the desk: reviewers and approvers of an organ, and supervisors, who look and do not act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from tongban.contexts.parties.core import Actor, Role
from tongban.kernel.refusals import N_, Refusal
from tongban.terminals.common.guards import officer_required

View = Callable[..., HttpResponseBase]
WORKING = frozenset({Role.REVIEWER, Role.APPROVER, Role.CHIEF_REPRESENTATIVE})
LOOKING = WORKING | {Role.SUPERVISOR}


class NoDesk(Refusal):
    """The officer has none of the roles that this terminal is for."""

    code = "no_desk"
    message = N_(
        "审批工作台给审查人员、审批人员和监察人员用，您的账号没有这些角色。窗口人员请到“窗口”；应该有的话，请找本单位管理员授权。"
    )
    status = 403


def at_desk(*roles: Role) -> Callable[[View], View]:
    """Open the page for officers with one of `roles` (none: any role of the desk). Refuses `OfficersOnly`, `NoDesk`.

    Whoever also sits at a window acts here as the organ's officer: a window's rights end at its counter.
    """

    def guard(view: View) -> View:
        @officer_required()
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            if actor.roles.isdisjoint(roles or LOOKING):
                raise NoDesk
            request.actor = replace(actor, roles=actor.roles & LOOKING)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return guarded

    return guard


#: The life of an item version: drafting, the two reviews, publishing. Supervisors look.
CATALOGUE = frozenset({Role.CATALOGUE_OWNER, Role.CATALOGUE_REVIEWER, Role.LEGAL_REVIEWER, Role.CATALOGUE_PUBLISHER})
CATALOGUE_LOOKING = CATALOGUE | {Role.SUPERVISOR}


class NoCatalogueDesk(Refusal):
    """The officer has no part in the catalogue."""

    code = "no_catalogue_desk"
    message = N_(
        "事项目录给事项管理、审核、法制审核、公布和监察人员用，您的账号没有这些角色。应该有的话，请找本单位管理员授权。"
    )
    status = 403


def at_catalogue(*roles: Role) -> Callable[[View], View]:
    """Open the page for officers with one of `roles` (none: everyone with a part in the catalogue, and supervisors).

    Refuses `OfficersOnly`, `NoCatalogueDesk`. Whose items they are is asked again by every action.
    """

    def guard(view: View) -> View:
        @officer_required()
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            if actor.roles.isdisjoint(roles or CATALOGUE_LOOKING):
                raise NoCatalogueDesk
            return view(request, *args, **kwargs)

        return guarded

    return guard
