"""What differs between two versions of a route or of a decision model, element by element and in the order of the new.

Elements are the same by their ids; where a modeler has given new ids, flows are by their ends, columns by their names,
and rules by their place. Moving something in the drawing changes nothing that a case could notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from tongban.contexts.process.core import bpmn
from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.reader import read_model
from tongban.contexts.process.core.routes import Flow, Lane, Node, Route, Timer

What = Literal["added", "removed", "changed"]
Sort = Literal["node", "flow", "lane", "input", "decision", "column", "rule", "other"]


@dataclass(frozen=True)
class Trait:
    """One trait that changed: its key ("name", "timer", "cell 依据" …), and what it was and is; "" = nothing."""

    key: str
    before: str
    after: str
    label: str = ""  # of a cell: its column


@dataclass(frozen=True)
class Change:
    """One element that was added, removed or changed. `kind`: what it is in BPMN or DMN; `within`: the decision whose
    table a column or rule belongs to."""

    what: What
    sort: Sort
    kind: str
    element: str
    name: str
    within: str = ""
    traits: tuple[Trait, ...] = ()


Traits = Mapping[tuple[str, str], str]  # (key, label) -> value
T = TypeVar("T")


# -- routes ------------------------------------------------------------------------------------------------------------


def routes(old: bytes, new: bytes) -> tuple[Change, ...]:
    """What differs between two BPMN files. A file that is refused is compared as far as it could be read."""
    before, after = (bpmn.read_or_refused(xml).routes for xml in (old, new))
    return (
        *_compared("lane", _lanes(before), _lanes(after), lambda lane: ("lane", lane.name), _of_lane),
        *_compared("node", _nodes(before), _nodes(after), lambda node: (node.kind, node.name), _of_node),
        *_flows(before, after),
    )


def _lanes(routes_: Iterable[Route]) -> dict[str, Lane]:
    return {lane.id: lane for route in routes_ for lane in route.lanes}


def _nodes(routes_: Iterable[Route]) -> dict[str, Node]:
    return {node.id: node for route in routes_ for node in route.nodes.values()}


def _flows(before: Iterable[Route], after: Iterable[Route]) -> list[Change]:
    names = {key: node.name for key, node in (_nodes(before) | _nodes(after)).items()}
    defaults = [{flow for route in some for flow in route.defaults.values()} for some in (before, after)]
    old, new = ({flow.id: flow for route in some for flow in route.flows} for some in (before, after))
    ends = {(flow.source, flow.target): key for key, flow in new.items() if key not in old}
    for key, flow in list(old.items()):  # the same way under another id
        again = ends.pop((flow.source, flow.target), "") if key not in new else ""
        if again:
            old[again] = old.pop(key)
            defaults[0] |= {again} if key in defaults[0] else set()

    def named(flow: Flow) -> tuple[str, str]:
        return "flow", flow.name or f"{names.get(flow.source) or flow.source} → {names.get(flow.target) or flow.target}"

    def traits(flow: Flow, newer: bool) -> Traits:
        return {
            ("name", ""): flow.name,
            ("from", ""): names.get(flow.source) or flow.source,
            ("to", ""): names.get(flow.target) or flow.target,
            ("condition", ""): flow.condition,
            ("default", ""): "yes" if flow.id in defaults[newer] else "",
        }

    return _compared_with("flow", old, new, named, traits)


def _of_lane(lane: Lane) -> Traits:
    return _plain({"name": lane.name, "name_en": lane.name_en, "role": lane.role, "agency": lane.agency})


def _plain(traits: Mapping[str, str]) -> Traits:
    return {(key, ""): value for key, value in traits.items()}


def _of_node(node: Node) -> Traits:
    event, multi = node.event, node.multi
    found = {
        "kind": node.kind,
        "name": node.name,
        "name_en": node.name_en,
        "act": node.act,
        "role": node.role,
        "agency": node.agency,
        "lane": node.lane,
        "scope": node.scope,
        "decision": node.decision,
        "calls": node.calls,
        "host": node.host,
        "interrupting": "" if node.interrupting else "no",
        "event": event.kind if event and event.kind != "none" else "",
        "message": event.name if event else "",
        "timer": written(event.timer) if event else "",
    }
    if multi is not None:
        found |= {
            "several": "parallel" if multi.parallel else "sequential",
            "count": multi.count or multi.collection,
            "quorum": multi.quorum,
            "weights": ", ".join(map(str, multi.weights)),
            "threshold": str(multi.threshold) if multi.quorum == "weighted" else "",
            "agrees": multi.agrees,
            "until": multi.until,
        }
    return _plain(found)


def written(timer: Timer | None) -> str:
    """A timer as text: "5 workday + 1 month", or its moment."""
    if timer is None:
        return ""
    return timer.moment or " + ".join(f"{length} {unit}" for length, unit in timer.lengths)


# -- decision models ---------------------------------------------------------------------------------------------------


def tables(old: bytes, new: bytes) -> tuple[Change, ...]:
    """What differs between two DMN files. Refuses `ModelRefused` where one cannot be read."""
    before, after = (read_model(xml).elements for xml in (old, new))
    found = _compared("decision", before, after, _drawn, lambda one: _of_drawn(one, before | after))
    for key, one in after.items():
        was = before.get(key)
        now, then = (each.logic if isinstance(each, m.Decision) else None for each in (one, was))
        if isinstance(now, m.Table) and isinstance(then, m.Table):
            found += _tables(one.name, then, now)
    return tuple(found)


def _drawn(one: m.Element) -> tuple[str, str]:
    return {m.InputData: "input", m.Decision: "decision", m.Knowledge: "knowledge"}.get(type(one), "service"), one.name


def _of_drawn(one: m.Element, known: Mapping[str, m.Element]) -> Traits:
    found = {"name": one.name, "type": one.variable.type}
    if isinstance(one, m.Decision):
        hrefs = (*one.inputs, *one.decisions, *one.knowledge)
        named = (known[key].name if key in known else key for key in (href.lstrip("#") for href in hrefs))
        found |= {"requires": ", ".join(named), "logic": _logic(one.logic)}
    return _plain(found)


def _logic(logic: m.Expression | None) -> str:
    if isinstance(logic, m.Literal):
        return logic.text
    if isinstance(logic, m.Table):
        return f"{logic.policy} {logic.aggregation}".strip()
    return type(logic).__name__.lower() if logic else ""


def _tables(name: str, old: m.Table, new: m.Table) -> list[Change]:
    was, now = (dict(_columns(table)) for table in (old, new))
    found = _compared("column", was, now, lambda one: ("column", one["name", ""]), lambda one: one, name)
    before, after = _rules(old), _rules(new)
    if not set(before) & set(after):  # a modeler that gave every rule a new id
        before = {f"{n}": rule for n, rule in enumerate(before.values(), 1)}
        after = {f"{n}": rule for n, rule in enumerate(after.values(), 1)}
    numbers = {key: n for rules in (before, after) for n, key in enumerate(rules, 1)}
    placed = {id(rule): key for rules in (before, after) for key, rule in rules.items()}
    named = lambda rule: ("rule", str(numbers[placed[id(rule)]]))  # noqa: E731 - a name, in one place
    traits = {id(rule): _cells(table, rule) for table in (old, new) for rule in table.rules}
    return [*found, *_compared("rule", before, after, named, lambda rule: traits[id(rule)], name)]


def _columns(table: m.Table) -> Iterator[tuple[str, Traits]]:
    for one in table.inputs:
        text, type_ = one.expression.text, one.expression.type
        yield f"in {one.label}", _plain({"name": one.label, "expression": text, "type": type_, "allowed": one.allowed})
    for out in table.outputs:
        default = out.default.text if out.default else ""
        told = {"name": out.name or out.label, "type": out.type, "allowed": out.allowed, "default": default}
        yield f"out {out.name or out.label}", _plain(told)


def _rules(table: m.Table) -> dict[str, m.Rule]:
    return {rule.id or f"{n}": rule for n, rule in enumerate(table.rules, 1)}


def _cells(table: m.Table, rule: m.Rule) -> Traits:
    names = (*table.annotations, *("",) * len(rule.annotations))
    told = [(one.label, cell.text or "-") for one, cell in zip(table.inputs, rule.inputs, strict=False)]
    told += [(one.name or one.label, cell.text) for one, cell in zip(table.outputs, rule.outputs, strict=False)]
    told += [(names[n] or f"{n + 1}", text) for n, text in enumerate(rule.annotations)]
    return {("cell", label): text for label, text in told}


# -- comparing ---------------------------------------------------------------------------------------------------------


def _compared(
    sort: Sort, old: Mapping[str, T], new: Mapping[str, T], named: Any, traits: Any, within: str = ""
) -> list[Change]:
    return _compared_with(sort, old, new, named, lambda one, _newer: traits(one), within)


def _compared_with(
    sort: Sort, old: Mapping[str, T], new: Mapping[str, T], named: Any, traits: Any, within: str = ""
) -> list[Change]:
    """What differs between elements with the same keys: first what the new ones are, then what is gone."""
    found: list[Change] = []
    for key, one in new.items():
        kind, name = named(one)
        now = traits(one, True)
        if key not in old:
            found.append(Change("added", sort, kind, key, name, within, _told({}, now)))
        elif differing := _told(traits(old[key], False), now):
            found.append(Change("changed", sort, kind, key, name, within, differing))
    for key, one in old.items():
        if key not in new:
            kind, name = named(one)
            found.append(Change("removed", sort, kind, key, name, within, _told(traits(one, False), {})))
    return found


def _told(before: Traits, after: Traits) -> tuple[Trait, ...]:
    keys = dict.fromkeys([*after, *before])
    pairs = ((key, before.get(key, ""), after.get(key, "")) for key in keys)
    return tuple(Trait(key, was, now, label) for (key, label), was, now in pairs if was != now)
