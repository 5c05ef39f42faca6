"""What a case's route waits for besides its tasks: timers, answers, several reviewers, what was escalated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.parts.course import Awaited, Escalation, Timer
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.process.core.engine import Round
from tongban.kernel.clock import CHINA
from tongban.terminals.common.presenters.languages import agency_name, either, language
from tongban.ui import dates


@dataclass(frozen=True)
class Row:
    """One thing: what, how it stands (a lamp and a word), and one line more."""

    name: str
    lamp: str
    words: str
    text: str = ""


def rows(view: CaseView, today: date) -> tuple[Row, ...]:
    """Everything that runs, and what was escalated; empty for most cases."""
    state = view.state
    found: list[Row] = []
    if state.phase is Phase.ACCEPTED:
        found += [_awaited(one, state) for one in state.awaited]
        found += [_round(one, view) for one in state.position.rounds]
        found += [_timer(one, state, today) for one in state.timers]
    return (*found, *(_escalation(one) for one in state.escalations))


def _awaited(one: Awaited, state: CaseState) -> Row:
    who = {"applicant": _("申请人"), "system": _("系统")}.get(one.sender) or agency_name(one.agency, short=True)
    until = until_words(one, state)
    return Row(message_name(one), "today", _("等%(who)s答复") % {"who": who}, until)


def message_name(one: Awaited) -> str:
    """What is to be answered."""
    return either(one.name, one.name_en) or one.message or _("答复")


def until_words(one: Awaited, state: CaseState) -> str:
    """What comes if nobody answers; "" where nothing does."""
    wait = next((wait for wait in state.position.waits if wait.id == one.id), None)
    group = wait.group if wait else ""
    beside = {other.id for other in state.position.waits if group and other.group == group}
    timer = next((timer for timer in state.timers if timer.id in beside or timer.host == one.id), None)
    if timer is None:
        return ""
    return _("%(day)s为止没有答复的，流程往下走。") % {"day": last_day(timer)}


def last_day(timer: Timer) -> str:
    """The day on which a timer is over; with its time where it is not at the end of a day."""
    due = timer.due.astimezone(CHINA)
    if due.hour or due.minute or due.second:
        return dates.moment(due, language())
    return dates.day((due - timedelta(days=1)).date(), language())


def _round(one: Round, view: CaseView) -> Row:
    node = view.route.nodes.get(one.node) if view.route is not None else None
    name = either(node.name, node.name_en) if node is not None else one.node
    heard = one.yes + one.no
    words = _("%(all)s 人中 %(heard)s 人已办") % {"all": one.total, "heard": heard}
    text = _("同意 %(yes)s，不同意 %(no)s；一个人只能办一份。") % {"yes": one.yes, "no": one.no}
    return Row(name, "run" if heard < one.total else "y", words, text)


def _timer(one: Timer, state: CaseState, today: date) -> Row:
    task = next((t for t in state.tasks if one.host and one.host in (t.id, t.round)), None)
    host = either(task.name, task.name_en) if task is not None else ""
    if not host:
        text = _("到时流程往下走。")
    elif one.interrupts:
        text = _("到时“%(task)s”还没有办，就收回，走另一条路。") % {"task": host}
    else:
        text = _("到时提醒，“%(task)s”照常办。") % {"task": host}
    if one.provisional:
        text += _("按暂定日历算，日历公布后会重新计算。")
    words = _("计时到 %(day)s") % {"day": last_day(one)}
    return Row(either(one.name, one.name_en) or _("定时器"), "run", words, text)


def _escalation(one: Escalation) -> Row:
    name = either(one.name, one.name_en) or one.code
    if one.settled_at is None:
        return Row(name, "late", _("等审批人处置"), _("流程上报的情况，要主办单位审批人处置。"))
    words = _("%(who)s %(day)s 已处置") % {"who": one.settled_by_name, "day": dates.day(one.settled_at, language())}
    return Row(name, "y", words, one.note)
