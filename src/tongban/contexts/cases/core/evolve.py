"""How each event changes a case: `evolve(state, event) -> state`, total and pure, so that any case can be replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core.evolving import automatic, batch, course, fairness, special
from tongban.contexts.cases.core.parts.course import Timer
from tongban.contexts.cases.core.state import (
    CaseState,
    Decision,
    Document,
    Ending,
    Extension,
    Licence,
    Owed,
    Phase,
    Rating,
    Special,
    Supplement,
    Task,
)


def evolve(state: CaseState, event: Any) -> CaseState:
    """The state after `event`."""
    return _EVOLVERS[type(event)](state, event)


def fold(state: CaseState, events: Iterable[Any]) -> CaseState:
    """The state after all `events`, in order."""
    for event in events:
        state = evolve(state, event)
    return state


def _owe(state: CaseState, kind: str, event: Any, key: str = "") -> CaseState:
    return replace(state, owed=(*state.owed, Owed(key or kind, kind, event.at)))


def _submitted(state: CaseState, event: e.Submitted) -> CaseState:
    state = CaseState(
        phase=Phase.SUBMITTED,
        number=event.number,
        query_code=event.query_code,
        item_code=event.item_code,
        item_version=event.item_version,
        channel=event.channel,
        applicant=event.applicant,
        applicant_kind=event.applicant_kind,
        applicant_name=event.applicant_name,
        applicant_number=event.applicant_number,
        person=event.person,
        contact_name=event.contact_name,
        contact_phone=event.contact_phone,
        division=event.division,
        agency=event.agency,
        lanes=event.lanes,
        values=event.values,
        materials=event.materials,
        delivery=event.delivery,
        submitted_at=event.at,
        notice_due=event.notice_due,
        received_by=event.received_by,
        received_by_name=event.received_by_name,
        batch=event.batch,
        batch_row=event.batch_row,
        about=event.about or "",
        about_number=event.about_number or "",
    )
    return state if event.batch else _owe(state, "receipt", event)  # a batch has one receipt for all its cases


def _pre_review_passed(state: CaseState, event: e.PreReviewPassed) -> CaseState:
    return replace(state, phase=Phase.PRE_PASSED)


def _material_checked(state: CaseState, event: e.MaterialChecked) -> CaseState:
    materials = tuple(
        replace(m, grade="B", checked_by=event.by, checked_at=event.at) if m.id == event.material_id else m
        for m in state.materials
    )
    return replace(state, materials=materials)


def _accepted(state: CaseState, event: e.Accepted) -> CaseState:
    state = replace(
        state,
        phase=Phase.ACCEPTED,
        accepted_at=event.at,
        accepted_by=event.by,
        accepted_by_name=event.by_name,
        deemed=event.deemed,
        clock_start=event.clock_start,
        legal_due=event.legal_due,
        promised_due=event.promised_due,
        due_provisional=event.provisional,
        notice_due=None,
    )
    return _owe(state, "acceptance", event)


def _supplement_asked(state: CaseState, event: e.SupplementAsked) -> CaseState:
    notice = Supplement(event.wanted, event.note, event.by, event.by_name, event.at, event.due)
    return _owe(replace(state, phase=Phase.CORRECTING, supplement=notice, notice_due=None), "supplement", event)


def _supplement_answered(state: CaseState, event: e.SupplementAnswered) -> CaseState:
    assert state.supplement is not None
    fresh = {material.id: material for material in event.materials}
    kept = tuple(fresh.pop(m.id, m) for m in state.materials)
    return replace(
        state,
        phase=Phase.SUBMITTED,
        materials=kept + tuple(fresh.values()),
        supplement=replace(state.supplement, answered_at=event.at),
        notice_due=event.notice_due,
    )


def _supplement_lapsed(state: CaseState, event: e.SupplementLapsed) -> CaseState:
    return _owe(replace(state, ending=Ending.LAPSED), "withdrawal", event)


def _not_accepted(state: CaseState, event: e.NotAccepted) -> CaseState:
    state = replace(
        state,
        ending=Ending(event.kind),
        ended_reason=event.reason,
        ended_by_name=event.by_name,
        competent_body=event.competent_body,
        notice_due=None,
    )
    kind = "not_accepted" if event.kind == Ending.NOT_ACCEPTED else "not_competent"
    return _owe(state, kind, event)


def _task_done(state: CaseState, event: e.TaskDone) -> CaseState:
    def close(task: Task) -> Task:
        if task.id != event.task:
            return task
        return replace(
            task,
            done_at=event.at,
            done_by=event.by,
            done_by_name=event.by_name,
            outcome=event.outcome,
            opinion=event.opinion,
            conditions=event.conditions,
            second_officer=event.second_officer,
            second_officer_name=event.second_officer_name,
        )

    state = replace(state, tasks=tuple(close(task) for task in state.tasks))
    return _owe(state, "inspection", event, f"inspection-{event.task}") if event.act == "inspect" else state


def _special_started(state: CaseState, event: e.SpecialStarted) -> CaseState:
    special = Special(
        id=event.id,
        cause=event.cause,
        name=event.name,
        name_en=event.name_en,
        stops=event.stops,
        reason=event.reason,
        planned_days=event.planned_days,
        planned_end=event.planned_end,
        started_on=event.on,
        by_name=event.by_name,
    )
    state = replace(state, specials=(*state.specials, special))
    if event.stops:
        state = replace(state, legal_due=event.legal_due, promised_due=event.promised_due)
    return _owe(state, "special_notice", event, f"special-{event.id}")


def _special_ended(state: CaseState, event: e.SpecialEnded) -> CaseState:
    specials = tuple(
        replace(s, ended_on=event.on, ended_by_name=event.by_name, result=event.result) if s.id == event.id else s
        for s in state.specials
    )
    return replace(
        state,
        specials=specials,
        legal_due=event.legal_due,
        promised_due=event.promised_due,
        due_provisional=event.provisional,
    )


def _clocks_recomputed(state: CaseState, event: e.ClocksRecomputed) -> CaseState:
    new, supplement = event.new, state.supplement
    if supplement is not None and new.supplement is not None:
        supplement = replace(supplement, due=new.supplement)
    ends = dict(new.specials)
    return replace(
        state,
        notice_due=new.notice,
        supplement=supplement,
        legal_due=new.legal,
        promised_due=new.promised,
        due_provisional=new.provisional,
        delivery_due=new.delivery,
        timers=tuple(_moved(timer, dict(new.timers)) for timer in state.timers),
        specials=tuple(replace(one, planned_end=ends.get(one.id, one.planned_end)) for one in state.specials),
    )


def _moved(timer: Timer, due: dict[str, datetime]) -> Timer:
    """A timer at its new moment: the next version, so that nothing of the old one comes any more."""
    at = due.get(timer.id, timer.due)
    return timer if at == timer.due else replace(timer, due=at, version=timer.version + 1)


def _extension_asked(state: CaseState, event: e.ExtensionAsked) -> CaseState:
    return replace(state, extension=_asked(event))


def _asked(event: e.ExtensionAsked) -> Extension:
    return Extension(event.reason, event.by, event.by_name, event.at, agency=event.agency)


def _extension_approved(state: CaseState, event: e.ExtensionApproved) -> CaseState:
    assert state.extension is not None
    extension = replace(
        state.extension,
        days=event.days,
        approved_by=event.by,
        approved_by_name=event.by_name,
        approved_at=event.at,
    )
    state = replace(state, extension=extension, legal_due=event.legal_due, due_provisional=event.provisional)
    return _owe(state, "extension_notice", event)


def _extension_refused(state: CaseState, event: e.ExtensionRefused) -> CaseState:
    assert state.extension is not None
    answered = replace(
        state.extension,
        refused=event.reason,
        approved_by=event.by,
        approved_by_name=event.by_name,
        approved_at=event.at,
    )
    return replace(state, extension=answered)


def _decided(state: CaseState, event: e.Decided) -> CaseState:
    decision = Decision(
        event.outcome, event.reasons, event.conditions, event.by, event.by_name, event.agency, event.at,
        event.considered, event.commission, event.discretion,
    )  # fmt: skip
    tasks = tuple(
        replace(t, done_at=event.at, done_by=event.by, done_by_name=event.by_name, outcome=event.outcome,
                opinion=event.reasons, conditions=event.conditions) if t.id == event.task else t
        for t in state.tasks
    )  # fmt: skip
    granted = event.outcome == "grant"
    state = replace(
        state,
        decision=decision,
        tasks=tasks,
        ending=Ending.GRANTED if granted else Ending.DENIED,
        phase=Phase.GRANTED,
        delivery_due=event.delivery_due,
    )
    state = _owe(state, "grant" if granted else "denial", event)
    return _owe(state, "licence", event) if event.licence else state


def _document_issued(state: CaseState, event: e.DocumentIssued) -> CaseState:
    document = Document(event.kind, event.number, event.title, event.file_id, event.sha256, event.at)
    return replace(
        state,
        documents=(*state.documents, document),
        owed=tuple(owed for owed in state.owed if owed.key != event.key),
    )


def _licence_issued(state: CaseState, event: e.LicenceIssued) -> CaseState:
    return replace(
        state,
        licence=Licence(event.id, event.number, event.token, event.file_id),
        owed=tuple(owed for owed in state.owed if owed.kind != "licence"),
    )


def _closed(state: CaseState, event: e.Closed) -> CaseState:
    return replace(state, phase=Phase.CLOSED, closed_at=event.at, ending=Ending(event.ending))


def _delivered(state: CaseState, event: e.Delivered) -> CaseState:
    state = replace(state, phase=Phase.DELIVERED, delivered_at=event.at, delivered_to=event.to, delivery_due=None)
    return _owe(state, "delivery", event) if event.way == "window" else state


def _withdrawn(state: CaseState, event: e.Withdrawn) -> CaseState:
    state = replace(state, ending=Ending.WITHDRAWN, ended_reason=event.reason, notice_due=None)
    return _owe(state, "withdrawal", event)


def _rated(state: CaseState, event: e.Rated) -> CaseState:
    return replace(state, rating=Rating(event.score, event.details, event.text, event.at))


_EVOLVERS: dict[type, Callable[[CaseState, Any], CaseState]] = {
    e.Submitted: _submitted,
    e.PreReviewPassed: _pre_review_passed,
    e.MaterialChecked: _material_checked,
    e.Accepted: _accepted,
    e.SupplementAsked: _supplement_asked,
    e.SupplementAnswered: _supplement_answered,
    e.SupplementLapsed: _supplement_lapsed,
    e.NotAccepted: _not_accepted,
    e.RouteAdvanced: course.route_advanced,
    e.TaskDone: _task_done,
    e.SpecialStarted: _special_started,
    e.SpecialEnded: _special_ended,
    e.ClocksRecomputed: _clocks_recomputed,
    e.ExtensionAsked: _extension_asked,
    e.ExtensionApproved: _extension_approved,
    e.ExtensionRefused: _extension_refused,
    e.Decided: _decided,
    e.DocumentIssued: _document_issued,
    e.LicenceIssued: _licence_issued,
    e.Closed: _closed,
    e.Delivered: _delivered,
    e.Withdrawn: _withdrawn,
    e.Rated: _rated,
    **course.EVOLVERS,
    **special.EVOLVERS,
    **fairness.EVOLVERS,
    **automatic.EVOLVERS,
    **batch.EVOLVERS,
}
