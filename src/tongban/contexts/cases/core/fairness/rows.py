"""What this area adds to worktables and to what is due: pure functions of the state."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from tongban.contexts.cases.core.fairness.renewing import silence_renews
from tongban.contexts.cases.core.state import Act, CaseState, Task
from tongban.contexts.parties.core import Role
from tongban.foundation.ledger.contract import Due
from tongban.kernel.clock import CHINA


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
