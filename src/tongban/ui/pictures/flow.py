"""A process diagram with the live state of a case: shapes where the diagram has them, marks beside colours.

Values are in the reader's language already. `flow_text` says the same in words; the picture names every mark in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tongban.ui.pictures import svg
from tongban.ui.pictures.staff import mark
from tongban.ui.pictures.way import Status, status_words

#: As of `Status`; cancelled = taken back; left_out = passed without being recorded; plain = not reached, or no case.
FlowStatus = Literal["done", "here", "waiting", "late", "stopped", "cancelled", "left_out", "plain"]
Point = tuple[float, float]
_GREY, _PALE, _BAND = "#8A9794", "#C3CDC9", "#F3F6F5"
_SIZE, _SMALL = 13.0, 11.5


@dataclass(frozen=True)
class FlowShape:
    """One shape: `kind` and `sort` as of the diagram, its place, its words, how it stands and one line on that."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    name: str = ""
    sort: str = ""
    status: FlowStatus = "plain"
    note: str = ""
    label: tuple[float, float, float] | None = None  # middle, top and width of the place of its name
    expanded: bool = False
    horizontal: bool = True
    interrupting: bool = True
    several: str = ""


@dataclass(frozen=True)
class FlowEdge:
    """One line. `passed`: the case went this way."""

    kind: str
    points: tuple[Point, ...]
    name: str = ""
    label: Point | None = None  # middle of the place of its name
    passed: bool = False
    default: bool = False


@dataclass(frozen=True)
class FlowPicture:
    """A whole diagram, `left` and `top` of its box, and whether it shows a case."""

    name: str
    left: float
    top: float
    width: float
    height: float
    shapes: tuple[FlowShape, ...]
    edges: tuple[FlowEdge, ...]
    live: bool = False


def flow(picture: FlowPicture, *, opened: bool = False) -> SafeString:
    """The diagram folded away behind its name, in a box of its own that scrolls, with the marks explained."""
    used = list(dict.fromkeys(s.status for s in picture.shapes if s.status != "plain"))
    legend = [(mark_safe(_alone(status)), flow_status_words(status)) for status in used]  # noqa: S308 - no words in it
    drawing = flow_svg(picture)
    return render_to_string(
        "ui/flow.html", {"drawing": drawing, "legend": legend, "name": picture.name, "open": opened}
    )


def flow_svg(picture: FlowPicture) -> SafeString:
    """The drawing alone, with its title and its description for who can't see it."""
    box = " ".join(map(svg.number, (picture.left, picture.top, picture.width, picture.height)))
    size = f'width="{svg.number(picture.width)}" height="{svg.number(picture.height)}"'
    title = _("流程图：%(name)s") % {"name": picture.name} if picture.name else _("流程图")
    said = _("；").join(flow_text(picture))
    body = [*_bands(picture.shapes), *map(_edge, picture.edges), *_shapes(picture.shapes)]
    body += [text for edge in picture.edges for text in _edge_name(edge)]
    return mark_safe(  # noqa: S308 - parts are escaped below
        f'<svg viewBox="{box}" {size} role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
        f'<desc>{escape(said)}</desc><g fill="{svg.INK}" font-size="{svg.number(_SIZE)}">{"".join(body)}</g></svg>'
    )


def flow_text(picture: FlowPicture) -> tuple[str, ...]:
    """Every step in words, from left to right: its name, how it stands, and what is noted."""
    told = []
    for shape in sorted(picture.shapes, key=lambda one: (one.x, one.y)):
        if shape.kind not in ("task", "call", "subprocess") and (shape.status == "plain" or not shape.name):
            continue
        words = shape.name
        if picture.live:
            words = _("%(name)s：%(status)s") % {"name": shape.name, "status": flow_status_words(shape.status)}
        told.append(_("%(what)s（%(note)s）") % {"what": words, "note": shape.note} if shape.note else words)
    return tuple(told)


def flow_status_words(status: FlowStatus) -> str:
    """The status in a word."""
    if status == "cancelled":
        return _("不再办")
    if status == "left_out":
        return _("没有记录")
    known: Status = "next" if status == "plain" else status
    return status_words(known)


# -- shapes ----------------------------------------------------------------------------------------------------------


def _bands(shapes: Sequence[FlowShape]) -> Iterator[str]:
    for shape in shapes:
        if shape.kind in ("pool", "lane"):
            yield _rect(shape, "#fff" if shape.kind == "lane" else _BAND, svg.EDGE, 1)
            yield _head(shape)
        elif shape.expanded or shape.kind == "group":
            dash = ' stroke-dasharray="8 4"' if shape.kind == "group" else ""
            yield _rect(shape, "none" if shape.kind == "group" else "#fff", svg.EDGE, 1.5, 8, dash)
            yield _text(shape.x + shape.width / 2, shape.y + 18, shape.name, shape.width - 16, bold=True)


