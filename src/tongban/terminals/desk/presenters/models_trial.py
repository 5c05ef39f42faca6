"""Trying a decision table: what it asks, and how it answered with which rule and on which legal basis."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.asking import YES_NO, labels
from tongban.contexts.process.core.dmn.compiled import Node
from tongban.contexts.process.core.dmn.deciding import Decisions, read_decisions
from tongban.contexts.process.core.dmn.explaining import explained
from tongban.contexts.process.core.dmn.model import Decision
from tongban.kernel.refusals import N_, Refusal
from tongban.terminals.common.presenters.languages import either, said

_NUMBERS = frozenset({"number"})


class NothingToTry(Refusal):
    """The model has no decision."""

    code = "model_nothing_to_try"
    message = N_("这份决策表里还没有决策，没有可以试的。")


def page(given: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The decisions and the inputs of the chosen one; with `values` also its answer.

    Refuses what reading and deciding refuse, and `NothingToTry`.
    """
    decisions = read_decisions(str(given.get("xml", "")))
    if not decisions.names:
        raise NothingToTry
    chosen = str(given.get("decision", ""))
    chosen = chosen if chosen in decisions.names else _top(decisions)
    inputs = decisions.required_inputs(chosen)
    answer: dict[str, Any] = {
        "decisions": list(decisions.names),
        "decision": chosen,
        "inputs": [_input(one) for one in sorted(inputs, key=lambda one: one.name)],
    }
    values = given.get("values")
    if isinstance(values, Mapping):
        answer |= _decided(decisions, chosen, inputs, values, now)
    return answer


def _top(decisions: Decisions) -> str:
    """The decision that no other needs; the last one where there are several."""
    needed = {
        href.lstrip("#")
        for one in decisions.part.model.elements.values()
        if isinstance(one, Decision)
        for href in one.decisions
    }
    tops = [name for name in decisions.names if decisions.node(name).element.id not in needed]
    return (tops or list(decisions.names))[-1]


def _input(node: Node) -> dict[str, Any]:
    """One input: what it is called, and what may be chosen as pairs of value and words; none where it is typed in."""
    kind, element = node.type.plain().name, node.element
    called = labels(node.part.model, element.variable.type).items()
    options = [(value, said(text)) for value, text in called]
    if kind == "boolean":
        options = [(value, said(one.label)) for value, one in zip(("true", "false"), YES_NO, strict=True)]
    return {
        "name": node.name,
        "label": either(element.label or element.name, element.label_en),
        "type": kind if kind != "Any" else "",
        "options": options,
    }


def _decided(
    decisions: Decisions, name: str, inputs: tuple[Node, ...], values: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    given = {node.name: _value(str(values.get(node.name, "")), node.type.plain().name) for node in inputs}
    typed = decisions.typed(given)
    decisions.check(name, typed)
    told = explained(decisions.decide(name, typed, now=now))
    found = [(step["decision"], table) for step in told["steps"] for table in step["tables"]]
    chosen = [
        (decision, table, rule)
        for decision, table in found
        for rule in table["hits"]
        if rule["rule"] in table["chosen"]
    ]
    return {
        "result": _text(told["result"]),
        "table": found[-1][0] if found else name,
        "rules": [rule["id"] for _decision, _table, rule in chosen],
        "tables": [_rule(*one) for one in chosen]
        or [{"name": decision, "words": _("没有规则适用"), "basis": ""} for decision, _table in found],
        "notes": told["notes"],
    }


def _rule(decision: str, table: Mapping[str, Any], rule: Mapping[str, Any]) -> dict[str, str]:
    cells = _("，").join(f"{cell['name']} {cell['test']}（{_text(cell['value'])}）" for cell in rule["cells"])
    return {
        "name": _("%(table)s 第 %(n)s 条规则") % {"table": decision, "n": rule["rule"]},
        "words": f"{cells} → {', '.join(rule['outputs'])}",
        "basis": _("；").join(rule["basis"]),
    }


def _value(text: str, kind: str) -> Any:
    if not text:
        return None
    if kind == "boolean":
        return text == "true"
    if kind in _NUMBERS or kind == "Any":
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text


def _text(value: Any) -> str:
    if value is None:
        return _("没有")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
