"""A case is played on a route with its days counted, as often as somebody likes, and nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from tongban.contexts.process.core import bpmn, playing, soundness
from tongban.contexts.process.core.playing import Move, MoveNotKnown, played
from tongban.contexts.process.core.routes import Route, Timer

ROUTES = Path(__file__).parents[3] / "catalogue/routes"
START = date(2026, 9, 28)
TIMED = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
xmlns:tongban="urn:tongban:bpmn:1">
<bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s"/>
<bpmn:businessRuleTask id="rule" tongban:decision="risk"/><bpmn:userTask id="look" tongban:act="review"/>
<bpmn:boundaryEvent id="late" attachedToRef="look"><bpmn:timerEventDefinition tongban:length="5" tongban:unit="day"/>
</bpmn:boundaryEvent><bpmn:endEvent id="e"/><bpmn:endEvent id="x"/>
<bpmn:exclusiveGateway id="g" default="g-e"/>
<bpmn:sequenceFlow id="a" sourceRef="s" targetRef="rule"/><bpmn:sequenceFlow id="b" sourceRef="rule" targetRef="g"/>
<bpmn:sequenceFlow id="g-look" sourceRef="g" targetRef="look"><bpmn:conditionExpression>risk = "high" and area &gt; 10
</bpmn:conditionExpression></bpmn:sequenceFlow><bpmn:sequenceFlow id="g-e" sourceRef="g" targetRef="e"/>
<bpmn:sequenceFlow id="c" sourceRef="look" targetRef="e"/><bpmn:sequenceFlow id="d" sourceRef="late" targetRef="x"/>
</bpmn:process></bpmn:definitions>"""


def route_of(xml: bytes) -> Route:
    return soundness.judge(bpmn.read(xml)).routes[0]


@pytest.fixture
def joint() -> Route:
    return route_of((ROUTES / "joint.bpmn").read_bytes())


@pytest.fixture
def timed() -> Route:
    return route_of(TIMED.encode())


def when(timer: Timer, day: date) -> datetime:
    """Timers here are in days, to the end of the last one."""
    return datetime.combine(day + timedelta(days=timer.lengths[0][0] + 1), time())


def high(reference: str, data: Mapping[str, Any]) -> Any:
    assert reference == "risk"
    return {"risk": "high"}


def test_all_that_can_come_next_is_told_and_done_on_its_day(joint: Route) -> None:
    begun = played(joint, [Move("begin")], START, when=when)
    assert {one.node for one in begun.next} == {
        "document_review", "opinion_police", "opinion_gardens", "opinion_pipelines"
    }  # fmt: skip
    assert all((one.kind, one.since) == ("task", START) for one in begun.next)
    days = [START + timedelta(days=n) for n in range(1, 5)]
    moves = [Move("complete", one.id, day, {"outcome": "pass"}) for one, day in zip(begun.next, days, strict=True)]
    reviewed = played(joint, [Move("begin"), *moves], START, when=when)
    assert reviewed.refused is None
    assert [one.node for one in reviewed.next] == ["decide"]
    assert reviewed.day == reviewed.next[0].since == days[-1]
    assert reviewed.data["opinion_police_outcome"] == "pass"
    ended = played(joint, [Move("begin"), *moves, Move("complete", reviewed.next[0].id)], START, when=when)
    assert ended.position.ended == "end"
    assert ended.done[-1] == "decide"


def test_days_never_run_backwards(joint: Route) -> None:
    first = played(joint, [Move("begin")], START, when=when).next[0].id
    found = played(joint, [Move("begin"), Move("complete", first, START - timedelta(days=9))], START, when=when)
    assert found.day == START


def test_what_cannot_be_done_stops_the_play_and_is_told(joint: Route) -> None:
    moves = [Move("begin"), Move("complete", "t1"), Move("complete", "t1"), Move("complete", "t2")]
    found = played(joint, moves, START, when=when)
    assert found.refused is not None
    assert (found.refused[0], found.refused[1].code) == (2, "task_not_open")
    assert len(found.lines) == 2
    assert len(found.next) == 3


def test_a_table_answers_by_itself_and_its_outputs_choose_the_way(timed: Route) -> None:
    found = played(timed, [Move("begin", data={"area": 20})], START, when=when, judge=high)
    assert [(line.node, line.own) for line in found.lines] == [("", False), ("rule", True)]
    assert {(one.node, one.kind, one.due) for one in found.next} == {
        ("look", "task", None), ("late", "timer", START + timedelta(days=5))
    }  # fmt: skip
    small = played(timed, [Move("begin", data={"area": 5})], START, when=when, judge=high)
    assert small.position.ended == "e"


def test_a_timer_comes_on_its_own_day_and_takes_the_task_back(timed: Route) -> None:
    begin = Move("begin", data={"area": 20})
    timer = next(one for one in played(timed, [begin], START, when=when, judge=high).next if one.kind == "timer")
    found = played(timed, [begin, Move("fire", timer.id)], START, when=when, judge=high)
    assert found.day == START + timedelta(days=6)  # at the end of the fifth day the sixth has begun
    assert found.position.ended == "x"
    assert found.next == ()


def test_a_table_that_is_not_there_waits_for_whoever_plays(timed: Route) -> None:
    begun = played(timed, [Move("begin", data={"area": 20})], START, when=when)
    assert [one.node for one in begun.next] == ["rule"]
    moves = [Move("begin", data={"area": 20}), Move("complete", begun.next[0].id, None, {"risk": "high"})]
    assert "look" in {one.node for one in played(timed, moves, START, when=when).next}


def test_a_move_that_is_refused_half_way_has_not_happened(timed: Route) -> None:
    """The table fails after the route began: nothing of the move stays."""

    def fails(reference: str, data: Mapping[str, Any]) -> Any:
        raise MoveNotKnown

    found = played(timed, [Move("begin")], START, when=when, judge=fails)
    assert found.refused is not None
    assert (found.lines, found.next) == ((), ())


def test_the_names_to_ask_for_are_those_that_conditions_read(timed: Route, joint: Route) -> None:
    assert playing.asked(timed) == ("area", "risk")
    assert playing.asked(joint) == ()


def test_no_play_has_more_moves_than_a_case(joint: Route) -> None:
    with pytest.raises(MoveNotKnown):
        played(joint, [Move("begin")] * (playing.MOST_MOVES + 1), START, when=when)
