"""The calendar changed: the dates of an open case are counted anew, and the case keeps the reason.

What is over stays as it was: a decided case keeps its limits, a closed one everything. The day that a supplement notice
names was promised to the applicant in writing: it moves back, never forward.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core.clocks import DELIVERY_DAYS, NOTICE_DAYS, SUPPLEMENT_DAYS, after, dues
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.intake import Events
from tongban.contexts.cases.core.parts.course import Timer
from tongban.contexts.cases.core.path import moment_of
from tongban.contexts.cases.core.state import CaseState, Phase, Special
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed


def recompute_clocks(state: CaseState, command: c.RecomputeClocks, facts: Facts) -> Events:
    """`ClocksRecomputed` with the old and the new dates; nothing where they are the same, so a repeat does nothing."""
    if facts.actor.kind != "system":
        raise NotAllowed
    old = dates(state)
    new = recomputed(state, facts)
    if new == old:
        return []
    return [e.ClocksRecomputed(reason=command.reason, year=command.year, old=old, new=new, at=facts.now)]


def dates(state: CaseState) -> e.Dates:
    """The dates as they stand."""
    return e.Dates(
        notice=state.notice_due,
        supplement=state.supplement.due if state.supplement is not None else None,
        legal=state.legal_due,
        promised=state.promised_due,
        provisional=state.due_provisional,
        delivery=state.delivery_due,
        timers=tuple((timer.id, timer.due) for timer in state.timers),
        specials=tuple((one.id, one.planned_end) for one in state.specials if one.ended_on is None),
    )


def recomputed(state: CaseState, facts: Facts) -> e.Dates:
    """The dates as the calendar in `facts` gives them; those of clocks that do not run any more stay."""
    found = dates(state)
    if state.phase in (Phase.SUBMITTED, Phase.PRE_PASSED) and state.notice_due is not None:
        assert state.submitted_at is not None
        answered = state.supplement.answered_at if state.supplement is not None else None
        receipt = (answered or state.submitted_at).astimezone(CHINA).date()
        return replace(found, notice=after(facts.calendar, receipt, NOTICE_DAYS))
    if state.phase is Phase.CORRECTING and state.supplement is not None:
        asked = state.supplement.notified_at.astimezone(CHINA).date()
        due = after(facts.calendar, asked, SUPPLEMENT_DAYS)
        return replace(found, supplement=max(due, state.supplement.due))
    if state.phase is Phase.ACCEPTED:
        both = dues(state, facts)
        known = both.legal is not None or both.promised is not None
        provisional = both.provisional if known else found.provisional  # a clock that stands says nothing new
        return replace(
            found,
            legal=both.legal,
            promised=both.promised,
            provisional=provisional,
            timers=tuple((one.id, _timer(one, facts)) for one in state.timers),
            specials=tuple((one.id, _planned_end(one, facts)) for one in state.specials if one.ended_on is None),
        )
    if state.phase in (Phase.GRANTED, Phase.CLOSED) and state.delivery_due is not None:
        return replace(found, delivery=_delivery(state, facts))
    return found


def _timer(timer: Timer, facts: Facts) -> datetime:
    """When a timer of the route comes; one that should have come before now waits for the worker, and stays."""
    if timer.due <= facts.now:
        return timer.due
    return moment_of(timer.lengths, timer.moment, timer.since, facts.calendar).at


def _planned_end(one: Special, facts: Facts) -> date:
    """The last day announced for a special procedure; a day that has passed stays as it was told."""
    if one.planned_days < 1 or one.planned_end < facts.now.date():
        return one.planned_end
    return after(facts.calendar, one.started_on, one.planned_days)


def _delivery(state: CaseState, facts: Facts) -> date | None:
    if state.decision is None:
        return state.delivery_due
    return after(facts.calendar, state.decision.at.astimezone(CHINA).date(), DELIVERY_DAYS)
