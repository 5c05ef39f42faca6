"""Agencies on four levels, windows and officers as values; how a task's plain agency key finds its organ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal

from tongban.contexts.parties.core import Commission, Role, refusals

Level = Literal["city", "district", "township", "village"]


@dataclass(frozen=True)
class Name:
    """A name in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class Agency:
    """An organ or a centre. `key` is unique ("market-linjiang"); `base` is the office it holds ("market")."""

    key: str
    base: str
    name: Name
    short: Name
    credit_code: str
    level: Level
    division: str  # GB/T 2260: 6 digits city and district, 9 township, 12 village
    parent: str = ""


@dataclass(frozen=True)
class Window:
    """A window of a service centre. `items` ("*",) = comprehensive window 综合窗口 (STANDARDS §4.6)."""

    id: str
    name: Name
    agency: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Officer:
    """An officer in the service of an agency."""

    id: str
    name: str
    name_en: str
    badge: str
    agency: str
    roles: frozenset[Role]
    window: str = ""
    active: bool = True


@dataclass(frozen=True)
class CommissionView:
    """A commission as lists show it."""

    id: str
    officer: str
    officer_name: str
    officer_name_en: str
    agency: str
    items: tuple[str, ...]
    start: date
    until: date
    given_by: str
    revoked_on: date | None
    active: bool

    def in_force(self, today: date) -> bool:
        return self.active and self.revoked_on is None and self.start <= today <= self.until


def lineage(division: str) -> Iterator[str]:
    """The division and those above it, nearest first: village, township, district, city (prefecture), province.

    Trailing zeros of the 12-digit form are dropped, so "429901000000" is the district 429901.
    """
    code = division
    for short in (9, 6):
        if len(code) > short and set(code[short:]) == {"0"}:
            code = code[:short]
    seen = set()
    for part in (code, code[:9], code[:6], code[:4] + "00", code[:2] + "0000"):
        if part and part not in seen:
            seen.add(part)
            yield part


def resolve(agencies: Mapping[str, Agency], key: str, division: str) -> Agency:
    """The organ that holds office `key` for a place: its own, else the nearest above, else the one of that very key.

    Refuses `AgencyUnknown`.
    """
    by_division = {a.division: a for a in agencies.values() if a.base == key}
    for place in lineage(division):
        if place in by_division:
            return by_division[place]
    if key in agencies:
        return agencies[key]
    raise refusals.AgencyUnknown(key=key)


@dataclass(frozen=True)
class Commissioned:
    """A commission as it was given to this officer, and whether it was taken back."""

    commission: Commission
    given_by: str
    given_by_name: str
    revoked_on: date | None = None
    revoked_reason: str = ""


@dataclass(frozen=True)
class OfficerState:
    """The fold of an officer's events: what supervision reads of appointments and role grants."""

    account: str = ""
    name: str = ""
    name_en: str = ""
    badge: str = ""
    agency: str = ""
    roles: tuple[str, ...] = ()
    window: str = ""
    active: bool = False
    commissions: tuple[Commissioned, ...] = ()


class OfficerEvent:
    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class OfficerAppointed(OfficerEvent):
    TYPE: ClassVar[str] = "officer.appointed"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name", "name_en"})
    account: str
    name: str
    name_en: str
    badge: str
    agency: str


@dataclass(frozen=True)
class RolesSet(OfficerEvent):
    """The officer's roles and window from now on (GB/T 22239-2019 访问控制)."""

    TYPE: ClassVar[str] = "officer.roles_set"
    roles: tuple[str, ...]
    window: str


@dataclass(frozen=True)
class OfficerLeft(OfficerEvent):
    TYPE: ClassVar[str] = "officer.left"


@dataclass(frozen=True)
class CommissionGiven(OfficerEvent):
    """The organ lets its chief representative decide on these items in its name, at the window (首席代表授权)."""

    TYPE: ClassVar[str] = "officer.commission_given"
    commission: Commission
    by: str
    by_name: str


