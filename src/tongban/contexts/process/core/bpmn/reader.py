"""A whole file as routes: every process with its sub-processes, and everything that is refused in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tongban.contexts.process.core.bpmn import reasons
from tongban.contexts.process.core.bpmn.conditions import Choice, Condition, condition_of
from tongban.contexts.process.core.bpmn.diagram import Diagram, Findings, Refused
from tongban.contexts.process.core.bpmn.elements import ACTIVITIES, KINDS, NodeReader
from tongban.contexts.process.core.bpmn.pools import Surroundings, lanes_of, local, surroundings
from tongban.contexts.process.core.bpmn.refusals import CallsItself, FlowAcrossScopes, NothingToRun
from tongban.contexts.process.core.bpmn.tree import BPMN, Document, Element, read_tree
from tongban.contexts.process.core.routes import (
    DoubleId,
    ElementWithoutId,
    Flow,
    Lane,
    Node,
    Route,
    RouteOutsideSubset,
    RouteRefused,
    UnknownReference,
)

_TOP = frozenset({"process", "collaboration", "message", "error", "escalation"})
_COLLABORATION = frozenset({"participant", "messageFlow"})


@dataclass
class _Process:
    """One process as it is written, before called processes are joined to it."""

    element: Element
    found: Findings
    executable: bool
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    written: dict[str, tuple[Element, Condition]] = field(default_factory=dict)
    lanes: tuple[Lane, ...] = ()
    defaults: dict[str, str] = field(default_factory=dict)
    choices: set[str] = field(default_factory=set)
    entries: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


def read(xml: bytes) -> Diagram:
    """What a BPMN file says. What is wrong in it stands in `refusals`, all of it and in the order of the file.

    Refuses `RouteUnreadable`, `TooMuch` and `RouteOutsideSubset` when the file is no BPMN at all.
    """
    return read_document(read_tree(xml))


def read_or_refused(xml: bytes) -> Diagram:
    """As `read`; a file that is no BPMN at all is a diagram without routes that says why."""
    try:
        return read(xml)
    except RouteRefused as refusal:
        element, line = str(refusal.params["element"]), int(str(refusal.params["line"]))
        return Diagram((), (), (Refused(refusal, element, "", line),), (), {}, {}, {})


def read_document(document: Document) -> Diagram:
    """As `read`, from a tree that was read before."""
    root = document.root
    if root.space != BPMN or root.tag != "definitions":
        raise RouteOutsideSubset(root.written, root.line)
    found = Findings()
    around = surroundings(root, found)
    _top(root, found)
    processes = {child.id: _process(child, around) for child in root if child.tag == "process" and child.space == BPMN}
    filled = [one for one in processes.values() if one.nodes or one.found.refusals]
    wanted = [one for one in filled if one.executable] or filled
    routes = []
    for one in wanted:
        for called in _with_called(one, processes, found):
            found.refusals += called.found.refusals
            found.notes += called.found.notes
            found.kept += called.found.kept
            called.found.refusals, called.found.notes = [], []
        routes.append(_route(one, processes))
    if not routes:
        found.refuse(NothingToRun, root)
    others = tuple(one.element.id for one in filled if one not in wanted)
    return _diagram(root, found, tuple(routes), others)


def _diagram(root: Element, found: Findings, routes: tuple[Route, ...], others: tuple[str, ...]) -> Diagram:
    lines, names = {}, {}
    for element in root.walk():
        if element.space == BPMN and element.id:
            lines[element.id], names[element.id] = element.line, element.name
        elif element.space not in (BPMN, ""):
            found.kept["diagram" if "/DI" in element.space or "/DC" in element.space else "foreign"] += 1
        if element.space == BPMN and (attributes := element.foreign()):
            found.kept["foreign"] += attributes
    refusals = {(one.refusal.code, one.element, one.line): one for one in found.refusals}
    return Diagram(
        routes,
        others,
        tuple(sorted(refusals.values(), key=_line)),
        tuple(sorted(found.notes, key=lambda note: note.line)),
        dict(sorted(found.kept.items())),
        lines,
        names,
    )


def _line(one: Refused) -> int:
    return one.line


def _top(root: Element, found: Findings) -> None:
    """What stands beside the processes, and that every id is its own."""
    seen: set[str] = set()
    for element in root.walk():
        if element.space == BPMN and element.id:
            if element.id in seen:
                found.refuse(DoubleId, element)
            seen.add(element.id)
    for child in root:
        if child.space == BPMN and child.tag in reasons.KEPT:
            found.kept[child.tag] += 1
        elif child.space == BPMN and child.tag not in _TOP and not child.tag.endswith("EventDefinition"):
            found.outside(child, reasons.ELEMENTS.get(child.tag, reasons.OTHER_ELEMENT))
        elif child.tag == "collaboration" and child.space == BPMN:
            for inner in child:
                if inner.space == BPMN and inner.tag in reasons.KEPT:
                    found.kept[inner.tag] += 1
                elif inner.space == BPMN and inner.tag not in _COLLABORATION:
                    found.outside(inner, reasons.OTHER_ELEMENT)


def _process(element: Element, around: Surroundings) -> _Process:
    made = _Process(element, Findings(), element.attributes.get("isExecutable") in ("true", "1"))
    lanes = lanes_of(element, around, made.found)
    made.lanes = tuple(lanes.lanes.values())
    reader = NodeReader(around, lanes, made.found, executable=made.executable)
    _scope(element, "", None, reader, made)
    for node in list(made.nodes.values()):
        if node.kind == "boundary" and (node.host not in made.nodes or made.nodes[node.host].kind not in ACTIVITIES):
            made.found.refuse(UnknownReference, around.ids[node.id])
            made.nodes[node.id] = replace(node, host="")
    _flows(made, around)
    for scope in ["", *(node.body for node in made.nodes.values() if node.body and node.body == node.id)]:
        _entries(made, scope, around.ids[scope] if scope else element)
    return made


def _scope(parent: Element, scope: str, lane: Lane | None, reader: NodeReader, made: _Process) -> None:
    found = made.found
    for child in parent:
        if child.space == BPMN and child.tag in KINDS:
            if not child.id:
                found.refuse(ElementWithoutId, child)
                continue
            node = made.nodes[child.id] = reader.node(child, scope, lane)
            if "default" in child.attributes:
                made.defaults[child.id] = child.attributes["default"]
            if node.body == child.id:
                _scope(child, child.id, reader.lanes.of(child.id) or lane, reader, made)
        elif child.space == BPMN and child.tag == "sequenceFlow":
            if not child.id:
                found.refuse(ElementWithoutId, child)
            else:
                made.written[child.id] = (child, condition_of(child, reader.around.language))
        elif child.space == BPMN and child.tag in reasons.KEPT:
            found.kept[child.tag] += 1
        elif child.space == BPMN and not _part_of_scope(child, parent):
            found.outside(child, reasons.ELEMENTS.get(child.tag, reasons.OTHER_ELEMENT))


def _part_of_scope(child: Element, parent: Element) -> bool:
    if child.tag == "laneSet":
        return True
    loops = ("incoming", "outgoing", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
    return parent.tag == "subProcess" and child.tag in loops


def _flows(made: _Process, around: Surroundings) -> None:
    leaving: dict[str, list[tuple[Element, Condition]]] = {}
    refused = {one.element for one in made.found.refusals} - made.nodes.keys()
    for flow, condition in made.written.values():
        source, target = local(flow.attributes.get("sourceRef", "")), local(flow.attributes.get("targetRef", ""))
        if source in refused or target in refused:
            continue  # its end is refused already, which says more
        if source not in made.nodes or target not in made.nodes:
            elsewhere = source in around.ids and target in around.ids
            made.found.refuse(FlowAcrossScopes if elsewhere else UnknownReference, flow)
            continue
        if made.nodes[source].scope != made.nodes[target].scope:
            made.found.refuse(FlowAcrossScopes, flow)
            continue
        leaving.setdefault(source, []).append((flow, condition))
        made.flows.append(Flow(flow.id, source, target, condition.text, flow.name))
    for source, flows in leaving.items():
        kind = made.nodes[source].kind
        shape = "activity" if kind in ACTIVITIES else kind
        if Choice(around.ids[source], shape, flows).settle(made.found, executable=made.executable):
            made.choices.add(source)


def _entries(made: _Process, scope: str, element: Element) -> None:
    """How `scope` may begin: at a start event, or at everything that nothing leads to."""
    inside = [node for node in made.nodes.values() if node.scope == scope]
    targets = {flow.target for flow in made.flows}
    starts = [node for node in inside if node.kind == "start"]
    if starts:
        made.entries[scope] = tuple((node.id,) for node in starts)
        if scope and (len(starts) > 1 or (starts[0].event and starts[0].event.kind != "none")):
            made.found.outside(element, reasons.INNER_START)
        return
    first = tuple(node.id for node in inside if node.id not in targets and node.kind != "boundary")
    if first:
        made.entries[scope] = (first,)
    elif inside:
        made.found.refuse(NothingToRun, element)


def _with_called(one: _Process, processes: dict[str, _Process], found: Findings) -> Iterator[_Process]:
    """`one` and every process it calls within the file; refuses calls that come back."""
    chain: list[str] = []
    met: dict[str, _Process] = {}

    def walk(process: _Process) -> None:
        chain.append(process.element.id)
        met[process.element.id] = process
        for node in process.nodes.values():
            called = processes.get(node.body)
            if called is None:
                continue
            if node.body in chain:
                activity = next(each for each in process.element.walk() if each.id == node.id)
                found.refuse(CallsItself, activity)
            elif not called.nodes:
                found.refuse(NothingToRun, called.element)
            else:
                walk(called)
        chain.pop()

    walk(one)
    return iter(met.values())


def _route(one: _Process, processes: dict[str, _Process]) -> Route:
    """The route of `one` with the processes it calls as scopes inside it."""
    nodes, flows, defaults = dict(one.nodes), list(one.flows), dict(one.defaults)
    entries, choices, lanes = dict(one.entries), set(one.choices), list(one.lanes)
    todo = [node.body for node in one.nodes.values() if node.body in processes]
    seen = {one.element.id}
    while todo:
        key = todo.pop()
        if key in seen:
            continue
        seen.add(key)
        called = processes[key]
        nodes |= {node.id: replace(node, scope=node.scope or key) for node in called.nodes.values()}
        flows += called.flows
        defaults |= called.defaults
        choices |= called.choices
        lanes += called.lanes
        entries |= {(scope or key): ways for scope, ways in called.entries.items()}
        todo += [node.body for node in called.nodes.values() if node.body in processes]
    ways = one.entries.get("", ((),))
    plain = (way[0] for way in ways if way and nodes[way[0]].kind == "start" and _is_plain(nodes[way[0]]))
    start = next(plain, ways[0][0] if ways[0] else "")
    name_en = one.element.ours().get("nameEn", "")
    return Route(
        one.element.id,
        one.element.name,
        name_en,
        nodes,
        tuple(flows),
        start,
        tuple(lanes),
        defaults,
        entries,
        frozenset(choices),
    )


def _is_plain(node: Node) -> bool:
    return node.event is None or node.event.kind == "none"
