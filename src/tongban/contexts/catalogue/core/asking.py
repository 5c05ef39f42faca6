"""What a decision table asks, as questions for people: those of the item's form where it has them, else made of the
table's own inputs; and what coded values are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from tongban.contexts.catalogue.core.items import Field, Item, Option, Text
from tongban.contexts.catalogue.core.tables import KNOWN, resolve
from tongban.contexts.process.core import sfeel
from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.compiled import Node
from tongban.contexts.process.core.dmn.deciding import Decisions

_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
YES_NO: Final = (Option("yes", Text("是", "Yes")), Option("no", Text("否", "No")))
_KNOWN: Final[Mapping[str, Field]] = {
    "applicant_kind": Field(
        "applicant_kind",
        Text("谁来申请？", "Who applies?"),
        "choice",
        options=(Option("natural", Text("个人", "A person")), Option("legal", Text("企业或单位", "An organisation"))),
    ),
    "age": Field(
        "age", Text("年龄", "Age"), "integer", unit=Text("周岁", "full years"), minimum=0, maximum=150, max_length=3
    ),
    "birthday": Field("birthday", Text("出生日期", "Date of birth"), "date"),
    "sex": Field(
        "sex",
        Text("性别", "Sex"),
        "choice",
        options=(Option("male", Text("男", "Male")), Option("female", Text("女", "Female"))),
    ),
}
assert _KNOWN.keys() == KNOWN.keys()


def questions(item: Item, decisions: Mapping[str, Decisions], reference: str) -> tuple[Field, ...]:
    """The questions of the table: about the person first, then those of the form in its order. Refuses as
    `tables.resolve` does.

    All must be answered, but for those that the form asks only under a condition.
    """
    model, name = resolve(decisions, reference)
    wanted = {node.name: node for node in model.required_inputs(name)}
    order = {node.name: place for place, node in enumerate(model.part.nodes.values())}
    fields = {field.id: field for field in fields_of(item) if field.id in wanted}
    known = tuple(field for name, field in _KNOWN.items() if name in wanted and name not in fields)
    rest = (one for one in wanted if one not in fields and one not in _KNOWN)
    others = (_field(wanted[one]) for one in sorted(rest, key=lambda one: order.get(one, len(order))))
    return tuple(replace(one, required=not one.when) for one in (*known, *fields.values(), *others))


def known_question(name: str) -> Field | None:
    """How the platform asks for one of `tables.KNOWN`; None for other names."""
    return _KNOWN.get(name)


def fields_of(item: Item) -> Iterator[Field]:
    """Every question that the item itself asks."""
    yield from item.situation
    for step in item.handling.form if item.handling else ():
        yield from step.fields


def applying(fields: tuple[Field, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without those to questions that, by the other answers, are not asked."""
    numbers = {
        field.id: int(value)
        for field in fields
        if field.kind in ("integer", "money") and isinstance(value := values.get(field.id), str) and value.isdecimal()
    }
    known = {**values, **numbers}
    off = {field.id for field in fields if field.when and not sfeel.evaluate(field.when, known)}
    return {name: value for name, value in values.items() if name not in off and value not in ("", [])}


def _field(node: Node) -> Field:
    """A question made of an input: its label, and the kind that its type wants."""
    element = node.element
    label = Text(element.label or element.name, element.label_en or element.label or element.name)
    kind = node.type.plain()
    options = tuple(Option(value, text) for value, text in labels(node.part.model, node.element.variable.type).items())
    if kind.is_list():
        return Field(node.name, label, "multi" if options else "text", options=options)
    if options:
        return Field(node.name, label, "choice", options=options)
    if kind.name == "boolean":
        return Field(node.name, label, "choice", options=YES_NO)
    if kind.name == "number":
        return Field(node.name, label, "integer", minimum=0, max_length=12)
    return Field(node.name, label, "date" if kind.name == "date" else "text")


def labels(model: m.Model, type_: str) -> dict[str, Text]:
    """What the allowed values of a type of the model are called; values without a label stand for themselves."""
    item = next((one for one in model.types if one.name == type_), None)
    if item is None:
        return {}
    values = _STRING.findall(item.allowed or item.constraint)
    chinese = item.labels if len(item.labels) == len(values) else tuple(values)
    english = item.labels_en if len(item.labels_en) == len(values) else chinese
    return {value: Text(zh, en) for value, zh, en in zip(values, chinese, english, strict=True)}
