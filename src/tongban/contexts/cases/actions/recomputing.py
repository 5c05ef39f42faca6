"""After a change of the calendar: every open case counts its dates anew, in small transactions, while cases go on."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import uuid4

from django.db import connection

from tongban.contexts.cases.core.commands import Facts, RecomputeClocks
from tongban.contexts.cases.core.recompute import dates, recomputed
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.cases.projections import CASE_KIND
from tongban.contexts.cases.queries.openness import open_in_year
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties.core import system
from tongban.contexts.process import queries as process
from tongban.foundation import ledger
from tongban.foundation.ledger.contract import Order, Outcome
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import Refusal
from tongban.kernel.workdays import Calendar

logger = logging.getLogger(__name__)

#: Cases in one transaction: few enough that nobody waits for its locks, enough that its commit costs little.
BATCH = 100
_CALENDAR = system("calendar")


@dataclass(frozen=True)
class Recomputed:
    """What a run came to: cases looked at, cases with new dates, cases whose dates could not be counted."""

    cases: int = 0
    changed: int = 0
    refused: int = 0

    def __add__(self, other: Recomputed) -> Recomputed:
        return Recomputed(self.cases + other.cases, self.changed + other.changed, self.refused + other.refused)


def recompute_clocks(
    *, year: int, reason: str, now: datetime, moved: tuple[datetime, datetime] | None = None, hands: int = 1
) -> Recomputed:
    """Count anew the dates of every open case that may rest on `year`; `reason` names the notice.

    Records ClocksRecomputed on each case whose dates change. May be stopped anywhere and begun again: what is done
    stands, and a case whose dates are right is left alone. Each transaction locks at most `BATCH` cases, by id. A case
    whose dates can't be counted (a later year is missing) keeps its old ones and is logged. `moved` as for
    `open_in_year`. `hands`: threads with a connection each; while one decides, the database writes for another.
    """
    process.forget()
    calendar = process.calendar()
    command = RecomputeClocks(reason, year)
    now = now.astimezone(CHINA)
    done = Recomputed()
    cases = sorted(open_in_year(year, moved=moved), key=lambda case: (case.code, case.version))
    for (code, version), group in groupby(cases, key=lambda case: (case.code, case.version)):
        ids = [case.id for case in group]
        facts = _facts(code, version, calendar, now)
        if facts is None:
            done += Recomputed(len(ids), 0, len(ids))
            continue
        done += _shared(list(_parts(ids)), command, facts, hands)
    return done


def _shared(parts: Sequence[Sequence[str]], command: RecomputeClocks, facts: Facts, hands: int) -> Recomputed:
    if hands == 1 or len(parts) == 1:
        return _in_turn(parts, command, facts)

    def work(hand: int) -> Recomputed:
        try:
            return _in_turn(parts[hand::hands], command, facts)
        finally:
            connection.close()

    with ThreadPoolExecutor(hands, "recompute") as pool:
        return sum(pool.map(work, range(hands)), Recomputed())


def _in_turn(parts: Sequence[Sequence[str]], command: RecomputeClocks, facts: Facts) -> Recomputed:
    """One part after another. Where every case of a part had new dates the next will too, most likely: it is not
    looked at before its commands are given."""
    done, sure = Recomputed(), False
    for part in parts:
        found = (_batch_unseen if sure else _batch)(part, command, facts)
        sure = found.changed == found.cases
        done += found
    return done


def _batch_unseen(ids: Sequence[str], command: RecomputeClocks, facts: Facts) -> Recomputed:
    try:
        outcomes = _give([Order(CASE_KIND, id_, command, facts) for id_ in ids], facts)
    except Refusal:
        return _batch(ids, command, facts)
    return Recomputed(len(ids), sum(one.last_seq >= one.first_seq for one in outcomes))


def _facts(code: str, version: int, calendar: Calendar, now: datetime) -> Facts | None:
    try:
        published = catalogue.version(code, version)
    except Refusal:
        logger.exception("the dates of cases of %s %s are not counted anew", code, version)
        return None
    return Facts(actor=_CALENDAR, now=now, calendar=calendar, item=published.item, route=published.route)


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for place in range(0, len(ids), BATCH):
        yield ids[place : place + BATCH]


def _batch(ids: Sequence[str], command: RecomputeClocks, facts: Facts) -> Recomputed:
    states = ledger.load_many(CASE_KIND, ids)
    orders, refused = [], 0
    for id_, state in states.items():
        differs = _differs(id_, state, facts)
        if differs:
            orders.append(Order(CASE_KIND, id_, command, facts))
        refused += differs is None
    if not orders:
        return Recomputed(len(states), 0, refused)
    try:
        _give(orders, facts)
    except Refusal:  # one of them moved on meanwhile and declines: give the others theirs
        late = sum(not _given_alone(order, facts) for order in orders)
        return Recomputed(len(states), len(orders) - late, refused + late)
    return Recomputed(len(states), len(orders), refused)


def _differs(id_: str, state: CaseState, facts: Facts) -> bool | None:
    """Whether the dates change; None where they can't be counted."""
    try:
        return recomputed(state, facts) != dates(state)
    except Refusal as refusal:
        logger.warning("case %s keeps its dates: %s", id_, refusal)
        return None


def _give(orders: Sequence[Order], facts: Facts) -> Sequence[Outcome[CaseState]]:
    """What is new about a case is decided again under its lock, so a repeat needs no request id of its own."""
    return ledger.execute_many(
        orders, actor=_CALENDAR.id, principal="", request_id=f"recompute-{uuid4()}", now=facts.now
    )


def _given_alone(order: Order, facts: Facts) -> bool:
    try:
        _give([order], facts)
    except Refusal as refusal:
        logger.warning("case %s keeps its dates: %s", order.stream_id, refusal)
        return False
    return True
