"""Who may do and see what in a case: pure rules over the actor and the state.

The same functions guard commands (under the lock), lists, searches and files.
"""

from __future__ import annotations

from tongban.contexts.cases.core.refusals import HandlerMayNotDecide
from tongban.contexts.cases.core.state import Act, CaseState, Task
from tongban.contexts.parties.core import Actor, Role
from tongban.kernel.refusals import N_, NotAllowed, NotFound, Words


def is_applicant(actor: Actor, state: CaseState) -> bool:
    """The actor is the applicant or acts for it by a mandate in force."""
    principal = actor.principal(state.applicant)
    return actor.kind == "citizen" and principal is not None and principal.covers(state.item_code)


def is_window(actor: Actor, state: CaseState) -> bool:
    """A window authorised for the item; city-wide items of any department."""
    return actor.kind == "officer" and actor.may_receive(state.item_code)


def is_organ(actor: Actor, state: CaseState) -> bool:
    """An officer of the organ in charge or of an organ with a task in the case."""
    if actor.kind != "officer" or not actor.agency:
        return False
    if not (actor.has(Role.REVIEWER) or actor.has(Role.APPROVER)):
        return False
    return actor.agency == state.agency or any(task.agency == actor.agency for task in state.tasks)


def may_see(actor: Actor, state: CaseState) -> bool:
    """Sight of a case with its materials; supervisors see the course of every case."""
    if actor.kind == "system":
        return True
    return (
        is_applicant(actor, state)
        or is_window(actor, state)
        or is_organ(actor, state)
        or (actor.kind == "officer" and actor.has(Role.SUPERVISOR))
    )


def require_sight(actor: Actor, state: CaseState) -> None:
    """Refuses NotFound, so that a guessed link teaches nothing."""
    if not may_see(actor, state):
        raise NotFound


def require_applicant(actor: Actor, state: CaseState) -> None:
    require_sight(actor, state)
    if not is_applicant(actor, state):
        raise NotAllowed


def require_window(actor: Actor, state: CaseState) -> None:
    require_sight(actor, state)
    if not is_window(actor, state):
        raise NotAllowed


def require_lead(actor: Actor, state: CaseState) -> None:
    """Reviewer or approver of the organ in charge."""
    require_sight(actor, state)
    if actor.kind != "officer" or actor.agency != state.agency:
        raise NotAllowed
    if not (actor.has(Role.REVIEWER) or actor.has(Role.APPROVER)):
        raise NotAllowed


def require_approver(actor: Actor, state: CaseState) -> None:
    require_lead(actor, state)
    if not actor.has(Role.APPROVER):
        raise NotAllowed


def may_do(actor: Actor, task: Task) -> bool:
    """The task is assigned to the actor's role and agency."""
    return actor.kind == "officer" and actor.agency == task.agency and Role(task.role) in actor.roles


def require_task(actor: Actor, state: CaseState, task: Task) -> None:
    require_sight(actor, state)
    if not may_do(actor, task):
        raise NotAllowed


def require_separation(actor: Actor, state: CaseState, *, self_approval: bool) -> None:
    """The same person does not both handle and decide (STANDARDS §4.1), unless the published item allows it."""
    if self_approval:
        return
    if state.accepted_by == actor.id or state.received_by == actor.id:
        raise HandlerMayNotDecide(step=N_("受理"))
    for task in state.tasks:
        if task.act != Act.DECIDE and (task.done_by == actor.id or task.second_officer == actor.id):
            raise HandlerMayNotDecide(step=Words(task.name, task.name_en))
