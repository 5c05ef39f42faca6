"""Which materials an applicant needs, given the answers so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tongban.contexts.catalogue.core.items import Item, Material
from tongban.contexts.process.core.sfeel import evaluate

Reason = Literal["always", "answers", "fetched", "generated", "later"]


@dataclass(frozen=True)
class NeededMaterial:
    """A material that belongs to this application, and why.

    "always": everybody brings it (必要) · "answers": these answers call for it (情形) · "fetched": the city has it
    and fetches it (免提交) · "generated": the platform writes it from the form · "later": may follow after
    acceptance (容缺).
    """

    material: Material
    reason: Reason

    @property
    def must_bring(self) -> bool:
        """True when the application is not complete without it."""
        return self.reason in ("always", "answers")

    @property
    def may_bring(self) -> bool:
        """True when the applicant can hand it in, now or later."""
        return self.must_bring or self.reason == "later"


def typed_values(item: Item, values: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as conditions compare them: whole numbers as numbers, the rest as given (S-FEEL mixes no kinds)."""
    numbers = (
        field.id
        for fields in (item.situation, *(step.fields for step in (item.handling.form if item.handling else ())))
        for field in fields
        if field.kind in ("integer", "money")
    )
    typed = dict(values)
    for name in numbers:
        if isinstance(typed.get(name), str) and typed[name].isascii() and typed[name].isdigit():
            typed[name] = int(typed[name])
    return typed


def needed_materials(item: Item, values: Mapping[str, Any]) -> tuple[NeededMaterial, ...]:
    """The materials of `item` for an application with the answers `values` (form field id -> value), in their order.

    A question not answered yet makes its condition false, so the list grows as answers come.
    """
    typed = typed_values(item, values)
    return tuple(
        NeededMaterial(material, reason_of(material)) for material in item.materials if evaluate(material.when, typed)
    )


def reason_of(material: Material) -> Reason:
    """Why a material belongs to an application whose answers call for it."""
    if material.source == "generated":
        return "generated"
    if material.need == "exempt":
        return "fetched"
    if material.need == "tolerable":
        return "later"
    return "answers" if material.when else "always"
