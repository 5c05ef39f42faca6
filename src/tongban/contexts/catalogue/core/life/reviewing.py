"""Deciding the steps that all versions share: another person for each, a reason for giving back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tongban.contexts.catalogue.core.findings import Finding, errors
from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life import refusals as r
from tongban.contexts.catalogue.core.life.events import Step
from tongban.contexts.catalogue.core.life.reviewed import STAGE_NAMES, LifeStage, Reviewed
from tongban.kernel.refusals import Words

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


@dataclass(frozen=True)
class Acts:
    """The events that a kind of version records for the steps that all share; each is called with its fields."""

    submitted: Callable[[str, datetime, int], Any]
    returned: Callable[[Step, str, str, datetime], Any]
    department_approved: Callable[[str, str, datetime], Any]
    legality_approved: Callable[[str, str, datetime], Any]
    abandoned: Callable[[str, datetime], Any]


def require(state: Reviewed, *stages: LifeStage) -> None:
    """Refuses `WrongStage` unless the version stands in one of `stages`."""
    if state.stage not in stages:
        raise r.WrongStage(stage=STAGE_NAMES[state.stage])


def require_other_person(state: Reviewed, step: Step, by: str) -> None:
    """Refuses `SamePerson` where `by` wrote in it or took another of its steps."""
    earlier = {"department": state.department_reviewer, "legal": state.legal_reviewer}
    if by in state.editors or by == state.author:  # who loaded a file is its author, and no editor
        raise r.SamePerson(earlier=DRAFTER, step=PERSONS[step])
    for other, person in earlier.items():
        if other != step and by == person:
            raise r.SamePerson(earlier=PERSONS[other], step=PERSONS[step])


def require_sound(findings: Sequence[Finding]) -> None:
    """Refuses `DraftHasErrors`."""
    if errors(findings):
        raise r.DraftHasErrors(findings)


def require_base(state: Reviewed, in_force: int) -> None:
    """Refuses `BaseMoved` or `BaseGone` where another version than its base is in force; 0 = none is."""
    if in_force == state.base:
        return
    if not in_force:
        raise r.BaseGone
    raise r.BaseMoved(current=in_force)


def approve(state: Reviewed, command: c.Approve, by: str, now: datetime, acts: Acts) -> Sequence[Any]:
    """The department or the legal review agrees."""
    if command.step == "publish":
        raise r.VerdictUnknown
    require(state, STAGE_OF[command.step])
    require_other_person(state, command.step, by)
    made = acts.department_approved if command.step == "department" else acts.legality_approved
    return [made(command.note.strip(), by, now)]


def give_back(state: Reviewed, command: c.Return, by: str, now: datetime, acts: Acts) -> Sequence[Any]:
    """A reviewer or the publisher gives it back, with a reason."""
    require(state, STAGE_OF[command.step])
    require_other_person(state, command.step, by)
    if not command.note.strip():
        raise r.NoteMissing(field="note")
    return [acts.returned(command.step, command.note.strip(), by, now)]


def abandon(state: Reviewed, by: str, now: datetime, acts: Acts) -> Sequence[Any]:
    """Its drafters give it up."""
    if not state.is_open:
        raise r.WrongStage(stage=STAGE_NAMES[state.stage])
    return [acts.abandoned(by, now)]
