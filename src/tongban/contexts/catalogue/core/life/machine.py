"""Deciding: which step may follow which, by whom, on what day. Every step is another person's.

draft -> department review -> legal review -> published -> superseded or cancelled: the way of a normative document with
its legality review (国办发〔2018〕37号, 国办发〔2018〕115号), carried over to item versions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from tongban.contexts.catalogue.core.findings import errors
from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life import events as e
from tongban.contexts.catalogue.core.life import refusals as r
from tongban.contexts.catalogue.core.life.state import STAGE_NAMES, LifeStage, VersionState
from tongban.kernel.refusals import Words

Events = Sequence[e.LifeEvent]
#: What a person who took part is called, in the order of the steps.
DRAFTER = Words("起草人", "drafter")
PERSONS: dict[str, Words] = {
    "department": Words("部门审核人", "department reviewer"),
    "legal": Words("法制审核人", "legal reviewer"),
    "publish": Words("发布人", "publisher"),
}
#: Where each step begins.
STAGE_OF: dict[str, LifeStage] = {
    "department": LifeStage.DEPARTMENT_REVIEW,
    "legal": LifeStage.LEGAL_REVIEW,
    "publish": LifeStage.APPROVED,
}


def decide(state: VersionState, command: c.Command, facts: c.Facts) -> Events:
    """The events a command leads to. Refuses with the classes of `refusals`; never half-way."""
    return _DECIDERS[type(command)](state, command, facts)


def validity(content: str) -> tuple[str, str]:
    """`valid_from` and `valid_to` of a source ("" where it says nothing that is a text)."""
    source = msgspec.json.decode(content) if content else {}
    first, last = source.get("valid_from"), source.get("valid_to")
    return first if isinstance(first, str) else "", last if isinstance(last, str) else ""


def _require(state: VersionState, *stages: LifeStage) -> None:
    if state.stage not in stages:
        raise r.WrongStage(stage=STAGE_NAMES[state.stage])


def _require_other_person(state: VersionState, step: e.Step, by: str) -> None:
    earlier = {"department": state.department_reviewer, "legal": state.legal_reviewer}
    if by in state.editors or by == state.author:  # who loaded a file is its author, and no editor
        raise r.SamePerson(earlier=DRAFTER, step=PERSONS[step])
    for other, person in earlier.items():
        if other != step and by == person:
            raise r.SamePerson(earlier=PERSONS[other], step=PERSONS[step])


def _require_sound(facts: c.Facts) -> None:
    if errors(facts.findings):
        raise r.DraftHasErrors(facts.findings)


def _require_base(state: VersionState, facts: c.Facts) -> None:
    if facts.in_force.number == state.base:
        return
    if not facts.in_force.number:
        raise r.BaseGone
    raise r.BaseMoved(current=facts.in_force.number)


def _open(state: VersionState, command: c.Open, facts: c.Facts) -> Events:
    _require(state, LifeStage.NONE)
    return [
        e.ItemDrafted(command.code, command.number, command.base, command.written, facts.by, facts.now, command.origin)
    ]


def _save(state: VersionState, command: c.Save, facts: c.Facts) -> Events:
    _require(state, LifeStage.DRAFT)
    if command.instead_of and command.instead_of != state.content:
        raise r.ContentMoved
    return [e.DraftSaved(command.written, facts.by, facts.now)]


def _submit(state: VersionState, command: c.Submit, facts: c.Facts) -> Events:
    _require(state, LifeStage.DRAFT)
    if command.checked and command.checked != state.content:
        raise r.ChangedSince
    _require_base(state, facts)
    _require_sound(facts)
    return [e.DraftSubmitted(facts.by, facts.now, len(facts.findings))]


def _approve(state: VersionState, command: c.Approve, facts: c.Facts) -> Events:
    if command.step == "publish":
        raise r.VerdictUnknown
    _require(state, STAGE_OF[command.step])
    _require_other_person(state, command.step, facts.by)
    note = command.note.strip()
    if command.step == "department":
        return [e.DepartmentApproved(note, facts.by, facts.now)]
    return [e.LegalityApproved(note, facts.by, facts.now)]


def _return(state: VersionState, command: c.Return, facts: c.Facts) -> Events:
    _require(state, STAGE_OF[command.step])
    _require_other_person(state, command.step, facts.by)
    if not command.note.strip():
        raise r.NoteMissing(field="note")
    return [e.DraftReturned(command.step, command.note.strip(), facts.by, facts.now)]


def _publish(state: VersionState, command: c.Publish, facts: c.Facts) -> Events:
    _require(state, LifeStage.APPROVED)
    _require_other_person(state, "publish", facts.by)
    _require_base(state, facts)
    _require_sound(facts)
    day = effective_day(state.content, command.effective_from, facts)
    if day > facts.today.isoformat():
        return [e.VersionScheduled(day, facts.by, facts.now)]
    return [_in_force(state, day, facts.by, facts)]


def _put_in_force(state: VersionState, command: c.PutInForce, facts: c.Facts) -> Events:
    if not state.is_scheduled:
        return []
    if facts.today.isoformat() < state.effective_from:
        raise r.LifeNotYetDue
    _require_base(state, facts)
    _require_sound(facts)
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
    _require(state, LifeStage.PUBLISHED)
    return [e.VersionSuperseded(command.by_number, facts.now)]


def _cancel(state: VersionState, command: c.Cancel, facts: c.Facts) -> Events:
    _require(state, LifeStage.PUBLISHED)
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
    if not state.is_open:
        raise r.WrongStage(stage=STAGE_NAMES[state.stage])
    return [e.DraftAbandoned(facts.by, facts.now)]


def _load(state: VersionState, command: c.Load, facts: c.Facts) -> Events:
    _require(state, LifeStage.NONE)
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
}
