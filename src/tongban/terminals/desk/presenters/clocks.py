"""Both clocks in the head of a case, and the days they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.cases.core import clocks
from tongban.contexts.cases.core.stages import StageClock, stage_clocks
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.catalogue.core.items import Limit
from tongban.contexts.process import queries as process
from tongban.contexts.process.core.clocks import Deadline
from tongban.kernel.clock import CHINA
from tongban.terminals.common.presenters import lamps, words
from tongban.terminals.common.presenters.clocks import strip_of
from tongban.terminals.common.presenters.languages import either, language
from tongban.ui import dates


@dataclass(frozen=True)
class HeadClock:
    """One clock of the head: title with its last day, lamp and words."""

    title: str
    lamp: str
    words: str


def head(view: CaseView, today: date) -> tuple[HeadClock, ...]:
    """The clocks as they stand; after the decision as they stood then; before acceptance the days to answer."""
    state, item, calendar = view.state, view.item, process.calendar()
    if state.clock_start is None:
        if state.notice_due is None or state.is_over:
            return ()
        lamp = lamps.of_day(state.notice_due, today)
        title = _("答复受理与否 · %(day)s") % {"day": dates.dense_day(state.notice_due, language())}
        return (HeadClock(title, lamp.name, lamp.words),)
    over = state.decision is not None or state.is_over
    at = state.decision.at.astimezone(CHINA).date() if state.decision else today
    found = []
    promised = clocks.promised_deadline(state, item, calendar, at)
    if promised is not None:
        found.append(_clock(_("承诺 %(limit)s"), item.promised, promised, over=over))
    legal = clocks.legal_deadline(state, item, calendar, at)
    if legal is not None:
        found.append(_clock(_("法定 %(limit)s"), item.statutory, legal, over=over))
    return tuple(found)


def stage(view: CaseView, today: date) -> HeadClock | None:
    """The clock of the stage; of several that run at once, the one that ends first."""
    clocks_ = stage_clocks(view.state, view.item, process.calendar())
    return _stage(clocks_[0], today, stopped=view.state.stopped_by is not None) if clocks_ else None


def _stage(clock: StageClock, today: date, *, stopped: bool) -> HeadClock:
    title = _("环节“%(task)s”%(hours)s") % {
        "task": either(clock.task.name, clock.task.name_en),
        "hours": ngettext("%(n)s 个工作小时", "%(n)s 个工作小时", clock.hours) % {"n": clock.hours},
    }
    if clock.due is not None:
        title = _("%(clock)s · %(day)s") % {"clock": title, "day": dates.moment(clock.due, language())}
    lamp = lamps.of_day(clock.due.date() if clock.due else None, today, stopped=stopped or clock.due is None)
    return HeadClock(title, lamp.name, lamp.words)


def _clock(title: str, limit: Limit | None, clock: Deadline, *, over: bool) -> HeadClock:
    working = limit is None or limit.unit == "workday"
    length = words.limit_words(limit) if limit else lamps.working(clocks.DEFAULT_LEGAL.value)
    text = title % {"limit": length}
    if clock.date is not None:
        text = _("%(clock)s · %(day)s") % {"clock": text, "day": dates.dense_day(clock.date, language())}
        if clock.provisional:
            text = _("%(clock)s（暂定）") % {"clock": text}
    if over:
        used = dates.days_word(clock.used, language(), working=working)
        late = (clock.remaining or 0) < 0
        return HeadClock(text, "over" if late else "y", _("用了 %(days)s") % {"days": used})
    lamp = lamps.of_clock(clock, working_days=working)
    return HeadClock(text, lamp.name, lamp.words)


@dataclass(frozen=True)
class Strip:
    """The days of both clocks, with the lengths that name the rows."""

    days: Sequence[Any]
    promised: int
    legal: int


def strip(view: CaseView, today: date) -> Strip | None:
    """Every day since acceptance; None before it. A stopped day names its procedure."""
    state, item = view.state, view.item
    if state.clock_start is None:
        return None
    at = state.decision.at.astimezone(CHINA).date() if state.decision else today
    days = strip_of(view, at)
    legal = clocks.legal_limit(item).value + clocks.granted_days(state)
    return Strip(days, item.promised.value if item.promised else legal, legal)
