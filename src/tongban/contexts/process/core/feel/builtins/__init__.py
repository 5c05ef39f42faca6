"""The functions of FEEL; importing the package registers them all."""

from __future__ import annotations

from tongban.contexts.process.core.feel.builtins import (
    contexts,
    conversion,
    figures,
    lists,
    logic,
    moments,
    numbers,
    ranges,
    strings,
)

__all__ = ["contexts", "conversion", "figures", "lists", "logic", "moments", "numbers", "ranges", "strings"]
