"""Both clocks of a case in words, bars and days: from the real calendar and the case's own stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.cases.core import clocks
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.catalogue.core.items import Item, Limit
from tongban.contexts.process import queries as process
from tongban.contexts.process.core.clocks import Day, DayKind, Deadline
from tongban.kernel.clock import CHINA
from tongban.kernel.workdays import CalendarMissing
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import either, language, said
from tongban.ui import dates


@dataclass(frozen=True)
class Clocks:
    """`bars` are contexts of `ui/clock.html` (promise first), `days` go to the strip, `why` says in sentences which
    days do not count. `late` is by how many days the nearest promise is passed, 0 when it is not."""

    bars: tuple[dict[str, Any], ...] = ()
    days: Sequence[Any] = ()
    why: tuple[str, ...] = ()
    late: int = 0
    provisional: bool = False


def clocks_of(view: CaseView, today: date) -> Clocks:
    """The clocks as they stand `today`; after the decision as they stood then. Nothing before acceptance."""
    state, item = view.state, view.item
    if state.clock_start is None or (state.is_over and state.decision is None):
        return Clocks()
    over = state.decision is not None
    at = state.decision.at.astimezone(CHINA).date() if state.decision is not None else today
    calendar = process.calendar()
    try:
        legal = clocks.legal_deadline(state, item, calendar, at)
        promised = clocks.promised_deadline(state, item, calendar, at)
        days = strip_of(view, at)
    except CalendarMissing:
        return Clocks()
    if over:  # the day of the decision is a day like others: today has moved on
        kind: DayKind = "start" if at == state.clock_start else "counted"
        days = tuple(replace(day, kind=kind) if day.kind == "today" else day for day in days)
    counts = (calendar.is_workday(at) if (item.promised or item.statutory) else True) and at > state.clock_start
    bars = []
    if promised is not None and item.promised is not None:
        title = _("我们的承诺：%(time)s") % {"time": words.limit_words(item.promised)}
        bars.append(_bar(title, promised, item.promised, counts=counts, over=over))
    if legal is not None:
        bars.append(_bar(_legal_title(item, state), legal, item.statutory, counts=counts, over=over))
    nearest = promised or legal
    late = -(nearest.remaining or 0) if nearest and (nearest.remaining or 0) < 0 else 0
    provisional = bool((legal and legal.provisional) or (promised and promised.provisional))
    return Clocks(tuple(bars), days, _why(state, item), late, provisional)


def strip_of(view: CaseView, at: date) -> tuple[Day, ...]:
    """Every day of both clocks as they stand on `at`; a stopped day names its procedure in the reader's language."""
    known = view.item.handling.special if view.item.handling else ()
    names: dict[str, str] = {one.cause: said(one.name) for one in known}
    names |= {one.cause: either(one.name, one.name_en) for one in view.state.specials}
    days = clocks.day_strip(view.state, view.item, process.calendar(), at)
    return tuple(replace(day, causes=tuple(names.get(cause, cause) for cause in day.causes)) for day in days)


def _legal_title(item: Item, state: CaseState) -> str:
    limit = item.statutory
    text = words.limit_words(limit) if limit else dates.days_word(clocks.DEFAULT_LEGAL.value, language())
    title = _("法律规定：最长 %(time)s") % {"time": text}
    if state.extension is not None and state.extension.days:
        title += _("，延长 %(n)s") % {"n": state.extension.days}
    return title


def _bar(title: str, deadline: Deadline, limit: Limit | None, *, counts: bool, over: bool) -> dict[str, Any]:
    working = limit is None or limit.unit == "workday"
    live = counts and not deadline.stopped and not over and (deadline.remaining or 0) >= 0
    used = deadline.used - 1 if live and deadline.used else deadline.used
    return {
        "title": title,
        "until": _until(deadline),
        "used": used,
        "total": max(deadline.limit_days, 1),
        "today": live and bool(deadline.used),
        "says": _says(deadline, live=live, over=over, working=working),
        "left": _left(deadline, over=over, working=working),
    }


def _until(deadline: Deadline) -> str:
    if deadline.date is None:
        return _("停表中，日期待定")
    text = _("最迟 %(day)s") % {"day": dates.day(deadline.date, language())}
    return _("%(day)s（暂定）") % {"day": text} if deadline.provisional else text


def _says(deadline: Deadline, *, live: bool, over: bool, working: bool) -> str:
    if over:
        return _("用了 %(days)s") % {"days": dates.days_word(deadline.used, language(), working=working)}
    if deadline.stopped:
        return _("停表，今天不计时")
    if live and deadline.used:
        return _("今天是第 %(n)s 天") % {"n": deadline.used}
    return _("已用 %(days)s") % {"days": dates.days_word(deadline.used, language(), working=working)}


def _left(deadline: Deadline, *, over: bool, working: bool) -> str:
    remaining = deadline.remaining or 0
    days = dates.days_word(abs(remaining), language(), working=working)
    if remaining < 0:
        return _("超期 %(days)s") % {"days": days}
    if over:
        return _("提前 %(days)s") % {"days": days} if remaining else _("按时")
    return _("还剩 %(days)s") % {"days": days} if remaining else _("今天到期")


def _why(state: CaseState, item: Item) -> tuple[str, ...]:
    """One sentence for every special procedure, with its article."""
    known = {s.cause: s.basis for s in item.handling.special} if item.handling else {}
    out = []
    for special in state.specials:
        end = special.ended_on
        span = f"{dates.day(special.started_on, language())} – {dates.day(end, language()) if end else _('还没结束')}"
        effect = _("停表，不计入期限") if special.stops else _("照常计时")
        basis = said(known[special.cause]) if special.cause in known else ""
        name = either(special.name, special.name_en)
        out.append(
            _("%(span)s %(name)s：%(effect)s。%(basis)s")
            % {"span": span, "name": name, "effect": effect, "basis": basis}
        )
    return tuple(out)


def left_words(due: date | None, today: date) -> str:
    """10 月 13 日前 for lists; "" without a date."""
    if due is None:
        return ""
    if due < today:
        return _("本该 %(day)s前出结果") % {"day": dates.day(due, language())}
    return _("%(day)s前出结果") % {"day": dates.day(due, language())}


def is_running(state: CaseState) -> bool:
    """Whether officers are at work on it."""
    return state.phase in (Phase.SUBMITTED, Phase.PRE_PASSED, Phase.ACCEPTED, Phase.GRANTED)
