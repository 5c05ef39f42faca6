"""The main job over real HTTP, and the browser that does it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tongban.site.walk.browser import Trouble, fill
from tongban.site.walk.page import Page

ROOT = Path(__file__).parents[2]

FORM = """<html><head><title>Form</title></head><body><form method="post" action="/there/">
<input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="asked" value="a">
<label for="n">Name</label><input id="n" name="name" value="old">
<label><input type="radio" name="kind" id="k1" value="yes" checked>yes</label>
<label for="k2">No, thanks</label><input type="radio" name="kind" id="k2" value="no">
<input name="day-year"><input name="day-month"><input name="day-day">
<input type="checkbox" name="tick" value="1"><input type="radio" name="act" value="shut" disabled>
<select name="place"><option value="">-</option><option value="4299">Linjiang</option></select>
<textarea name="words">kept</textarea><button name="go" value="next">Go</button></form>
<button form="outer" name="late" value="1">Late</button><form id="outer"><input name="q"></form>
<div role="alert" data-error-summary>Something is missing</div></body></html>"""


def the_page() -> Page:
    return Page("http://city/here/", 200, FORM)


def test_untouched_form_sends_what_stands_in_it() -> None:
    form = the_page().form("name")
    assert form is not None
    assert form.action == "http://city/there/"
    assert dict(form.values()) == {
        "csrfmiddlewaretoken": "t", "asked": "a", "name": "old", "kind": "yes", "day-year": "", "day-month": "",
        "day-day": "", "place": "", "words": "kept",
    }  # fmt: skip


def test_filled_in_by_name_label_and_words_of_a_choice() -> None:
    page = the_page()
    form = page.form("name")
    assert form is not None
    sent = fill(page, form, {"Name": "new", "kind": "thanks", "day": "2026-03-02", "place": "Lin", "tick": ["1"]})
    assert {name: value for name, value in sent if name in ("name", "kind", "place", "tick", "day-month")} == {
        "name": "new", "kind": "no", "place": "4299", "tick": "1", "day-month": "03",
    }  # fmt: skip
    assert [value for name, value in sent if name == "kind"] == ["no"]


@pytest.mark.parametrize("values", [{"nothing": "x"}, {"kind": "maybe"}, {"act": "shut"}])
def test_what_the_form_does_not_offer_is_a_trouble(values: dict[str, str]) -> None:
    page = the_page()
    form = page.form("name")
    assert form is not None
    with pytest.raises(Trouble, match="Something is missing"):
        fill(page, form, values)


def test_a_button_outside_belongs_to_the_form_it_names() -> None:
    form = the_page().form("q")
    assert form is not None
    assert [button.name for button in form.buttons()] == ["late"]


def test_the_main_job_from_end_to_end(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TONGBAN_", "DJANGO_"))}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "tongban.site.cli", "walk", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=300)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["ok"]
    assert set(found["cases"]) == {"food", "road_dig", "not_accepted", "denied", "withdrawn", "lapsed"}
    assert "all as recorded" in found["ledger"]
    assert found["steps"][0]["at"].startswith("2026-03-02")
    decided = next(step for step in found["steps"] if "with reasons and conditions" in step["what"])
    assert (decided["promised"], decided["legal"]) == ("2 of 3, by 03-16", "2 of 20, by 04-09")
    assert not list(tmp_path.iterdir())  # the city it made is gone
