"""How the events of special procedures are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.occurred import special as o
from tongban.contexts.cases.core.views import CaseView
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import either, language
from tongban.terminals.common.presenters.specials import told_words
from tongban.ui import dates

Told = tuple[str, str, str]


def short(event: Any) -> str | None:
    """The link of the chain."""
    return {
        o.SpecialProposed: _("提出程序"),
        o.SpecialApproved: _("批准程序"),
        o.SpecialRefused: _("不批程序"),
        o.SpecialOverstayed: _("程序超时"),
        o.VisitAppointed: _("约核查"),
        o.VisitTimeAsked: _("申请改期"),
        o.VisitTimeKept: _("不改期"),
        o.VisitSaved: _("记核查"),
        o.VisitPhotoTaken: _("拍照"),
        o.VisitSigned: _("签核查"),
        o.VisitConfirmed: _("核查确认"),
        o.HearingTold: _("告知听证"),
        o.HearingAsked: _("申请听证"),
        o.HearingWaived: _("放弃听证"),
        o.HearingScheduled: _("听证通知"),
        o.HearingHeld: _("听证笔录"),
        o.HearingWeighed: _("笔录采纳"),
        o.ExpertsNamed: _("定专家"),
        o.ExpertSaid: _("专家意见"),
        o.ExpertsConcluded: _("评审结论"),
        o.TestCommissioned: _("委托检测"),
        o.TestReported: _("检测结果"),
        o.NoticePublished: _("公示"),
        o.Objected: _("异议"),
        o.ObjectionAnswered: _("答复异议"),
        o.OpinionAsked: _("征求意见"),
        o.OpinionGiven: _("回复意见"),
    }.get(type(event))


def told(event: Any, view: CaseView) -> Told | None:
    """What happened, who did it, and the words given with it."""
    for teller in (_course, _visit, _hearing, _others):
        if (found := teller(event, view)) is not None:
            return found
    return None


def _name(view: CaseView, special: str) -> str:
    one = next((x for x in view.state.procedures if x.id == special), None)
    return either(one.name, one.name_en) if one is not None else special


def _course(event: Any, view: CaseView) -> Told | None:
    match event:
        case o.SpecialProposed():
            if event.approver == "handler":
                return "", "", ""  # it starts with the next line
            return _("提出%(name)s，等批准") % {"name": either(event.name, event.name_en)}, event.by_name, event.reason
        case o.SpecialApproved():
            return _("批准%(name)s") % {"name": _name(view, event.id)}, event.by_name, ""
        case o.SpecialRefused():
            return _("不批准%(name)s") % {"name": _name(view, event.id)}, event.by_name, event.reason
        case o.SpecialOverstayed():
            what = _("%(name)s超过了告知的时间，记为监察事项") % {"name": _name(view, event.id)}
            return what, _("按时钟自动记录"), ""
    return None


def _visit(event: Any, view: CaseView) -> Told | None:
    match event:
        case o.VisitAppointed():
            day = dates.day(event.on, language())
            what = _("改约现场核查：%(day)s %(slot)s") if event.moved else _("约定现场核查：%(day)s %(slot)s")
            return what % {"day": day, "slot": event.slot}, event.by_name, event.place
        case o.VisitTimeAsked():
            return _("申请人申请改核查时间"), "", " ".join(filter(None, (event.reason, event.wish)))
        case o.VisitTimeKept():
            return _("核查时间不改"), event.by_name, event.reason
        case o.VisitSaved():
            return "", "", ""  # what is written so far is not yet anybody's word
        case o.VisitPhotoTaken():
            return _("拍了一张现场照片"), "", event.photo.note
        case o.VisitSigned():
            return _("核查记录签名，等另一名核查员确认"), event.by_name, ""
        case o.VisitConfirmed():
            return _("核查记录由另一名核查员确认"), event.by_name, ""
    return None


def _hearing(event: Any, view: CaseView) -> Told | None:
    match event:
        case o.HearingTold():
            day = dates.day(event.ask_by, language())
            what = _("告知%(who)s可以申请听证，%(day)s前") % {"who": told_words(event.to), "day": day}
            return what, event.by_name, event.reason
        case o.HearingAsked():
            return _("申请听证"), event.by_name, event.reason
        case o.HearingWaived():
            return _("申请人放弃听证"), "", ""
        case o.HearingScheduled():
            when = f"{dates.day(event.on, language())} {event.time}"
            return _("听证通知：%(when)s") % {"when": when}, event.by_name, event.place
        case o.HearingHeld():
            return _("听证举行，作了笔录"), event.by_name, ""
        case o.HearingWeighed():
            return _("写明听证笔录的采纳情况"), event.by_name, event.text
    return None


def _others(event: Any, view: CaseView) -> Told | None:
    match event:
        case o.ExpertsNamed():
            return _("确定评审专家"), event.by_name, _("、").join(x.name for x in event.experts)
        case o.ExpertSaid():
            said = {"who": event.expert, "opinion": words.outcome_words(event.opinion)}
            return _("专家%(who)s：%(opinion)s") % said, event.by_name, event.text
        case o.ExpertsConcluded():
            said = {"opinion": words.outcome_words(event.majority)}
            return _("评审结论：%(opinion)s") % said, event.by_name, event.conclusion
        case o.TestCommissioned():
            return _("委托检验检测：%(body)s") % {"body": event.body}, event.by_name, event.subject
        case o.TestReported():
            said = {"result": words.outcome_words(event.result)}
            return _("检验检测结果：%(result)s") % said, event.by_name, " ".join((event.number, event.text)).strip()
    return _public(event)


def _public(event: Any) -> Told | None:
    """Who objected, and their own words, are not told here: the applicant reads this too."""
    teller: dict[type, Callable[[Any], Told]] = {
        o.NoticePublished: lambda e: (_("公示到 %(day)s") % {"day": dates.day(e.last, language())}, e.by_name, e.title),
        o.Objected: lambda e: (_("有人对公示提出异议"), "", ""),
        o.ObjectionAnswered: lambda e: (
            _("答复异议：%(result)s") % {"result": _("成立") if e.upheld else _("不成立")}, e.by_name, e.answer,
        ),
        o.OpinionAsked: lambda e: (_("征求%(who)s的意见") % {"who": e.name}, e.by_name, e.question),
        o.OpinionGiven: lambda e: (
            _("逾期没有答复") if e.answer == "silent" else _("收到对方的答复"), e.by_name, e.text,
        ),
    }  # fmt: skip
    found = teller.get(type(event))
    return found(event) if found is not None else None
