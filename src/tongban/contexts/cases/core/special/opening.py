"""Starting, approving and ending a special procedure; what must be settled before the decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.clocks import after, dues
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.intake import Events, require_phase
from tongban.contexts.cases.core.occurred import special as o
from tongban.contexts.cases.core.parts.special import Course, Procedure, Stage
from tongban.contexts.cases.core.refusals import (
    DaysMissing,
    NotYetDue,
    ReasonMissing,
    SpecialAlreadyOpen,
    SpecialNotInItem,
    StepAlreadyDone,
)
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special.common import ASK_DAYS, ended, is_open, last_day, procedure, running
from tongban.contexts.cases.core.special.refusals import (
    CauseStopsNothing,
    CauseUnknown,
    HearingRightRuns,
    MinutesMissing,
    MinutesNotWeighed,
    ProposerMayNotApprove,
    SpecialAwaitsApproval,
    SpecialNotWaiting,
    StepMissing,
)
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.contexts.catalogue.core.items import Item, SpecialProcedure, Text
from tongban.contexts.process.core.causes import BY_ID, Cause, with_local
from tongban.kernel.refusals import N_, NotAllowed, NotFound, Words

#: The longest special procedure that can be announced, where neither law nor item names a limit.
MOST_SPECIAL_DAYS = 60
#: 行政许可法 46: every licence may need a hearing, whether its item names it or not.
HEARING = SpecialProcedure(
    "hearing",
    Text("听证", "Hearing"),
    stops=True,
    basis=Text("行政许可法第四十五条、第四十六条", "Administrative Licensing Law, articles 45 and 46"),
    certainty="V",
)


def offered(item: Item) -> tuple[SpecialProcedure, ...]:
    """What an item may use: what it publishes, and for a licence the hearing that the law gives."""
    published = item.handling.special if item.handling is not None else ()
    if item.power != "01" or any(one.cause == "hearing" for one in published):
        return published
    return (*published, HEARING)


def cause_of(special: SpecialProcedure) -> Cause:
    """The cause with the item's own law. Refuses CauseUnknown, and CauseStopsNothing where it is to stop the clock and
    no law is named: a national law that stops it prevails over an item that says nothing."""
    known = BY_ID.get(special.cause)
    if known is None:
        raise CauseUnknown
    if not special.stops or known.stops:
        return known
    try:
        local = with_local({special.cause: (True, special.law, special.article)})
    except ValueError:
        raise CauseStopsNothing(name=Words(special.name.zh, special.name.en)) from None
    return next(one for one in local if one.id == special.cause)


def basis_of(cause: Cause) -> str:
    """The law as it is cited; "" where none is needed."""
    return f"《{cause.law}》" + (f"第{_article(cause.article)}条" if cause.article else "") if cause.law else ""


_DIGITS = "零一二三四五六七八九"


def _article(number: str) -> str:
    """Articles are cited in words: 四十五, 十九, 二十."""
    if not number.isdigit() or not 0 < int(number) < 100:
        return number
    tens, ones = divmod(int(number), 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def most_days(special: SpecialProcedure, cause: Cause) -> int:
    """The longest time that may be told: the item's own, within the law's."""
    most = special.max_days or MOST_SPECIAL_DAYS
    return min(most, cause.limit.value) if cause.limit is not None else most


def start_special(state: CaseState, command: c.StartSpecial, facts: Facts) -> Events:
    """A special procedure of the published item; the time needed is told in writing (行政许可法 45).

    The law of its cause says whether it stops the clock and who approves: what the handler may start runs at once, the
    rest waits for the head of the organ. A limit that is over already stays over.
    """
    rights.require_lead(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    special = next((one for one in offered(facts.item) if one.cause == command.cause), None)
    if special is None:
        raise SpecialNotInItem
    _require_none_open(state, command.cause)
    cause = cause_of(special)
    if not command.reason.strip():
        raise ReasonMissing
    most = most_days(special, cause)
    if not 1 <= command.planned_days <= most:
        raise DaysMissing(most=most)
    end = after(facts.calendar, facts.now.date(), command.planned_days)
    proposed = o.SpecialProposed(
        id=f"{command.cause}-{1 + len({x.id for x in state.specials} | {x.id for x in state.procedures})}",
        cause=command.cause,
        name=special.name.zh,
        name_en=special.name.en,
        reason=command.reason.strip(),
        planned_days=command.planned_days,
        stops=cause.stops,
        law=basis_of(cause),
        approver=cause.approver,
        by=facts.actor.id,
        by_name=facts.actor.name,
        at=facts.now,
        limit_end=end if cause.approver == "handler" else None,
    )
    if cause.approver != "handler":
        return [proposed]
    opened = fold(state, [proposed])
    return [proposed, begin(opened, procedure(opened, proposed.id), facts, by_name=facts.actor.name)]


def _require_none_open(state: CaseState, cause: str) -> None:
    waiting = any(one.cause == cause and one.stage in (Stage.PROPOSED, Stage.TOLD) for one in state.procedures)
    if waiting or any(one.cause == cause and one.ended_on is None for one in state.specials):
        raise SpecialAlreadyOpen


def begin(state: CaseState, one: Procedure, facts: Facts, *, by_name: str) -> e.SpecialStarted:
    """The stretch of `one` from today, with both clocks as they then stand."""
    today = facts.now.date()
    started = e.SpecialStarted(
        id=one.id,
        cause=one.cause,
        name=one.name,
        name_en=one.name_en,
        stops=one.stops,
        reason=one.reason,
        planned_days=one.planned_days,
        planned_end=after(facts.calendar, today, one.planned_days),
        on=today,
        by_name=by_name,
        at=facts.now,
    )
    due = dues(fold(state, [started]), facts)
    return replace(started, legal_due=due.legal, promised_due=due.promised)


def answer_special(state: CaseState, command: s.AnswerSpecial, facts: Facts) -> Events:
    """The head of the organ approves, and the time counts from today, or refuses; never the one who proposed it."""
    rights.require_approver(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    one = procedure(state, command.special)
    if one.stage is not Stage.PROPOSED:
        raise SpecialNotWaiting
    if one.by == facts.actor.id:
        raise ProposerMayNotApprove
    who: dict[str, Any] = {"by": facts.actor.id, "by_name": facts.actor.name, "at": facts.now}
    if not command.approve:
        if not command.reason.strip():
            raise ReasonMissing
        return [o.SpecialRefused(id=one.id, reason=command.reason.strip(), **who)]
    end = after(facts.calendar, facts.now.date(), one.planned_days)
    return [o.SpecialApproved(id=one.id, limit_end=end, **who), begin(state, one, facts, by_name=one.by_name)]


def end_special(state: CaseState, command: c.EndSpecial, facts: Facts) -> Events:
    """The procedure is over, once it has what makes it one; the clocks go on from here."""
    rights.require_lead(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    special = next((one for one in state.specials if one.id == command.special), None)
    if special is None:
        raise NotFound
    if special.ended_on is not None:
        raise StepAlreadyDone(by=special.ended_by_name or special.by_name)
    if not command.result.strip():
        raise ReasonMissing
    known = next((one for one in state.procedures if one.id == special.id), None)
    if known is not None:  # older ones are ended by their result alone
        require_complete(known, facts)
    return [finish(state, special.id, command.result.strip(), facts)]


def finish(state: CaseState, special: str, result: str, facts: Facts) -> e.SpecialEnded:
    """The end of a stretch, with both clocks as they then stand."""
    told: dict[str, Any] = {
        "id": special, "result": result, "on": facts.now.date(), "by_name": facts.actor.name, "at": facts.now,
    }  # fmt: skip
    first = e.SpecialEnded(**told, legal_due=None, promised_due=None, provisional=False)
    due = dues(fold(state, [first]), facts)
    return e.SpecialEnded(**told, legal_due=due.legal, promised_due=due.promised, provisional=due.provisional)


def require_complete(one: Procedure, facts: Facts) -> None:
    """What a procedure can't end without. Refuses MinutesMissing, StepMissing."""
    if one.course is Course.HEARING and (one.hearing is None or one.hearing.held_on is None):
        raise MinutesMissing
    missing = _MISSING[one.course](one, facts) if one.course in _MISSING else ""
    if missing:
        raise StepMissing(name=Words(one.name, one.name_en), what=missing)


