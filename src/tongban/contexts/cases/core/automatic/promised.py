"""After a decision on a promise (告知承诺): the organ verifies within the days it told the applicant.

What was promised and is not true is to be put right; revoking the licence is a later act with its own procedure and is
not done here.
"""

from __future__ import annotations

from typing import Any

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.automatic import commands as own
from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.occurred import automatic as e
from tongban.contexts.cases.core.refusals import (
    ChoiceUnknown,
    DaysMissing,
    ReasonMissing,
    StepAlreadyDone,
    TwoOfficersNeeded,
)
from tongban.contexts.cases.core.state import CaseState
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed, NotFound

#: The longest time to put right what was promised, in working days.
MOST_CORRECT_DAYS = 60


def open_verification(state: CaseState, command: own.OpenVerification, facts: Facts) -> list[Any]:
    """Granted on a promise: the task to verify opens, due as the applicant was told. Records VerificationOpened."""
    if facts.actor.kind != "system":
        raise NotAllowed
    signed, decision = state.automatic.signed, state.decision
    if signed is None or decision is None or decision.outcome != "grant" or state.automatic.verification is not None:
        return []
    due = after(facts.calendar, decision.at.astimezone(CHINA).date(), signed.verify_days)
    return [e.VerificationOpened(due=due, at=facts.now)]


def verify(state: CaseState, command: own.VerifyCommitment, facts: Facts) -> list[Any]:
    """Two officers of the organ in charge saw for themselves (行政许可法 34(3)). Records CommitmentVerified; owes the
    result to the applicant. A failure says what is not as promised, and until when to put it right."""
    rights.require_lead(facts.actor, state)
    verification = state.automatic.verification
    if verification is None:
        raise NotFound
    if verification.at is not None:
        raise StepAlreadyDone(by=verification.by_name)
    if command.outcome not in ("pass", "fail"):
        raise ChoiceUnknown
    if command.second_officer in ("", facts.actor.id):
        raise TwoOfficersNeeded(field="second_officer")
    rights.require_free(command.second_officer, command.second_officer_name, state)
    failed = command.outcome == "fail"
    if failed and not command.findings.strip():
        raise ReasonMissing(field="findings")
    if failed and not 1 <= command.correct_days <= MOST_CORRECT_DAYS:
        raise DaysMissing(field="correct_days", most=MOST_CORRECT_DAYS)
    today = facts.now.astimezone(CHINA).date()
    return [
        e.CommitmentVerified(
            outcome=command.outcome,
            findings=command.findings.strip(),
            correct_by=after(facts.calendar, today, command.correct_days) if failed else None,
            by=facts.actor.id,
            by_name=facts.actor.name,
            agency=facts.actor.agency,
            second_officer=command.second_officer,
            second_officer_name=command.second_officer_name,
            at=facts.now,
        )
    ]
