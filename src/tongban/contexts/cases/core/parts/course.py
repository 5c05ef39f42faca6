"""Values of the way along the route: timers, messages, tables, rounds of reviewers, escalation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

#: Lengths one after the other, each in its own unit (process.core.routes.TimeUnit).
Lengths = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Timer:
    """A timer that runs. `due` follows from `since` by the calendar; `version` counts how often it was worked out, and
    fences what is due: of an older version nothing comes any more.

    `host`: the task, round or sub-process it is attached to. `interrupts`: it takes that away when it comes.
    """

    id: str
    node: str
    name: str
    name_en: str
    lengths: Lengths
    moment: str  # ISO 8601, where the route names the moment itself
    since: datetime
    due: datetime
    provisional: bool = False
    host: str = ""
    interrupts: bool = True
    version: int = 1


@dataclass(frozen=True)
class Awaited:
    """A message that the case waits for. `sender`: applicant, system, or the lane whose organ (`agency`) answers."""

    id: str
    node: str
    message: str
    name: str
    name_en: str
    sender: str
    agency: str
    role: str
    since: datetime
    host: str = ""


@dataclass(frozen=True)
class Ruling:
    """What a table of the route answered. `rules`: numbers of the rules that made the result, of the last table."""

    node: str
    reference: str
    key: str
    name: str
    digest: str  # SHA-256 of the published file
    result: Any  # plain JSON
    rules: tuple[int, ...]
    basis: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class RoundResult:
    """What several came to."""

    node: str
    agreed: bool
    yes: int
    no: int
    at: datetime


@dataclass(frozen=True)
class Escalation:
    """Something was escalated and nothing in the route takes it: the organ's approvers and supervisors look."""

    number: int  # from 1
    node: str
    code: str
    name: str
    name_en: str
    at: datetime
    settled_at: datetime | None = None
    settled_by: str = ""
    settled_by_name: str = ""
    note: str = ""


@dataclass(frozen=True)
class CancelledTask:
    """A task that was taken back, and why: timer, message, round, raised, ended. `name`: of the event that did it."""

    task: str
    why: str
    name: str = ""
    name_en: str = ""
