"""Hearing 听证 (行政许可法 46-48): the right told, asked for, the notice, the minutes, and the decision by them."""

from __future__ import annotations

import re

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.intake import Events, require_phase
from tongban.contexts.cases.core.occurred import special as o
from tongban.contexts.cases.core.parts.special import Course, Hearing, Named, Procedure, Stage
from tongban.contexts.cases.core.refusals import ChoiceUnknown, ReasonMissing, SpecialNotInItem
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special.common import (
    ASK_DAYS,
    HOLD_DAYS,
    ended,
    handlers,
    last_day,
    lead,
    procedure,
    require_unrecused,
    require_working_day,
)
from tongban.contexts.cases.core.special.opening import begin, cause_of, offered
from tongban.contexts.cases.core.special.refusals import (
    ChairIsHandler,
    HearingTimeOver,
    HearingToldAlready,
    HearingTooLate,
    HearingTooSoon,
    MinutesMissing,
    ProcedureStepWrong,
)
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.kernel.refusals import N_

#: 行政许可法 48(1)(1): time and place are told seven days before.
NOTICE_DAYS = 7
TOLD_TO = ("applicant", "third", "both")
_TIME = re.compile(r"(0[89]|1[0-7]):[0-5][0-9]")


def tell(state: CaseState, command: s.TellHearing, facts: Facts) -> Events:
    """听证告知: the matter bears directly on great interests of the applicant or of others (行政许可法 47)."""
    rights.require_lead(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    special = next((one for one in offered(facts.item) if one.cause == "hearing"), None)
    if special is None:
        raise SpecialNotInItem
    cause_of(special)
    if any(one.cause == "hearing" and one.stage is not Stage.REFUSED for one in state.procedures):
        raise HearingToldAlready
    if command.to not in TOLD_TO:
        raise ChoiceUnknown(field="to")
    if not command.reason.strip():
        raise ReasonMissing(field="reason")
    if command.to != "applicant" and not command.third_parties.strip():
        raise ReasonMissing(field="third_parties")
    return [
        o.HearingTold(
            id=f"hearing-{1 + len({x.id for x in state.specials} | {x.id for x in state.procedures})}",
            to=command.to,
            third_parties=command.third_parties.strip() if command.to != "applicant" else "",
            reason=command.reason.strip(),
            ask_by=after(facts.calendar, facts.now.date(), ASK_DAYS),
            by=facts.actor.id,
            by_name=facts.actor.name,
            at=facts.now,
        )
    ]


def _told(state: CaseState, special: str, facts: Facts) -> Procedure:
    """Whoever was told, while they may still answer."""
    one = procedure(state, special, Course.HEARING)
    assert one.hearing is not None
    if one.stage is not Stage.TOLD:
        raise ProcedureStepWrong(next=N_("听证权利没有在等答复"))
    ask_by = last_day(facts, one.hearing.ask_by, one.hearing.told_on, ASK_DAYS)
    if ask_by is not None and facts.now.date() > ask_by:
        raise HearingTimeOver(ask_by=ask_by)
    return one


def ask(state: CaseState, command: s.AskHearing, facts: Facts) -> Events:
    """Ask for the hearing, in time: it must be held, and from today on its time is not counted.

    By the applicant; or an officer of the organ records that an interested person asked.
    """
    by_applicant = rights.is_applicant(facts.actor, state)
    if not by_applicant:
        rights.require_lead(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    one = _told(state, command.special, facts)
    assert one.hearing is not None
    _require_told(one.hearing, by_applicant=by_applicant)
    name = state.applicant_name if by_applicant else command.name.strip()
    if not name:
        raise ReasonMissing(field="name")
    hold_by = after(facts.calendar, facts.now.date(), HOLD_DAYS)
    asked = o.HearingAsked(special=one.id, by_name=name, reason=command.reason.strip(), hold_by=hold_by, at=facts.now)
    opened = o.SpecialProposed(
        id=one.id, cause=one.cause, name=one.name, name_en=one.name_en, reason=one.reason, planned_days=HOLD_DAYS,
        stops=one.stops, law=one.law, approver="handler", by=one.by, by_name=one.by_name, at=facts.now,
        limit_end=hold_by,
    )  # fmt: skip
    then = fold(state, [asked, opened])
    return [asked, opened, begin(then, procedure(then, one.id), facts, by_name=one.by_name)]


def _require_told(hearing: Hearing, *, by_applicant: bool) -> None:
    others = ("third", "both")
    if hearing.told_to not in (("applicant", "both") if by_applicant else others):
        raise ProcedureStepWrong(next=N_("这次告知的不是对方"))


def waive(state: CaseState, command: s.WaiveHearing, facts: Facts) -> Events:
    """The applicant gives the hearing up, where nobody else was told."""
    rights.require_applicant(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    one = _told(state, command.special, facts)
    if one.hearing is None or one.hearing.told_to != "applicant":
        raise ProcedureStepWrong(next=N_("还告知了其他人，要等他们的期限过去"))
    return [o.HearingWaived(special=one.id, at=facts.now)]


def schedule(state: CaseState, command: s.ScheduleHearing, facts: Facts) -> Events:
    """听证通知: seven working days before, within the twenty; public, or why not; a chair from outside."""
    one = lead(state, facts, command.special, Course.HEARING)
    assert one.hearing is not None
    if one.hearing.held_on is not None:
        raise ProcedureStepWrong(next=N_("听证已经开过了"))
    require_working_day(facts, command.on)
    first = after(facts.calendar, facts.now.date(), NOTICE_DAYS)
    if command.on < first:
        raise HearingTooSoon(first=first, field="on")
    last = last_day(facts, one.hearing.hold_by, one.hearing.asked_on, HOLD_DAYS) or one.limit_end
    if last is not None and command.on > last:
        raise HearingTooLate(last=last, field="on")
    if not _TIME.fullmatch(command.time):
        raise ChoiceUnknown(field="time")
    if not command.place.strip():
        raise ReasonMissing(field="place")
    if not command.public and not command.closed_reason.strip():
        raise ReasonMissing(field="closed_reason")
    require_chair(state, command.chair)
    return [
        o.HearingScheduled(
            special=one.id, on=command.on, time=command.time, place=command.place.strip(), chair=command.chair,
            public=command.public, closed_reason="" if command.public else command.closed_reason.strip(),
            by_name=facts.actor.name, at=facts.now,
        )
    ]  # fmt: skip


def require_chair(state: CaseState, chair: Named) -> None:
    """行政许可法 48(1)(3): somebody else than who examines the application. Refuses ChairIsHandler, OfficerRecused."""
    if not chair.id:
        raise ReasonMissing(field="chair")
    if chair.id in handlers(state) or rights.is_closed(chair.id, state, part="chair"):
        raise ChairIsHandler(name=chair.name, field="chair")
    require_unrecused(state, (chair,))


def record(state: CaseState, command: s.RecordHearing, facts: Facts) -> Events:
    """听证笔录: who was there, what was said, and each one's signature or why not (行政许可法 48(1)(5))."""
    one = lead(state, facts, command.special, Course.HEARING)
    hearing = one.hearing
    if hearing is None or hearing.on is None:
        raise ProcedureStepWrong(next=N_("要先发听证通知"))
    if hearing.held_on is not None:
        raise ProcedureStepWrong(next=N_("听证笔录已经签过字，不能再改"))
    if facts.now.date() < hearing.on:
        raise ProcedureStepWrong(next=N_("还没到听证的日子"))
    if not command.attended.strip():
        raise ReasonMissing(field="attended")
    if not command.statements or not all(x.who.strip() and x.text.strip() for x in command.statements):
        raise ReasonMissing(field="statements")
    if not command.signatures or not all(x.who.strip() for x in command.signatures):
        raise ReasonMissing(field="signatures")
    return [
        o.HearingHeld(
            special=one.id, on=hearing.on, attended=command.attended.strip(), statements=command.statements,
            signatures=command.signatures, by_name=facts.actor.name, at=facts.now,
        )
    ]  # fmt: skip


def weigh(state: CaseState, command: s.WeighHearing, facts: Facts) -> Events:
    """How the decision rests on the minutes: what is followed, what is not, and why (行政许可法 48(2))."""
    rights.require_approver(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    one = procedure(state, command.special, Course.HEARING)
    if one.hearing is None or one.hearing.held_on is None or not ended(state, one.id):
        raise MinutesMissing
    if not command.text.strip():
        raise ReasonMissing(field="text")
    weighed = o.HearingWeighed(
        special=one.id, text=command.text.strip(), by=facts.actor.id, by_name=facts.actor.name, at=facts.now
    )
    return [weighed]


def weighed(state: CaseState) -> tuple[str, ...]:
    """What the decision says of each hearing: it goes into the reasons of the written decision."""
    found = [one.hearing for one in state.procedures if one.hearing is not None and one.hearing.weighed]
    return tuple(f"听证笔录采纳情况：{one.weighed}" for one in found)
