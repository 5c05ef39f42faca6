"""What follows: both due days that acceptance today would start, from the real calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.cases.core import clocks
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.process import queries as process
from tongban.contexts.process.core.clocks import Deadline
from tongban.kernel.workdays import CalendarMissing
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import language
from tongban.ui import dates


def dues(state: CaseState, item: Item, today: date) -> dict[str, Any]:
    """The context of `ui/staff/clock_pair.html`, and `tell`: what to say to the applicant. Empty without a calendar."""
    started = replace(state, clock_start=today)
    calendar = process.calendar()
    try:
        legal = clocks.legal_deadline(started, item, calendar, today)
        promised = clocks.promised_deadline(started, item, calendar, today) or legal
        first = calendar.next_workday(today)
    except CalendarMissing:
        return {}
    assert legal is not None
    assert promised is not None
    limit = item.promised or item.statutory
    law = words.limit_words(item.statutory) if item.statutory else dates.days_word(
        clocks.DEFAULT_LEGAL.value, language()
    )  # fmt: skip
    instant = limit is not None and limit.value == 0
    return {
        "promised": _side(_("承诺 %(time)s") % {"time": words.limit_words(limit)}, promised,
                          _("当天办结") if instant else _("这天下班前办结")),
        "legal": _side(_("法定 %(time)s") % {"time": law}, legal,
                       _("%(day)s 是第 1 天") % {"day": dates.dense_day(first, language())}),
        "tell": _tell(promised, instant=instant),
    }  # fmt: skip


def _side(title: str, clock: Deadline, note: str) -> dict[str, str]:
    day = dates.dense_day(clock.date, language()) if clock.date else ""
    if clock.provisional:
        note = _("暂定：那一年的放假安排还没公布")
    return {"title": title, "day": day, "note": note}


def _tell(promised: Deadline, *, instant: bool) -> str:
    if instant:
        return _("“今天就能办好，您稍等。”")
    if promised.date is None:
        return ""
    day = dates.day(promised.date, language())
    week = dates.weekday(promised.date, language())
    return _("“今天受理的话，最迟 %(day)s（%(week)s）给您结果。中间要您做什么，我们会通知您。”") % {
        "day": day,
        "week": week,
    }
