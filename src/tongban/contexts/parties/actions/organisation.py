"""Agencies, windows and officers of an installation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tongban.contexts.parties import models, queries
from tongban.contexts.parties.actions.accounts import may_administer
from tongban.contexts.parties.core import Actor, Commission, Role, refusals
from tongban.contexts.parties.core import organisation as rules
from tongban.contexts.parties.projections import OFFICER
from tongban.foundation import ledger
from tongban.kernel.clock import CHINA
from tongban.kernel.codes import credit_code
from tongban.kernel.refusals import NotAllowed, NotFound


def create_agency(agency: rules.Agency, *, actor: Actor, now: datetime) -> None:
    """Enter or replace an agency of the installation; its parent first.

    Refuses `NotAllowed`, a wrong credit code, and `AgencyUnknown` for a parent that is not there.
    """
    may_administer(actor)
    credit_code.parse(agency.credit_code)
    if agency.parent and not models.Agency.objects.filter(key=agency.parent).exists():
        raise refusals.AgencyUnknown(key=agency.parent)
    models.Agency.objects.update_or_create(
        key=agency.key,
        defaults={
            "base": agency.base,
            "name_zh": agency.name.zh,
            "name_en": agency.name.en,
            "short_zh": agency.short.zh,
            "short_en": agency.short.en,
            "credit_code": agency.credit_code,
            "level": agency.level,
            "division": agency.division,
            "parent_id": agency.parent or None,
        },
    )
    queries.forget_agencies()


def create_window(window: rules.Window, *, actor: Actor, now: datetime) -> None:
    """Enter or replace a window and the items it may receive. Refuses `NotAllowed`, `AgencyUnknown`."""
    may_administer(actor)
    if not models.Agency.objects.filter(key=window.agency).exists():
        raise refusals.AgencyUnknown(key=window.agency)
    models.Window.objects.update_or_create(
        id=window.id,
        defaults={
            "name_zh": window.name.zh,
            "name_en": window.name.en,
            "agency_id": window.agency,
            "items": list(window.items),
        },
    )


def create_officer(
    *,
    account_id: str,
    name: str,
    name_en: str,
    badge: str,
    agency: str,
    roles: Iterable[Role],
    window: str = "",
    actor: Actor,
    now: datetime,
    request_id: str,
) -> str:
    """Appoint an officer to an agency with roles and, for window officers, a window. Returns the officer's id.

    Refuses `NotAllowed`, `AgencyUnknown`, `WindowUnknown`, `NameMissing`, `RolesMissing`. Records
    `officer.appointed` and `officer.roles_set`.
    """
    may_administer(actor)
    if not models.Agency.objects.filter(key=agency).exists():
        raise refusals.AgencyUnknown(key=agency)
    _known_window(window)
    officer_id = ledger.stream_id_for(request_id)
    command = rules.Appoint(account_id, name, name_en, badge, agency, _texts(roles), window)
    ledger.execute(OFFICER, officer_id, command, actor=actor.id, principal="", request_id=request_id, now=now)
    return officer_id


def set_roles(
    *, officer_id: str, roles: Iterable[Role], window: str = "", actor: Actor, now: datetime, request_id: str
) -> None:
    """Set an officer's roles and window from now on. Nobody sets their own (GB/T 22239-2019 访问控制).

    Refuses `NotAllowed`, `OfficerUnknown`, `RolesMissing`, `WindowUnknown`. Records `officer.roles_set`.
    """
    _not_oneself(actor, officer_id)
    _known_window(window)
    ledger.execute(
        OFFICER,
        officer_id,
        rules.SetRoles(_texts(roles), window),
        actor=actor.id,
        principal="",
        request_id=request_id,
        now=now,
    )


def retire_officer(*, officer_id: str, actor: Actor, now: datetime, request_id: str) -> None:
    """The officer leaves: roles end, the account is switched off. Refuses `NotAllowed`, `OfficerUnknown`.

    Records `officer.left`.
    """
    _not_oneself(actor, officer_id)
    outcome = ledger.execute(
        OFFICER, officer_id, rules.Leave(), actor=actor.id, principal="", request_id=request_id, now=now
    )
    models.Account.objects.filter(id=outcome.state.account).update(is_active=False)


def give_commission(
    *, officer_id: str, items: Iterable[str], until: date, actor: Actor, now: datetime, request_id: str
) -> str:
    """Let the organ's chief representative decide on `items` in its name at the window, from today to `until`.

    By an approver of the organ, never to themselves. Returns the commission's id. Refuses `NotAllowed`,
    `CommissionToOneself`, `NoChiefRepresentative`, `CommissionEmpty`, `CommissionPeriodWrong`. Records
    `officer.commission_given`.
    """
    _may_commission(actor, officer_id)
    today = now.astimezone(CHINA).date()
    commission = Commission(ledger.stream_id_for(request_id, "commission"), actor.agency, tuple(items), today, until)
    command = rules.GiveCommission(commission, actor.id, actor.name)
    ledger.execute(
        OFFICER, officer_id, command, actor=actor.id, principal=f"agency:{actor.agency}", request_id=request_id, now=now
    )
    return commission.id


def revoke_commission(
    *, officer_id: str, commission_id: str, reason: str, actor: Actor, now: datetime, request_id: str
) -> None:
    """Take a commission back from today on; what was decided under it stands. Refuses `NotAllowed`,
    `CommissionUnknown`, `CommissionReasonMissing`. Records `officer.commission_revoked`."""
    _may_commission(actor, officer_id)
    command = rules.RevokeCommission(commission_id, reason, now.astimezone(CHINA).date())
    ledger.execute(
        OFFICER, officer_id, command, actor=actor.id, principal=f"agency:{actor.agency}", request_id=request_id, now=now
    )


def _may_commission(actor: Actor, officer_id: str) -> None:
    """An approver of the officer's own organ."""
    if actor.kind != "officer" or not actor.has(Role.APPROVER):
        raise NotAllowed
    if actor.id == f"officer:{officer_id}":
        raise refusals.CommissionToOneself
    if queries.officer(officer_id).agency != actor.agency:
        raise NotFound


def _not_oneself(actor: Actor, officer_id: str) -> None:
    may_administer(actor)
    if actor.id == f"officer:{officer_id}":
        raise refusals.NotOneself


def _known_window(window: str) -> None:
    if window and not models.Window.objects.filter(id=window).exists():
        raise refusals.WindowUnknown(window=window)


def _texts(roles: Iterable[Role]) -> tuple[str, ...]:
    return tuple(sorted({str(role) for role in roles}))
