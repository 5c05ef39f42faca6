"""How a case changes by fair procedure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tongban.contexts.cases.core.occurred import fairness as e
from tongban.contexts.cases.core.parts.fairness import Intended, Interested, Meeting, Recusal, Renewal, Statement
from tongban.contexts.cases.core.state import CaseState, Decision, Ending, Owed, Phase


def _owe(state: CaseState, kind: str, event: Any, key: str) -> CaseState:
    return replace(state, owed=(*state.owed, Owed(key, kind, event.at)))


def _intention_notified(state: CaseState, event: e.IntentionNotified) -> CaseState:
    notice = Intended(
        outcome=event.outcome,
        facts=event.facts,
        reasons=event.reasons,
        basis=event.basis,
        by=event.by,
        by_name=event.by_name,
        agency=event.agency,
        at=event.at,
        due=event.due,
    )
    state = replace(state, intended=(*state.intended, notice))
    return _owe(state, "intended_adverse", event, f"intended_adverse-{len(state.intended)}")


def _statement_made(state: CaseState, event: e.StatementMade) -> CaseState:
    said = Statement(
        id=event.id,
        text=event.text,
        papers=event.papers,
        complete=event.complete,
        channel=event.channel,
        by=event.by,
        by_name=event.by_name,
        at=event.at,
    )
    state = replace(state, statements=(*state.statements, said))
    return _owe(state, "defence_record", event, f"defence_record-{event.id}")


def _defence_waived(state: CaseState, event: e.DefenceWaived) -> CaseState:
    last = replace(state.intended[-1], waived_at=event.at, waived_by_name=event.by_name)
    return replace(state, intended=(*state.intended[:-1], last))


def _recusal_asked(state: CaseState, event: e.RecusalAsked) -> CaseState:
    asked = Recusal(
        id=event.id,
        officer=event.officer,
        officer_name=event.officer_name,
        agency=event.agency,
        reason=event.reason,
        own=event.own,
        asked_by=event.asked_by,
        asked_by_name=event.asked_by_name,
        at=event.at,
    )
    return replace(state, recusals=(*state.recusals, asked))


def _recusal_decided(state: CaseState, event: e.RecusalDecided) -> CaseState:
    recusals = tuple(
        replace(
            one,
            granted=event.granted,
            answer=event.answer,
            decided_by=event.by,
            decided_by_name=event.by_name,
            decided_at=event.at,
        )
        if one.id == event.id
        else one
        for one in state.recusals
    )
    return _owe(replace(state, recusals=recusals), "recusal", event, f"recusal-{event.id}")


def _interested_informed(state: CaseState, event: e.InterestedInformed) -> CaseState:
    party = Interested(
        id=event.id,
        name=event.name,
        contact=event.contact,
        interest=event.interest,
        code=event.code,
        by_name=event.by_name,
        at=event.at,
        due=event.due,
        party=event.party,
    )
    state = replace(state, interested=(*state.interested, party))
    return _owe(state, "interested_notice", event, f"interested_notice-{event.id}")


def _interested_heard(state: CaseState, event: e.InterestedHeard) -> CaseState:
    interested = tuple(
        replace(one, statement=event.text, stated_at=event.at, channel=event.channel) if one.id == event.id else one
        for one in state.interested
    )
    return replace(state, interested=interested)


def _meeting_held(state: CaseState, event: e.MeetingHeld) -> CaseState:
    held = Meeting(
        id=event.id,
        on=event.on,
        place=event.place,
        discussion=event.discussion,
        votes=event.votes,
        outcome=event.outcome,
        by=event.by,
        by_name=event.by_name,
        at=event.at,
    )
    return _owe(replace(state, meetings=(*state.meetings, held)), "minutes", event, f"minutes-{event.id}")


def _renewal_named(state: CaseState, event: e.RenewalNamed) -> CaseState:
    return replace(state, renewal=Renewal(event.licence, event.number, event.valid_to, event.late))


def _deemed_renewed(state: CaseState, event: e.DeemedRenewed) -> CaseState:
    assert state.renewal is not None
    state = replace(
        state,
        renewal=replace(state.renewal, deemed_at=event.at),
        decision=Decision("grant", event.reasons, "", "", "", event.agency, event.at),
        tasks=tuple(replace(task, done_at=task.done_at or event.at) for task in state.tasks),
        ending=Ending.GRANTED,
        phase=Phase.GRANTED,
        notice_due=None,
        delivery_due=event.delivery_due,
    )
    return _owe(_owe(state, "deemed_renewal", event, "deemed_renewal"), "licence", event, "licence")


EVOLVERS: dict[type, Callable[[CaseState, Any], CaseState]] = {
    e.IntentionNotified: _intention_notified,
    e.StatementMade: _statement_made,
    e.DefenceWaived: _defence_waived,
    e.RecusalAsked: _recusal_asked,
    e.RecusalDecided: _recusal_decided,
    e.InterestedInformed: _interested_informed,
    e.InterestedHeard: _interested_heard,
    e.MeetingHeld: _meeting_held,
    e.RenewalNamed: _renewal_named,
    e.DeemedRenewed: _deemed_renewed,
}
