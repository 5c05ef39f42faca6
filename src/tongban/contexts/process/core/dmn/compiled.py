"""A model with its imports, compiled: what each element requires, and what it computes from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.logic import TableRuns, compiled_logic, function_of
from tongban.contexts.process.core.dmn.refusals import ModelRefused, RequirementNotKnown, RequirementsCircular
from tongban.contexts.process.core.dmn.workshop import Workshop
from tongban.contexts.process.core.feel.language import Run
from tongban.contexts.process.core.feel.types import ANY, FunctionOf, Type


@dataclass(eq=False)
class Node:
    """An element of a compiled model: under which names it sees what it requires, its type, and its function."""

    element: m.Element
    part: Part
    type: Type = ANY
    run: Run | None = None
    requires: list[tuple[str, str, Node]] = field(default_factory=list)  # import name or "", variable, node
    tables: TableRuns = field(default_factory=list)
    service: ServiceParts | None = None

    @property
    def name(self) -> str:
        """The name that expressions use."""
        return self.element.variable.name


@dataclass(eq=False)
class ServiceParts:
    """What a decision service takes and gives."""

    inputs: list[Node]
    outputs: list[Node]


@dataclass(eq=False)
class Part:
    """One file of a compiled model."""

    model: m.Model
    shop: Workshop
    nodes: dict[str, Node] = field(default_factory=dict)
    imports: list[tuple[str, Part]] = field(default_factory=list)  # names may be "" and come twice

    def at(self, href: str) -> tuple[str, Node] | None:
        """The element an href leads to, with the name of the import it comes by."""
        space, _, id_ = href.rpartition("#")
        if not space or space == self.model.namespace:
            found = self.nodes.get(id_)
            return ("", found) if found else None
        for name, part in self.imports:
            if part.model.namespace == space and id_ in part.nodes:
                return name, part.nodes[id_]
        return None

    def problems(self) -> list[ModelRefused]:
        """What is wrong in the file, in the order of its lines."""
        return sorted(self.shop.problems, key=lambda problem: problem.line)


def compile_model(main: m.Model, others: Sequence[m.Model] = ()) -> Part:
    """`main`, importing from `others` by namespace."""
    return _part(main, {other.namespace: other for other in others}, {})


def _part(model: m.Model, others: Mapping[str, m.Model], made: dict[str, Part], above: tuple[str, ...] = ()) -> Part:
    imports: list[tuple[str, Part]] = []
    missing: list[ModelRefused] = []
    for one in model.imports:
        other = others.get(one.namespace)
        if one.namespace in (model.namespace, *above):
            missing.append(RequirementsCircular("import", one.line))
            continue
        if other is None:
            missing.append(RequirementNotKnown("import", one.line, href=one.namespace))
            continue
        if one.namespace not in made:
            made[one.namespace] = _part(other, others, made, (*above, model.namespace))
        imports.append((" ".join(one.name.split()), made[one.namespace]))
    shop = Workshop(model, [(name, part.shop) for name, part in imports])
    part = Part(model, shop, imports=imports)
    shop.problems += missing
    part.nodes = {id_: Node(element, part) for id_, element in model.elements.items()}
    for node in part.nodes.values():
        _fill(node)
    for node in part.nodes.values():
        if _requires_itself(node):
            shop.problems.append(RequirementsCircular(node.element.name, node.element.line))
    return part


def _fill(node: Node) -> None:
    element, shop = node.element, node.part.shop
    node.type = shop.type_of(element.variable.type, element.name, element.variable.line)
    if isinstance(element, m.Decision):
        _require(node, (*element.inputs, *element.decisions, *element.knowledge))
        if element.logic is not None:
            node.run = compiled_logic(element.logic, element.name, shop, node.tables)
    elif isinstance(element, m.Knowledge):
        _require(node, element.knowledge)
        if element.logic is not None:
            result = node.type.plain()
            kind = result.result if isinstance(result, FunctionOf) else node.type
            node.run = function_of(element.logic, element.name, shop, node.tables, kind)
    elif isinstance(element, m.Service):
        inputs = [found for href in (*element.input_data, *element.input_decisions) if (found := _at(node, href))]
        outputs = [found for href in element.outputs if (found := _at(node, href))]
        node.service = ServiceParts(inputs, outputs)


def _at(node: Node, href: str) -> Node | None:
    found = node.part.at(href)
    if found is None:
        node.part.shop.problems.append(RequirementNotKnown(node.element.name, node.element.line, href=href))
        return None
    return found[1]


def _require(node: Node, hrefs: Sequence[str]) -> None:
    for href in hrefs:
        found = node.part.at(href)
        if found is None:
            node.part.shop.problems.append(RequirementNotKnown(node.element.name, node.element.line, href=href))
        else:
            node.requires.append((found[0], found[1].name, found[1]))


def _requires_itself(node: Node) -> bool:
    if not isinstance(node.element, m.Decision):
        return False
    seen: set[int] = set()
    todo = [required for _, _, required in node.requires]
    while todo:
        one = todo.pop()
        if one is node:
            return True
        if id(one) not in seen:
            seen.add(id(one))
            todo += [required for _, _, required in one.requires]
    return False
