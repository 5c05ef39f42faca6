"""Small drawings: bars of a clock, the mini line of a case, the lines of a package, the skyline."""

from __future__ import annotations

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tongban.ui.pictures import svg

_SKYLINE = (
    "M0 92h60V70h34v22h26V52h40v40h22l36-26 36 26h36V44h12V30h12v14h12v48h60c36 0 44-2 66-10 44-16 68-46 "
    "92-46s48 30 92 46c22 8 40 10 66 10M424 92h276M516 36v56M470 68v24M562 68v24M700 92h46V58l30-14 30 "
    "14v34h34V40h46v52h28V66h52v26h40l30-30 30 30h26V36h40v56h40V60c0-8 6-14 14-14h24c8 0 14 6 14 "
    "14v32h60V54h44v38h30l26-20 26 20h88"
)


def clock_bars(used: int, total: int, *, today: bool = True) -> SafeString:
    """One segment a working day: `used` days are over, today is the next one while the clock runs."""
    over = used > total
    label = _("已用 %(used)s 天，共 %(total)s 天") % {"used": used, "total": total}
    if today and not over and used < total:
        label = _("已用 %(used)s 天，今天是第 %(n)s 天，共 %(total)s 天") % {
            "used": used,
            "n": used + 1,
            "total": total,
        }
    bars = []
    for index in range(min(total, 60)):
        css = "u" if index < used else "n" if index == used and today else ""
        bars.append(f'<i class="{css}"></i>' if css else "<i></i>")
    late = " over" if over else ""
    return mark_safe(f'<div class="meter{late}" role="img" aria-label="{escape(label)}">{"".join(bars)}</div>')  # noqa: S308


def meter(used: int, total: int) -> SafeString:
    """The worktable's used/promised meter, at most ten marks, red over the promise; the figures stand beside."""
    shown = min(max(total, 1), 10)
    filled = round(used * shown / max(total, 1)) if total > 10 else min(used, total)
    marks = ['<i class="u"></i>' if i < filled else "<i></i>" for i in range(shown)]
    marks += ['<i class="x"></i>'] * min(max(used - total, 0), 4)
    return mark_safe(f'<span class="meter" aria-hidden="true">{"".join(marks)}</span>')  # noqa: S308 - no input


def mini_line(done: int, total: int) -> SafeString:
    """A case in a line: `done` stations behind, the next one is here. The words stand beside it."""
    out = []
    for index in range(total):
        if index:
            out.append('<u class="d"></u>' if index <= done else "<u></u>")
        out.append('<i class="d"></i>' if index < done else '<i class="w"></i>' if index == done else "<i></i>")
    return mark_safe(f'<div class="mini" aria-hidden="true">{"".join(out)}</div>')  # noqa: S308 - no input


def package_lines(count: int) -> SafeString:
    """`count` lines that run at once from one start to one end; decoration for a package."""
    middle, start, end = 32.0, 10, 230
    strokes, stations = [], []
    for index in range(count):
        y = svg.number(middle + (index - (count - 1) / 2) * (44 / max(count - 1, 1)))
        colour = svg.ROUTE[index % len(svg.ROUTE)]
        strokes.append(svg.path(f"M{start} 32H22C44 32 38 {y} 62 {y}H178C202 {y} 196 32 218 32H{end}", colour, 4))
        stations.append(svg.dot(84 + (index * 37) % 74, float(y), colour, 4.5, "#fff", 3))
    ends = svg.dot(start, middle, svg.INK, 7, "#fff", 4) + svg.dot(end, middle, svg.INK, 7, svg.LIGHT, 4)
    return mark_safe(  # noqa: S308 - no input
        f'<svg viewBox="0 0 240 64" aria-hidden="true">{"".join(strokes)}{"".join(stations)}{ends}</svg>'
    )


def skyline() -> SafeString:
    """The city in one stroke, with the lit door; decoration of the home page."""
    return format_html(
        '<svg class="skyline" viewBox="0 0 1440 96" preserveAspectRatio="xMaxYMax slice" fill="none" stroke="{}" '
        'stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true"><path d="{}"/>'
        '<circle cx="1188" cy="74" r="8" fill="{}" stroke="none"/></svg>',
        svg.BRAND,
        _SKYLINE,
        svg.LIGHT,
    )
