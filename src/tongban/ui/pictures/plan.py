"""The plan of a route: what will happen, drawn like a metro line. Route colours, never status."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tongban.ui.pictures import svg

_WIDTH = 736.0  # the main column of a guide, in pixels
_STOP = 92.0  # a station on the one line
_TRACK = 118.0  # a station on a parallel track
_BEND = 60.0  # where tracks part and meet
_GAP = 78.0  # between parallel tracks


@dataclass(frozen=True)
class Stop:
    """A station: what happens, which office, and when in words ("第 1–2 天"), as far as it is known."""

    name: str
    office: str = ""
    when: str = ""

    @property
    def second_line(self) -> str:
        return " · ".join(part for part in (self.office, self.when) if part)


@dataclass(frozen=True)
class Fork:
    """Parallel tracks, each a row of stations; they part here and meet again."""

    tracks: tuple[tuple[Stop, ...], ...]


@dataclass(frozen=True)
class RoutePlan:
    """The line from end to end; `note` is one sentence below."""

    segments: tuple[Stop | Fork, ...]
    note: str = ""


def plan_text(plan: RoutePlan) -> tuple[str, ...]:
    """The same in words, one line a station, for the list beside the picture."""
    lines: list[str] = []
    for segment in plan.segments:
        if isinstance(segment, Stop):
            lines.append(_line(segment))
            continue
        for track in segment.tracks:
            lines.append(_("同时：%(steps)s") % {"steps": _("，然后").join(_line(stop) for stop in track)})
    return tuple(lines)


def route_plan(plan: RoutePlan) -> SafeString:
    """A figure with a wide drawing and one for phones; a line too long for the page stands up on both."""
    phone = _phone(plan)
    if _needed(plan) > _WIDTH:
        return format_html('<figure class="fig upright">{}</figure>', phone)
    return format_html(
        '<figure class="fig"><div class="wide">{}</div><div class="phone">{}</div></figure>', _wide(plan), phone
    )


def _line(stop: Stop) -> str:
    return _("%(what)s（%(note)s）") % {"what": stop.name, "note": stop.second_line} if stop.second_line else stop.name


def _sentence(plan: RoutePlan) -> str:
    words = []
    for segment in plan.segments:
        if isinstance(segment, Stop):
            words.append(segment.name)
        else:
            names = _("、").join(" ".join(s.name for s in track) for track in segment.tracks)
            words.append(_("同时进行：%(names)s") % {"names": names})
    return _("过程图：%(steps)s") % {"steps": _("，然后").join(words)}


def _needed(plan: RoutePlan) -> float:
    return sum(_STOP if isinstance(s, Stop) else _fork_width(s) for s in plan.segments)


def _fork_width(fork: Fork) -> float:
    return 2 * _BEND + _TRACK * max((len(t) for t in fork.tracks), default=1)


def _wide(plan: RoutePlan) -> SafeString:
    tracks = max((len(s.tracks) for s in plan.segments if isinstance(s, Fork)), default=1)
    half = (tracks - 1) * _GAP / 2
    middle = 54.0 + half
    stretch = (_WIDTH - 24) / _needed(plan)
    x, bottom = 12.0, middle + half + 42
    strokes: list[str] = []
    marks: list[str] = []
    last = len(plan.segments) - 1
    for index, segment in enumerate(plan.segments):
        if isinstance(segment, Stop):
            width = _STOP * stretch
            left = x + width / 2 if index == 0 else x
            right = x + width / 2 if index == last else x + width
            strokes.append(svg.path(f"M{svg.number(left)} {svg.number(middle)}H{svg.number(right)}", svg.INK))
            drawn, below = _station(x + width / 2, middle, segment, width, end=index == last)
            marks += drawn
            bottom = max(bottom, below)
        else:
            width = _fork_width(segment) * stretch
            _fork(x, width, middle, segment, strokes, marks)
        x += width
    height = bottom + (34 if plan.note else 0)
    if plan.note:
        marks.append(svg.text(12, height - 12, plan.note, css="s"))
    return svg.picture(_WIDTH, height, [*strokes, *marks], _sentence(plan))


def _station(x: float, y: float, stop: Stop, width: float, *, end: bool) -> tuple[list[str], float]:
    out = [svg.dot(x, y, svg.INK, 12 if end else 9, svg.LIGHT if end else "#fff")]
    row = y + 34
    for line in svg.wrap(stop.name, width - 4, 15):
        out.append(svg.text(x, row, line, size=15, anchor="middle", bold=True))
        row += 20
    for line in svg.wrap(stop.second_line, width - 4, 14):
        out.append(svg.text(x, row, line, css="s", anchor="middle"))
        row += 18
    return out, row


def _fork(x: float, width: float, middle: float, fork: Fork, strokes: list[str], marks: list[str]) -> None:
    """Curves out to the tracks and back, with the stations of each track between them."""
    count = len(fork.tracks)
    x1, x2 = x + _BEND, x + width - _BEND
    end = x + width
    for index, track in enumerate(fork.tracks):
        y = middle + (index - (count - 1) / 2) * _GAP
        colour = svg.ROUTE[index % len(svg.ROUTE)]
        n = svg.number
        strokes.append(
            svg.path(
                f"M{n(x)} {n(middle)}C{n(x + 38)} {n(middle)} {n(x + 28)} {n(y)} {n(x1)} {n(y)}H{n(x2)}"
                f"C{n(end - 28)} {n(y)} {n(end - 38)} {n(middle)} {n(end)} {n(middle)}",
                colour,
            )
        )
        room = (x2 - x1 + _BEND) / max(len(track), 1)
        for place, stop in enumerate(track):
            at = x1 - _BEND / 2 + room * (place + 0.5)
            marks.append(svg.dot(at, y, colour))
            marks.append(
                svg.text(at, y - 18, svg.one_line(stop.name, room, 15), size=15, css="o", anchor="middle", bold=True)
            )
            for row, line in enumerate(svg.wrap(stop.second_line, room, 14, 1)):
                marks.append(svg.text(at, y + 29 + 17 * row, line, css="s o", anchor="middle"))


def _phone(plan: RoutePlan) -> SafeString:
    """Standing up: one column of names on the right, dotted leaders from the tracks."""
    y = 24.0
    strokes: list[str] = []
    marks: list[str] = []
    last = len(plan.segments) - 1
    for index, segment in enumerate(plan.segments):
        if isinstance(segment, Stop):
            end = index == last
            marks.append(svg.dot(28, y, svg.INK, 11 if end else 9, svg.LIGHT if end else "#fff"))
            bottom = _beside(52, y, segment, 300, marks)
            if not end:
                strokes.append(svg.path(f"M28 {svg.number(y)}V{svg.number(bottom + 22)}", svg.INK))
            y = bottom + (22 if not end else 0)
        else:
            y = _fork_down(y, segment, strokes, marks)
    return svg.picture(358, y + 14, [*strokes, *marks], _sentence(plan))


def _beside(x: float, y: float, stop: Stop, width: float, marks: list[str]) -> float:
    """Name and second line beside a station; returns the y below them."""
    row = y + 6
    for line in svg.wrap(stop.name, width, 17):
        marks.append(svg.text(x, row, line, size=17, bold=True))
        row += 22
    for line in svg.wrap(stop.second_line, width, 15):
        marks.append(svg.text(x, row, line, size=15, css="s"))
        row += 20
    return row


def _fork_down(top: float, fork: Fork, strokes: list[str], marks: list[str]) -> float:
    count = len(fork.tracks)
    step = min(56.0, 112.0 / max(count - 1, 1))
    y = top + 52
    columns = [28 + step * i for i in range(count)]
    stops = [(i, stop) for i, track in enumerate(fork.tracks) for stop in track]
    n = svg.number
    for index, stop in stops:
        colour = svg.ROUTE[index % len(svg.ROUTE)]
        marks.append(
            f'<path d="M{n(columns[index] + 12)} {n(y)}H168" stroke="{colour}" '
            'stroke-width="1.5" stroke-dasharray="2 4"/>'
        )
        marks.append(svg.dot(columns[index], y, colour))
        y = _beside(176, y, stop, 180, marks) + 14
    bottom = y + 36
    for index, x in enumerate(columns):
        strokes.append(
            svg.path(
                f"M28 {n(top)}C28 {n(top + 24)} {n(x)} {n(top + 20)} {n(x)} {n(top + 44)}V{n(y - 8)}"
                f"C{n(x)} {n(y + 18)} 28 {n(y + 12)} 28 {n(bottom)}",
                svg.ROUTE[index % len(svg.ROUTE)],
            )
        )
    return bottom
