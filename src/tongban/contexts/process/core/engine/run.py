"""One move of a run: tokens walk from what was done until all rest in tasks, wait, or have ended."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from tongban.contexts.process.core import sfeel
from tongban.contexts.process.core.engine import words as w
from tongban.contexts.process.core.engine.position import OpenTask, Position, Round, Scope, Wait
from tongban.contexts.process.core.engine.refusals import ChoiceMissing, NoWayOn
from tongban.contexts.process.core.routes import Flow, Node, Route


class Run:
    """The workspace of one move; `freeze` gives the position after it."""

    __slots__ = (
        "choices",
        "data",
        "effects",
        "end",
        "joins",
        "moving",
        "open",
        "opened",
        "rounds",
        "route",
        "scopes",
        "serial",
        "touched",
        "waits",
    )

    def __init__(self, route: Route, position: Position, data: Mapping[str, Any], choices: w.Choices) -> None:
        self.route = route
        self.data = data
        self.choices = choices
        self.open: list[OpenTask] = list(position.open)
        self.waits: list[Wait] = list(position.waits)
        self.scopes: list[Scope] = list(position.scopes)
        self.rounds: list[Round] = list(position.rounds)
        self.joins = {node: list(arrived) for node, arrived in position.joins}
        self.serial = position.serial
        self.end = ""
        self.opened: list[OpenTask] = []
        self.effects: list[w.Effect] = []
        #: where tokens come: node, by which flow ("" = at the beginning), in which scope
        self.moving: deque[tuple[str, str, str]] = deque()
        self.touched: list[str] = []

    def freeze(self) -> Position:
        """The position now; it has ended when nothing is open any more."""
        joins = tuple((node, tuple(arrived)) for node, arrived in self.joins.items() if arrived)
        still = self.open or joins or self.waits or self.scopes
        ended = "" if still else self.end
        return Position(
            tuple(self.open),
            joins,
            self.serial,
            ended,
            tuple(self.waits),
            tuple(self.scopes),
            tuple(self.rounds),
        )

    def key(self, letter: str) -> str:
        """A new id."""
        self.serial += 1
        return f"{letter}{self.serial}"

    # -- tokens -------------------------------------------------------------------------------------------------------

    def halts(self, node: Node, scope: str) -> bool:
        """Whether a token shall rest at `node` though it need not; an exploration looks closer than a run."""
        return False

    def leave(self, node: Node, scope: str) -> None:
        """A token goes on from `node`; where no flow leaves, it ends here."""
        leaving = self.route.outgoing[node.id]
        if not leaving:
            self.end = node.id
            self.touched.append(scope)
            return
        if len(leaving) == 1 and not leaving[0].condition:
            self.moving.append((leaving[0].target, leaving[0].id, scope))
            return
        taken = leaving if node.kind == "parallel" else self.pick(node, leaving)
        join = self.route.blocks.get(node.id)
        if join:
            self.joins.setdefault(_join(join, scope), []).insert(0, f"={len(taken)}")
        for flow in taken:
            self.moving.append((flow.target, flow.id, scope))

    def joined(self, node: Node, flow: str, scope: str) -> bool:
        """Note the arrival; True when all that must come have come, which uses them up."""
        needed = self.route.incoming[node.id]
        key = _join(node.id, scope)
        if node.kind == "inclusive":
            return len(needed) < 2 or self._inclusive_joined(key, flow)
        if len(needed) < 2:
            return True
        arrived = self.joins.setdefault(key, [])
        arrived.append(flow)
        if len(arrived) < len(needed):
            return False
        if len(arrived) == len(needed) == len(set(arrived)):
            arrived.clear()
            return True
        if not set(needed) <= set(arrived):
            return False
        for one in needed:
            arrived.remove(one)
        return True

    def _inclusive_joined(self, key: str, flow: str) -> bool:
        arrived = self.joins.setdefault(key, [])
        arrived.append(flow)
        if not arrived[0].startswith("=") or len(arrived) - 1 < int(arrived[0][1:]):
            return False
        self.joins[key] = []
        return True

    def pick(self, node: Node, leaving: tuple[Flow, ...]) -> tuple[Flow, ...]:
        """The flows a token takes out of a node that chooses.

        Refuses `ChoiceMissing` where a person must choose and has not, `NoWayOn` where no condition holds.
        """
        if node.id in self.route.choices:
            return self._chosen(node, leaving)
        default = self.route.defaults.get(node.id)
        if node.kind == "exclusive":
            for flow in leaving:
                if flow.id == default or sfeel.evaluate(flow.condition, self.data):
                    return (flow,)
            raise NoWayOn(element=node.name or node.id)
        taken = tuple(
            flow
            for flow in leaving
            if flow.id != default and (not flow.condition or sfeel.evaluate(flow.condition, self.data))
        )
        if any(flow.condition for flow in taken) or (taken and default is None):
            return taken
        if default is not None:
            return (*taken, *(flow for flow in leaving if flow.id == default))
        raise NoWayOn(element=node.name or node.id)

    def _chosen(self, node: Node, leaving: tuple[Flow, ...]) -> tuple[Flow, ...]:
        wanted = self.choices.get(node.id, ())
        taken = tuple(flow for flow in leaving if flow.id in wanted)
        if not taken or len(taken) != len(set(wanted)) or (node.kind == "exclusive" and len(taken) > 1):
            raise ChoiceMissing(element=node.name or node.id)
        return taken

    # -- scopes -------------------------------------------------------------------------------------------------------

    def is_idle(self, scope: str) -> bool:
        """Whether nothing is left in a running sub-process."""
        if not any(one.id == scope for one in self.scopes):
            return False
        prefix = f"{scope}:"
        return not (
            any(task.scope == scope for task in self.open)
            or any(wait.scope == scope for wait in self.waits)
            or any(one.parent == scope for one in self.scopes)
            or any(arrived and key.startswith(prefix) for key, arrived in self.joins.items())
        )

    def within(self, scope: str) -> set[str]:
        """`scope` and every sub-process that runs in it."""
        found = {scope}
        grown = True
        while grown:
            more = {one.id for one in self.scopes if one.parent in found and one.id not in found}
            found |= more
            grown = bool(more)
        return found


def _join(node: str, scope: str) -> str:
    return f"{scope}:{node}" if scope else node
