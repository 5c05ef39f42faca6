"""A case with several reviewers, over gateways and sub-processes, by tables, and up to its approver."""

from __future__ import annotations

import pytest

from tests.contexts.cases.courses import DECIDE, RISK, done, drawn, fire, nodes, task, world_on
from tests.contexts.cases.world import CHIEF, REVIEWER, SECOND, World, officer
from tests.contexts.process.drawings import boundary, ends, flow, flows, timer
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.course import commands as way
from tongban.contexts.cases.core.occurred import course as o
from tongban.contexts.cases.core.path import catches
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.cases.core.state import Phase
from tongban.contexts.parties.core import Role
from tongban.contexts.process.core.dmn.deciding import read_decisions
from tongban.contexts.process.core.engine import NotCaught
from tongban.contexts.process.core.routes import RouteRefused
from tongban.contexts.process.core.soundness import publishable
from tongban.kernel.refusals import NotAllowed

THIRD = officer("r3", "market", Role.REVIEWER)
DOCTOR = officer("h1", "health", Role.REVIEWER)


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
