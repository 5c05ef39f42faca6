"""What is told about a decision, and recorded with a case: plain JSON, the same for the same model and inputs.

For every table on the way: each input's value, the rules that hit with number, id and annotations, and for each of
their cells the test that the value passed. Annotations whose column is called 依据, 法律依据, basis or legal basis are
also given as the legal basis of the decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.deciding import Outcome, Step
from tongban.contexts.process.core.dmn.tables import Hit
from tongban.contexts.process.core.feel.text import plain
from tongban.contexts.process.core.feel.types import Function
from tongban.contexts.process.core.feel.values import feel

#: The names of annotation columns that hold the law.
BASIS: Final = frozenset({"依据", "法律依据", "法定依据", "设定依据", "basis", "legal basis", "law"})


def explained(outcome: Outcome) -> dict[str, Any]:
    """The whole answer: decision, inputs, result, steps with their tables, legal basis, notes on nulls."""
    hits = [hit for step in outcome.steps for hit in step.marks]
    basis = [text for hit in hits for rule in hit.chosen for text in _basis(hit.table, hit.table.rules[rule])]
    return {
        "decision": outcome.decision,
        "inputs": plain(feel(dict(outcome.inputs))),
        "result": plain(outcome.result),
        "basis": list(dict.fromkeys(basis)),
        "steps": [_step(step) for step in outcome.steps],
        "notes": list(outcome.notes),
    }


def _step(step: Step) -> dict[str, Any]:
    seen = {name: plain(value) for name, value in step.seen.items() if not _hidden(value)}
    return {
        "decision": step.name,
        "seen": seen,
        "result": plain(step.result),
        "tables": [_table(hit) for hit in step.marks],
    }


def _hidden(value: Any) -> bool:
    """Functions are no facts; contexts of imports may hold them."""
    return isinstance(value, Function) or (isinstance(value, dict) and any(map(_hidden, value.values())))


def _table(hit: Hit) -> dict[str, Any]:
    table = hit.table
    told: dict[str, Any] = {
        "table": table.name,
        "policy": f"{table.policy} {table.aggregation}".strip(),
        "inputs": [
            {"column": place + 1, "name": table.inputs[place].label, "value": plain(value)}
            for place, value in enumerate(hit.values)
        ],
        "hits": [_rule(hit, rule) for rule in hit.hits],
        "chosen": [rule + 1 for rule in hit.chosen],
        "result": plain(hit.result),
    }
    if hit.refused_input is not None:
        told["refused_input"] = hit.refused_input + 1
    return told


def _rule(hit: Hit, index: int) -> dict[str, Any]:
    rule = hit.table.rules[index]
    cells = [
        {"column": place + 1, "name": column.label, "test": cell.text or "-", "value": plain(value)}
        for place, (column, cell, value) in enumerate(zip(hit.table.inputs, rule.inputs, hit.values, strict=True))
    ]
    return {
        "rule": index + 1,
        "id": rule.id,
        "cells": cells,
        "outputs": [cell.text for cell in rule.outputs],
        "annotations": dict(_annotations(hit.table, rule)),
        "basis": list(_basis(hit.table, rule)),
    }


def _annotations(table: m.Table, rule: m.Rule) -> Iterator[tuple[str, str]]:
    for place, text in enumerate(rule.annotations):
        if text:
            name = table.annotations[place] if place < len(table.annotations) else ""
            yield name or f"annotation {place + 1}", text


def _basis(table: m.Table, rule: m.Rule) -> Iterator[str]:
    """The legal basis of a rule; where a table has a single, nameless annotation column, that is it."""
    for name, text in _annotations(table, rule):
        only = not any(table.annotations) and len(rule.annotations) == 1
        if only or name.strip().lower() in BASIS:
            yield text
