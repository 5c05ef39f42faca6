"""`tongban process decide`, `tables` and `tck`: answers, refusals and exit statuses."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.process.dmn_models import SPACE, model, table
from tongban.site.cli.main import main

RULES = ['<= 50 => "instant" # 许可法34', '> 50 => "visit" # 条例9']


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "m.dmn"
    path.write_text(model(table(RULES, annotations=("依据",))), "utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_decide_tells_result_rule_and_law(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["process", "decide", str(file), "--decision", "D", "--input", '{"Age": 60.5}', "--json"]) == 0
    answer = told(capsys)
    assert (answer["result"], answer["basis"]) == ("visit", ["条例9"])
    assert answer["steps"][0]["tables"][0]["chosen"] == [2]
    assert main(["process", "decide", str(file), "--decision", "D", "--input", '{"Age": 60.5}']) == 0
    assert "rule 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("decision", "given", "code"),
    [
        ("D", '{"Age": "x"}', "decision_input_not_of_type"),
        ("D", "{}", "decision_input_missing"),
        ("D", '{"Age": 1, "Aeg": 2}', "decision_input_not_known"),
        ("E", '{"Age": 1}', "decision_not_known"),
    ],
)
def test_decide_refuses_by_name(
    file: Path, capsys: pytest.CaptureFixture[str], decision: str, given: str, code: str
) -> None:
    assert main(["process", "decide", str(file), "--decision", decision, "--input", given, "--json"]) == 1
    assert told(capsys)["refused"]["code"] == code


@pytest.mark.parametrize(
    "given", ["[1]", "{", "nonsense", '{"Age": NaN}', '{"Age": Infinity}', '{"Age": 1, "Age": 2}', '{"Age": 1e99999}']
)
def test_decide_wants_an_object(file: Path, given: str) -> None:
    assert main(["process", "decide", str(file), "--decision", "D", "--input", given]) == 2


def test_decide_reads_stdin_and_says_where_a_file_is_missing(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"Age": 1}'))
    assert main(["process", "decide", str(file), "--decision", "D", "--input", "-", "--json"]) == 0
    assert told(capsys)["result"] == "instant"
    assert main(["process", "decide", str(file) + "x", "--decision", "D"]) == 2


def test_tables_finds_what_is_wrong(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["process", "tables", str(file), "--json"]) == 0
    assert told(capsys) == {"findings": []}
    file.write_text(model(table(["<= 50 => 1", "[50..60) => 2", "> 60 => 3", "[ => 4"])), "utf-8")
    assert main(["process", "tables", str(file), "--json"]) == 1
    rows = told(capsys)["findings"]
    assert {row["kind"] for row in rows} == {"cell", "overlap", "unjudged"}
    overlap = next(row for row in rows if row["kind"] == "overlap")
    assert (overlap["rules"], overlap["example"]) == ([1, 2], {"Age": 50})


SUITE = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><modelName>m.dmn</modelName>
<testCase id="1"><inputNode name="Age"><value xsi:type="xsd:decimal">60</value></inputNode>
<resultNode name="D"><expected><value xsi:type="xsd:string">%s</value></expected></resultNode></testCase></testCases>"""


def test_tck_counts_passed_and_failed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file.parent / "m-test-01.xml").write_text(SUITE % "visit", "utf-8")
    assert main(["process", "tck", str(file.parent), "--json"]) == 0
    assert told(capsys)["total"] == {"passed": 1, "failed": 0}
    (file.parent / "m-test-02.xml").write_text(SUITE % "other", "utf-8")
    (file.parent / "m-test-03.xml").write_text("broken", "utf-8")
    (file.parent / "m-test-04.xml").write_text((SUITE % "x").replace("m.dmn", "none.dmn"), "utf-8")
    assert main(["process", "tck", str(file.parent), "--json"]) == 1
    answer = told(capsys)
    assert answer["total"] == {"passed": 1, "failed": 3}
    assert [row["passed"] for row in answer["files"]] == [1, 0, 0, 0]
    assert main(["process", "tck", str(file.parent), "--failed"]) == 1
    assert "'other' expected" in capsys.readouterr().out


def test_tck_without_cases_is_wrong_usage(tmp_path: Path) -> None:
    assert main(["process", "tck", str(tmp_path)]) == 2


def importing(namespace: str, imported: str = "") -> str:
    """A model that may import another, and holds nothing else."""
    line = f"<import name='i' namespace='{imported}' importType='x'/>" if imported else ""
    return f"<definitions xmlns='{SPACE}' name='m' namespace='{namespace}'>{line}</definitions>"


def test_what_lies_beside_a_file_is_no_fault_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "first.dmn", tmp_path / "second.dmn"
    (tmp_path / "folder.dmn").mkdir()
    (tmp_path / "broken.dmn").write_text("no XML", "utf-8")
    first.write_text(importing("urn:a", "urn:b"), "utf-8")
    assert main(["process", "tables", str(first), "--json"]) == 1
    assert "urn:b" in told(capsys)["findings"][0]["message"]
    second.write_text(importing("urn:b"), "utf-8")
    assert main(["process", "tables", str(first), "--json"]) == 0
    assert told(capsys) == {"findings": []}


def test_models_that_import_each_other_are_refused_as_a_circle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "first.dmn").write_text(importing("urn:a", "urn:b"), "utf-8")
    (tmp_path / "second.dmn").write_text(importing("urn:b", "urn:a"), "utf-8")
    for name in ("first", "second"):
        assert main(["process", "decide", str(tmp_path / f"{name}.dmn"), "--decision", "D", "--json"]) == 1
        assert told(capsys)["refused"]["code"] == "decision_requirements_circular"
