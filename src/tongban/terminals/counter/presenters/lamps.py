"""A deadline as shape, words and colour: always the three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tongban.contexts.process import queries as process
from tongban.terminals.common.presenters.languages import language
from tongban.ui import dates

#: Working days within which a deadline shows the half disc (design: staff NOTES).
SOON_DAYS = 3


@dataclass(frozen=True)
class Lamp:
    """A lamp of the design system and its words."""

    name: str
    words: str


def of_day(due: date | None, today: date, *, stopped: bool = False) -> Lamp:
    """The lamp of a due day, counted in working days."""
    if stopped:
        return Lamp("pause", _("停表"))
    if due is None:
        return Lamp("ok", _("没有期限"))
    calendar = process.calendar()
    if due < today:
        return Lamp("over", _("超期 %(days)s") % {"days": _days(max(1, calendar.count_workdays(due, today)))})
    if due == today:
        return Lamp("today", _("今天到期"))
    left = calendar.count_workdays(today, due)
    return Lamp("soon" if left <= SOON_DAYS else "ok", _("剩 %(days)s") % {"days": _days(left)})


def _days(count: int) -> str:
    return dates.days_word(count, language())
