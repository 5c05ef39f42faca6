"""Who may do and see what in a case: pure rules over the actor and the state.

The same functions guard commands (under the lock), lists, searches and files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.parts.fairness import Recusal
from tongban.contexts.cases.core.refusals import HandlerMayNotDecide
from tongban.contexts.cases.core.refusals_fair import BeyondMandate, OfficerRecused, RecusalByAnother
from tongban.contexts.cases.core.state import Act, CaseState, Task
from tongban.contexts.parties.core import Actor, Role
from tongban.kernel.refusals import N_, NotAllowed, NotFound, Words


def is_applicant(actor: Actor, state: CaseState) -> bool:
    """The actor is the applicant or acts for it by a mandate in force."""
    principal = actor.principal(state.applicant)
    return actor.kind == "citizen" and principal is not None and principal.covers(state.item_code)


def is_recused(officer_id: str, state: CaseState) -> bool:
    """The officer keeps out of the case 回避: the organ's approver has let or made them."""
    return any(one.officer == officer_id and one.granted for one in state.recusals)


def require_free(officer_id: str, name: str, state: CaseState) -> None:
    """Nobody who keeps out of the case is drawn into it by a colleague: as second inspector, chair, expert or member of
    a meeting. Refuses OfficerRecused."""
    if is_recused(officer_id, state):
        raise OfficerRecused(name=name)


def is_window(actor: Actor, state: CaseState) -> bool:
    """A window authorised for the item; city-wide items of any department."""
    return actor.kind == "officer" and actor.may_receive(state.item_code) and not is_recused(actor.id, state)


def is_organ(actor: Actor, state: CaseState) -> bool:
    """An officer of the organ in charge or of an organ with a task in the case; not who keeps out of it."""
    if actor.kind != "officer" or not actor.agency or is_recused(actor.id, state):
        return False
    if holds_commission(actor, state) or _answers_extension(actor, state):
        return True
    if not (actor.has(Role.REVIEWER) or actor.has(Role.APPROVER)):
        return False
    with_task = {task.agency for task in state.tasks}
    asked = {one.agency for one in state.awaited} | set(state.heard)
    return actor.agency == state.agency or actor.agency in with_task | asked


def holds_commission(actor: Actor, state: CaseState) -> bool:
    """A chief representative 首席代表 whose commission by the organ in charge reaches this item."""
    return actor.commission(state.agency, state.item_code) is not None


def _answers_extension(actor: Actor, state: CaseState) -> bool:
    """An approver of the organ that answers the extension: the government's in joint handling (行政许可法 42-2)."""
    extension = state.extension
    return extension is not None and actor.has(Role.APPROVER) and actor.agency == (extension.agency or state.agency)


def may_see(actor: Actor, state: CaseState) -> bool:
    """Sight of a case with its materials; supervisors see the course of every case, but for one they keep out of."""
    if actor.kind == "system":
        return True
    if actor.kind == "officer" and is_recused(actor.id, state):
        return False  # whatever other role they hold
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


def require_voice(actor: Actor, state: CaseState) -> None:
    """Who may speak for the organ to those a decision touches: its officers, and its chief representative."""
    require_sight(actor, state)
    if not holds_commission(actor, state):
        require_lead(actor, state)


def require_extension_approver(actor: Actor, state: CaseState) -> None:
    """The head of the organ, or of the government where the extension went to it (行政许可法 42)."""
    require_sight(actor, state)
    if not (_answers_extension(actor, state) if state.extension is not None else actor.has(Role.APPROVER)):
        raise NotAllowed


def may_do(actor: Actor, task: Task, state: CaseState | None = None) -> bool:
    """The task is assigned to the actor's role and agency, and they do not keep out of the case. A decision is also a
    chief representative's where the organ's commission reaches the item."""
    if actor.kind != "officer" or (state is not None and is_recused(actor.id, state)):
        return False
    if actor.agency == task.agency and Role(task.role) in actor.roles:
        return True
    return task.act == Act.DECIDE and state is not None and holds_commission(actor, state)


def require_task(actor: Actor, state: CaseState, task: Task) -> None:
    require_sight(actor, state)
    if not may_do(actor, task, state):
        raise NotAllowed


def commission_of(actor: Actor, state: CaseState, task: Task, facts: Facts) -> str:
    """The commission under which a chief representative decides, "" for the organ's own approver. Refuses BeyondMandate
    where the item is not handed to the window, or the commission is not in force today."""
    if actor.agency == task.agency and Role(task.role) in actor.roles:
        return ""
    commission = actor.commission(task.agency, state.item_code)
    handed = facts.item.handling is not None and facts.item.handling.delegated
    if commission is None or not handed or not commission.reaches(task.agency, state.item_code, facts.now.date()):
        raise BeyondMandate
    return commission.id


def require_judge(actor: Actor, recusal: Recusal) -> None:
    """Who decides on a recusal: an approver of the officer's organ, not that officer and not who asked."""
    if actor.kind != "officer" or actor.agency != recusal.agency or not actor.has(Role.APPROVER):
        raise NotAllowed
    if actor.id in (recusal.officer, recusal.asked_by):
        raise RecusalByAnother


#: Separation of duties (STANDARDS §4.1, 行政许可法 48): part in a case -> the earlier parts that close it to the same
#: officer. docs/process.md prints the table with its law.
CLOSED_BY: Final[dict[str, frozenset[str]]] = {
    "decide": frozenset({"accept", "handle"}),
    "chair": frozenset({"accept", "handle"}),
    "answer_extension": frozenset({"ask_extension"}),
}


def parts_of(officer_id: str, state: CaseState) -> Iterator[tuple[str, Words | str]]:
    """The parts that an officer has had in the case so far, and what each step is called: "handle" is any review,
    opinion or inspection, the second inspector's too."""
    if officer_id and officer_id in (state.accepted_by, state.received_by):
        yield "accept", N_("受理")
    for task in state.tasks:
        if officer_id and task.act != Act.DECIDE and officer_id in (task.done_by, task.second_officer):
            yield "handle", Words(task.name, task.name_en)
    for one in state.procedures:
        if one.visit is not None and officer_id in {officer.id for officer in one.visit.officers}:
            yield "handle", Words(one.name, one.name_en)
    if state.extension is not None and state.extension.asked_by == officer_id:
        yield "ask_extension", N_("申请延期")


def is_closed(officer_id: str, state: CaseState, *, part: str) -> bool:
    """Whether an earlier part of this officer closes `part` to them (`CLOSED_BY`)."""
    return any(earlier in CLOSED_BY[part] for earlier, _name in parts_of(officer_id, state))


def require_apart(officer_id: str, state: CaseState, *, part: str) -> None:
    """Refuses HandlerMayNotDecide where an earlier part closes `part` to this officer (`CLOSED_BY`)."""
    for earlier, name in parts_of(officer_id, state):
        if earlier in CLOSED_BY[part]:
            raise HandlerMayNotDecide(step=name)


def require_separation(actor: Actor, state: CaseState, *, self_approval: bool) -> None:
    """The same person does not both handle and decide (STANDARDS §4.1), unless the published item allows it."""
    if not self_approval:
        require_apart(actor.id, state, part="decide")
