"""Statement and defence before an adverse decision (行政许可法 7, 36; STANDARDS CF-10).

Whoever is about to deny tells the applicant facts, reasons and basis first; the applicant has some working days to
answer, or waives; the decision says how each statement was dealt with. The legal clock runs on.
"""

from __future__ import annotations

from datetime import date

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.commands import Decide, Facts
from tongban.contexts.cases.core.fairness import commands as c
from tongban.contexts.cases.core.intake import Events, require_phase
from tongban.contexts.cases.core.occurred import fairness as e
from tongban.contexts.cases.core.parts.fairness import Paper
from tongban.contexts.cases.core.refusals import ChoiceUnknown, ReasonMissing
from tongban.contexts.cases.core.refusals_fair import (
    DefenceAlreadyAsked,
    DefenceNotHeard,
    DefenceNotOpen,
    DefenceStillOpen,
    InterestedStillOpen,
    StatementsNotConsidered,
)
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.contexts.catalogue.core.items import Item
from tongban.kernel.clock import CHINA

#: Working days to state and defend, where neither item nor law sets another number; 行政许可法 names none.
DEFENCE_DAYS = 3


def defence_days(item: Item) -> int:
    """Working days that the applicant and interested parties have: the item's own, else `DEFENCE_DAYS`."""
    return (item.handling.defence_days if item.handling else 0) or DEFENCE_DAYS


def is_open(state: CaseState, today: date) -> bool:
    """A notice is out, its days run, and the applicant has neither finished nor waived."""
    return bool(state.intended) and not is_heard(state, today)


def is_heard(state: CaseState, today: date) -> bool:
    """The last notice was answered in full, waived, or its days are over."""
    if not state.intended:
        return False
    notice = state.intended[-1]
    finished = any(one.complete and one.at >= notice.at for one in state.statements)
    return finished or notice.waived_at is not None or today > notice.due


def notify_intention(state: CaseState, command: c.NotifyIntention, facts: Facts) -> Events:
    """Tell the applicant of the intended decision. Records IntentionNotified; owes the notice.

    New facts or reasons need a new notice once the last is answered. Refuses DefenceAlreadyAsked, ReasonMissing.
    """
    rights.require_voice(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    today = facts.now.date()
    if is_open(state, today):
        raise DefenceAlreadyAsked(due=state.intended[-1].due.isoformat())
    if command.outcome not in ("deny", "burden"):
        raise ChoiceUnknown
    if not all(text.strip() for text in (command.facts, command.reasons, command.basis)):
        raise ReasonMissing
    return [
        e.IntentionNotified(
            outcome=command.outcome,
            facts=command.facts.strip(),
            reasons=command.reasons.strip(),
            basis=command.basis.strip(),
            by=facts.actor.id,
            by_name=facts.actor.name,
            agency=state.agency,
            at=facts.now,
            due=after(facts.calendar, today, defence_days(facts.item)),
        )
    ]


def state_defence(state: CaseState, command: c.StateDefence, facts: Facts) -> Events:
    """The applicant says what they have to say, or a window writes it down for them. Records StatementMade."""
    channel = _require_voice_of_applicant(state, facts)
    require_phase(state, Phase.ACCEPTED)
    if not is_open(state, facts.now.date()):
        raise DefenceNotOpen
    if not command.text.strip() and not facts.papers:
        raise ReasonMissing
    return [
        e.StatementMade(
            id=str(len(state.statements) + 1),
            text=command.text.strip(),
            papers=tuple(Paper(m.file_id, m.filename, m.media_type, m.size, m.sha256) for m in facts.papers),
            complete=command.complete,
            channel=channel,
            by=facts.actor.id,
            by_name=state.contact_name if channel == "window" else facts.actor.name,
            at=facts.now,
        )
    ]


def waive_defence(state: CaseState, command: c.WaiveDefence, facts: Facts) -> Events:
    """The applicant gives up answering. Records DefenceWaived."""
    channel = _require_voice_of_applicant(state, facts)
    require_phase(state, Phase.ACCEPTED)
    if not is_open(state, facts.now.date()):
        raise DefenceNotOpen
    name = state.contact_name if channel == "window" else facts.actor.name
    return [e.DefenceWaived(by=facts.actor.id, by_name=name, channel=channel, at=facts.now)]


def _require_voice_of_applicant(state: CaseState, facts: Facts) -> str:
    """The applicant, or a window for somebody present; answers the channel."""
    if rights.is_window(facts.actor, state):
        return "window"
    rights.require_applicant(facts.actor, state)
    return "online"


def require_heard(state: CaseState, command: Decide, facts: Facts) -> None:
    """What a decision owes to those it touches: a denial was announced and heard, interested parties had their days,
    and every statement is answered. Refuses DefenceNotHeard, DefenceStillOpen, InterestedStillOpen,
    StatementsNotConsidered."""
    today = facts.now.astimezone(CHINA).date()
    last = state.intended[-1] if state.intended else None
    adverse = command.outcome == "deny" or (last is not None and last.outcome == "burden")
    if command.outcome == "deny" and (last is None or last.outcome != "deny"):
        raise DefenceNotHeard
    if adverse and last is not None and not is_heard(state, today):
        raise DefenceStillOpen(due=last.due.isoformat())
    waiting = [one.due for one in state.interested if one.stated_at is None and one.due >= today]
    if waiting:
        raise InterestedStillOpen(due=max(waiting).isoformat())
    said = sum(one.stated_at is not None for one in state.interested) + (len(state.statements) if adverse else 0)
    if said and not command.considered.strip():
        raise StatementsNotConsidered(count=said)