@dataclass(frozen=True)
class CommissionRevoked(OfficerEvent):
    TYPE: ClassVar[str] = "officer.commission_revoked"
    id: str
    reason: str
    on: date


OfficerAct = OfficerAppointed | RolesSet | OfficerLeft | CommissionGiven | CommissionRevoked
OFFICER_EVENTS: tuple[type, ...] = (OfficerAppointed, RolesSet, OfficerLeft, CommissionGiven, CommissionRevoked)


@dataclass(frozen=True)
class Appoint:
    account: str
    name: str
    name_en: str
    badge: str
    agency: str
    roles: tuple[str, ...]
    window: str = ""


@dataclass(frozen=True)
class SetRoles:
    roles: tuple[str, ...]
    window: str = ""


@dataclass(frozen=True)
class Leave:
    pass


@dataclass(frozen=True)
class GiveCommission:
    commission: Commission
    by: str
    by_name: str


@dataclass(frozen=True)
class RevokeCommission:
    id: str
    reason: str
    on: date


Command = Appoint | SetRoles | Leave | GiveCommission | RevokeCommission


def _give(state: OfficerState, command: GiveCommission) -> Sequence[OfficerAct]:
    given = command.commission
    if Role.CHIEF_REPRESENTATIVE not in state.roles or given.agency != state.agency:
        raise refusals.NoChiefRepresentative
    if not given.items:
        raise refusals.CommissionEmpty(field="items")
    if given.until < given.start:
        raise refusals.CommissionPeriodWrong(field="until")
    return [CommissionGiven(given, command.by, command.by_name)]


def _revoke(state: OfficerState, command: RevokeCommission) -> Sequence[OfficerAct]:
    held = next((one for one in state.commissions if one.commission.id == command.id), None)
    if held is None or held.revoked_on is not None:
        raise refusals.CommissionUnknown
    if not command.reason.strip():
        raise refusals.CommissionReasonMissing(field="reason")
    return [CommissionRevoked(command.id, command.reason.strip(), command.on)]


def decide(state: OfficerState, command: Command, facts: object) -> Sequence[OfficerAct]:
    """The events of one command on an officer. Refuses an officer without a name, a role, or in service at all."""
    if isinstance(command, Appoint):
        if not command.name.strip():
            raise refusals.NameMissing(field="name")
        appointed = OfficerAppointed(command.account, command.name, command.name_en, command.badge, command.agency)
        return [appointed, *decide(evolve(state, appointed), SetRoles(command.roles, command.window), facts)]
    if not state.active:
        raise refusals.OfficerUnknown
    if isinstance(command, Leave):
        return [OfficerLeft()]
    if isinstance(command, GiveCommission):
        return _give(state, command)
    if isinstance(command, RevokeCommission):
        return _revoke(state, command)
    if not command.roles:
        raise refusals.RolesMissing(field="roles")
    roles = tuple(sorted({str(Role(role)) for role in command.roles}))
    return [RolesSet(roles, command.window)] if (roles, command.window) != (state.roles, state.window) else []


def evolve(state: OfficerState, event: OfficerAct) -> OfficerState:
    """The state after one event."""
    if isinstance(event, OfficerAppointed):
        return OfficerState(event.account, event.name, event.name_en, event.badge, event.agency, active=True)
    if isinstance(event, RolesSet):
        return replace(state, roles=event.roles, window=event.window)
    if isinstance(event, CommissionGiven):
        given = Commissioned(event.commission, event.by, event.by_name)
        return replace(state, commissions=(*state.commissions, given))
    if isinstance(event, CommissionRevoked):
        commissions = tuple(
            replace(one, revoked_on=event.on, revoked_reason=event.reason) if one.commission.id == event.id else one
            for one in state.commissions
        )
        return replace(state, commissions=commissions)
    return replace(state, active=False, roles=(), window="")
