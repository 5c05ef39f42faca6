"""The engine: random sound routes always complete, nothing is lost or doubled, order of completion does not matter."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.contexts.process.core import engine
from tongban.contexts.process.core.bpmn import wellformed
from tongban.contexts.process.core.engine import Position, TaskNotOpen
from tongban.contexts.process.core.routes import Flow, Lane, Node, Route, RouteRefused, Unsound

# A block is "t" (a task), ("seq", blocks), ("and", blocks), ("xor", blocks) or ("loop", block).
blocks = st.recursive(
    st.just("t"),
    lambda inner: st.one_of(
        st.tuples(st.just("seq"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("and"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("xor"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("loop"), inner),
    ),
    max_leaves=7,
)


class Builder:
    """Lays a block out as a route; gateways choose by `c<gateway> = n`."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.flows: list[Flow] = []
        self.defaults: dict[str, str] = {}
        self.loops: list[str] = []  # gateways that lead back

    def node(self, kind: str) -> str:
        key = f"{kind[0]}{len(self.nodes)}"
        task = kind == "user"
        self.nodes[key] = Node(
            key, kind, key, key, "lead" if task else "", "r" if task else "", "review" if task else ""
        )  # type: ignore[arg-type]
        return key

    def flow(self, source: str, target: str, condition: str = "") -> str:
        self.flows.append(Flow(f"f{len(self.flows)}", source, target, condition))
        return self.flows[-1].id

    def block(self, block: object) -> tuple[str, str]:
        """Entry and exit node of the block."""
        if block == "t":
            key = self.node("user")
            return key, key
        kind, inner = block  # type: ignore[misc]
        if kind == "seq":
            parts = [self.block(each) for each in inner]
            for (_, left), (right, _) in pairwise(parts):
                self.flow(left, right)
            return parts[0][0], parts[-1][1]
        if kind == "loop":
            first, last = self.block(inner)
            merge, choice = self.node("exclusive"), self.node("exclusive")
            self.flow(merge, first)
            self.flow(last, choice)
            self.flow(choice, merge, f"c{choice} = 1")
            self.loops.append(choice)
            after = self.node("exclusive")
            self.defaults[choice] = self.flow(choice, after)
            return merge, after
        gateway = "parallel" if kind == "and" else "exclusive"
        fork, join = self.node(gateway), self.node(gateway)
        for number, each in enumerate(inner):
            first, last = self.block(each)
            choosing = kind == "xor" and number > 0
            found = self.flow(fork, first, f"c{fork} = {number}" if choosing else "")
            if kind == "xor" and not choosing:
                self.defaults[fork] = found
            self.flow(last, join)
        return fork, join

    def route(self, block: object) -> Route:
        start, end = self.node("start"), self.node("end")
        first, last = self.block(block)
        self.flow(start, first)
        self.flow(last, end)
        return Route("p", "p", "p", self.nodes, tuple(self.flows), start, (Lane("lead", "", ""),), self.defaults)


def lines(route: Route) -> dict[str, int]:
    return dict.fromkeys([route.id, *route.nodes, *(flow.id for flow in route.flows)], 1)


@given(blocks, st.data())
def test_sound_routes_always_complete(block: object, data: st.DataObject) -> None:
    route = Builder().route(block)
    wellformed.check(route, lines(route))
    gateways = [key for key, node in route.nodes.items() if node.kind == "exclusive"]
    step = engine.begin(route, {f"c{key}": data.draw(st.integers(0, 2)) for key in gateways})
    seen = [task.id for task in step.opened]
    for turn in range(400):
        if not step.position.open:
            break
        task = data.draw(st.sampled_from(step.position.open))
        loops = 2 if turn < 60 else 0  # let loops end
        answers = {f"c{key}": data.draw(st.integers(0, loops)) for key in gateways}
        before = step.position
        step = engine.complete(route, before, task.id, answers)
        assert set(step.position.open) == (set(before.open) - {task}) | set(step.opened)
        seen += [each.id for each in step.opened]
    assert step.position.open == ()
    assert step.position.joins == ()
    assert route.nodes[step.ended].kind == "end"
    assert step.position.ended == step.ended
    assert len(seen) == len(set(seen)) == step.position.serial


@given(
    blocks, st.randoms(use_true_random=False), st.dictionaries(st.text("ex0123456789", max_size=3), st.integers(0, 2))
)
def test_the_order_of_completion_changes_nothing(block: object, random: object, chosen: dict[str, int]) -> None:
    builder = Builder()
    route = builder.route(block)
    answers = {f"c{key}": 0 if key in builder.loops else chosen.get(key, 0) for key in route.nodes}

    def run(pick: int) -> list[str]:
        step, done = engine.begin(route, answers), []
        while step.position.open:
            task = step.position.open[0] if pick == 0 else random.choice(step.position.open)  # type: ignore[attr-defined]
            done.append(task.node)
            step = engine.complete(route, step.position, task.id, answers)
        return sorted(done)

    assert run(0) == run(1)


@given(blocks, st.data())
def test_a_position_survives_storage_at_every_step(block: object, data: st.DataObject) -> None:
    route = Builder().route(block)
    step = engine.begin(route, {})
    while step.position.open:
        stored = msgspec.json.decode(msgspec.json.encode(step.position), type=Position)
        assert stored == step.position
        task = data.draw(st.sampled_from(stored.open))
        step = engine.complete(route, stored, task.id, {})


def joint() -> Route:
    return Builder().route(("seq", [("and", ["t", "t", "t"]), "t"]))


def test_a_join_waits_for_all_and_fires_once() -> None:
    route = joint()
    step = engine.begin(route, {})
    assert len(step.opened) == 3
    for task in step.opened[:2]:
        step = engine.complete(route, step.position, task.id, {})
        assert step.opened == ()
    assert len(step.position.joins[0][1]) == 2
    step = engine.complete(route, step.position, step.position.open[0].id, {})
    assert len(step.opened) == 1
    assert step.position.joins == ()


def test_a_task_is_completed_once() -> None:
    route = joint()
    step = engine.begin(route, {})
    task = step.opened[0].id
    after = engine.complete(route, step.position, task, {})
    with pytest.raises(TaskNotOpen):
        engine.complete(route, after.position, task, {})
    with pytest.raises(TaskNotOpen):
        engine.complete(route, step.position, "t99", {})


def test_a_loop_opens_the_task_anew_under_its_own_id() -> None:
    route = Builder().route(("loop", "t"))
    choice = next(key for key in route.defaults)
    first = engine.begin(route, {})
    again = engine.complete(route, first.position, first.opened[0].id, {f"c{choice}": 1})
    assert again.opened[0].node == first.opened[0].node
    assert again.opened[0].id != first.opened[0].id
    assert engine.complete(route, again.position, again.opened[0].id, {f"c{choice}": 2}).ended


@given(blocks)
def test_a_wrong_join_is_found_before_anything_runs(block: object) -> None:
    """Swap the kind of one closing gateway of a split: the route must be refused, never run into a dead end."""
    builder = Builder()
    route = builder.route(("seq", [("and", [block, "t"]), "t"]))
    join = next(key for key, node in route.nodes.items() if node.kind == "parallel" and len(route.incoming[key]) > 1)
    swapped = dict(route.nodes)
    swapped[join] = Node(join, "exclusive", join, join)
    broken = Route("p", "p", "p", swapped, route.flows, route.start, route.lanes, route.defaults)
    with pytest.raises(RouteRefused) as caught:
        wellformed.check(broken, lines(broken))
    assert isinstance(caught.value, Unsound)
