"""What each command of this area may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.state import CaseState

DECIDERS: dict[type, Callable[[CaseState, Any, Facts], list[Any]]] = {}
