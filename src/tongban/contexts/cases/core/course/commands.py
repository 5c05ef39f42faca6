"""What can be asked of a case on its way along the route. Each names who asks through `Facts.actor`."""

from __future__ import annotations

from dataclasses import dataclass

from tongban.contexts.cases.core.commands import AreaCommand


@dataclass(frozen=True)
class FireTimer(AreaCommand):
    """By the clock: a timer of the route has come. `version`: as it was worked out when it was put down as due."""

    timer: str
    version: int


@dataclass(frozen=True)
class GiveMessage(AreaCommand):
    """The answer that the route waits for: of the applicant, of an organ, or of the system. `wait`: its id; for the
    system also the name of the message."""

    wait: str
    text: str


@dataclass(frozen=True)
class Report(AreaCommand):
    """Who holds a task reports an error, or escalates it, where the route says what then. `kind`: error|escalation."""

    task: str
    kind: str
    code: str
    reason: str


@dataclass(frozen=True)
class SettleEscalation(AreaCommand):
    """An approver of the organ looked at what was escalated, and says what was done."""

    number: int
    note: str


@dataclass(frozen=True)
class MigrateRoute(AreaCommand):
    """Go on along the route of `Facts.next_version`."""

    version: int
    reason: str
