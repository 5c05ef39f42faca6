"""`tongban catalogue search` and `judge` as an operator types them: answers, exit status, refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.catalogue.samples import CATALOGUE
from tongban.contexts.catalogue import actions, queries
from tongban.contexts.parties.core import system
from tongban.foundation.time import now
from tongban.site.cli.main import parser
from tongban.site.operating import ready


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """Runs `tongban catalogue …` in this process, on the database of the tests; gives status, output and errors."""
    monkeypatch.setattr(ready, "ready", lambda **_: None)

    def run(*words: str) -> tuple[int, str, str]:
        given = parser().parse_args(["catalogue", *words])
        status = given.run(given)
        told = capsys.readouterr()
        return int(status or 0), told.out, told.err

    yield run
    queries.refresh()


def test_search_answers_from_the_files_without_a_database(ran: Any) -> None:
    status, out, _ = ran("search", "开饭店", "--limit", "3", "--json")
    found = json.loads(out)
    assert status == 0
    assert 1 <= len(found) <= 3
    assert found[0]["id"] == found[0]["code"] == "FOOD"
    assert found[0]["name"] == "食品经营许可（新办）"
    assert {"kind": "word", "how": "exact", "matched": "开饭店"} in found[0]["why"]
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    status, out, _ = ran("search", "开", "饭店")
    assert status == 0
    assert "FOOD" in out.splitlines()[0]


@pytest.mark.parametrize("typed", ["zzzzqqqq", "😀", "'; DROP TABLE x; --", "<b>", "--", "许" * 300, ""])
def test_words_that_find_nothing_are_an_empty_list(ran: Any, typed: str) -> None:
    status, out, _ = ran("search", "--json", "--", typed)
    assert status == 0
    assert isinstance(json.loads(out), list)


@pytest.mark.parametrize("limit", ["0", "-1", "ten", "501", "1.5"])
def test_a_limit_that_is_none_is_wrong_usage(ran: Any, limit: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        ran("search", "开饭店", "--limit", limit)
    assert stopped.value.code == 2


@pytest.mark.django_db
def test_search_of_what_is_in_force(ran: Any) -> None:
    actions.load(CATALOGUE, actor=system("operator"), now=now())
    files = json.loads(ran("search", "开饭店", "--json")[1])
    assert json.loads(ran("search", "开饭店", "--in-force", "--json")[1]) == files


def test_a_folder_that_is_none_is_refused(ran: Any, tmp_path: Path) -> None:
    status, out, _ = ran("search", "开饭店", "--catalogue", str(tmp_path), "--json")
    assert status == 1
    assert json.loads(out)["refused"]["code"] == "no_catalogue_there"


def test_judge_prints_both_halves_and_the_misses(ran: Any, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("query,expect\n开饭店,FOOD\n领证,MARRY\n驾照丢了,PASSPORT\n", "utf-8")
    status, out, _ = ran("judge", str(file), "--json")
    told = json.loads(out)
    assert status == 0
    assert told["queries"] == told["tune"]["queries"] + told["report"]["queries"] == 3
    assert told["mrr_at_10"] == pytest.approx(2 / 3, abs=0.001)
    assert [(miss["query"], miss["rank"]) for miss in told["misses"]] == [("驾照丢了", 0)]
    status, out, _ = ran("judge", str(file))
    assert status == 0
    assert "MRR@10" in out
    assert "驾照丢了 -> PASSPORT" in out


def test_judge_takes_the_shipped_set_by_itself(ran: Any) -> None:
    status, out, _ = ran("judge", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["report"]["mrr_at_10"] >= told["bars"]["mrr_at_10"]
    assert told["report"]["success_at_3"] >= told["bars"]["success_at_3"]


def test_a_bad_file_is_refused_with_its_lines(ran: Any, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("- {query: 开饭店, expect: [FOOD]}\n- {query: 领证, expect: [NO]}\n- {query: 护照}\n", "utf-8")
    status, out, _ = ran("judge", str(file), "--json")
    told = json.loads(out)
    assert status == 1
    assert told["refused"]["code"] == "judged_file_refused"
    assert [(one["place"]["file"], one["place"]["line"]) for one in told["findings"]] == [
        ("bad.yaml", 2),
        ("bad.yaml", 3),
    ]
    status, out, err = ran("judge", str(file))
    assert (status, "bad.yaml:2" in out + err) == (1, True)
    status, out, _ = ran("judge", str(tmp_path / "none.yaml"), "--json")
    assert (status, json.loads(out)["refused"]["code"]) == (1, "no_judged_file")
    status, out, _ = ran("judge", str(tmp_path), "--json")
    assert (status, json.loads(out)["refused"]["code"]) == (1, "no_judged_file")


def test_a_refusal_is_told_in_one_language(ran: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "q.csv").write_text("query,expect\nshop,NOPE\n")
    status, out, _ = ran("judge", str(tmp_path / "q.csv"), "--json")
    assert (status, json.loads(out)["refused"]["message"].isascii() or "没有" not in out) == (1, True)
