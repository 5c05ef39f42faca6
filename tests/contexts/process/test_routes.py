"""Routes: the shipped files, and every kind of file that is refused, with element and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongban.contexts.process.core import bpmn, engine, routes
from tongban.contexts.process.core.routes import Route, RouteRefused
from tongban.contexts.process.core.soundness import publishable

ROUTES = sorted((Path(__file__).parents[3] / "catalogue" / "routes").glob("*.bpmn"))
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tongban="urn:tongban:bpmn:1"'
    ' xmlns:other="urn:other">\n<process id="p" name="流程" tongban:nameEn="Process">\n'
)
TASK = '<userTask id="{0}" name="审" tongban:act="review" tongban:role="reviewer" tongban:room="201"/>\n'
LANE = '<laneSet id="ls"><lane id="lead">{}</lane></laneSet>\n'


def xml(body: str, tasks: str = "a") -> bytes:
    members = "".join(f"<flowNodeRef>{task}</flowNodeRef>" for task in tasks)
    return (HEAD + LANE.format(members) + body + "</process>\n</definitions>").encode()


def flow(source: str, target: str, condition: str = "") -> str:
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>\n'


SIMPLE = '<startEvent id="s"/>\n' + TASK.format("a") + '<endEvent id="e"/>\n' + flow("s", "a") + flow("a", "e")


def refused(body: bytes) -> RouteRefused:
    with pytest.raises(RouteRefused) as caught:
        bpmn.parse(body)
    return caught.value


# --- what is shipped -------------------------------------------------------------------------------------------------


def test_the_routes_that_items_are_handled_on_are_shipped() -> None:
    names = {"commitment", "expert", "inspect-mend", "instant", "joint", "review", "review-by-risk", "review-inspect"}
    assert names <= {path.stem for path in ROUTES}


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: path.stem)
def test_a_shipped_route_runs_and_every_text_is_in_both_languages(path: Path) -> None:
    route = publishable(path.read_bytes())
    assert route.id == path.stem
    assert route.name
    assert route.name_en
    assert all(lane.name and lane.name_en for lane in route.lanes)
    assert all(node.name and node.name_en for node in route.nodes.values() if node.is_task)
    assert [node.act for node in route.tasks].count("decide") == 1
    decide = next(node for node in route.tasks if node.act == "decide")
    assert decide.role == "approver"
    assert all(node.role == "reviewer" for node in route.tasks if node.kind == "user" and node is not decide)
    step = engine.begin(route, {})
    while step.position.open:
        last = step.position.open[0].node
        step = engine.complete(route, step.position, step.position.open[0].id, {"outcome": "pass"})
    assert (last, step.ended) == (decide.id, "end")


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: path.stem)
def test_a_shipped_route_has_a_diagram_of_every_element(path: Path) -> None:
    text = path.read_text("utf-8")
    route = publishable(text.encode())
    for element in (*route.nodes, *(flow.id for flow in route.flows), *(lane.id for lane in route.lanes)):
        assert text.count(f'bpmnElement="{element}"') == 1, element


# --- what is read ----------------------------------------------------------------------------------------------------


def test_a_route_is_read_as_it_is_written() -> None:
    route = bpmn.parse(xml(SIMPLE))
    assert (route.id, route.name, route.name_en, route.start) == ("p", "流程", "Process", "s")
    node = route.nodes["a"]
    assert (node.kind, node.lane, node.role, node.act, node.props) == (
        "user",
        "lead",
        "reviewer",
        "review",
        {"room": "201"},
    )
    assert [each.id for each in route.outgoing["a"]] == ["a-e"]
    assert route.incoming["a"] == ("s-a",)


def test_what_belongs_to_others_is_passed_over() -> None:
    body = SIMPLE.replace(
        '<startEvent id="s"/>',
        "<documentation>text</documentation><extensionElements><other:thing><other:in/></other:thing></extensionElements>"
        '<startEvent id="s" other:colour="red"/><textAnnotation id="n"><text>note</text></textAnnotation>',
    )
    assert bpmn.parse(xml(body)).nodes.keys() == {"s", "a", "e"}


# --- what is refused -------------------------------------------------------------------------------------------------

OUTSIDE = [
    "scriptTask",
    "boundaryEvent",
    "inclusiveGateway",
    "subProcess",
    "intermediateCatchEvent",
    "callActivity",
    "task",
]


@pytest.mark.parametrize("tag", OUTSIDE)
def test_elements_outside_the_subset_are_named_with_their_line(tag: str) -> None:
    found = refused(xml(f"{SIMPLE}<{tag} id='x'/>"))
    assert isinstance(found, routes.RouteOutsideSubset)
    assert (found.params["element"], found.params["line"]) == (f"{tag} x", 9)


def test_parts_outside_the_subset_are_refused_too() -> None:
    looping = SIMPLE.replace(
        TASK.format("a"), TASK.format("a").replace("/>", "><multiInstanceLoopCharacteristics/></userTask>")
    )
    assert isinstance(refused(xml(looping)), routes.RouteOutsideSubset)
    timer = SIMPLE.replace('<startEvent id="s"/>', '<startEvent id="s"><timerEventDefinition id="t"/></startEvent>')
    assert isinstance(refused(xml(timer)), routes.RouteOutsideSubset)
    foreign = refused(xml(SIMPLE + "<other:thing/>"))
    assert isinstance(foreign, routes.RouteOutsideSubset)


GATEWAY = (
    '<startEvent id="s"/>\n<exclusiveGateway id="g"{}/>\n' + TASK.format("a") + '<endEvent id="e"/>\n' + flow("s", "g")
)
FORK = (
    '<startEvent id="s"/>\n<{0} id="f"{2}/>\n'
    + TASK.format("a")
    + TASK.format("b")
    + '<{1} id="j"/>\n<endEvent id="e"/>\n'
)
FORK += flow("s", "f") + "{3}" + flow("f", "b") + flow("a", "j") + flow("b", "j") + flow("j", "e")
IDLE = '<startEvent id="s"/>\n<exclusiveGateway id="g" default="g-h"/>\n<exclusiveGateway id="h" default="h-a"/>\n'
IDLE += (
    TASK.format("a")
    + '<endEvent id="e"/>\n'
    + flow("s", "g")
    + flow("g", "h")
    + flow("h", "g", "x = 1")
    + flow("h", "a")
)
IDLE += flow("a", "e")


@pytest.mark.parametrize(
    ("body", "tasks", "refusal", "element"),
    [
        (SIMPLE.replace(' id="a"', ""), "", routes.ElementWithoutId, "userTask"),
        (SIMPLE + TASK.format("a"), "a", routes.DoubleId, "a"),
        (SIMPLE + '</process><process id="q">', "a", routes.NotOneProcess, "q"),
        (SIMPLE.replace('<startEvent id="s"/>', ""), "a", routes.NotOneStart, "p"),
        (SIMPLE + '<startEvent id="t"/>', "a", routes.NotOneStart, "p"),
        (SIMPLE.replace('<endEvent id="e"/>', "").replace(flow("a", "e"), ""), "a", routes.NoEnd, "p"),
        (
            SIMPLE + '<laneSet id="l2"><lane id="x"><flowNodeRef>a</flowNodeRef></lane></laneSet>',
            "a",
            routes.InTwoLanes,
            "a",
        ),
        (SIMPLE, "ax", routes.UnknownReference, "lead"),
        (SIMPLE + flow("a", "nowhere"), "a", routes.UnknownReference, "a-nowhere"),
        (SIMPLE + '<endEvent id="e2"/>' + flow("a", "e2"), "a", routes.WrongFlowCount, "a"),
        (GATEWAY.format("") + flow("a", "e"), "a", routes.WrongFlowCount, "g"),
        (SIMPLE.replace(' tongban:role="reviewer"', ""), "a", routes.TaskWithoutAct, "a"),
        (SIMPLE.replace('"review"', '"sing"'), "a", routes.TaskWithoutAct, "a"),
        (SIMPLE, "", routes.TaskWithoutAct, "a"),
        (SIMPLE.replace(flow("s", "a"), flow("s", "a", "x = 1")), "a", routes.MisplacedCondition, "s-a"),
        (
            GATEWAY.format(' default="g-e"') + flow("g", "a") + flow("g", "e") + flow("a", "e"),
            "a",
            routes.MisplacedCondition,
            "g-a",
        ),
        (
            GATEWAY.format("") + flow("g", "a", "x = 1") + flow("g", "e", "x = 2") + flow("a", "e"),
            "a",
            routes.NoDefaultFlow,
            "g",
        ),
        (
            GATEWAY.format(' default="a-e"') + flow("g", "a", "x") + flow("g", "e", "y") + flow("a", "e"),
            "a",
            routes.UnknownReference,
            "g",
        ),
        (
            GATEWAY.format(' default="g-e"') + flow("g", "a", "x == 1") + flow("g", "e") + flow("a", "e"),
            "a",
            routes.ConditionUnreadable,
            "g-a",
        ),
        (
            SIMPLE
            + TASK.format("b")
            + flow("b", "e")
            + TASK.format("c")
            + flow("c", "b")
            + flow("b", "c").replace('id="b-c"', 'id="x"'),
            "abc",
            routes.WrongFlowCount,
            "b",
        ),
        (
            SIMPLE + TASK.format("b") + TASK.format("c") + flow("c", "b") + flow("b", "c"),
            "abc",
            routes.Unreachable,
            "b",
        ),
        (IDLE, "a", routes.IdleLoop, "g"),
        (
            FORK.format("exclusiveGateway", "parallelGateway", ' default="f-b"', flow("f", "a", "x = 1")),
            "ab",
            routes.Unsound,
            "j",
        ),
        (FORK.format("parallelGateway", "exclusiveGateway", "", flow("f", "a")), "ab", routes.Unsound, "j"),
    ],
)
def test_an_incomplete_or_unsound_route_is_refused(
    body: str, tasks: str, refusal: type[RouteRefused], element: str
) -> None:
    found = refused(xml(body, tasks))
    assert type(found) is refusal
    assert found.params["element"] == element
    assert int(str(found.params["line"])) >= 2


def test_a_join_that_only_some_runs_reach_is_refused() -> None:
    """Every element runs in some run, but where the choice leads past the join, the other branch waits for ever."""
    body = '<startEvent id="s"/><parallelGateway id="f"/><exclusiveGateway id="g" default="g-j"/><endEvent id="x"/>'
    body += TASK.format("a") + TASK.format("b") + '<parallelGateway id="j"/><endEvent id="e"/>'
    body += flow("s", "f") + flow("f", "a") + flow("f", "b") + flow("b", "g") + flow("g", "x", "outcome = 1")
    body += flow("g", "j") + flow("a", "j") + flow("j", "e")
    found = refused(xml(body, "ab"))
    assert isinstance(found, routes.Unsound)
    assert found.params["element"] == "j"


def test_a_loop_without_end_is_refused() -> None:
    body = '<startEvent id="s"/>' + TASK.format("a") + '<exclusiveGateway id="g" default="g-b"/>' + TASK.format("b")
    body += TASK.format("c") + '<endEvent id="e"/>' + flow("s", "a") + flow("a", "g") + flow("g", "b")
    body += flow("g", "e", "x = 1") + flow("b", "c") + flow("c", "b")
    assert isinstance(refused(xml(body, "abc")), routes.NoWayToEnd)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml",
        HEAD.encode(),
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        b"<!DOCTYPE x><definitions/>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        b" " * (bpmn.LARGEST_FILE + 1),
    ],
    ids=["empty", "text", "cut", "encoding", "doctype", "bomb", "outside", "large"],
)
def test_what_is_no_xml_or_a_trap_is_refused(body: bytes) -> None:
    assert isinstance(refused(body), routes.RouteUnreadable)


def test_other_xml_is_refused() -> None:
    assert isinstance(refused(b"<html/>"), routes.RouteOutsideSubset)
    empty = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'
    assert isinstance(refused(empty), routes.NotOneProcess)


def test_a_route_is_the_same_value_every_time() -> None:
    first: Route = bpmn.parse(xml(SIMPLE))
    assert first == bpmn.parse(xml(SIMPLE))
