"""What each command of this area may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.fairness import commands as c
from tongban.contexts.cases.core.fairness.defence import notify_intention, state_defence, waive_defence
from tongban.contexts.cases.core.fairness.interested import hear_interested, inform_interested
from tongban.contexts.cases.core.fairness.meeting import hold_meeting
from tongban.contexts.cases.core.fairness.recusing import ask_recusal, decide_recusal
from tongban.contexts.cases.core.fairness.renewing import deem_renewed
from tongban.contexts.cases.core.state import CaseState

DECIDERS: dict[type, Callable[[CaseState, Any, Facts], list[Any]]] = {
    c.NotifyIntention: notify_intention,
    c.StateDefence: state_defence,
    c.WaiveDefence: waive_defence,
    c.AskRecusal: ask_recusal,
    c.DecideRecusal: decide_recusal,
    c.InformInterested: inform_interested,
    c.HearInterested: hear_interested,
    c.HoldMeeting: hold_meeting,
    c.DeemRenewed: deem_renewed,
}
