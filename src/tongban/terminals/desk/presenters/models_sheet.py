"""A decision model as plain tables, and a route as a plain list of its steps: for pages without drawing boards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tongban.contexts.process.core import bpmn
from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.reader import read_model
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import either


@dataclass(frozen=True)
class Sheet:
    """One decision: its policy, columns ("if" before "then") and rows; or the expression that answers."""

    name: str
    policy: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]  # id of the rule, its cells
    text: str = ""


def sheets(xml: str) -> tuple[Sheet, ...]:
    """The decisions of a DMN file, in its order; nothing where it can't be read."""
    try:
        elements = read_model(xml).elements
    except Refusal:
        return ()
    return tuple(_sheet(one) for one in elements.values() if isinstance(one, m.Decision))


def _sheet(one: m.Decision) -> Sheet:
    if isinstance(one.logic, m.Table):
        table = one.logic
        notes = max((len(rule.annotations) for rule in table.rules), default=0)
        names = (*table.annotations, *("",) * notes)[:notes]
        rows = tuple((rule.id, tuple(_cells(rule, notes))) for rule in table.rules)
        return Sheet(
            one.name, f"{table.policy} {table.aggregation}".strip(), tuple(column.label for column in table.inputs),
            tuple(column.label or column.name for column in table.outputs), names, rows,
        )  # fmt: skip
    text = one.logic.text if isinstance(one.logic, m.Literal) else ""
    return Sheet(one.name, "", (), (), (), (), text)


def _cells(rule: m.Rule, notes: int) -> Iterator[str]:
    yield from (cell.text or "-" for cell in rule.inputs)
    yield from (cell.text for cell in rule.outputs)
    yield from (*rule.annotations, *("",) * notes)[:notes]


@dataclass(frozen=True)
class RouteStep:
    """One thing of a route: what it is called, what is done, in whose lane, and where it goes on."""

    name: str
    act: str
    lane: str
    onward: tuple[tuple[str, str], ...]  # condition, name of the next


def names(xml: str) -> dict[str, str]:
    """What the elements of a route are called, by their ids; those without a name are left out."""
    found = bpmn.read_or_refused(xml.encode()).routes
    told = {key: either(node.name, node.name_en) for route in found for key, node in route.nodes.items()}
    return {key: name for key, name in told.items() if name}


def steps(xml: str) -> tuple[RouteStep, ...]:
    """The elements of a route in the order of its file, each with its ways on; nothing where it can't be read."""
    found = []
    for route in bpmn.read_or_refused(xml.encode()).routes:
        lanes = {lane.id: either(lane.name, lane.name_en) for lane in route.lanes}
        named = {key: either(node.name, node.name_en) or key for key, node in route.nodes.items()}
        for node in route.nodes.values():
            onward = tuple((flow.condition, named[flow.target]) for flow in route.outgoing[node.id])
            act = words.act_words(node.act) if node.act else node.decision
            found.append(RouteStep(named[node.id], act, lanes.get(node.lane, ""), onward))
    return tuple(found)
