"""Strokes, stations and text for the drawings. Everything a person wrote is escaped here, once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

INK, INK2, LINE, EDGE = "#14211F", "#465552", "#D6DDDA", "#84918E"
BRAND, LIGHT, LIGHT2 = "#0B5D57", "#F5B041", "#FFF3DC"
RED, AMBER, VIOLET, VIOLET2 = "#B3261E", "#8A4B00", "#56506E", "#ECEAF3"
#: Route colours: plans only, never status; neighbours differ most.
ROUTE = ("#0B5D57", "#2F5FA8", "#9A5200", "#7B3F78", "#3D6B1F")


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def path(d: str, colour: str, width: float = 6, dash: str = "") -> str:
    """One stroke with round ends."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{number(width)}" '
        f'stroke-linecap="round" stroke-linejoin="round"{dashed}/>'
    )


def dot(x: float, y: float, colour: str, radius: float = 9, fill: str = "#fff", width: float = 4.5) -> str:
    """A station."""
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}" '
        f'stroke="{colour}" stroke-width="{number(width)}"/>'
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 14,
    css: str = "",
    anchor: str = "start",
    bold: bool = False,
    fill: str = "",
) -> str:
    """One line of text; `css` is s (second colour) or o (halo)."""
    extra = (
        (f' class="{css}"' if css else "")
        + (' font-weight="600"' if bold else "")
        + (f' fill="{fill}"' if fill else "")
    )
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}"{place}{extra}>{escape(words)}</text>'


def picture(
    width: float, height: float, body: Iterable[str], sentence: str, css: str = "", *, natural: bool = False
) -> SafeString:
    """The whole drawing with its sentence; `natural` keeps its size instead of filling its place."""
    box = f' width="{number(width)}" height="{number(height)}"' if natural else ""
    name = f' class="{css}"' if css else ""
    return mark_safe(  # noqa: S308 - parts are escaped above
        f'<svg viewBox="0 0 {number(width)} {number(height)}"{box}{name} role="img" aria-label="{escape(sentence)}">'
        f"{''.join(body)}</svg>"
    )


def measure(words: str, size: float) -> float:
    """Width of `words` in pixels, near enough to place things: full-width signs are one em, others about half."""
    return sum(
        size if unicodedata.east_asian_width(c) in "WF" else size * (0.7 if c.isupper() else 0.58) for c in words
    )


def wrap(words: str, width: float, size: float, lines: int = 2) -> list[str]:
    """Break `words` into at most `lines` lines of `width` pixels; what does not fit ends with an ellipsis."""
    out: list[str] = []
    rest = words.strip()
    while rest:
        if measure(rest, size) <= width:
            out.append(rest)
            break
        cut = _cut(rest, width, size)
        if len(out) == lines - 1:
            out.append(rest[:cut].rstrip() + "…")
            break
        out.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return out


def one_line(words: str, width: float, size: float) -> str:
    """`words` in one line, shortened where they must be."""
    return next(iter(wrap(words, width, size, 1)), "")


def _cut(words: str, width: float, size: float) -> int:
    fits = max(1, next((n for n in range(len(words), 0, -1) if measure(words[:n], size) <= width), 1))
    if unicodedata.east_asian_width(words[fits - 1]) in "WF" or words[fits : fits + 1] == " ":
        return fits
    space = words.rfind(" ", 0, fits)
    return space if space > 0 else fits
