"""Deciding: the steps of a route or table are those of an item version, and each is another person's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life import reviewing
from tongban.contexts.catalogue.core.life.events import LifeEvent
from tongban.contexts.catalogue.core.life.refusals import ChangedSince
from tongban.contexts.catalogue.core.life.reviewed import LifeStage
from tongban.contexts.catalogue.core.life.reviewing import Acts, require, require_other_person
from tongban.contexts.catalogue.core.modelling import commands as m
from tongban.contexts.catalogue.core.modelling import events as e
from tongban.contexts.catalogue.core.modelling import refusals as r
from tongban.contexts.catalogue.core.modelling.state import ModelState

Events = Sequence[LifeEvent]
ACTS = Acts(e.ModelSubmitted, e.ModelReturned, e.ModelDepartmentApproved, e.ModelLegalityApproved, e.ModelAbandoned)


def decide(state: ModelState, command: m.Command, facts: m.Facts) -> Events:
    """The events a command leads to. Refuses with the classes of `refusals` and of `life.refusals`; never half-way."""
    return _DECIDERS[type(command)](state, command, facts)


def _require_ready(state: ModelState, facts: m.Facts) -> None:
    """Its base is still in force, nothing is wrong in it, and it says something new."""
    if facts.in_force != state.base:
        raise r.ModelBaseMoved(current=facts.in_force)
    if any(fault.severity == "error" for fault in facts.faults):
        raise r.ModelHasErrors(facts.faults)
    if state.digest == facts.digest:
        raise r.ModelSaysTheSame(current=facts.in_force)


def _open(state: ModelState, command: m.OpenModel, facts: m.Facts) -> Events:
    require(state, LifeStage.NONE)
    return [
        e.ModelDrafted(
            command.kind,
            command.key,
            command.number,
            command.base,
            command.written,
            command.agency,
            facts.by,
            facts.now,
            command.origin,
        )
    ]


def _save(state: ModelState, command: m.SaveModel, facts: m.Facts) -> Events:
    require(state, LifeStage.DRAFT)
    if command.seen and command.seen != state.digest:
        raise r.ModelMoved
    return [e.ModelSaved(command.written, facts.by, facts.now)]


def _submit(state: ModelState, command: c.Submit, facts: m.Facts) -> Events:
    require(state, LifeStage.DRAFT)
    if command.checked and command.checked != state.digest:
        raise ChangedSince
    _require_ready(state, facts)
    return [e.ModelSubmitted(facts.by, facts.now, len(facts.faults))]


def _approve(state: ModelState, command: c.Approve, facts: m.Facts) -> Events:
    return reviewing.approve(state, command, facts.by, facts.now, ACTS)


def _return(state: ModelState, command: c.Return, facts: m.Facts) -> Events:
    return reviewing.give_back(state, command, facts.by, facts.now, ACTS)


def _publish(state: ModelState, command: m.PublishModel, facts: m.Facts) -> Events:
    require(state, LifeStage.APPROVED)
    require_other_person(state, "publish", facts.by)
    _require_ready(state, facts)
    return [e.ModelPublished(command.items, facts.by, facts.now)]


def _supersede(state: ModelState, command: c.Supersede, facts: m.Facts) -> Events:
    require(state, LifeStage.PUBLISHED)
    return [e.ModelSuperseded(command.by_number, facts.now)]


def _abandon(state: ModelState, command: c.Abandon, facts: m.Facts) -> Events:
    return reviewing.abandon(state, facts.by, facts.now, ACTS)


def _load(state: ModelState, command: m.LoadModel, facts: m.Facts) -> Events:
    require(state, LifeStage.NONE)
    return [
        e.ModelLoaded(
            command.kind,
            command.key,
            command.number,
            command.base,
            command.written,
            command.agency,
            facts.by,
            facts.now,
            command.origin,
        )
    ]


_DECIDERS: dict[type, Callable[[ModelState, Any, m.Facts], Events]] = {
    m.OpenModel: _open,
    m.SaveModel: _save,
    c.Submit: _submit,
    c.Approve: _approve,
    c.Return: _return,
    m.PublishModel: _publish,
    c.Supersede: _supersede,
    c.Abandon: _abandon,
    m.LoadModel: _load,
}
