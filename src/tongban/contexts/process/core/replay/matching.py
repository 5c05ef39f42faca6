"""Which task of a route an activity of a log means: by a mapping, by id, or by its Chinese or English name."""

from __future__ import annotations

import csv
import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tongban.contexts.process.core.replay.refusals import MapRefused
from tongban.contexts.process.core.routes import Node, Route

LARGEST_MAP: Final = 4 * 1024**2
#: Never done, so never recorded.
_NO_STEP: Final = frozenset({"exclusive", "parallel", "inclusive", "event_based"})
_HEADERS: Final = frozenset({"activity", "活动", "环节活动"})


@dataclass(frozen=True)
class Match:
    """What each activity means. `ignored`: left out because the mapping says so; `unmatched`: on no route.

    `near`: for an unmatched activity the name on the route that is most like it, where one is.
    """

    nodes: Mapping[str, tuple[str, ...]]
    ignored: frozenset[str]
    unmatched: tuple[str, ...]
    near: Mapping[str, str]

    @property
    def named(self) -> frozenset[str]:
        return frozenset(node for nodes in self.nodes.values() for node in nodes)


def match(route: Route, activities: Iterable[str], mapping: Mapping[str, str] | None = None) -> Match:
    """What `activities` mean on `route`; `mapping` comes first, then ids, then names (case and width do not count)."""
    names = _names(route)
    nodes: dict[str, tuple[str, ...]] = {}
    ignored, unmatched, near = set(), [], {}
    for activity in activities:
        wanted = (mapping or {}).get(activity, activity)
        if not wanted:
            ignored.add(activity)
        elif wanted in route.nodes and route.nodes[wanted].kind not in _NO_STEP:
            nodes[activity] = (wanted,)
        elif _plain(wanted) in names:
            nodes[activity] = tuple(names[_plain(wanted)])
        else:
            unmatched.append(activity)
            alike = difflib.get_close_matches(_plain(wanted), names, 1, 0.75)
            if alike:
                near[activity] = _shown(route.nodes[names[alike[0]][0]])
    return Match(nodes, frozenset(ignored), tuple(unmatched), near)


def _names(route: Route) -> dict[str, list[str]]:
    """Nodes by their names; where a task and an event share a name, the task has it."""
    names: dict[str, list[str]] = {}
    for node in sorted(route.nodes.values(), key=lambda node: not _is_work(node)):
        if node.kind in _NO_STEP:
            continue
        for name in {_plain(node.name), _plain(node.name_en)} - {""}:
            known = names.setdefault(name, [])
            if not known or _is_work(route.nodes[known[0]]) == _is_work(node):
                known.append(node.id)
    return names


def _is_work(node: Node) -> bool:
    return node.is_task or node.kind in ("receive", "subprocess")


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _shown(node: Node) -> str:
    return node.name or node.name_en or node.id


def read_mapping(text: bytes, route: Route) -> dict[str, str]:
    """A mapping file (UTF-8 CSV: activity, then id or name of the task, empty = leave it out), checked by `route`.

    Refuses `MapRefused` naming the line.
    """
    if len(text) > LARGEST_MAP:
        raise MapRefused(1, value=f"> {LARGEST_MAP // 1024**2} MB")
    names = _names(route)
    mapping: dict[str, str] = {}
    rows = csv.reader(_decoded(text).splitlines(), strict=True)
    try:
        for row in rows:
            cells = [" ".join(cell.split()) for cell in row]
            if not any(cells) or (rows.line_num == 1 and cells[0].casefold() in _HEADERS):
                continue
            if len(cells) != 2 or not cells[0] or mapping.get(cells[0], cells[1]) != cells[1]:
                raise MapRefused(rows.line_num, value=",".join(row)[:80])
            known = cells[1] in route.nodes and route.nodes[cells[1]].kind not in _NO_STEP
            if cells[1] and not known and _plain(cells[1]) not in names:
                raise MapRefused(rows.line_num, value=cells[1][:80])
            mapping[cells[0]] = cells[1]
    except csv.Error:
        raise MapRefused(rows.line_num + 1, value="CSV") from None
    return mapping


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MapRefused(text[: error.start].count(b"\n") + 1, value="UTF-8") from None
