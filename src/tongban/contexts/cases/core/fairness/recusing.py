"""Recusal 回避: an officer with an interest keeps out of the case; the organ's approver decides."""

from __future__ import annotations

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.fairness import commands as c
from tongban.contexts.cases.core.intake import Events, require_phase
from tongban.contexts.cases.core.occurred import fairness as e
from tongban.contexts.cases.core.refusals import ReasonMissing, StepAlreadyDone
from tongban.contexts.cases.core.refusals_fair import NotOfThisCase, RecusalAlreadyAsked
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.kernel.refusals import NotAllowed, NotFound

_RUNNING = (Phase.SUBMITTED, Phase.PRE_PASSED, Phase.CORRECTING, Phase.ACCEPTED)


def agencies_of(state: CaseState) -> frozenset[str]:
    """The organs that handle the case: the one in charge and those with a task in it."""
    return frozenset({state.agency, *(task.agency for task in state.tasks if task.agency), *state.lanes.values()})


def ask_recusal(state: CaseState, command: c.AskRecusal, facts: Facts) -> Events:
    """An officer of the case names themselves; the applicant names any officer of its organs, or who took the papers
    in. Records RecusalAsked. Until it is decided the officer goes on (as 行政处罚法 43 has it)."""
    actor = facts.actor
    rights.require_sight(actor, state)
    own = actor.kind == "officer"
    if own and (command.officer != actor.id or not (rights.is_organ(actor, state) or rights.is_window(actor, state))):
        raise NotAllowed
    if not own:
        rights.require_applicant(actor, state)
    require_phase(state, *_RUNNING)
    took_in = command.officer in (state.received_by, state.accepted_by)
    if not own and command.agency not in agencies_of(state) and not took_in:
        raise NotOfThisCase
    if not command.reason.strip():
        raise ReasonMissing
    earlier = [one for one in state.recusals if one.officer == command.officer]
    if any(one.granted is not False or one.asked_by == actor.id for one in earlier):
        raise RecusalAlreadyAsked(name=command.officer_name)
    return [
        e.RecusalAsked(
            id=str(len(state.recusals) + 1),
            officer=command.officer,
            officer_name=command.officer_name,
            agency=command.agency if command.agency in agencies_of(state) else state.agency,
            reason=command.reason.strip(),
            own=own,
            asked_by=actor.id,
            asked_by_name=actor.name,
            at=facts.now,
        )
    ]


def decide_recusal(state: CaseState, command: c.DecideRecusal, facts: Facts) -> Events:
    """The approver of the officer's organ decides, never that officer nor who asked. Records RecusalDecided."""
    rights.require_sight(facts.actor, state)
    asked = next((one for one in state.recusals if one.id == command.recusal), None)
    if asked is None:
        raise NotFound
    rights.require_judge(facts.actor, asked)
    if asked.granted is not None:
        raise StepAlreadyDone(by=asked.decided_by_name)
    require_phase(state, *_RUNNING)
    if not command.grant and not command.answer.strip():
        raise ReasonMissing
    return [
        e.RecusalDecided(
            id=asked.id,
            granted=command.grant,
            answer=command.answer.strip(),
            by=facts.actor.id,
            by_name=facts.actor.name,
            at=facts.now,
        )
    ]
