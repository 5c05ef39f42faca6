"""Decisions by a published table, promises, samples and the way back to a person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.occurred import automatic as e
from tongban.contexts.cases.core.views import CaseView
from tongban.terminals.common.presenters.languages import agency_name, either, language
from tongban.ui import dates

Told = tuple[str, str, str]


def why_words(why: str) -> str:
    """Why a table left a case to people."""
    return {
        "asked": _("申请时要求由工作人员办理"),
        "papers": _("有材料要工作人员看"),
        "table": _("按规则要由工作人员判断"),
        "unclear": _("规则没有给出明确的结论"),
        "refused": _("规则没有运行成功"),
        "route": _("还有别的步骤要工作人员办"),
    }.get(why, why)


def short(event: Any) -> str | None:
    """The event as a link of the chain."""
    return {
        e.HandedToTable: _("交规则"),
        e.LeftToPeople: _("转人工"),
        e.DecidedByTable: _("按规则"),
        e.CommitmentSigned: _("承诺"),
        e.VerificationOpened: _("待核查"),
        e.CommitmentVerified: _("核查承诺"),
        e.ReviewAsked: _("申请复核"),
        e.ReviewAnswered: _("答复"),
        e.SampleDrawn: _("抽查"),
        e.Rechecked: _("复核"),
    }.get(type(event))


def told(event: Any, view: CaseView) -> Told | None:
    """The event as a line of the history."""
    match event:
        case e.HandedToTable():
            return _("材料不用人看，交给公布的规则判断"), by_platform(), ""
        case e.LeftToPeople():
            reasons = " ".join(either(one.zh, one.en) for one in event.reasons)
            return _("转由工作人员办理：%(why)s") % {"why": why_words(event.why)}, by_platform(), reasons
        case e.DecidedByTable():
            reasons = " ".join(either(one.zh, one.en) for one in event.reasons)
            return _("按公布的规则判断，符合准予的条件"), by_platform(), reasons
        case e.CommitmentSigned():
            return _("签署告知承诺书"), event.by_name, ""
        case e.VerificationOpened():
            day = dates.full_day(event.due, language())
            return _("开始核查承诺，%(day)s前完成") % {"day": day}, by_platform(), ""
        case e.SampleDrawn():
            return _drawn(event)
        case _:
            return _by_people(event)


def _by_people(event: Any) -> Told | None:
    match event:
        case e.CommitmentVerified():
            what = _("核查承诺：与承诺相符") if event.outcome == "pass" else _("核查承诺：与承诺不符")
            who = f"{agency_name(event.agency)} · {event.by_name}、{event.second_officer_name}"
            return what, who, event.findings
        case e.ReviewAsked():
            return _("申请人申请人工复核"), "", event.reason
        case e.ReviewAnswered():
            what = _("人工复核：维持") if event.outcome == "confirmed" else _("人工复核：由工作人员重新处理")
            return what, f"{agency_name(event.agency)} · {event.by_name}", event.answer
        case e.Rechecked():
            what = _("抽查复核：同意规则的结论") if event.outcome == "agree" else _("抽查复核：不同意规则的结论")
            return what, f"{agency_name(event.agency)} · {event.by_name}", event.reasons
    return None


def _drawn(event: e.SampleDrawn) -> Told:
    about = _("抽签号 %(number)s，小于 %(percent)s 的抽中") % {"number": event.number, "percent": event.percent}
    return (_("抽中，要由工作人员复核") if event.due is not None else _("没有抽中复核")), by_platform(), about


def by_platform() -> str:
    """Who did what no person did."""
    return _("系统自动记录")
