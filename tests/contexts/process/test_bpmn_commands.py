"""`tongban process check` and `export`: what they answer, and their exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.process.drawings import ends, flow, flows, users, xml
from tongban.contexts.process.core import bpmn
from tongban.site.cli.main import main

ROUTE = Path(__file__).parents[3] / "catalogue" / "routes" / "joint.bpmn"


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    status = main(["process", *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_sound_route(capsys: pytest.CaptureFixture[str]) -> None:
    status, answer = told(capsys, "check", str(ROUTE))
    assert status == 0
    assert answer["ok"]
    assert answer["refusals"] == []
    assert answer["soundness"]["ok"]
    assert answer["soundness"]["states"] > 5


def test_an_unsound_route_shows_the_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = '<exclusiveGateway id="f" default="f-a"/><parallelGateway id="j"/>' + users("a b") + ends("e")
    file = tmp_path / "unsound.bpmn"
    file.write_bytes(xml(body + flows("s f a j e; b j") + flow("f", "b", "x = 1")))
    status, answer = told(capsys, "check", str(file))
    assert status == 1
    assert not answer["ok"]
    [first, *_] = answer["soundness"]["findings"]
    assert (first["kind"], first["element"], first["line"]) == ("stuck", "j", 4)
    assert first["trace"] in (["A"], ["B"])
    assert main(["process", "check", str(file)]) == 1
    assert "j" in capsys.readouterr().out


def test_a_script_task_is_refused_with_line_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "script.bpmn"
    file.write_bytes(xml('<scriptTask id="x" name="Run"/>' + ends("e") + flows("s x e")))
    status, answer = told(capsys, "check", str(file))
    assert status == 1
    assert [(one["element"], one["name"], one["line"]) for one in answer["refusals"]] == [("x", "Run", 4)]
    assert answer["refusals"][0]["reason"]
    assert not answer["soundness"]["ok"]


def test_what_is_no_bpmn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.bpmn"
    file.write_bytes(b"<!DOCTYPE x><x/>")
    status, answer = told(capsys, "check", str(file))
    assert (status, answer["ok"], answer["refusals"][0]["line"]) == (1, False, 1)
    assert main(["process", "check", str(tmp_path / "nowhere.bpmn")]) == 2
    with pytest.raises(SystemExit) as caught:
        main(["process", "check"])
    assert caught.value.code == 2


def test_export_keeps_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.bpmn"
    status, answer = told(capsys, "export", str(ROUTE), "-o", str(out))
    assert (status, answer["ok"]) == (0, True)
    before, after = (bpmn.inventory(bpmn.read_tree(path.read_bytes())) for path in (ROUTE, out))
    assert before == after
    assert {key: answer[key] for key in ("nodes", "flows", "lanes", "shapes", "edges")} == {
        key: count for key, count in after.counts().items() if key not in ("ids", "extensions")
    }
    assert main(["process", "export", str(ROUTE), "-o", str(tmp_path / "no" / "folder.bpmn")]) == 2
