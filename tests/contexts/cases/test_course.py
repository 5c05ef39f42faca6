"""A case on every element of the subset: what it opens, awaits and takes back; by the rules alone, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from tests.contexts.cases.courses import DECIDE, RISK, boundary, drawn, ends, flow, flows, task, timer, world_on
from tests.contexts.cases.test_recompute import with_rest
from tests.contexts.cases.world import CHIEF, CLOCK, OWNER, REVIEWER, SECOND, STRANGER, WINDOW, World, officer
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.course import commands as way
from tongban.contexts.cases.core.occurred import course as o
from tongban.contexts.cases.core.path import catches, moment_of
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.cases.core.state import Phase
from tongban.contexts.parties.core import Role, system
from tongban.contexts.process.core.dmn.deciding import read_decisions
from tongban.contexts.process.core.engine import MessageNotAwaited, NotCaught
from tongban.contexts.process.core.routes import RouteRefused
from tongban.contexts.process.core.soundness import publishable
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed, NotFound

THIRD = officer("r3", "market", Role.REVIEWER)
DOCTOR = officer("h1", "health", Role.REVIEWER)


def nodes(world: World) -> set[str]:
    """The nodes of what is open."""
    return {one.node for one in world.state.open_tasks}


def done(world: World, node: str, outcome: str = "pass", actor: Any = REVIEWER) -> list[Any]:
    found = next(one for one in world.state.open_tasks if one.node == node)
    return world.give(c.CompleteTask(found.id, outcome, "看过了"), actor)


def due(world: World) -> dict[str, datetime]:
    return {one.key: one.at for one in rows("id", world.state).due if one.key.startswith("timer:")}


def fire(world: World, node: str) -> list[Any]:
    one = next(one for one in world.state.timers if one.node == node)
    world.now = one.due
    return world.give(way.FireTimer(one.id, one.version), CLOCK)


# --- timers ----------------------------------------------------------------------------------------------------------

REMINDED = drawn(
    task("a")
    + task("again", role="approver")
    + DECIDE
    + boundary("remind", "a", "timer", interrupting=False, inside=timer(2))
    + boundary("late", "a", "timer", inside=timer(4))
    + '<intermediateThrowEvent id="tell"><messageEventDefinition messageRef="m-paid"/></intermediateThrowEvent>'
    + ends("e told")
    + '<exclusiveGateway id="g"/>'
    + flows("s a g; late again g; g decide e; remind tell told"),
    lead="a again decide",
)


def test_a_timer_in_working_days_reminds_and_another_takes_the_task_back() -> None:
    world = world_on(REMINDED)  # Monday 2 March 2026
    assert due(world) == {
        "timer:w2": datetime(2026, 3, 5, tzinfo=CHINA),  # the second working day is Wednesday: it is over at midnight
        "timer:w3": datetime(2026, 3, 7, tzinfo=CHINA),
    }
    reminded = fire(world, "remind")
    assert [type(one).__name__ for one in reminded] == ["TimerFired", "MessageSent", "RouteAdvanced"]
    assert nodes(world) == {"a"}
    assert set(due(world)) == {"timer:w3"}
    fire(world, "late")
    assert nodes(world) == {"again"}
    first = world.state.tasks[0]
    assert (first.node, first.cancelled_at, first.done_at) == ("a", world.now, None)
    row = next(row for row in rows("id", world.state).tables["cases_task"] if row[1] == first.id)
    assert (row[17], row[19]) == (world.now, "cancelled")
    with pytest.raises(r.StepTakenBack):
        world.give(c.CompleteTask(first.id, "pass"), REVIEWER)
    assert due(world) == {}
    advanced = world.events[-1]
    assert [(one.task, one.why) for one in advanced.cancelled] == [(first.id, "timer")]


def test_a_task_that_is_done_stops_its_timers_and_what_was_due_does_nothing() -> None:
    world = world_on(REMINDED)
    late = next(one for one in world.state.timers if one.node == "late")
    done(world, "a")
    assert world.state.timers == ()
    assert due(world) == {}
    assert world.wait("2026-03-09 09:00").give(way.FireTimer(late.id, late.version), CLOCK) == []


def test_a_timer_is_not_early_not_of_an_old_version_and_nobody_elses() -> None:
    world = world_on(REMINDED)
    late = next(one for one in world.state.timers if one.node == "late")
    with pytest.raises(r.NotYetDue):
        world.give(way.FireTimer(late.id, late.version), CLOCK)
    with pytest.raises(NotAllowed):
        world.give(way.FireTimer(late.id, late.version), CHIEF)
    world.calendar = with_rest(world.calendar, date(2026, 3, 4))
    (moved,) = world.give(c.RecomputeClocks("江政办〔2026〕9号", 2026), system("calendar"))
    assert dict(moved.old.timers)[late.id] == late.due
    again = next(one for one in world.state.timers if one.node == "late")
    assert (again.version, again.due) == (2, datetime(2026, 3, 10, tzinfo=CHINA))
    world.now = again.due
    assert world.give(way.FireTimer(late.id, late.version), CLOCK) == []
    assert nodes(world) == {"a"}
    assert world.give(way.FireTimer(again.id, again.version), CLOCK) != []
    assert nodes(world) == {"again"}


def test_a_decided_or_withdrawn_case_has_no_timers_any_more() -> None:
    world = world_on(REMINDED)
    world.give(c.Withdraw(), OWNER)
    assert due(world) == {}
    late = next(one for one in world.state.timers if one.node == "late")
    assert world.wait("2026-03-20 09:00").give(way.FireTimer(late.id, late.version), CLOCK) == []


@pytest.mark.parametrize(
    ("lengths", "moment", "since", "expected"),
    [
        (((1, "workday"),), "", "2026-03-06 17:00", "2026-03-10 00:00"),  # Friday; Monday is over at midnight
        (((1, "day"),), "", "2026-03-06 17:00", "2026-03-10 00:00"),  # Saturday rests: Monday (民法典 203)
        (((1, "week"),), "", "2026-03-02 09:00", "2026-03-10 00:00"),
        (((1, "month"),), "", "2026-01-31 09:00", "2026-03-01 00:00"),  # Saturday 28 February is worked that year
        (((1, "year"),), "", "2025-03-03 09:00", "2026-03-04 00:00"),
        (((36, "hour"),), "", "2026-03-06 17:00", "2026-03-08 05:00"),
        (((1, "day"), (12, "hour")), "", "2026-03-06 17:00", "2026-03-08 05:00"),
        (((1, "workday"), (1, "hour")), "", "2026-03-06 17:00", "2026-03-09 18:00"),
        (((1, "month"), (30, "minute")), "", "2026-03-06 17:00", "2026-04-06 17:30"),
        ((), "2026-05-01T08:00:00", "2026-03-06 17:00", "2026-05-01 08:00"),
        ((), "2026-05-01T00:00:00+00:00", "2026-03-06 17:00", "2026-05-01 08:00"),
    ],
)
def test_when_a_timer_comes(lengths: Any, moment: str, since: str, expected: str) -> None:
    world = World(now=since)
    found = moment_of(lengths, moment, world.now, world.calendar).at
    assert found.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") == expected


# --- messages --------------------------------------------------------------------------------------------------------

ANSWERED = drawn(
    task("a")
    + '<receiveTask id="ask" name="请确认整改" messageRef="m-answer"/>'
    + '<intermediateCatchEvent id="organ" name="等卫健答复" tongban:from="health">'
    + '<messageEventDefinition messageRef="m-paid"/></intermediateCatchEvent>'
    + DECIDE
    + ends("e")
    + flows("s a ask organ decide e"),
    lead="a decide",
    health="organ",
)


def test_the_route_waits_for_the_applicant_and_then_for_an_organ() -> None:
    world = world_on(ANSWERED)
    done(world, "a")
    (asked,) = world.state.awaited
    assert (asked.sender, asked.name, world.state.waits_applicant) == ("applicant", "请确认整改", True)
    for actor, refusal in ((STRANGER, NotFound), (REVIEWER, NotAllowed)):
        with pytest.raises(refusal):
            world.give(way.GiveMessage(asked.id, "好"), actor)
    with pytest.raises(r.AnswerMissing):
        world.give(way.GiveMessage(asked.id, "  "), OWNER)
    received = world.give(way.GiveMessage(asked.id, "已经改好"), OWNER)[0]
    assert isinstance(received, o.MessageReceived)
    assert (received.text, received.by_name) == ("已经改好", OWNER.name)
    assert {"text", "by_name"} <= received.PERSONAL
    (organ,) = world.state.awaited
    assert (organ.agency, organ.role, world.state.waits_applicant) == ("health", "reviewer", False)
    standing = [row for row in rows("id", world.state).tables["cases_task"] if row[2] == "message"]
    assert [(row[4], row[17]) for row in standing] == [("health", None)]
    with pytest.raises(NotAllowed):
        world.give(way.GiveMessage(organ.id, "同意"), OWNER)
    world.give(way.GiveMessage(organ.id, "同意"), DOCTOR)
    assert nodes(world) == {"decide"}
    with pytest.raises(MessageNotAwaited):
        world.give(way.GiveMessage(organ.id, "又来"), DOCTOR)  # who answered still sees the case


def test_the_system_names_the_message_and_a_window_writes_down_the_applicants_answer() -> None:
    world = world_on(ANSWERED)
    done(world, "a")
    world.give(way.GiveMessage(world.state.awaited[0].id, "口头确认"), WINDOW)
    world.give(way.GiveMessage("paid", ""), system("pay"))
    assert nodes(world) == {"decide"}


EITHER = drawn(
    '<eventBasedGateway id="g"/>'
    '<intermediateCatchEvent id="paid" tongban:from="applicant"><messageEventDefinition messageRef="m-paid"/>'
    "</intermediateCatchEvent>"
    f'<intermediateCatchEvent id="late"><timerEventDefinition{timer(3)}/></intermediateCatchEvent>'
    + task("a")
    + DECIDE
    + '<exclusiveGateway id="m"/>'
    + ends("e")
    + flows("s g paid m; g late a m; m decide e"),
    lead="a decide",
)


def test_of_a_timer_and_a_message_the_first_takes_the_way() -> None:
    world = world_on(EITHER)
    waiting = world.state.awaited[0].id
    assert len(due(world)) == 1
    fire(world, "late")
    assert (nodes(world), world.state.awaited, due(world)) == ({"a"}, (), {})
    with pytest.raises(MessageNotAwaited):
        world.give(way.GiveMessage(waiting, "付了"), OWNER)
    other = world_on(EITHER)
    other.give(way.GiveMessage(other.state.awaited[0].id, "付了"), OWNER)
    assert (nodes(other), other.state.timers, due(other)) == ({"decide"}, (), {})


# --- several reviewers -----------------------------------------------------------------------------------------------


def several(quorum: str, *, parallel: bool = True, act: str = "review", more: str = "") -> bytes:
    how = (
        f'<multiInstanceLoopCharacteristics isSequential="{"false" if parallel else "true"}" tongban:quorum="{quorum}">'
    )
    loop = f"{how}<loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
    gate = '<exclusiveGateway id="g" default="g-decide"/>'
    ways = flows("s a g; g decide e; repair decide") + flow("g", "repair", 'a_outcome = "fail"')
    return drawn(
        task("a", act, inside=loop, more=more) + task("repair") + DECIDE + gate + ends("e") + ways,
        lead="a repair decide",
    )


def test_a_majority_is_heard_and_nobody_answers_twice() -> None:
    world = world_on(several("majority"))
    assert [(one.round, one.item) for one in world.state.open_tasks] == [("r1", 0), ("r1", 1), ("r1", 2)]
    done(world, "a")
    with pytest.raises(r.AnsweredInRound):
        done(world, "a", actor=REVIEWER)
    told = done(world, "a", actor=SECOND)
    result = next(one for one in told if isinstance(one, o.RoundDecided))
    assert (result.agreed, result.yes, result.no) == (True, 2, 0)
    assert nodes(world) == {"decide"}
    assert [one.why for one in told[-1].cancelled] == ["round"]
    assert [(one.node, one.agreed) for one in world.state.round_results] == [("a", True)]


def test_a_round_that_fails_goes_its_own_way() -> None:
    world = world_on(several("majority"))
    done(world, "a", "fail")
    done(world, "a", "fail", SECOND)
    assert nodes(world) == {"repair"}
    assert world.state.round_results[0].agreed is False


def test_any_one_is_enough_and_one_after_the_other_each_is_somebody_else() -> None:
    world = world_on(several("any"))
    done(world, "a", "fail")
    done(world, "a", "pass", SECOND)
    assert nodes(world) == {"decide"}
    slow = world_on(several("all", parallel=False))
    assert len(slow.state.open_tasks) == 1
    done(slow, "a")
    with pytest.raises(r.AnsweredInRound):
        done(slow, "a")
    done(slow, "a", actor=SECOND)
    done(slow, "a", actor=THIRD)
    assert nodes(slow) == {"decide"}


def test_opinions_agree_in_their_own_words() -> None:
    world = world_on(several("majority", act="opinion"))
    done(world, "a", "agree")
    first = next(one for one in world.state.open_tasks)
    world.give(c.CompleteTask(first.id, "conditions", "", "限时"), SECOND)
    assert nodes(world) == {"decide"}


# --- gateways, sub-processes, calls, errors, escalation --------------------------------------------------------------

INNER = (
    '<{tag} id="sub" name="评审组"{called}>{body}</{tag}>'
    + '<boundaryEvent id="bad" name="评审做不了" attachedToRef="sub">'
    + '<errorEventDefinition errorRef="x-gone"/></boundaryEvent>'
    + '<boundaryEvent id="up" name="上报" attachedToRef="sub" cancelActivity="false">'
    + '<escalationEventDefinition escalationRef="x-late"/></boundaryEvent>'
    + task("repair")
    + task("chief", role="approver")
    + DECIDE
    + '<exclusiveGateway id="m"/>'
    + ends("e told")
    + flows("s sub m; bad repair m; m decide e; up chief told")
)
BODY = '<startEvent id="is"/>' + task("x") + task("y") + ends("ie") + flows("is x y ie")
EMBEDDED = drawn(INNER.format(tag="subProcess", called="", body=BODY), lead="sub repair chief decide")
CALLED = drawn(
    INNER.format(tag="callActivity", called=' calledElement="inner"', body=""),
    lead="sub repair chief decide",
    beside='<process id="inner" isExecutable="false"><laneSet id="il"><lane id="health"><flowNodeRef>x</flowNodeRef>'
    f"<flowNodeRef>y</flowNodeRef></lane></laneSet>{BODY}</process>",
)


def test_a_called_process_of_the_file_runs_inside() -> None:
    world = world_on(CALLED)
    assert nodes(world) == {"x"}
    done(world, "x", actor=DOCTOR if world.state.open_tasks[0].agency == "health" else REVIEWER)
    done(world, "y", actor=DOCTOR if world.state.open_tasks[0].agency == "health" else REVIEWER)
    assert nodes(world) == {"decide"}


def test_a_sub_process_goes_on_and_its_holder_may_escalate_or_report_an_error() -> None:
    world = world_on(EMBEDDED)
    held = world.task("review")
    assert [(one.kind, one.code, one.event.id) for one in catches(world.route, world.state.position, held)] == [
        ("error", "gone", "bad"),
        ("escalation", "late", "up"),
    ]
    with pytest.raises(r.ReasonMissing):
        world.give(way.Report(held, "error", "gone", " "), REVIEWER)
    with pytest.raises(NotCaught):
        world.give(way.Report(held, "error", "other", "没有"), REVIEWER)
    with pytest.raises(NotAllowed):
        world.give(way.Report(held, "error", "gone", "没有"), CHIEF)
    world.give(way.Report(held, "escalation", "late", "专家不够"), REVIEWER)
    assert nodes(world) == {"x", "chief"}
    done(world, "x")
    assert nodes(world) == {"y", "chief"}
    last = next(one for one in world.state.open_tasks if one.node == "y")
    raised = world.give(way.Report(last.id, "error", "gone", "评审组解散"), REVIEWER)
    assert nodes(world) == {"repair", "chief"}
    assert [(one.task, one.why, one.name) for one in raised[-1].cancelled] == [(last.id, "raised", "评审做不了")]


INCLUSIVE = drawn(
    task("first")
    + '<inclusiveGateway id="f" default="f-c"/><inclusiveGateway id="j"/>'
    + task("a")
    + task("b")
    + task("c")
    + DECIDE
    + ends("e")
    + flows("s first f; a j; b j; f c j; j decide e")
    + flow("f", "a", 'first_outcome = "fail"')
    + flow("f", "b", 'review_outcome = "fail"'),
    lead="first a b c decide",
)


def test_an_inclusive_gateway_opens_what_holds_and_waits_for_just_that() -> None:
    world = world_on(INCLUSIVE)
    done(world, "first", "fail")
    assert nodes(world) == {"a", "b"}
    done(world, "a")
    assert nodes(world) == {"b"}
    done(world, "b")
    assert nodes(world) == {"decide"}
    other = world_on(INCLUSIVE)
    done(other, "first")
    assert nodes(other) == {"c"}


ESCALATED = drawn(
    task("a")
    + DECIDE
    + boundary("late", "a", "timer", interrupting=False, inside=timer(1))
    + '<intermediateThrowEvent id="up" name="逾期未办"><escalationEventDefinition escalationRef="x-late"/>'
    + "</intermediateThrowEvent>"
    + ends("e told")
    + flows("s a decide e; late up told"),
    lead="a decide",
)


def test_what_the_route_does_not_take_comes_to_the_approver() -> None:
    world = world_on(ESCALATED)
    fire(world, "late")
    (one,) = world.state.escalations
    assert (one.code, one.name, one.settled_at) == ("late", "逾期未办", None)
    standing = [row for row in rows("id", world.state).tables["cases_task"] if row[2] == "escalation"]
    assert [(row[3], row[4]) for row in standing] == [("approver", "market")]
    with pytest.raises(NotAllowed):
        world.give(way.SettleEscalation(1, "已催办"), REVIEWER)
    with pytest.raises(r.ReasonMissing):
        world.give(way.SettleEscalation(1, ""), CHIEF)
    world.give(way.SettleEscalation(1, "已催办"), CHIEF)
    assert not [row for row in rows("id", world.state).tables["cases_task"] if row[2] == "escalation"]
    with pytest.raises(r.StepAlreadyDone):
        world.give(way.SettleEscalation(1, "再催"), CHIEF)


GAVE_UP = drawn(
    task("a")
    + '<exclusiveGateway id="g" default="g-decide"/>'
    + '<endEvent id="broken"><errorEventDefinition errorRef="x-gone"/></endEvent>'
    + DECIDE
    + ends("e")
    + flows("s a g decide e")
    + flow("g", "broken", 'a_outcome = "fail"'),
    lead="a decide",
)


def test_a_route_that_ends_without_a_decision_leaves_it_to_the_approver() -> None:
    world = world_on(GAVE_UP)
    done(world, "a", "fail")
    (left,) = world.state.open_tasks
    assert (left.act, left.role, left.agency, left.node) == ("decide", "approver", "market", "")
    world.give(c.Decide(left.id, "grant", "补正后符合"), CHIEF)
    assert world.state.phase is Phase.GRANTED


# --- tables ----------------------------------------------------------------------------------------------------------

RULED = drawn(
    task("a")
    + '<businessRuleTask id="risk" name="风险分级" tongban:decision="risk"/>'
    + '<exclusiveGateway id="g" default="g-b"/>'
    + task("b")
    + '<serviceTask id="auto" tongban:act="decide" tongban:role="approver"/>'
    + '<exclusiveGateway id="m"/>'
    + DECIDE
    + ends("e done")
    + flows("s a risk g b m decide e; auto done")
    + flow("g", "auto", 'risk_outcome = "grant"')
    + flow("g", "m", 'level = "middle"'),
    lead="a b auto decide risk",
)


def ruled(form: str) -> World:
    world = world_on(RULED, form=form)
    world.decisions = {"risk": read_decisions(RISK, strict=True)}
    return world


def test_a_table_of_the_route_is_asked_and_recorded() -> None:
    world = ruled("snack")
    events = done(world, "a")
    told = next(one for one in events if isinstance(one, o.RuleDecided))
    assert (told.node, told.key, told.inputs, told.result, told.rules) == (
        "risk", "risk", {"form": "snack", "a_outcome": "pass"}, {"outcome": "human", "level": "middle"}, (2,),
    )  # fmt: skip
    assert told.basis == ("《食品安全法》第三十五条",)
    assert told.digest == world.decisions["risk"].digest
    assert set(told.PERSONAL) == {"inputs"}
    assert nodes(world) == {"decide"}
    assert [(one.node, one.rules) for one in world.state.rulings] == [("risk", (2,))]
    other = ruled("restaurant")
    done(other, "a")
    assert nodes(other) == {"b"}


def test_the_platform_decides_where_the_table_of_the_route_grants() -> None:
    world = ruled("retail")
    events = done(world, "a")
    assert [type(one).__name__ for one in events] == [
        "TaskDone", "RuleDecided", "DecidedByTable", "Decided", "RouteAdvanced",
    ]  # fmt: skip
    assert world.state.phase is Phase.GRANTED
    assert world.state.open_tasks == ()
    assert world.state.position.ended == "done"


def test_what_no_table_grants_is_a_persons_decision() -> None:
    to_people = RULED.replace(b'risk_outcome = "grant"', b'risk_outcome = "human"').replace(
        b'level = "middle"', b"form = null"
    )
    world = world_on(to_people, form="snack")
    world.decisions = {"risk": read_decisions(RISK)}
    done(world, "a")
    (left,) = world.state.open_tasks
    assert (left.node, left.act, left.role, left.agency) == ("auto", "decide", "approver", "market")
    world.give(c.Decide(left.id, "grant"), CHIEF)
    assert world.state.position.ended == "done"


# --- what no case can serve ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        '<callActivity id="a" calledElement="elsewhere"/>',
        '<businessRuleTask id="a"/>',
        '<receiveTask id="a" messageRef="m-paid" tongban:from="nobody"/>',
        task("a", "certify"),
        task("a", "decide", role="approver", inside=(
            '<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>'
        )),
    ],
)  # fmt: skip
def test_what_no_case_can_serve_is_not_published(body: str) -> None:
    xml = drawn(body + DECIDE + ends("e") + flows("s a decide e"), lead="a decide")
    with pytest.raises(RouteRefused) as caught:
        publishable(xml)
    assert caught.value.params["element"] == "a"


def test_old_events_without_the_new_fields_still_read() -> None:
    import msgspec

    from tongban.contexts.cases.core import events as e

    world = world_on(REMINDED)
    advanced = next(one for one in world.events if isinstance(one, e.RouteAdvanced))
    stored = msgspec.to_builtins(advanced)
    for name in ("cancelled", "timers", "awaited"):
        del stored[name]
    for one in stored["opened"]:
        del one["round"], one["item"]
    read = msgspec.convert(stored, e.RouteAdvanced)
    assert read == replace(advanced, timers=(), awaited=(), cancelled=())
