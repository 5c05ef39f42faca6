"""Guidance by situation: a few questions, and the list of materials that the answers leave.

The questions of an item are those it states itself (`situation`), else the questions of its form that the conditions
of materials and prerequisites read. A condition that reads a question not answered yet is undecided: its material is
shown as one that depends, never dropped and never demanded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from tongban.contexts.catalogue.core.beside import Law
from tongban.contexts.catalogue.core.items import Basis, Field, Item, Material, Prerequisite
from tongban.contexts.catalogue.core.materials import Reason, reason_of, typed_values
from tongban.contexts.process.core import sfeel

Answers = Mapping[str, str | list[str]]
#: Nobody answers more before they see a list; the questions that decide least are left to the form.
MOST_QUESTIONS = 6


@dataclass(frozen=True)
class PersonalMaterial:
    """A material that belongs to these answers; `sure` False where a question it depends on is open."""

    material: Material
    reason: Reason
    sure: bool

    @property
    def must_bring(self) -> bool:
        """True when the applicant surely has to hand it in."""
        return self.sure and self.material.source == "self" and self.reason in ("always", "answers")


@dataclass(frozen=True)
class Personal:
    """What the answers so far leave of an item."""

    questions: tuple[Field, ...]  # those that apply
    open: tuple[Field, ...]  # of these, the ones not answered
    materials: tuple[PersonalMaterial, ...]
    spared: tuple[Material, ...]  # materials of others, which these answers do not ask for
    first: tuple[Prerequisite, ...]  # groups that must be met before, as far as they apply


def questions(item: Item) -> tuple[Field, ...]:
    """The questions that narrow what `item` asks for, in the order in which they are asked; () when nothing depends."""
    if item.situation:
        return item.situation
    fields = {field.id: field for step in (item.handling.form if item.handling else ()) for field in step.fields}
    weight = Counter(name for when in _conditions(item) for name in _names(when) if name in fields)
    order = {name: place for place, name in enumerate(fields)}
    chosen: set[str] = set()
    for name in sorted(weight, key=lambda one: (-weight[one], order[one])):
        wanted = chosen | _with_ancestors(name, fields)
        if len(wanted) <= MOST_QUESTIONS:
            chosen = wanted
    return tuple(field for name, field in fields.items() if name in chosen)


def kept(item: Item, given: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """The answers among `given` that these questions know: offered options, numbers within bounds, short texts.

    Everything else is dropped without a word: it comes from an address that anybody may write.
    """
    return kept_among(questions(item), given)


def kept_among(asked: Iterable[Field], given: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """The answers among `given` to the questions `asked`, as `kept`."""
    found: dict[str, str | list[str]] = {}
    for field in asked:
        value = given.get(field.id)
        if isinstance(value, list):
            options = [option.value for option in field.options if option.value in value]
            if field.kind == "multi" and options:
                found[field.id] = options
        elif isinstance(value, str) and value and _fits(field, value):
            found[field.id] = value
    return found


def personal(item: Item, answers: Answers) -> Personal:
    """What `item` asks of somebody with these answers (field id -> value, as `kept` leaves them)."""
    fields = {field.id: field for field in questions(item)}
    values = typed_values(item, answers)
    shown = tuple(f for f in fields.values() if _decided(f.when, fields, values) and sfeel.evaluate(f.when, values))
    materials: list[PersonalMaterial] = []
    spared: list[Material] = []
    for material in item.materials:
        sure = _decided(material.when, fields, values)
        if sure and not sfeel.evaluate(material.when, values):
            spared.append(material)
        else:
            materials.append(PersonalMaterial(material, reason_of(material), sure))
    return Personal(
        questions=shown,
        open=tuple(f for f in shown if f.id not in values),
        materials=tuple(materials),
        spared=tuple(spared),
        first=tuple(_first(item.prerequisites, fields, values)),
    )


def _first(
    group: Prerequisite | None, fields: Mapping[str, Field], values: Mapping[str, Any]
) -> Iterator[Prerequisite]:
    """Groups each of which must be met; those that the answers surely switch off are left out."""
    if group is None or _off(group, fields, values):
        return
    if group.mode == "any":
        yield group
        return
    yield from (Prerequisite("all", (code,), when=group.when) for code in group.items)
    for child in group.groups:
        yield from _first(child, fields, values)


def _off(group: Prerequisite, fields: Mapping[str, Field], values: Mapping[str, Any]) -> bool:
    return _decided(group.when, fields, values) and not sfeel.evaluate(group.when, values)


def _decided(condition: str, fields: Mapping[str, Field], values: Mapping[str, Any]) -> bool:
    """Whether every question that `condition` reads is answered, or surely not asked."""
    return all(_settled(name, fields, values) for name in _names(condition))


def _settled(name: str, fields: Mapping[str, Field], values: Mapping[str, Any]) -> bool:
    if name in values:
        return True
    field = fields.get(name)
    if field is None or not field.when or name in _names(field.when):
        return False
    return _decided(field.when, fields, values) and not sfeel.evaluate(field.when, values)


def _conditions(item: Item) -> Iterator[str]:
    yield from (material.when for material in item.materials if material.when)
    if item.prerequisites is not None:
        yield from _of_group(item.prerequisites)


def _of_group(group: Prerequisite) -> Iterator[str]:
    if group.when:
        yield group.when
    for child in group.groups:
        yield from _of_group(child)


def _with_ancestors(name: str, fields: Mapping[str, Field]) -> set[str]:
    """A question and those that decide whether it is asked at all."""
    found, waiting = set[str](), [name]
    while waiting:
        one = waiting.pop()
        if one in fields and one not in found:
            found.add(one)
            waiting += _names(fields[one].when)
    return found


@lru_cache(maxsize=4096)
def _names(condition: str) -> frozenset[str]:
    return sfeel.names(condition)


def _fits(field: Field, value: str) -> bool:
    if field.options:
        return field.kind == "choice" and value in {option.value for option in field.options}
    if field.kind in ("integer", "money"):
        if not (value.isascii() and value.isdigit() and len(value) <= 15):
            return False
        low = 0 if field.minimum is None else field.minimum
        return low <= int(value) and (field.maximum is None or int(value) <= field.maximum)
    if field.kind == "date":
        return _is_day(value)
    return field.kind in ("text", "textarea") and len(value) <= field.max_length


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


# -- legal basis ------------------------------------------------------------------------------------------------------

Force = Literal["unknown", "coming", "in_force", "ended"]


def force(basis: Basis, law: Law | None, today: date) -> Force:
    """Whether a basis is in force on `today`, by its own dates and by the list of laws; "unknown" when neither says."""
    starts = [day for day in (basis.effective_from, law.effective_from if law else "") if day]
    ends = [day for day in (basis.effective_to, law.effective_to if law else "") if day]
    now = today.isoformat()
    if any(day < now for day in ends):
        return "ended"
    if any(day > now for day in starts):
        return "coming"
    return "in_force" if starts else "unknown"
