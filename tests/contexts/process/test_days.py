"""`tongban days` and the files of `tongban calendar load`: vectors, refusals with their exit status, round trips."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tongban.contexts.process.core import yearfile
from tongban.contexts.process.core.yearfile import read_year
from tongban.kernel.workdays import Year
from tongban.site.cli.main import main


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("DATABASE_URL", raising=False)


def days(capsys: pytest.CaptureFixture[str], text: str) -> tuple[int, dict[str, Any]]:
    status = main(["days", "--json", *text.split()])
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("--start 2025-09-30 --length 5 --unit workday", "2025-10-14"),
        ("--start 2026-01-05 --length 90 --unit day", "2026-04-07"),
        ("--start 2026-01-05 --length 90 --unit day --roll none", "2026-04-05"),
        ("--start 2026-01-05 --length 90 --unit day --roll rest", "2026-04-07"),
        ("--start 2026-03-02 --length 20 --unit workday", "2026-03-30"),
        ("--start 2026-03-02 --length 20 --unit workday --suspend 2026-03-05:2026-03-16", "2026-04-10"),
        (
            "--start 2026-03-02 --length 20 --unit workday --suspend 2026-03-05:2026-03-16"
            " --suspend 2026-03-09:2026-03-18",
            "2026-04-14",
        ),
        ("--start 2026-03-02 --length 5 --unit workday", "2026-03-09"),
        ("--start 2026-02-12 --length 3 --unit workday", "2026-02-24"),
        ("--start 2026-09-30 --length 5 --unit workday", "2026-10-13"),
        ("--start 2026-08-31 --length 6 --unit month", "2027-03-01"),
        ("--start 2026-08-31 --length 6 --unit month --roll none", "2027-02-28"),
        ("--start 2026-10-09 --length 5 --unit workday", "2026-10-15"),
        ("--start 2026-03-02 --length 20 --unit workday --extend 10", "2026-04-14"),
        ("--start 2026-03-02 --length 0 --unit workday", "2026-03-02"),
    ],
)
def test_the_vectors(capsys: pytest.CaptureFixture[str], asked: str, due: str) -> None:
    status, answer = days(capsys, asked)
    assert (status, answer["due"]) == (0, due)
    numbers = [day["number"] for day in answer["counted"]]
    assert numbers == list(range(1, answer["limit_days"] + 1))
    assert answer["days"][0]["kind"] == "start"
    assert answer["days"][-1]["date"] == due
    assert answer["provisional"] == due.startswith("2027-03")


def test_the_count_says_what_each_day_is(capsys: pytest.CaptureFixture[str]) -> None:
    _, answer = days(capsys, "--start 2025-09-30 --length 5 --unit workday")
    assert [day["date"] for day in answer["counted"]] == [
        "2025-10-09", "2025-10-10", "2025-10-11", "2025-10-13", "2025-10-14",
    ]  # fmt: skip
    assert [day["date"] for day in answer["counted"] if day["make_up"]] == ["2025-10-11"]
    _, answer = days(capsys, "--start 2026-03-02 --length 3 --unit workday --suspend 2026-03-04:2026-03-05")
    stopped = [day for day in answer["days"] if day["kind"] == "stopped"]
    assert [day["date"] for day in stopped] == ["2026-03-04", "2026-03-05"]
    assert stopped[0]["suspended_by"] == ["2026-03-04:2026-03-05"]


def test_the_text_counts_day_by_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["days", "--start", "2026-02-12", "--length", "3", "--unit", "workday"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "2026-02-14 Sat  2  weekend day that is worked" in lines
    assert lines[-1].endswith("end on 2026-02-24")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("--start 2026-02-30 --length 5 --unit workday", "day_unreadable"),
        ("--start 20260302 --length 5 --unit workday", "day_unreadable"),
        ("--start tomorrow --length 5 --unit workday", "day_unreadable"),
        ("--start 2026-03-02 --length -5 --unit day", "limit_negative"),
        ("--start 2026-03-02 --length 5 --unit day --extend -1", "limit_negative"),
        ("--start 2026-03-02 --length 5 --unit day --suspend 2026-03-05:2026-03-04", "suspension_reversed"),
        ("--start 2026-03-02 --length 5 --unit day --suspend 2026-03-05", "day_unreadable"),
        ("--start 2026-03-02 --length 5 --unit day --suspend 2026-03-05:", "day_unreadable"),
        ("--start 2027-12-20 --length 20 --unit workday", "calendar_missing"),
        ("--start 2010-01-04 --length 5 --unit workday", "calendar_missing"),
        ("--start 2026-03-02 --length 1000000000 --unit day", "limit_too_long"),
        ("--start 9999-12-30 --length 5 --unit day --roll none", "limit_too_long"),
    ],
)
def test_refusals_name_their_reason(capsys: pytest.CaptureFixture[str], asked: str, code: str) -> None:
    status, answer = days(capsys, asked)
    assert (status, answer["refused"]["code"]) == (1, code)
    assert main(["days", *asked.split()]) == 1
    assert capsys.readouterr().err.startswith("tongban: ")


@pytest.mark.parametrize("asked", ["--start 2026-03-02 --length 5", "--start 2026-03-02 --length x --unit day",
                                   "--start 2026-03-02 --length 5 --unit week"])  # fmt: skip
def test_wrong_usage(capsys: pytest.CaptureFixture[str], asked: str) -> None:
    with pytest.raises(SystemExit) as done:
        main(["days", *asked.split()])
    assert done.value.code == 2


# --- the files of a year ---------------------------------------------------------------------------------------------

YAML = """\
year: 2027
source: 国办发明电〔2026〕8号
rest: [2027-01-01..2027-01-03, 2027-02-05]
work: [2027-01-09]
"""
CSV = "date,kind\n2027-01-01..2027-01-03,rest\n2027-02-05,放假\n2027-01-09,work\n"
DAYS = Year(
    2027,
    frozenset({date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3), date(2027, 2, 5)}),
    frozenset({date(2027, 1, 9)}),
)


def test_yaml_and_csv_say_the_same() -> None:
    assert read_year(YAML.encode(), csv_file=False) == yearfile.YearFile(DAYS, "国办发明电〔2026〕8号")
    assert read_year(b"\xef\xbb\xbf" + CSV.encode(), csv_file=True).year == DAYS
    assert read_year(b"year: 2030\nprovisional: true", csv_file=False).year == Year(
        2030, frozenset(), frozenset(), provisional=True
    )


@pytest.mark.parametrize(
    ("content", "csv_file", "refusal"),
    [
        (b"", False, yearfile.YearFileEmpty),
        (b"date,kind\n", True, yearfile.YearFileEmpty),
        (b"year: [", False, yearfile.YearFileUnreadable),
        (b"- 2027-01-01", False, yearfile.YearFileUnreadable),
        (b"year: 2027\nholidays: [2027-01-01]", False, yearfile.YearFileUnreadable),
        (b"year: 2027\nrest: 2027-01-01", False, yearfile.YearFileUnreadable),
        (b"year: twenty", False, yearfile.YearFileUnreadable),
        (b"year: 2027\nprovisional: maybe", False, yearfile.YearFileUnreadable),
        (b"year: 2027\nrest: [2027-02-30]", False, yearfile.YearFileDay),
        (b"year: 2027\nrest: [2027-01-03..2027-01-01]", False, yearfile.YearFileDay),
        (b"year: 2027\nrest: [{a: b}]", False, yearfile.YearFileDay),
        (b"2027-01-01,closed", True, yearfile.YearFileUnreadable),
        (b"2027-13-01,rest", True, yearfile.YearFileDay),
        (b"\xff\xfe", True, yearfile.YearFileUnreadable),
        (b"#" * 200_000, False, yearfile.YearFileTooLarge),
    ],
)
def test_what_is_no_calendar_file_is_refused(content: bytes, csv_file: bool, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_year(content, csv_file=csv_file)


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", "load", str(tmp_path / "none.yaml")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
