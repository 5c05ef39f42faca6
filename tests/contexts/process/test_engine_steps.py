"""What a route does, command by command: events, sub-processes, several reviewers, choices."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from tests.contexts.process.drawings import boundary, ends, flow, flows, route, timer, users
from tongban.contexts.process.core import engine
from tongban.contexts.process.core.engine import Begin, Complete, Deliver, Fire, Position, Raise
from tongban.contexts.process.core.routes import Route, Timer
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


# --- timers ----------------------------------------------------------------------------------------------------------


def test_a_timer_that_interrupts_closes_its_task() -> None:
    run = Runner(route(ONE + boundary("t", "a", "timer", inside=timer(5))))
    assert run.of(engine.TimerSet)[0].timer == Timer(((5, "workday"),))
    task = run.task("a")
    run.fire("t")
    assert run.open == ["b"]
    assert [one.task.id for one in run.of(engine.TaskCancelled)] == [task]
    run.refused(Complete(task), engine.TaskNotOpen)
    assert run.do("b").position.ended == "x"


def test_whichever_comes_first_wins_the_timer_or_the_task() -> None:
    drawn = route(ONE + boundary("t", "a", "timer", inside=timer()))
    first = Runner(drawn)
    timer_id = first.wait("t")
    first.do("a")
    assert first.of(engine.TimerCancelled)[0].id == timer_id
    assert first.position.ended == "e"
    first.refused(Fire(timer_id), engine.TimerNotSet)


def test_a_timer_that_does_not_interrupt_comes_once_beside_its_task() -> None:
    run = Runner(route(ONE + boundary("t", "a", "timer", interrupting=False, inside=timer(3))))
    timer_id = run.wait("t")
    run.fire("t")
    assert run.open == ["a", "b"]
    run.refused(Fire(timer_id), engine.TimerNotSet)
    assert run.do("a").position.ended == ""
    assert run.do("b").position.ended == "x"


def test_a_timer_on_the_way_is_waited_for() -> None:
    drawn = route(
        f'<intermediateCatchEvent id="t"><timerEventDefinition{timer(2, "month")}/></intermediateCatchEvent>'
        + users("a")
        + ends("e")
        + flows("s t a e")
    )
    run = Runner(drawn)
    assert run.of(engine.TimerSet)[0].timer == Timer(((2, "month"),))
    assert run.open == []
    assert run.fire("t").open == ["a"]


# --- messages and choices of events ----------------------------------------------------------------------------------

MESSAGES = '<message id="m" name="answer"/><message id="n" name="question"/>'


def test_messages_are_sent_and_awaited() -> None:
    drawn = route(
        '<intermediateThrowEvent id="ask"><messageEventDefinition messageRef="n"/></intermediateThrowEvent>'
        '<receiveTask id="hear" messageRef="m"/><sendTask id="thank" messageRef="n"/>'
        + ends("e")
        + flows("s ask hear thank e"),
        beside=MESSAGES,
    )
    run = Runner(drawn)
    assert [one.message for one in run.of(engine.MessageSent)] == ["question"]
    assert [one.message for one in run.of(engine.MessageAwaited)] == ["answer"]
    run.refused(Deliver("question"), engine.MessageNotAwaited)
    run.refused(Fire(run.wait("hear")), engine.TimerNotSet)
    run.tell(Deliver("answer"))
    assert run.open == ["thank"]
    run.do("thank")
    assert [one.message for one in run.of(engine.MessageSent)] == ["question"]
    assert run.position.ended == "e"
    run.refused(Deliver("answer"), engine.MessageNotAwaited)


def test_of_several_events_the_first_takes_the_way() -> None:
    drawn = route(
        '<eventBasedGateway id="g"/><intermediateCatchEvent id="m1"><messageEventDefinition messageRef="m"/>'
        f'</intermediateCatchEvent><intermediateCatchEvent id="t"><timerEventDefinition{timer(24, "hour")}/>'
        "</intermediateCatchEvent>" + users("a b") + ends("e x") + flows("s g m1 a e; g t b x"),
        beside=MESSAGES,
    )
    run = Runner(drawn)
    other = run.wait("t")
    run.tell(Deliver("answer"))
    assert run.open == ["a"]
    assert run.position.waits == ()
    assert [one.id for one in run.of(engine.TimerCancelled)] == [other]
    run.refused(Fire(other), engine.TimerNotSet)


def test_a_boundary_message_beside_its_task() -> None:
    kind = '<messageEventDefinition messageRef="m"/>'
    run = Runner(route(ONE + boundary("t", "a", "message", interrupting=False, inside=kind), beside=MESSAGES))
    assert run.tell(Deliver("answer")).open == ["a", "b"]


# --- sub-processes ---------------------------------------------------------------------------------------------------

SUB = (
    '<subProcess id="sub"><startEvent id="is"/>' + users("i j") + '<parallelGateway id="if"/>'
    '<endEvent id="ie"/>{0}' + flows("is if i ie; if j") + "{1}</subProcess>"
)


def test_a_sub_process_goes_on_when_nothing_is_left_in_it() -> None:
    drawn = route(SUB.format("", flow("j", "ie")) + users("a") + ends("e") + flows("s sub a e"))
    run = Runner(drawn)
    assert run.open == ["i", "j"]
    assert run.do("i").open == ["j"]
    assert run.do("j").open == ["a"]
    assert run.position.scopes == ()
    assert run.do("a").position.ended == "e"


def test_an_event_cancels_a_whole_branch() -> None:
    drawn = route(
        SUB.format("", flow("j", "ie"))
        + users("a b")
        + ends("e x")
        + flows("s sub a e; t b x")
        + boundary("t", "sub", "timer", inside=timer())
    )
    run = Runner(drawn)
    run.fire("t")
    assert run.open == ["b"]
    assert run.position.scopes == ()
    assert len(run.of(engine.TaskCancelled)) == 2


def test_terminate_ends_its_own_sub_process_only() -> None:
    stop = '<endEvent id="stop"><terminateEventDefinition/></endEvent>'
    drawn = route(SUB.format(stop, flow("j", "stop")) + users("a") + ends("e") + flows("s sub a e"))
    run = Runner(drawn)
    run.do("j")
    assert run.open == ["a"]
    assert [one.task.node for one in run.of(engine.TaskCancelled)] == ["i"]


def test_terminate_ends_everything_at_the_top() -> None:
    drawn = route(
        '<parallelGateway id="f"/><endEvent id="stop"><terminateEventDefinition/></endEvent>'
        + users("a b")
        + ends("e")
        + flows("s f a e; f b stop")
    )
    run = Runner(drawn)
    run.do("b")
    assert run.position.ended == "stop"
    assert run.position.open == ()
    assert run.of(engine.Ended)[0].node == "stop"


def test_an_error_and_an_escalation_find_the_nearest_taker() -> None:
    beside = '<error id="er" errorCode="E1"/><escalation id="es" escalationCode="up"/>'
    bad = '<endEvent id="bad"><errorEventDefinition errorRef="er"/></endEvent>'
    drawn = route(
        SUB.format(
            bad + '<exclusiveGateway id="ig" default="ig-ie"/>',
            flow("j", "ig") + flow("ig", "ie") + flow("ig", "bad", 'outcome = "fail"'),
        )
        + users("a b c")
        + ends("e x z")
        + flows("s sub a e; er1 b x; up1 c z")
        + boundary("er1", "sub", "error", inside='<errorEventDefinition errorRef="er"/>')
        + boundary(
            "up1", "sub", "escalation", interrupting=False, inside='<escalationEventDefinition escalationRef="es"/>'
        ),
        beside=beside,
    )
    run = Runner(drawn)
    run.tell(Raise(run.task("i"), "escalation", "up"))
    assert sorted(run.open) == ["c", "i", "j"]
    run.refused(Raise(run.task("i"), "escalation", "down"), engine.NotCaught)
    run.do("j", outcome="fail")
    assert sorted(run.open) == ["b", "c"]
    assert run.position.scopes == ()


def test_a_process_is_called_within_the_file() -> None:
    other = '<process id="q"><startEvent id="qs"/>' + users("k") + ends("qe") + flows("qs k qe") + "</process>"
    drawn = route(
        '<callActivity id="c1" calledElement="q"/><callActivity id="c2" calledElement="q"/><parallelGateway id="f"/>'
        '<parallelGateway id="j"/>' + ends("e") + flows("s f c1 j e; f c2 j"),
        beside=other,
    )
    run = Runner(drawn)
    assert run.open == ["k", "k"]
    run.tell(Complete(run.position.open[1].id))
    assert run.tell(Complete(run.position.open[0].id)).position.ended == "e"


def test_another_route_is_called_by_its_id() -> None:
    run = Runner(route('<callActivity id="c" calledElement="joint"/>' + ends("e") + flows("s c e")))
    assert [(one.what, one.reference) for one in run.of(engine.TaskOpened)] == [("call", "joint")]
    assert run.do("c").position.ended == "e"


def test_a_rule_names_its_decision() -> None:
    run = Runner(route('<businessRuleTask id="r" tongban:decision="risk"/>' + ends("e") + flows("s r e")))
    assert [(one.what, one.reference) for one in run.of(engine.TaskOpened)] == [("rule", "risk")]


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
