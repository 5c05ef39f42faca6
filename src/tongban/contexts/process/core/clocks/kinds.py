"""The four kinds of clock (TL1) and the one extension of the legal one (TL6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from tongban.contexts.process.core.clocks.deadlines import deadline
from tongban.contexts.process.core.clocks.limits import Deadline, Limit, Suspension
from tongban.contexts.process.core.clocks.refusals import (
    ExtendedAlready,
    ExtensionLate,
    ExtensionTooLong,
    ExtensionUnapproved,
    ExtensionUnfounded,
    NotExtendable,
)
from tongban.kernel.refusals import Words
from tongban.kernel.workdays import Calendar

ClockKind = Literal["legal", "promised", "stage", "service"]
#: Who must approve: whoever handles the case, the head of the organ, the head of the people's government of its level.
Approver = Literal["handler", "organ_head", "government_head"]

APPROVERS: Final = {
    "handler": Words("承办人", "the handler"),
    "organ_head": Words("本机关负责人", "the head of the organ"),
    "government_head": Words("本级人民政府负责人", "the head of the people's government of that level"),
}


@dataclass(frozen=True)
class ExtensionRule:
    """How far a law lets a limit be extended, once. `notice`: the document in which the applicant is told."""

    most: int  # in the unit of the limit
    approver: Approver
    law: Words
    notice: str = "extension_notice"


#: 行政许可法 42: twenty working days, ten more.
SINGLE: Final = ExtensionRule(10, "organ_head", Words("行政许可法第四十二条第一款", "Licensing Law art. 42(1)"))
#: 行政许可法 42: unified, joint or central handling, forty-five working days, fifteen more.
JOINT: Final = ExtensionRule(15, "government_head", Words("行政许可法第四十二条第二款", "Licensing Law art. 42(2)"))


@dataclass(frozen=True)
class Extension:
    """The one extension of a limit, as approved."""

    days: int
    approver: Approver
    approved_on: date
    reason: str


@dataclass(frozen=True)
class Clock:
    """One clock: all that its date follows from, and never the date itself."""

    kind: ClockKind
    start: date
    limit: Limit
    suspensions: tuple[Suspension, ...] = ()
    extension: Extension | None = None
    roll: bool = True


def read(calendar: Calendar, clock: Clock, today: date | None = None) -> Deadline:
    """What the clock says. Refuses `CalendarMissing` as `deadline` does."""
    more = clock.extension.days if clock.extension is not None else 0
    return deadline(calendar, clock.start, clock.limit, clock.suspensions, more, today, roll=clock.roll)


def extend(calendar: Calendar, clock: Clock, extension: Extension, rule: ExtensionRule = SINGLE) -> Clock:
    """The clock with its one extension.

    Refuses `NotExtendable` for any but the legal clock, `ExtendedAlready`, `ExtensionTooLong`, `ExtensionUnapproved`
    where a lower head approved than the rule names, `ExtensionUnfounded`, and `ExtensionLate` after the limit ended.
    """
    if clock.kind != "legal":
        raise NotExtendable
    if clock.extension is not None:
        raise ExtendedAlready
    if not 1 <= extension.days <= rule.most:
        raise ExtensionTooLong(law=rule.law, most=rule.most, days=extension.days)
    ranks = tuple(APPROVERS)
    if ranks.index(extension.approver) < ranks.index(rule.approver):
        raise ExtensionUnapproved(law=rule.law, approver=APPROVERS[rule.approver])
    if not extension.reason.strip():
        raise ExtensionUnfounded
    due = read(calendar, clock).date
    if due is not None and extension.approved_on > due:
        raise ExtensionLate(due=due)
    return replace(clock, extension=extension)
