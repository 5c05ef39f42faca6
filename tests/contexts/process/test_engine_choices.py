"""What a route does, command by command: several reviewers, gateways, choices, stored positions."""

from __future__ import annotations

import random

import msgspec
import pytest

from tests.contexts.process.drawings import ends, flow, flows, route, users
from tests.contexts.process.runner import MESSAGES, SUB, Runner
from tongban.contexts.process.core import engine
from tongban.contexts.process.core.engine import Begin, Complete, Position
from tongban.contexts.process.core.routes import Route

# --- several reviewers -----------------------------------------------------------------------------------------------


def several(inside: str = "", **ours: object) -> Route:
    words = " ".join(f'tongban:{key}="{value}"' for key, value in ours.items())
    loop = f"<multiInstanceLoopCharacteristics {words}>{inside}</multiInstanceLoopCharacteristics>"
    return route(
        f'<userTask id="a">{loop}</userTask><exclusiveGateway id="g" default="g-b"/>'
        + users("b c")
        + ends("e")
        + flows("s a g b e; c e")
        + flow("g", "c", 'outcome = "fail"')
    )


def answer(run: Runner, *outcomes: str) -> Runner:
    for outcome in outcomes:
        run.do("a", outcome=outcome)
    return run


def test_all_must_agree() -> None:
    assert answer(Runner(several(reviewers=3, quorum="all")), "pass", "pass", "pass").open == ["b"]
    run = answer(Runner(several(reviewers=3, quorum="all")), "pass", "fail")
    assert run.open == ["c"]
    assert len(run.of(engine.TaskCancelled)) == 1
    assert run.of(engine.RoundDecided) == [engine.RoundDecided("a", False, 1, 1)]


def test_a_majority_decides_as_soon_as_it_is_there() -> None:
    drawn = several(reviewers=5, quorum="majority")
    assert answer(Runner(drawn), "pass", "fail", "pass", "pass").open == ["b"]
    assert answer(Runner(drawn), "fail", "fail", "pass", "fail").open == ["c"]
    assert answer(Runner(several(reviewers=4, quorum="majority")), "pass", "pass", "fail", "fail").open == ["c"]


def test_any_one_is_enough() -> None:
    assert answer(Runner(several(reviewers=3, quorum="any")), "fail", "pass").open == ["b"]
    assert answer(Runner(several(reviewers=2, quorum="any")), "fail", "fail").open == ["c"]


def test_weights_count() -> None:
    drawn = several(quorum="weighted", weights="3,1,1", threshold=60)
    assert answer(Runner(drawn), "pass").open == ["b"]
    assert answer(Runner(drawn), "fail").open == ["c"]


def test_without_a_rule_all_are_heard() -> None:
    run = answer(Runner(several(reviewers=3)), "fail", "pass")
    assert run.open == ["a"]
    assert answer(run, "pass").open == ["c"]


def test_one_after_the_other() -> None:
    loop = '<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>n</loopCardinality>'
    loop += "<completionCondition>no = 1</completionCondition></multiInstanceLoopCharacteristics>"
    drawn = route(f'<userTask id="a">{loop}</userTask>' + users("b") + ends("e") + flows("s a b e"))
    run = Runner(drawn, {"n": 3})
    assert run.open == ["a"]
    assert run.do("a", outcome="pass").open == ["a"]
    assert run.do("a", outcome="fail").open == ["b"]
    assert Runner(drawn, {"n": 0}).open == ["b"]
    with pytest.raises(engine.CountMissing):
        Runner(drawn, {})


def test_a_sub_process_for_each_of_several() -> None:
    loop = '<multiInstanceLoopCharacteristics tongban:reviewerList="organs" tongban:quorum="majority"/>'
    sub = SUB.format("", flow("j", "ie")).replace("<startEvent", f"{loop}<startEvent", 1)
    run = Runner(route(sub + users("b") + ends("e") + flows("s sub b e")), {"organs": ["x", "y", "z"]})
    assert len(run.open) == 6
    for _ in range(2):
        scope = run.position.scopes[0].id
        for task in [task.id for task in run.position.open if task.scope == scope]:
            run.tell(Complete(task, {"outcome": "pass"}))
    assert run.open == ["b"]
    assert run.position.rounds == ()
    assert run.position.scopes == ()


# --- gateways --------------------------------------------------------------------------------------------------------


