"""A calendar year as a stream of its own: who loaded which days from which notice, and what was changed later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Final

from tongban.kernel.refusals import N_, Refusal
from tongban.kernel.workdays import Year

FIRST: Final = 2000
LAST: Final = 2999
SATURDAY: Final = 5
#: The work that a changed year leaves behind, and its queue. Who does it stands above this context.
RECOMPUTE: Final = "calendar.recompute"
QUEUE: Final = "calendar"


class YearRefused(Refusal):
    """The days given are no calendar year."""

    code = "year_refused"
    message = N_("%(day)s 不能这样写进%(year)s年的日历：只能写本年的日子，调休上班只能是周末，同一天不能又放假又上班。")


class YearOutOfRange(Refusal):
    code = "year_out_of_range"
    message = N_("%(year)s年不在日历的范围内。请核对年份。")


class SourceMissing(Refusal):
    """An official year names the notice it comes from."""

    code = "calendar_source_missing"
    message = N_("没有写明%(year)s年日历的依据。请填写国务院办公厅通知的文号。")


class OfficialStands(Refusal):
    """A published year is never replaced by a provisional one."""

    code = "official_year_stands"
    message = N_("%(year)s年已经有正式日历，不能再换成暂定的。")
    status = 409


@dataclass(frozen=True)
class LoadYear:
    """Set the days of a year; `source` names the notice."""

    year: Year
    source: str


@dataclass(frozen=True)
class RecordRecomputed:
    """Every open deadline was counted anew after change number `change` of the year."""

    change: int
    cases: int
    changed: int
    refused: int = 0


@dataclass(frozen=True)
class YearLoaded:
    """The days of a year were set, for the first time or anew.

    `replaced_at`: when they took the place of other days, on which dates may already rest; None the first time.
    """

    TYPE: ClassVar[str] = "year_loaded"
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    year: int
    rest: tuple[date, ...]
    work: tuple[date, ...]
    provisional: bool
    source: str
    replaced_at: datetime | None = None


@dataclass(frozen=True)
class DeadlinesRecomputed:
    """What had been counted with the old days was counted anew: `cases` were looked at, `changed` got other dates,
    `refused` could not be counted and keep theirs."""

    TYPE: ClassVar[str] = "deadlines_recomputed"
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    change: int
    cases: int
    changed: int
    refused: int
    at: datetime


EVENTS: Final = (YearLoaded, DeadlinesRecomputed)


@dataclass(frozen=True)
class YearState:
    """The year as it stands; `year` 0 = not loaded.

    `changes` counts how often its days took the place of others. `recompute_since` is when the last of them did, until
    the open deadlines have been counted anew; `cases`, `changed` and `refused` tell what that came to the last
    time.
    """

    year: int = 0
    rest: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    provisional: bool = False
    source: str = ""
    changes: int = 0
    recompute_since: datetime | None = None
    cases: int = 0
    changed: int = 0
    refused: int = 0


def decide(
    state: YearState, command: LoadYear | RecordRecomputed, facts: datetime | None
) -> Sequence[YearLoaded | DeadlinesRecomputed]:
    """The events of a command; `facts` is the moment.

    `LoadYear`: `YearLoaded`, or nothing where the year already stands so. Refuses `YearOutOfRange`, `YearRefused`
    naming the day, `SourceMissing` for an official year, and `OfficialStands`.
    `RecordRecomputed`: `DeadlinesRecomputed`, or nothing where the year was changed again meanwhile.
    """
    if isinstance(command, RecordRecomputed):
        if state.recompute_since is None or command.change != state.changes or facts is None:
            return []
        return [DeadlinesRecomputed(command.change, command.cases, command.changed, command.refused, facts)]
    year = command.year
    _check(state, year, command.source)
    rest, work, source = tuple(sorted(year.rest)), tuple(sorted(year.work)), command.source.strip()
    if state.year and (state.rest, state.work, state.provisional, state.source) == (
        rest, work, year.provisional, source,
    ):  # fmt: skip
        return []
    return [YearLoaded(year.year, rest, work, year.provisional, source, facts if state.year else None)]


def _check(state: YearState, year: Year, source: str) -> None:
    if not FIRST <= year.year <= LAST:
        raise YearOutOfRange(year=year.year)
    for day in sorted(year.rest | year.work):
        wrong_work = day in year.work and (day.weekday() < SATURDAY or day in year.rest)
        if day.year != year.year or wrong_work:
            raise YearRefused(day=day.isoformat(), year=year.year)
    if not year.provisional and not source.strip():
        raise SourceMissing(year=year.year)
    if year.provisional and state.year and not state.provisional:
        raise OfficialStands(year=year.year)


def evolve(state: YearState, event: YearLoaded | DeadlinesRecomputed) -> YearState:
    if isinstance(event, DeadlinesRecomputed):
        return replace(state, recompute_since=None, cases=event.cases, changed=event.changed, refused=event.refused)
    changed = event.replaced_at is not None
    return replace(
        state,
        year=event.year,
        rest=event.rest,
        work=event.work,
        provisional=event.provisional,
        source=event.source,
        changes=state.changes + changed,
        recompute_since=event.replaced_at or state.recompute_since,
    )
