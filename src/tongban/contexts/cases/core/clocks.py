"""The two clocks of a case: legal and promised, from the item's limits and the special procedures so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.items import Limit as ItemLimit
from tongban.contexts.process.core.clocks import Day, Deadline, Limit, Suspension, deadline, strip
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


def legal_limit(item: Item) -> Limit:
    return limit_of(item.statutory) or DEFAULT_LEGAL


def suspensions(state: CaseState) -> tuple[Suspension, ...]:
    """Stretches that do not count; overlapping ones are unioned by the clock."""
    return tuple(Suspension(s.cause, s.started_on, s.ended_on) for s in state.specials if s.stops)


def granted_days(state: CaseState) -> int:
    return state.extension.days if state.extension is not None else 0


def legal_deadline(state: CaseState, item: Item, calendar: Calendar, today: date | None = None) -> Deadline | None:
    """The legal clock as it stands; None before acceptance."""
    if state.clock_start is None:
        return None
    return deadline(
        calendar, state.clock_start, legal_limit(item), suspensions(state), granted_days(state), today=today
    )


def promised_deadline(state: CaseState, item: Item, calendar: Calendar, today: date | None = None) -> Deadline | None:
    """The promised clock; an extension of the legal limit does not move it (TL6)."""
    limit = limit_of(item.promised)
    if state.clock_start is None or limit is None:
        return None
    return deadline(calendar, state.clock_start, limit, suspensions(state), 0, today=today)


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
        suspensions(state),
        granted_days(state),
    )
