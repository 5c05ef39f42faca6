"""Legal, promised, stage and service clocks (STANDARDS §4.4 TL1-TL10).

A clock is never stored as its result: it is the start, the limit, the extension and the suspensions, from which the due
date follows. The start day is not counted (民法典 201); months end on the corresponding day or the month's last (202);
the last day of a calendar limit that is a rest day moves to the first working day after it (203); suspensions are
united, never summed (TL9); 许可 limits count working days (行政许可法 82). Days are dates in China's official time.
"""

from tongban.contexts.process.core.clocks.counting import CountedDay, Counting, count
from tongban.contexts.process.core.clocks.deadlines import deadline
from tongban.contexts.process.core.clocks.deemed import (
    NOTICE_WORKDAYS,
    RENEWAL_DAYS,
    deemed_acceptance_day,
    deemed_renewal_day,
    notice_day,
    renewal_application_day,
)
from tongban.contexts.process.core.clocks.hours import OFFICE, OfficeHours, hours_after, instant_warnings, working_hours
from tongban.contexts.process.core.clocks.joint import Child, joint_suspensions
from tongban.contexts.process.core.clocks.kinds import (
    JOINT,
    SINGLE,
    Clock,
    ClockKind,
    Extension,
    ExtensionRule,
    extend,
    read,
)
from tongban.contexts.process.core.clocks.laws import DAY_RULES, DayRule, Law, unit_of
from tongban.contexts.process.core.clocks.limits import Deadline, Limit, Suspension, Unit, union
from tongban.contexts.process.core.clocks.services import SERVICES, Service, service
from tongban.contexts.process.core.clocks.strips import Day, DayKind, strip
from tongban.contexts.process.core.months import add_months

__all__ = [
    "DAY_RULES",
    "JOINT",
    "NOTICE_WORKDAYS",
    "OFFICE",
    "RENEWAL_DAYS",
    "SERVICES",
    "SINGLE",
    "Child",
    "Clock",
    "ClockKind",
    "CountedDay",
    "Counting",
    "Day",
    "DayKind",
    "DayRule",
    "Deadline",
    "Extension",
    "ExtensionRule",
    "Law",
    "Limit",
    "OfficeHours",
    "Service",
    "Suspension",
    "Unit",
    "add_months",
    "count",
    "deadline",
    "deemed_acceptance_day",
    "deemed_renewal_day",
    "extend",
    "hours_after",
    "instant_warnings",
    "joint_suspensions",
    "notice_day",
    "read",
    "renewal_application_day",
    "service",
    "strip",
    "union",
    "unit_of",
    "working_hours",
]
