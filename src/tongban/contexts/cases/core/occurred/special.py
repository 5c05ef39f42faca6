"""Events of special procedures."""

from __future__ import annotations

from tongban.contexts.cases.core.events import CaseEvent

ALL: tuple[type[CaseEvent], ...] = ()
