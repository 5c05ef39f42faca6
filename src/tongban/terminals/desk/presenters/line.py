"""The way of a case as a desk draws it: on parallel tracks the result stands beside the office's task."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tongban.contexts.cases.core.state import Task
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.process.core.routes import Node
from tongban.terminals.common.presenters import route, words
from tongban.terminals.common.presenters.languages import either, language
from tongban.ui import dates
from tongban.ui.pictures import Parallel, Station, Way


def line(view: CaseView, today: date) -> Way:
    """`presenters.route.way`, with tracks that say in short who said what and when."""
    way = route.way(view, today)
    if view.route is None:
        return way
    blocks = [piece for piece in route.pieces(view.route) if isinstance(piece, tuple) and len(piece) > 1]
    tasks = {task.node: task for task in view.state.tasks}
    segments: list[Station | Parallel] = []
    for segment in way.segments:
        fits = isinstance(segment, Parallel) and blocks and len(blocks[0]) == len(segment.tracks)
        segments.append(_block(segment, blocks.pop(0), tasks) if isinstance(segment, Parallel) and fits else segment)
    return Way(tuple(segments))


def _block(drawn: Parallel, nodes: tuple[tuple[Node, ...], ...], tasks: dict[str, Task]) -> Parallel:
    return Parallel(
        tuple(
            tuple(_station(station, node, tasks.get(node.id)) for station, node in zip(track, ids, strict=False))
            for track, ids in zip(drawn.tracks, nodes, strict=True)
        )
    )


def _station(drawn: Station, node: Node, task: Task | None) -> Station:
    if task is None or task.done_at is None:
        return drawn
    note = f"{words.outcome_words(task.outcome)} · {dates.day(task.done_at, language())}"
    return replace(drawn, name=either(node.name, node.name_en), note=note)
