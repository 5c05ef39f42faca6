"""`tongban catalogue check` tells everything in text, JSON and SARIF, and its exit status tells what that means."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.contexts.catalogue.samples import GUIDE, SHOP, dump, text, with_change, write_catalogue
from tongban.contexts.catalogue.core.check import REGISTER
from tongban.contexts.catalogue.core.findings import Finding, Place
from tongban.contexts.catalogue.core.folder import Files, check_files
from tongban.contexts.catalogue.core.sarif import sarif
from tongban.site.cli.main import main

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
#: The parts of the SARIF 2.1.0 schema that a log of ours uses, as strict as the standard says.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["$schema", "version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "semanticVersion": {"pattern": r"^\d+\.\d+\.\d+"},
                                    "language": {"pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": TEXT,
                                                "defaultConfiguration": {
                                                    "properties": {
                                                        "level": {"enum": ["none", "note", "warning", "error"]}
                                                    }
                                                },
                                                "properties": {"type": "object"},
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "language": {"pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "originalUriBaseIds": {
                        "additionalProperties": {
                            "required": ["uri"],
                            "properties": {"uri": {"pattern": "^[a-z]+:.*/$"}},
                        }
                    },
                    "results": {
                        "items": {
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": -1},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": TEXT,
                                "locations": {
                                    "uniqueItems": True,
                                    "items": {
                                        "additionalProperties": False,
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation"],
                                                "additionalProperties": False,
                                                "properties": {
                                                    "artifactLocation": {
                                                        "additionalProperties": False,
                                                        "properties": {
                                                            "uri": {"type": "string", "pattern": "^[!-~]+$"},
                                                            "uriBaseId": {"type": "string"},
                                                        },
                                                    },
                                                    "region": {
                                                        "properties": {"startLine": {"type": "integer", "minimum": 1}}
                                                    },
                                                },
                                            },
                                            "logicalLocations": {
                                                "items": {
                                                    "properties": {
                                                        "fullyQualifiedName": {"type": "string"},
                                                        "kind": {"type": "string"},
                                                    }
                                                }
                                            },
                                        },
                                    },
                                },
                                "partialFingerprints": {"additionalProperties": {"type": "string"}},
                                "properties": {"type": "object"},
                            },
                        }
                    },
                },
            },
        },
    },
}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def running(*arguments: str, language: str = "en_US.UTF-8") -> tuple[int, str, str]:
        monkeypatch.setenv("LC_ALL", language)
        try:
            status = main(["catalogue", "check", *arguments])
        except SystemExit as end:
            status = int(str(end.code))
        out, err = capsys.readouterr()
        return status, out, err

    return running


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return write_catalogue(tmp_path, GUIDE, with_change(with_change(SHOP, "basis", []), "promised.value", 6))


def test_text_is_grouped_by_file_and_ends_with_counts(run: Run, broken: Path) -> None:
    status, out, err = run(str(broken))
    assert status == 1
    lines = out.splitlines()
    assert lines[0] == "items/SHOP/item.yaml"
    at = lines.index("      basis: Name the article of the law, regulation or rule.")
    assert lines[at - 1].endswith(
        ": error Q20: There is no legal basis. What the law does not empower may not be done. "
        "[Administrative Licensing Law, article 4]"
    )
    assert lines[-2:] == ["     1 Q20       The basis is in force", "     1 F4        The promise is at most half"]
    assert err == "1 errors, 1 warnings\n"


def test_json_has_findings_and_counts(run: Run, broken: Path) -> None:
    status, out, _ = run(str(broken), "--json")
    answer = json.loads(out)
    assert status == 1
    assert answer["rules"] == {"Q20": 1, "F4": 1}
    by_rule = {row["rule"]: row for row in answer["findings"]}
    assert by_rule["Q20"]["place"]["file"] == "items/SHOP/item.yaml"
    assert by_rule["Q20"]["place"]["field"] == "basis"
    assert by_rule["Q20"]["law"] == "Administrative Licensing Law, article 4"
    assert run(str(broken), "--format", "json")[1] == out


def test_names_in_findings_are_in_the_reader_s_language(run: Run, tmp_path: Path) -> None:
    shop = with_change(SHOP, "result.sample", "") | {"handling": None, "faq": []}
    shop["basis"] = [
        {**SHOP["basis"][0], "law": "旧条例", "law_en": "Old Regulation", "effective_to": "2020-01-01"},
    ]
    shop["materials"] = [{**one, "basis": ""} for one in SHOP["materials"]]
    shop.pop("handling")
    folder = write_catalogue(tmp_path, GUIDE, shop)
    english = json.loads(run(str(folder), "--json")[1])["findings"]
    assert {"Q5", "Q17", "Q20"} <= {row["rule"] for row in english}
    told = [str((row["message"], row["advice"], row["law"], row["params"])) for row in english]
    assert [one for one in told if re.search(r"[\u4e00-\u9fff]", one)] == []
    log = run(str(folder), "--format", "sarif")[1]
    assert "Old Regulation" in log
    assert "旧条例" in run(str(folder), "--json", language="zh_CN.UTF-8")[1]


@pytest.mark.parametrize(("language", "code"), [("en_US.UTF-8", "en"), ("zh_CN.UTF-8", "zh-CN")])
def test_sarif_is_valid_and_leads_to_the_lines(run: Run, broken: Path, language: str, code: str) -> None:
    status, out, _ = run(str(broken), "--format", "sarif", language=language)
    log = json.loads(out)
    assert status == 1
    jsonschema.validate(log, SCHEMA)
    driver = log["runs"][0]["tool"]["driver"]
    assert driver["language"] == code
    assert [rule["id"] for rule in driver["rules"]] == list(REGISTER)
    for result in log["runs"][0]["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        where = result["locations"][0]["physicalLocation"]
        line = (
            (broken / where["artifactLocation"]["uri"])
            .read_text("utf-8")
            .splitlines()[where["region"]["startLine"] - 1]
        )
        assert line.strip().startswith(result["properties"]["field"].rsplit(".", 1)[-1])


def test_sarif_of_places_without_line_or_file() -> None:
    found = (
        Finding("Q20", "error", Place("items/甲 乙/item.yaml"), "没有设定依据。", "请写上。"),
        Finding("Q20", "error", Place("", 0, "basis"), "没有设定依据。", "请写上。"),
    )
    log = sarif(
        found,
        root="file:///srv/catalogue",
        version="1.0.0",
        language="zh-CN",
        tell=lambda message, params: message % params if params else message,
    )
    jsonschema.validate(log, SCHEMA)
    first, second = (result["locations"][0] for result in log["runs"][0]["results"])
    assert first["physicalLocation"]["artifactLocation"]["uri"] == "items/%E7%94%B2%20%E4%B9%99/item.yaml"
    assert "physicalLocation" not in second


def test_a_sound_folder_is_0_and_wrong_usage_2(run: Run, tmp_path: Path) -> None:
    assert run(str(write_catalogue(tmp_path / "sound"))) == (0, "", "0 errors, 0 warnings\n")
    assert run("--format", "xml")[0] == 2
    assert run("--json", "--format", "sarif", str(tmp_path))[0] == 2
    status, out, err = run(str(tmp_path / "nowhere"))
    assert (status, out) == (1, "")
    assert "nowhere" in err
    status, out, _ = run(str(tmp_path / "nowhere"), "--json")
    assert status == 1
    assert json.loads(out)["refused"]["code"] == "no_catalogue_there"


def findings(files: dict[str, str], **more: Any) -> list[tuple[str, str, int]]:
    found = check_files(Files(files, {}, **more), date(2026, 3, 2)).findings
    return [(one.rule, one.place.file, one.place.line) for one in found if one.severity == "error"]


def test_bad_files_of_every_part_are_named(tmp_path: Path) -> None:
    sound = {"items/REG/item.yaml": dump(GUIDE)}
    assert findings(sound) == []
    assert findings(sound | {"items/X/item.yaml": ""}) == [("source", "items/X/item.yaml", 0)]
    assert findings(sound, beside={"organs.yaml": "- key: market\n  colour: red\n"}) == [
        ("source", "organs.yaml", 1),
        ("source", "organs.yaml", 2),
    ]
    law = {"name": "登记条例", "name_en": "R", "level": "law"}
    twice = dump([law | {"effective_to": "2024-12-31"}, law | {"effective_from": "2024-12-31"}])
    assert findings(sound, beside={"laws.yaml": twice}) == [("date", "laws.yaml", 8)]
    after = twice.replace("effective_from: '2024-12-31'", "effective_from: '2025-01-01'")
    assert findings(sound, beside={"laws.yaml": after}) == []
    repealed = dump([law | {"effective_to": "2026-03-01"}])
    assert [found[:2] for found in findings(sound, beside={"laws.yaml": repealed})] == [("Q20", "items/REG/item.yaml")]
    pack = {"id": "P", "name": text("甲", "A"), "short": text("甲", "A"), "lead": "m", "items": [{"item": "NONE"}]}
    assert findings(sound, packages={"packages/P.yaml": dump(pack)}) == [("reference", "packages/P.yaml", 10)]
    register = [{"key": "r", "name": text("甲", "A"), "keeper": "m", "papers": ["NONE"]}]
    assert findings(sound, beside={"registers.yaml": dump(register)}) == [("reference", "registers.yaml", 7)]


def test_power_handed_down_in_a_circle_over_two_items_is_found() -> None:
    def item(code: str, giver: str, taker: str, levels: list[int]) -> dict[str, Any]:
        down = {"giver": giver, "takers": [taker], "level": 4, "kind": "entrusted", "basis": "某决定"}
        return GUIDE | {"code": code, "levels": levels, "delegations": [down]}

    def folder(*items: dict[str, Any]) -> list[tuple[str, str, int]]:
        return findings({f"items/{one['code']}/item.yaml": dump(one) for one in items})

    assert folder(item("A", "city", "county", [3]), item("B", "county", "town", [4])) == []
    found = folder(item("A", "city", "county", [3]), item("B", "county", "city", [4]))
    assert [one[:2] for one in found] == [("delegation", "items/A/item.yaml")]


def test_one_item_listed_twice_needs_periods_apart() -> None:
    first, second = GUIDE | {"code": "A", "valid_to": "2026-06-30"}, GUIDE | {"code": "B", "valid_from": "2026-06-30"}
    files = {"items/A/item.yaml": dump(first), "items/B/item.yaml": dump(second)}
    assert [found[:2] for found in findings(files)] == [("date", "items/B/item.yaml")]
    apart = files | {"items/B/item.yaml": dump(second | {"valid_from": "2026-07-01"})}
    assert findings(apart) == []


def test_one_code_with_two_names_or_bases_is_found() -> None:
    other = GUIDE | {"code": "B", "name": text("变更登记", "Change"), "levels": [5]}
    files = {"items/REG/item.yaml": dump(GUIDE), "items/B/item.yaml": dump(other)}
    assert [found[0] for found in findings(files)] == ["Q21"]
    other = GUIDE | {"code": "B", "levels": [5], "basis": [GUIDE["basis"][0] | {"law": "某办法"}]}
    assert [found[0] for found in findings(files | {"items/B/item.yaml": dump(other)})] == ["Q21"]


def test_circular_proofs_are_told_by_the_graph() -> None:
    def needs(code: str, other: str, base: str) -> dict[str, Any]:
        paper = {**GUIDE["materials"][0], "id": "paper", "name": text("某证", "Paper"), "need": "required"}
        brought = paper | {"source": "self", "licence_item": other}
        return GUIDE | {"code": code, "base_code": base, "materials": [brought]}

    first, second = needs("A", "B", "000131005000"), needs("B", "A", "000131006000")
    files = {"items/A/item.yaml": dump(first), "items/B/item.yaml": dump(second)}
    found = check_files(Files(files, {}), date(2026, 3, 2)).findings
    circles = [one for one in found if one.rule == "circle"]
    assert [(one.severity, one.params["circle"]) for one in circles] == [("warning", "A → B → A")]


def test_gbk_files_are_refused_and_nothing_is_loaded(run: Run, tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path)
    file = folder / "items/SHOP/item.yaml"
    file.write_bytes(file.read_text("utf-8").encode("gbk", errors="replace"))
    status, out, _ = run(str(folder))
    assert status == 1
    assert "not UTF-8" in out
    shutil.rmtree(folder / "items/SHOP")
    assert run(str(folder))[0] == 1  # the synonyms lead nowhere now
