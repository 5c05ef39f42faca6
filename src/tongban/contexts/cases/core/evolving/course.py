"""How a case changes by the way along the route: timers, messages, tables, rounds of reviewers, escalation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core.occurred import course as o
from tongban.contexts.cases.core.parts.course import Escalation, RoundResult, Ruling
from tongban.contexts.cases.core.state import CaseState, Task


def route_advanced(state: CaseState, event: e.RouteAdvanced) -> CaseState:
    """Tasks open and are taken back; of timers and messages those stay that the position still waits for."""
    gone = {one.task for one in event.cancelled}
    tasks = tuple(replace(task, cancelled_at=event.at) if task.id in gone else task for task in state.tasks)
    opened = tuple(
        Task(
            t.id, t.node, t.act, t.role, t.lane, t.agency, t.name, t.name_en, event.at,
            round=t.round, item=t.item,
        )
        for t in event.opened
    )  # fmt: skip
    waits = {wait.id for wait in event.position.waits}
    return replace(
        state,
        position=event.position,
        tasks=tasks + opened,
        timers=tuple(one for one in (*state.timers, *event.timers) if one.id in waits),
        awaited=tuple(one for one in (*state.awaited, *event.awaited) if one.id in waits),
    )


def _rule_decided(state: CaseState, event: o.RuleDecided) -> CaseState:
    ruling = Ruling(
        event.node, event.reference, event.key, event.name, event.digest, event.result, event.rules, event.basis,
        event.at,
    )  # fmt: skip
    return replace(state, rulings=(*state.rulings, ruling))


def _round_decided(state: CaseState, event: o.RoundDecided) -> CaseState:
    result = RoundResult(event.node, event.agreed, event.yes, event.no, event.at)
    return replace(state, round_results=(*state.round_results, result))


def _escalated(state: CaseState, event: o.Escalated) -> CaseState:
    number = len(state.escalations) + 1
    one = Escalation(number, event.node, event.code, event.name, event.name_en, event.at)
    return replace(state, escalations=(*state.escalations, one))


def _settled(state: CaseState, event: o.EscalationSettled) -> CaseState:
    def settle(one: Escalation) -> Escalation:
        if one.number != event.number:
            return one
        return replace(
            one, settled_at=event.at, settled_by=event.by, settled_by_name=event.by_name, note=event.note
        )  # fmt: skip

    return replace(state, escalations=tuple(settle(one) for one in state.escalations))


def _migrated(state: CaseState, event: o.RouteMigrated) -> CaseState:
    return replace(state, route_version=event.new_version, lanes=event.lanes)


def _received(state: CaseState, event: o.MessageReceived) -> CaseState:
    """Whoever answered keeps sight of the case."""
    return replace(state, heard=(*state.heard, event.agency)) if event.agency else state


def _told(state: CaseState, event: Any) -> CaseState:
    """It happened; what it changes follows in RouteAdvanced."""
    return state


EVOLVERS: dict[type, Callable[[CaseState, Any], CaseState]] = {
    o.RuleDecided: _rule_decided,
    o.RoundDecided: _round_decided,
    o.TimerFired: _told,
    o.MessageSent: _told,
    o.MessageReceived: _received,
    o.Raised: _told,
    o.Escalated: _escalated,
    o.EscalationSettled: _settled,
    o.RouteMigrated: _migrated,
}
