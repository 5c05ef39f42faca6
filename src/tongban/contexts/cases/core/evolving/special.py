"""How a case changes by special procedures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tongban.contexts.cases.core.occurred import special as o
from tongban.contexts.cases.core.parts.special import (
    Asked,
    Course,
    Hearing,
    Named,
    Objection,
    Procedure,
    PublicNotice,
    Review,
    Stage,
    Test,
    Visit,
    course_of,
)
from tongban.contexts.cases.core.state import CaseState, Owed
from tongban.kernel.clock import CHINA


def _day(event: Any) -> Any:
    return event.at.astimezone(CHINA).date()


def _change(state: CaseState, id_: str, **changes: Any) -> CaseState:
    found = tuple(replace(one, **changes) if one.id == id_ else one for one in state.procedures)
    return replace(state, procedures=found)


def _of(state: CaseState, id_: str) -> Procedure:
    return next(one for one in state.procedures if one.id == id_)


def _owe(state: CaseState, kind: str, key: str, event: Any) -> CaseState:
    return replace(state, owed=(*state.owed, Owed(key, kind, event.at)))


def _proposed(state: CaseState, event: o.SpecialProposed) -> CaseState:
    """A hearing that was asked for is proposed again as the procedure that now runs: what was told stays with it."""
    stage = Stage.OPEN if event.approver == "handler" else Stage.PROPOSED
    fresh = Procedure(
        id=event.id, cause=event.cause, course=course_of(event.cause), name=event.name, name_en=event.name_en,
        stage=stage, reason=event.reason, planned_days=event.planned_days, stops=event.stops, law=event.law,
        approver=event.approver, by=event.by, by_name=event.by_name, at=event.at, limit_end=event.limit_end,
        hearing=Hearing() if event.cause == "hearing" else None,
    )  # fmt: skip
    known = next((one for one in state.procedures if one.id == event.id), None)
    if known is not None:
        changes = {"stage": stage, "planned_days": event.planned_days, "limit_end": event.limit_end}
        return _change(state, event.id, **changes)
    return replace(state, procedures=(*state.procedures, fresh))


def _approved(state: CaseState, event: o.SpecialApproved) -> CaseState:
    return _change(
        state, event.id, stage=Stage.OPEN, limit_end=event.limit_end, answered_by=event.by,
        answered_by_name=event.by_name,
    )  # fmt: skip


def _refused(state: CaseState, event: o.SpecialRefused) -> CaseState:
    return _change(
        state, event.id, stage=Stage.REFUSED, refused=event.reason, answered_by=event.by, answered_by_name=event.by_name
    )


def _overstayed(state: CaseState, event: o.SpecialOverstayed) -> CaseState:
    return _change(state, event.id, overstayed_on=_day(event))


# -- site visit --------------------------------------------------------------------------------------------------------


def _visit(state: CaseState, id_: str, **changes: Any) -> CaseState:
    visit = _of(state, id_).visit
    assert visit is not None
    return _change(state, id_, visit=replace(visit, **changes))


def _visit_appointed(state: CaseState, event: o.VisitAppointed) -> CaseState:
    before = _of(state, event.special).visit
    visit = Visit(
        on=event.on, slot=event.slot, place=event.place, officers=event.officers, lines=event.lines, told_at=event.at
    )
    if before is not None:
        answer = "moved" if event.moved else before.other_answer
        visit = replace(
            visit, other_reason=before.other_reason, other_wish=before.other_wish, other_answer=answer,
            photos=before.photos,
        )  # fmt: skip
    state = _change(state, event.special, visit=visit)
    again = sum(one.key.startswith(f"visit-{event.special}") for one in state.owed)
    again += sum(one.kind == "visit_notice" for one in state.documents)
    return _owe(state, "visit_notice", f"visit-{event.special}-{again + 1}", event)


def _visit_time_asked(state: CaseState, event: o.VisitTimeAsked) -> CaseState:
    return _visit(state, event.special, other_reason=event.reason, other_wish=event.wish)


def _visit_time_kept(state: CaseState, event: o.VisitTimeKept) -> CaseState:
    return _visit(state, event.special, other_answer=event.reason)


def _visit_saved(state: CaseState, event: o.VisitSaved) -> CaseState:
    return _visit(
        state, event.special, lines=event.lines, findings=event.findings, result=event.result, present=event.present,
        present_name=event.present_name, remark=event.remark, saved_at=event.at, signed_by=None, signed_at=None,
    )  # fmt: skip


def _visit_photo(state: CaseState, event: o.VisitPhotoTaken) -> CaseState:
    visit = _of(state, event.special).visit
    assert visit is not None
    return _visit(state, event.special, photos=(*visit.photos, event.photo), signed_by=None, signed_at=None)


def _visit_signed(state: CaseState, event: o.VisitSigned) -> CaseState:
    return _visit(state, event.special, signed_by=Named(event.by, event.by_name), signed_at=event.at)


def _visit_confirmed(state: CaseState, event: o.VisitConfirmed) -> CaseState:
    confirmed = Named(event.by, event.by_name)
    state = _visit(state, event.special, confirmed_by=confirmed, confirmed_at=event.at, task=event.task)
    # With a task of the route, the record is the one that the task owes.
    return state if event.task else _owe(state, "inspection", f"inspection-{event.special}", event)


# -- hearing -----------------------------------------------------------------------------------------------------------


def _hearing(state: CaseState, id_: str, **changes: Any) -> CaseState:
    hearing = _of(state, id_).hearing
    assert hearing is not None
    return _change(state, id_, hearing=replace(hearing, **changes))


def _hearing_told(state: CaseState, event: o.HearingTold) -> CaseState:
    told = Procedure(
        id=event.id, cause="hearing", course=Course.HEARING, name="听证", name_en="Hearing", stage=Stage.TOLD,
        reason=event.reason, planned_days=0, stops=True, law="《行政许可法》第四十五条", approver="handler",
        by=event.by, by_name=event.by_name, at=event.at,
        hearing=Hearing(
            told_on=_day(event), told_to=event.to, third_parties=event.third_parties, ask_by=event.ask_by
        ),
    )  # fmt: skip
    state = replace(state, procedures=(*state.procedures, told))
    return _owe(state, "hearing_right", f"hearing-right-{event.id}", event)


def _hearing_asked(state: CaseState, event: o.HearingAsked) -> CaseState:
    return _hearing(
        state, event.special, asked_on=_day(event), asked_by_name=event.by_name, asked_reason=event.reason,
        hold_by=event.hold_by,
    )  # fmt: skip


def _hearing_waived(state: CaseState, event: o.HearingWaived) -> CaseState:
    return _change(state, event.special, stage=Stage.WAIVED)


def _hearing_scheduled(state: CaseState, event: o.HearingScheduled) -> CaseState:
    state = _hearing(
        state, event.special, on=event.on, time=event.time, place=event.place, chair=event.chair, public=event.public,
        closed_reason=event.closed_reason, notified_on=_day(event),
    )  # fmt: skip
    again = sum(one.key.startswith(f"hearing-notice-{event.special}") for one in state.owed)
    again += sum(one.kind == "hearing_notice" for one in state.documents)
    return _owe(state, "hearing_notice", f"hearing-notice-{event.special}-{again + 1}", event)


def _hearing_held(state: CaseState, event: o.HearingHeld) -> CaseState:
    state = _hearing(
        state, event.special, held_on=event.on, attended=event.attended, statements=event.statements,
        signatures=event.signatures, recorded_by_name=event.by_name,
    )  # fmt: skip
    return _owe(state, "hearing_record", f"hearing-record-{event.special}", event)


def _hearing_weighed(state: CaseState, event: o.HearingWeighed) -> CaseState:
    return _hearing(state, event.special, weighed=event.text, weighed_by_name=event.by_name)


# -- experts, bodies, notices, opinions --------------------------------------------------------------------------------


def _experts_named(state: CaseState, event: o.ExpertsNamed) -> CaseState:
    return _change(state, event.special, review=Review(event.experts))


def _expert_said(state: CaseState, event: o.ExpertSaid) -> CaseState:
    review = _of(state, event.special).review
    assert review is not None
    experts = tuple(
        replace(one, opinion=event.opinion, text=event.text, at=event.at) if one.name == event.expert else one
        for one in review.experts
    )
    return _change(state, event.special, review=replace(review, experts=experts))


def _experts_concluded(state: CaseState, event: o.ExpertsConcluded) -> CaseState:
    review = _of(state, event.special).review
    assert review is not None
    done = replace(review, majority=event.majority, conclusion=event.conclusion, concluded_on=_day(event))
    return _owe(_change(state, event.special, review=done), "expert_review", f"experts-{event.special}", event)


def _test_commissioned(state: CaseState, event: o.TestCommissioned) -> CaseState:
    test = Test(event.body, event.subject, event.due, _day(event))
    return _owe(_change(state, event.special, test=test), "commission", f"commission-{event.special}", event)


def _test_reported(state: CaseState, event: o.TestReported) -> CaseState:
    test = _of(state, event.special).test
    assert test is not None
    done = replace(
        test, result=event.result, number=event.number, text=event.text, report=event.report, reported_on=_day(event)
    )
    return _change(state, event.special, test=done)


def _notice_published(state: CaseState, event: o.NoticePublished) -> CaseState:
    notice = PublicNotice(event.title, event.text, event.first, event.last, event.unit, event.days)
    return _owe(_change(state, event.special, notice=notice), "public_notice", f"notice-{event.special}", event)


def _objected(state: CaseState, event: o.Objected) -> CaseState:
    notice = _of(state, event.special).notice
    assert notice is not None
    fresh = Objection(event.objection, event.name, event.contact, event.text, event.at)
    return _change(state, event.special, notice=replace(notice, objections=(*notice.objections, fresh)))


def _objection_answered(state: CaseState, event: o.ObjectionAnswered) -> CaseState:
    notice = _of(state, event.special).notice
    assert notice is not None
    answered = tuple(
        replace(one, answer=event.answer, upheld=event.upheld, answered_by_name=event.by_name, answered_at=event.at)
        if one.id == event.objection
        else one
        for one in notice.objections
    )
    return _change(state, event.special, notice=replace(notice, objections=answered))


def _opinion_asked(state: CaseState, event: o.OpinionAsked) -> CaseState:
    fresh = Asked(event.asked, event.name, event.question, event.due, _day(event))
    state = _change(state, event.special, asked=(*_of(state, event.special).asked, fresh))
    return _owe(state, "opinion_request", f"opinion-{event.special}-{event.asked}", event)


def _opinion_given(state: CaseState, event: o.OpinionGiven) -> CaseState:
    asked = tuple(
        replace(one, answer=event.answer, text=event.text, answered_on=_day(event)) if one.id == event.asked else one
        for one in _of(state, event.special).asked
    )
    return _change(state, event.special, asked=asked)


EVOLVERS: dict[type, Callable[[CaseState, Any], CaseState]] = {
    o.SpecialProposed: _proposed,
    o.SpecialApproved: _approved,
    o.SpecialRefused: _refused,
    o.SpecialOverstayed: _overstayed,
    o.VisitAppointed: _visit_appointed,
    o.VisitTimeAsked: _visit_time_asked,
    o.VisitTimeKept: _visit_time_kept,
    o.VisitSaved: _visit_saved,
    o.VisitPhotoTaken: _visit_photo,
    o.VisitSigned: _visit_signed,
    o.VisitConfirmed: _visit_confirmed,
    o.HearingTold: _hearing_told,
    o.HearingAsked: _hearing_asked,
    o.HearingWaived: _hearing_waived,
    o.HearingScheduled: _hearing_scheduled,
    o.HearingHeld: _hearing_held,
    o.HearingWeighed: _hearing_weighed,
    o.ExpertsNamed: _experts_named,
    o.ExpertSaid: _expert_said,
    o.ExpertsConcluded: _experts_concluded,
    o.TestCommissioned: _test_commissioned,
    o.TestReported: _test_reported,
    o.NoticePublished: _notice_published,
    o.Objected: _objected,
    o.ObjectionAnswered: _objection_answered,
    o.OpinionAsked: _opinion_asked,
    o.OpinionGiven: _opinion_given,
}
