"""One act of the desk: what it is called, what it asks, what follows from it, and how it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongban.contexts.cases.core import commands as c
from tongban.terminals.desk.standing import Standing
from tongban.ui.forms import FieldSpec

#: Longest text of a reason or an opinion, in characters.
LONG = 2000


@dataclass(frozen=True)
class Act:
    """One act. A field `<key>-<argument>` fills that argument of `action`; `fixed` are the arguments the act sets."""

    key: str
    name: str
    effect: str
    trial: c.Command
    action: Callable[..., object]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    specs: tuple[FieldSpec, ...] = ()
    about: str = ""  # whom it is about, as people are called
    afterwards: bool = False  # it is still to be done when the case is decided, or over

    def perform(self, values: Mapping[str, Any], standing: Standing, request_id: str) -> None:
        """Do it, with the answers of the form. Refuses what the action refuses."""
        given = {spec.id.removeprefix(f"{self.key}-"): _typed(spec, values.get(spec.id, "")) for spec in self.specs}
        self.action(
            case_id=standing.view.id,
            **self.fixed,
            **given,
            actor=standing.actor,
            request_id=request_id,
            now=standing.now,
        )


def _typed(spec: FieldSpec, value: Any) -> Any:
    if spec.kind == "date":
        return date.fromisoformat(str(value))
    return int(value or 0) if spec.kind == "integer" else value


def area(key: str, name: str, label: str, *, required: bool, hint: str = "", rows: int = 3) -> FieldSpec:
    return FieldSpec(f"{key}-{name}", label, "textarea", required=required, hint=hint, max_length=LONG, rows=rows)
