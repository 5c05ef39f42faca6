"""The DMN Technology Compatibility Kit, where it lies beside the checkout; its reader and its comparisons always."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.contexts.process.dmn_models import cell, model, table
from tongban.contexts.process.core.dmn import tck
from tongban.contexts.process.core.feel.values import Date

SHARED = Path(os.environ.get("TONGBAN_SHARED") or Path(__file__).resolve().parents[3].parent / "shared")
KIT = SHARED / "data" / "dmn-tck"
SUITES = sorted(KIT.rglob("*-test-*.xml"))
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.skipif(not SUITES, reason=f"the kit is not at {KIT}")
@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.parent.name)
def test_every_result_of_the_kit(suite: Path) -> None:
    read = tck.read_suite(suite.read_bytes())
    path = suite.parent / read.model
    others = [other.read_bytes() for other in sorted(suite.parent.glob("*.dmn")) if other != path]
    assert [one for one in tck.run_suite(read, path.read_bytes(), others, NOW) if not one.passed] == []


def suite(*cases: str) -> tck.Suite:
    return tck.read_suite(
        f'<testCases xmlns="{tck.SPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<modelName>m.dmn</modelName>{''.join(cases)}</testCases>"
    )


def case(age: str, expected: str, *, error: bool = False) -> str:
    said = ' errorResult="true"' if error else ""
    return (
        f'<testCase id="c"><inputNode name="Age">{age}</inputNode><resultNode name="D"{said}>'
        f"<expected>{expected}</expected></resultNode></testCase>"
    )


def number(text: str) -> str:
    return f'<value xsi:type="xsd:decimal">{text}</value>'


NIL = '<value xsi:nil="true"/>'


def test_values_are_read_by_their_types() -> None:
    values = f'<list><item>{number("1.50")}</item><item><value xsi:type="xsd:date">2026-01-02</value></item></list>'
    true = '<value xsi:type="xsd:boolean">true</value>'
    context = f'<component name="a b">{true}</component><component name="c">{NIL}</component>'
    read = suite(case(values, context)).cases[0]
    assert read.inputs == {"Age": [Decimal("1.5"), Date(2026, 1, 2)]}
    assert read.results[0].value == {"a b": True, "c": None}


def verdicts(source: str, *cases: str) -> list[bool]:
    return [one.passed for one in tck.run_suite(suite(*cases), source, [], NOW)]


def test_results_are_compared_and_errors_want_null() -> None:
    source = model(table(["> 5 => 1 / 3", "= 5 => 1 / 0"], policy="FIRST"))
    near, far = number("0.333333333"), number("0.34")
    assert verdicts(source, case(number("6"), near), case(number("6"), far)) == [True, False]
    assert verdicts(source, case(number("5"), NIL), case(number("5"), NIL, error=True)) == [True, True]
    assert verdicts(source, case(number("6"), NIL, error=True), case(number("6"), NIL)) == [False, False]


def test_what_cannot_be_run_counts_as_failed() -> None:
    endless = model(cell("literalExpression", "for i in 1..1000000000 return i"))
    assert verdicts("no model", case(number("1"), NIL, error=True)) == [False]
    assert verdicts(endless, case(number("1"), NIL, error=True)) == [False]
    lost = case(number("1"), NIL, error=True).replace('name="D"', 'name="E"')
    assert verdicts(endless, lost) == [False]
