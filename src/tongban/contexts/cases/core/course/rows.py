"""What this area adds to worktables and to what is due: pure functions of the state."""

from __future__ import annotations

from datetime import date

from tongban.contexts.cases.core.state import Act, CaseState, Phase, Task
from tongban.contexts.parties.core import Role
from tongban.foundation.ledger.contract import Due


def tasks(state: CaseState) -> list[tuple[Task, date | None]]:
    """Standing work beside the route: the answer that an organ owes, and what was escalated to the approver."""
    found: list[Task] = []
    if state.phase is Phase.ACCEPTED:
        found += [
            Task(
                id=one.id, node=one.node, act=Act.MESSAGE.value, role=one.role, lane=one.sender, agency=one.agency,
                name=one.name or one.message, name_en=one.name_en, opened_at=one.since,
            )
            for one in state.awaited
            if one.agency
        ]  # fmt: skip
    if not state.is_over:
        found += [
            Task(
                id=f"escalation-{one.number}", node=one.node, act=Act.ESCALATION.value, role=Role.APPROVER.value,
                lane="", agency=state.agency, name=one.name or one.code, name_en=one.name_en, opened_at=one.at,
            )
            for one in state.escalations
            if one.settled_at is None
        ]  # fmt: skip
    return [(task, None) for task in found]


def due(state: CaseState) -> list[Due]:
    """The timers of the route, fenced by how often they were worked out; none once the case is decided."""
    if state.phase is not Phase.ACCEPTED:
        return []
    return [
        Due(f"timer:{one.id}", one.due, "case.fire_timer", {"timer": one.id, "version": one.version}, "clocks")
        for one in state.timers
    ]
