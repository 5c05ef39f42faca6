"""Small routes for tests of a case's way, and a world and a city whose FOOD runs on one of them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.contexts.cases.city import SETUP, City, build, request
from tests.contexts.cases.world import CATALOGUE, CLOCK, REVIEWER, World, answers
from tests.contexts.catalogue.samples import dump
from tongban.contexts.cases import actions
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.course import commands as way
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.catalogue import actions as catalogue_actions
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core import yaml_source
from tongban.contexts.parties.core import Actor
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.contexts.process.core.soundness import publishable
from tongban.foundation import ledger

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tongban="urn:tongban:bpmn:1">\n'
    '<message id="m-paid" name="paid"/><message id="m-answer" name="answer"/>'
    '<escalation id="x-late" escalationCode="late"/><error id="x-gone" errorCode="gone"/>\n'
)
DECIDE = '<userTask id="decide" name="作出决定" tongban:act="decide" tongban:role="approver"/>\n'
#: Granted for shops, a person's else; it also asks how the step before came out.
RISK = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="risk" name="风险" namespace="urn:test:risk">
  <inputData id="i1" name="form"><variable name="form" typeRef="string"/></inputData>
  <inputData id="i2" name="a_outcome"><variable name="a_outcome" typeRef="string"/></inputData>
  <decision id="d" name="risk"><variable name="risk"/>
    <informationRequirement id="n1"><requiredInput href="#i1"/></informationRequirement>
    <informationRequirement id="n2"><requiredInput href="#i2"/></informationRequirement>
    <decisionTable id="t" hitPolicy="FIRST">
      <input id="c1"><inputExpression typeRef="string"><text>form</text></inputExpression></input>
      <input id="c2"><inputExpression typeRef="string"><text>a_outcome</text></inputExpression></input>
      <output id="o1" name="outcome" typeRef="string"/><output id="o2" name="level" typeRef="string"/>
      <annotation name="依据"/>
      <rule id="r1"><inputEntry><text>"retail"</text></inputEntry><inputEntry><text>"pass"</text></inputEntry>
        <outputEntry><text>"grant"</text></outputEntry><outputEntry><text>"low"</text></outputEntry>
        <annotationEntry><text>《食品安全法》第三十五条</text></annotationEntry></rule>
      <rule id="r2"><inputEntry><text>"snack"</text></inputEntry><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"human"</text></outputEntry><outputEntry><text>"middle"</text></outputEntry>
        <annotationEntry><text>《食品安全法》第三十五条</text></annotationEntry></rule>
      <rule id="r3"><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"human"</text></outputEntry><outputEntry><text>"high"</text></outputEntry>
        <annotationEntry><text>《食品安全法》第三十五条</text></annotationEntry></rule>
    </decisionTable>
  </decision>
</definitions>
"""
#: Whose the lanes are.
AGENCIES = {"lead": "market", "health": "health"}


def task(key: str, act: str = "review", *, role: str = "reviewer", inside: str = "", more: str = "") -> str:
    """A user task named as its id."""
    head = f'<userTask id="{key}" name="{key.upper()}" tongban:nameEn="{key}" tongban:act="{act}" tongban:role="{role}"'
    return f"{head} {more}>{inside}</userTask>\n"


def drawn(body: str, *, lead: str = "", health: str = "", beside: str = "") -> bytes:
    """A file with one executable process of two lanes; `lead` and `health` name who stands in them."""
    lanes = "".join(
        f'<lane id="{lane}" name="{lane}">'
        + "".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in of.split())
        + "</lane>"
        for lane, of in (("lead", lead), ("health", health))
        if of
    )
    process = f'<process id="course" name="测试流程" isExecutable="true"><laneSet id="ls">{lanes}</laneSet>\n'
    return f'{HEAD}{process}<startEvent id="s"/>\n{body}</process>\n{beside}</definitions>'.encode()


class Course(World):
    """A world whose route may ask tables."""

    decisions: Mapping[str, Decisions] = {}

    def facts(self, actor: Actor) -> c.Facts:
        return replace(super().facts(actor), decisions=self.decisions)


def world_on(xml: bytes, *, now: str = "2026-03-02 09:00", **given: Any) -> Course:
    """An accepted application on the route `xml`; `given`: answers of the form."""
    world = Course(now=now)
    world.route = publishable(xml)
    handling = world.item.handling
    assert handling is not None
    lanes = {lane.id for lane in world.route.lanes}
    agencies = {lane: agency for lane, agency in AGENCIES.items() if lane in lanes}
    world.item = replace(world.item, handling=replace(handling, agencies=agencies))
    world.submit(values=answers(world.item, **given))
    world.accept()
    return world


def publish(xml: bytes, folder: Path, city: City) -> int:
    """Put FOOD on the route `xml`; its new version."""
    new = shutil.copytree(CATALOGUE, folder, dirs_exist_ok=True)
    (new / "routes/course.bpmn").write_bytes(xml)
    food = new / "items/FOOD/item.yaml"
    source = yaml_source.read(food.read_text(encoding="utf-8"), "item.yaml").data
    lanes = {lane.id for lane in publishable(xml).lanes}
    agencies = {lane: agency for lane, agency in AGENCIES.items() if lane in lanes}
    source["handling"] |= {"route": "course", "agencies": agencies}
    food.write_text(dump(source), encoding="utf-8")
    (published,) = catalogue_actions.load(new, actor=SETUP, now=city.now).published
    catalogue.refresh()
    assert published[0] == "FOOD"
    return published[1]


def city_on(xml: bytes, folder: Path, **given: Any) -> tuple[City, str]:
    """A city where FOOD runs on the route `xml`, and an accepted case of it; `given`: answers of its form."""
    city = build()
    publish(xml, folder, city)
    case_id = city.file("FOOD", **given)
    actions.accept(case_id=case_id, actor=city.window, request_id=request(), now=city.now)
    return city, case_id


def sound(case_id: str) -> None:
    """State, read rows and due rows are what the events say."""
    report = ledger.verify([case_id])
    assert report.ok, str(report)


# -- moves of a world -------------------------------------------------------------------------------------------------


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
