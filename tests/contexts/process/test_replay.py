"""Replay: fitness and alignments against an oracle that knows no nets, and the kinds of deviations."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contexts.process.replays import Block, Word, distance, language, route_of
from tongban.contexts.process.core.replay.alignment import align, shortest
from tongban.contexts.process.core.replay.deviations import deviations
from tongban.contexts.process.core.replay.fitness import played, replay
from tongban.contexts.process.core.replay.log import Log
from tongban.contexts.process.core.replay.matching import match, read_mapping
from tongban.contexts.process.core.replay.net import Net, Tally
from tongban.contexts.process.core.replay.refusals import MapRefused, RouteNotReplayed
from tongban.contexts.process.core.replay.report import compare
from tongban.contexts.process.core.replay.weaving import weave
from tongban.contexts.process.core.routes import Event, Flow, Node, Route

LONGEST = 5
TASK = st.sampled_from("abcde")
INSIDE = st.recursive(
    TASK,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["seq", "xor", "and"]), st.tuples(inner, inner)),
        st.tuples(st.just("or"), st.tuples(inner, inner)),
        st.tuples(st.just("loop"), st.tuples(inner)),
        st.tuples(st.just("loop"), st.tuples(inner, inner)),
        st.tuples(st.just("skip"), st.tuples(inner)),
    ),
    max_leaves=5,
)
WORDS = st.lists(st.sampled_from("abcdex"), max_size=LONGEST).map(tuple)


def steps_of(route: Route, word: Word) -> list[tuple[str, ...]]:
    nodes = match(route, set(word)).nodes
    return [nodes.get(each, ()) for each in word]


@settings(max_examples=400, deadline=None)
@given(INSIDE, WORDS)
def test_a_case_fits_exactly_when_the_route_allows_it(block: Block, word: Word) -> None:
    allowed = language(block, LONGEST)
    route = route_of(block)
    for detailed in (False, True):
        net = weave(route, detailed=detailed)
        tried = [word, *sorted(allowed)[:5]]
        for each in tried:
            tally = replay(net, steps_of(route, each))
            assert tally.produced + tally.missing == tally.consumed + tally.remaining
            if net.exhausted:  # only where many tasks share a name; then a fit is still a fit
                assert each in allowed or tally.fitness < 1
                continue
            assert (tally.missing + tally.remaining == 0) == (each in allowed), (each, tally)
            assert (tally.fitness == 1) == (each in allowed)
            assert 0 <= tally.fitness <= 1


@settings(max_examples=300, deadline=None)
@given(INSIDE, WORDS.map(lambda word: word[:3]))
def test_an_alignment_costs_what_the_nearest_allowed_case_differs(block: Block, word: Word) -> None:
    route = route_of(block)
    near = language(block, 6)
    if not near:
        return
    net = weave(route)
    least = min(map(len, near))
    if len(word) + least + len(word) > 6:
        return  # a longer word might be nearer
    found = align(net, steps_of(route, word))
    assert found.cost == min(distance(word, each) for each in near)
    assert found.complete
    assert not found.approximate
    assert shortest(net) == least
    assert [word[pair.place] for pair in found.pairs if pair.place >= 0] == list(word)
    said = tuple(route.nodes[pair.node].name for pair in found.pairs if pair.node)
    assert said in near
    if not found.cost:
        assert played(net, found.moves).fitness == 1


@settings(max_examples=200, deadline=None)
@given(INSIDE, WORDS)
def test_the_flows_that_are_counted_join_up(block: Block, word: Word) -> None:
    route = route_of(block)
    found = align(weave(route, detailed=True), steps_of(route, word))
    flows = Counter(found.flows)
    done = Counter(pair.node for pair in found.pairs if pair.node)
    for node in route.nodes.values():
        into = [flows[flow] for flow in route.incoming[node.id]]
        out = [flows[flow.id] for flow in route.outgoing[node.id]]
        if node.kind == "user":
            assert sum(into) == sum(out) == done[node.id]
        elif node.kind == "exclusive":
            assert sum(into) == sum(out)
        elif node.kind == "parallel":
            assert len({*into, *out}) == 1


def test_the_tokens_of_a_skipped_step_are_those_of_the_book() -> None:
    route = route_of(("seq", ("a", "b", "c")))
    assert replay(weave(route), steps_of(route, ("a", "c"))) == Tally(3, 3, 1, 1)
    assert replay(weave(route), steps_of(route, ("a", "c"))).fitness == pytest.approx(2 / 3)
    assert replay(weave(route), steps_of(route, ("a", "b"))) == Tally(3, 3, 1, 1)
    assert replay(weave(route), steps_of(route, ("a", "x", "b", "c"))) == Tally(5, 5, 1, 1)
    assert replay(weave(route), ()) == Tally(1, 1, 1, 1)


KINDS = [
    ("abcd", []),
    ("axbcd", [("not_on_route", "x", 1)]),
    ("abd", [("skipped", "c", 1)]),
    ("acbd", [("out_of_order", "b", 1)]),
    ("abbcd", [("repeated", "b", 1)]),
    ("bcd", [("began_without_start", "b", 1)]),
    ("cd", [("began_without_start", "c", 2)]),
    ("xcd", [("not_on_route", "x", 1), ("began_without_start", "c", 2)]),
    ("ab", [("did_not_end", "b", 2)]),
    ("abx", [("not_on_route", "x", 1), ("did_not_end", "x", 2)]),
    ("abcda", [("repeated", "a", 1)]),
    ("", [("did_not_end", "", 4)]),
]


@pytest.mark.parametrize(("word", "expected"), KINDS)
def test_each_kind_of_deviation_is_told_once(word: str, expected: list[tuple[str, str, int]]) -> None:
    route = route_of(("seq", ("a", "b", "c", "d")))
    steps = steps_of(route, tuple(word))
    found = deviations(align(weave(route), steps), list(word), steps)
    named = [(kind, route.nodes[a].name if a in route.nodes else a, count) for kind, a, count in found]
    if word == "acbd":  # either of the two may be called misplaced
        assert [(kind, count) for kind, _, count in named] == [("out_of_order", 1)]
    else:
        assert named == expected


def test_a_long_case_is_explained_piece_by_piece() -> None:
    route = route_of(("loop", (("and", tuple("abcde")),)))
    word = tuple("abcde" * 60) + tuple("edx" * 60)
    steps = steps_of(route, word)
    found = align(weave(route), steps, budget=300)
    assert found.approximate
    assert [pair.place for pair in found.pairs if pair.place >= 0] == list(range(len(word)))
    best = align(weave(route), steps)
    assert best.cost <= found.cost


def _with(nodes: list[Node], flows: list[tuple[str, str]], **more: object) -> Route:
    made = tuple(Flow(f"{a}-{b}", a, b) for a, b in flows)
    return Route("r", "r", "", {node.id: node for node in nodes}, made, "s", (), **more)  # type: ignore[arg-type]


def _node(key: str, kind: str, **more: object) -> Node:
    return Node(key, kind, "" if kind in ("start", "end", "exclusive", "parallel") else key, "", **more)  # type: ignore[arg-type]


def fits(route: Route, word: str) -> bool:
    found = match(route, set(word))
    tally = replay(weave(route, found.named), [found.nodes.get(each, ()) for each in word])
    return tally.fitness == 1


def test_a_boundary_event_interrupts_or_runs_beside() -> None:
    for interrupting, allowed, refused in ((True, ["ac", "bc"], ["abc", "bac"]), (False, ["ac", "abc", "bac"], ["bc"])):
        bell = Node("bell", "boundary", "", "", event=Event("timer"), host="a", interrupting=interrupting)
        nodes = [_node("s", "start"), _node("a", "user"), bell, _node("b", "user"), _node("m", "exclusive")]
        flows = [("s", "a"), ("bell", "b")]
        if interrupting:
            route = _with(
                [*nodes, _node("c", "user"), _node("e", "end")],
                [*flows, ("a", "m"), ("b", "m"), ("m", "c"), ("c", "e")],
            )
        else:
            route = _with(
                [*nodes[:4], _node("c", "user"), _node("e", "end"), _node("f", "end")],
                [*flows, ("a", "c"), ("b", "f"), ("c", "e")],
            )
        assert all(fits(route, word) for word in allowed), interrupting
        assert not any(fits(route, word) for word in refused), interrupting


def test_a_sub_process_ends_when_everything_in_it_has_and_can_be_interrupted() -> None:
    inside = [_node("i", "start", scope="sub"), _node("p", "parallel", scope="sub")]
    inside += [_node(key, "user", scope="sub") for key in "ab"] + [_node(key, "end", scope="sub") for key in "xy"]
    late = Node("late", "boundary", "", "", event=Event("timer"), host="sub")
    outside = [_node("s", "start"), Node("sub", "subprocess", "sub", "", body="sub"), late]
    outside += [_node("c", "user"), _node("d", "user"), _node("e", "end"), _node("f", "end")]
    flows = [("s", "sub"), ("sub", "c"), ("c", "e"), ("late", "d"), ("d", "f")]
    flows += [("i", "p"), ("p", "a"), ("p", "b"), ("a", "x"), ("b", "y")]
    route = _with([*inside, *outside], flows, entries={"": (("s",),), "sub": (("i",),)})
    assert all(fits(route, word) for word in ("abc", "bac", "ad", "d", "bad"))
    assert not any(fits(route, word) for word in ("ac", "bc", "c", "abdc"))


def test_several_reviewers_answer_one_after_the_other() -> None:
    from tongban.contexts.process.core.routes import Multi

    many = Node("a", "user", "a", "", multi=Multi())
    route = _with(
        [_node("s", "start"), many, _node("b", "user"), _node("e", "end")], [("s", "a"), ("a", "b"), ("b", "e")]
    )
    assert fits(route, "ab")
    assert fits(route, "aaab")
    assert not fits(route, "b")
    assert not fits(route, "aba")


def test_what_the_platform_does_itself_is_expected_only_where_the_log_names_it() -> None:
    robot = _node("r", "service")
    nodes = [_node("s", "start"), _node("a", "user"), robot, _node("b", "user"), _node("e", "end")]
    route = _with(nodes, [("s", "a"), ("a", "r"), ("r", "b"), ("b", "e")])
    assert fits(route, "ab")
    assert fits(route, "arb")
    assert weave(route, frozenset({"r"})).nodes.keys() == {"a", "b", "r"}


def test_an_inclusive_join_of_nothing_is_refused() -> None:
    nodes = [_node("s", "start"), _node("p", "parallel"), _node("a", "user"), _node("b", "user")]
    nodes += [_node("j", "inclusive"), _node("e", "end")]
    flows = [("s", "p"), ("p", "a"), ("p", "b"), ("a", "j"), ("b", "j"), ("j", "e")]
    with pytest.raises(RouteNotReplayed) as refused:
        weave(_with(nodes, flows))
    assert refused.value.params["element"] == "j"


def test_activities_mean_tasks_by_mapping_id_or_either_name() -> None:
    route = _with(
        [_node("s", "start"), Node("t1", "user", "现场核查", "On-site check"), _node("e", "end")],
        [("s", "t1"), ("t1", "e")],
    )
    activities = ["现场核查", "on-site  CHECK", "t1", "visit", "noise", "On site check"]
    mapping = read_mapping("activity,task\nvisit,现场核查\nnoise,\n".encode(), route)
    found = match(route, activities, mapping)
    assert {activity for activity, nodes in found.nodes.items() if nodes == ("t1",)} == set(activities[:4])
    assert found.ignored == {"noise"}
    assert found.unmatched == ("On site check",)
    assert found.near == {"On site check": "现场核查"}


@pytest.mark.parametrize(
    ("text", "line"),
    [(b"visit,nowhere\n", 1), (b"activity,task\na\n", 2), (b"a,b,c\n", 1), (b"\xff,t1\n", 1), (b",t1\n", 1)],
)
def test_a_mapping_that_leads_nowhere_is_refused(text: bytes, line: int) -> None:
    route = _with([_node("s", "start"), _node("t1", "user"), _node("e", "end")], [("s", "t1"), ("t1", "e")])
    with pytest.raises(MapRefused) as refused:
        read_mapping(text, route)
    assert refused.value.params["line"] == line


def test_a_report_weighs_each_sequence_by_its_cases() -> None:
    route = route_of(("seq", ("a", "b", "c")))
    log = Log(activities=["a", "b", "c", "x"], variants=[(0, 1, 2), (0, 2), (0, 3, 1, 2)])
    log.cases = [("1", 0), ("2", 0), ("3", 1), ("4", 2)]
    found = compare(log, route, match(route, log.activities))
    assert found.fitness.fitting == 2
    assert found.known.fitting == 3
    assert found.fitness.average == pytest.approx((1 + 1 + 2 / 3 + 0.8) / 4)
    assert found.fitness.log == pytest.approx(1 - 2 / (4 + 4 + 3 + 5))
    skipped = next(total for total in found.totals if total.kind == "skipped")
    assert (route.nodes[skipped.activity].name, skipped.cases, skipped.events) == ("b", 1, 1)
    assert isinstance(weave(route), Net)
