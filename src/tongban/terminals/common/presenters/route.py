"""An item's route as a plan (guide), and a case's way along it (case pages): drawn from the real route and tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.state import CaseState, Ending, Phase, Task
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.process.core.routes import Flow, Node, Route
from tongban.contexts.process.core.sfeel import evaluate
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.course import message_name, until_words
from tongban.terminals.common.presenters.languages import agency_name, agency_of_item, either, language, said
from tongban.ui import dates
from tongban.ui.pictures import Fork, Parallel, RoutePlan, Station, Stop, Way

Piece = Node | tuple[tuple[Node, ...], ...]  # a task, or tracks of tasks that run at once
Choose = Callable[[Route, Node], Flow]


def pieces(route: Route, choose: Choose | None = None) -> tuple[Piece, ...]:
    """The tasks of `route` in order, parallel blocks as tracks.

    At an exclusive gateway `choose` picks the flow; without it the default one is taken.
    """
    return tuple(_walk(route, route.start, choose or _default, set())[0])


def _default(route: Route, gateway: Node) -> Flow:
    return route.outgoing[gateway.id][-1]


def _walk(route: Route, at: str, choose: Choose, seen: set[str]) -> tuple[list[Piece], str]:
    """Pieces from `at` to the end, or to the join that closes the block one stands in; its id, "" at the end."""
    found: list[Piece] = []
    while at not in seen:
        seen.add(at)
        node, leaving = route.nodes[at], route.outgoing[at]
        if node.is_task and node.kind == "user":
            found.append(node)
        elif node.kind == "subprocess":
            inside = route.ways_in(node.body)[0]
            found += [piece for entry in inside for piece in _walk(route, entry, choose, seen)[0]]
        if not leaving:
            return found, ""
        if node.kind in ("parallel", "inclusive") and len(leaving) > 1:
            ends = [_walk(route, flow.target, choose, seen) for flow in leaving]
            tracks = tuple(track for part, _end in ends if (track := _flat(part)))
            found += [tracks] if tracks else []
            at = next((end for _part, end in ends if end), "")
            if not at:
                return found, ""
            seen.discard(at)
            at = route.outgoing[at][0].target
            continue
        target = (choose(route, node) if node.kind == "exclusive" and len(leaving) > 1 else leaving[0]).target
        if _is_join(route, target):
            return found, target
        at = target
    return found, ""


def _is_join(route: Route, node_id: str) -> bool:
    return route.nodes[node_id].kind in ("parallel", "inclusive") and len(route.incoming[node_id]) > 1


def _flat(part: list[Piece]) -> tuple[Node, ...]:
    out: list[Node] = []
    for piece in part:
        if isinstance(piece, Node):
            out.append(piece)
        else:
            out += [node for track in piece for node in track]
    return tuple(out)


# -- the plan of an item ----------------------------------------------------------------------------------------------


def plan(item: Item, route: Route) -> RoutePlan:
    """The line of an item from application to result."""
    assert item.handling is not None
    agencies = item.handling.agencies

    def stop(node: Node) -> Stop:
        return Stop(either(node.name, node.name_en), agency_of_item(agencies.get(node.lane, item.agency), short=True))

    segments: list[Stop | Fork] = [Stop(_("您提交"), "", _("当天")), Stop(capfirst(_("受理")), _("综合窗口"))]
    several = False
    for piece in pieces(route):
        if isinstance(piece, Node):
            segments.append(stop(piece))
        elif len(piece) == 1:
            segments += [stop(node) for node in piece[0]]
        else:
            several = True
            segments.append(Fork(tuple(tuple(stop(node) for node in track) for track in piece)))
    segments.append(Stop(result_words(item), "", _due_words(item)))
    return RoutePlan(tuple(segments), _("同时办，不用一家等一家。") if several else "")


def result_words(item: Item) -> str:
    """The last station: what the applicant gets."""
    if item.result.kind in ("licence", "certificate"):
        return _("发证")
    return _("发批文") if item.result.kind == "approval" else _("给结果")


def _due_words(item: Item) -> str:
    limit = item.promised or item.statutory
    if limit is None:
        return ""
    return _("当天") if limit.value == 0 else _("%(time)s内") % {"time": words.limit_words(limit)}


# -- the way of a case ------------------------------------------------------------------------------------------------


def way(view: CaseView, today: date) -> Way:
    """Where a case is, where it was and what is ahead."""
    state = view.state
    segments: list[Station | Parallel] = [Station(capfirst(_("提交")), _moment(state.submitted_at), "done")]
    if state.supplement is not None:
        segments.append(_supplement(state))
    if state.ending in (Ending.NOT_ACCEPTED, Ending.NOT_REQUIRED, Ending.NOT_COMPETENT):
        segments.append(Station(capfirst(words.ending_words(state.ending)), _moment(state.closed_at), "done"))
        return Way(tuple(segments))
    if state.accepted_at is not None:
        segments.append(Station(capfirst(_("受理")), _by(state.accepted_by_name, state.accepted_at), "done"))
    elif not state.is_over:
        segments.append(_intake(state))
    if state.ending in (Ending.WITHDRAWN, Ending.LAPSED):
        segments += [piece for piece in _route(view, today) if _begun(piece)]
        segments.append(Station(capfirst(words.ending_words(state.ending)), _moment(state.closed_at), "done"))
        return Way(tuple(segments))
    segments += _route(view, today)
    if state.ending != Ending.DENIED:
        segments.append(_result(view))
    if state.delivery == "window" and state.phase in (Phase.CLOSED, Phase.DELIVERED) and state.decision:
        done = state.delivered_at is not None
        segments.append(Station(capfirst(_("领取")), _moment(state.delivered_at), "done" if done else "waiting"))
    return Way(tuple(segments))


def _begun(piece: Station | Parallel) -> bool:
    stations = (piece,) if isinstance(piece, Station) else tuple(s for track in piece.tracks for s in track)
    return any(s.status == "done" for s in stations)


def _moment(at: Any) -> str:
    return dates.moment(at, language()) if at else ""


def _by(name: str, at: Any) -> str:
    return " ".join(filter(None, (name, dates.day(at, language()) if at else "")))


def _supplement(state: CaseState) -> Station:
    assert state.supplement is not None
    if state.supplement.answered_at:
        return Station(capfirst(_("补正")), _moment(state.supplement.answered_at), "done")
    if state.ending == Ending.LAPSED:
        return Station(capfirst(_("补正")), _("没有补"), "done")
    due = _("%(day)s前补") % {"day": dates.day(state.supplement.due, language())}
    return Station(capfirst(_("补正")), due, "waiting" if state.phase is Phase.CORRECTING else "next")


def _intake(state: CaseState) -> Station:
    if state.phase is Phase.CORRECTING:
        return Station(capfirst(_("受理")))
    due = _("最迟 %(day)s") % {"day": dates.day(state.notice_due, language())} if state.notice_due else ""
    return Station(capfirst(_("受理")), due, "here")


def _route(view: CaseView, today: date) -> list[Station | Parallel]:
    if view.route is None:
        return []
    made: list[Station | Parallel] = []
    drawn = pieces(view.route, _chooser(view.state))
    for piece in drawn:
        if isinstance(piece, Node):
            made.append(_task(piece, view.state, today))
        elif len(piece) == 1:
            made += [_task(node, view.state, today) for node in piece[0]]
        else:
            made.append(Parallel(tuple(tuple(_task(n, view.state, today) for n in track) for track in piece)))
    ahead = next((at for at, one in enumerate(made) if isinstance(one, Station) and one.status == "next"), len(made))
    return [*made[:ahead], *_beside(drawn, view, today), *made[ahead:]]


def _beside(drawn: tuple[Piece, ...], view: CaseView, today: date) -> list[Station]:
    """Tasks off the usual way, which a timer, a message or a report opened, and the answers that are waited for; tasks
    that were taken back are told in the history."""
    assert view.route is not None
    usual = {node.id for piece in drawn for node in ([piece] if isinstance(piece, Node) else _flat([piece]))}
    off = dict.fromkeys(task.node for task in view.state.tasks if task.cancelled_at is None and task.node not in usual)
    found = [_task(view.route.nodes[node], view.state, today) for node in off if node in view.route.nodes]
    asked = view.state.awaited if view.state.phase is Phase.ACCEPTED else ()
    return found + [
        Station(message_name(one), until_words(one, view.state), "waiting" if one.sender == "applicant" else "here")
        for one in asked
    ]


def _chooser(state: CaseState) -> Choose:
    """At a gateway: the way the case went, else the first whose condition holds, else the default."""
    data: dict[str, Any] = dict(state.values)
    for task in state.tasks:
        if task.done_at is not None:
            data[f"{task.node}_outcome"] = data[f"{task.act}_outcome"] = data["outcome"] = task.outcome
    visited: Mapping[str, Task] = {task.node: task for task in state.tasks}

    def choose(route: Route, gateway: Node) -> Flow:
        flows = route.outgoing[gateway.id]
        gone = next(
            (flow for flow in flows if flow.target in visited and route.nodes[flow.target].act != "decide"), None
        )
        return gone or next((flow for flow in flows if flow.condition and evaluate(flow.condition, data)), flows[-1])

    return choose


def _task(node: Node, state: CaseState, today: date) -> Station:
    name = either(node.name, node.name_en)
    of_node = [t for t in reversed(state.tasks) if t.node == node.id]
    task = next((t for t in of_node if t.is_open), None) or next((t for t in of_node if t.done_at), None)
    task = task or next(iter(of_node), None)
    if task is None:
        due = state.promised_due or state.legal_due
        note = _("最迟 %(day)s") % {"day": dates.day(due, language())} if node.act == "decide" and due else ""
        return Station(name, note)
    office = agency_name(task.agency, short=True)
    if task.cancelled_at is not None:
        return Station(name, _("%(day)s 由流程收回") % {"day": dates.day(task.cancelled_at, language())}, "done")
    if task.done_at is not None:
        if task.outcome:
            name = _("%(name)s：%(outcome)s") % {"name": name, "outcome": words.outcome_words(task.outcome)}
        return Station(name, f"{office} · {dates.day(task.done_at, language())}", "done")
    if state.is_over:
        return Station(name, office)
    if state.stopped_by is not None:
        stopped = state.stopped_by
        return Station(name, f"{office} · {either(stopped.name, stopped.name_en)}", "stopped")
    due = state.promised_due or state.legal_due
    late = due is not None and today > due
    return Station(name, office, "late" if late else "here")


def _result(view: CaseView) -> Station:
    state = view.state
    if state.phase in (Phase.CLOSED, Phase.DELIVERED):
        return Station(result_words(view.item), _moment(state.closed_at), "done")
    status = "here" if state.phase is Phase.GRANTED else "next"
    return Station(result_words(view.item), said(view.item.result.name), "here" if status == "here" else "next")
