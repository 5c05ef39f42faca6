"""From decision to delivery and rating; withdrawal."""

from __future__ import annotations

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.clocks import DELIVERY_DAYS, after
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.discretion import weigh
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.fairness.defence import require_heard
from tongban.contexts.cases.core.fairness.meeting import require_vote
from tongban.contexts.cases.core.granting import closing, has_paper
from tongban.contexts.cases.core.intake import PHASE_WORDS, Events, require_phase
from tongban.contexts.cases.core.path import advance
from tongban.contexts.cases.core.refusals import (
    ChoiceUnknown,
    ClockIsStopped,
    NotYetReady,
    RatingDetailMissing,
    RatingNotPossible,
    RatingScoreWrong,
    ReasonMissing,
    StepOutOfOrder,
    TooLateToWithdraw,
)
from tongban.contexts.cases.core.review import open_task
from tongban.contexts.cases.core.special.opening import require_settled
from tongban.contexts.cases.core.state import Act, CaseState, Ending, Phase, Task
from tongban.kernel.refusals import NotAllowed, NotFound, Words


def decide_case(state: CaseState, command: c.Decide, facts: Facts) -> Events:
    """准予 or 不予许可. All opinions are in, no special procedure is open, the decider did not handle the case; a
    denial, and a grant against an adverse opinion, give their reasons (行政许可法 38)."""
    task, commission = _require_ripe(state, command, facts)
    if command.outcome not in ("grant", "deny"):
        raise ChoiceUnknown
    adverse = any(t.outcome in ("fail", "disagree") for t in state.tasks)
    if (command.outcome == "deny" or adverse) and not command.reasons.strip():
        raise ReasonMissing
    require_vote(state, command, facts)
    require_heard(state, command, facts)
    decided = e.Decided(
        outcome=command.outcome,
        reasons=command.reasons.strip(),
        conditions=command.conditions.strip(),
        task=task.id,
        by=facts.actor.id,
        by_name=facts.actor.name,
        agency=facts.actor.agency,
        at=facts.now,
        licence=command.outcome == "grant" and has_paper(facts.item),
        delivery_due=after(facts.calendar, facts.now.date(), DELIVERY_DAYS),
        considered=command.considered.strip(),
        commission=commission,
        discretion=weigh(state, command, facts),
    )
    moved = advance(fold(state, [decided]), facts, task=task.id)
    return [decided, *moved, *closing(facts.item, outcome=command.outcome, at=facts.now)]


def _require_ripe(state: CaseState, command: c.Decide, facts: Facts) -> tuple[Task, str]:
    """The decision task and the commission it is done under: the case has come to its decision, nothing is open, and
    it is the actor's to decide."""
    rights.require_sight(facts.actor, state)
    require_phase_for_decision(state, command)
    if not command.task and state.open_tasks:  # the route has not come to the decision
        rights.require_approver(facts.actor, state)
        raise NotYetReady(count=len(state.open_tasks))
    task = open_task(state, command.task)
    if task.act != Act.DECIDE:
        raise NotFound
    rights.require_task(facts.actor, state, task)
    commission = rights.commission_of(facts.actor, state, task, facts)
    assert facts.item.handling is not None
    rights.require_separation(facts.actor, state, self_approval=facts.item.handling.self_approval)
    waiting = [t for t in state.open_tasks if t.id != task.id]
    if waiting:
        raise NotYetReady(count=len(waiting))
    running = next((special for special in state.specials if special.ended_on is None), None)
    if running is not None:
        raise ClockIsStopped(name=Words(running.name, running.name_en))
    require_settled(state, facts)
    return task, commission


def require_phase_for_decision(state: CaseState, command: c.Decide) -> None:
    """Two officers deciding at once: the second is told who was first, not that the phase is wrong."""
    if state.phase in (Phase.GRANTED, Phase.CLOSED, Phase.DELIVERED) and state.task(command.task) is not None:
        open_task(state, command.task)
    require_phase(state, Phase.ACCEPTED)


def record_document(state: CaseState, command: c.RecordDocument, facts: Facts) -> Events:
    """The worker made a document that was owed. A repeat changes nothing."""
    _require_system(facts)
    if all(owed.key != command.key for owed in state.owed):
        return []
    issued = e.DocumentIssued(
        key=command.key,
        kind=command.kind,
        number=command.number,
        title=command.title,
        file_id=command.file_id,
        sha256=command.sha256,
        at=facts.now,
    )
    return [issued, *_deliver_online(fold(state, [issued]), facts)]


def record_licence(state: CaseState, command: c.RecordLicence, facts: Facts) -> Events:
    """The licence exists: the case is closed (出证办结)."""
    _require_system(facts)
    if state.licence is not None or state.phase is not Phase.GRANTED:
        return []
    events: Events = [
        e.LicenceIssued(
            id=command.id,
            number=command.number,
            token=command.token,
            file_id=command.file_id,
            sha256=command.sha256,
            at=facts.now,
        ),
        e.Closed(ending=Ending.GRANTED, at=facts.now),
    ]
    return events + _deliver_online(fold(state, events), facts)


def _deliver_online(state: CaseState, facts: Facts) -> Events:
    """Once every paper of a closed case is made, it is delivered into the applicant's space."""
    if state.phase is not Phase.CLOSED or state.owed:
        return []
    if state.delivery == "window" and state.decision is not None:
        return []
    return [e.Delivered(way="electronic", to=state.applicant_name, by_name="", at=facts.now)]


def _require_system(facts: Facts) -> None:
    if facts.actor.kind != "system":
        raise NotAllowed


def deliver(state: CaseState, command: c.Deliver, facts: Facts) -> Events:
    """Hand the result over at a window to a named person."""
    rights.require_window(facts.actor, state)
    require_phase(state, Phase.CLOSED)
    if state.delivery != "window" or state.decision is None:
        raise StepOutOfOrder(phase=PHASE_WORDS[state.phase])
    if not command.to.strip():
        raise ReasonMissing
    return [e.Delivered(way="window", to=command.to.strip(), by_name=facts.actor.name, at=facts.now)]


def withdraw(state: CaseState, command: c.Withdraw, facts: Facts) -> Events:
    """The applicant takes the application back, any time before the decision."""
    rights.require_applicant(facts.actor, state)
    if state.decision is not None or state.phase in (Phase.CLOSED, Phase.DELIVERED):
        raise TooLateToWithdraw
    return [
        e.Withdrawn(reason=command.reason.strip(), at=facts.now),
        e.Closed(ending=Ending.WITHDRAWN, at=facts.now),
    ]


def rate(state: CaseState, command: c.Rate, facts: Facts) -> Events:
    """One rating for a finished case; a bad one says what was bad (GB/T 39734-2020)."""
    rights.require_applicant(facts.actor, state)
    if not state.is_over or state.rating is not None:
        raise RatingNotPossible
    if not 1 <= command.score <= 5:
        raise RatingScoreWrong
    if command.score <= 2 and not command.details and not command.text.strip():
        raise RatingDetailMissing
    return [e.Rated(score=command.score, details=command.details, text=command.text.strip(), at=facts.now)]
