"""Soundness: every fault is found with the way that leads to it, and random sound routes always end."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contexts.process.drawings import boundary, ends, flow, flows, route, timer, users, verdict, xml
from tongban.contexts.process.core import bpmn, engine
from tongban.contexts.process.core.routes import NotOneProcess, RouteRefused
from tongban.contexts.process.core.soundness import MOST_STATES, Finding, judge, publishable
from tongban.contexts.process.core.soundness.explore import Explorer
from tongban.contexts.process.core.soundness.structure import structured

ROUTES = sorted((Path(__file__).parents[3] / "catalogue" / "routes").glob("*.bpmn"))
FORK = '<parallelGateway id="f"/><{0} id="j"/>' + users("a b c") + ends("e")


def only(body: str, *, executable: bool = True) -> Finding:
    found = verdict(body, executable=executable)
    assert not found.refusals
    assert not found.is_ok
    return found.findings[0]


def test_branches_that_never_meet_are_shown_with_the_way() -> None:
    body = '<exclusiveGateway id="f" default="f-a"/><parallelGateway id="j"/>' + users("a b") + ends("e")
    found = only(body + flows("s f a j e; b j") + flow("f", "b", "x = 1"))
    assert (found.kind, found.element) == ("stuck", "j")
    assert found.trace in (("A",), ("B",))
    assert found.line > 1


def test_parallel_branches_that_run_together_unjoined() -> None:
    found = only(FORK.format("exclusiveGateway") + flows("s f a j c e; f b j"))
    assert (found.kind, found.element) == ("twice", "j")
    assert set(found.trace) == {"A", "B"}
    straight = only(FORK.format("exclusiveGateway") + flows("s f a j e; f b j; f c e"))
    assert straight.kind == "twice"
    task = only('<parallelGateway id="f"/>' + users("a b c") + ends("e") + flows("s f a c e; f b c"))
    assert (task.kind, task.element) == ("twice", "c")


def test_a_loop_without_exit() -> None:
    body = '<exclusiveGateway id="g" default="g-b"/><exclusiveGateway id="m"/>' + users("a b c") + ends("e")
    lost = only(body + flows("s a g b m c m") + flow("g", "e", "x = 1"))
    assert (lost.kind, lost.trace) == ("no_end", ("A", "B", "C"))


def test_a_loop_with_exit_is_fine() -> None:
    body = '<exclusiveGateway id="g" default="g-e"/><exclusiveGateway id="m"/>' + users("a b") + ends("e")
    assert verdict(body + flows("s m a g e; b m") + flow("g", "b", 'outcome = "fail"')).is_ok


def test_an_idle_loop_would_turn_for_ever() -> None:
    body = '<exclusiveGateway id="g" default="g-e"/><exclusiveGateway id="m"/>' + ends("e")
    found = verdict(body + flows("s m g e") + flow("g", "m", "x = 1"))
    assert {one.refusal.code for one in found.refusals} == {"route_idle_loop"}


def test_a_task_that_nothing_leads_to() -> None:
    found = only(users("a b") + ends("e") + flows("s a e; b e"))
    assert (found.kind, found.element, found.name) == ("dead", "b", "B")


def test_what_is_left_over_in_a_sub_process_is_found() -> None:
    inside = '<parallelGateway id="f"/><parallelGateway id="j"/><exclusiveGateway id="g" default="g-j"/>'
    inside += '<startEvent id="is"/>' + users("a b") + ends("ie ix") + flows("is f a j ie; f b g j")
    inside += flow("g", "ix", "x = 1")
    found = only(f'<subProcess id="sub">{inside}</subProcess>' + ends("e") + flows("s sub e"))
    assert (found.kind, found.element) == ("stuck", "j")


def test_an_inclusive_join_across_blocks_is_refused() -> None:
    body = '<inclusiveGateway id="f" default="f-b"/><inclusiveGateway id="j"/><exclusiveGateway id="g" default="g-j"/>'
    body += users("a b c") + ends("e x") + flows("s f b j c e; a g j") + flow("f", "a", "x = 1")
    found = verdict(body + flow("g", "x", "y = 1"))
    assert [(one.refusal.code, one.element) for one in found.refusals] == [("route_inclusive_across_blocks", "j")]


def test_an_interrupted_branch_leaves_its_join_waiting() -> None:
    body = '<parallelGateway id="f"/><parallelGateway id="j"/>' + users("a b c") + ends("e x")
    body += boundary("t", "a", "timer", inside=timer()) + flows("s f a j e; f b j; t c x")
    found = only(body)
    assert (found.kind, found.element) == ("stuck", "j")


def test_terminate_may_leave_others_behind() -> None:
    stop = '<endEvent id="stop"><terminateEventDefinition/></endEvent>'
    body = '<parallelGateway id="f"/><parallelGateway id="j"/><exclusiveGateway id="g" default="g-j"/>'
    body += users("a b") + ends("e") + flows("s f a j e; f b g j") + flow("g", "stop", "x = 1")
    assert verdict(body + stop).is_ok
    assert only(body + ends("stop")).kind == "stuck"


def test_wide_routes_are_looked_at_one_branch_at_a_time() -> None:
    body = '<parallelGateway id="f"/><parallelGateway id="j"/>' + ends("e") + flows("s f; j e")
    for at in range(60):
        body += users(f"a{at} b{at}") + flows(f"f a{at} b{at} j")
    began = time.perf_counter()
    found = verdict(body)
    assert found.is_ok
    assert found.states < 1000
    assert time.perf_counter() - began < 20


def test_too_many_states_are_refused_by_name() -> None:
    stop = '<endEvent id="stop"><terminateEventDefinition/></endEvent>'  # it interrupts, so every order counts
    body = '<parallelGateway id="f"/>' + stop + users("b") + flows("s f b stop")
    for at in range(16):
        body += users(f"a{at}") + ends(f"e{at}") + flows(f"f a{at} e{at}")
    found = only(body)
    assert (found.kind, found.element) == ("too_large", "p")
    assert MOST_STATES < 2**16


# --- publishing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: path.stem)
def test_every_shipped_route_may_be_published(path: Path) -> None:
    published = publishable(path.read_bytes())
    judged = judge(bpmn.read(path.read_bytes())).routes[0]
    assert published.nodes.keys() == judged.nodes.keys()
    assert published.outgoing == judged.outgoing
    assert published.start == judged.start


TASK = '<userTask id="a" tongban:act="review" tongban:role="reviewer"/>'
LANE = '<laneSet><lane id="lead"><flowNodeRef>a</flowNodeRef></lane></laneSet>'


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (TASK + ends("e") + flows("s a e"), "route_task_without_act"),
        (LANE + users("a") + ends("e") + flows("s a e"), "route_task_without_act"),
        (LANE + TASK + ends("e") + flows("s a e") + '<scriptTask id="x"/>', "route_element_not_run"),
        (LANE + TASK + ends("e") + flows("s a e") + '<endEvent id="x"/>', "route_unsound"),
        (
            LANE + TASK + ends("e x") + '<exclusiveGateway id="g"/>' + flows("s a g e; g x"),
            "route_left_open",
        ),
        (
            LANE + TASK + ends("e x") + boundary("t", "a", "timer") + flows("s a e; t x"),
            "route_left_open",
        ),
    ],
)
def test_what_is_not_published(body: str, code: str) -> None:
    with pytest.raises(RouteRefused) as caught:
        publishable(xml(body, executable=False))
    assert caught.value.code == code


def test_one_file_publishes_one_route() -> None:
    sound = LANE + TASK + ends("e") + flows("s a e")
    assert publishable(xml(sound)).id == "p"
    other = '<process id="q" isExecutable="true"><endEvent id="qe"/></process>'
    with pytest.raises(NotOneProcess):
        publishable(xml(sound, beside=other))


# --- random sound routes ---------------------------------------------------------------------------------------------

blocks = st.recursive(
    st.sampled_from(["t", "timer", "message", "several", "late", "soon"]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["seq"]), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.sampled_from(["and", "xor", "or"]), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.sampled_from(["loop", "sub", "timed"]), inner),
    ),
    max_leaves=6,
)


class Drawer:
    """Draws a block as BPMN; what it returns is where it is entered and left."""

    def __init__(self) -> None:
        self.count = 0

    def key(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def draw(self, block: object) -> tuple[str, str, str]:
        if isinstance(block, str):
            return self.leaf(block)
        assert isinstance(block, tuple)
        kind, inner = block
        if kind in ("and", "xor", "or"):
            return self.gates(inner, kind)
        if kind == "seq":
            return self.draw_seq(inner)
        return {"loop": self.draw_loop, "sub": self.draw_sub, "timed": self.draw_timed}[kind](inner)

    def leaf(self, kind: str) -> tuple[str, str, str]:
        one, other = self.key(), self.key()
        if kind in ("timer", "message"):
            inside = f"<{kind}EventDefinition{timer() if kind == 'timer' else ''}/>"
            return f'<intermediateCatchEvent id="{one}">{inside}</intermediateCatchEvent>', one, one
        if kind == "several":
            loop = '<multiInstanceLoopCharacteristics tongban:reviewers="3" tongban:quorum="majority"/>'
            return f'<userTask id="{one}">{loop}</userTask>', one, one
        text = users(one)
        if kind == "late":  # the limit passes: the same way on
            text += boundary(other, one, "timer", inside=timer()) + f'<exclusiveGateway id="m{one}"/>'
            return text + flow(one, f"m{one}") + flow(other, f"m{one}"), one, f"m{one}"
        if kind == "soon":  # a reminder with an end of its own
            text += boundary(other, one, "timer", interrupting=False, inside=timer()) + ends(f"x{one}")
            text += users(f"u{one}") + flow(other, f"u{one}") + flow(f"u{one}", f"x{one}")
        return text, one, one

    def draw_seq(self, inner: list[object]) -> tuple[str, str, str]:
        text, first, last = self.draw(inner[0])
        for each in inner[1:]:
            more, entry, leave = self.draw(each)
            text, last = text + more + flow(last, entry), leave
        return text, first, last

    def gates(self, inner: list[object], kind: str) -> tuple[str, str, str]:
        split, join = self.key(), self.key()
        name = {"and": "parallelGateway", "xor": "exclusiveGateway", "or": "inclusiveGateway"}[kind]
        text, default = "", ""
        for at, each in enumerate(inner):
            more, entry, leave = self.draw(each)
            choosing = kind != "and" and at > 0
            text += more + flow(split, entry, f"c{split} >= {at}" if choosing else "") + flow(leave, join)
            if kind != "and" and at == 0:
                default = f' default="{split}-{entry}"'
        return f'<{name} id="{split}"{default}/><{name} id="{join}"/>' + text, split, join

    def draw_loop(self, inner: object) -> tuple[str, str, str]:
        merge, choice, after = self.key(), self.key(), self.key()
        text, entry, leave = self.draw(inner)
        text += f'<exclusiveGateway id="{merge}"/><exclusiveGateway id="{choice}" default="{choice}-{after}"/>'
        text += f'<exclusiveGateway id="{after}"/>' + flow(merge, entry) + flow(leave, choice) + flow(choice, after)
        return text + flow(choice, merge, f"c{choice} = 1"), merge, after

    def draw_sub(self, inner: object) -> tuple[str, str, str]:
        one = self.key()
        text, entry, leave = self.draw(inner)
        inside = f'<startEvent id="s{one}"/><endEvent id="e{one}"/>' + text + flow(f"s{one}", entry)
        return f'<subProcess id="{one}">{inside}{flow(leave, f"e{one}")}</subProcess>', one, one

    def draw_timed(self, inner: object) -> tuple[str, str, str]:
        text, one, _ = self.draw_sub(inner)
        late, merge = self.key(), self.key()
        text += boundary(late, one, "timer", inside=timer()) + f'<exclusiveGateway id="{merge}"/>'
        return text + flow(one, merge) + flow(late, merge), one, merge


@given(blocks, st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_random_sound_routes_always_end_and_leave_nothing(block: object, seed: int) -> None:
    drawer = Drawer()
    text, first, last = drawer.draw(block)
    found = verdict(text + ends("e") + flow("s", first) + flow(last, "e"))
    assert not found.refusals
    if found.findings:
        assert {one.kind for one in found.findings} == {"too_large"}
    drawn = found.routes[0]
    chance = random.Random(seed)
    position, _ = engine.step(drawn, engine.Position(), engine.Begin(some(drawer, chance, 3)))
    done: set[str] = set()
    for turn in range(3000):
        if position.ended:
            break
        moves = engine.possible(drawn, position)
        assert moves, "stuck"
        _, command = chance.choice(moves)
        data = some(drawer, chance, 3 if turn < 100 else 1)
        if isinstance(command, engine.Complete):
            assert command.task not in done
            done.add(command.task)
            position, _ = engine.step(drawn, position, engine.Complete(command.task, data))
        elif isinstance(command, engine.Fire):
            position, _ = engine.step(drawn, position, engine.Fire(command.timer, data))
        else:
            assert isinstance(command, engine.Deliver)
            position, _ = engine.step(drawn, position, engine.Deliver(command.message, data))
    assert position.ended == "e" or position.ended.startswith("x")
    assert (position.open, position.joins, position.waits, position.scopes, position.rounds) == ((), (), (), (), ())


def some(drawer: Drawer, chance: random.Random, most: int) -> dict[str, object]:
    """Answers for every gateway; with `most` 1 loops end."""
    outcome = chance.choice(["pass", "fail"])
    return {f"cn{at}": chance.randrange(most) if most > 1 else 0 for at in range(drawer.count + 1)} | {
        "outcome": outcome
    }


@given(st.sampled_from(["and", "or"]), blocks)
@settings(max_examples=30, deadline=None)
def test_a_wrong_join_is_always_found(kind: str, block: object) -> None:
    text, first, last = Drawer().draw((kind, [block, "t", "t"]))
    name = {"and": "parallelGateway", "or": "inclusiveGateway"}[kind]
    broken = text.replace(f'<{name} id="{last}"/>', f'<exclusiveGateway id="{last}"/>')
    assert broken != text
    found = verdict(broken + ends("e") + flow("s", first) + flow(last, "e"))
    assert not found.is_ok


@given(blocks, st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_looking_at_one_order_finds_what_looking_at_all_finds(block: object, seed: int) -> None:
    """Of a route with some gateways swapped, both ways of looking say the same."""
    chance = random.Random(seed)
    text, first, last = Drawer().draw(("seq", ["t", block, "t"]))
    gates = re.findall(r"<(?:parallel|exclusive)Gateway id", text)
    for _ in range(chance.randrange(3) if gates else 0):
        spot = chance.choice([found.start() for found in re.finditer(r"<(?:parallel|exclusive)Gateway id", text)])
        kind = chance.choice(["<parallelGateway id", "<exclusiveGateway id"])
        text = text[:spot] + re.sub(r"<(?:parallel|exclusive)Gateway id", kind, text[spot:], count=1)
    diagram = bpmn.read(xml(text + ends("e") + flow("s", first) + flow(last, "e"), executable=False))
    [drawn] = diagram.routes
    refused: list[str] = []
    drawn = structured(drawn, lambda kind, element: refused.append(element))
    if refused:
        return
    quick, thorough = Explorer(drawn), Explorer(drawn)
    thorough.apart = False
    one, all_of_them = quick.run(), thorough.run()
    if not all_of_them.too_large:
        assert bool(one.problems) == bool(all_of_them.problems)
        if not one.problems:
            assert one.met == all_of_them.met
            assert len(one.states) <= len(all_of_them.states)


@pytest.mark.parametrize("count", [2, 5, 9])
def test_a_sound_route_is_sound_whatever_its_width(count: int) -> None:
    body = '<inclusiveGateway id="f" default="f-a0"/><inclusiveGateway id="j"/>' + ends("e") + flows("s f; j e")
    for at in range(count):
        body += users(f"a{at}") + flow("f", f"a{at}", f"x = {at}" if at else "") + flow(f"a{at}", "j")
    assert route(body).blocks == {"f": "j"}
