"""Decides: gathers what a decision requires, computes each decision once, and keeps what happened if asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.compiled import Node, Part, compile_model
from tongban.contexts.process.core.dmn.inputs import typed
from tongban.contexts.process.core.dmn.reader import read_model
from tongban.contexts.process.core.dmn.refusals import (
    DecisionNotKnown,
    InputMissing,
    InputNotKnown,
    InputNotOfType,
    ModelRefused,
)
from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.language import guarded, running
from tongban.contexts.process.core.feel.scope import Running, Scope
from tongban.contexts.process.core.feel.types import Function, FunctionOf, Parameter, fitted
from tongban.contexts.process.core.feel.values import feel

_UNDECIDED: Final = object()
_DECIDING: Final = object()


@dataclass(frozen=True, slots=True)
class Step:
    """A decision that was computed on the way, with what it saw and what its tables did."""

    name: str
    seen: Mapping[str, Any]
    result: Any
    marks: tuple[Any, ...]  # Hits of tables


@dataclass(slots=True)
class Evaluation:
    """One question: the values given and computed so far, and the steps."""

    running: Running
    values: dict[int, Any] = field(default_factory=dict)
    steps: list[Step] | None = None

    def value(self, node: Node) -> Any:
        """The value of a node, computed at most once."""
        key = id(node)
        found = self.values.get(key, _UNDECIDED)
        if found is _DECIDING:
            return notes.null(f"“{node.name}” requires itself")
        if found is _UNDECIDED:
            self.values[key] = _DECIDING
            found = self.values[key] = self._compute(node)
        return found

    def _compute(self, node: Node) -> Any:
        if isinstance(node.element, m.InputData):
            return None  # not given
        if node.service is not None:
            return self._service(node)
        if node.run is None:
            return notes.null(f"“{node.name}” has no logic")
        names = self._seen(node)
        mark = len(self.running.trace) if self.running.trace is not None else 0
        result = node.run(Scope(names, running=self.running))
        if isinstance(node.element, m.Knowledge):
            return result
        result = fitted(result, node.type)
        if self.steps is not None and self.running.trace is not None:
            self.steps.append(Step(node.name, names, result, tuple(self.running.trace[mark:])))
            del self.running.trace[mark:]
        return result

    def _seen(self, node: Node) -> dict[str, Any]:
        names: dict[str, Any] = {}
        values = self.values
        for prefix, name, required in node.requires:
            value = values.get(id(required), _UNDECIDED)
            if value is _UNDECIDED or value is _DECIDING:
                value = self.value(required)
            if prefix:
                names.setdefault(prefix, {})[name] = value
            else:
                names[name] = value
        return names

    def _service(self, node: Node) -> Function:
        parts = node.service
        assert parts is not None
        parameters = tuple(Parameter(one.name, one.type) for one in parts.inputs)
        said = node.type.plain()
        given_type = said.result if isinstance(said, FunctionOf) else node.type

        def call(*arguments: Any) -> Any:
            given = dict(zip(map(id, parts.inputs), arguments, strict=True))
            inner = Evaluation(self.running, given)
            outputs = {one.name: inner.value(one) for one in parts.outputs}
            result = next(iter(outputs.values())) if len(outputs) == 1 else outputs
            return fitted(result, given_type)

        return Function(parameters, given_type, call)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided, how, and why something is null."""

    decision: str
    inputs: Mapping[str, Any]
    result: Any
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()


