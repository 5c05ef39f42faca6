"""A calendar year as a stream of its own: who loaded which days from which notice, and what was changed later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from tongban.kernel.refusals import N_, Refusal
from tongban.kernel.workdays import Year

FIRST: Final = 2000
LAST: Final = 2999
SATURDAY: Final = 5


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
class YearLoaded:
    """The days of a year were set, for the first time or anew."""

    TYPE: ClassVar[str] = "year_loaded"
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    year: int
    rest: tuple[date, ...]
    work: tuple[date, ...]
    provisional: bool
    source: str


EVENTS: Final = (YearLoaded,)


@dataclass(frozen=True)
class YearState:
    """The year as it stands; `year` 0 = not loaded."""

    year: int = 0
    rest: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    provisional: bool = False
    source: str = ""


def decide(state: YearState, command: LoadYear, facts: None) -> Sequence[YearLoaded]:
    """`YearLoaded`, or nothing where the year already stands so.

    Refuses `YearOutOfRange`, `YearRefused` naming the day, `SourceMissing` for an official year, and `OfficialStands`.
    """
    year = command.year
    if not FIRST <= year.year <= LAST:
        raise YearOutOfRange(year=year.year)
    for day in sorted(year.rest | year.work):
        wrong_work = day in year.work and (day.weekday() < SATURDAY or day in year.rest)
        if day.year != year.year or wrong_work:
            raise YearRefused(day=day.isoformat(), year=year.year)
    if not year.provisional and not command.source.strip():
        raise SourceMissing(year=year.year)
    if year.provisional and state.year and not state.provisional:
        raise OfficialStands(year=year.year)
    rest, work = tuple(sorted(year.rest)), tuple(sorted(year.work))
    event = YearLoaded(year.year, rest, work, year.provisional, command.source.strip())
    return [] if evolve(state, event) == state else [event]


def evolve(state: YearState, event: YearLoaded) -> YearState:
    return YearState(event.year, event.rest, event.work, event.provisional, event.source)
