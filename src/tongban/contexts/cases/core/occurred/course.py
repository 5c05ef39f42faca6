"""Events of the way along the route: timers, messages, tables, rounds of reviewers, escalation."""

from __future__ import annotations

from tongban.contexts.cases.core.events import CaseEvent

ALL: tuple[type[CaseEvent], ...] = ()
