"""Working days over a calendar of whole years (STANDARDS §4.4 TL2; State Council notice on holidays of each year).

A year says which days rest beyond Saturday and Sunday, and which Saturdays and Sundays are worked (调休). A year that
nobody has loaded is refused, never guessed. A provisional year stands in for one that is not yet published.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tongban.kernel.refusals import N_, Refusal

_DAY = timedelta(days=1)


class CalendarMissing(Refusal):
    """A limit reaches a year whose working days are not known (TL2)."""

    code = "calendar_missing"
    message = N_("还没有%(year)s年的工作日历，期限无法计算。请管理员先载入该年的日历。")
    status = 409

    def __init__(self, year: int) -> None:
        super().__init__(year=year)


@dataclass(frozen=True)
class Year:
    """One year's exceptions: `rest` are days off beyond the weekend rule, `work` are weekend days that are worked."""

    year: int
    rest: frozenset[date]
    work: frozenset[date]
    provisional: bool = False

    def is_workday(self, day: date) -> bool:
        return day in self.work or (day.weekday() < 5 and day not in self.rest)

    @cached_property
    def workdays(self) -> tuple[date, ...]:
        """All working days of the year in order."""
        first = date(self.year, 1, 1)
        length = date(self.year, 12, 31).timetuple().tm_yday
        days = (first + timedelta(days=n) for n in range(length))
        return tuple(day for day in days if self.is_workday(day))


@dataclass(frozen=True)
class Calendar:
    """The years that are known. Every answer about another year is the refusal `CalendarMissing`."""

    years: Mapping[int, Year]

    def year(self, number: int) -> Year:
        found = self.years.get(number)
        if found is None:
            raise CalendarMissing(number)
        return found

    def is_workday(self, day: date) -> bool:
        return self.year(day.year).is_workday(day)

    def is_provisional(self, day: date) -> bool:
        """True when `day` lies in a year that stands in for one not yet published."""
        return self.year(day.year).provisional

    def next_workday(self, day: date) -> date:
        """The first working day after `day`."""
        return self.add_workdays(day, 1)

    def workday_from(self, day: date) -> date:
        """`day` itself when it is worked, else the first working day after it."""
        return day if self.is_workday(day) else self.next_workday(day)

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (count >= 1); `day` itself is not counted (民法典 201)."""
        assert count >= 1, "count working days from one"
        number = (day + _DAY).year
        workdays = self.year(number).workdays
        place = bisect_right(workdays, day) + count - 1
        while place >= len(workdays):
            place -= len(workdays)
            number += 1
            workdays = self.year(number).workdays
        return workdays[place]

    def count_workdays(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and including `until`; 0 when `until` is not later."""
        if until <= after:
            return 0
        first = after + _DAY
        if first.year == until.year:
            workdays = self.year(until.year).workdays
            return bisect_right(workdays, until) - bisect_left(workdays, first)
        head = self.year(first.year).workdays
        tail = self.year(until.year).workdays
        whole = sum(len(self.year(number).workdays) for number in range(first.year + 1, until.year))
        return len(head) - bisect_left(head, first) + whole + bisect_right(tail, until)
