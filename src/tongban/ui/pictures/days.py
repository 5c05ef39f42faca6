"""The days of both clocks: how every single day counts, on the portal as a calendar, on a desk as two rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal, Protocol

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tongban.ui import dates
from tongban.ui.pictures import svg

DayKind = Literal["start", "counted", "today", "future", "stopped", "rest", "after"]
#: A calendar longer than this shows only its first weeks and the weeks of the due days.
_MOST = 42
_MOST_DESK = 45


class DayLike(Protocol):
    """A day of a clock; the process context's own days fit."""

    @property
    def date(self) -> date: ...
    @property
    def kind(self) -> str: ...
    @property
    def promised_no(self) -> int | None: ...
    @property
    def legal_no(self) -> int | None: ...
    @property
    def is_promised_due(self) -> bool: ...
    @property
    def is_legal_due(self) -> bool: ...
    @property
    def provisional(self) -> bool: ...
    @property
    def causes(self) -> tuple[str, ...]: ...
    @property
    def rests(self) -> bool: ...


@dataclass(frozen=True)
class DayCell:
    """One day, for the gallery and for callers without a clock."""

    date: date
    kind: DayKind
    promised_no: int | None = None
    legal_no: int | None = None
    is_promised_due: bool = False
    is_legal_due: bool = False
    provisional: bool = False
    causes: tuple[str, ...] = ()
    rests: bool = False


@dataclass(frozen=True)
class _Cell:
    """What the template shows of one day; an empty one keeps the weeks aligned."""

    css: str = ""
    weekday: str = ""
    figure: str = ""
    words: str = ""
    number: int = 0
    title: str = ""


def days_strip(days: Sequence[DayLike]) -> SafeString:
    """The portal's strip: weeks start on Monday, 7 columns on a phone, 14 on a wide screen, with its key."""
    if not days:
        return SafeString("")
    shown = _shorten(days, _MOST)
    cells = [_Cell() for _pad in range(shown[0].date.weekday())]
    before: date | None = None
    for day in shown:
        cells.append(_cell(day, before))
        before = day.date
    kinds = {_css(day) for day in shown}
    keys = [(css, words) for css, words in _keys() if css in kinds]
    provisional = any(day.provisional for day in shown)
    return render_to_string(
        "ui/days_strip.html",
        {"cells": cells, "keys": keys, "provisional": provisional, "cut": len(shown) < len(days)},
    )


def days_text(days: Sequence[DayLike]) -> tuple[str, ...]:
    """The same in sentences, days that count alike taken together."""
    language = get_language()
    out = []
    for words, run in groupby(days, key=_meaning):
        found = list(run)
        first, last = found[0].date, found[-1].date
        span = (
            dates.day(first, language)
            if first == last
            else f"{dates.day(first, language)} – {dates.day(last, language)}"
        )
        out.append(_("%(days)s：%(words)s") % {"days": span, "words": words})
    return tuple(out)


def days_clock(days: Sequence[DayLike], promised: int, legal: int) -> SafeString:
    """The desk's strip: promised and legal clock as two rows over the same days."""
    if not days:
        return SafeString("")
    shown = _shorten(days, _MOST_DESK)
    body: list[str] = []
    for index, day in enumerate(shown):
        _column(body, 54 + 30 * index, day, shown[index - 1].date if index else None)
    body.append(svg.text(0, 42, _("承诺 %(n)s") % {"n": promised}, size=13, bold=True, fill=svg.BRAND))
    body.append(svg.text(0, 76, _("法定 %(n)s") % {"n": legal}, size=13, bold=True, fill=svg.INK2))
    body += _captions(shown)
    width = 54 + 30 * len(shown) + 30
    return svg.picture(width, 112, body, _clock_sentence(shown, promised, legal), "hidephone", natural=True)


def _shorten(days: Sequence[DayLike], most: int) -> list[DayLike]:
    """At most `most` days, cut at the end; a long limit says its due day in words beside the picture."""
    if len(days) <= most:
        return list(days)
    return list(days[:most])


