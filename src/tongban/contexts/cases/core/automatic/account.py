"""The account of what a table said, in words: each input as the form asks it, and the rules that hit, from the record.

Pages and papers tell the same; nothing is computed again here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tongban.contexts.cases.core.parts.automatic import Judged, Said
from tongban.contexts.catalogue.core.items import Field, Item
from tongban.contexts.catalogue.core.tables import KNOWN

_TRUTH = {True: Said("是", "yes"), False: Said("否", "no")}
_NONE = Said("没有填", "not given")
_YUAN = Said("元", "yuan")


@dataclass(frozen=True)
class Input:
    """One value that the table looked at."""

    name: Said
    value: Said


@dataclass(frozen=True)
class Hit:
    """One rule that made the result: its table, its number there, and its tests with the values that passed them."""

    table: str
    rule: int
    tests: tuple[Input, ...]


def inputs(judged: Judged, item: Item) -> tuple[Input, ...]:
    """Every input of the table with the value it had, in the words of the form."""
    fields = {field.id: field for step in (item.handling.form if item.handling else ()) for field in step.fields}
    given: dict[str, Any] = judged.explained.get("inputs", {})
    return tuple(Input(_name(key, fields), _value(value, fields.get(key))) for key, value in given.items())


def _name(key: str, fields: dict[str, Field]) -> Said:
    field = fields.get(key)
    if field is not None:
        return Said(field.label.zh, field.label.en)
    known = KNOWN.get(key)
    return Said(known.zh, known.en) if known is not None else Said(key, key)


def _value(value: Any, field: Field | None) -> Said:
    if value is None or value == "" or value == []:
        return _NONE
    if isinstance(value, bool):
        return _TRUTH[value]
    labels = {one.value: one.label for one in field.options} if field is not None else {}
    chosen = [str(one) for one in (value if isinstance(value, list) else [value])]
    zh = "、".join(labels[one].zh if one in labels else one for one in chosen)
    en = ", ".join(labels[one].en if one in labels else one for one in chosen)
    unit = _YUAN if field is not None and field.kind == "money" else field.unit if field is not None else None
    return Said(f"{zh} {unit.zh}", f"{en} {unit.en}") if unit is not None else Said(zh, en)


def hits(judged: Judged) -> tuple[Hit, ...]:
    """The rules that made the result, those of the decision's own table first."""
    return tuple(_hits(judged.explained))


def _hits(told: dict[str, Any]) -> Iterator[Hit]:
    for step in reversed(told.get("steps", [])):
        for table in step["tables"]:
            chosen = set(table["chosen"])
            for rule in table["hits"]:
                if rule["rule"] in chosen:
                    yield Hit(table["table"] or step["decision"], rule["rule"], _tests(rule))


def _tests(rule: dict[str, Any]) -> tuple[Input, ...]:
    return tuple(
        Input(Said(cell["name"], cell["name"]), Said(f"{_text(cell['value'])}（{cell['test']}）"))
        for cell in rule["cells"]
        if cell["test"] != "-"
    )


def _text(value: Any) -> str:
    said = _value(value, None)
    return said.zh
