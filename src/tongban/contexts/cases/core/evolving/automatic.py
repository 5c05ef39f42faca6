"""How a case changes by decisions of a published table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tongban.contexts.cases.core.state import CaseState

EVOLVERS: dict[type, Callable[[CaseState, Any], CaseState]] = {}
