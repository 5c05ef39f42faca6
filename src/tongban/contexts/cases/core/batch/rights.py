"""Who sees a batch: its applicant, windows that may receive the item, the organs it concerns, supervisors.

Its cases are looked at one by one with the rules of `rights`.
"""

from __future__ import annotations

from tongban.contexts.cases.core.batch.state import BatchState
from tongban.contexts.parties.core import Actor, Role
from tongban.kernel.refusals import NotFound


def is_applicant(actor: Actor, state: BatchState) -> bool:
    """The actor acts for the applicant by a mandate in force."""
    if state.applicant is None or actor.kind != "citizen":
        return False
    principal = actor.principal(state.applicant.party)
    return principal is not None and principal.covers(state.item_code)


def may_see(actor: Actor, state: BatchState) -> bool:
    """Sight of the batch as a whole."""
    if actor.kind == "system" or is_applicant(actor, state):
        return True
    if actor.kind != "officer":
        return False
    works = actor.has(Role.REVIEWER) or actor.has(Role.APPROVER)
    concerned = {state.agency, *state.lanes.values()}
    return (
        actor.may_receive(state.item_code)
        or actor.has(Role.SUPERVISOR)
        or (works and bool(actor.agency) and actor.agency in concerned)
    )


def require_sight(actor: Actor, state: BatchState) -> None:
    """Refuses NotFound, so that a guessed link teaches nothing."""
    if not may_see(actor, state):
        raise NotFound
