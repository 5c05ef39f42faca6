"""Decision tables as people read them: cells in words, codes by their names, the rules that decided marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongban.contexts.catalogue.core import asking
from tongban.contexts.catalogue.core.items import Item, Text
from tongban.contexts.catalogue.core.tables import Judgement, resolve
from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.compiled import Node
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.contexts.process.core.dmn.explaining import BASIS
from tongban.terminals.common.presenters.answers import unit
from tongban.terminals.common.presenters.languages import either, is_english, said

_WORD: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_COMPARED: Final = re.compile(r"(<=|>=|<|>|!=|=)\s*(.+)")
_RANGE: Final = re.compile(r"([\[\](])\s*(.+?)\s*\.\.\s*(.+?)\s*([\[\])])")
_NOT: Final = re.compile(r"not\((.+)\)")
_DATE: Final = re.compile(r'(?:date\("|@")(\d{4}-\d{2}-\d{2})"\)?')
_CALL: Final = re.compile(r"[a-z]\s*\(")
#: What outputs are called that the platform itself knows; others have their label.
_OUTPUTS: Final[Mapping[str, Text]] = {
    "eligible": Text("符合条件", "May apply"),
    "outcome": Text("结果", "Outcome"),
    "conditions": Text("附带条件", "Conditions"),
    "amount": Text("金额（元）", "Amount in yuan"),
    "low": Text("最低（元）", "From (yuan)"),
    "high": Text("最高（元）", "To (yuan)"),
}


@dataclass(frozen=True)
class Cell:
    """A cell in words with the head of its column; `free` where the rule does not look at it."""

    head: str
    text: str
    free: bool = False


@dataclass(frozen=True)
class Rule:
    """One row; `hit` where it made the answer that is shown with the table."""

    number: int
    tests: tuple[Cell, ...]
    results: tuple[Cell, ...]
    reason: str
    basis: str
    hit: bool = False


@dataclass(frozen=True)
class Table:
    """One decision, as a table or (`formula`) as what it computes."""

    title: str
    about: str
    policy: str
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    formula: str = ""

    @property
    def has_reasons(self) -> bool:
        return any(rule.reason for rule in self.rules)

    @property
    def has_basis(self) -> bool:
        return any(rule.basis for rule in self.rules)


@dataclass
class _Words:
    """What names and coded values of one model are called in the reader's language."""

    model: m.Model
    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # name -> value -> label
    units: dict[str, str] = field(default_factory=dict)


def tables(
    decisions: Mapping[str, Decisions], reference: str, item: Item | None = None, judgement: Judgement | None = None
) -> tuple[Table, ...]:
    """The decision that `reference` names and those it rests on, as tables; of `judgement` the rules that hit are
    marked. Refuses as `catalogue.core.tables.resolve` does."""
    model, name = resolve(decisions, reference)
    known, chosen = _words(model, item), _chosen(judgement)
    made = (_table(node, known, chosen.get(node.element.name, frozenset())) for node in _in_order(model.node(name)))
    return tuple(table for table in made if table.rules or table.formula)


def amount(value: Any) -> str:
    """An amount in yuan with its thousands parted; "" for none."""
    if value is None:
        return ""
    return _("%(amount)s 元") % {"amount": _grouped(str(value))}


def _in_order(top: Node) -> Iterator[Node]:
    """Decisions before those that rest on them, each once."""
    seen: set[int] = set()

    def walk(node: Node) -> Iterator[Node]:
        if id(node) in seen or not isinstance(node.element, m.Decision):
            return
        seen.add(id(node))
        for _prefix, _name, required in node.requires:
            yield from walk(required)
        yield node

    return walk(top)


def _words(model: Decisions, item: Item | None) -> _Words:
    main = model.part.model
    found = _Words(main)
    for node in model.part.nodes.values():
        element = node.element
        found.names[node.name] = either(element.label or element.name, element.label_en)
        if type_ := element.variable.type:
            found.values[node.name] = {value: said(text) for value, text in asking.labels(main, type_).items()}
    own = {one.id: one for one in asking.fields_of(item)} if item else {}
    for name in found.names:
        one = own.get(name) or asking.known_question(name)
        if one is not None:
            found.names[name] = said(one.label).rstrip("？?")
            found.units[name] = unit(one)
            if one.options:
                found.values[name] = {option.value: said(option.label) for option in one.options}
    return found


def _chosen(judgement: Judgement | None) -> dict[str, frozenset[int]]:
    if judgement is None:
        return {}
    return {
        step["decision"]: frozenset(number for table in step["tables"] for number in table["chosen"])
        for step in judgement.explained["steps"]
    }


def _table(node: Node, known: _Words, chosen: frozenset[int]) -> Table:
    element = node.element
    assert isinstance(element, m.Decision)
    title, about = either(element.label or element.name, element.label_en), "" if is_english() else element.description
    logic = element.logic
    if isinstance(logic, m.Literal):
        plain = not _CALL.search(logic.text)  # what calls functions is no reading for people: its name says it
        return Table(title, about, "", formula=_expression(logic.text, known, {}) if plain else "")
    if not isinstance(logic, m.Table):
        return Table(title, about, "")
    return Table(
        title=title,
        about=about,
        policy=_policy(logic),
        inputs=tuple(_column(one, known) for one in logic.inputs),
        outputs=tuple(_output(logic.outputs[place]) for place in _said_outputs(logic)),
        rules=tuple(_rule(number, rule, logic, known, number in chosen) for number, rule in enumerate(logic.rules, 1)),
    )


def _said_outputs(table: m.Table) -> list[int]:
    """The places of the outputs of which some rule says something."""
    silent = ("", "null", "-")
    return [
        place for place in range(len(table.outputs)) if any(r.outputs[place].text not in silent for r in table.rules)
    ]


