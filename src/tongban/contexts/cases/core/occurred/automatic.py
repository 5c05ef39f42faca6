"""Events of decisions by a published table, their explanation, review by a person, and samples for re-check."""

from __future__ import annotations

from tongban.contexts.cases.core.events import CaseEvent

ALL: tuple[type[CaseEvent], ...] = ()