def inclusive() -> Route:
    return route(
        '<inclusiveGateway id="f" default="f-c"/><inclusiveGateway id="j"/>'
        + users("a b c d")
        + ends("e")
        + flow("f", "a", "x = 1")
        + flow("f", "b", "y = 1")
        + flows("s f; f c j; a j; b j d e")
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [({"x": 1, "y": 1}, ["a", "b"]), ({"x": 1}, ["a"]), ({}, ["c"])],
)
def test_an_inclusive_join_waits_for_the_branches_that_were_taken(data: dict[str, int], expected: list[str]) -> None:
    run = Runner(inclusive(), data)
    assert run.open == expected
    for node in expected:
        assert "d" not in run.open
        run.do(node, **data)
    assert run.open == ["d"]
    assert run.do("d").position.ended == "e"


def test_several_flows_out_of_a_task_split_and_conditions_choose() -> None:
    drawn = route(users("a b c d") + '<parallelGateway id="j"/>' + ends("e") + flows("s a b j d e; a c j"))
    assert Runner(drawn).do("a").open == ["b", "c"]
    choosing = route(
        '<userTask id="a" default="a-b"/>'
        + users("b c")
        + ends("e x")
        + flows("s a b e; c x")
        + flow("a", "c", 'outcome = "fail"')
    )
    assert Runner(choosing).do("a", outcome="fail").open == ["c"]
    assert Runner(choosing).do("a").open == ["b"]


def test_a_person_chooses_where_the_drawing_says_no_more() -> None:
    drawn = route('<exclusiveGateway id="g"/>' + users("a b") + ends("e") + flows("s g a e; g b e"), executable=False)
    with pytest.raises(engine.ChoiceMissing):
        engine.step(drawn, Position(), Begin({}))
    for chosen in (("g-a", "g-b"), ("elsewhere",)):
        with pytest.raises(engine.ChoiceMissing):
            engine.step(drawn, Position(), Begin({}, choices={"g": chosen}))
    position, _ = engine.step(drawn, Position(), Begin({}, choices={"g": ("g-b",)}))
    assert [task.node for task in position.open] == ["b"]


def test_no_condition_and_no_default_is_refused_not_lost() -> None:
    drawn = route(
        '<exclusiveGateway id="g" default="g-a"/>'
        + users("a b")
        + ends("e")
        + flows("s g a e; b e")
        + flow("g", "b", "x = 1")
    )
    broken = Route(
        drawn.id,
        "",
        "",
        drawn.nodes,
        tuple(each for each in drawn.flows if each.id != "g-a"),
        "s",
        (),
        {},
        drawn.entries,
    )
    with pytest.raises(engine.NoWayOn):
        engine.step(broken, Position(), Begin({}))


def test_a_start_is_chosen_by_its_name() -> None:
    drawn = route(
        '<startEvent id="m1"><messageEventDefinition messageRef="m"/></startEvent>'
        + users("a b")
        + ends("e")
        + flows("s a e; m1 b e"),
        beside=MESSAGES,
    )
    assert Runner(drawn).open == ["a"]
    position, _ = engine.step(drawn, Position(), Begin({}, "m1"))
    assert [task.node for task in position.open] == ["b"]
    with pytest.raises(engine.StartUnknown):
        engine.step(drawn, Position(), Begin({}, "nowhere"))


def test_positions_stored_before_still_read() -> None:
    old = '{"open":[{"id":"t1","node":"a"}],"joins":[["j",["f1"]]],"serial":3,"ended":""}'
    read = msgspec.json.decode(old, type=Position)
    assert read.open[0].node == "a"
    assert (read.waits, read.scopes, read.rounds) == ((), (), ())


def test_a_route_is_played_with_chance_at_every_choice() -> None:
    loop = '<multiInstanceLoopCharacteristics tongban:reviewerList="organs" tongban:quorum="any"/>'
    drawn = route(
        f'<userTask id="a">{loop}</userTask><exclusiveGateway id="g" default="g-m"/><exclusiveGateway id="m"/>'
        + ends("e")
        + flows("s m a g m")
        + flow("g", "e", 'outcome = "pass"')
    )
    ways = set()
    for seed in range(20):
        played = engine.play(drawn, random.Random(seed).choice)
        assert played.position.ended == "e"
        ways.add(played.done)
    assert len(ways) > 1
    stays = engine.play(drawn, lambda options: options[0], {"organs": ["x"], "outcome": "fail"}, most=9)
    assert (stays.position.ended, len(stays.done)) == ("", 9)
