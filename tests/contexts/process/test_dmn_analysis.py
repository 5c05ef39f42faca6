"""Overlaps and gaps: each finding has an input that shows it, and nothing that shows itself is missed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contexts.process.dmn_models import model, table
from tongban.contexts.process.core.dmn.analysis import TableFinding, analysed, sound
from tongban.contexts.process.core.dmn.deciding import read_decisions
from tongban.contexts.process.core.dmn.refusals import CellNotRead, TableGap, TableOverlap

BOTH = [("Age", "number"), ("Name", "string")]


def found(*rules: str, inputs: Any = (("Age", "number"),), more: str = "", **how: Any) -> tuple[TableFinding, ...]:
    """What is found in a table."""
    made = table(rules, inputs=[name for name, _ in inputs], **how)
    return analysed(read_decisions(model(made, inputs=inputs, more=more), strict=False))


def test_a_whole_table_has_no_findings() -> None:
    assert found("< 18 => 1", "[18..60) => 2", ">= 60 => 3") == ()
    assert found('"a" => 1', 'not("a") => 2', inputs=[("Name", "string")]) == ()
    assert found("true => 1", "false => 2", inputs=[("Flag", "boolean")]) == ()


def test_an_overlap_has_an_example_that_hits_both() -> None:
    (one,) = found("<= 18 | - => 1", '>= 18 | "x" => 2', '> 18 | not("x") => 3', inputs=BOTH)
    assert (one.kind, one.rules, one.example) == ("overlap", (1, 2), {"Age": 18, "Name": "x"})
    assert isinstance(one.refusal, TableOverlap)


def test_a_gap_has_an_example_that_hits_nothing() -> None:
    (one,) = found("< 18 => 1", "> 18 => 2")
    assert (one.kind, one.example, one.where) == ("gap", {"Age": 18}, {"Age": "18"})
    (two,) = found("<= 18 => 1", ">= 19 => 2")
    assert two.example == {"Age": 18.5}
    (three,) = found("<= 18 => 1", ">= 65 => 2")
    assert three.example == {"Age": 19}


def test_allowed_values_bound_the_domain() -> None:
    assert found("[0..17] => 1", "(17..120] => 2", values=["[0..120]"]) == ()
    allowed = '<allowedValues><text>"a", "b"</text></allowedValues>'
    more = f'<itemDefinition name="tKind"><typeRef>string</typeRef>{allowed}</itemDefinition>'
    assert found('"a" => 1', '"b" => 2', inputs=[("Kind", "tKind")], more=more) == ()
    (gap,) = found('"a" => 1', inputs=[("Kind", "tKind")], more=more)
    assert gap.example == {"Kind": "b"}


def test_dates_and_durations_are_judged_too() -> None:
    (gap,) = found('< @"2026-01-01" => 1', '> date("2026-01-01") => 2', inputs=[("Day", "date")])
    assert gap.example == {"Day": "2026-01-01"}
    assert found('<= @"2026-01-01" => 1', '>= @"2026-01-02" => 2', inputs=[("Day", "date")]) == ()


def test_policies_say_what_counts() -> None:
    rules = ("> 1 => 1", "> 2 => 2", "<= 1 => 3")
    assert [one.kind for one in found(*rules)] == ["overlap"]
    assert found(*rules, policy="FIRST") == ()
    assert [one.kind for one in found(*rules, policy="ANY")] == ["overlap"]
    assert found("> 1 => 1", "> 2 => 1", "<= 1 => 3", policy="ANY") == ()
    assert found("> 1 => 1", policy="COLLECT") == ()
    assert found("> 1 => 1", outputs=[("", "", "0")]) == ()


def test_cells_that_compute_are_not_guessed_at() -> None:
    (one,) = found("? * 2 > 5 => 1", "> 3 => 2")
    assert (one.kind, one.severity, one.rules, one.column) == ("unjudged", "warning", (1,), 1)


def test_a_cell_that_does_not_parse_is_a_finding_with_its_place() -> None:
    cells = [one for one in found("> 1 => 1", "[1.. => 2") if one.kind == "cell"]
    assert [(one.table, one.rules, one.column) for one in cells] == [("D", (2,), 1)]


@pytest.mark.parametrize(
    ("rules", "refusal"),
    [(["> 1 => 1", "> 2 => 2", "<= 1 => 3"], TableOverlap), (["> 1 => 1"], TableGap), (["> => 1"], CellNotRead)],
)
def test_an_unsound_table_is_refused(rules: list[str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        sound(read_decisions(model(table(rules)), strict=False))
    sound(read_decisions(model(table(["> 1 => 1", "<= 1 => 2"]))))


CELLS = st.sampled_from(["-", "< 2", "<= 2", "> 2", ">= 4", "[2..4]", "(2..4)", "3", "not(3)", "1, 5", "!= 3"])
WORDS = st.sampled_from(["-", '"a"', '"b"', '"a", "b"', 'not("a")', 'not("a", "b")'])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CELLS, WORDS), min_size=1, max_size=6))
def test_findings_are_true_and_complete(rows: list[tuple[str, str]]) -> None:
    """Against brute force over the domain: examples show what they claim, and a fault leaves no silence."""
    rules = [f"{' | '.join(row)} => {number}" for number, row in enumerate(rows, 1)]
    made = model(table(rules, policy="COLLECT", inputs=("Age", "Name")), inputs=BOTH)
    decisions = read_decisions(made)

    def hits(age: float, name: str) -> list[int]:
        return [int(number) for number in decisions.value("D", {"Age": age, "Name": name})]

    findings = found(*rules, inputs=BOTH)
    everywhere = [hits(half / 2, name) for half in range(13) for name in ("a", "b", "zz")]
    for one in findings:
        shown = hits(one.example["Age"], one.example["Name"])
        assert set(one.rules) <= set(shown) if one.kind == "overlap" else shown == []
    pairs = {(a, b) for shown in everywhere for a in shown for b in shown if a < b}
    assert pairs == {one.rules for one in findings if one.kind == "overlap"}
    assert any(not shown for shown in everywhere) == any(one.kind == "gap" for one in findings)


def test_many_rules_are_analysed_in_time() -> None:
    rules = [f'[{number * 10}..{number * 10 + 10}) | "k{number % 7}" => {number}' for number in range(200)]
    findings = found(*rules, inputs=BOTH)
    assert {one.kind for one in findings} == {"gap"}
    assert len(findings) == 50
