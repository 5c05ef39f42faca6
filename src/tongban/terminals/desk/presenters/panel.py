"""The panel of acts: what can be chosen, what is closed and why, and the one button."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.cases.core.refusals import NotYetReady
from tongban.contexts.cases.core.state import Act as Kind
from tongban.contexts.cases.core.state import Task
from tongban.contexts.parties.core import Role
from tongban.foundation.i18n import say
from tongban.kernel.refusals import NotAllowed, NotFound
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.course import message_name
from tongban.terminals.common.presenters.languages import agency_name, either
from tongban.terminals.desk.acts import Act, acts
from tongban.terminals.desk.forms import Answer
from tongban.terminals.desk.presenters.papers import Papers
from tongban.terminals.desk.standing import Standing
from tongban.ui.forms import BoundField, ErrorSummary


@dataclass(frozen=True)
class Choice:
    """One act as a radio button, with the fields that unfold under it; `closed` says why it can't be done now."""

    id: str
    key: str
    name: str
    about: str
    effect: str
    closed: str
    shortcut: str
    chosen: bool
    fields: tuple[BoundField, ...]


@dataclass(frozen=True)
class Gate:
    lamp: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class OwnTask:
    href: str
    name: str
    current: bool


@dataclass(frozen=True)
class Panel:
    """The whole panel. Without open choices there is no button; `note` says who has the case then."""

    title: str
    task: str
    tasks: tuple[OwnTask, ...]
    choices: tuple[Choice, ...]
    gates: tuple[Gate, ...]
    button: str
    note: str
    request_id: str
    errors: ErrorSummary | None
    left_over: tuple[str, ...]

    @property
    def open(self) -> bool:
        return any(not choice.closed for choice in self.choices)


def panel(standing: Standing, answer: Answer, papers: Papers) -> Panel:
    """What the officer can do with the case now."""
    offered = [(act, closed) for act in acts(standing) if (closed := _closed(standing, act)) is not None]
    open_acts = [act for act, closed in offered if not closed]
    task = standing.task
    return Panel(
        title=either(task.name, task.name_en) if task else _("我能做的"),
        task=task.id if task else "",
        tasks=_own_tasks(standing),
        choices=tuple(_choice(n, act, closed, answer) for n, (act, closed) in enumerate(offered, 1)),
        gates=_gates(standing, papers),
        button=_button(task),
        note=_note(standing),
        request_id=answer.request_id,
        errors=answer.summary(open_acts),
        left_over=answer.left_over(open_acts),
    )


def _closed(standing: Standing, act: Act) -> str | None:
    """Why the act can't be done now; "" when it can, None when it is not this officer's at all."""
    if act.key in ("grant", "deny") and not act.fixed["task"]:
        waiting = [task for task in standing.view.state.open_tasks if task.act != Kind.DECIDE]
        return say(NotYetReady(count=len(waiting))) if waiting else None
    if not standing.running and standing.task is None and not act.afterwards:
        return None
    refusal = standing.trial(act.trial)
    if refusal is None:
        return ""
    return None if isinstance(refusal, NotAllowed | NotFound) else say(refusal)


def _choice(number: int, act: Act, closed: str, answer: Answer) -> Choice:
    return Choice(
        id=f"act-{number}",
        key=act.key,
        name=act.name,
        about=act.about,
        effect=act.effect,
        closed=closed,
        shortcut=str(number) if number <= 9 else "",
        chosen=not closed and act.key == answer.chosen,
        fields=() if closed else answer.bound(act),
    )


def _own_tasks(standing: Standing) -> tuple[OwnTask, ...]:
    """Several tasks in the same hands are chosen by link; one needs no choice."""
    if len(standing.own) < 2:
        return ()
    return tuple(
        OwnTask(f"?task={task.id}#acts", either(task.name, task.name_en), task == standing.task)
        for task in standing.own
    )


def _button(task: Task | None) -> str:
    return {
        "review": _("提交审查意见"),
        "inspect": _("提交核查结果"),
        "opinion": _("提交意见"),
        "decide": _("签发所选决定"),
    }.get(task.act if task else "", _("办理所选"))


def _gates(standing: Standing, papers: Papers) -> tuple[Gate, ...]:
    """What stands between the case and its decision, for whoever decides."""
    state = standing.view.state
    if not (standing.approves and standing.running):
        return ()
    waiting = [task for task in state.open_tasks if task.act != Kind.DECIDE]
    gates = [_waiting(task) for task in waiting]
    gates += [Gate("today", _("等答复：%(name)s") % {"name": message_name(one)}) for one in state.awaited]
    gates = gates or [Gate("y", _("该回的意见都回了"))]
    adverse = sum(task.outcome in ("fail", "disagree") for task in state.tasks)
    if adverse:
        words_ = ngettext("有 %(n)s 份意见不合格或者不同意", "有 %(n)s 份意见不合格或者不同意", adverse)
        gates.append(Gate("w", words_ % {"n": adverse}, _("准予要写明理由")))
    if state.stopped_by is not None:
        name = either(state.stopped_by.name, state.stopped_by.name_en)
        gates.append(Gate("pause", _("%(name)s还没结束") % {"name": name}, _("结束后才能决定")))
    if papers.unseen:
        gates.append(Gate("w", _("没有核对原件：%(names)s") % {"names": _("、").join(papers.unseen)}))
    else:
        gates.append(Gate("y", _("材料 %(n)s 份，都不是待核原件的") % {"n": len(papers.tabs)}))
    return tuple(gates)


def _waiting(task: Task) -> Gate:
    name = either(task.name, task.name_en)
    return Gate("today", _("%(name)s没回") % {"name": name}, agency_name(task.agency, short=True))


def _note(standing: Standing) -> str:
    """In whose hands the case is, when nothing of it is in the actor's."""
    state = standing.view.state
    if standing.actor.roles == {Role.SUPERVISOR}:
        return _("您以监察身份查看：看得到全过程，不能办理。")
    if state.is_over:
        return _("这件已经办结：%(ending)s。") % {"ending": words.ending_words(state.ending)}
    if not standing.running:
        return _("这件现在的状态：%(phase)s。没有要您办的。") % {"phase": words.phase_words(state.phase)}
    if standing.own:
        return ""
    holders = _("、").join(
        _("%(office)s（%(task)s）")
        % {"office": agency_name(task.agency, short=True), "task": either(task.name, task.name_en)}
        for task in state.open_tasks
    )
    return _("现在在这里办：%(holders)s。") % {"holders": holders} if holders else ""
