"""What this area adds to worktables, to the published notices and to what is due: pure functions of the state."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from tongban.contexts.cases.core.parts.special import Procedure, Stage
from tongban.contexts.cases.core.state import Act, CaseState, Phase, Special, Task
from tongban.contexts.parties.core import Role
from tongban.foundation.ledger.contract import Due, Table
from tongban.kernel.clock import CHINA

NOTICE = Table(
    name="cases_notice",
    key=("stream_id", "special"),
    columns=(
        "stream_id", "special", "number", "item_code", "item_version", "division", "agency", "title", "first_day",
        "last_day", "ended",
    ),
    types=("uuid", "text", "text", "text", "int", "text", "text", "text", "date", "date", "boolean"),
)  # fmt: skip

_APPROVE = ("审批特别程序：{}", "Approve: {}")
_OVERDUE = ("超过所需时间，督促：{}", "Over its time, see to it: {}")
_CARRY = ("办理{}", "{}")


def tasks(state: CaseState) -> list[tuple[Task, date | None]]:
    """Standing work beside the route, each with its own due day."""
    if state.phase is not Phase.ACCEPTED:
        return []
    found: list[tuple[Task, date | None]] = []
    for one in state.procedures:
        stretch = next((x for x in state.specials if x.id == one.id), None)
        if one.stage is Stage.PROPOSED:
            found.append((_task(state, "approve", one, Role.APPROVER, _APPROVE, one.at), None))
        elif one.stage is Stage.OPEN and stretch is not None and stretch.ended_on is None:
            found += _carried(state, one, stretch)
    return found


def _carried(state: CaseState, one: Procedure, stretch: Special) -> list[tuple[Task, date | None]]:
    """The procedure in the hands of the organ; once it takes too long, its head sees it too."""
    found: list[tuple[Task, date | None]] = [
        (_task(state, "carry", one, Role.REVIEWER, _CARRY, one.at), next_day(one) or stretch.planned_end)
    ]
    if one.overstayed_on is not None:
        found.append((_task(state, "overdue", one, Role.APPROVER, _OVERDUE, one.at), one.limit_end))
    return found


def next_day(one: Procedure) -> date | None:
    """The day on which something of the procedure happens next; None where only its end is known."""
    if one.visit is not None:
        return one.visit.on
    if one.hearing is not None:
        return one.hearing.on if one.hearing.held_on is None else None
    return one.test.due if one.test is not None and not one.test.result else None


def _task(state: CaseState, what: str, one: Procedure, role: Role, words: tuple[str, str], at: datetime) -> Task:
    name, name_en = words
    return Task(
        id=f"{what}-{one.id}", node="", act=Act.SPECIAL.value, role=role.value, lane="", agency=state.agency,
        name=name.format(one.name), name_en=name_en.format(one.name_en), opened_at=at,
    )  # fmt: skip


def notices(stream_id: str, state: CaseState) -> list[tuple[Any, ...]]:
    """One row for every public notice of the case."""
    found = []
    for one in state.procedures:
        if one.notice is None:
            continue
        stretch = next((x for x in state.specials if x.id == one.id), None)
        over = state.phase is not Phase.ACCEPTED or (stretch is not None and stretch.ended_on is not None)
        found.append(
            (
                stream_id, one.id, state.number, state.item_code, state.item_version, state.division, state.agency,
                one.notice.title, one.notice.first, one.notice.last, over,
            )
        )  # fmt: skip
    return found


def due(state: CaseState) -> list[Due]:
    """The day after a procedure's own limit, while it still runs (TL9)."""
    if state.phase is not Phase.ACCEPTED:
        return []
    running = {one.id for one in state.specials if one.ended_on is None}
    return [
        Due(f"overstay:{one.id}", _end_of(one.limit_end), "case.special_overstayed", {"special": one.id}, "clocks")
        for one in state.procedures
        if one.stage is Stage.OPEN and one.limit_end is not None and one.overstayed_on is None and one.id in running
    ]


def _end_of(day: date) -> datetime:
    """The first moment after `day`, in official time."""
    return datetime.combine(day + timedelta(days=1), time(0, 0), CHINA)