def _css(day: DayLike) -> str:
    if day.kind == "today":
        return "t"
    if day.is_legal_due and not day.is_promised_due:
        return "law"
    if day.is_promised_due:
        return "due"
    if day.kind == "future" and day.promised_no is None:
        return "l"
    return {"start": "s", "counted": "c", "stopped": "h", "rest": "x", "future": "f"}.get(day.kind, "z")


def _keys() -> tuple[tuple[str, str], ...]:
    return (
        ("c", _("算一天")),
        ("t", _("今天")),
        ("h", _("停表，不算")),
        ("x", _("放假，不算")),
        ("due", _("承诺最后一天")),
        ("law", _("法定最后一天")),
    )


def _number(day: DayLike) -> int | None:
    return day.promised_no if day.promised_no is not None else day.legal_no


def _words(day: DayLike) -> str:
    """The word in a cell of a day that no clock counts; today stands still or rests like other days."""
    kind = day.kind
    if kind == "today":
        kind = "rest" if day.rests else "stopped" if day.causes else "today"
    return {"start": pgettext("日历格", "受理"), "stopped": pgettext("日历格", "停表"), "rest": _("休")}.get(kind, "")


def _meaning(day: DayLike) -> str:
    """The word of a day in a sentence; equal neighbours are told together."""
    if day.kind == "today":
        n = _number(day)
        return _("今天，第 %(n)s 天") % {"n": n} if n is not None else _("今天，不算")
    if day.is_promised_due:
        return _("第 %(n)s 天，我们承诺的最后一天") % {"n": _number(day)}
    if day.is_legal_due:
        return _("第 %(n)s 天，法律规定的最后一天") % {"n": _number(day)}
    return {
        "start": _("受理，从下一个工作日起算"),
        "counted": _("每个工作日算一天"),
        "future": _("还没到的工作日"),
        "stopped": _("停表，不算：%(why)s") % {"why": _("、").join(day.causes)} if day.causes else _("停表，不算"),
        "rest": _("放假或周末，不算"),
    }.get(day.kind, _("期限之后"))


def _cell(day: DayLike, before: date | None) -> _Cell:
    language = get_language()
    new_month = before is None or before.month != day.date.month
    figure = f"{day.date.month}.{day.date.day}" if new_month else str(day.date.day)
    css = _css(day) + (" p" if day.provisional else "") + (" m" if new_month else "")
    words = _words(day)
    number = 0 if words else _number(day) or 0
    return _Cell(css, dates.weekday(day.date, language), figure, words, number, _("、").join(day.causes))


def _column(body: list[str], x: float, day: DayLike, before: date | None) -> None:
    """One day of the desk's strip: date on top, promised cell, legal cell."""
    middle = x + 15
    if day.kind == "today":  # also where no clock counts it: the lamp stands over the day
        body.append(f'<rect x="{svg.number(x + 1)}" y="0" width="28" height="17" rx="3" fill="{svg.LIGHT}"/>')
    if day.kind == "rest" or day.rests:
        body.append(f'<rect x="{svg.number(x)}" y="18" width="30" height="74" fill="#ECEFF0"/>')
    new_month = before is None or before.month != day.date.month
    label = f"{day.date.month}/{day.date.day}" if new_month else str(day.date.day)
    quiet = "#5B6966" if day.kind == "rest" else svg.INK  # grey days are quiet
    body.append(svg.text(middle, 13, label, size=12, anchor="middle", bold=day.kind == "today", fill=quiet))
    rows = ((26, day.promised_no, day.is_promised_due, True), (60, day.legal_no, day.is_legal_due, False))
    for y, number, due, promise in rows:
        _box(body, x, y, day, number, due=due, promise=promise)


