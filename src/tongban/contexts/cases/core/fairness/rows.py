"""What this area adds to worktables and to what is due: pure functions of the state."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from tongban.contexts.cases.core.fairness.renewing import silence_renews
from tongban.contexts.cases.core.state import Act, CaseState, Task
from tongban.contexts.documents.core.licence import mask_name
from tongban.contexts.parties.core import Role
from tongban.foundation.ledger.contract import Due, Table
from tongban.kernel.clock import CHINA

#: Who keeps out of which case: worktables leave its tasks out.
RECUSED = Table(
    name="cases_recused", key=("stream_id", "officer"), columns=("stream_id", "officer"), types=("uuid", "text")
)

#: Decisions are open to the public (行政许可法 40): one row a decision, names of natural persons masked.
PUBLISHED = Table(
    name="cases_published",
    key=("stream_id",),
    columns=(
        "stream_id", "number", "item_code", "item_version", "outcome", "holder", "division", "agency", "decided_on",
        "by_law",
    ),
    types=("uuid", "text", "text", "int", "text", "text", "text", "text", "date", "boolean"),
)  # fmt: skip


def recused(stream_id: str, state: CaseState) -> list[tuple[Any, ...]]:
    """One row for each officer who keeps out of the case."""
    return [(stream_id, officer) for officer in sorted({one.officer for one in state.recusals if one.granted})]


def published(stream_id: str, state: CaseState) -> list[tuple[Any, ...]]:
    """The one row of a decision on the merits."""
    decision = state.decision
    if decision is None:
        return []
    by_law = state.renewal is not None and state.renewal.deemed_at is not None
    return [
        (
            stream_id, state.number, state.item_code, state.item_version, decision.outcome,
            mask_name(state.applicant_name, state.applicant_kind), state.division, decision.agency,
            decision.at.astimezone(CHINA).date(), by_law,
        )
    ]  # fmt: skip


def tasks(state: CaseState) -> list[tuple[Task, date | None]]:
    """Requests of recusal wait for the approver of the officer's organ."""
    if state.decision is not None or state.is_over:
        return []
    return [
        (
            Task(
                id=f"{Act.RECUSE.value}-{one.id}", node="", act=Act.RECUSE.value, role=Role.APPROVER.value, lane="",
                agency=one.agency, name="审批回避", name_en="Decide on recusal", opened_at=one.at,
            ),
            None,
        )
        for one in state.recusals
        if one.granted is None
    ]  # fmt: skip


def due(state: CaseState) -> list[Due]:
    """A licence that is not renewed in time renews itself on the day after its last (行政许可法 50-2)."""
    if state.renewal is None or not silence_renews(state):
        return []
    expiry = datetime.combine(state.renewal.valid_to + timedelta(days=1), time(0, 0), CHINA)
    return [Due("renew", expiry, "case.deem_renewed", queue="clocks")]
