"""Public notice 公示: published on the portal for some days; anybody may object, and every objection is answered."""

from __future__ import annotations

from datetime import date, timedelta

from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.intake import Events
from tongban.contexts.cases.core.occurred import special as o
from tongban.contexts.cases.core.parts.special import Course, Procedure, PublicNotice
from tongban.contexts.cases.core.refusals import DaysMissing, ReasonMissing, StepAlreadyDone
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special.common import is_open, lead, procedure
from tongban.contexts.cases.core.special.opening import MOST_SPECIAL_DAYS, offered
from tongban.contexts.cases.core.special.refusals import (
    ContactMissing,
    NoticeClosed,
    NoticeTooShort,
    ProcedureStepWrong,
)
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.process.core.clocks import Limit, deadline
from tongban.kernel.refusals import N_, NotFound

#: Longest text of a notice, an objection, an answer, in characters.
MOST_TEXT = 2000
#: More objections to one notice are handed in at the organ.
MOST_OBJECTIONS = 500


def least(facts: Facts) -> tuple[int, str]:
    """How long the item wants it published, and in which unit."""
    special = next((one for one in offered(facts.item) if one.cause == "public_notice"), None)
    return (special.notice_days or 1, special.notice_unit) if special is not None else (1, "workday")


def publish(state: CaseState, command: s.PublishNotice, facts: Facts) -> Events:
    """公示 from today on, for at least the days of the item; the last day, a rest day, moves (民法典 203)."""
    one = lead(state, facts, command.special, Course.NOTICE)
    if one.notice is not None:
        raise ProcedureStepWrong(next=N_("已经公示，不能再改"))
    for name in ("title", "text"):
        if not getattr(command, name).strip():
            raise ReasonMissing(field=name)
    days, unit = least(facts)
    if command.days < days:
        raise NoticeTooShort(least=days, field="days")
    if command.days > MOST_SPECIAL_DAYS:
        raise DaysMissing(most=MOST_SPECIAL_DAYS, field="days")
    today = facts.now.date()
    return [
        o.NoticePublished(
            special=one.id, title=command.title.strip()[:200], text=command.text.strip()[:MOST_TEXT], first=today,
            last=_last(facts, today, command.days, unit), unit=unit, days=command.days, by_name=facts.actor.name,
            at=facts.now,
        )
    ]  # fmt: skip


def _last(facts: Facts, first: date, days: int, unit: str) -> date:
    """The day of publishing is not counted (民法典 201)."""
    if unit == "workday":
        return after(facts.calendar, first, days)
    found = deadline(facts.calendar, first, Limit(days, "day")).date
    return found if found is not None else first + timedelta(days=days)


def stands(state: CaseState, special: str, today: date) -> PublicNotice:
    """The notice, while anybody may object. Refuses NotFound, NoticeClosed."""
    one = procedure(state, special, Course.NOTICE)
    if one.notice is None:
        raise NotFound
    if not is_open(state, one) or state.is_over or not one.notice.first <= today <= one.notice.last:
        raise NoticeClosed(first=one.notice.first, last=one.notice.last)
    return one.notice


def object_(state: CaseState, command: s.Object, facts: Facts) -> Events:
    """An objection, by anybody who says who they are and how to reach them."""
    notice = stands(state, command.special, facts.now.date())
    if not command.name.strip() or not command.contact.strip():
        raise ContactMissing(field="contact" if command.name.strip() else "name")
    if not command.text.strip():
        raise ReasonMissing(field="text")
    if len(notice.objections) >= MOST_OBJECTIONS:
        raise ProcedureStepWrong(next=N_("网上收到的异议已经很多，请直接向办理机关提交"))
    objected = o.Objected(
        special=command.special,
        objection=str(len(notice.objections) + 1),
        name=command.name.strip()[:60],
        contact=command.contact.strip()[:100],
        text=command.text.strip()[:MOST_TEXT],
        at=facts.now,
    )
    return [objected]


def answer(state: CaseState, command: s.AnswerObjection, facts: Facts) -> Events:
    """The answer to one objection: upheld or not, and why."""
    one: Procedure = lead(state, facts, command.special, Course.NOTICE)
    objections = one.notice.objections if one.notice is not None else ()
    objection = next((x for x in objections if x.id == command.objection), None)
    if objection is None:
        raise NotFound
    if objection.answer:
        raise StepAlreadyDone(by=objection.answered_by_name)
    if not command.answer.strip():
        raise ReasonMissing(field="answer")
    answered = o.ObjectionAnswered(
        special=one.id, objection=objection.id, answer=command.answer.strip()[:MOST_TEXT], upheld=command.upheld,
        by=facts.actor.id, by_name=facts.actor.name, at=facts.now,
    )  # fmt: skip
    return [answered]
