"""Files that are no routes: refused by name, with the reason, before anything is read from them."""

from __future__ import annotations

import random

import pytest

from tests.contexts.process.drawings import HEAD, boundary, ends, flow, flows, timer, users, xml
from tongban.contexts.process.core import bpmn, engine, soundness
from tongban.contexts.process.core.bpmn.tree import DEEPEST, MOST_ELEMENTS


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b" " * (bpmn.LARGEST_FILE + 1), "4 MB"),
        (b"<!DOCTYPE x><x/>", "DOCTYPE"),
        ('<?xml version="1.0" encoding="GB18030"?><x name="受理"/>'.encode("gb18030"), "UTF-8"),
        ('<x name="受理"/>'.encode("gb18030"), "UTF-8"),
        (b'<?xml version="1.0" encoding="UTF-16"?><x/>', "UTF-8"),
        (b"<a><b></a>", "XML"),
    ],
)
def test_a_file_that_is_not_read_says_why(raw: bytes, why: str) -> None:
    [found] = soundness.judge(bpmn.read_or_refused(raw)).refusals
    assert found.refusal.code == "route_unreadable"
    assert why in found.refusal.message


def test_hostile_files_are_refused_by_name() -> None:
    deep = HEAD + "<documentation>" * (DEEPEST + 1) + "</documentation>" * (DEEPEST + 1) + "</definitions>"
    many = HEAD + "<x/>" * (MOST_ELEMENTS + 1) + "</definitions>"
    for text, code in (
        (deep, "route_too_much"),
        (many, "route_too_much"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>', "route_unreadable"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "route_unreadable"),
        ("<a><b></a>", "route_unreadable"),
        ("<no:such/>", "route_unreadable"),
        ("", "route_unreadable"),
        (" " * (bpmn.LARGEST_FILE + 1), "route_unreadable"),
        ('<?xml version="1.0" encoding="nonsense"?><a/>', "route_unreadable"),
        ("<html/>", "route_outside_subset"),
        (HEAD + "</definitions>", "route_nothing_to_run"),
        (HEAD + '<process id="p"/></definitions>', "route_nothing_to_run"),
    ):
        found = soundness.judge(bpmn.read_or_refused(text.encode()))
        assert [one.refusal.code for one in found.refusals] == [code]
        assert not found.is_ok


RICH = (
    boundary("t", "a", "timer", inside=timer())
    + '<subProcess id="sub"><startEvent id="is"/><endEvent id="ie"/><userTask id="i"/><boundaryEvent id="late" '
    'attachedToRef="i"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>'
    + flows("is i ie; late ie")
    + '</subProcess><inclusiveGateway id="f" default="f-b"/><inclusiveGateway id="j"/><eventBasedGateway id="g"/>'
    '<intermediateCatchEvent id="m"><messageEventDefinition/></intermediateCatchEvent><receiveTask id="r"/>'
    + users("a b c")
    + ends("e x")
    + flows("s a sub f b j g m e; g r e; c j; t x")
    + flow("f", "c", "x = 1")
)


def test_a_cut_or_broken_file_never_breaks_the_reader() -> None:
    chance = random.Random(7)
    whole = xml(RICH)
    assert soundness.judge(bpmn.read(whole)).is_ok
    for _ in range(300):
        cut = bytearray(whole)
        at = chance.randrange(len(cut))
        cut[at : at + chance.randrange(40)] = bytes(chance.choice(b'<>"=&/ax ') for _ in range(chance.randrange(6)))
        found = soundness.judge(bpmn.read_or_refused(bytes(cut)))
        assert all(one.line >= 1 and one.element for one in found.refusals)


def test_a_diagram_with_parts_taken_out_or_swapped_never_breaks_the_reader() -> None:
    chance = random.Random(11)
    words = ["a", "sub", "g", "i", "p", "nowhere", "", "true"]
    tags = ["userTask", "subProcess", "inclusiveGateway", "eventBasedGateway", "startEvent", "boundaryEvent", "lane"]
    for _ in range(600):
        document = bpmn.read_tree(xml(RICH, executable=chance.random() < 0.5))
        elements = list(document.root.walk())[1:]
        for element in chance.sample(elements, chance.randrange(1, 4)):
            move = chance.randrange(3)
            if move == 0 and element.parent is not None and element in element.parent.inside:
                element.parent.inside.remove(element)
            elif move == 1 and element.attributes:
                element.attributes[chance.choice(list(element.attributes))] = chance.choice(words)
            else:
                element.written = element.tag = chance.choice(tags)
        found = soundness.judge(bpmn.read_or_refused(bpmn.write_tree(document)))
        if found.is_ok:
            for drawn in found.routes:
                played = engine.play(drawn, chance.choice, {"x": 1, "n": 2}, most=300)
                assert played.position.ended or len(played.done) == 300  # a loop may go on as long as `x` is 1
