"""Decision models: reading, requirements, types, boxed expressions, explanations, and every refusal."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contexts.process.dmn_models import SPACE, cell, decided, model, table
from tongban.contexts.process.core.dmn.deciding import read_decisions
from tongban.contexts.process.core.dmn.explaining import explained
from tongban.contexts.process.core.dmn.refusals import (
    CellNotRead,
    DecisionNotKnown,
    ElementNotRead,
    ExpressionNotRead,
    InputMissing,
    InputNotKnown,
    InputNotOfType,
    ModelRefused,
    ModelUnreadable,
    NoModel,
    PartMissing,
    RequirementNotKnown,
    RequirementsCircular,
    TypeNotKnown,
)
from tongban.kernel.refusals import Refusal


def literal(text: str) -> str:
    return cell("literalExpression", text)


def boxed(logic: str, **inputs: Any) -> Any:
    return decided(model(logic), **inputs)


def test_context_entries_see_those_before_and_the_last_is_the_result() -> None:
    entries = (
        f'<contextEntry><variable name="double age"/>{literal("Age * 2")}</contextEntry>'
        f"<contextEntry>{literal('double age + 1')}</contextEntry>"
    )
    assert boxed(f"<context>{entries}</context>", Age=4) == 9
    assert boxed(f"<context>{entries.split('</contextEntry>', 1)[0]}</contextEntry></context>", Age=4) == {
        "double age": 8
    }


def test_list_relation_conditional_and_loops() -> None:
    assert boxed(f"<list>{literal('Age')}{literal('2')}</list>", Age=1) == [1, 2]
    rows = f'<column name="a b"/><column name="c"/><row>{literal("1")}{literal("Age")}</row>'
    assert boxed(f"<relation>{rows}</relation>", Age=7) == [{"a b": 1, "c": 7}]
    parts = f"<if>{literal('Age > 5')}</if><then>{literal('1')}</then><else>{literal('2')}</else>"
    assert [boxed(f"<conditional>{parts}</conditional>", Age=age) for age in (9, 1, None)] == [1, 2, 2]
    source = f"<in>{literal('[1, 2, 3]')}</in>"
    assert boxed(f'<for iteratorVariable="n">{source}<return>{literal("n * Age")}</return></for>', Age=2) == [2, 4, 6]
    assert boxed(f"<filter>{source}<match>{literal('item > Age')}</match></filter>", Age=1) == [2, 3]
    assert boxed(f"<filter>{source}<match>{literal('item')}</match></filter>", Age=1) == 1
    test = f"<satisfies>{literal('n > Age')}</satisfies>"
    assert boxed(f'<some iteratorVariable="n">{source}{test}</some>', Age=2) is True
    assert boxed(f'<every iteratorVariable="n">{source}{test}</every>', Age=2) is False


KNOWLEDGE = (
    '<businessKnowledgeModel id="k" name="pay rate"><variable name="pay rate"/><encapsulatedLogic>'
    f'<formalParameter name="base" typeRef="number"/>{cell("literalExpression", "base * 3", typeRef="number")}'
    "</encapsulatedLogic></businessKnowledgeModel>"
)
NEEDS = '<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>'


def test_knowledge_is_invoked_by_place_and_by_name() -> None:
    binding = f'<binding><parameter name="base"/>{literal("Age")}</binding>'
    invocation = f"<invocation>{literal('pay rate')}{binding}</invocation>"
    assert decided(model(NEEDS + invocation, more=KNOWLEDGE), Age=5) == 15
    assert decided(model(NEEDS + literal("pay rate(Age) + pay rate(base: 1)"), more=KNOWLEDGE), Age=5) == 18
    assert decided(model(NEEDS + literal('pay rate("x")'), more=KNOWLEDGE), Age=5) is None
    assert decided(model(literal("pay rate(Age)"), more=KNOWLEDGE), Age=5) is None  # not required, not seen


def test_a_service_computes_its_own_decisions() -> None:
    service = (
        '<decision id="out" name="out"><variable name="out" typeRef="number"/>'
        '<informationRequirement><requiredInput href="#i0"/></informationRequirement>'
        f"{literal('Age * 10')}</decision>"
        '<decisionService id="s" name="tenfold"><variable name="tenfold"/><outputDecision href="#out"/>'
        '<inputData href="#i0"/></decisionService>'
    )
    needs = '<knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>'
    source = model(needs + literal("tenfold(3) + Age"), more=service)
    assert decided(source, Age=1) == 31
    assert read_decisions(source).invoke("tenfold", {"Age": 4}) == 40


PYTHON = '<literalExpression expressionLanguage="http://python"><text>1</text></literalExpression>'
LOST = '<informationRequirement><requiredInput href="#x"/></informationRequirement>'
TYPES = (
    '<itemDefinition name="tRisk"><typeRef>string</typeRef>'
    '<allowedValues><text>"low", "high"</text></allowedValues></itemDefinition>'
    '<itemDefinition name="tSite"><itemComponent name="risk class"><typeRef>tRisk</typeRef></itemComponent>'
    '<itemComponent name="opened"><typeRef>date</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tSites" isCollection="true"><typeRef>tSite</typeRef></itemDefinition>'
)


def test_items_have_types_with_allowed_values() -> None:
    source = model(literal('Sites[risk class = "low"].opened'), inputs=[("Sites", "tSites")], more=TYPES)
    sites = [{"risk class": "low", "opened": date(2026, 1, 2)}, {"risk class": "high", "opened": None}]
    assert decided(source, Sites=sites) == ["2026-01-02"]
    assert decided(source, Sites=[{"risk class": "odd", "opened": None}]) is None
    decisions = read_decisions(source)
    told = decisions.typed({"Sites": [{"risk class": "low", "opened": "2026-01-02"}]})
    decisions.check("D", told)
    with pytest.raises(InputNotOfType) as caught:
        decisions.check("D", {"Sites": [{"risk class": "odd", "opened": None}]})
    assert caught.value.params == {"name": "Sites", "type": "tSites"}


def test_results_are_fitted_to_their_type() -> None:
    assert decided(model(literal("[Age]"), kind="number"), Age=3) == 3
    assert decided(model(literal('"x"'), kind="number"), Age=3) is None


def test_inputs_are_asked_for_by_name() -> None:
    decisions = read_decisions(model(literal("Age"), inputs=[("Age", "number"), ("Name", "string")]))
    with pytest.raises(InputMissing):
        decisions.check("D", {"Age": 1})
    with pytest.raises(InputNotKnown):
        decisions.check("D", {"Age": 1, "Name": "x", "Nam": "y"})
    with pytest.raises(InputNotOfType):
        decisions.check("D", {"Age": "1", "Name": "x"})
    with pytest.raises(DecisionNotKnown):
        decisions.check("E", {})
    decisions.check("D", {"Age": None, "Name": "x"})


def test_the_explanation_names_rules_cells_and_law_and_is_the_same_every_time() -> None:
    rules = ['<= 50 | "low" => "instant" # 许可法34 | fast', '> 50 | - => "visit" # 条例9 | slow', '- | - => "none"']
    made = table(rules, policy="FIRST", inputs=("Area", "Risk"), annotations=("依据", "note"))
    decisions = read_decisions(model(made, inputs=[("Area", "number"), ("Risk", "string")]))
    told = explained(decisions.decide("D", {"Area": 60, "Risk": "low"}))
    assert told["result"] == "visit"
    assert told["basis"] == ["条例9"]
    found = told["steps"][0]["tables"][0]
    assert found["chosen"] == [2]
    assert [hit["rule"] for hit in found["hits"]] == [2, 3]
    assert found["hits"][0]["id"] == "r2"
    assert found["hits"][0]["annotations"] == {"依据": "条例9", "note": "slow"}
    assert found["hits"][0]["cells"][0] == {"column": 1, "name": "Area", "test": "> 50", "value": 60}
    assert json.dumps(told) == json.dumps(explained(decisions.decide("D", {"Area": 60, "Risk": "low"})))


def test_the_explanation_says_why_nothing_came_out() -> None:
    decisions = read_decisions(model(table(["> 5 => 1"])))
    assert explained(decisions.decide("D", {"Age": 1}))["notes"] == ["no rule hits"]
    doubled = read_decisions(model(table(["> 5 => 1", "> 6 => 2"])))
    assert "more than one rule" in explained(doubled.decide("D", {"Age": 7}))["notes"][0]


def test_steps_come_in_the_order_they_were_taken() -> None:
    first = (
        '<decision id="e" name="Early"><variable name="Early"/>'
        f'<informationRequirement><requiredInput href="#i0"/></informationRequirement>{literal("Age + 1")}</decision>'
    )
    needs = '<informationRequirement><requiredDecision href="#e"/></informationRequirement>'
    decisions = read_decisions(model(needs + literal("Early * 2"), more=first))
    told = explained(decisions.decide("D", {"Age": 1}))
    assert [(step["decision"], step["result"]) for step in told["steps"]] == [("Early", 2), ("D", 4)]


def test_imports_are_named_contexts() -> None:
    other = (
        f'<definitions xmlns="{SPACE}" name="o" namespace="urn:o"><inputData id="p" name="Person">'
        '<variable name="Person" typeRef="string"/></inputData><decision id="g" name="Greet"><variable name="Greet"/>'
        '<informationRequirement><requiredInput href="#p"/></informationRequirement>'
        f"{literal(chr(34) + '您好，' + chr(34) + ' + Person')}</decision></definitions>"
    )
    needs = '<informationRequirement><requiredDecision href="urn:o#g"/></informationRequirement>'
    imported = '<import name="my other" namespace="urn:o" importType="x"/>'
    source = model(needs + literal("my other.Greet"), inputs=[], more=imported)
    assert read_decisions(source, [other]).value("D", {"Person": "王"}) == "您好，王"
    with pytest.raises(RequirementNotKnown):
        read_decisions(source)


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("no xml", ModelUnreadable),
        ("<a><b></a>", ModelUnreadable),
        ('<!DOCTYPE d [<!ENTITY e "x">]><d>&e;</d>', ModelUnreadable),
        ("<definitions/>", NoModel),
        ('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', NoModel),
        (f'<definitions xmlns="{SPACE}"><surprise/></definitions>', ElementNotRead),
        (model("<mystery/>"), ElementNotRead),
        (model(literal("1") + literal("2")), ElementNotRead),
        (model(table(["> 1 => 3"]).replace("<rule", "<riddle/><rule")), ElementNotRead),
        (model(table(["> 1 => 3"]).replace("</rule>", "<inputExit/></rule>")), ElementNotRead),
        (model(PYTHON), ElementNotRead),
        (model("<conditional/>"), PartMissing),
        (model("<decisionTable><input/><output/></decisionTable>"), PartMissing),
        (model("<decisionTable/>"), PartMissing),
        (model(table(["> 1 | 2 => 3"])), PartMissing),
        (model(table(["> 1 => 3 +"])), CellNotRead),
        (model(table(["> => 3"])), CellNotRead),
        (model(literal("1 +")), ExpressionNotRead),
        (model(literal("1"), kind="tNone"), TypeNotKnown),
        (
            model(LOST + literal("1")),
            RequirementNotKnown,
        ),
        (
            model('<informationRequirement><requiredDecision href="#d"/></informationRequirement>' + literal("1")),
            RequirementsCircular,
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(source: str, refusal: type[ModelRefused]) -> None:
    with pytest.raises(refusal) as caught:
        read_decisions(source)
    assert caught.value.line >= 1
    assert str(caught.value)


def test_a_cell_is_refused_by_table_rule_and_column() -> None:
    with pytest.raises(CellNotRead) as caught:
        read_decisions(model(table(["> 1 | 1 => 3", "> 1 | [1.. => 3"], inputs=("Age", "Age + 1"))))
    assert {key: caught.value.params[key] for key in ("element", "rule", "place", "expression")} == {
        "element": "D", "rule": 2, "place": 2, "expression": "[1..",
    }  # fmt: skip


def test_a_decision_that_requires_itself_is_null_when_asked_all_the_same() -> None:
    source = model('<informationRequirement><requiredDecision href="#d"/></informationRequirement>' + literal("D"))
    assert read_decisions(source, strict=False).value("D", {}) is None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_broken_file_is_refused_never_a_crash(data: st.DataObject) -> None:
    source = model(table(['>= 18 | "a" => "x"', "- | - => null"], inputs=("Age", "Name")), inputs=[("Age", "number")])
    place = data.draw(st.integers(0, len(source)))
    cut = data.draw(st.integers(0, 30))
    put = data.draw(
        st.text(max_size=6) | st.sampled_from(["<", ">", "&", "<x/>", "<rule/>", '"', "<text>[</text>", "]]>"])
    )
    broken = source[:place] + put + source[place + cut :]
    try:
        read_decisions(broken.encode("utf-8", "surrogatepass")).value("D", {"Age": 20})
    except Refusal as refusal:
        assert isinstance(refusal, (ModelRefused, DecisionNotKnown))  # noqa: PT017 - any other exception fails the test
