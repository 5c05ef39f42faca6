"""How a case changes by decisions of a published table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tongban.contexts.cases.core.occurred import automatic as e
from tongban.contexts.cases.core.parts.automatic import Asked, Drawn, Judged, Signed, Verification
from tongban.contexts.cases.core.state import CaseState, Material, Owed

#: Trust grade D: the applicant's own statement (国办函〔2016〕108号).
PROMISED = "D"


def _with(state: CaseState, **changes: Any) -> CaseState:
    return replace(state, automatic=replace(state.automatic, **changes))


def _owe(state: CaseState, kind: str, event: Any) -> CaseState:
    return replace(state, owed=(*state.owed, Owed(kind, kind, event.at)))


def _handed(state: CaseState, event: e.HandedToTable) -> CaseState:
    return _with(state, reference=event.reference, percent=event.percent, waiting_since=event.at)


def _left(state: CaseState, event: e.LeftToPeople) -> CaseState:
    judged = state.automatic.judged
    if event.explained is not None:
        judged = Judged(
            event.reference, event.key, event.name, event.digest, "human", event.reasons, event.basis, (),
            event.explained, event.at,
        )  # fmt: skip
    return _with(state, reference=event.reference, left=event.why, waiting_since=None, judged=judged)


def _decided(state: CaseState, event: e.DecidedByTable) -> CaseState:
    judged = Judged(
        event.reference, event.key, event.name, event.digest, "grant", event.reasons, event.basis, event.conditions,
        event.explained, event.at,
    )  # fmt: skip
    state = _with(
        state, reference=event.reference, percent=event.percent, waiting_since=None, judged=judged,
        granted_at=event.at,
    )  # fmt: skip
    return _owe(state, "table_account", event)


def _signed(state: CaseState, event: e.CommitmentSigned) -> CaseState:
    signed = Signed(event.promises, event.materials, event.basis, event.verify_days, event.by, event.by_name, event.at)
    brought = {material.id for material in state.materials if material.file_id}
    promised = tuple(Material(id=one, grade=PROMISED, promised=True) for one in event.materials if one not in brought)
    kept = tuple(m for m in state.materials if m.id in brought or m.id not in event.materials)
    return _owe(_with(replace(state, materials=kept + promised), signed=signed), "commitment", event)


def _verification_opened(state: CaseState, event: e.VerificationOpened) -> CaseState:
    return _with(state, verification=Verification(opened_at=event.at, due=event.due))


def _verified(state: CaseState, event: e.CommitmentVerified) -> CaseState:
    assert state.automatic.verification is not None
    verification = replace(
        state.automatic.verification,
        outcome=event.outcome,
        findings=event.findings,
        correct_by=event.correct_by,
        by=event.by,
        by_name=event.by_name,
        second_officer=event.second_officer,
        second_officer_name=event.second_officer_name,
        at=event.at,
    )
    return _owe(_with(state, verification=verification), "verification", event)


def _review_asked(state: CaseState, event: e.ReviewAsked) -> CaseState:
    return _with(state, asked=Asked(reason=event.reason, at=event.at, due=event.due))


def _review_answered(state: CaseState, event: e.ReviewAnswered) -> CaseState:
    """A changed decision is the person's from now on, with that person's conditions."""
    assert state.automatic.asked is not None
    asked = replace(
        state.automatic.asked,
        outcome=event.outcome,
        answer=event.answer,
        by=event.by,
        by_name=event.by_name,
        answered_at=event.at,
    )
    if event.outcome == "changed" and state.automatic.granted_at is not None and state.decision is not None:
        mine = replace(
            state.decision, conditions=event.conditions, by=event.by, by_name=event.by_name, agency=event.agency
        )
        state = replace(state, decision=mine)
    return _owe(_with(state, asked=asked), "review_answer", event)


def _sample_drawn(state: CaseState, event: e.SampleDrawn) -> CaseState:
    return _with(state, drawn=Drawn(event.fingerprint, event.number, event.percent, event.at, event.due))


def _rechecked(state: CaseState, event: e.Rechecked) -> CaseState:
    assert state.automatic.drawn is not None
    drawn = replace(
        state.automatic.drawn,
        outcome=event.outcome,
        reasons=event.reasons,
        by=event.by,
        by_name=event.by_name,
        rechecked_at=event.at,
    )
    return _with(state, drawn=drawn)


EVOLVERS: dict[type, Callable[[CaseState, Any], CaseState]] = {
    e.HandedToTable: _handed,
    e.LeftToPeople: _left,
    e.DecidedByTable: _decided,
    e.CommitmentSigned: _signed,
    e.VerificationOpened: _verification_opened,
    e.CommitmentVerified: _verified,
    e.ReviewAsked: _review_asked,
    e.ReviewAnswered: _review_answered,
    e.SampleDrawn: _sample_drawn,
    e.Rechecked: _rechecked,
}
