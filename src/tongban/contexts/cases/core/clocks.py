"""The two clocks of a case: legal and promised, from the item's limits and the special procedures so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.state import CaseState, Task
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.items import Limit as ItemLimit
from tongban.contexts.process.core.clocks import (
    Child,
    Day,
    Deadline,
    Limit,
    Suspension,
    deadline,
    joint_suspensions,
    strip,
)
from tongban.kernel.clock import CHINA
from tongban.kernel.workdays import Calendar

#: 行政许可法 32(4): tell all corrections at once or within five working days.
NOTICE_DAYS = 5
#: How long an applicant has to answer the supplement notice; no national text fixes it, a city may set it.
SUPPLEMENT_DAYS = 10
#: 行政许可法 44: deliver within ten working days of the decision.
DELIVERY_DAYS = 10
#: 行政许可法 42: where an item states no limit of its own.
DEFAULT_LEGAL = Limit(20, "workday")


@dataclass(frozen=True)
class Dues:
    """Both due dates; None while the clock is stopped or where there is no limit."""

    legal: date | None
    promised: date | None
    provisional: bool


def limit_of(limit: ItemLimit | None) -> Limit | None:
    """The clock's limit for an item's limit."""
    return None if limit is None else Limit(limit.value, limit.unit)


#: 行政许可法 42-2: several organs handle together and the item states no limit of its own; what one extension adds.
JOINT_LEGAL, JOINT_EXTENSION = Limit(45, "workday"), 15


def is_joint(item: Item) -> bool:
    """Several organs handle the item together 统一办理、联合办理、集中办理 (行政许可法 26, 42-2)."""
    return item.handling is not None and item.handling.together


def legal_limit(item: Item) -> Limit:
    """The item's statutory limit; where it states none, that of 行政许可法 42."""
    return limit_of(item.statutory) or (JOINT_LEGAL if is_joint(item) else DEFAULT_LEGAL)


def suspensions(state: CaseState) -> tuple[Suspension, ...]:
    """Stretches that do not count; overlapping ones are unioned by the clock."""
    return tuple(Suspension(s.cause, s.started_on, s.ended_on) for s in state.specials if s.stops)


def stops(state: CaseState, item: Item) -> tuple[Suspension, ...]:
    """What the clocks of the case leave out. Joint handling stands still only while all its parts do: a procedure of
    one organ stops its own part, and the whole where no other organ still works on it (STANDARDS §15 vector 5)."""
    own = suspensions(state)
    return joint_suspensions(parts(state, own)) if is_joint(item) else own


def parts(state: CaseState, own: tuple[Suspension, ...]) -> tuple[Child, ...]:
    """The parts of a joint handling: that of the organ in charge, from the start on, with its stretches `own`; and of
    every other organ from its first task to its last."""
    assert state.clock_start is not None
    others: dict[str, list[Task]] = {}
    for task in state.tasks:
        if task.agency not in ("", state.agency):
            others.setdefault(task.agency, []).append(task)
    return (Child(state.clock_start, None, own), *(_part(tasks) for tasks in others.values()))


def _part(tasks: Sequence[Task]) -> Child:
    last = max((t.done_at for t in tasks if t.done_at is not None), default=None)
    over = all(t.done_at is not None for t in tasks) and last is not None
    return Child(_day(min(t.opened_at for t in tasks)), _day(last) if over and last is not None else None)


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def granted_days(state: CaseState) -> int:
    return state.extension.days if state.extension is not None else 0


def legal_deadline(state: CaseState, item: Item, calendar: Calendar, today: date | None = None) -> Deadline | None:
    """The legal clock as it stands; None before acceptance."""
    if state.clock_start is None:
        return None
    return deadline(
        calendar, state.clock_start, legal_limit(item), stops(state, item), granted_days(state), today=today
    )


def promised_deadline(state: CaseState, item: Item, calendar: Calendar, today: date | None = None) -> Deadline | None:
    """The promised clock; an extension of the legal limit does not move it (TL6)."""
    limit = limit_of(item.promised)
    if state.clock_start is None or limit is None:
        return None
    return deadline(calendar, state.clock_start, limit, stops(state, item), 0, today=today)


def dues(state: CaseState, facts: Facts) -> Dues:
    """Both due dates of an accepted case."""
    legal = legal_deadline(state, facts.item, facts.calendar)
    promised = promised_deadline(state, facts.item, facts.calendar)
    return Dues(
        legal=legal.date if legal else None,
        promised=promised.date if promised else None,
        provisional=bool((legal and legal.provisional) or (promised and promised.provisional)),
    )


def after(calendar: Calendar, start: date, days: int) -> date:
    """The last day of a limit of `days` working days from `start`, which is not counted (民法典 201)."""
    due = deadline(calendar, start, Limit(days, "workday")).date
    assert due is not None
    return due


def day_strip(state: CaseState, item: Item, calendar: Calendar, today: date) -> tuple[Day, ...]:
    """Both clocks as a strip of days for the case pages; empty before acceptance."""
    if state.clock_start is None:
        return ()
    return strip(
        calendar,
        state.clock_start,
        today,
        limit_of(item.promised),
        legal_limit(item),
        stops(state, item),
        granted_days(state),
    )
