"""What differs between two versions of a route or a decision model."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongban.contexts.process.core import differing
from tongban.contexts.process.core.differing import Change

CATALOGUE = Path(__file__).parents[3] / "catalogue"
ROUTES = sorted((CATALOGUE / "routes").glob("*.bpmn"))
TABLES = sorted((CATALOGUE / "decisions").glob("*.dmn"))
JOINT = (CATALOGUE / "routes/joint.bpmn").read_text("utf-8")
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="m">
<inputData id="i" name="area"><variable name="area" typeRef="number"/></inputData>
<decision id="d" name="档次"><variable name="档次"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE">
<input label="面积"><inputExpression typeRef="number"><text>area</text></inputExpression></input>
<output name="grade" typeRef="string"/><annotation name="依据"/>
<rule id="r1"><inputEntry><text>&lt;= 100</text></inputEntry><outputEntry><text>"low"</text></outputEntry>
<annotationEntry><text>第一条</text></annotationEntry></rule>
<rule id="r2"><inputEntry><text>&gt; 100</text></inputEntry><outputEntry><text>"high"</text></outputEntry>
<annotationEntry><text>第二条</text></annotationEntry></rule>
</decisionTable></decision></definitions>"""


def routes(old: str, new: str) -> tuple[Change, ...]:
    return differing.routes(old.encode(), new.encode())


def tables(old: str, new: str) -> tuple[Change, ...]:
    return differing.tables(old.encode(), new.encode())


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(one.what, one.sort, one.element) for one in changes]


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: path.stem)
def test_a_route_does_not_differ_from_itself_nor_from_itself_moved(path: Path) -> None:
    text = path.read_text("utf-8")
    assert routes(text, text) == ()
    assert routes(text, text.replace('y="', 'y="1')) == ()


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_does_not_differ_from_itself(path: Path) -> None:
    text = path.read_text("utf-8")
    assert tables(text, text) == ()


def test_every_trait_of_an_element_is_told_with_before_and_after() -> None:
    new = JOINT.replace('name="交通组织意见"', 'name="交通意见"').replace(
        'tongban:nameEn="Opinion on greenery" tongban:act="opinion" tongban:role="reviewer"',
        'tongban:nameEn="Opinion on greenery" tongban:act="opinion" tongban:role="approver"',
    )
    changes = {one.element: one for one in routes(JOINT, new)}
    assert [(t.key, t.before, t.after) for t in changes["opinion_police"].traits] == [
        ("name", "交通组织意见", "交通意见")
    ]  # fmt: skip
    assert [(t.key, t.before, t.after) for t in changes["opinion_gardens"].traits] == [("role", "reviewer", "approver")]
    assert {one.what for one in changes.values()} == {"changed"}


def test_elements_that_come_and_go_are_told_with_their_flows() -> None:
    other = (CATALOGUE / "routes/review.bpmn").read_text("utf-8")
    there, back = told(routes(other, JOINT)), told(routes(JOINT, other))
    assert ("added", "node", "opinion_police") in there
    assert ("removed", "node", "opinion_police") in back
    assert ("removed", "flow", "fork-opinion_police") in back
    assert len(there) == len(back)


def test_a_flow_under_a_new_id_is_the_same_flow() -> None:
    assert routes(JOINT, JOINT.replace("join-decide", "Flow_0abc")) == ()


def test_conditions_defaults_and_timers_are_traits() -> None:
    head = (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:tongban="urn:tongban:bpmn:1"><bpmn:process id="p"><bpmn:startEvent id="s"/>'
    )
    rest = (
        '<bpmn:intermediateCatchEvent id="t"><bpmn:timerEventDefinition tongban:length="{n}" tongban:unit="workday"/>'
        '</bpmn:intermediateCatchEvent><bpmn:exclusiveGateway id="g"/><bpmn:endEvent id="e"/><bpmn:endEvent id="x"/>'
        '<bpmn:sequenceFlow id="a" sourceRef="s" targetRef="t"/><bpmn:sequenceFlow id="b" sourceRef="t" targetRef="g"/>'
        '<bpmn:sequenceFlow id="c" sourceRef="g" targetRef="e"><bpmn:conditionExpression>area &gt; {n}'
        '</bpmn:conditionExpression></bpmn:sequenceFlow><bpmn:sequenceFlow id="d" sourceRef="g" targetRef="x"/>'
        "</bpmn:process></bpmn:definitions>"
    )
    changes = routes(head + rest.format(n=5), head + rest.format(n=9))
    assert [(one.element, t.key, t.before, t.after) for one in changes for t in one.traits] == [
        ("t", "timer", "5 workday", "9 workday"), ("c", "condition", "area > 5", "area > 9")
    ]  # fmt: skip


def test_cells_rules_and_policies_of_tables() -> None:
    new = TABLE.replace("&lt;= 100", "&lt;= 120").replace("第二条", "第三条").replace("UNIQUE", "FIRST")
    found = tables(TABLE, new)
    assert told(found) == [("changed", "decision", "d"), ("changed", "rule", "r1"), ("changed", "rule", "r2")]
    assert [(t.label, t.before, t.after) for one in found[1:] for t in one.traits] == [
        ("面积", "<= 100", "<= 120"), ("依据", "第二条", "第三条")
    ]  # fmt: skip
    assert [(t.key, t.before, t.after) for t in found[0].traits] == [("logic", "UNIQUE", "FIRST")]


def test_a_rule_more_and_a_column_under_another_name() -> None:
    rule = TABLE[TABLE.index('<rule id="r2"') : TABLE.index("</decisionTable>")]
    more = TABLE.replace("</decisionTable>", rule.replace('"r2"', '"r3"') + "</decisionTable>")
    assert told(tables(TABLE, more)) == [("added", "rule", "r3")]
    assert told(tables(TABLE, TABLE.replace('name="grade"', 'name="level"')))[:2] == [
        ("added", "column", "out level"), ("removed", "column", "out grade")
    ]  # fmt: skip


def test_rules_with_new_ids_are_compared_by_their_place() -> None:
    new = TABLE.replace('"r1"', '"x1"').replace('"r2"', '"x2"')
    assert tables(TABLE, new) == ()
    assert told(tables(TABLE, new.replace('"high"', '"top"'))) == [("changed", "rule", "2")]


def test_what_cannot_be_read_as_a_route_has_no_elements() -> None:
    assert {one.what for one in routes(JOINT, "no drawing")} == {"removed"}