def _policy(table: m.Table) -> str:
    if table.aggregation:
        return {
            "SUM": _("符合的各条相加。"),
            "MIN": _("取符合的各条里最低的。"),
            "MAX": _("取符合的各条里最高的。"),
            "COUNT": _("数一数符合几条。"),
        }[table.aggregation]
    return {
        "FIRST": _("从上往下看，第一条符合的算数。"),
        "COLLECT": _("符合的每一条都算。"),
        "RULE ORDER": _("符合的每一条都算。"),
        "OUTPUT ORDER": _("符合的每一条都算。"),
        "PRIORITY": _("几条都符合时，结果排在前面的算数。"),
    }.get(table.policy, _("只有一条会符合。"))


def _column(column: m.Input, known: _Words) -> str:
    text = column.expression.text
    name = known.names.get(text)
    if name is None:
        return either(column.label, column.label_en)
    return _("%(name)s（%(unit)s）") % {"name": name, "unit": known.units[text]} if known.units.get(text) else name


def _output(column: m.Output) -> str:
    if column.name in _OUTPUTS and not column.label:
        return said(_OUTPUTS[column.name])
    return either(column.label or column.name, column.label_en)


def _rule(number: int, rule: m.Rule, table: m.Table, known: _Words, hit: bool) -> Rule:
    tests = []
    for column, cell in zip(table.inputs, rule.inputs, strict=True):
        values = known.values.get(column.expression.text) or _of_type(column.expression.type, known)
        free = cell.text.strip() in ("", "-")
        tests.append(Cell(_column(column, known), _tests(cell.text, known, values), free))
    results = tuple(
        Cell(_output(output), _expression(rule.outputs[place].text, known, _of_type(output.type, known)))
        for place in _said_outputs(table)
        for output in table.outputs[place : place + 1]
    )
    notes = {
        name.strip().lower(): text for name, text in zip(table.annotations, rule.annotations, strict=False) if text
    }
    law = next((notes[name] for name in notes if name in BASIS), "")
    if not any(table.annotations) and len(rule.annotations) == 1:
        law = rule.annotations[0]
    reason = either(notes.get("理由", ""), notes.get("reason", ""))
    return Rule(number, tuple(tests), results, reason, either(law, notes.get("basis_en", "")), hit)


def _of_type(type_: str, known: _Words) -> dict[str, str]:
    return {value: said(text) for value, text in asking.labels(known.model, type_.rpartition(":")[2]).items()}


# -- cells -----------------------------------------------------------------------------------------------------------


def _tests(text: str, known: _Words, values: Mapping[str, str]) -> str:
    """Unary tests in words: ">= 18" as "18 or more"."""
    text = text.strip()
    if text in ("", "-"):
        return _("不限")
    inverted = _NOT.fullmatch(text)
    if inverted:
        return _("不是%(what)s") % {"what": _tests(inverted[1], known, values)}
    return pgettext("rule", "或").join(_test(one, known, values) for one in _split(text))


def _split(text: str) -> list[str]:
    """The tests of a cell: parted by commas outside of quotes and brackets."""
    parts, depth, quoted = [""], 0, False
    for sign in text:
        quoted ^= sign == '"'
        if not quoted:
            depth += (sign in "([") - (sign in ")]") if not _RANGE.fullmatch(text) else 0
        if sign == "," and depth <= 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _test(text: str, known: _Words, values: Mapping[str, str]) -> str:
    ranged = _RANGE.fullmatch(text)
    if ranged:
        ends = {"low": _value(ranged[2], known, values), "high": _value(ranged[3], known, values)}
        from_open, to_open = ranged[1] in "](", ranged[4] in "[)"
        if from_open and to_open:
            return _("大于 %(low)s、小于 %(high)s") % ends
        if from_open:
            return _("大于 %(low)s、不超过 %(high)s") % ends
        return (_("%(low)s 以上、不到 %(high)s") if to_open else _("%(low)s 至 %(high)s")) % ends
    compared = _COMPARED.fullmatch(text)
    if compared:
        value = {"value": _value(compared[2], known, values)}
        return {
            ">=": _("%(value)s 及以上"),
            ">": _("大于 %(value)s"),
            "<=": _("不超过 %(value)s"),
            "<": _("不到 %(value)s"),
            "=": "%(value)s",
            "!=": _("不是%(value)s"),
        }[compared[1]] % value
    return _value(text, known, values)


def _value(text: str, known: _Words, values: Mapping[str, str]) -> str:
    text = text.strip()
    dated = _DATE.fullmatch(text)
    if dated:
        return dated[1]
    return _expression(text, known, values)


def _expression(text: str, known: _Words, values: Mapping[str, str]) -> str:
    """A value or a formula: names as they are called, codes by their labels, signs as people write them."""
    text = text.strip()
    constant = {"true": _("是"), "false": _("否"), "null": "—", "": "—"}.get(text)
    if constant is not None:
        return constant
    word = _WORD.fullmatch(text)
    if word:
        return values.get(word[1], word[1])
    if _NUMBER.fullmatch(text):
        return _grouped(text)
    return _formula(text, known)


def _formula(text: str, known: _Words) -> str:
    names = sorted(known.names, key=len, reverse=True)
    if names:
        pattern = re.compile("|".join(rf"(?<![\w\"]){re.escape(name)}(?![\w\"])" for name in names))
        text = pattern.sub(lambda found: known.names[found[0]], text)
    text = re.sub(r"\s*\*\s*", " × ", text)
    return _WORD.sub(lambda found: next((v[found[1]] for v in known.values.values() if found[1] in v), found[0]), text)


def _grouped(text: str) -> str:
    try:
        return f"{Decimal(text):,}"
    except InvalidOperation:
        return text
