"""Events of the way along the route: timers, messages, tables, rounds of reviewers, escalation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from tongban.contexts.cases.core.events import CaseEvent


@dataclass(frozen=True)
class RuleDecided(CaseEvent):
    """A table of the route was asked: the file with its fingerprint, what it was given, which rules made the answer."""

    TYPE: ClassVar[str] = "case.rule_decided"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"inputs"})  # answers of the applicant
    node: str
    node_name: str
    node_name_en: str
    reference: str
    key: str
    name: str
    digest: str
    inputs: dict[str, Any]
    result: Any
    rules: tuple[int, ...]
    basis: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class RoundDecided(CaseEvent):
    """Several have come to a result."""

    TYPE: ClassVar[str] = "case.round_decided"
    node: str
    name: str
    name_en: str
    agreed: bool
    yes: int
    no: int
    at: datetime


@dataclass(frozen=True)
class TimerFired(CaseEvent):
    """A timer of the route has come; what it does follows in RouteAdvanced."""

    TYPE: ClassVar[str] = "case.timer_fired"
    timer: str
    node: str
    name: str
    name_en: str
    due: datetime
    at: datetime


@dataclass(frozen=True)
class MessageSent(CaseEvent):
    """The route sent a message. `to`: names of whom the diagram draws as its receiver."""

    TYPE: ClassVar[str] = "case.message_sent"
    node: str
    name: str
    name_en: str
    message: str
    to: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class MessageReceived(CaseEvent):
    """A message that the route waited for has come. `by_name` and `text` of an applicant are personal."""

    TYPE: ClassVar[str] = "case.message_received"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text", "by_name"})
    wait: str
    node: str
    message: str
    name: str
    name_en: str
    sender: str
    text: str
    by: str
    by_name: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class Raised(CaseEvent):
    """Who holds a task reported an error, or escalated it; the route has an answer to it."""

    TYPE: ClassVar[str] = "case.raised"
    task: str
    kind: str  # error | escalation
    code: str
    name: str  # of the event that takes it
    name_en: str
    reason: str
    by: str
    by_name: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class Escalated(CaseEvent):
    """The route escalated, and nothing in it takes that: approvers and supervisors of the organ are to look."""

    TYPE: ClassVar[str] = "case.escalated"
    node: str
    name: str
    name_en: str
    code: str
    at: datetime


@dataclass(frozen=True)
class EscalationSettled(CaseEvent):
    """An approver or supervisor of the organ looked and says what was done."""

    TYPE: ClassVar[str] = "case.escalation_settled"
    number: int
    note: str
    by: str
    by_name: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class RouteMigrated(CaseEvent):
    """The case goes on along the route of a newer version of its item; materials, limits and fees stay as they were."""

    TYPE: ClassVar[str] = "case.route_migrated"
    old_version: int
    new_version: int
    lanes: dict[str, str]  # whose the lanes of the new route are
    reason: str
    by: str
    by_name: str
    at: datetime


ALL: tuple[type[CaseEvent], ...] = (
    RuleDecided,
    RoundDecided,
    TimerFired,
    MessageSent,
    MessageReceived,
    Raised,
    Escalated,
    EscalationSettled,
    RouteMigrated,
)
