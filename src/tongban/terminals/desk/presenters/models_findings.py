"""What the checker says of a drawing, as the editor and the pages show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tongban.contexts.catalogue import queries
from tongban.contexts.catalogue.core.modelling import ModelFinding, ModelKind
from tongban.contexts.process.core import bpmn, soundness
from tongban.contexts.process.core.dmn.analysis import analysed
from tongban.contexts.process.core.dmn.deciding import read_decisions
from tongban.contexts.process.core.dmn.model import Decision, Table
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.presenters.languages import either


@dataclass(frozen=True)
class Told:
    """One finding in the reader's language. `trace`: the way there in names, `steps` in ids (of a table: its rules)."""

    severity: str
    element: str
    name: str
    line: int
    message: str
    advice: str
    trace: tuple[str, ...] = ()
    example: str = ""
    steps: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        return self.severity == "error"


def findings(kind: ModelKind, key: str, xml: str) -> tuple[Told, ...]:
    """Every finding, those that stop it first."""
    found = queries.check_model(kind, xml, key)
    more = _of_route(xml) if kind == "route" else _of_table(xml)
    return tuple(_told(one, kind, more) for one in found)


More = Mapping[Any, tuple[str, tuple[str, ...]]]


def _told(one: ModelFinding, kind: ModelKind, more: More) -> Told:
    trace = one.trace if kind == "route" else ()
    name, steps = more.get((one.element, one.line, one.trace)) or more.get(one.element) or ("", ())
    return Told(
        one.severity, one.element, name, one.line, either(one.message.zh, one.message.en),
        either(one.advice.zh, one.advice.en), trace, "，".join(one.trace) if kind == "table" else "", steps,
    )  # fmt: skip


def _of_route(xml: str) -> dict[Any, tuple[str, tuple[str, ...]]]:
    """Of each fault of soundness the ids on the way there, and the names of all elements."""
    diagram = bpmn.read_or_refused(xml.encode())
    found: dict[Any, tuple[str, tuple[str, ...]]] = {key: (name, ()) for key, name in diagram.names.items()}
    for one in soundness.judge(diagram).findings:
        found[one.element, one.line, one.trace] = one.name, one.steps
    return found


def _of_table(xml: str) -> dict[Any, tuple[str, tuple[str, ...]]]:
    """Of each fault of a table the ids of its rules."""
    try:
        decisions = read_decisions(xml, strict=False)
    except Refusal:
        return {}
    rules = dict(_rules(decisions.part.model.elements))
    found: dict[Any, tuple[str, tuple[str, ...]]] = {}
    for one in analysed(decisions):
        trace = tuple(f"{name} = {value}" for name, value in one.example.items())
        ids = tuple(rules.get((one.table, number), "") for number in one.rules)
        found[one.table, one.line, trace] = one.table, ids
    return found


def _rules(elements: Mapping[str, Any]) -> Iterator[tuple[tuple[str, int], str]]:
    for element in elements.values():
        if isinstance(element, Decision) and isinstance(element.logic, Table):
            for number, rule in enumerate(element.logic.rules, 1):
                yield (element.logic.name or element.name, number), rule.id
