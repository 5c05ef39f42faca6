"""A deadline as shape, words and colour: always the three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tongban.contexts.cases.queries.worktables import SOON_DAYS
from tongban.contexts.process import queries as process
from tongban.contexts.process.core.clocks import Deadline
from tongban.terminals.common.presenters.languages import language
from tongban.ui import dates


@dataclass(frozen=True)
class Lamp:
    """`name` is a lamp of the design system; `band` the worktable's word for the same."""

    name: str
    words: str
    band: str


def of_day(due: date | None, today: date, *, stopped: bool = False) -> Lamp:
    """The lamp of a due day, in working days whatever the unit of the limit; the bands are those of the worktable."""
    if stopped:
        return Lamp("pause", _("停表"), "stopped")
    if due is None:
        return Lamp("ok", _("没有期限"), "calm")
    calendar = process.calendar()
    if due < today:
        late = max(1, calendar.count_workdays(due, today))
        return Lamp("over", _("超期 %(days)s") % {"days": working(late)}, "late")
    if due == today:
        return Lamp("today", _("今天到期"), "today")
    left = calendar.count_workdays(today, due)
    words = _("剩 %(days)s") % {"days": working(left)} if left else _("下个工作日前到期")
    return Lamp("soon", words, "soon") if left <= SOON_DAYS else Lamp("ok", words, "calm")


def of_clock(clock: Deadline, *, working_days: bool) -> Lamp:
    """The lamp of a legal or promised clock as it stands today."""
    if clock.stopped:
        return Lamp("pause", _("停表，已用 %(days)s") % {"days": _days(clock.used, working_days)}, "stopped")
    left = clock.remaining or 0
    if left < 0:
        return Lamp("over", _("超期 %(days)s") % {"days": _days(-left, working_days)}, "late")
    if left == 0:
        return Lamp("today", _("今天到期"), "today")
    return Lamp("soon" if left <= SOON_DAYS else "ok", _("剩 %(days)s") % {"days": _days(left, working_days)}, "soon")


def working(count: int) -> str:
    """3 个工作日."""
    return dates.days_word(count, language())


def _days(count: int, working_days: bool) -> str:
    return dates.days_word(count, language(), working=working_days)
