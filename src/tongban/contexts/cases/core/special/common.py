"""What every step of a special procedure asks first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.intake import require_phase
from tongban.contexts.cases.core.parts.special import Course, Named, Procedure, Stage
from tongban.contexts.cases.core.refusals import StepAlreadyDone
from tongban.contexts.cases.core.special.refusals import DayNotPossible, OfficerRecused, SpecialAwaitsApproval
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.kernel.refusals import N_, NotFound, Words

#: 行政许可法 47: whoever is told asks within five days; the organ holds it within twenty. Days are working days (82).
ASK_DAYS, HOLD_DAYS = 5, 20


def procedure(state: CaseState, special: str, course: Course | None = None) -> Procedure:
    """The procedure by its id. Refuses NotFound, also where it takes another course."""
    found = next((one for one in state.procedures if one.id == special), None)
    if found is None or (course is not None and found.course is not course):
        raise NotFound
    return found


def ended(state: CaseState, special: str) -> bool:
    """The stretch of the procedure is over."""
    return any(one.id == special and one.ended_on is not None for one in state.specials)


def is_open(state: CaseState, one: Procedure) -> bool:
    return one.stage is Stage.OPEN and not ended(state, one.id)


def running(state: CaseState, special: str, course: Course | None = None) -> Procedure:
    """The procedure, while it runs. Refuses NotFound, SpecialAwaitsApproval, StepAlreadyDone."""
    found = procedure(state, special, course)
    if found.stage is Stage.PROPOSED:
        raise SpecialAwaitsApproval(name=Words(found.name, found.name_en))
    if found.stage in (Stage.REFUSED, Stage.WAIVED):
        raise StepAlreadyDone(by=found.answered_by_name)
    if ended(state, special):
        stretch = next(one for one in state.specials if one.id == special)
        raise StepAlreadyDone(by=stretch.ended_by_name or stretch.by_name)
    return found


def lead(state: CaseState, facts: Facts, special: str, course: Course) -> Procedure:
    """A running procedure, before an officer of the organ in charge."""
    rights.require_lead(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    return running(state, special, course)


def require_unrecused(state: CaseState, officers: Iterable[Named]) -> None:
    """Refuses OfficerRecused for whoever has stepped aside."""
    for one in officers:
        if rights.is_recused(one.id, state):
            raise OfficerRecused(name=one.name)


def require_working_day(facts: Facts, on: date) -> None:
    """Refuses DayNotPossible for a past day or a rest day."""
    if on < facts.now.date():
        raise DayNotPossible(on=on, why=N_("已经过去了"), field="on")
    if not facts.calendar.is_workday(on):
        raise DayNotPossible(on=on, why=N_("不是工作日"), field="on")


def last_day(facts: Facts, told: date | None, start: date | None, days: int) -> date | None:
    """The end of a legal limit of working days as the calendar now has it; never before the day that was told."""
    if told is None or start is None:
        return told
    return max(told, after(facts.calendar, start, days))


def handlers(state: CaseState) -> frozenset[str]:
    """Whoever has handled the case so far."""
    found = {state.accepted_by, state.received_by}
    for task in state.tasks:
        found |= {task.done_by, task.second_officer}
    for one in state.procedures:
        found.add(one.by)
        if one.visit is not None:
            found |= {officer.id for officer in one.visit.officers}
    return frozenset(found - {""})
