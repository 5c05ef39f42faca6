"""The way to a goal: every matter a line from its first to its last day, parting and meeting like a metro map.

Time runs to the right, but not to scale: every moment at which something begins or ends has its column, so that short
and long matters can both be read. A line goes on with the matter that waited for it; what only waited is dotted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tongban.ui.pictures import svg

_ROW, _TOP, _LEFT, _RIGHT = 92.0, 84.0, 60.0, 168.0
_LEAST, _FORK, _END = 148.0, 46.0, 84.0  # least width of a column
_WIDTH = 1080.0


@dataclass(frozen=True)
class GoalStop:
    """One matter: `start` and `finish` in working days from the first application; `after`: the keys it waits for."""

    key: str
    name: str
    office: str
    start: float
    finish: float
    after: tuple[str, ...] = ()
    critical: bool = False


@dataclass(frozen=True)
class GoalWay:
    """All matters in the order of their beginning, what the end is called, and the working days it takes."""

    stops: tuple[GoalStop, ...]
    end: str
    total: float


def goal_text(way: GoalWay) -> tuple[str, ...]:
    """The same in words, one line a matter."""
    names = {stop.key: stop.name for stop in way.stops}
    lines = []
    for stop in way.stops:
        span = _span(stop)
        waits = _("、").join(names[key] for key in stop.after if key in names)
        lines.append(
            _("%(name)s（%(office)s，%(span)s），等%(waits)s办好就开始")
            % {"name": stop.name, "office": stop.office, "span": span, "waits": waits}
            if waits
            else _("%(name)s（%(office)s，%(span)s），马上可以开始")
            % {"name": stop.name, "office": stop.office, "span": span}
        )
    return tuple(lines)


def goal_way(way: GoalWay) -> SafeString:
    """A figure with a wide drawing and one for phones."""
    return format_html(
        '<figure class="fig"><div class="wide">{}</div><div class="phone">{}</div></figure>', goal_svg(way), _phone(way)
    )


def goal_svg(way: GoalWay) -> SafeString:
    """The wide drawing alone."""
    columns, places = _columns(way.stops)
    rows = _rows(way.stops)
    step = max(_LEAST, (_WIDTH - _LEFT - _RIGHT) / max(len(columns) - 1, 1))
    width = _LEFT + _RIGHT + step * max(len(columns) - 1, 1)
    height = _TOP + _ROW * (max(rows.values(), default=0) + 1) + 20
    middle = _TOP + _ROW * (rows[_last(way)] if way.stops else 0) + 26
    end_x = width - _END
    body = _axis(columns, step, height)
    strokes: list[str] = []
    marks: list[str] = []
    for stop in way.stops:
        x1, x2 = (_LEFT + step * place for place in places[stop.key])
        y = _TOP + _ROW * rows[stop.key] + 26
        colour = svg.INK if stop.critical else svg.ROUTE[rows[stop.key] % len(svg.ROUTE)]
        forks = _forks(stop, places, rows)
        strokes += _arrivals(stop, way, places, rows, (x1, y), step, colour)
        strokes.append(svg.path(f"M{_n(x1 + _FORK if forks else x1)} {_n(y)}H{_n(x2)}", colour))
        if not any(stop.key in other.after for other in way.stops):
            last = stop.finish == way.total
            bend = f"C{_n(end_x - 30)} {_n(y)} {_n(end_x - 40)} {_n(middle)} {_n(end_x)} {_n(middle)}"
            ahead = f"M{_n(x2)} {_n(y)}" + (f"H{_n(end_x)}" if y == middle else f"H{_n(end_x - 70)}{bend}")
            strokes.append(svg.path(ahead, colour, 6 if last else 3, "" if last else "1 9"))
        marks += _labels(stop, x1 + _FORK if forks else x1, x2, y, colour, begins=not forks)
    if way.stops:
        marks.append(svg.dot(end_x, middle, svg.INK, 13, svg.LIGHT))
        marks.append(svg.text(end_x + 20, middle + 6, way.end, size=16, bold=True, css="o"))
        total = _("约 %(days)s 个工作日") % {"days": svg.number(way.total)}
        marks.append(svg.text(width - 2, middle + 38, total, anchor="end", css="s o"))
    return svg.picture(width, height, [*body, *strokes, *marks], _sentence(way))


def _n(value: float) -> str:
    return svg.number(value)


def _span(stop: GoalStop) -> str:
    length = svg.number(stop.finish - stop.start)
    takes = _("当天办好") if stop.finish == stop.start else _("要 %(n)s 个工作日") % {"n": length}
    return takes if not stop.start else _("第 %(a)s 天起，%(takes)s") % {"a": svg.number(stop.start), "takes": takes}


def _sentence(way: GoalWay) -> str:
    names = _("、").join(stop.name for stop in way.stops)
    return _("路线图：%(names)s；能同时的同时办，约 %(days)s 个工作日。") % {
        "names": names,
        "days": svg.number(way.total),
    }


def _last(way: GoalWay) -> str:
    return max(way.stops, key=lambda stop: (stop.finish, stop.critical)).key


def _columns(stops: Sequence[GoalStop]) -> tuple[list[float], dict[str, tuple[int, int]]]:
    """The moments in order (as days), and for each matter the columns where it begins and ends."""
    ends: dict[str, tuple[float, int]] = {}
    starts: dict[str, tuple[float, int]] = {}
    for stop in stops:
        before = [ends[key] for key in stop.after if key in ends]
        depth = max((depth for when, depth in before if when == stop.start), default=0)
        starts[stop.key] = (stop.start, depth)
        ends[stop.key] = (stop.finish, depth + 1 if stop.finish == stop.start else 0)
    moments = sorted({*starts.values(), *ends.values()})
    at = {moment: number for number, moment in enumerate(moments)}
    return [when for when, _depth in moments], {key: (at[starts[key]], at[ends[key]]) for key in starts}


def _rows(stops: Sequence[GoalStop]) -> dict[str, int]:
    """A row for each matter. It takes over the row of the matter whose end lets it begin, where that row has no heir
    yet; else it opens a row. The critical way has one row of its own, the middle one."""
    heir: dict[str, str] = {}  # key -> who goes on in its row
    line: dict[str, int] = {}
    critical = {stop.key for stop in stops if stop.critical}
    ends = {stop.key: stop.finish for stop in stops}
    count = 1
    for stop in stops:
        if stop.critical:
            line[stop.key] = 0
            continue
        before = [k for k in stop.after if k in line and k not in heir and k not in critical and ends[k] == stop.start]
        if before:
            heir[before[0]] = stop.key
            line[stop.key] = line[before[0]]
        else:
            line[stop.key] = count
            count += 1
    middle = (count - 1) // 2
    order = [middle, *(row for row in range(count) if row != middle)]
    return {key: order[number] for key, number in line.items()}


def _axis(columns: Sequence[float], step: float, height: float) -> list[str]:
    """A hairline and the day for the first column of every moment."""
    out: list[str] = []
    shown: set[float] = set()
    for number, when in enumerate(columns):
        if when in shown:
            continue
        shown.add(when)
        x = _LEFT + step * number
        words = _("递交申请") if when == 0 else _("第 %(day)s 天") % {"day": svg.number(when)}
        out.append(svg.text(x, 22, words, css="s", anchor="middle"))
        out.append(f'<path d="M{_n(x)} 34V{_n(height - 14)}" stroke="{svg.LINE}" stroke-width="1"/>')
    return out


def _arrivals(
    stop: GoalStop,
    way: GoalWay,
    places: dict[str, tuple[int, int]],
    rows: dict[str, int],
    here: tuple[float, float],
    step: float,
    colour: str,
) -> list[str]:
    """Curves from the ends of what it waited for; dotted where that was ready before."""
    out = []
    x, y = here
    finishes = {other.key: other.finish for other in way.stops}
    for key in stop.after:
        if key not in places:
            continue
        x0, y0 = _LEFT + step * places[key][1], _TOP + _ROW * rows[key] + 26
        if (x0, y0) == here:
            continue
        bend = f"C{_n(x - 26)} {_n(y0)} {_n(x - 30)} {_n(y)} {_n(x)} {_n(y)}"
        if x0 >= x:
            bend = f"C{_n(x + 30)} {_n(y0)} {_n(x + 14)} {_n(y)} {_n(x + _FORK)} {_n(y)}"
        straight = f"H{_n(max(x0, x - 56))}" if x0 < x - 56 else ""
        late = finishes[key] == stop.start
        out.append(svg.path(f"M{_n(x0)} {_n(y0)}{straight}{bend}", colour, 6 if late else 3, "" if late else "1 9"))
    return out


def _forks(stop: GoalStop, places: dict[str, tuple[int, int]], rows: dict[str, int]) -> bool:
    """Whether the line parts from another just where it begins, and so has no station of its own there."""
    here = places[stop.key][0], rows[stop.key]
    ends = [(places[key][1], rows[key]) for key in stop.after if key in places]
    return here not in ends and any(column >= here[0] for column, _row in ends)


def _labels(stop: GoalStop, x1: float, x2: float, y: float, colour: str, *, begins: bool) -> list[str]:
    room = x2 - x1 - 24
    left = x1 + 12
    out = [svg.dot(x2, y, colour), *([svg.dot(x1, y, colour)] if begins else [])]
    names = svg.wrap(stop.name, room, 15)
    for number, words in enumerate(reversed(names)):
        out.append(svg.text(left, y - 14 - 18 * number, words, size=15, css="o", bold=True))
    out.append(svg.text(left, y + 24, svg.one_line(stop.office, room, 13), size=13, css="s o"))
    return out


def _phone(way: GoalWay) -> SafeString:
    """One matter a row: its name, and a bar from its first to its last day."""
    total = way.total or 1.0
    left, width, y = 6.0, 340.0, 30.0
    body: list[str] = []
    for index, stop in enumerate(way.stops):
        colour = svg.INK if stop.critical else svg.ROUTE[index % len(svg.ROUTE)]
        body.append(svg.text(left, y, svg.one_line(stop.name, width, 17), size=17, bold=True))
        body.append(svg.text(left, y + 21, svg.one_line(f"{stop.office} · {_span(stop)}", width, 15), size=15, css="s"))
        a, b = left + 8 + (width - 20) * stop.start / total, left + 8 + (width - 20) * stop.finish / total
        body.append(f'<path d="M{_n(left)} {_n(y + 40)}H{_n(left + width)}" stroke="{svg.LINE}" stroke-width="1"/>')
        body.append(svg.path(f"M{_n(a)} {_n(y + 40)}H{_n(b)}", colour))
        body += [svg.dot(a, y + 40, colour, 7, width=3.5), svg.dot(b, y + 40, colour, 7, width=3.5)]
        y += 84
    return svg.picture(352, y - 20, body, _sentence(way))
