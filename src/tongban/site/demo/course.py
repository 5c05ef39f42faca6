"""What happens in the demo's cases along their routes: an inspection that asks for something to be put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tongban.contexts.cases import actions
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role


def _mend(case_id: str, state: CaseState, owner: Actor, request_id: str, now: datetime) -> None:
    """Two officers find the boundary marks missing; the route waits for the applicant."""
    task = next(one for one in state.open_tasks if one.act == "inspect")
    first, second = [one for one in parties.officers(task.agency) if Role.REVIEWER in one.roles][:2]
    actions.complete_task(
        case_id=case_id, task=task.id, outcome="fail",
        opinion="东侧两处界桩缺失，实地株数与申请相差 12 株。请补设界桩、核对株数。", second_officer=second.id,
        actor=Actor(kind="officer", id=f"officer:{first.id}", name=first.name, agency=task.agency, roles=first.roles),
        request_id=request_id, now=now,
    )  # fmt: skip


Step = Callable[[str, CaseState, Actor, str, datetime], None]
COURSE: dict[str, Step] = {"mend": _mend}