def _head(shape: FlowShape) -> str:
    """The name of a pool or lane: along its left edge, or across its top."""
    if not shape.horizontal:
        return _text(shape.x + shape.width / 2, shape.y + 19, shape.name, shape.width - 8)
    x, y = shape.x + 19, shape.y + shape.height / 2
    words = svg.one_line(shape.name, shape.height - 8, _SIZE)
    return (
        f'<text transform="translate({svg.number(x)} {svg.number(y)}) rotate(-90)" text-anchor="middle">'
        f"{escape(words)}</text>"
    )


def _shapes(shapes: Sequence[FlowShape]) -> Iterator[str]:
    for shape in shapes:
        if shape.kind in ("pool", "lane", "group"):
            continue
        if shape.kind in ("task", "call", "subprocess", "other"):
            yield from _task(shape) if not shape.expanded else ()
        elif shape.kind == "gateway":
            yield from _gateway(shape)
        elif shape.kind in ("data", "store", "note"):
            yield from _thing(shape)
        else:
            yield from _event(shape)
        if shape.status != "plain":
            yield _state(shape)


def _stroke(shape: FlowShape) -> tuple[str, float, str]:
    """Colour, width and dash of an outline: never the colour alone."""
    if shape.status in ("cancelled", "left_out"):
        return _GREY, 1.5, ' stroke-dasharray="4 3"'
    live = shape.status in ("here", "late", "waiting", "stopped")
    colour = {"late": svg.RED, "waiting": svg.AMBER, "stopped": svg.VIOLET}.get(shape.status, svg.BRAND)
    return (colour, 3, "") if live else (svg.BRAND, 2, "") if shape.status == "done" else (svg.INK2, 1.5, "")


def _task(shape: FlowShape) -> Iterator[str]:
    colour, width, dash = _stroke(shape)
    fill = {"here": svg.LIGHT2, "waiting": svg.LIGHT2, "stopped": svg.VIOLET2}.get(shape.status, "#fff")
    yield _rect(shape, fill, colour, 4 if shape.kind == "call" else width, 8, dash)
    middle, room = shape.x + shape.width / 2, shape.width - 12
    marked = bool(shape.several) or shape.kind == "subprocess"
    lines = svg.wrap(shape.name, room, _SIZE, 2 if shape.note or marked else 3)
    y = shape.y + shape.height / 2 - (len(lines) + bool(shape.note)) * 8 + 12 - 4 * marked
    for number, line in enumerate(lines):
        yield _line(middle, y + 16 * number, line)
    if shape.note:
        yield _line(middle, y + 16 * len(lines) - 1, svg.one_line(shape.note, room, _SMALL), _SMALL, svg.INK2)
    if marked:
        yield _foot(shape, middle, shape.y + shape.height - 12)


def _foot(shape: FlowShape, x: float, y: float) -> str:
    """The marks at the lower edge: several at once, one after the other, more inside."""
    if shape.several == "parallel":
        d = f"M{svg.number(x - 4)} {svg.number(y)}v9m4-9v9m4-9v9"
    elif shape.several:
        d = f"M{svg.number(x - 5)} {svg.number(y)}h10m-10 4h10m-10 4h10"
    else:
        d = f"M{svg.number(x - 5)} {svg.number(y)}h10v10h-10zm5 2v6m-3-3h6"
    return f'<path d="{d}" fill="none" stroke="{svg.INK2}" stroke-width="1.5"/>'


_GATE: dict[str, str] = {
    "exclusive": "m-6-6l12 12m0-12l-12 12",
    "parallel": "m0-8v16m-8-8h16",
    "inclusive": "m-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0",
    "complex": "m0-8v16m-8-8h16m-14-6l12 12m0-12l-12 12",
    "event_based": "m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0m9-5l5 4-2 6h-6l-2-6z",
}


def _gateway(shape: FlowShape) -> Iterator[str]:
    colour, width, dash = _stroke(shape)
    half = (shape.width / 2, shape.height / 2)
    n = svg.number
    across, down = n(half[0]), n(half[1])
    d = f"M{n(shape.x)} {n(shape.y + half[1])}l{across} -{down} {across} {down} -{across} {down}z"
    yield f'<path d="{d}" fill="#fff" stroke="{colour}" stroke-width="{n(width)}"{dash}/>'
    sign = _GATE.get(shape.sort, "")
    if sign:
        middle = f"M{n(shape.x + half[0])} {n(shape.y + half[1])}"
        yield f'<path d="{middle}{sign}" fill="none" stroke="{svg.INK}" stroke-width="2.5"/>'
    yield from _name_beside(shape)


