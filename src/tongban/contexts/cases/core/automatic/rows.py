"""What this area adds to worktables and to what is due, and its own read table: pure functions of the state."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tongban.contexts.cases.core.state import Act, CaseState, Phase, Task
from tongban.contexts.parties.core import Role
from tongban.foundation.ledger.contract import Due, Table

#: One row for each case whose item names a table: what the figures and the lists of re-checks count.
TABLE_DECISION = Table(
    name="cases_table_decision",
    key=("stream_id",),
    columns=(
        "stream_id", "number", "item_code", "item_version", "agency", "reference", "digest", "outcome", "left_why",
        "asked_at", "judged_at", "percent", "drawn", "recheck", "rechecked_at", "review", "review_asked_at",
    ),
    types=(
        "uuid", "text", "text", "int", "text", "text", "text", "text", "text", "timestamptz", "timestamptz", "int",
        "boolean", "text", "timestamptz", "text", "timestamptz",
    ),
)  # fmt: skip


def table_rows(stream_id: str, state: CaseState) -> list[tuple[Any, ...]]:
    """The row of a case that a table may decide; `outcome` "" = not asked."""
    own = state.automatic
    if not own.reference:
        return []
    judged, drawn, asked = own.judged, own.drawn, own.asked
    return [
        (
            stream_id, state.number, state.item_code, state.item_version, state.agency, own.reference,
            judged.digest if judged else "", judged.outcome if judged else "", own.left, state.submitted_at,
            judged.at if judged else None, own.percent, drawn is not None and drawn.due is not None,
            drawn.outcome if drawn else "", drawn.rechecked_at if drawn else None, asked.outcome if asked else "",
            asked.at if asked else None,
        )
    ]  # fmt: skip


def tasks(state: CaseState) -> list[tuple[Task, date | None]]:
    """Standing work beside the route, each with its own due day: it stands on when the case is over."""
    own, found = state.automatic, list[tuple[Task, date | None]]()
    if own.asked is not None and own.asked.answered_at is None:
        again = _task(state, Act.LOOK_AGAIN, Role.APPROVER, "人工复核", "Human review", own.asked.at)
        found.append((again, own.asked.due))
    if own.drawn is not None and own.drawn.due is not None and own.drawn.rechecked_at is None:
        found.append((_task(state, Act.RECHECK, Role.REVIEWER, "抽查复核", "Re-check", own.drawn.at), own.drawn.due))
    if own.verification is not None and own.verification.at is None:
        verify = _task(
            state, Act.VERIFY, Role.REVIEWER, "核查承诺", "Verify the promise", own.verification.opened_at
        )  # fmt: skip
        found.append((verify, own.verification.due))
    return found


def _task(state: CaseState, act: Act, role: Role, name: str, name_en: str, at: datetime) -> Task:
    return Task(
        id=act.value, node="", act=act.value, role=role.value, lane="", agency=state.agency, name=name,
        name_en=name_en, opened_at=at,
    )  # fmt: skip


def due(state: CaseState) -> list[Due]:
    """What the worker does for this area, and when: at once, in a queue of its own, so that seconds stay seconds."""
    own, found = state.automatic, list[Due]()
    if own.waiting_since is not None and state.phase in (Phase.SUBMITTED, Phase.PRE_PASSED):
        found.append(Due("instant", own.waiting_since, "case.decide_instantly", queue="instant"))
    if own.granted_at is not None and own.percent and own.drawn is None:
        found.append(Due("sample", own.granted_at, "case.draw_sample", queue="samples"))
    granted = state.decision is not None and state.decision.outcome == "grant"
    if own.signed is not None and granted and own.verification is None:
        assert state.decision is not None
        found.append(Due("verification", state.decision.at, "case.open_verification", queue="samples"))
    return found
