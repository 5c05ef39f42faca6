"""How fair procedure is told in a case's history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.occurred import fairness as e
from tongban.contexts.cases.core.views import CaseView
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import agency_name, language
from tongban.ui import dates


def short(event: Any) -> str | None:
    """The link of the chain."""
    return {
        e.IntentionNotified: _("拟不准"),
        e.StatementMade: _("申辩"),
        e.DefenceWaived: _("不申辩"),
        e.RecusalAsked: _("求回避"),
        e.RecusalDecided: _("定回避"),
        e.InterestedInformed: _("告知他人"),
        e.InterestedHeard: _("听意见"),
        e.MeetingHeld: _("集体议"),
        e.RenewalNamed: _("延续"),
        e.DeemedRenewed: _("视为准予"),
    }.get(type(event))


def told(event: Any, view: CaseView) -> tuple[str, str, str] | None:
    """What, who and the words given with it; None for other events."""
    match event:
        case e.IntentionNotified():
            day = dates.day(event.due, language())
            what = _("告知拟作的决定：%(outcome)s；可以陈述申辩到 %(day)s")
            about = " ".join((event.facts, event.reasons, event.basis))
            return what % {"outcome": intended_words(event.outcome), "day": day}, _office(event), about
        case e.StatementMade():
            return (
                _("申请人陈述申辩（%(way)s）") % {"way": words.channel_words(event.channel)},
                event.by_name,
                event.text,
            )
        case e.DefenceWaived():
            return _("申请人放弃陈述申辩"), event.by_name, ""
        case e.MeetingHeld():
            return _("集体讨论：%(outcome)s") % {"outcome": vote_words(event.outcome)}, event.by_name, event.discussion
        case e.RenewalNamed():
            return _("申请延续：%(number)s") % {"number": event.number}, "", _late(event)
        case e.DeemedRenewed():
            return _("有效期届满没有决定，依法视为准予延续"), _("按时钟自动记录"), ""
    return _recusal(event, view) or _interested(event)


def _office(event: Any) -> str:
    return f"{agency_name(event.agency)} · {event.by_name}"


def _late(event: e.RenewalNamed) -> str:
    return _("离到期不满三十日，到期没有决定的不能视为准予。") if event.late else ""


def _recusal(event: Any, view: CaseView) -> tuple[str, str, str] | None:
    match event:
        case e.RecusalAsked():
            what = _("申请%(name)s回避") if not event.own else _("%(name)s提出自行回避")
            return what % {"name": event.officer_name}, event.asked_by_name, event.reason
        case e.RecusalDecided():
            name = next((one.officer_name for one in view.state.recusals if one.id == event.id), "")
            what = _("决定%(name)s回避") if event.granted else _("决定%(name)s不回避")
            return what % {"name": name}, event.by_name, event.answer
    return None


def _interested(event: Any) -> tuple[str, str, str] | None:
    match event:
        case e.InterestedInformed():
            return _("告知利害关系人，听取意见"), event.by_name, event.interest
        case e.InterestedHeard():
            return _("利害关系人提出意见（%(way)s）") % {"way": words.channel_words(event.channel)}, "", event.text
    return None


def intended_words(outcome: str) -> str:
    """What the notice announces."""
    return _("不予许可") if outcome == "deny" else _("准予，附带负担")


def vote_words(outcome: str) -> str:
    """What a collective discussion came to."""
    return {"grant": _("准予"), "deny": _("不予许可"), "abstain": _("弃权")}.get(outcome, _("没有形成多数意见"))
