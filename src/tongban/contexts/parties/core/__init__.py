"""Who acts, for whom, and in which role: plain values that every action takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal


class Role(StrEnum):
    """Roles of an officer (an officer may have several; the three-administrator split comes later)."""

    WINDOW = "window"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    CHIEF_REPRESENTATIVE = "chief_representative"  # 首席代表: decides at the window what the organ commissions
    CATALOGUE_OWNER = "catalogue_owner"  # drafts item versions for the own organ
    CATALOGUE_REVIEWER = "catalogue_reviewer"  # the organ's review of drafts
    LEGAL_REVIEWER = "legal_reviewer"  # 法制审核
    CATALOGUE_PUBLISHER = "catalogue_publisher"  # the service bureau's: publishes, schedules, cancels
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Principal:
    """A party somebody may act for: oneself, a company, or another person."""

    id: str  # uuid of the party
    kind: Literal["natural", "legal"]
    name: str
    id_number_masked: str
    relation: Literal["self", "mandate"] = "self"
    items: frozenset[str] = frozenset({"*"})  # item codes the mandate covers; {"*"} = everything

    def covers(self, item_code: str) -> bool:
        """Whether the mandate reaches this item (民法典 165: a mandate states its matters)."""
        return "*" in self.items or item_code in self.items


@dataclass(frozen=True)
class Commission:
    """An organ lets its chief representative 首席代表 decide in its name at the window, from `start` to `until`."""

    id: str
    agency: str  # the organ that gives it
    items: tuple[str, ...]
    start: date
    until: date

    def reaches(self, agency: str, item_code: str, today: date | None = None) -> bool:
        """Whether it covers decisions of `agency` on this item, on `today` where that is asked."""
        inside = today is None or self.start <= today <= self.until
        return agency == self.agency and item_code in self.items and inside


@dataclass(frozen=True)
class Actor:
    """Whoever performs a command or looks at something. Made once a request by `parties.queries.actor_of`.

    `id` is what the ledger records: "person:<party uuid>", "officer:<uuid>", "system:<name>".
    """

    kind: Literal["citizen", "officer", "system", "anonymous"]
    id: str
    name: str = ""
    name_en: str = ""  # officers: how English pages spell it; "" where nobody has said
    account_id: str = ""
    party_id: str = ""  # citizens: their natural person
    real_level: int = 0  # citizens: real-name level 0..4
    principals: tuple[Principal, ...] = ()  # citizens: self first, then mandates in force
    agency: str = ""  # officers: agency key, e.g. "market-linjiang"
    agency_name: str = ""
    agency_name_en: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    window: str = ""  # officers at a window: window id
    window_name: str = ""
    window_name_en: str = ""
    window_items: frozenset[str] = field(default_factory=frozenset)  # item codes; {"*"} = comprehensive window
    commissions: tuple[Commission, ...] = ()  # chief representatives: those in force

    def has(self, role: Role) -> bool:
        return role in self.roles

    @property
    def works_at_desk(self) -> bool:
        """Reviews, approves or supervises, and so has a desk beside or instead of a window."""
        return not self.roles.isdisjoint({Role.REVIEWER, Role.APPROVER, Role.CHIEF_REPRESENTATIVE, Role.SUPERVISOR})

    @property
    def works_on_catalogue(self) -> bool:
        """Drafts, reviews or publishes items, or looks on as a supervisor."""
        parts = {Role.CATALOGUE_OWNER, Role.CATALOGUE_REVIEWER, Role.LEGAL_REVIEWER, Role.CATALOGUE_PUBLISHER}
        return not self.roles.isdisjoint({*parts, Role.SUPERVISOR})

    def may_receive(self, item_code: str) -> bool:
        """A window handles only what it is authorised for (STANDARDS §4.6 一窗受理)."""
        return Role.WINDOW in self.roles and ("*" in self.window_items or item_code in self.window_items)

    def commission(self, agency: str, item_code: str) -> Commission | None:
        """The commission under which this chief representative decides for `agency` on an item, or None."""
        if self.kind != "officer" or Role.CHIEF_REPRESENTATIVE not in self.roles:
            return None
        return next((one for one in self.commissions if one.reaches(agency, item_code)), None)

    def principal(self, party_id: str) -> Principal | None:
        """The party this citizen may act for, or None."""
        return next((p for p in self.principals if p.id == party_id), None)


ANONYMOUS = Actor(kind="anonymous", id="anonymous")


def system(name: str) -> Actor:
    """The actor of scheduled work, e.g. system("clock")."""
    return Actor(kind="system", id=f"system:{name}", name=name)
