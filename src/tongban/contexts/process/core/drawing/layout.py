"""Places for a diagram that has none: columns from left to right by how far along the route a step lies, lanes as
bands, sub-processes around what is in them. Simple on purpose: whoever wants it finer draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tongban.contexts.process.core.drawing.values import Box, Edge, Point, Shape

_SIZES: Final = {"task": (110.0, 70.0), "call": (110.0, 70.0), "subprocess": (110.0, 70.0), "gateway": (50.0, 50.0)}
_EVENT: Final = (36.0, 36.0)
_ACROSS, _DOWN, _AROUND, _HEAD = 60.0, 34.0, 30.0, 30.0


@dataclass
class _Placed:
    """What was placed, from its own corner, and how much room it takes."""

    shapes: dict[str, Shape]
    width: float
    height: float


def laid_out(
    shapes: Sequence[Shape], edges: Sequence[Edge], inside: Mapping[str, str]
) -> tuple[list[Shape], list[Edge]]:
    """`shapes` and `edges` with places. `inside`: what a shape stands in; "@task" = at the edge of that task."""
    lanes = {shape.id: shape for shape in shapes if shape.kind == "lane"}
    nodes = [shape for shape in shapes if shape.kind != "lane"]
    bands = [*lanes, ""] if any(not inside.get(node.id) for node in nodes) else list(lanes)
    top = [node for node in nodes if inside.get(node.id, "") in bands]
    inner = {node.id: _inner(node.id, nodes, edges, inside) for node in top if node.expanded}
    top = [_sized(node, inner.get(node.id)) for node in top]
    ranks = _ranks([node.id for node in top], edges, inside)
    columns = _columns(top, ranks)
    placed: dict[str, Shape] = {}
    y = 0.0
    for band in bands:
        members = [node for node in top if inside.get(node.id, "") == band]
        rows = _stacked(members, ranks, columns, y)
        height = max([shape.box.y + shape.box.height for shape in rows.shapes.values()] or [y + 70]) - y + _AROUND
        placed |= rows.shapes
        if band:
            width = max((x + w for x, w in columns.values()), default=110.0) + _ACROSS
            placed[band] = replace(lanes[band], box=Box(-_HEAD - 20, y, width + _HEAD + 20, height))
        y += height
    for outer, found in inner.items():
        at = placed[outer].box
        placed |= {key: _moved(shape, at.x + _AROUND, at.y + _AROUND) for key, shape in found.shapes.items()}
    placed |= _attached(nodes, placed, inside)
    return list(placed.values()), [replace(edge, points=_line(edge, placed)) for edge in edges if _both(edge, placed)]


def _both(edge: Edge, placed: Mapping[str, Shape]) -> bool:
    return edge.source in placed and edge.target in placed


def _ranks(nodes: Sequence[str], edges: Sequence[Edge], inside: Mapping[str, str]) -> dict[str, int]:
    """How far along each node lies: the longest way to it, ways back left out."""
    known = set(nodes)
    onward: dict[str, list[str]] = {node: [] for node in nodes}
    for edge in edges:
        source = inside.get(edge.source, "")[1:] if inside.get(edge.source, "").startswith("@") else edge.source
        if source in known and edge.target in known and source != edge.target:
            onward[source].append(edge.target)
    order = _topological(nodes, onward)
    place = {node: number for number, node in enumerate(order)}
    ranks = dict.fromkeys(nodes, 0)
    for node in order:
        for target in onward[node]:
            if place[target] > place[node]:
                ranks[target] = max(ranks[target], ranks[node] + 1)
    return ranks


def _topological(nodes: Sequence[str], onward: Mapping[str, list[str]]) -> list[str]:
    """Depth first, the last finished first; where a way leads back it is a loop. Without recursion: routes are long."""
    entered = {target for targets in onward.values() for target in targets}
    seen: set[str] = set()
    finished: list[str] = []
    for root in [*(node for node in nodes if node not in entered), *nodes]:
        stack = [(root, iter(onward[root]))] if root not in seen else []
        seen.add(root)
        while stack:
            target = next((one for one in stack[-1][1] if one not in seen), None)
            if target is None:
                finished.append(stack.pop()[0])
            else:
                seen.add(target)
                stack.append((target, iter(onward[target])))
    return finished[::-1]


def _sized(node: Shape, inner: _Placed | None) -> Shape:
    width, height = _SIZES.get(node.kind, _EVENT)
    if inner is not None:
        width, height = inner.width + 2 * _AROUND, inner.height + 2 * _AROUND
    return replace(node, box=Box(0, 0, width, height))


def _moved(shape: Shape, x: float, y: float) -> Shape:
    return replace(shape, box=replace(shape.box, x=shape.box.x + x, y=shape.box.y + y))


def _columns(top: Sequence[Shape], ranks: Mapping[str, int]) -> dict[int, tuple[float, float]]:
    """Rank -> left edge and width."""
    widths: dict[int, float] = {}
    for node in top:
        widths[ranks[node.id]] = max(widths.get(ranks[node.id], 0.0), node.box.width)
    found, x = {}, 0.0
    for rank in sorted(widths):
        found[rank] = (x, widths[rank])
        x += widths[rank] + _ACROSS
    return found


def _inner(outer: str, nodes: Sequence[Shape], edges: Sequence[Edge], inside: Mapping[str, str]) -> _Placed:
    """What is in a sub-process, laid out by itself."""
    deeper = [node for node in nodes if node.id != outer and _within(node.id, outer, inside)]
    own = {node.id: "" if inside[node.id] == outer else inside[node.id] for node in deeper}
    placed, _ = laid_out(deeper, edges, own)
    right = max((shape.box.x + shape.box.width for shape in placed), default=110.0)
    bottom = max((shape.box.y + shape.box.height for shape in placed), default=70.0)
    return _Placed({shape.id: shape for shape in placed}, right, bottom)


def _within(node: str, outer: str, inside: Mapping[str, str]) -> bool:
    """Whether `node` stands in `outer`, at whatever depth; an event at the edge of `outer` stands beside it."""
    seen: set[str] = set()
    while node and node not in seen:
        seen.add(node)
        around = inside.get(node, "")
        if around == outer:
            return True
        node = around.removeprefix("@")
        if node == outer:
            return False
    return False


def _stacked(
    members: Sequence[Shape], ranks: Mapping[str, int], columns: Mapping[int, tuple[float, float]], top: float
) -> _Placed:
    """The nodes of one band: those of one rank below each other."""
    below: dict[int, float] = {}
    placed = {}
    first = max((node.box.height for node in members if not node.expanded), default=70.0)
    for node in members:
        rank = ranks[node.id]
        x, width = columns[rank]
        start = below.get(rank, top + _AROUND)
        row = max(first, node.box.height)
        box = Box(
            x + (width - node.box.width) / 2, start + (row - node.box.height) / 2, node.box.width, node.box.height
        )
        placed[node.id] = replace(node, box=box)
        below[rank] = start + row + _DOWN
    return _Placed(placed, 0.0, max(below.values(), default=top))


def _attached(nodes: Sequence[Shape], placed: dict[str, Shape], inside: Mapping[str, str]) -> dict[str, Shape]:
    """Boundary events at the lower edge of their hosts."""
    count: dict[str, int] = {}
    found = {}
    for node in nodes:
        host = placed.get(inside.get(node.id, "")[1:]) if inside.get(node.id, "").startswith("@") else None
        if host is not None:
            number = count[host.id] = count.get(host.id, 0) + 1
            x = host.box.x + host.box.width - 42.0 * number
            found[node.id] = replace(node, box=Box(x, host.box.y + host.box.height - 18, *_EVENT))
    return found


def _line(edge: Edge, placed: Mapping[str, Shape]) -> tuple[Point, ...]:
    """Onward from the right side to the left one with a bend between; back around the lower edge."""
    source, target = placed[edge.source], placed[edge.target]
    (sx, sy), (tx, ty) = source.box.middle, target.box.middle
    right, left = source.box.x + source.box.width, target.box.x
    if source.kind == "boundary":
        foot = source.box.y + source.box.height
        return (sx, foot), (sx, max(foot + 14, ty)), (left if left > sx else tx, max(foot + 14, ty)), (tx, ty)
    if left > right:
        if abs(sy - ty) < 1 and left - right > 1.5 * _ACROSS:  # over what stands between
            high = min(source.box.y, target.box.y) - 20
            return (sx, source.box.y), (sx, high), (tx, high), (tx, target.box.y)
        if abs(sy - ty) < 1:
            return (right, sy), (left, ty)
        bend = left - _ACROSS / 2
        return (right, sy), (bend, sy), (bend, ty), (left, ty)
    low = max(source.box.y + source.box.height, target.box.y + target.box.height) + 16
    return (sx, source.box.y + source.box.height), (sx, low), (tx, low), (tx, target.box.y + target.box.height)
