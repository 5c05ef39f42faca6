"""What each command of this area may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.course import commands as c
from tongban.contexts.cases.core.course.migrating import migrate_route
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.intake import require_phase
from tongban.contexts.cases.core.occurred import course as o
from tongban.contexts.cases.core.parts.course import Awaited
from tongban.contexts.cases.core.path import Cause, catches, move
from tongban.contexts.cases.core.refusals import AnswerMissing, NotYetDue, ReasonMissing, StepAlreadyDone
from tongban.contexts.cases.core.review import open_task
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.contexts.parties.core import Actor
from tongban.contexts.process.core import engine
from tongban.kernel.refusals import NotAllowed, NotFound

Events = list[Any]


def fire_timer(state: CaseState, command: c.FireTimer, facts: Facts) -> Events:
    """A timer comes. One that was worked out anew, or whose task was done first, does nothing. Refuses NotYetDue."""
    if facts.actor.kind != "system":
        raise NotAllowed
    timer = next((one for one in state.timers if one.id == command.timer), None)
    if state.phase is not Phase.ACCEPTED or timer is None or timer.version != command.version:
        return []
    if facts.now < timer.due:
        raise NotYetDue
    fired = o.TimerFired(timer.id, timer.node, timer.name, timer.name_en, timer.due, facts.now)
    cause = Cause("timer", timer.node)
    return [fired, *move(fold(state, [fired]), facts, lambda data: engine.Fire(timer.id, data), cause=cause)]


def give_message(state: CaseState, command: c.GiveMessage, facts: Facts) -> Events:
    """The awaited answer comes, in words, from whom the route names; a window may write down an applicant's.

    Refuses NotFound, NotAllowed, MessageNotAwaited (something else came first), AnswerMissing.
    """
    actor = facts.actor
    rights.require_sight(actor, state)
    require_phase(state, Phase.ACCEPTED)
    awaited = _awaited(state, command.wait, actor)
    if not may_answer(actor, awaited, state):
        raise NotAllowed
    text = command.text.strip()
    if not text and actor.kind != "system":
        raise AnswerMissing
    received = o.MessageReceived(
        wait=awaited.id,
        node=awaited.node,
        message=awaited.message,
        name=awaited.name,
        name_en=awaited.name_en,
        sender=awaited.sender,
        text=text,
        by=actor.id,
        by_name=actor.name,
        agency=actor.agency if actor.kind == "officer" else "",
        at=facts.now,
    )
    cause = Cause("message", awaited.node)
    after = fold(state, [received])
    return [received, *move(after, facts, lambda data: engine.Deliver(awaited.id, data), cause=cause)]


def _awaited(state: CaseState, wait: str, actor: Actor) -> Awaited:
    by_name = actor.kind == "system"
    for one in state.awaited:
        if one.id == wait or (by_name and wait and one.message == wait):
            return one
    raise engine.MessageNotAwaited


def may_answer(actor: Actor, awaited: Awaited, state: CaseState) -> bool:
    """Whether the actor is whom the route waits for: the page offers what this allows."""
    if actor.kind == "system":
        return True
    if awaited.sender == "applicant":
        return rights.is_applicant(actor, state) or rights.is_window(actor, state)
    return actor.kind == "officer" and actor.agency == awaited.agency and _has(actor, awaited.role)


def _has(actor: Actor, role: str) -> bool:
    return any(one.value == role for one in actor.roles)


def report(state: CaseState, command: c.Report, facts: Facts) -> Events:
    """Who holds a task reports that it cannot be done, or escalates it. Refuses NotCaught where the route has no event
    for it, ReasonMissing."""
    rights.require_sight(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    task = open_task(state, command.task)
    rights.require_task(facts.actor, state, task)
    if not command.reason.strip():
        raise ReasonMissing
    assert facts.route is not None, "a case with tasks has a route"
    kind: Literal["error", "escalation"] = "error" if command.kind == "error" else "escalation"
    found = (one for one in catches(facts.route, state.position, task.id) if one.kind == kind)
    caught = next((one for one in found if one.code in ("", command.code)), None)
    if caught is None:
        raise engine.NotCaught
    raised = o.Raised(
        task=task.id,
        kind=kind,
        code=command.code,
        name=caught.event.name,
        name_en=caught.event.name_en,
        reason=command.reason.strip(),
        by=facts.actor.id,
        by_name=facts.actor.name,
        agency=facts.actor.agency,
        at=facts.now,
    )

    def push(data: Any) -> engine.Command:
        return engine.Raise(task.id, kind, command.code, data)

    return [raised, *move(fold(state, [raised]), facts, push, cause=Cause("raised", caught.event.id))]


def settle_escalation(state: CaseState, command: c.SettleEscalation, facts: Facts) -> Events:
    """An approver of the organ in charge says what was done about it. Refuses NotFound, StepAlreadyDone."""
    rights.require_approver(facts.actor, state)
    one = next((one for one in state.escalations if one.number == command.number), None)
    if one is None:
        raise NotFound
    if one.settled_at is not None:
        raise StepAlreadyDone(by=one.settled_by_name)
    if not command.note.strip():
        raise ReasonMissing
    return [
        o.EscalationSettled(
            number=one.number,
            note=command.note.strip(),
            by=facts.actor.id,
            by_name=facts.actor.name,
            agency=facts.actor.agency,
            at=facts.now,
        )
    ]


DECIDERS: dict[type, Callable[[CaseState, Any, Facts], list[Any]]] = {
    c.FireTimer: fire_timer,
    c.GiveMessage: give_message,
    c.Report: report,
    c.SettleEscalation: settle_escalation,
    c.MigrateRoute: migrate_route,
}
