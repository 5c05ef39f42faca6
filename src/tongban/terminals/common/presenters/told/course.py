"""How the way along the route is told in a case's history: timers, messages, tables, several reviewers, escalation."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.cases.core import events
from tongban.contexts.cases.core.occurred import course as e
from tongban.contexts.cases.core.parts.course import CancelledTask
from tongban.contexts.cases.core.views import CaseView
from tongban.terminals.common.presenters.course import last_day
from tongban.terminals.common.presenters.languages import agency_name, either

Told = tuple[str, str, str]


def short(event: Any) -> str | None:
    """The event as a link of the chain."""
    return {
        e.RuleDecided: _("按表"),
        e.RoundDecided: _("汇总"),
        e.TimerFired: _("到时"),
        e.MessageSent: _("发消息"),
        e.MessageReceived: _("收答复"),
        e.Raised: _("上报"),
        e.Escalated: _("升级"),
        e.EscalationSettled: _("已处置"),
        e.RouteMigrated: _("换流程"),
    }.get(type(event))


def told(event: Any, view: CaseView) -> Told | None:
    """The event as a line of the history."""
    match event:
        case events.RouteAdvanced():
            return _advanced(event), "", _beside(event, view)
        case e.RuleDecided():
            what = _("按公布的决策表判断：%(name)s") % {
                "name": either(event.node_name, event.node_name_en) or event.name
            }
            return what, _("按规则自动记录"), result_words(event.result)
        case e.RoundDecided():
            what = _("%(name)s：%(yes)s 人同意，%(no)s 人不同意，%(outcome)s")
            outcome = _("通过") if event.agreed else _("不通过")
            name = either(event.name, event.name_en)
            return what % {"name": name, "yes": event.yes, "no": event.no, "outcome": outcome}, "", ""
        case e.TimerFired():
            name = either(event.name, event.name_en)
            return (_("到时：%(name)s") % {"name": name} if name else _("到时")), _("按时钟自动记录"), ""
        case e.MessageSent():
            name = either(event.name, event.name_en) or event.message
            return _("发出消息：%(name)s") % {"name": name}, "", ""
    return _by_people(event)


def _by_people(event: Any) -> Told | None:
    match event:
        case e.MessageReceived():
            name = either(event.name, event.name_en) or event.message
            return _("收到答复：%(name)s") % {"name": name}, _who(event.agency, event.by_name), event.text
        case e.Raised():
            what = _("报告办不下去：%(name)s") if event.kind == "error" else _("上报：%(name)s")
            name = either(event.name, event.name_en) or event.code
            return what % {"name": name}, _who(event.agency, event.by_name), event.reason
        case e.Escalated():
            name = either(event.name, event.name_en) or event.code
            return _("升级给主办单位审批人：%(name)s") % {"name": name}, "", ""
        case e.EscalationSettled():
            return _("升级事项已处置"), _who(event.agency, event.by_name), event.note
        case e.RouteMigrated():
            what = _("改按第 %(new)s 版的流程办理（原第 %(old)s 版）")
            return what % {"new": event.new_version, "old": event.old_version}, event.by_name, event.reason
    return None


def _who(agency: str, name: str) -> str:
    return f"{agency_name(agency)} · {name}" if agency else name


def result_words(result: Any) -> str:
    """What a table answered, in one line."""
    if isinstance(result, dict):
        return _("；").join(f"{name}：{result_words(value)}" for name, value in result.items())
    if isinstance(result, list):
        return _("、").join(result_words(one) for one in result)
    if isinstance(result, bool):
        return _("是") if result else _("否")
    return "—" if result is None else str(result)


def cancelled_words(one: CancelledTask, view: CaseView) -> str:
    """A task that the route took back, and why."""
    task = view.state.task(one.task)
    name = either(task.name, task.name_en) if task is not None else one.task
    by = either(one.name, one.name_en)
    why = {
        "timer": _("到时没有办"),
        "message": _("收到了答复"),
        "round": _("其他人的意见已经够了"),
        "raised": _("已经上报"),
    }.get(one.why, _("流程已经结束"))
    if by and one.why in ("timer", "message", "raised"):
        why = _("%(why)s：%(by)s") % {"why": why, "by": by}
    return _("收回“%(name)s”（%(why)s）") % {"name": name, "why": why}


def _advanced(event: events.RouteAdvanced) -> str:
    """Which tasks opened; "" where a move only closed one of several tracks: its opinion said it."""
    if event.opened:
        named = Counter(either(task.name, task.name_en) for task in event.opened)
        shown = (
            name if count == 1 else _("%(name)s（%(n)s 人）") % {"name": name, "n": count}
            for name, count in named.items()
        )
        return _("转到：%(names)s") % {"names": _("、").join(shown)}
    if event.position.ended:
        return _("审查走完了")
    if event.awaited:
        return _("等答复")
    return _("流程往下走") if event.cancelled else ""


def _beside(event: events.RouteAdvanced, view: CaseView) -> str:
    """What a move of the route took back, and what it waits for."""
    said = [cancelled_words(one, view) for one in event.cancelled]
    said += [_("等答复：%(name)s") % {"name": either(one.name, one.name_en) or one.message} for one in event.awaited]
    said += [
        _("“%(name)s”计时到 %(day)s") % {"name": either(one.name, one.name_en), "day": last_day(one)}
        for one in event.timers
        if one.name
    ]
    return _("；").join(said)
