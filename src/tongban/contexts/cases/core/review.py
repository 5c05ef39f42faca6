"""From acceptance to decision: opinions, inspections, the one extension."""

from __future__ import annotations

from typing import Any

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.clocks import JOINT_EXTENSION, dues, is_joint
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.intake import Events, require_phase
from tongban.contexts.cases.core.path import advance
from tongban.contexts.cases.core.refusals import (
    AnsweredInRound,
    ChoiceUnknown,
    ExtensionNotAllowed,
    ReasonMissing,
    StepAlreadyDone,
    StepTakenBack,
    TwoOfficersNeeded,
)
from tongban.contexts.cases.core.state import Act, CaseState, Phase, Task
from tongban.kernel.refusals import N_, NotFound

OUTCOMES = {
    Act.REVIEW: ("pass", "fail"),
    Act.INSPECT: ("pass", "fail"),
    Act.OPINION: ("agree", "conditions", "disagree"),
}


def open_task(state: CaseState, task_id: str) -> Task:
    """The open task. Refuses NotFound, and StepAlreadyDone when somebody was first."""
    task = state.task(task_id)
    if task is None:
        raise NotFound
    if task.done_at is not None:
        raise StepAlreadyDone(by=task.done_by_name)
    if task.cancelled_at is not None:
        raise StepTakenBack
    return task


def _once(state: CaseState, task: Task, *officers: str) -> None:
    """Of several who are asked the same, each is another person."""
    for one in state.tasks:
        same = one.round == task.round and one.node == task.node and one.done_at is not None
        if task.round and same and {one.done_by, one.second_officer} & {name for name in officers if name}:
            raise AnsweredInRound


def complete_task(state: CaseState, command: c.CompleteTask, facts: Facts) -> Events:
    """A review, an opinion or an inspection. An adverse one gives its reasons; an inspection names two officers."""
    rights.require_sight(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    task = open_task(state, command.task)
    rights.require_task(facts.actor, state, task)
    _once(state, task, facts.actor.id, command.second_officer)
    if command.outcome not in OUTCOMES.get(Act(task.act), ()):
        raise ChoiceUnknown
    if command.outcome in ("fail", "disagree") and not command.opinion.strip():
        raise ReasonMissing
    if command.outcome == "conditions" and not command.conditions.strip():
        raise ReasonMissing
    if task.act == Act.INSPECT and command.second_officer in ("", facts.actor.id):
        raise TwoOfficersNeeded
    rights.require_free(command.second_officer, command.second_officer_name, state)
    done = e.TaskDone(
        task=task.id,
        act=task.act,
        outcome=command.outcome,
        opinion=command.opinion.strip(),
        conditions=command.conditions.strip(),
        by=facts.actor.id,
        by_name=facts.actor.name,
        agency=facts.actor.agency,
        second_officer=command.second_officer if task.act == Act.INSPECT else "",
        second_officer_name=command.second_officer_name if task.act == Act.INSPECT else "",
        at=facts.now,
    )
    return [done, *advance(fold(state, [done]), facts, task=task.id)]


def ask_extension(state: CaseState, command: c.AskExtension, facts: Facts) -> Events:
    """Ask for the one extension of the legal limit, before it ends (行政许可法 42)."""
    rights.require_lead(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    if state.extension is not None:
        raise ExtensionNotAllowed(why=N_("只能延长一次，已经提出过"))
    if extension_days(facts) == 0:
        raise ExtensionNotAllowed(why=N_("这个事项的法律依据没有规定可以延长"))
    _require_running_limit(state, facts)
    if not command.reason.strip():
        raise ReasonMissing
    return [
        e.ExtensionAsked(
            reason=command.reason.strip(),
            by=facts.actor.id,
            by_name=facts.actor.name,
            at=facts.now,
            agency=command.approver if is_joint(facts.item) else "",
        )
    ]


def _require_running_limit(state: CaseState, facts: Facts) -> None:
    if state.legal_due is not None and facts.now.date() > state.legal_due:
        raise ExtensionNotAllowed(why=N_("法定期限已经届满"))


def extension_days(facts: Facts) -> int:
    """Days that one extension adds: the item's own; by 行政许可法 42 ten working days where the item has no limit, and
    fifteen in joint handling."""
    if facts.item.statutory is not None:
        return facts.item.statutory.extend
    return JOINT_EXTENSION if is_joint(facts.item) else 10


def answer_extension(state: CaseState, command: c.AnswerExtension, facts: Facts) -> Events:
    """The head of the organ approves, while the limit still runs, or refuses; never the one who asked."""
    rights.require_extension_approver(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    extension = state.extension
    if extension is None:
        raise NotFound
    if extension.approved_at is not None:
        raise StepAlreadyDone(by=extension.approved_by_name)
    rights.require_apart(facts.actor.id, state, part="answer_extension")
    who: dict[str, Any] = {"by": facts.actor.id, "by_name": facts.actor.name, "at": facts.now}
    if not command.approve:
        if not command.reason.strip():
            raise ReasonMissing
        return [e.ExtensionRefused(reason=command.reason.strip(), **who)]
    _require_running_limit(state, facts)
    days = extension_days(facts)
    approved = e.ExtensionApproved(days=days, legal_due=None, provisional=False, **who)
    due = dues(fold(state, [approved]), facts)
    return [e.ExtensionApproved(days=days, legal_due=due.legal, provisional=due.provisional, **who)]
