"""Drives a route in tests, and the smallest drawing with one task."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.contexts.process.drawings import ends, flows, users
from tongban.contexts.process.core import engine
from tongban.contexts.process.core.engine import Begin, Complete, Fire, Position
from tongban.contexts.process.core.routes import Route
from tongban.kernel.refusals import Refusal


class Runner:
    """Drives one route and remembers the last effects."""

    def __init__(self, drawn: Route, data: dict[str, Any] | None = None) -> None:
        self.route = drawn
        self.position = Position()
        self.effects: tuple[engine.Effect, ...] = ()
        self.tell(Begin(data or {}))

    def tell(self, command: engine.Command) -> Runner:
        self.position, self.effects = engine.step(self.route, self.position, command)
        stored = msgspec.json.decode(msgspec.json.encode(self.position), type=Position)
        assert stored == self.position
        return self

    @property
    def open(self) -> list[str]:
        return [task.node for task in self.position.open]

    def task(self, node: str) -> str:
        return next(task.id for task in self.position.open if task.node == node)

    def wait(self, node: str) -> str:
        return next(wait.id for wait in self.position.waits if wait.node == node)

    def do(self, node: str, **data: Any) -> Runner:
        return self.tell(Complete(self.task(node), data))

    def fire(self, node: str) -> Runner:
        return self.tell(Fire(self.wait(node)))

    def of(self, kind: type[Any]) -> list[Any]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def refused(self, command: engine.Command, kind: type[Refusal]) -> None:
        before = self.position
        with pytest.raises(kind):
            self.tell(command)
        assert self.position == before


ONE = users("a b") + ends("e x") + flows("s a e; t b x")
MESSAGES = '<message id="m" name="answer"/><message id="n" name="question"/>'
SUB = (
    '<subProcess id="sub"><startEvent id="is"/>' + users("i j") + '<parallelGateway id="if"/>'
    '<endEvent id="ie"/>{0}' + flows("is if i ie; if j") + "{1}</subProcess>"
)
