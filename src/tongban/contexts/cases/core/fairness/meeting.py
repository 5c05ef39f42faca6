"""Collective decision 集体讨论: the organ's officers discuss and vote, and whoever signs follows the vote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.commands import Decide, Facts
from tongban.contexts.cases.core.fairness import commands as c
from tongban.contexts.cases.core.intake import Events, require_phase
from tongban.contexts.cases.core.occurred import fairness as e
from tongban.contexts.cases.core.parts.fairness import Vote
from tongban.contexts.cases.core.refusals import ChoiceUnknown, ReasonMissing
from tongban.contexts.cases.core.refusals_fair import AgainstTheVote, MeetingNeeded, MeetingTooSmall, NoMajority
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.kernel.refusals import N_

#: So many officers of the organ at least are present and vote.
LEAST_MEMBERS = 3
VOTES = ("grant", "deny", "abstain")
_OUTCOMES = {"grant": N_("准予"), "deny": N_("不予许可")}


def majority(votes: Sequence[Vote]) -> str:
    """What more than half of those present voted for; "" where nothing was."""
    vote, number = Counter(one.vote for one in votes).most_common(1)[0]
    return vote if vote in _OUTCOMES and 2 * number > len(votes) else ""


def hold_meeting(state: CaseState, command: c.HoldMeeting, facts: Facts) -> Events:
    """Record the discussion, each vote and what it came to; an approver of the organ in charge keeps the record.

    Refuses MeetingTooSmall, OfficerRecused, ChoiceUnknown, ReasonMissing. Records MeetingHeld; owes the minutes.
    """
    rights.require_approver(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    if len({one.officer for one in command.votes}) < max(LEAST_MEMBERS, len(command.votes)):
        raise MeetingTooSmall(least=LEAST_MEMBERS)
    for one in command.votes:
        rights.require_free(one.officer, one.name, state)
        if one.vote not in VOTES:
            raise ChoiceUnknown
    if not command.discussion.strip() or not command.place.strip():
        raise ReasonMissing
    assert state.accepted_at is not None
    if not state.accepted_at.date() <= command.on <= facts.now.date():
        raise ChoiceUnknown(field="on")
    return [
        e.MeetingHeld(
            id=str(len(state.meetings) + 1),
            on=command.on,
            place=command.place.strip(),
            discussion=command.discussion.strip(),
            votes=command.votes,
            outcome=majority(command.votes),
            by=facts.actor.id,
            by_name=facts.actor.name,
            at=facts.now,
        )
    ]


def require_vote(state: CaseState, command: Decide, facts: Facts) -> None:
    """The decision follows the last vote, where one was taken or the item wants one. Refuses MeetingNeeded,
    NoMajority, AgainstTheVote."""
    if not state.meetings:
        if facts.item.handling is not None and facts.item.handling.collective:
            raise MeetingNeeded
        return
    outcome = state.meetings[-1].outcome
    if not outcome:
        raise NoMajority
    if command.outcome != outcome:
        raise AgainstTheVote(outcome=_OUTCOMES[outcome])
