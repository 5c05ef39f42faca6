"""From filing to acceptance: what each command of the intake may do (行政许可法 29-32)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core import renewal, rights
from tongban.contexts.cases.core.answers import check_answers, check_materials, check_served, listed
from tongban.contexts.cases.core.clocks import NOTICE_DAYS, SUPPLEMENT_DAYS, after, dues
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.path import advance
from tongban.contexts.cases.core.refusals import (
    ChoiceUnknown,
    CompetentBodyMissing,
    ItemChanged,
    MaterialMissing,
    MaterialUnknown,
    NoticeTimeOver,
    NotYetDue,
    OriginalNotSeen,
    RealLevelTooLow,
    ReasonMissing,
    StepOutOfOrder,
    SupplementAlreadyAsked,
    SupplementEmpty,
)
from tongban.contexts.cases.core.state import CaseState, Ending, Phase
from tongban.contexts.documents.core import TrustGrade
from tongban.kernel.refusals import N_, NotAllowed, NotFound, Words

Events = list[Any]


def require_phase(state: CaseState, *phases: Phase) -> None:
    """Refuses StepOutOfOrder (or NotFound where there is no case)."""
    if state.phase is Phase.NONE:
        raise NotFound
    if state.phase not in phases:
        raise StepOutOfOrder(phase=PHASE_WORDS[state.phase])


#: Words for refusals; terminals have their own, richer ones.
PHASE_WORDS = {
    Phase.NONE: N_("草稿"),
    Phase.SUBMITTED: N_("待预审"),
    Phase.PRE_PASSED: N_("待受理"),
    Phase.CORRECTING: N_("等申请人补正"),
    Phase.ACCEPTED: N_("办理中"),
    Phase.GRANTED: N_("已决定"),
    Phase.CLOSED: N_("已办结"),
    Phase.DELIVERED: N_("已送达"),
}


def submit(state: CaseState, command: c.Submit, facts: Facts) -> Events:
    """File the application. Records Submitted; owes the receipt."""
    if state.phase is not Phase.NONE:
        raise StepOutOfOrder(phase=PHASE_WORDS[state.phase])
    item, actor, who = facts.item, facts.actor, command.applicant
    values = _checked(command, facts)
    at_window = command.channel == "window"
    return [
        e.Submitted(
            number=facts.number,
            query_code=facts.query_code,
            item_code=item.code,
            item_version=item.version,
            channel=command.channel,
            applicant=who.party,
            applicant_kind=who.kind,
            applicant_name=who.name,
            applicant_number=who.number,
            person=who.person,
            contact_name=who.contact_name,
            contact_phone=who.contact_phone,
            division=command.division,
            agency=facts.agency,
            lanes=dict(facts.lanes or {}),
            values=values,
            materials=command.materials,
            delivery=command.delivery,
            at=facts.now,
            notice_due=after(facts.calendar, facts.now.date(), NOTICE_DAYS),
            received_by=actor.id if at_window else "",
            received_by_name=actor.name if at_window else "",
            batch=command.batch,
            batch_row=command.batch_row,
            about=command.about or None,
            about_number=command.about_number or None,
        ),
        *renewal.named(command, facts),
    ]


def _checked(command: c.Submit, facts: Facts) -> dict[str, str | list[str]]:
    """The answers, once everything about the application is as it must be."""
    item = facts.item
    if item.handling is None:
        raise NotFound
    if command.item_version != facts.current_version:
        raise ItemChanged(version=facts.current_version)
    _check_submitter(command, facts)
    check_served(item, command.applicant.kind)
    values = check_answers(item, command.values)
    check_materials(item, values, command.materials)
    return values


def _check_submitter(command: c.Submit, facts: Facts) -> None:
    actor = facts.actor
    assert facts.item.handling is not None
    if command.batch and actor.kind == "system":
        return  # who filed the batch was looked at when it was opened
    if command.channel == "window":
        if not actor.may_receive(facts.item.code):
            raise NotAllowed
        return
    principal = actor.principal(command.applicant.party)
    if actor.kind != "citizen" or principal is None or not principal.covers(facts.item.code):
        raise NotAllowed
    level = facts.item.handling.minimum_real_level
    if actor.real_level < level:
        raise RealLevelTooLow(level=level)


def pass_pre_review(state: CaseState, command: c.PassPreReview, facts: Facts) -> Events:
    rights.require_window(facts.actor, state)
    require_phase(state, Phase.SUBMITTED)
    return [e.PreReviewPassed(by_name=facts.actor.name, note=command.note, at=facts.now)]


def check_material(state: CaseState, command: c.CheckMaterial, facts: Facts) -> Events:
    """An officer saw the original: C becomes B, recorded with officer and time (108号)."""
    rights.require_window(facts.actor, state)
    require_phase(state, Phase.SUBMITTED, Phase.PRE_PASSED)
    material = state.material(command.material_id)
    if material is None:
        raise MaterialUnknown
    if material.grade != TrustGrade.C:
        return []
    return [e.MaterialChecked(material_id=material.id, by=facts.actor.id, at=facts.now)]


def accept(state: CaseState, command: c.Accept, facts: Facts) -> Events:
    """受理: both clocks start the next day, the route begins; owes the notice of acceptance (32(5))."""
    rights.require_window(facts.actor, state)
    require_phase(state, Phase.SUBMITTED, Phase.PRE_PASSED)
    for material in state.materials:
        if material.grade == TrustGrade.C and state.channel == "window":
            raise OriginalNotSeen(name=_name_of(facts, material.id))
    return take_in(state, facts, start_day(state, facts), by=facts.actor.id, by_name=facts.actor.name, deemed=False)


def start_day(state: CaseState, facts: Facts) -> date:
    """From which day acceptance counts: today, or that of receipt where five working days have passed in silence."""
    return _received_on(state) if _notice_is_over(state, facts) else facts.now.date()


def deem_accepted(state: CaseState, command: c.DeemAccepted, facts: Facts) -> Events:
    """Five working days of silence: accepted from the day of receipt (行政许可法 32(4))."""
    if state.phase not in (Phase.SUBMITTED, Phase.PRE_PASSED) or state.notice_due is None:
        return []
    if not _notice_is_over(state, facts):
        raise NotYetDue
    return take_in(state, facts, _received_on(state), by="", by_name="", deemed=True)


def _notice_is_over(state: CaseState, facts: Facts) -> bool:
    """Five working days have passed in silence: the application counts as accepted, whether the clock has said so
    yet or not."""
    return state.notice_due is not None and facts.now.date() > state.notice_due


def _require_notice_time(state: CaseState, facts: Facts) -> None:
    if _notice_is_over(state, facts):
        raise NoticeTimeOver


def _received_on(state: CaseState) -> date:
    """The day from which silence counts: that of filing, or of the answer to the supplement notice."""
    assert state.submitted_at is not None
    answered = state.supplement.answered_at if state.supplement else None
    return (answered or state.submitted_at).date()


def take_in(state: CaseState, facts: Facts, start: date, *, by: str, by_name: str, deemed: bool) -> Events:
    """受理 from `start` on: both clocks and the route begin. Records Accepted and what the route brings."""
    due = dues(replace(state, clock_start=start), facts)
    accepted = e.Accepted(
        by=by,
        by_name=by_name,
        at=facts.now,
        clock_start=start,
        legal_due=due.legal,
        promised_due=due.promised,
        provisional=due.provisional,
        deemed=deemed,
    )
    return [accepted, *advance(fold(state, [accepted]), facts, task="")]


def ask_supplement(state: CaseState, command: c.AskSupplement, facts: Facts) -> Events:
    """The one notice of everything that is missing (32(4)). Refuses a second."""
    rights.require_window(facts.actor, state)
    if state.supplement is not None:
        raise SupplementAlreadyAsked(on=state.supplement.notified_at.date().isoformat())
    require_phase(state, Phase.SUBMITTED, Phase.PRE_PASSED)
    _require_notice_time(state, facts)
    if not command.wanted or any(not wanted.reason.strip() for wanted in command.wanted):
        raise SupplementEmpty
    named = [wanted.material_id for wanted in command.wanted]
    ours = {material.id for material in facts.item.materials if material.source != "government"}
    if len(set(named)) != len(named) or not ours.issuperset(named):  # what the city holds is not asked for
        raise MaterialUnknown
    return [
        e.SupplementAsked(
            wanted=command.wanted,
            note=command.note,
            by=facts.actor.id,
            by_name=facts.actor.name,
            at=facts.now,
            due=after(facts.calendar, facts.now.date(), SUPPLEMENT_DAYS),
        )
    ]


def answer_supplement(state: CaseState, command: c.AnswerSupplement, facts: Facts) -> Events:
    """The applicant (or a window for them) hands in all that the notice asked for."""
    if not (rights.is_applicant(facts.actor, state) or rights.is_window(facts.actor, state)):
        rights.require_applicant(facts.actor, state)
    require_phase(state, Phase.CORRECTING)
    assert state.supplement is not None
    wanted = {line.material_id for line in state.supplement.wanted}
    given = {material.id for material in facts.papers if material.file_id}
    if not given <= wanted:
        raise MaterialUnknown
    if wanted - given:
        missing = tuple(sorted(wanted - given))
        raise MaterialMissing(materials=missing, names=listed(_name_of(facts, m) for m in missing))
    return [
        e.SupplementAnswered(
            materials=facts.papers,
            at=facts.now,
            notice_due=after(facts.calendar, facts.now.date(), NOTICE_DAYS),
        )
    ]


def lapse_supplement(state: CaseState, command: c.LapseSupplement, facts: Facts) -> Events:
    """By the clock: not answered in time, so the application counts as given up."""
    if state.phase is not Phase.CORRECTING or state.supplement is None:
        return []
    if facts.now.date() <= state.supplement.due:
        raise NotYetDue
    return [e.SupplementLapsed(at=facts.now), e.Closed(ending=Ending.LAPSED, at=facts.now)]


def refuse_acceptance(state: CaseState, command: c.RefuseAcceptance, facts: Facts) -> Events:
    """不予受理, 不需要许可 or 不属职权: an act with reasons, remedies and, for the last, the competent body."""
    rights.require_window(facts.actor, state)
    require_phase(state, Phase.SUBMITTED, Phase.PRE_PASSED)
    _require_notice_time(state, facts)
    if command.kind not in (Ending.NOT_ACCEPTED, Ending.NOT_REQUIRED, Ending.NOT_COMPETENT):
        raise ChoiceUnknown
    if not command.reason.strip():
        raise ReasonMissing
    if command.kind == Ending.NOT_COMPETENT and not command.competent_body.strip():
        raise CompetentBodyMissing
    return [
        e.NotAccepted(
            kind=command.kind,
            reason=command.reason.strip(),
            competent_body=command.competent_body.strip(),
            by_name=facts.actor.name,
            at=facts.now,
        ),
        e.Closed(ending=command.kind, at=facts.now),
    ]


def _name_of(facts: Facts, material_id: str) -> Words:
    found = next((m.name for m in facts.item.materials if m.id == material_id), None)
    return Words(found.zh, found.en) if found else Words(material_id)