def _box(body: list[str], x: float, y: float, day: DayLike, number: int | None, *, due: bool, promise: bool) -> None:
    if day.kind == "stopped" or (day.kind == "today" and day.causes and not day.rests):
        body.append(
            f'<rect x="{svg.number(x + 1)}" y="{y}" width="28" height="24" fill="{svg.VIOLET2}" '
            f'stroke="{svg.VIOLET}" stroke-dasharray="2 2"/>'
            f'<path d="M{svg.number(x + 11)} {y + 7}h3v10h-3zm5 0h3v10h-3z" fill="{svg.VIOLET}"/>'
        )
        return
    if number is None:
        return
    main = svg.BRAND if promise else "#5D6F6B"
    fill, ink = ("#fff", svg.INK)
    if day.kind == "counted":
        fill, ink = main, "#fff"
    elif day.kind == "today":
        fill = svg.LIGHT if promise else "#FBD493"
    edge = svg.INK if day.kind == "today" and promise else (svg.BRAND if promise else "#8A9794")
    dash = ' stroke-dasharray="3 2"' if day.provisional else ""
    body.append(
        f'<rect x="{svg.number(x + 1.5)}" y="{y + 0.5}" width="27" height="23" fill="{fill}" '
        f'stroke="{edge}" stroke-width="{2.5 if due else 1}"{dash}/>'
    )
    bold = due or day.kind == "today"
    body.append(svg.text(x + 15, y + 16.5, str(number), size=12, anchor="middle", bold=bold, fill=ink))


def _captions(days: Sequence[DayLike]) -> list[str]:
    """Words below the rows; where two would touch, the later one gives way, and all give way to today."""
    out: list[str] = []
    taken: list[tuple[float, float]] = []
    for index in sorted(range(len(days)), key=lambda at: days[at].kind != "today"):
        words, colour = _caption(days, index)
        width = svg.measure(words, 12.5)
        middle = max(54 + 30 * index + 15, width / 2)
        left, right = middle - width / 2 - 6, middle + width / 2
        if words and all(right < begins or left > ends for begins, ends in taken):
            bold = colour != svg.INK2 and colour != svg.VIOLET
            out.append(svg.text(middle, 106, words, size=12.5, anchor="middle", bold=bold, fill=colour))
            taken.append((left, right))
    return out


def _caption(days: Sequence[DayLike], index: int) -> tuple[str, str]:
    """The word below one day and its colour."""
    day = days[index]
    if day.kind == "today":
        return _("今天"), svg.INK
    if day.is_promised_due:
        return _("承诺到期"), svg.BRAND
    if day.is_legal_due:
        return _("法定到期"), svg.INK
    if day.kind == "start":
        return _("受理"), svg.INK2
    if day.kind == "stopped" and (index == 0 or days[index - 1].kind != "stopped"):
        return (day.causes[0] if day.causes else _("停表")), svg.VIOLET
    return "", svg.INK


def _clock_sentence(days: Sequence[DayLike], promised: int, legal: int) -> str:
    language = get_language()
    used = max((d.promised_no or d.legal_no or 0 for d in days if d.kind in ("counted", "today")), default=0)
    stopped = sum(1 for d in days if d.kind == "stopped")
    words = [
        _("两个时钟：承诺 %(p)s 个工作日，法定 %(l)s 个工作日，已到第 %(u)s 日")
        % {"p": promised, "l": legal, "u": used}
    ]
    if stopped:
        words.append(_("停 %(n)s 日") % {"n": stopped})
    for due, name in (("is_promised_due", _("承诺")), ("is_legal_due", _("法定"))):
        found = next((d.date for d in days if getattr(d, due)), None)
        if found:
            words.append(_("%(name)s %(day)s 到期") % {"name": name, "day": dates.day(found, language)})
    return _("，").join(words)


def sample(start: date, today: date, promised: int, legal: int, stopped: Sequence[date] = ()) -> tuple[DayCell, ...]:
    """Invented days for the gallery: weekdays only, no holidays."""
    out, day, number = [DayCell(start, "start")], start, 0
    while number < legal:
        day += timedelta(1)
        if day in stopped:
            out.append(DayCell(day, "stopped", causes=(_("专家评审"),)))
            continue
        if day.weekday() > 4:
            out.append(DayCell(day, "rest"))
            continue
        number += 1
        kind: DayKind = "counted" if day < today else "today" if day == today else "future"
        out.append(
            DayCell(day, kind, number if number <= promised else None, number, number == promised, number == legal)
        )
    return tuple(out)
