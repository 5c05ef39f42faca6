"""Reading diagrams: the subset, everything outside it named with element, line and reason, and writing them again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.contexts.process.drawings import HEAD, boundary, ends, flow, flows, route, timer, users, verdict, xml
from tongban.contexts.process.core import bpmn, engine, soundness
from tongban.contexts.process.core.routes import Lane, Multi, Timer

ROOT = Path(__file__).parents[3]
MIWG = ROOT.parent / "shared" / "data" / "bpmn-miwg"
#: References that use signals and loop markers, and compensation: refused, naming each.
OUTSIDE = {"C.4.0", "C.6.0"}
REFERENCES = sorted(MIWG.glob("*.bpmn"))
needs_miwg = pytest.mark.skipif(not REFERENCES, reason="needs ../shared/data/bpmn-miwg")
ROUTES = sorted((ROOT / "catalogue" / "routes").glob("*.bpmn"))


# --- the references of the MIWG --------------------------------------------------------------------------------------


@needs_miwg
@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.stem)
def test_a_reference_runs_to_an_end_or_is_refused_by_element(path: Path) -> None:
    found = soundness.judge(bpmn.read(path.read_bytes()))
    assert found.is_ok == (path.stem not in OUTSIDE), (found.refusals, found.findings)
    if not found.is_ok:
        assert all(one.element and one.line > 1 and one.refusal.params.get("reason") for one in found.refusals)
        return
    for drawn in found.routes:
        for seed in range(30):
            played = engine.play(drawn, random.Random(seed).choice)
            assert played.position.ended, played.done
            assert not played.position.open


@needs_miwg
@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.stem)
def test_a_reference_keeps_everything_when_written_again(path: Path) -> None:
    _kept(path.read_bytes())


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: path.stem)
def test_a_shipped_route_is_sound_by_every_measure_and_keeps_everything(path: Path) -> None:
    found = soundness.judge(bpmn.read(path.read_bytes()))
    assert found.is_ok, (found.refusals, found.findings)
    assert found.routes[0].nodes.keys() == soundness.publishable(path.read_bytes()).nodes.keys()
    _kept(path.read_bytes())


def _kept(body: bytes) -> None:
    before = bpmn.read_tree(body)
    written = bpmn.write_tree(before)
    after = bpmn.read_tree(written)
    stock, again = bpmn.inventory(before), bpmn.inventory(after)
    for kind in ("nodes", "flows", "lanes", "shapes", "edges", "ids", "extensions", "everything"):
        assert getattr(stock, kind) == getattr(again, kind), kind
    assert stock.counts()["nodes"] > 0
    assert stock.counts()["shapes"] > 0
    assert bpmn.write_tree(after) == written


def test_comments_foreign_words_and_white_space_survive() -> None:
    body = f'{HEAD}<!-- a > b --><?tool keep="this"?>\n\t<process id="p" other:x="&lt;&amp;&#10;"><documentation>'
    body += (
        "a &lt; b &amp; c]]&gt;</documentation><extensionElements><other:y>\u4e2d\u6587</other:y></extensionElements>"
    )
    body += "</process></definitions>"
    written = bpmn.write_tree(bpmn.read_tree(body.encode())).decode()
    for piece in ("<!-- a > b -->", '<?tool keep="this"?>', "&lt;&amp;&#10;", "a &lt; b &amp; c]]&gt;", "\u4e2d\u6587"):
        assert piece in written
    assert bpmn.write_tree(bpmn.read_tree(written.encode())).decode() == written
    sixteen = body.replace("<definitions", '<?xml version="1.0" encoding="UTF-16"?><definitions', 1).encode("utf-16")
    assert bpmn.write_tree(bpmn.read_tree(sixteen)).decode() == written


# --- what is read ----------------------------------------------------------------------------------------------------


def test_pools_and_nested_lanes_say_who_works() -> None:
    body = (
        '<laneSet><lane id="organ" name="Organ" tongban:agency="market"><flowNodeRef>a</flowNodeRef>'
        '<flowNodeRef>b</flowNodeRef><childLaneSet><lane id="desk" tongban:role="approver" tongban:nameEn="Desk">'
        "<flowNodeRef>b</flowNodeRef></lane></childLaneSet></lane></laneSet>"
    )
    body += users("a b c").replace('id="c"', 'id="c" tongban:role="expert" tongban:agency="fire"')
    drawn = route(
        body + ends("e") + flows("s a b c e"),
        beside='<collaboration><participant id="pool" processRef="p" tongban:agency="city"/></collaboration>',
    )
    who = {key: (node.lane, node.role, node.agency) for key, node in drawn.nodes.items() if node.is_task}
    assert who == {"a": ("organ", "", "market"), "b": ("desk", "approver", "market"), "c": ("", "expert", "fire")}
    assert Lane("desk", "", "Desk", "approver", "market") in drawn.lanes


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<timerEventDefinition><timeDuration>P5D</timeDuration></timerEventDefinition>", Timer(((5, "day"),))),
        (
            '<timerEventDefinition tongban:days="workday"><timeDuration>P20D</timeDuration></timerEventDefinition>',
            Timer(((20, "workday"),)),
        ),
        (
            "<timerEventDefinition><timeDuration>P1Y2M1DT12H30M</timeDuration></timerEventDefinition>",
            Timer(((1, "year"), (2, "month"), (1, "day"), (12, "hour"), (30, "minute"))),
        ),
        (
            "<timerEventDefinition><timeDate>2026-01-05</timeDate></timerEventDefinition>",
            Timer((), "2026-01-05T00:00:00"),
        ),
        (f"<timerEventDefinition{timer(30)}/>", Timer(((30, "workday"),))),
    ],
)
def test_timers_say_which_days_they_count(inside: str, expected: Timer) -> None:
    drawn = route(users("a b") + ends("e x") + boundary("t", "a", "timer", inside=inside) + flows("s a e; t b x"))
    event = drawn.nodes["t"].event
    assert event is not None
    assert event.timer == expected


def test_the_words_of_other_modelers_are_understood() -> None:
    head = HEAD.replace(
        "xmlns:other",
        'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
        " xmlns:other",
    )
    body = (
        '<businessRuleTask id="r" camunda:decisionRef="risk"/><businessRuleTask id="z"><extensionElements>'
        '<zeebe:calledDecision decisionId="fee" resultVariable="x"/></extensionElements></businessRuleTask>'
        '<userTask id="a"><multiInstanceLoopCharacteristics isSequential="true" camunda:collection="${organs}"/>'
        "</userTask>"
        '<exclusiveGateway id="g" default="g-e"/>'
        + users("b")
        + ends("e x")
        + flows("s r z a g e; b x")
        + flow("g", "b", "= area > 100")
    )
    text = xml(body).decode().replace(HEAD, head)
    found = soundness.judge(bpmn.read(text.encode()))
    assert found.is_ok, found
    nodes = found.routes[0].nodes
    assert (nodes["r"].decision, nodes["z"].decision) == ("risk", "fee")
    assert nodes["a"].multi == Multi(parallel=False, collection="organs")
    assert [each.condition for each in found.routes[0].flows if each.target == "b"] == ["area > 100"]


def test_what_has_no_effect_is_counted_not_lost() -> None:
    body = (
        "<documentation>why</documentation><dataObject id='d'/><textAnnotation id='n'><text/></textAnnotation>"
        "<association id='as' sourceRef='a' targetRef='n'/><extensionElements><other:in/></extensionElements>"
    )
    read = bpmn.read(xml(body + users("a") + ends("e") + flows("s a e")))
    assert soundness.judge(read).is_ok
    kept = {"association", "dataObject", "documentation", "extensionElements", "foreign", "textAnnotation"}
    assert kept == read.kept.keys()


def test_of_several_pools_the_executable_one_is_checked() -> None:
    other = '<process id="q"><startEvent id="qs"/><scriptTask id="x"/>' + ends("qe") + flows("qs x qe") + "</process>"
    read = bpmn.read(xml(users("a") + ends("e") + flows("s a e"), beside=other))
    assert (read.refusals, [one.id for one in read.routes], read.others) == ((), ["p"], ("q",))
    both = bpmn.read(xml(users("a") + ends("e") + flows("s a e"), beside=other, executable=False))
    assert [one.element for one in both.refusals] == ["x"]


def test_messages_between_pools() -> None:
    other = (
        '<process id="q"><startEvent id="qs"><messageEventDefinition/></startEvent>'
        + ends("qe")
        + flow("qs", "qe")
        + '</process><collaboration><participant id="P1" processRef="p"/><participant id="P2" processRef="q"/>'
        '<participant id="P3"/><messageFlow id="mf" name="file" sourceRef="send" targetRef="qs"/>'
        '<messageFlow id="mg" sourceRef="P3" targetRef="a"/></collaboration>'
    )
    found = soundness.judge(
        bpmn.read(
            xml('<sendTask id="send"/>' + users("a") + ends("e") + flows("s send a e"), beside=other, executable=False)
        )
    )
    assert found.is_ok, found
    played = engine.play(found.routes[0], lambda options: options[0])
    sent = [effect for effect in played.effects if isinstance(effect, engine.MessageSent)]
    assert [(one.message, one.to) for one in sent] == [("file", ("qs",))]
    start = found.routes[1].nodes["qs"].event
    assert start is not None
    assert start.name == "file"


# --- what is refused -------------------------------------------------------------------------------------------------

SOUND = users("a") + ends("e") + flows("s a e")
SUB = '<subProcess id="x"><startEvent id="is"/><endEvent id="ie"/>' + flow("is", "ie") + "</subProcess>"
SEVERAL = '<userTask id="x"><multiInstanceLoopCharacteristics {0}>{1}</multiInstanceLoopCharacteristics></userTask>'


@pytest.mark.parametrize(
    ("body", "element", "code"),
    [
        ('<scriptTask id="x"/>', "x", "route_element_not_run"),
        ('<complexGateway id="x"/>', "x", "route_element_not_run"),
        ('<adHocSubProcess id="x"/>', "x", "route_element_not_run"),
        ('<transaction id="x"/>', "x", "route_element_not_run"),
        ('<somethingNew id="x"/>', "x", "route_element_not_run"),
        ('<userTask id="x" isForCompensation="true"/>', "x", "route_element_not_run"),
        ('<userTask id="x" startQuantity="2"/>', "x", "route_element_not_run"),
        ('<userTask id="x"><standardLoopCharacteristics/></userTask>', "x", "route_element_not_run"),
        ('<userTask id="x"><somethingNew/></userTask>', "x", "route_element_not_run"),
        ('<receiveTask id="x" instantiate="true"/>', "x", "route_element_not_run"),
        ('<eventBasedGateway id="x" eventGatewayType="Parallel"/>', "x", "route_element_not_run"),
        ('<subProcess id="x" triggeredByEvent="true"/>', "x", "route_element_not_run"),
        ('<startEvent id="x"><timerEventDefinition/></startEvent>', "x", "route_element_not_run"),
        ('<endEvent id="x"><signalEventDefinition/></endEvent>', "x", "route_element_not_run"),
        ('<endEvent id="x"><cancelEventDefinition/></endEvent>', "x", "route_element_not_run"),
        (
            '<intermediateThrowEvent id="x"><linkEventDefinition/></intermediateThrowEvent>',
            "x",
            "route_element_not_run",
        ),
        (
            '<intermediateCatchEvent id="x"><conditionalEventDefinition/></intermediateCatchEvent>',
            "x",
            "route_element_not_run",
        ),
        ('<intermediateCatchEvent id="x"/>', "x", "route_element_not_run"),
        ('<endEvent id="x"><messageEventDefinition/><errorEventDefinition/></endEvent>', "x", "route_element_not_run"),
        (boundary("x", "a", "compensate"), "x", "route_element_not_run"),
        (boundary("x", "a", "error", interrupting=False), "x", "route_element_not_run"),
        (
            boundary(
                "x", "a", "timer", inside="<timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition>"
            ),
            "x",
            "route_element_not_run",
        ),
        (boundary("x", "a", "timer"), "x", "route_timer_missing"),
        (
            boundary(
                "x",
                "a",
                "timer",
                inside="<timerEventDefinition><timeDuration>soon</timeDuration></timerEventDefinition>",
            ),
            "x",
            "route_timer_unreadable",
        ),
        (boundary("x", "a", "timer", inside=timer(5, "fortnight")), "x", "route_timer_unreadable"),
        (boundary("x", "nowhere", "timer", inside=timer()), "x", "route_unknown_reference"),
        (boundary("x", "s", "timer", inside=timer()), "x", "route_unknown_reference"),
        (boundary("x", "a", "timer", inside=timer()), "x", "route_wrong_event"),
        (SEVERAL.format("", ""), "x", "route_quorum_unreadable"),
        (SEVERAL.format('tongban:reviewers="3" tongban:quorum="most"', ""), "x", "route_quorum_unreadable"),
        (SEVERAL.format('tongban:quorum="weighted" tongban:weights="1,x"', ""), "x", "route_quorum_unreadable"),
        (
            SEVERAL.format('tongban:reviewers="3"', "<completionCondition>a ==</completionCondition>"),
            "x",
            "route_quorum_unreadable",
        ),
        ('<callActivity id="x"/>', "x", "route_unknown_reference"),
        ('<callActivity id="x" calledElement="p"/>', "x", "route_calls_itself"),
        (SUB + flow("a", "ie"), "a-ie", "route_flow_across_scopes"),
        ('<userTask name="without id"/>', "userTask", "route_element_without_id"),
        ('<userTask id="a"/>', "a", "route_double_id"),
        (flow("a", "nowhere"), "a-nowhere", "route_unknown_reference"),
        ('<eventBasedGateway id="x"/>' + flow("x", "a"), "x", "route_wrong_event"),
        (flow("e", "a"), "e", "route_wrong_event"),
        ('<laneSet><lane id="x"><flowNodeRef>nowhere</flowNodeRef></lane></laneSet>', "x", "route_unknown_reference"),
        (
            '<laneSet><lane id="l1"><flowNodeRef>a</flowNodeRef></lane>'
            '<lane id="l2"><flowNodeRef>a</flowNodeRef></lane></laneSet>',
            "a",
            "route_in_two_lanes",
        ),
        (
            users("x") + flow("a", "x") + flow("x", "e", "y = 1"),
            "x-e",
            "route_misplaced_condition",
        ),
    ],
)
def test_what_is_outside_is_named_with_element_line_and_reason(body: str, element: str, code: str) -> None:
    found = verdict(SOUND + body)
    assert (element, code) in {(one.element, one.refusal.code) for one in found.refusals}
    assert all(one.line > 1 for one in found.refusals)
    assert all(one.refusal.message % one.refusal.params for one in found.refusals)
    assert not found.is_ok


GATE = '<exclusiveGateway id="g"{0}/>' + users("a b") + ends("e") + flows("s g") + flows("a e; b e")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (GATE.format("") + flow("g", "a", "x = 1") + flow("g", "b"), "route_misplaced_condition"),
        (GATE.format("") + flow("g", "a", "x = 1") + flow("g", "b", "x = 2"), "route_no_default_flow"),
        (GATE.format(' default="g-b"') + flow("g", "a", "x == 1") + flow("g", "b"), "route_condition_unreadable"),
        (
            GATE.format(' default="g-b"') + flow("g", "a", "x = 1") + flow("g", "b", "x = 2"),
            "route_misplaced_condition",
        ),
    ],
)
def test_conditions_of_an_executable_route_must_decide(body: str, code: str) -> None:
    assert [one.refusal.code for one in verdict(body).refusals] == [code]


@pytest.mark.parametrize("condition", ["${approved}", "#{bean.ok}", "", "is it fine?"])
def test_where_a_drawing_says_no_condition_a_person_chooses_and_it_is_told(condition: str) -> None:
    body = GATE.format("") + flow("g", "a", condition) + flow("g", "b", condition)
    read = bpmn.read(xml(body, executable=False))
    assert [note.element for note in read.notes] == ["g"]
    assert soundness.judge(read).routes[0].choices == {"g"}
