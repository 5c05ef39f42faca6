"""Samples of what a table granted: drawn by a number that nobody can choose, checked by a person.

The number is made of the case number and the hash of the ledger's record of the table's decision. That hash covers
random salts and every earlier record of the case, so it is known to nobody before the record stands, and the same for
everybody afterwards.
"""

from __future__ import annotations

import hashlib
from typing import Any

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.automatic import commands as own
from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.occurred import automatic as e
from tongban.contexts.cases.core.refusals import ChoiceUnknown, ReasonMissing, StepAlreadyDone
from tongban.contexts.cases.core.state import CaseState
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed, NotFound

#: Working days in which a drawn case is checked; a city's own.
RECHECK_DAYS = 10


def draw(number: str, fingerprint: str) -> int:
    """0..99: SHA-256 of "<case number>:<hash of the record>", its first eight hexadecimal digits modulo 100."""
    return int(hashlib.sha256(f"{number}:{fingerprint}".encode()).hexdigest()[:8], 16) % 100


def draw_sample(state: CaseState, command: own.DrawSample, facts: Facts) -> list[Any]:
    """Draw once: below the item's percentage the case is drawn. Records SampleDrawn, drawn or not."""
    if facts.actor.kind != "system":
        raise NotAllowed
    automatic = state.automatic
    if automatic.granted_at is None or automatic.drawn is not None:
        return []
    number = draw(state.number, command.fingerprint)
    today = facts.now.astimezone(CHINA).date()
    due = after(facts.calendar, today, RECHECK_DAYS) if number < automatic.percent else None
    return [
        e.SampleDrawn(
            fingerprint=command.fingerprint, number=number, percent=automatic.percent, due=due, at=facts.now
        )
    ]  # fmt: skip


def recheck(state: CaseState, command: own.Recheck, facts: Facts) -> list[Any]:
    """An officer of the organ in charge says whether they would have granted; a disagreement gives its reasons.

    The licence stands: to take it back is an act of its own. Records Rechecked.
    """
    rights.require_lead(facts.actor, state)
    drawn = state.automatic.drawn
    if drawn is None or drawn.due is None:
        raise NotFound
    if drawn.rechecked_at is not None:
        raise StepAlreadyDone(by=drawn.by_name)
    if command.outcome not in ("agree", "disagree"):
        raise ChoiceUnknown
    if command.outcome == "disagree" and not command.reasons.strip():
        raise ReasonMissing(field="reasons")
    return [
        e.Rechecked(
            outcome=command.outcome,
            reasons=command.reasons.strip(),
            by=facts.actor.id,
            by_name=facts.actor.name,
            agency=facts.actor.agency,
            at=facts.now,
        )
    ]
