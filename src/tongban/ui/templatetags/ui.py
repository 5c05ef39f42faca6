"""Template tags of the design system: marks, fields, tags, lamps, pictures, and words for dates and money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tongban.ui import dates, marks
from tongban.ui.forms import BoundField, ErrorSummary, summary

register = template.Library()

#: Status of a case -> class of its tag.
_STATUS = {"running": "", "done": "ok", "ask": "wait", "stopped": "hold", "late": "bad", "draft": "plain"}


def _grade_words(letter: str) -> str:
    return {
        "A": _("本机关签发或库里取得"),
        "B": _("窗口已核原件"),
        "C": _("本人上传，待核原件"),
        "D": _("本人填写并承诺"),
    }.get(letter, "")


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A decorative line icon: {% icon "search" %}, {% icon "shop" "l" %}; always with a word beside it."""
    path = marks.ICONS[name]
    return format_html(
        '<svg class="ic{}" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{}"/></svg>',
        f" {size}" if size else "",
        path,
    )


@register.simple_tag
def tick() -> SafeString:
    """The white tick inside a station that is done."""
    return mark_safe('<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 13l5 5L20 6"/></svg>')


@register.simple_tag
def wordmark(ground: str = "light") -> SafeString:
    """The wordmark; {% wordmark "deep" %} on the dark head of a staff terminal."""
    deep = ground == "deep"
    return render_to_string(
        "ui/wordmark.html", {"ink": "#fff" if deep else "#14211F", "edge": deep, "title": _("通办")}
    )


@register.simple_tag
def lamp(name: str, words: str = "") -> SafeString:
    """A lamp (over, today, soon, ok, pause, y, n, w, run, hash), with its words where given: never colour alone."""
    drawing = format_html(
        '<svg class="lamp" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">{}</svg>',
        mark_safe(marks.LAMPS[name]),  # noqa: S308 - our own drawing
    )
    return format_html('<span class="due {}">{}{}</span>', name, drawing, words) if words else drawing


@register.simple_tag
def result(name: str, words: str) -> SafeString:
    """The outcome of a check on a desk: y passed, n failed, w to look at, run still asking."""
    kind = {"y": "y", "n": "n", "w": "w"}.get(name, "q")
    return format_html('<span class="res {}">{}{}</span>', kind, lamp(name), words)


@register.simple_tag
def grade(letter: str) -> SafeString:
    """A trust grade A-D with its meaning in words."""
    words = _grade_words(letter)
    label = _("可信等级 %(letter)s：%(words)s") % {"letter": letter, "words": words}
    return format_html(
        '<span class="gr {}" role="img" aria-label="{}" title="{}">{}</span>', letter, label, words, letter
    )


@register.simple_tag
def status_tag(kind: str, text: str) -> SafeString:
    """A status in a word on its own ground: running, done, ask, stopped, late, draft; or a class of .tag."""
    css = _STATUS.get(kind, kind)
    return format_html('<span class="tag{}">{}</span>', f" {css}" if css else "", text)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One bound field with label, hint, error and control."""
    return render_to_string(bound.template, {"f": bound})


@register.simple_tag
def fields(bound: Sequence[BoundField]) -> SafeString:
    """All of them, in order."""
    return mark_safe("".join(field(b) for b in bound))  # noqa: S308 - each is rendered by a template


@register.simple_tag
def error_summary(errors: ErrorSummary | Sequence[BoundField] | None, message: str = "") -> SafeString | str:
    """The summary on top; takes bound fields or an ErrorSummary, and a refusal's message that belongs to no field."""
    found = errors if isinstance(errors, ErrorSummary) else summary(errors or (), message)
    return render_to_string("ui/error_summary.html", {"summary": found}) if found.items else ""


@register.filter
def day(value: date | datetime | None) -> str:
    """10 月 13 日 / 13 Oct."""
    return dates.day(value, get_language()) if value else ""


@register.filter
def full_day(value: date | datetime | None) -> str:
    """2026 年 10 月 13 日 / 13 Oct 2026."""
    return dates.full_day(value, get_language()) if value else ""


@register.filter
def dense_day(value: date | datetime | None) -> str:
    """11-25 周三 / 25 Nov Wed."""
    return dates.dense_day(value, get_language()) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """10-12 08:55 / 12 Oct 08:55."""
    return dates.moment(value, get_language()) if value else ""


@register.filter
def stamp(value: datetime | None) -> str:
    """2026-11-20 周五 10:24 / 20 Nov 2026 Fri 10:24."""
    return dates.stamp(value, get_language()) if value else ""


@register.filter
def money(fen: int | None) -> str:
    """143,346.00 元 / ¥143,346.00, from fen."""
    return dates.yuan(fen, get_language()) if fen is not None else ""


@register.filter
def working_days(count: int | None) -> str:
    """3 个工作日 / 3 working days."""
    return dates.days_word(count, get_language()) if count is not None else ""


@register.filter
def file_size(count: int | None) -> str:
    """1.8 MB, 240 KB."""
    return dates.size(count) if count is not None else ""


@register.filter
def groups(text: str, width: int = 4) -> str:
    """A fingerprint or code in groups: 7c1e 90b4."""
    return " ".join(text[i : i + width] for i in range(0, len(text), width))


@register.filter
def clauses(heading: str) -> SafeString:
    """A heading whose clauses stay whole, so that balancing never breaks a Chinese word."""
    parts = re.split(r"(?<=[，：；])", heading)
    return format_html_join("", '<span class="nb">{}</span>', ((part,) for part in parts if part))


@register.filter
def attr(value: Any, name: str) -> Any:
    """The value under a key that is not a template name: {{ map|attr:key }}."""
    return value.get(name, "") if isinstance(value, dict) else getattr(value, name, "")