_SIGNS: dict[str, str] = {
    "timer": "m-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0m8-6v6l4 2",
    "message": "m-8-5h16v10h-16zl8 6 8-6",
    "escalation": "m0-7l5 13-5-5-5 5z",
    "error": "m-6 6l4-11 4 6 4-8-4 11-4-6z",
    "signal": "m0-7l7 12h-14z",
    "terminate": "m-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0",
    "conditional": "m-6-7h12v14h-12zm3 4h6m-6 3h6m-6 3h6",
    "link": "m-7-3h8v-4l6 7-6 7v-4h-8z",
    "compensate": "m-8 0l7-5v10zm7 0l7-5v10z",
    "cancel": "m-5-5l10 10m0-10l-10 10",
    "multiple": "m0-7l7 5-3 8h-8l-3-8z",
}


def _event(shape: FlowShape) -> Iterator[str]:
    colour, width, dash = _stroke(shape)
    x, y, radius = shape.x + shape.width / 2, shape.y + shape.height / 2, min(shape.width, shape.height) / 2
    if not shape.interrupting:
        dash = ' stroke-dasharray="4 3"'
    heavy = 3.5 if shape.kind == "end" else width
    yield _circle(x, y, radius, colour, heavy, dash)
    if shape.kind in ("catch", "throw", "boundary"):
        yield _circle(x, y, radius - 3, colour, 1, dash)
    sign = _SIGNS.get(shape.sort, "")
    if sign:
        filled = shape.kind in ("throw", "end") and shape.sort != "timer"
        fill = svg.INK if filled else "none"
        at = f"M{svg.number(x)} {svg.number(y)}"
        edge = "#fff" if filled and shape.sort == "message" else svg.INK
        yield f'<path d="{at}{sign}" fill="{fill}" stroke="{edge}" stroke-width="1.5" stroke-linejoin="round"/>'
    yield from _name_beside(shape)


def _name_beside(shape: FlowShape) -> Iterator[str]:
    """The name of an event or gateway, and its note: where the diagram has room for it, else below."""
    middle, top, room = shape.label or (shape.x + shape.width / 2, shape.y + shape.height + 5, 90.0)
    lines = [(line, _SMALL) for line in svg.wrap(shape.name, max(room, 90.0), _SMALL, 3)]
    if shape.note:
        lines.append((svg.one_line(shape.note, 130, _SMALL), _SMALL))
    for number, (line, size) in enumerate(lines):
        yield _line(middle, top + 11 + 14 * number, line, size)


def _thing(shape: FlowShape) -> Iterator[str]:
    """Data, stores and remarks: they do nothing, and stay pale."""
    n = svg.number
    if shape.kind == "note":
        d = f"M{n(shape.x + 10)} {n(shape.y)}h-10v{n(shape.height)}h10"
        yield f'<path d="{d}" fill="none" stroke="{svg.EDGE}"/>'
        for number, line in enumerate(svg.wrap(shape.name, max(shape.width - 8, 60), _SMALL, 4)):
            yield svg.text(shape.x + 7, shape.y + 14 + 14 * number, line, size=_SMALL)
        return
    yield _rect(shape, "#fff", svg.EDGE, 1, 10 if shape.kind == "store" else 0)
    yield from _name_beside(shape)


def _state(shape: FlowShape) -> str:
    """The mark at the upper right corner, in its own shape."""
    x, y = shape.x + shape.width - 4, shape.y + 4
    if shape.kind not in ("task", "call", "subprocess", "other"):
        x, y = shape.x + shape.width - 3, shape.y + 3
    return _mark_at(x, y, shape.status)


def _mark_at(x: float, y: float, status: FlowStatus) -> str:
    if status == "cancelled":
        cross = f'<path d="M{svg.number(x)} {svg.number(y)}m-4-4l8 8m0-8l-8 8" stroke="{_GREY}" stroke-width="2.2"/>'
        return svg.dot(x, y, _GREY, 9, "#fff", 2) + cross
    if status == "left_out":
        dash = f'<path d="M{svg.number(x - 4)} {svg.number(y)}h8" stroke="{_GREY}" stroke-width="2.2"/>'
        return svg.dot(x, y, _GREY, 9, "#fff", 2) + dash
    return mark(x, y, status) if status != "plain" else ""


