"""The way of a case for a desk: one drawing on a wide screen, a list on a phone."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tongban.ui.pictures import svg
from tongban.ui.pictures.way import (
    Parallel,
    Station,
    Status,
    Way,
    is_begun,
    is_through,
    standing,
    status_words,
    way_text,
)

_STOP, _BEND, _TRACK, _GAP = 92.0, 54.0, 300.0, 44.0
_GREY = "#C3CDC9"
_LAMP: dict[Status, str] = {
    "done": "y",
    "here": "soon",
    "waiting": "today",
    "late": "over",
    "stopped": "pause",
    "next": "ok",
}


def staff_route(route: Way) -> SafeString:
    """Stations with who and when; parallel tracks spread out; below 700 px a list with lamps instead."""
    rows = []
    for segment in route.segments:
        stations = [segment] if isinstance(segment, Station) else [standing(t) for t in segment.tracks]
        rows += [{"lamp": _LAMP[s.status], "station": s, "words": status_words(s.status)} for s in stations]
    return render_to_string("ui/staff_route.html", {"drawing": _drawing(route), "rows": rows})


def _drawing(route: Way) -> SafeString:
    tracks = max((len(s.tracks) for s in route.segments if isinstance(s, Parallel)), default=1)
    half = (tracks - 1) * _GAP / 2
    middle = max(30.0, half + 22)
    x = 10.0
    strokes: list[str] = []
    marks: list[str] = []
    segments = route.segments
    for index, segment in enumerate(segments):
        after = segments[index + 1] if index + 1 < len(segments) else None
        out = is_through(segment) and after is not None
        if isinstance(segment, Station):
            x += _single(x, middle, segment, strokes, marks, first=index == 0, out=out, last=after is None)
        else:
            x += _several(x, middle, segment, strokes, marks, left=out and after is not None and is_begun(after))
    height = max(middle + half + 24, middle + 78)
    sentence = _("流程：%(steps)s") % {"steps": _("；").join(way_text(route))}
    return svg.picture(max(x + 10, 760), height, [*strokes, *marks], sentence, "hidephone")


def _single(
    x: float, y: float, step: Station, strokes: list[str], marks: list[str], *, first: bool, out: bool, last: bool
) -> float:
    middle = x + _STOP / 2
    n = svg.number
    if not first:
        strokes.append(_stroke(f"M{n(x)} {n(y)}H{n(middle)}", travelled=is_begun(step)))
    if not last:
        strokes.append(_stroke(f"M{n(middle)} {n(y)}H{n(x + _STOP)}", travelled=out))
    marks.append(mark(middle, y, step.status))
    quiet = svg.INK2 if step.status == "next" else svg.INK
    for line in svg.wrap(step.name, _STOP, 14, 1):
        marks.append(svg.text(middle, y + 34, line, size=14, anchor="middle", bold=True, fill=quiet))
    for row, line in enumerate(svg.wrap(step.note, _STOP - 4, 12.5)):
        marks.append(
            svg.text(middle, y + 52 + 17 * row, line, size=12.5, anchor="middle", fill=_note_colour(step.status))
        )
    return _STOP


def _several(x: float, middle: float, segment: Parallel, strokes: list[str], marks: list[str], *, left: bool) -> float:
    count, width = len(segment.tracks), 2 * _BEND + _TRACK
    n = svg.number
    begun = is_begun(segment)
    for index, steps in enumerate(segment.tracks):
        y = middle + (index - (count - 1) / 2) * _GAP
        step = standing(steps)
        at, end = x + _BEND + 26, x + width
        done = all(s.status == "done" for s in steps)
        strokes.append(
            _stroke(
                f"M{n(x)} {n(middle)}C{n(x + 32)} {n(middle)} {n(x + 22)} {n(y)} {n(x + _BEND)} {n(y)}H{n(at)}",
                travelled=begun,
            )
        )
        back = f"M{n(at)} {n(y)}H{n(end - _BEND)}C{n(end - 22)} {n(y)} {n(end - 32)} {n(middle)} {n(end)} {n(middle)}"
        if done and left:
            strokes.append(_stroke(back, travelled=True))
        else:
            strokes.insert(0, _stroke(back, travelled=False))  # below the travelled ones
        marks += _label(at, y, step)
    return width


def _label(x: float, y: float, step: Station) -> list[str]:
    """The station on a track: name and note on white, so that the line does not run through them."""
    name = svg.one_line(step.name, _TRACK - 66, 13.5)  # the note gives way: it stands below, too
    room = _TRACK - 66 - svg.measure(name, 13.5)
    note = svg.one_line(step.note, room, 12.5) if step.note and room > 40 else ""
    covered = svg.measure(name, 13.5) * 1.05 + (svg.measure(note, 12.5) * 1.05 + 8 if note else 0) + 18
    weight = ' font-weight="600"' if step.status in ("late", "waiting") else ""
    second = (
        f'<tspan dx="8" font-size="12.5" fill="{_note_colour(step.status)}"{weight}>{escape(note)}</tspan>'
        if note
        else ""
    )
    return [
        f'<rect x="{svg.number(x + 14)}" y="{svg.number(y - 14)}" width="{svg.number(covered)}" '
        'height="28" fill="#fff"/>',
        mark(x, y, step.status),
        f'<text x="{svg.number(x + 20)}" y="{svg.number(y + 5)}" font-size="13.5" fill="{svg.INK}">'
        f'<tspan font-weight="600">{escape(name)}</tspan>{second}</text>',
    ]


def _stroke(d: str, *, travelled: bool) -> str:
    return svg.path(d, svg.BRAND if travelled else _GREY, 5 if travelled else 4)


def _note_colour(status: Status) -> str:
    return {"late": svg.RED, "waiting": svg.AMBER, "stopped": svg.VIOLET}.get(status, svg.INK2)


def mark(x: float, y: float, status: Status) -> str:
    """The station by its status: shape first, colour second."""
    at = f"{svg.number(x)} {svg.number(y)}"
    if status == "done":
        tick = _shape(f"M{at}m-4.5.3l3.3 3.4 6-7", "none", ' stroke="#fff" stroke-width="2.2"')
        return f"{_disc(x, y, 10, svg.BRAND)}{tick}"
    if status == "here":
        return _disc(x, y, 16, "#FFF0D6") + svg.dot(x, y, svg.BRAND, 11, svg.LIGHT, 4)
    if status == "late":
        octagon = _shape(f"M{at}m-5-12h10l7 7v10l-7 7h-10l-7-7v-10z", svg.RED)
        return octagon + _shape(f"M{at}m-1-7h2l-.5 8h-1z", "#fff") + _disc(x, y + 5, 1.4, "#fff")
    if status == "waiting":
        edge = f' stroke="{svg.AMBER}" stroke-width="1.5" stroke-linejoin="round"'
        triangle = _shape(f"M{at}m0-12l13 22h-26z", svg.LIGHT, edge)
        return triangle + _shape(f"M{at}m-1-5h2l-.5 7h-1z", "#3D2500") + _disc(x, y + 5.5, 1.3, "#3D2500")
    if status == "stopped":
        bars = _shape(f"M{at}m-5-5h3.5v10h-3.5zm6.5 0h3.5v10h-3.5z", svg.VIOLET)
        return svg.dot(x, y, svg.VIOLET, 11, svg.VIOLET2, 2) + bars
    return svg.dot(x, y, "#8A9794", 9, "#fff", 3)


def _shape(d: str, fill: str, more: str = "") -> str:
    return f'<path d="{d}" fill="{fill}"{more}/>'


def _disc(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{svg.number(x)}" cy="{svg.number(y)}" r="{svg.number(radius)}" fill="{fill}"/>'
