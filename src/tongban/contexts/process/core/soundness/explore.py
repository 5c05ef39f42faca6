"""Every state a route can come to, found with the engine's own moves.

Conditions count as unknown: every way a token may take is taken. A round of several reviewers counts as one task, for
whatever they answer it goes on the same way. Exclusive merges are looked at one token at a time, so that two tokens
that come to one merge are seen. Where nothing in a route interrupts anything outside its own task, the branches cannot
disturb each other, and of all orders only one is looked at: that in which the rearmost token moves first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from tongban.contexts.process.core.engine import moves, walk
from tongban.contexts.process.core.engine import words as w
from tongban.contexts.process.core.engine.position import OpenTask, Position
from tongban.contexts.process.core.engine.refusals import NotCaught
from tongban.contexts.process.core.engine.run import Run
from tongban.contexts.process.core.routes import Flow, Node, Route
from tongban.contexts.process.core.soundness.structure import edges, reachable, whole

#: A route with more states is one that nobody could oversee.
MOST_STATES: Final = 10_000
#: Tokens moved in all of them: many open at once make each state dear.
MOST_MOVED: Final = 1_000_000
_MOST_SUBSETS: Final = 5
_MOST_PAIRS: Final = 30

Key = tuple[tuple[tuple[str, str], ...], frozenset[tuple[str, tuple[str, ...]]]]


class _Probe(Run):
    """A move that follows a script of choices and notes where it had to choose."""

    __slots__ = ("asked", "met", "script", "twice")

    def __init__(self, route: Route, position: Position, script: tuple[int, ...]) -> None:
        super().__init__(route, position, {}, {})
        self.script = script
        self.asked: list[int] = []
        self.met: set[str] = set()
        self.twice = ""

    def pick(self, node: Node, leaving: tuple[Flow, ...]) -> tuple[Flow, ...]:
        free = node.kind == "inclusive" or node.id in self.route.choices
        ways = _ways(node, leaving, self.route.defaults.get(node.id), free=free)
        at = len(self.asked)
        self.asked.append(len(ways))
        return ways[self.script[at] if at < len(self.script) else 0]

    def leave(self, node: Node, scope: str) -> None:
        self.met.add(node.id)
        super().leave(node, scope)

    def halts(self, node: Node, scope: str) -> bool:
        self.met.add(node.id)
        if node.kind != "exclusive" or len(self.route.incoming[node.id]) < 2:
            return False
        self.open.append(OpenTask(self.key("m"), node.id, scope))
        return True

    def joined(self, node: Node, flow: str, scope: str) -> bool:
        key = f"{scope}:{node.id}" if scope else node.id
        if flow in self.joins.get(key, ()):
            self.twice = node.id
        return super().joined(node, flow, scope)


def _ways(node: Node, leaving: tuple[Flow, ...], default: str | None, *, free: bool) -> list[tuple[Flow, ...]]:
    """Every set of flows a token may take out of `node`; `free`: any of them, else those without condition always."""
    if node.kind == "exclusive":
        return [(flow,) for flow in leaving]
    others = [flow for flow in leaving if flow.id != default]
    always = () if free else tuple(flow for flow in others if not flow.condition)
    maybe = [flow for flow in others if flow not in always]
    sizes: Iterable[int] = range(1, len(maybe) + 1)
    if len(maybe) > _MOST_SUBSETS:
        sizes = (1, 2, len(maybe)) if len(maybe) <= _MOST_PAIRS else (1, len(maybe))
    ways = [always + chosen for size in sizes for chosen in combinations(maybe, size)]
    if default is not None:
        ways.append((*always, *(flow for flow in leaving if flow.id == default)))
    elif always:
        ways.append(always)
    return ways


@dataclass
class Found:
    """What the exploration saw: each state with what led to it, the states that ended, and what went wrong."""

    states: dict[Key, tuple[Key | None, str]]
    met: set[str]
    problems: list[tuple[str, str, Key]]  # kind, element, state
    too_large: bool = False
    onward: dict[Key, tuple[str, Key]] = field(default_factory=dict)  # one step that leads on from each state
    resting: dict[str, Position] = field(default_factory=dict)  # a state in which each task is open

    def turn(self, key: Key) -> list[str]:
        """The elements done from a state on until something is reached again."""
        steps: list[str] = []
        seen: set[Key] = set()
        while key in self.onward and key not in seen:
            seen.add(key)
            step, key = self.onward[key]
            steps.append(step)
        return steps

    def trace(self, key: Key) -> list[str]:
        """The elements done on the way to a state, first to last."""
        steps: list[str] = []
        at: Key | None = key
        while at is not None:
            at, step = self.states[at]
            if step:
                steps.append(step)
        return steps[::-1]


class Explorer:
    """Looks at every state of one route."""

    def __init__(self, route: Route) -> None:
        self.route = replace(route, nodes={key: replace(node, multi=None) for key, node in route.nodes.items()})
        self.apart = _apart(route)
        self.order = _order(route)
        self.beside = _beside(route)
        self.found = Found({}, set(), [])
        self.moved = 0
        self.before: dict[Key, set[Key]] = {}
        self.ended: set[Key] = set()
        self.twice: set[str] = set()

    def run(self, start: Position | None = None) -> Found:
        """All states from the beginning, or from `start`; first the near ones, so that traces are short."""
        todo: deque[tuple[Key, Position]] = deque()
        if start is not None:
            self.found.states[self._key(start)] = (None, "")
            todo.append((self._key(start), start))
        for way in self.route.ways_in("") if start is None else ():
            for after, probe in self._outcomes(Position(), w.Begin({}, way[0] if way else "")):
                self._add(None, "", after, probe, todo)
        while todo and not self.found.too_large:
            key, position = todo.popleft()
            moved = False
            for node, command in self._moves(position):
                for after, probe in self._outcomes(position, command):
                    moved = True
                    self.moved += 1 + len(after.open)
                    self._add(key, node, after, probe, todo)
                if self.moved > MOST_MOVED:
                    break
            if not moved:
                self._resting(key, position)
            self.found.too_large = len(self.found.states) > MOST_STATES or self.moved > MOST_MOVED
        if not self.found.too_large:
            self._never_ending()
        return self.found

    def _add(
        self, key: Key | None, node: str, after: Position, probe: _Probe, todo: deque[tuple[Key, Position]]
    ) -> None:
        self.found.met |= probe.met
        new = self._key(after)
        if key is not None:
            self.before.setdefault(new, set()).add(key)
            self.found.onward.setdefault(key, (node, new))
        if new in self.found.states:
            return
        self.found.states[new] = (key, node)
        double = self._double(probe, after)
        if double:
            if double not in self.twice:
                self.twice.add(double)
                self.found.problems.append(("twice", double, new))
            self.ended.add(new)
            return
        todo.append((new, after))
        if all(self.route.nodes[task.node].is_task for task in after.open):
            for task in after.open:
                self.found.resting.setdefault(task.node, after)

    def _key(self, position: Position) -> Key:
        """A state without the ids; of what goes on beside the route itself, how often does not matter."""
        paths = _paths(position)
        places = _places(position, paths)
        single = {place for place in places if place[0] in self.beside}
        several = [place for place in places if place not in single]
        joins = ((name, tuple(sorted(arrived))) for name, arrived in position.joins)
        return tuple(sorted([*several, *single])), frozenset(
            (f"{paths.get(name.rpartition(':')[0], '')}:{name.rpartition(':')[2]}", arrived) for name, arrived in joins
        )

    def _double(self, probe: _Probe, position: Position) -> str:
        """An element that two tokens come to or rest in at once."""
        if probe.twice and probe.twice not in self.beside:
            return probe.twice
        seen: set[tuple[str, str]] = set()
        for place in _places(position, _paths(position)):
            if place in seen and place[0] not in self.beside:
                return place[0]
            seen.add(place)
        return ""

    def _resting(self, key: Key, position: Position) -> None:
        self.ended.add(key)
        if position.joins or position.scopes or position.waits or position.open:
            join = next((name for name, _ in position.joins), "") or next((one.node for one in position.scopes), "")
            self.found.problems.append(("stuck", join.rpartition(":")[2], key))

    def _never_ending(self) -> None:
        good, todo = set(self.ended), list(self.ended)
        while todo:
            for key in self.before.get(todo.pop(), ()):
                if key not in good:
                    good.add(key)
                    todo.append(key)
        lost = next((key for key in self.found.states if key not in good), None)
        if lost is not None:
            inside = [node for node, _ in lost[0]]
            self.found.problems.append(("no_end", inside[0] if inside else "", lost))

    # -- moves --------------------------------------------------------------------------------------------------------

    def _outcomes(self, position: Position, command: w.Command) -> Iterator[tuple[Position, _Probe]]:
        """Every outcome of one command, one for each way the tokens may choose."""
        script: tuple[int, ...] | None = ()
        while script is not None:
            probe = _Probe(self.route, position, script)
            try:
                moves.apply(probe, command)
            except NotCaught:
                return
            walk.settle(probe)
            yield probe.freeze(), probe
            script = _next(script, probe.asked)

    def _moves(self, position: Position) -> Iterator[tuple[str, w.Command]]:
        """What can happen in a state: (element, command)."""
        waits = position.waits
        tasks = position.open
        if self.apart and (tasks or waits):
            first = min(
                [(self.order[task.node], task.id) for task in tasks]
                + [(self.order[wait.node], wait.host or wait.group or wait.id) for wait in waits if not wait.host]
            )[1]
            tasks = tuple(task for task in tasks if task.id == first)
            waits = tuple(wait for wait in waits if first in (wait.id, wait.host, wait.group))
        for task in tasks:
            yield task.node, w.Complete(task.id)
            if self.route.nodes[task.node].is_task:
                yield from self._raises(position, task)
        for wait in waits:
            event = self.route.nodes[wait.node].event
            timer = event is not None and event.kind == "timer"
            yield wait.node, w.Fire(wait.id) if timer else w.Deliver(wait.id)

    def _raises(self, position: Position, task: OpenTask) -> Iterator[tuple[str, w.Command]]:
        """Errors and escalations that the holder of `task` may report."""
        hosts, scope = [task.node], task.scope
        while scope:
            around = next(one for one in position.scopes if one.id == scope)
            hosts.append(around.node)
            scope = around.parent
        here = {node.node for node in position.open}
        for host in hosts:
            for event in self.route.boundaries.get(host, ()):
                if event.event is None or event.event.kind not in ("error", "escalation"):
                    continue
                again = not event.interrupting and any(flow.target in here for flow in self.route.outgoing[event.id])
                if not again:
                    kind = event.event.kind
                    yield event.id, w.Raise(task.id, "error" if kind == "error" else "escalation", event.event.name)


def _next(script: tuple[int, ...], asked: list[int]) -> tuple[int, ...] | None:
    """The next script in order, None after the last."""
    full = list(script[: len(asked)]) + [0] * (len(asked) - len(script))
    while full:
        if full[-1] + 1 < asked[len(full) - 1]:
            full[-1] += 1
            return tuple(full)
        full.pop()
    return None


def _paths(position: Position) -> dict[str, str]:
    """Each running sub-process by the elements it stands in, for its id says only when it began."""
    paths = {"": ""}
    todo = list(position.scopes)
    while todo:
        rest = [one for one in todo if one.parent not in paths]
        for one in todo:
            if one.parent in paths:
                paths[one.id] = f"{paths[one.parent]}/{one.node}"
        if len(rest) == len(todo):
            break
        todo = rest
    return paths


def _places(position: Position, paths: dict[str, str]) -> list[tuple[str, str]]:
    """Where something rests: (element, the sub-processes around it)."""
    return (
        [(task.node, paths[task.scope]) for task in position.open]
        + [(wait.node, paths[wait.scope]) for wait in position.waits]
        + [(one.node, paths[one.parent]) for one in position.scopes]
    )


def _apart(route: Route) -> bool:
    """Whether no branch can disturb another: nothing ends or interrupts more than its own task."""
    bodies = [node.body for node in route.nodes.values() if node.body]
    if len(bodies) != len(set(bodies)):  # called from two places: its inside has no one place in the order
        return False
    for node in route.nodes.values():
        if node.body and node.id in route.boundaries:
            return False
        thrown = node.event is not None and node.event.kind in ("terminate", "error", "escalation")
        if thrown and node.kind in ("end", "throw"):
            return False
    return True


def _beside(route: Route) -> frozenset[str]:
    """What only events lead to that do not interrupt: reminders and the like, which may come again in each turn."""
    graph = edges(route, beside=False)
    for node in route.nodes.values():
        if node.body:
            graph[node.id] += [entry for way in route.ways_in(node.body) for entry in way]
    main = reachable([entry for way in route.ways_in("") for entry in way], graph)
    return frozenset(node for node in route.nodes if node not in main)


def _order(route: Route) -> dict[str, int]:
    """How far each node is along the route: what leads to it comes before it, but for loops."""
    graph = whole(route)
    done: list[str] = []
    seen: set[str] = set()
    for root in [entry for way in route.ways_in("") for entry in way] + list(route.nodes):
        stack = [(root, iter(graph[root]))] if root not in seen else []
        seen.add(root)
        while stack:
            targets = stack[-1][1]
            target = next((one for one in targets if one not in seen), None)
            if target is None:
                done.append(stack.pop()[0])
            else:
                seen.add(target)
                stack.append((target, iter(graph[target])))
    return {node: -at for at, node in enumerate(done)}
