"""A route or table that is too much is told at once: whoever draws it waits, and so do others."""

from __future__ import annotations

import time

import pytest

from tongban.contexts.catalogue.core.modelling import checking
from tongban.contexts.process.core import bpmn
from tongban.contexts.process.core.soundness import judge

SECONDS = 20.0


def route(branches: int, kind: str) -> str:
    """A start, so many tasks between two gateways, an end."""
    flows = "".join(
        f'<userTask id="t{i}"/><sequenceFlow id="a{i}" sourceRef="g" targetRef="t{i}"/>'
        f'<sequenceFlow id="b{i}" sourceRef="t{i}" targetRef="j"/>'
        for i in range(branches)
    )
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" isExecutable="true">'
        f'<startEvent id="s"/><{kind} id="g"/><{kind} id="j"/><endEvent id="e"/>{flows}'
        '<sequenceFlow id="f1" sourceRef="s" targetRef="g"/><sequenceFlow id="f2" sourceRef="j" targetRef="e"/>'
        "</process></definitions>"
    )


def table(rules: int, columns: int) -> str:
    """Every cell another range."""
    names = [f"x{column}" for column in range(columns)]
    given = "".join(
        f'<inputData id="i-{n}" name="{n}"><variable name="{n}" typeRef="number"/></inputData>' for n in names
    )
    needs = "".join(
        f'<informationRequirement id="n-{n}"><requiredInput href="#i-{n}"/></informationRequirement>' for n in names
    )
    heads = "".join(
        f'<input id="c-{n}"><inputExpression typeRef="number"><text>{n}</text></inputExpression></input>' for n in names
    )
    rows = "".join(
        f'<rule id="r{row}">'
        + "".join(f"<inputEntry><text>[{row}..{row + 1000}]</text></inputEntry>" for _ in names)
        + f"<outputEntry><text>{row}</text></outputEntry></rule>"
        for row in range(rules)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="x" name="x" namespace="urn:x">'
        f'{given}<decision id="d" name="d"><variable name="d"/>{needs}<decisionTable id="t" hitPolicy="UNIQUE">{heads}'
        f'<output id="o" typeRef="number"/>{rows}</decisionTable></decision></definitions>'
    )


@pytest.mark.parametrize(
    ("kind", "xml"),
    [
        ("route", route(3000, "parallelGateway")),
        ("route", route(700, "inclusiveGateway")),
        ("table", table(3000, 1)),
        ("table", table(2000, 2)),
    ],
)
def test_what_is_too_much_is_not_looked_at(kind: str, xml: str) -> None:
    began = time.perf_counter()
    (fault,) = checking.checked("route" if kind == "route" else "table", "x", xml, {})
    assert (fault.severity, fault.params["flows"], fault.params["cells"]) == ("error", 1000, 4000)
    assert time.perf_counter() - began < 1


def test_what_is_just_not_too_much_takes_seconds() -> None:
    began = time.perf_counter()
    for kind in ("parallelGateway", "inclusiveGateway"):
        xml = route(490, kind)
        assert not checking.too_much(xml)
        judge(bpmn.read_or_refused(xml.encode()))
    wide = table(1300, 2)
    assert not checking.too_much(wide)
    found = checking.checked("table", "x", wide, {})
    assert [fault.severity for fault in found] == ["warning", "warning"]  # each column is left to whoever tries it
    assert time.perf_counter() - began < SECONDS


def test_a_table_of_two_hundred_rules_is_judged_whole() -> None:
    found = checking.checked("table", "x", table(200, 1), {})
    assert {fault.severity for fault in found} == {"error"}
