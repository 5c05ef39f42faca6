"""`tongban catalogue import`, `export` and `diff` as an operator types them: answers, exit status, refusals."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.catalogue.lists import HEADER, QUIRKS, row, written
from tests.contexts.catalogue.samples import GUIDE, SHOP, with_change, write_catalogue
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


def asked(ran: Any, *words: str) -> tuple[int, Any]:
    status, out, _ = ran(*words, "--json")
    return status, json.loads(out)


def listed(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


@pytest.mark.django_db
def test_import_accounts_for_every_row(ran: Any, tmp_path: Path) -> None:
    path = listed(tmp_path / "list.csv", written([*QUIRKS, row(), row(code="5.1E+11")]))
    status, answer = asked(ran, "import", path)
    assert status == 0
    assert (answer["rows"], answer["imported"], len(answer["drafts"]), answer["already"]) == (9, 7, 7, [])
    assert [(one["row"], one["line"], one["reason"]) for one in answer["refused"]] == [
        (8, 9, "duplicate"),
        (9, 10, "code_broken"),
    ]
    assert all(one["message"] and one["values"] for one in (*answer["refused"], *answer["warnings"]))
    status, answer = asked(ran, "import", path)
    assert (status, answer["imported"], len(answer["already"])) == (0, 0, 7)
    status, out, err = ran("import", path)
    assert (status, "9 rows: 0 imported, 7 already there, 2 refused" in out + err) == (0, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "list_empty"), (written(QUIRKS)[:-9], "list_cut_off"), (b"a,b\n1,2\n", "columns_missing")],
)
def test_a_refused_file_is_told_in_one_line_and_loads_nothing(ran: Any, tmp_path: Path, data: bytes, code: str) -> None:
    path = listed(tmp_path / "list.csv", data)
    status, answer = asked(ran, "import", path)
    assert (status, answer["refused"]["code"]) == (1, code)
    status, out, err = ran("import", path)
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert queries.drafts(actor=system("test")) == ()


def test_a_file_that_is_not_there_is_refused(ran: Any, tmp_path: Path) -> None:
    status, answer = asked(ran, "import", str(tmp_path / "none.csv"))
    assert (status, answer["refused"]["code"]) == (1, "file_unreadable")


@pytest.mark.parametrize(
    "words",
    [
        ["check", "{no}"],
        ["graph", "{no}"],
        ["search", "x", "--catalogue", "{no}"],
        ["judge", "{no}"],
        ["export", "{no}", "--as", "yaml", "--from", "{no}"],
        ["diff", "{no}", "{no}"],
        ["import", "{no}"],
    ],
)
def test_what_is_not_there_is_refused_by_a_process_of_its_own(tmp_path: Path, words: list[str]) -> None:
    """In a fresh process nothing has made Django ready, whatever the command did before it refused."""
    said = [word.format(no=tmp_path / "none") for word in words]
    for more, stream in (([], "stderr"), (["--json"], "stdout")):
        done = subprocess.run(
            [sys.executable, "-m", "tongban.site.cli", "catalogue", *said, *more],
            capture_output=True,
            text=True,
            env=os.environ | {"LC_ALL": "C.UTF-8", "TONGBAN_DATA": str(tmp_path / "var")},
            check=False,
        )
        told = getattr(done, stream)
        other = done.stdout if stream == "stderr" else done.stderr
        assert (done.returncode, other, "Traceback" in told) == (1, "", False)
        if more:
            answer = json.loads(told)
            assert answer.get("refused", {}).get("message") or answer["findings"]
        else:
            assert told.startswith("tongban: ")
            assert told.count("\n") == 1


@pytest.mark.django_db
def test_an_encoding_goes_by_the_names_people_give_it(ran: Any, tmp_path: Path) -> None:
    path = listed(tmp_path / "list.csv", written(QUIRKS, encoding="gbk"))
    for name in ("gbk", "GB2312", "gb18030", "auto"):
        status, answer = asked(ran, "import", path, "--encoding", name, "--dry-run")
        assert (status, answer["imported"], answer["encoding"]) == (0, len(QUIRKS), "gb18030")
    status, answer = asked(ran, "import", path, "--encoding", "UTF-8")
    assert (status, answer["refused"]["code"]) == (1, "encoding_unknown")
    with pytest.raises(SystemExit, match="2"):
        ran("import", path, "--encoding", "latin1")


@pytest.mark.django_db
@pytest.mark.parametrize("sign", [";", "\t"])
def test_semicolons_and_tabs_part_cells_too(ran: Any, tmp_path: Path, sign: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows([HEADER, *QUIRKS])
    status, answer = asked(ran, "import", listed(tmp_path / "list.csv", out.getvalue().encode()), "--dry-run")
    assert (status, answer["rows"], answer["imported"], answer["refused"]) == (0, len(QUIRKS), len(QUIRKS), [])


@pytest.mark.parametrize("name", ["yaml", "exchange", "hsds", "cpsv-ap"])
def test_two_exports_of_the_same_files_are_the_same_to_the_byte(tmp_path: Path, name: str) -> None:
    """In processes of their own: the order of sets and the clock differ from one to the next."""
    folder = write_catalogue(tmp_path / "from", GUIDE, SHOP)
    bodies = []
    for seed in ("1", "2"):
        words = ["export", str(tmp_path / seed), "--as", name, "--from", str(folder)]
        subprocess.run(
            [sys.executable, "-m", "tongban.site.cli", "catalogue", *words],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        top = tmp_path / seed
        bodies.append({str(one.relative_to(top)): one.read_bytes() for one in top.rglob("*") if one.is_file()})
        time.sleep(1)
    assert bodies[0] == bodies[1]


def test_a_file_left_out_of_an_answer_is_named_beside_it(ran: Any, tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path, GUIDE, SHOP)
    (folder / "items" / "SHOP" / "item.yaml").write_text("code: SHOP\n")
    for words in (["graph", str(folder)], ["search", "x", "--catalogue", str(folder)]):
        status, out, err = ran(*words, "--json")
        assert (status, "items/SHOP/item.yaml" in err) == (0, True)
        json.loads(out)


def test_a_wrong_option_is_wrong_usage(ran: Any, tmp_path: Path) -> None:
    for words in (["export", str(tmp_path), "--as", "pdf"], ["export", str(tmp_path)], ["import"], ["diff", "A"]):
        with pytest.raises(SystemExit) as done:
            ran(*words)
        assert done.value.code == 2


@pytest.mark.parametrize(("name", "count"), [("yaml", 5), ("exchange", 13), ("hsds", 6), ("cpsv-ap", 2)])
def test_export_of_a_folder_needs_no_database(ran: Any, tmp_path: Path, name: str, count: int) -> None:
    folder = write_catalogue(tmp_path / "from")
    status, answer = asked(ran, "export", str(tmp_path / "to"), "--as", name, "--from", str(folder))
    assert (status, answer["items"], len(answer["files"])) == (0, 2, count)
    assert all((tmp_path / "to" / file).is_file() for file in answer["files"])
    assert not list((tmp_path / "to").rglob(".*"))


@pytest.mark.django_db
def test_export_of_what_is_in_force(ran: Any, tmp_path: Path) -> None:
    actions.load(write_catalogue(tmp_path / "from"), actor=system("test"), now=now())
    assert asked(ran, "export", str(tmp_path / "to"), "--as", "yaml")[0] == 0
    status, answer = asked(ran, "diff", str(tmp_path / "from"), str(tmp_path / "to"))
    assert (status, answer) == (0, {"same": True, "changes": []})


def test_a_folder_that_cannot_be_read_or_written_is_refused(ran: Any, tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path / "from")
    (tmp_path / "file").write_text("x")
    status, answer = asked(ran, "export", str(tmp_path / "file"), "--as", "yaml", "--from", str(folder))
    assert (status, answer["refused"]["code"]) == (1, "folder_unwritable")
    (folder / "items/SHOP/item.yaml").write_text("code: SHOP\n")
    status, answer = asked(ran, "export", str(tmp_path / "to"), "--as", "yaml", "--from", str(folder))
    assert (status, answer["files"]) == (1, [])
    assert any(finding["place"]["file"] == "items/SHOP/item.yaml" for finding in answer["findings"])
    assert not (tmp_path / "to").exists()


def test_diff_says_what_changed_in_words_and_as_json(ran: Any, tmp_path: Path) -> None:
    a = str(write_catalogue(tmp_path / "a"))
    b = str(write_catalogue(tmp_path / "b", GUIDE, with_change(SHOP, "promised.value", 3)))
    status, answer = asked(ran, "diff", a, b)
    change = {"item": "SHOP", "path": "promised.value", "kind": "changed", "old": 5, "new": 3}
    assert (status, answer) == (0, {"same": False, "changes": [change]})
    status, out, _ = ran("diff", a, b)
    assert (status, "  ~ promised.value: 5 -> 3" in out.splitlines()) == (0, True)
    assert asked(ran, "diff", a, str(tmp_path / "nowhere"))[0] == 1
