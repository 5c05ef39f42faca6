"""Renewal 延续 (行政许可法 50-2): what was applied for in time and not decided before the end has renewed itself."""

from __future__ import annotations

from tongban.contexts.cases.core.clocks import DELIVERY_DAYS, after
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.fairness import commands as c
from tongban.contexts.cases.core.occurred import fairness as e
from tongban.contexts.cases.core.refusals import NotYetDue
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed

REASONS = "被许可人在有效期届满三十日前申请延续，行政机关在有效期届满前没有作出决定，依法视为准予延续。"
_UNDECIDED = (Phase.SUBMITTED, Phase.PRE_PASSED, Phase.ACCEPTED)


def silence_renews(state: CaseState) -> bool:
    """Undecided at its expiry, the licence counts as renewed: not where the applicant came late, nor while they have
    not yet brought what is missing, nor where they brought it after the end."""
    renewal = state.renewal
    if renewal is None or renewal.late or state.decision is not None or state.phase not in _UNDECIDED:
        return False
    answered = state.supplement.answered_at if state.supplement else None
    return answered is None or answered.astimezone(CHINA).date() <= renewal.valid_to


def deem_renewed(state: CaseState, command: c.DeemRenewed, facts: Facts) -> list[e.DeemedRenewed]:
    """By the clock. Records DeemedRenewed; owes the notice and the new licence. Refuses NotYetDue on the last day."""
    if facts.actor.kind != "system":
        raise NotAllowed
    if not silence_renews(state):
        return []
    renewal, today = state.renewal, facts.now.date()
    assert renewal is not None
    if today <= renewal.valid_to:
        raise NotYetDue
    return [
        e.DeemedRenewed(
            licence=renewal.licence,
            number=renewal.number,
            valid_to=renewal.valid_to,
            reasons=REASONS,
            agency=state.agency,
            at=facts.now,
            delivery_due=after(facts.calendar, today, DELIVERY_DAYS),
        )
    ]
