"""What a route does, command by command: timers, messages, sub-processes, calls."""

from __future__ import annotations

from tests.contexts.process.drawings import boundary, ends, flow, flows, route, timer, users
from tests.contexts.process.runner import MESSAGES, ONE, SUB, Runner
from tongban.contexts.process.core import engine
from tongban.contexts.process.core.engine import Complete, Deliver, Fire, Raise
from tongban.contexts.process.core.routes import Timer

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
