"""Deciding: which step may follow which, by whom, on what day. Every step is another person's.

draft -> department review -> legal review -> published -> superseded or cancelled: the way of a normative document with
its legality review (国办发〔2018〕37号, 国办发〔2018〕115号), carried over to item versions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life import events as e
from tongban.contexts.catalogue.core.life import refusals as r
from tongban.contexts.catalogue.core.life import reviewing
from tongban.contexts.catalogue.core.life.reviewing import (
    STAGE_OF,
    Acts,
    require,
    require_base,
    require_other_person,
    require_sound,
)
from tongban.contexts.catalogue.core.life.state import LifeStage, VersionState

__all__ = ["STAGE_OF", "decide", "effective_day", "validity"]

Events = Sequence[e.LifeEvent]
ACTS = Acts(e.DraftSubmitted, e.DraftReturned, e.DepartmentApproved, e.LegalityApproved, e.DraftAbandoned)


def decide(state: VersionState, command: c.Command, facts: c.Facts) -> Events:
    """The events a command leads to. Refuses with the classes of `refusals`; never half-way."""
    return _DECIDERS[type(command)](state, command, facts)


def validity(content: str) -> tuple[str, str]:
    """`valid_from` and `valid_to` of a source ("" where it says nothing that is a text)."""
    source = msgspec.json.decode(content) if content else {}
    first, last = source.get("valid_from"), source.get("valid_to")
    return first if isinstance(first, str) else "", last if isinstance(last, str) else ""


def _open(state: VersionState, command: c.Open, facts: c.Facts) -> Events:
    require(state, LifeStage.NONE)
    return [
        e.ItemDrafted(command.code, command.number, command.base, command.written, facts.by, facts.now, command.origin)
    ]


def _save(state: VersionState, command: c.Save, facts: c.Facts) -> Events:
    require(state, LifeStage.DRAFT)
    if command.instead_of and command.instead_of != state.content:
        raise r.ContentMoved
    return [e.DraftSaved(command.written, facts.by, facts.now)]


def _submit(state: VersionState, command: c.Submit, facts: c.Facts) -> Events:
    require(state, LifeStage.DRAFT)
    if command.checked and command.checked != state.content:
        raise r.ChangedSince
    require_base(state, facts.in_force.number)
    require_sound(facts.findings)
    return [e.DraftSubmitted(facts.by, facts.now, len(facts.findings))]


def _approve(state: VersionState, command: c.Approve, facts: c.Facts) -> Events:
    return reviewing.approve(state, command, facts.by, facts.now, ACTS)


def _return(state: VersionState, command: c.Return, facts: c.Facts) -> Events:
    return reviewing.give_back(state, command, facts.by, facts.now, ACTS)


def _publish(state: VersionState, command: c.Publish, facts: c.Facts) -> Events:
    require(state, LifeStage.APPROVED)
    require_other_person(state, "publish", facts.by)
    require_base(state, facts.in_force.number)
    require_sound(facts.findings)
    day = effective_day(state.content, command.effective_from, facts)
    if day > facts.today.isoformat():
        return [e.VersionScheduled(day, facts.by, facts.now)]
    return [_in_force(state, day, facts.by, facts)]


def _put_in_force(state: VersionState, command: c.PutInForce, facts: c.Facts) -> Events:
    if not state.is_scheduled:
        return []
    if facts.today.isoformat() < state.effective_from:
        raise r.LifeNotYetDue
    require_base(state, facts.in_force.number)
    require_sound(facts.findings)
    return [_in_force(state, state.effective_from, state.publisher, facts)]


def effective_day(content: str, wanted: str, facts: c.Facts) -> str:
    """The ISO day from which `content` is in force: as `wanted`, else as soon as it allows.

    Refuses `DayPassed`, `OutsideValidity`, and `DatesOverlap` with the version in force.
    """
    first, last = validity(content)
    today = facts.today.isoformat()
    day = wanted or max(first, today)
    if day < today:
        raise r.DayPassed(field="effective_from", day=day)
    if day < first or (last and day > last):
        raise r.OutsideValidity(field="effective_from", day=day, first=first or "…", last=last or "…")
    if day < facts.in_force.effective_from:
        raise r.DatesOverlap(field="effective_from", day=day, current=facts.in_force.effective_from)
    return day


def _end(content: str, facts: c.Facts) -> tuple[str, str]:
    """The first day without force and its reason: from the content, or as the version before was to end."""
    _, last = validity(content)
    own = (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last else ""
    before = facts.in_force.ends_on if facts.in_force.end_reason else ""
    if before and (not own or before < own):
        return before, facts.in_force.end_reason
    return own, ""


def _in_force(state: VersionState, day: str, by: str, facts: c.Facts) -> e.VersionPublished:
    assert facts.published is not None
    ends_on, reason = _end(state.content, facts)
    return e.VersionPublished(facts.published, day, by, facts.now, ends_on, reason)


def _supersede(state: VersionState, command: c.Supersede, facts: c.Facts) -> Events:
    require(state, LifeStage.PUBLISHED)
    return [e.VersionSuperseded(command.by_number, facts.now)]


def _cancel(state: VersionState, command: c.Cancel, facts: c.Facts) -> Events:
    require(state, LifeStage.PUBLISHED)
    reason, today = command.reason.strip(), facts.today.isoformat()
    if not reason:
        raise r.NoteMissing(field="reason")
    if command.on < today:
        raise r.DayPassed(field="on", day=command.on)
    _, last = validity(state.content)
    if last and command.on > last:  # it would be in force longer than it says
        raise r.OutsideValidity(field="on", day=command.on, first=state.effective_from, last=last)
    if command.on > today:
        return [e.CancellationScheduled(command.on, reason, facts.by, facts.now)]
    return [e.ItemCancelled(command.on, reason, facts.by, facts.now)]


def _end_now(state: VersionState, command: c.EndNow, facts: c.Facts) -> Events:
    if state.stage is not LifeStage.PUBLISHED or not state.ends_on:
        return []
    if facts.today.isoformat() < state.ends_on:
        raise r.LifeNotYetDue
    return [e.ItemCancelled(state.ends_on, state.end_reason, facts.by, facts.now)]


def _abandon(state: VersionState, command: c.Abandon, facts: c.Facts) -> Events:
    return reviewing.abandon(state, facts.by, facts.now, ACTS)


def _load(state: VersionState, command: c.Load, facts: c.Facts) -> Events:
    require(state, LifeStage.NONE)
    content = command.written.content
    adopted = bool(command.effective_from)
    day = command.effective_from or effective_day(content, "", facts)
    ends_on, reason = ("", "") if adopted else _end(content, facts)
    loaded = e.ItemLoaded(
        command.code,
        command.number,
        command.base,
        command.written,
        command.published,
        day,
        facts.by,
        facts.now,
        command.origin,
        day > facts.today.isoformat(),
        ends_on,
        reason,
    )
    if command.superseded_by:
        return [loaded, e.VersionSuperseded(command.superseded_by, command.superseded_at or facts.now)]
    return [loaded]


def _pin(state: VersionState, command: c.Pin, facts: c.Facts) -> Events:
    require(state, LifeStage.NONE)
    day = effective_day(command.written.content, "", facts)
    ends_on, reason = _end(command.written.content, facts)
    return [
        e.ItemPinned(
            command.code,
            command.number,
            facts.in_force.number,
            command.written,
            command.published,
            day,
            facts.by,
            facts.now,
            command.origin,
            command.model,
            *command.persons,
            ends_on,
            reason,
        )
    ]


def _rebase(state: VersionState, command: c.Rebase, facts: c.Facts) -> Events:
    if not state.is_open or state.base != facts.in_force.number:
        return []
    return [e.DraftRebased(command.base, command.model, facts.now)]


_DECIDERS: dict[type, Callable[[VersionState, Any, c.Facts], Events]] = {
    c.Open: _open,
    c.Save: _save,
    c.Submit: _submit,
    c.Approve: _approve,
    c.Return: _return,
    c.Publish: _publish,
    c.PutInForce: _put_in_force,
    c.Supersede: _supersede,
    c.Cancel: _cancel,
    c.EndNow: _end_now,
    c.Abandon: _abandon,
    c.Load: _load,
    c.Pin: _pin,
    c.Rebase: _rebase,
}