def _visit_missing(one: Procedure, facts: Facts) -> str:
    done = one.visit is not None and one.visit.confirmed_at is not None
    return "" if done else N_("还没有两名核查员确认的现场核查记录")


def _experts_missing(one: Procedure, facts: Facts) -> str:
    return "" if one.review is not None and one.review.concluded_on else N_("还没有专家评审结论")


def _test_missing(one: Procedure, facts: Facts) -> str:
    return "" if one.test is not None and one.test.result else N_("还没有检验检测结果")


def _notice_missing(one: Procedure, facts: Facts) -> str:
    notice = one.notice
    if notice is None:
        return N_("还没有公示")
    if any(not objection.answer for objection in notice.objections):
        return N_("还有异议没有答复")
    return "" if facts.now.date() > notice.last else N_("公示期还没有满")


def _consultation_missing(one: Procedure, facts: Facts) -> str:
    if not one.asked:
        return N_("还没有征求过意见")
    return N_("还有意见没有回，也没有记为逾期未复") if any(not asked.answer for asked in one.asked) else ""


_MISSING = {
    Course.VISIT: _visit_missing,
    Course.EXPERTS: _experts_missing,
    Course.TEST: _test_missing,
    Course.NOTICE: _notice_missing,
    Course.CONSULTATION: _consultation_missing,
}


def require_settled(state: CaseState, facts: Facts) -> None:
    """Before the decision: no proposal waits, nobody may still ask for a hearing, and what was said in one is weighed.

    Refuses SpecialAwaitsApproval, HearingRightRuns, MinutesNotWeighed. That nothing runs is asked beside.
    """
    for one in state.procedures:
        if one.stage is Stage.PROPOSED:
            raise SpecialAwaitsApproval(name=Words(one.name, one.name_en))
        hearing = one.hearing
        if hearing is None:
            continue
        ask_by = last_day(facts, hearing.ask_by, hearing.told_on, ASK_DAYS)
        if one.stage is Stage.TOLD and ask_by is not None and facts.now.date() <= ask_by:
            raise HearingRightRuns(ask_by=ask_by)
        if hearing.held_on is not None and ended(state, one.id) and not hearing.weighed:
            raise MinutesNotWeighed


def mark_overstayed(state: CaseState, command: s.MarkOverstayed, facts: Facts) -> Events:
    """By the clock, on the day after the limit that was told (TL9). Nothing where it has ended meanwhile."""
    if facts.actor.kind != "system":
        raise NotAllowed
    one = procedure(state, command.special)
    if one.limit_end is None or one.overstayed_on is not None or not is_open(state, one) or not _going(state):
        return []
    if facts.now.date() <= one.limit_end:
        raise NotYetDue
    running(state, one.id)
    return [o.SpecialOverstayed(id=one.id, limit_end=one.limit_end, at=facts.now)]


def _going(state: CaseState) -> bool:
    return state.phase is Phase.ACCEPTED