def _alone(status: FlowStatus) -> str:
    """The mark by itself, for the legend."""
    return f'<svg viewBox="0 0 36 36" width="22" height="22" aria-hidden="true">{_mark_at(18, 18, status)}</svg>'


# -- strokes and words -----------------------------------------------------------------------------------------------


def _edge(edge: FlowEdge) -> str:
    n = svg.number
    d = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in edge.points)
    colour, width = (svg.BRAND, 3.0) if edge.passed else (svg.INK2 if edge.kind == "flow" else svg.EDGE, 1.5)
    dash = {"message": ' stroke-dasharray="6 4"', "association": ' stroke-dasharray="2 3"'}.get(edge.kind, "")
    line = f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{n(width)}" stroke-linejoin="round"{dash}/>'
    if edge.kind == "association":
        return line
    return (
        line + _arrow(edge.points, colour, filled=edge.kind == "flow") + (_slash(edge.points) if edge.default else "")
    )


def _arrow(points: Sequence[Point], colour: str, *, filled: bool) -> str:
    (x0, y0), (x, y) = _last_step(points)
    length = max(((x - x0) ** 2 + (y - y0) ** 2) ** 0.5, 0.1)
    ux, uy = (x - x0) / length, (y - y0) / length
    n = svg.number
    a = f"{n(x - 9 * ux + 4.5 * uy)} {n(y - 9 * uy - 4.5 * ux)}"
    b = f"{n(x - 9 * ux - 4.5 * uy)} {n(y - 9 * uy + 4.5 * ux)}"
    return f'<path d="M{n(x)} {n(y)}L{a} {b}z" fill="{colour if filled else "#fff"}" stroke="{colour}"/>'


def _last_step(points: Sequence[Point]) -> tuple[Point, Point]:
    """The last piece of a line that has a length."""
    end = points[-1]
    return next((one for one in reversed(points[:-1]) if one != end), points[0]), end


def _slash(points: Sequence[Point]) -> str:
    """The stroke across the beginning of a default flow."""
    (x0, y0), (x1, y1) = points[0], next((one for one in points[1:] if one != points[0]), points[-1])
    length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 0.1)
    x, y = x0 + 9 * (x1 - x0) / length, y0 + 9 * (y1 - y0) / length
    return f'<path d="M{svg.number(x - 4)} {svg.number(y + 5)}l8-10" stroke="{svg.INK2}" stroke-width="1.5"/>'


def _edge_name(edge: FlowEdge) -> Iterable[str]:
    if not edge.name:
        return
    x, y = edge.label or _halfway(edge.points)
    words = svg.one_line(edge.name, 140, _SMALL)
    yield (
        f'<text x="{svg.number(x)}" y="{svg.number(y)}" text-anchor="middle" font-size="{svg.number(_SMALL)}" '
        f'stroke="#fff" stroke-width="4" paint-order="stroke">{escape(words)}</text>'
    )


def _halfway(points: Sequence[Point]) -> Point:
    """Above the middle of the longest piece."""
    pieces = list(pairwise(points))
    (x0, y0), (x1, y1) = max(pieces, key=lambda piece: abs(piece[0][0] - piece[1][0]) + abs(piece[0][1] - piece[1][1]))
    return (x0 + x1) / 2, (y0 + y1) / 2 - 5


def _rect(shape: FlowShape, fill: str, colour: str, width: float, radius: float = 0, more: str = "") -> str:
    n = svg.number
    round_ = f' rx="{n(radius)}"' if radius else ""
    return (
        f'<rect x="{n(shape.x)}" y="{n(shape.y)}" width="{n(shape.width)}" height="{n(shape.height)}"{round_} '
        f'fill="{fill}" stroke="{colour}" stroke-width="{n(width)}"{more}/>'
    )


def _circle(x: float, y: float, radius: float, colour: str, width: float, more: str) -> str:
    n = svg.number
    edge = f'stroke="{colour}" stroke-width="{n(width)}"{more}'
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" fill="#fff" {edge}/>'


def _text(x: float, y: float, words: str, room: float, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    line = escape(svg.one_line(words, room, _SIZE))
    return f'<text x="{svg.number(x)}" y="{svg.number(y)}" text-anchor="middle"{weight}>{line}</text>' if line else ""


def _line(x: float, y: float, words: str, size: float = _SIZE, fill: str = "") -> str:
    own = f' font-size="{svg.number(size)}"' if size != _SIZE else ""
    colour = f' fill="{fill}"' if fill else ""
    return f'<text x="{svg.number(x)}" y="{svg.number(y)}" text-anchor="middle"{own}{colour}>{escape(words)}</text>'
