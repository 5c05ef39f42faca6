"""Who may take which step in the life of a version.

Everybody acts for the items of the own organ ("market-linjiang" belongs to "market"); officers of the service bureau,
which keeps the whole list (the lists of powers and duties after 中办发〔2015〕21号), act for all.
"""

from __future__ import annotations

from tongban.contexts.parties.core import Actor, Role
from tongban.kernel.refusals import NotAllowed

OVERALL = "service-bureau"
_ROLES = (Role.CATALOGUE_OWNER, Role.CATALOGUE_REVIEWER, Role.LEGAL_REVIEWER, Role.CATALOGUE_PUBLISHER)


def acts_for(organ: str, agency: str) -> bool:
    """Whether an officer whose organ has base key `organ` works on the items of `agency`."""
    return bool(organ) and organ in (agency, OVERALL)


def may_draft(actor: Actor, organ: str, agency: str) -> bool:
    """Catalogue owners for their organ's items; the system for imports."""
    return actor.kind == "system" or (actor.has(Role.CATALOGUE_OWNER) and acts_for(organ, agency))


def may_review(actor: Actor, organ: str, agency: str) -> bool:
    """The department review."""
    return actor.has(Role.CATALOGUE_REVIEWER) and acts_for(organ, agency)


def may_review_legality(actor: Actor, organ: str, agency: str) -> bool:
    """The legal review: of the organ's own lawyers or the bureau's."""
    return actor.has(Role.LEGAL_REVIEWER) and acts_for(organ, agency)


def may_publish(actor: Actor, organ: str) -> bool:
    """Publishing, scheduling and cancelling are the service bureau's."""
    return actor.has(Role.CATALOGUE_PUBLISHER) and organ == OVERALL


def sees_all(actor: Actor, organ: str) -> bool:
    """Sees the drafts of every organ: the bureau's officers of the catalogue, supervisors, the system."""
    return actor.kind == "system" or actor.has(Role.SUPERVISOR) or (organ == OVERALL and _takes_part(actor))


def sees(actor: Actor, organ: str, agency: str) -> bool:
    """Sees the drafts of `agency`."""
    return sees_all(actor, organ) or (_takes_part(actor) and acts_for(organ, agency))


def _takes_part(actor: Actor) -> bool:
    return any(actor.has(role) for role in _ROLES)


def require(allowed: bool) -> None:
    """Refuses `NotAllowed` unless `allowed`."""
    if not allowed:
        raise NotAllowed
