"""Interested parties 利害关系人 (行政许可法 36, 47): whom the decision touches is told, and heard before it."""

from __future__ import annotations

import hmac

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.fairness import commands as c
from tongban.contexts.cases.core.fairness.defence import defence_days
from tongban.contexts.cases.core.intake import Events, require_phase
from tongban.contexts.cases.core.occurred import fairness as e
from tongban.contexts.cases.core.refusals import ReasonMissing
from tongban.contexts.cases.core.refusals_fair import InterestedAlreadyHeard, InterestedUnknown, InterestMissing
from tongban.contexts.cases.core.state import CaseState, Phase


def inform_interested(state: CaseState, command: c.InformInterested, facts: Facts) -> Events:
    """Name somebody and tell them. Records InterestedInformed; owes the notice, which carries their code."""
    rights.require_voice(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    if not all(text.strip() for text in (command.name, command.contact, command.interest)):
        raise InterestMissing
    return [
        e.InterestedInformed(
            id=str(len(state.interested) + 1),
            name=command.name.strip(),
            contact=command.contact.strip(),
            interest=command.interest.strip(),
            code=command.code,
            party=command.party,
            by_name=facts.actor.name,
            at=facts.now,
            due=after(facts.calendar, facts.now.date(), defence_days(facts.item)),
        )
    ]


def hear_interested(state: CaseState, command: c.HearInterested, facts: Facts) -> Events:
    """What they think: by themselves with their code, else written down by the organ or a window. Once; a later word
    is still heard while the case is not decided. Records InterestedHeard."""
    found = next((one for one in state.interested if one.id == command.interested), None)
    officer = facts.actor.kind == "officer"
    if officer and not rights.is_window(facts.actor, state):
        rights.require_voice(facts.actor, state)
    if found is None or not (officer or hmac.compare_digest(found.code.encode(), command.code.encode())):
        raise InterestedUnknown
    require_phase(state, Phase.ACCEPTED)
    if found.stated_at is not None:
        raise InterestedAlreadyHeard
    if not command.text.strip():
        raise ReasonMissing
    channel = "window" if officer else "online"
    return [e.InterestedHeard(id=found.id, text=command.text.strip(), channel=channel, at=facts.now)]
