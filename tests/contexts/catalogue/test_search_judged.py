"""The judged set holds its bars, and files of judged queries are read or refused by line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.contexts.catalogue.samples import CATALOGUE
from tongban.contexts.catalogue.actions import read_folder
from tongban.contexts.catalogue.core import judging
from tongban.contexts.catalogue.core.folder import Folder, check_files
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import Index, build, search

JUDGED = CATALOGUE / "judged.yaml"
LEAST_QUERIES, LEAST_MRR, LEAST_SUCCESS = 160, 0.85, 0.92


@pytest.fixture(scope="module")
def folder() -> Folder:
    return check_files(read_folder(CATALOGUE), date(2026, 3, 2))


@pytest.fixture(scope="module")
def items(folder: Folder) -> tuple[Item, ...]:
    return tuple(folder.items.values())


@pytest.fixture(scope="module")
def index(folder: Folder, items: tuple[Item, ...]) -> Index:
    return build(items, folder.synonyms, folder.beside.packages)


@pytest.fixture(scope="module")
def judged(items: tuple[Item, ...]) -> tuple[judging.Judged, ...]:
    return judging.parse_judged(JUDGED.read_text("utf-8"), JUDGED.name, items)


def test_the_report_half_reaches_both_bars(index: Index, judged: tuple[judging.Judged, ...]) -> None:
    found = judging.judge(judged, lambda query: [h.item.code for h in search(index, query, language="zh-hans").hits])
    assert found.report.mrr_at_10 >= LEAST_MRR, found.misses
    assert found.report.success_at_3 >= LEAST_SUCCESS, found.misses


def test_the_set_is_large_whole_and_split_by_itself(
    judged: tuple[judging.Judged, ...], items: tuple[Item, ...]
) -> None:
    assert len(judged) >= LEAST_QUERIES
    assert all(one.half == judging.half_of(one.query) for one in judged)
    halves = [one.half for one in judged]
    assert min(halves.count("tune"), halves.count("report")) > len(judged) / 3
    asked_for = {code for one in judged for code, grade in one.grades.items() if grade == judging.RIGHT}
    assert asked_for == {item.code for item in items}


def test_the_figures_are_what_they_are_called() -> None:
    both = {"A": judging.RIGHT, "B": judging.ALSO}
    rows = (
        judging.Judged("first", both, "tune"),
        judging.Judged("second", both, "tune"),
        judging.Judged("fourth", both, "report"),
        judging.Judged("never", both, "report"),
    )
    answers = {"first": ["A", "B"], "second": ["B", "A"], "fourth": ["B", "C", "D", "A"], "never": []}
    found = judging.judge(rows, answers.__getitem__)
    assert (found.tune.mrr_at_10, found.tune.success_at_3) == (0.75, 1.0)
    assert (found.report.mrr_at_10, found.report.success_at_3) == (0.125, 0.0)
    assert found.all.queries == 4
    assert judging.judge(rows[:1], answers.__getitem__).tune.ndcg_at_10 == 1.0
    assert 0 < judging.judge(rows[1:2], answers.__getitem__).tune.ndcg_at_10 < 1
    assert [(miss.query, miss.rank) for miss in found.misses] == [("fourth", 4), ("never", 0)]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.yaml", "- {query: 开饭店, expect: [FOOD]}\n- {query: 领证, expect: MARRY}\n"),
        ("a.yml", "queries:\n- {q: 开饭店, expected: [食品经营许可（新办）]}\n- {q: 领证, code: marry}\n"),
        ("a.yaml", "开饭店: [FOOD]\n领证: MARRY\n"),
        (
            "a.json",
            '[{"query": "开饭店", "expect": ["FOOD"]}, {"query": "领证", "expect": {"MARRY": 2, "DIVORCE": 1}}]',
        ),
        ("a.json", '{"queries": [{"query": "开饭店", "expect": ["FOOD"]}, {"query": "领证", "expect": ["MARRY"]}]}'),
        ("a.json", '{"开饭店": ["FOOD"], "领证": ["内地居民结婚登记"]}'),
        ("a.jsonl", '{"query": "开饭店", "expect": ["FOOD"]}\n\n{"query": "领证", "expect": [{"code": "MARRY"}]}\n'),
        ("a.csv", "query,expect\n开饭店,FOOD;SIGN\n领证,MARRY\n"),
        ("a.csv", "\ufeffQuery,Code\r\n开饭店,FOOD\r\n领证,Marriage registration\r\n"),
        ("a.tsv", "query\texpect\n开饭店\tFOOD|SIGN\n领证\tMARRY DIVORCE\n"),
    ],
)
def test_simple_shapes_are_all_read(items: tuple[Item, ...], name: str, body: str) -> None:
    first, second = judging.parse_judged(body, name, items)
    assert (first.query, second.query) == ("开饭店", "领证")
    assert first.grades["FOOD"] == judging.RIGHT
    assert second.grades["MARRY"] == judging.RIGHT
    assert second.grades.get("DIVORCE", 1) in (judging.ALSO, judging.RIGHT)


@pytest.mark.parametrize(
    ("name", "body", "line"),
    [
        ("a.yaml", "- {query: 开饭店, expect: [FOOD]}\n- {query: 领证, expect: [NO-SUCH]}\n", 2),
        ("a.yaml", "- {query: 开饭店, expect: [FOOD]}\n- {query: 领证}\n", 2),
        ("a.yaml", "- {query: 开饭店, expect: [FOOD]}\n- {query: 开饭店！, expect: [FOOD]}\n", 2),
        ("a.yaml", "- {query: 开饭店, expect: [FOOD], half: best}\n", 1),
        ("a.yaml", "- {query: [1, expect: FOOD}\n", 1),
        ("a.yaml", "just words\n", 1),
        ("a.yaml", "", 0),
        ("a.yaml", "[]\n", 0),
        ("a.yaml", "- {query: 开\ufffd, expect: [FOOD]}\n", 1),
        ("a.json", '[\n{"query": "开饭店", "expect": ["FOOD"]},\n{"query": "领证", "expect": ["NO"]}]', 3),
        ("a.json", '[\n{"query": "开饭店",', 2),
        ("a.json", "[" * 100_000, 1),
        ("a.jsonl", '{"query": "开饭店", "expect": ["FOOD"]}\nnot json\n', 2),
        ("a.csv", "words for it,right\n开饭店,FOOD\n", 1),
        ("a.csv", "query,expect\n开饭店,FOOD\n领证,\n", 3),
        ("a.csv", "", 1),
    ],
)
def test_a_bad_file_is_refused_by_name_and_line(items: tuple[Item, ...], name: str, body: str, line: int) -> None:
    with pytest.raises(judging.JudgedFileRefused) as refused:
        judging.parse_judged(body, name, items)
    assert refused.value.findings[0].place.file == name
    assert refused.value.findings[0].place.line == line
    assert name in str(refused.value)


def test_every_fault_of_a_file_is_named(items: tuple[Item, ...]) -> None:
    body = json.dumps([{"query": f"q{n}", "expect": ["NO"]} for n in range(5)])
    with pytest.raises(judging.JudgedFileRefused) as refused:
        judging.parse_judged(body, "a.json", items)
    assert len(refused.value.findings) == 5


def test_the_shipped_file_stands_where_the_command_looks() -> None:
    assert Path(JUDGED).name == "judged.yaml"