class Decisions:
    """A compiled model that can be asked; safe to share between threads. `digest`: SHA-256 of its file, "" without."""

    def __init__(self, main: m.Model, others: Sequence[m.Model] = (), digest: str = "") -> None:
        self.digest = digest
        self.part: Part = compile_model(main, others)
        nodes = list(self.part.nodes.values())
        self._decisions = {one.element.name: one for one in nodes if isinstance(one.element, m.Decision)}
        self._services = {one.element.name: one for one in nodes if isinstance(one.element, m.Service)}
        self._knowledge = {one.element.name: one for one in nodes if isinstance(one.element, m.Knowledge)}
        self._inputs = dict(_inputs(self.part))

    @property
    def problems(self) -> list[ModelRefused]:
        """Everything wrong in the model, its imports too, by line."""
        return [problem for part in _parts(self.part) for problem in part.problems()]

    @property
    def names(self) -> tuple[str, ...]:
        """The decisions that can be asked for."""
        return tuple(self._decisions)

    def node(self, name: str) -> Node:
        """The decision of that name; refuses (`DecisionNotKnown`)."""
        if name not in self._decisions:
            raise DecisionNotKnown(name=name, known="、".join(self._decisions))
        return self._decisions[name]

    def top(self) -> tuple[str, ...]:
        """The decisions that no other decision of the file needs, in their order."""
        needed = {id(required) for one in self._decisions.values() for _, _, required in one.requires}
        return tuple(name for name, one in self._decisions.items() if id(one) not in needed)

    def required_inputs(self, name: str) -> tuple[Node, ...]:
        """The inputs that a decision needs, directly or by other decisions."""
        found: dict[int, Node] = {}
        todo, seen = [self.node(name)], set()
        while todo:
            one = todo.pop()
            if id(one) in seen:
                continue
            seen.add(id(one))
            if isinstance(one.element, m.InputData):
                found[id(one)] = one
            todo += [required for _, _, required in reversed(one.requires)]
        return tuple(found.values())

    def typed(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Plain JSON inputs with text read as dates, times and durations where the model's types want them."""
        return {
            name: typed(value, self._inputs[name][0].type) if name in self._inputs else value
            for name, value in inputs.items()
        }

    def check(self, name: str, inputs: Mapping[str, Any]) -> None:
        """Refuse inputs that the model does not know, that are missing, or that are of another type."""
        for given in inputs:
            if given not in self._inputs:
                raise InputNotKnown(name=given, known="、".join(self._inputs))
        for node in self.required_inputs(name):
            if node.name not in inputs:
                raise InputMissing(name=node.name)
            value = feel(inputs[node.name])
            if value is not None and fitted(value, node.type) is None:
                raise InputNotOfType(name=node.name, type=node.type.name)

    def value(self, name: str, inputs: Mapping[str, Any], *, now: datetime | None = None) -> Any:
        """The decision's value over plain inputs; missing ones are null. The fast way."""
        node = self.node(name)
        given = self._given(inputs)
        evaluation = Evaluation(running(now), given)
        return guarded(lambda: evaluation.value(node))

    def decide(self, name: str, inputs: Mapping[str, Any], *, now: datetime | None = None) -> Outcome:
        """The decision with every step that led to it."""
        node = self.node(name)
        given = self._given(inputs)
        evaluation = Evaluation(running(now), given, steps=[])
        evaluation.running.trace = []
        with notes.listening() as heard:
            result = guarded(lambda: evaluation.value(node))
        return Outcome(name, dict(inputs), result, tuple(evaluation.steps or ()), tuple(heard))

    def invoke(self, name: str, inputs: Mapping[str, Any], *, now: datetime | None = None) -> Any:
        """The value of a decision service or business knowledge model over plain inputs, by name."""
        node = self._services.get(name) or self._knowledge.get(name)
        if node is None:
            raise DecisionNotKnown(name=name, known="、".join((*self._services, *self._knowledge)))
        evaluation = Evaluation(running(now))

        def run() -> Any:
            function = evaluation.value(node)
            if not isinstance(function, Function):
                return None
            values = feel(dict(inputs))
            return function.call(*(fitted(values.get(one.name), one.type) for one in function.parameters))

        return guarded(run)

    def _given(self, inputs: Mapping[str, Any]) -> dict[int, Any]:
        given: dict[int, Any] = {}
        for name, value in inputs.items():
            made = feel(value)
            for node in self._inputs.get(name, ()):
                given[id(node)] = made if node.type.admits(made) else fitted(made, node.type)
        return given


def _parts(part: Part, seen: set[int] | None = None) -> list[Part]:
    seen = set() if seen is None else seen
    if id(part) in seen:
        return []
    seen.add(id(part))
    return [part, *(one for _, other in part.imports for one in _parts(other, seen))]


def _inputs(main: Part) -> dict[str, list[Node]]:
    """All inputs by name; those of imports also by the import's name, a point and their own."""
    found: dict[str, list[Node]] = {}
    for part in _parts(main):
        prefix = next((name for name, other in main.imports if other is part), "")
        for node in part.nodes.values():
            if isinstance(node.element, m.InputData):
                for name in {node.name, node.element.name, f"{prefix}.{node.name}" if prefix else node.name}:
                    found.setdefault(name, []).append(node)
    return found


def read_decisions(content: bytes | str, others: Sequence[bytes | str] = (), *, strict: bool = True) -> Decisions:
    """The model in a file; `strict` refuses the first thing that is wrong in it."""
    raw = content.encode() if isinstance(content, str) else content
    made = Decisions(read_model(raw), [read_model(other) for other in others], hashlib.sha256(raw).hexdigest())
    if strict and made.problems:
        raise made.problems[0]
    return made
