"""The clock of a stage: how many working hours an open task may take by the item's own plan of handling (TL1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tongban.contexts.cases.core.clocks import stops
from tongban.contexts.cases.core.state import Act, CaseState, Phase, Task
from tongban.contexts.catalogue.core.items import Item, StageKind
from tongban.contexts.process.core.clocks import working_hours
from tongban.kernel.clock import CHINA
from tongban.kernel.workdays import Calendar

#: The stage of an item's plan that a task belongs to.
STAGE_OF: Final[dict[Act, StageKind]] = {
    Act.REVIEW: "review",
    Act.OPINION: "review",
    Act.INSPECT: "inspect",
    Act.DECIDE: "decide",
}


@dataclass(frozen=True)
class StageClock:
    """`hours` of its own limit; `due`: when they are over, None while a special procedure stops the clock."""

    task: Task
    hours: int
    due: datetime | None


def stage_hours(item: Item, task: Task) -> int:
    """Working hours that the item gives the stage of `task`; 0 where it states none. A stage that names an organ is
    for the tasks of that organ, on whatever level it sits ("market" is for "market-linjiang" too)."""
    kind = STAGE_OF.get(Act(task.act))
    own = [stage for stage in item.stages if stage.kind == kind]
    named = [stage for stage in own if stage.agency and f"{task.agency}-".startswith(f"{stage.agency}-")]
    of_all = [stage for stage in own if not stage.agency]
    return next((stage.hours for stage in named or of_all), 0)


def stage_clocks(state: CaseState, item: Item, calendar: Calendar) -> tuple[StageClock, ...]:
    """The clocks of the open tasks, the one that ends first at the head. Counted anew each time: nothing to keep."""
    if state.phase is not Phase.ACCEPTED:
        return ()
    pauses = stops(state, item)
    found = []
    for task in state.open_tasks:
        hours = stage_hours(item, task)
        if hours:
            due = working_hours(calendar, task.opened_at.astimezone(CHINA), hours, pauses)
            found.append(StageClock(task, hours, due))
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or one.task.opened_at)))
