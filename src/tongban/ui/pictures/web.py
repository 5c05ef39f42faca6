"""Who needs whose paper, for the whole city: papers in columns from what comes first to what comes last.

Only papers that another one waits for, or that wait, are drawn; what goes in circles is red and stands out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tongban.ui.pictures import svg

_COLUMN, _BOX, _TALL, _ROW, _TOP = 240.0, 196.0, 42.0, 52.0, 46.0
#: More than this is no picture any more; the most wanted are drawn and the rest is counted in words.
MOST = 72


@dataclass(frozen=True)
class WebPaper:
    """A paper: what it is called and which office issues it; `group` gives offices their colours."""

    key: str
    name: str
    office: str
    group: str = ""


@dataclass(frozen=True)
class Web:
    """Papers and who waits for whom: (waits, for). `circles` are keys in their order; `chain` is the longest way."""

    papers: tuple[WebPaper, ...]
    waits: tuple[tuple[str, str], ...]
    circles: tuple[tuple[str, ...], ...] = ()
    chain: tuple[str, ...] = ()


def web(drawn: Web) -> SafeString:
    """The drawing in its natural size; it scrolls by itself where the page is narrower."""
    papers = _chosen(drawn)
    edges = [(a, b) for a, b in drawn.waits if a in papers and b in papers]
    red = {edge for circle in drawn.circles for edge in zip(circle, (*circle[1:], circle[0]), strict=True)}
    columns = _columns(papers, [edge for edge in edges if edge not in red])
    places = _places(columns, edges)
    colours = _colours(papers)
    chain = set(zip(drawn.chain[1:], drawn.chain, strict=False))
    height = _TOP + _ROW * max((len(column) for column in columns), default=1) + 12
    body = [svg.text(12, 22, _("先办"), css="s"), *_ends(len(columns))]
    for edge in sorted(edges, key=lambda pair: (pair in red, pair in chain)):
        colour, wide = (svg.RED, 3.0) if edge in red else (svg.INK, 3.0) if edge in chain else (svg.EDGE, 1.2)
        body.append(_edge(places[edge[1]], places[edge[0]], colour, wide))
    for key, (x, y) in places.items():
        body += _box(papers[key], x, y, colours[papers[key].group], red=any(key in circle for circle in drawn.circles))
    left_out = len({key for edge in drawn.waits for key in edge}) - len(papers)
    return svg.picture(_COLUMN * len(columns), height, body, _sentence(drawn, left_out), natural=True)


def _sentence(drawn: Web, left_out: int) -> str:
    words = _("谁要谁的证：%(papers)s 种证件之间有 %(waits)s 处要求，%(circles)s 处绕圈。") % {
        "papers": len({key for edge in drawn.waits for key in edge}),
        "waits": len(drawn.waits),
        "circles": len(drawn.circles),
    }
    return words + (_("图上只画最常被要的，另有 %(n)s 种没有画。") % {"n": left_out} if left_out > 0 else "")


def _chosen(drawn: Web) -> Mapping[str, WebPaper]:
    """Papers on circles and on the chain, then the most connected, at most `MOST`."""
    degree: dict[str, int] = {}
    for a, b in drawn.waits:
        degree[a], degree[b] = degree.get(a, 0) + 1, degree.get(b, 0) + 1
    first = {key for circle in drawn.circles for key in circle} | set(drawn.chain)
    ordered = sorted((p for p in drawn.papers if p.key in degree), key=lambda p: (p.key not in first, -degree[p.key]))
    return {paper.key: paper for paper in ordered[:MOST]}


def _columns(papers: Mapping[str, WebPaper], edges: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Longest-path layers; what a circle leaves over keeps the layer it reached."""
    depth = dict.fromkeys(papers, 0)
    for _round in range(len(papers)):
        moved = False
        for a, b in edges:
            if depth[a] < depth[b] + 1 <= len(papers):
                depth[a] = depth[b] + 1
                moved = True
        if not moved:
            break
    layers = sorted(set(depth.values()))
    return [sorted(key for key in papers if depth[key] == layer) for layer in layers]


def _places(columns: list[list[str]], edges: Sequence[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Rows by the mean row of the neighbours before (barycentre), so that few lines cross."""
    rows: dict[str, float] = {}
    tallest = max((len(column) for column in columns), default=1)
    for column in columns:
        mean = {
            key: sum(found) / len(found) if (found := [rows[b] for a, b in edges if a == key and b in rows]) else 1e6
            for key in column
        }
        column.sort(key=lambda key: (mean[key], key))
        for number, key in enumerate(column):
            rows[key] = number + (tallest - len(column)) / 2
    return {
        key: (12 + _COLUMN * number, _TOP + _ROW * rows[key]) for number, column in enumerate(columns) for key in column
    }


def _colours(papers: Mapping[str, WebPaper]) -> dict[str, str]:
    groups = sorted({paper.group for paper in papers.values()})
    return {group: svg.ROUTE[number % len(svg.ROUTE)] for number, group in enumerate(groups)}


def _ends(columns: int) -> list[str]:
    if columns < 2:
        return []
    x = _COLUMN * columns - 28
    line = f'<path d="M52 17H{svg.number(x - 44)}" stroke="{svg.LINE}" stroke-width="1.5"/>'
    return [line, svg.text(x, 22, _("后办"), css="s", anchor="end")]


def _edge(source: tuple[float, float], target: tuple[float, float], colour: str, width: float) -> str:
    (x0, y0), (x1, y1) = source, target
    a, b, y0, y1 = x0 + _BOX, x1, y0 + _TALL / 2, y1 + _TALL / 2
    bend = max(24.0, abs(b - a) / 2)
    n = svg.number
    return svg.path(f"M{n(a)} {n(y0)}C{n(a + bend)} {n(y0)} {n(b - bend)} {n(y1)} {n(b)} {n(y1)}", colour, width)


def _box(paper: WebPaper, x: float, y: float, colour: str, *, red: bool) -> list[str]:
    edge = svg.RED if red else svg.LINE
    n = svg.number
    lines = svg.wrap(paper.name, _BOX - 18, 13)
    out = [
        f'<rect x="{n(x)}" y="{n(y)}" width="{n(_BOX)}" height="{n(_TALL)}" rx="4" fill="#fff" stroke="{edge}"/>',
        f'<rect x="{n(x)}" y="{n(y)}" width="5" height="{n(_TALL)}" rx="2" fill="{svg.RED if red else colour}"/>',
        svg.text(x + 12, y + 17, lines[0], size=13, bold=True),
    ]
    if len(lines) > 1:
        out.append(svg.text(x + 12, y + 34, lines[1], size=13, bold=True))
    else:
        out.append(svg.text(x + 12, y + 34, svg.one_line(paper.office, _BOX - 18, 12), size=12, css="s"))
    return out
