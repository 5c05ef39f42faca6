"""Words for phases, endings, acts, outcomes, powers, limits and states: the same on every terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.cases.core.state import CaseState, Ending, Phase
from tongban.contexts.cases.core.views import CaseLine
from tongban.contexts.catalogue.core.items import Item, Limit
from tongban.terminals.common.presenters.languages import language
from tongban.ui import dates


@dataclass(frozen=True)
class Status:
    """A state as a tag: `kind` is one of the tag's kinds (running, done, ask, stopped, late, draft)."""

    kind: str
    words: str


def phase_words(phase: str) -> str:
    """Where the legal life of a case stands."""
    return {
        Phase.SUBMITTED: _("已提交，等受理"),
        Phase.PRE_PASSED: _("预审通过，等受理"),
        Phase.CORRECTING: _("等申请人补正"),
        Phase.ACCEPTED: _("已受理，正在办"),
        Phase.GRANTED: _("已准予，正在制证"),
        Phase.CLOSED: _("已办结"),
        Phase.DELIVERED: _("已送达"),
    }.get(Phase(phase), "")


def ending_words(ending: str) -> str:
    """How a case ended."""
    return {
        Ending.GRANTED: _("准予"),
        Ending.DENIED: _("不予许可"),
        Ending.NOT_ACCEPTED: _("不予受理"),
        Ending.NOT_REQUIRED: _("不需要许可"),
        Ending.NOT_COMPETENT: _("不归本机关办"),
        Ending.WITHDRAWN: _("已撤回"),
        Ending.LAPSED: _("逾期没有补正"),
    }.get(Ending(ending), "")


def act_words(act: str) -> str:
    """What is to be done in a task."""
    return {
        "intake": _("收件审查"),
        "review": _("审查"),
        "inspect": _("现场核查"),
        "opinion": _("出具意见"),
        "decide": _("决定"),
        "extend": _("审批延期"),
        "deliver": _("发放结果"),
        "special": _("特别程序"),
        "recuse": _("审批回避"),
        "look_again": _("人工复核"),
        "recheck": _("抽查复核"),
        "verify": _("核查承诺"),
        "message": _("答复"),
        "escalation": _("处置上报"),
    }.get(act, act)


def outcome_words(outcome: str) -> str:
    """How a task or a decision came out."""
    return {
        "pass": _("合格"),
        "fail": _("不合格"),
        "agree": _("同意"),
        "conditions": _("有条件同意"),
        "disagree": _("不同意"),
        "grant": _("准予"),
        "deny": _("不予许可"),
        "cancelled": _("流程收回"),
    }.get(outcome, outcome)


def channel_words(channel: str) -> str:
    return _("窗口") if channel == "window" else _("网上")


def short_number(number: str) -> str:
    """The end of a case number that people say aloud: month and day, then the serial number of that day."""
    return f"{number[35:39]}-{number[39:]}"


def power_words(code: str) -> str:
    """The kind of power or service (code list T1)."""
    return {
        "01": _("行政许可"),
        "02": _("行政处罚"),
        "03": _("行政强制"),
        "04": _("行政征收"),
        "05": _("行政给付"),
        "06": _("行政检查"),
        "07": _("行政确认"),
        "08": _("行政奖励"),
        "09": _("行政裁决"),
        "10": _("其他行政权力"),
        "20": _("公共服务"),
    }.get(code, _("其他"))


def limit_words(limit: Limit | None) -> str:
    """5 个工作日, 15 天, 1 个月, 当天."""
    if limit is None:
        return _("没有规定期限")
    if limit.value == 0:
        return _("当天")
    if limit.unit == "month":
        return ngettext("%(n)s 个月", "%(n)s 个月", limit.value) % {"n": limit.value}
    return dates.days_word(limit.value, language(), working=limit.unit == "workday")


def time_words(item: Item) -> str:
    """How long the item takes: the promise, else what the law allows."""
    return _("当场办") if item.instant else limit_words(item.promised or item.statutory)


def visits_words(visits: int) -> str:
    if visits == 0:
        return _("不用跑")
    return ngettext("跑 %(n)s 次", "跑 %(n)s 次", visits) % {"n": visits}


def line_status(line: CaseLine, today: date) -> Status:
    """The state of a case in a list."""
    due = line.promised_due or line.legal_due
    return _status(line.phase, line.ending, due, today, stopped=line.stopped, waits=line.waits_applicant)


def case_status(state: CaseState, today: date) -> Status:
    """The same from a whole case."""
    due = state.promised_due or state.legal_due
    stopped = state.stopped_by is not None
    return _status(state.phase, state.ending, due, today, stopped=stopped, waits=state.waits_applicant)


def _status(phase: str, ending: str, due: date | None, today: date, *, stopped: bool, waits: bool) -> Status:
    kind, words = _stands(phase, ending, due, today, stopped=stopped, waits=waits)
    return Status(kind, capfirst(words))


def _stands(phase: str, ending: str, due: date | None, today: date, *, stopped: bool, waits: bool) -> tuple[str, str]:
    if phase in (Phase.CLOSED, Phase.DELIVERED):
        words = _("已办好") if ending == Ending.GRANTED else ending_words(ending)
        return ("done" if ending == Ending.GRANTED else "draft"), words
    if phase == Phase.CORRECTING:
        return "ask", _("等您补材料")
    if waits and phase == Phase.ACCEPTED:
        return "ask", _("等您答复")
    if stopped:
        return "stopped", _("停表")
    if due is not None and today > due and phase == Phase.ACCEPTED:
        return "late", _("超期")
    return "running", phase_words(phase)
