"""A route is drawn in the browser, checked, played, reviewed twice and published, and a citizen's case runs on it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.served import CHECKOUT, City

pytestmark = pytest.mark.browser

MODELS = "/desk/catalogue/models/"
TASK = '.djs-shape[data-element-id^="Activity_"]:not([data-element-id$="_label"])'
#: A demo citizen applies for the item, the window accepts it, and every department gives its opinion.
HANDLE = """
import json, uuid, django
django.setup()
from tongban.foundation import time
from tongban.site.demo import cases
scene = cases.Scene("drawn", "li-xue", True, "ROAD-DIG", ())
citizen, now = cases._citizen("li-xue", time.now()), time.now()
case = cases._act("file", scene, "", citizen, str(uuid.uuid4()), now)
cases._act("accept", scene, case, citizen, str(uuid.uuid4()), now)
def state():
    return cases.queries.case(case, actor=cases.VIEWER).state
opened = state().open_tasks
for task in opened:
    cases._opine(case, state(), task.act, task.agency, str(uuid.uuid4()), now)
told = {"case": str(case), "opened": [one.node for one in opened]}
told |= {"tables": [one.key for one in state().rulings], "now": [one.node for one in state().open_tasks]}
print("ANSWER", json.dumps(told))
"""


def test_a_route_is_drawn_played_reviewed_published_and_used(open_as: Open, city: City) -> None:
    owner = open_as("staff:cityadmin-owner")
    draft = _begin(owner)
    _draw_a_table(owner)
    _mend(owner)
    _play(owner)
    _hand_in(owner)
    _review(open_as("staff:cityadmin-reviewer"), draft, "同意，送法制审", "已同意，送法制审")
    _review(open_as("staff:legal"), draft, "同意，送政务办公布", "已同意，送政务办公布")
    _publish(open_as("staff:publisher"), draft)
    _see_a_case_on_it(open_as("staff:cityadmin-linjiang-r1"), city)


def _begin(owner: Page) -> str:
    """The owner begins the next version of the route with a parallel review."""
    owner.goto(f"{MODELS}route/joint/")
    owner.get_by_role("button", name="起草下一版").click()
    owner.wait_for_selector(".djs-palette")
    expect(owner.locator("#findings-says")).to_have_text("没有问题")
    return owner.url


def _draw_a_table(owner: Page) -> None:
    """A task that is decided by a table is put on the board and named there; nothing leads to it yet, and that is
    said."""
    owner.locator('.djs-palette [data-action="create.rule-task"]').click()
    lane = owner.locator('.djs-element[data-element-id="pipelines"] .djs-visual').first.bounding_box()
    assert lane is not None
    owner.mouse.click(lane["x"] + lane["width"] - 160, lane["y"] + lane["height"] / 2)
    owner.keyboard.type("核算费用")
    owner.keyboard.press("Enter")
    owner.get_by_label("名称（英文）").fill("Reckon the fee")
    owner.get_by_label("用哪张决策表").fill("road-dig-fee")
    owner.get_by_label("用哪张决策表").press("Tab")
    owner.locator("#tab-findings").click()
    stop = owner.locator("#findings .stop").first
    expect(stop).to_contain_text("核算费用")
    expect(owner.locator("#findings-says")).to_contain_text("拦下")
    stop.click()
    expect(owner.locator(f"{TASK}.tb-stop")).to_have_count(1)


def _mend(owner: Page) -> None:
    """The join leads to the table and the table to the decision: nothing is wrong any more."""
    owner.locator('.djs-connection[data-element-id="join-decide"] .djs-hit').click(force=True)
    owner.locator('.djs-context-pad [data-action="delete"]').click()
    for one, other in (('[data-element-id="join"]', TASK), (TASK, '[data-element-id="decide"]')):
        connect = owner.locator('.djs-context-pad [data-action="connect"]')
        for _ in range(3):  # the board swallows the first click after a connection was drawn
            owner.locator(f"{one} .djs-hit").first.click()
            owner.wait_for_timeout(500)
            if connect.count():
                break
        connect.click()
        owner.locator(f"{other} .djs-hit").first.click()
    expect(owner.locator("#findings-says")).to_have_text("没有问题")


def _play(owner: Page) -> None:
    """A case is played: four opinions at once, the table reckons by itself, the decision ends it; days are counted."""
    owner.locator("#tab-play").click()
    owner.get_by_label("受理日期").fill("2026-09-28")
    owner.locator("[data-play=begin]").click()
    expect(owner.locator("#panel-play .todo0")).to_have_count(4)
    expect(owner.locator("[data-legal]")).to_have_attribute("data-legal", re.compile(r"2026-1[01]-\d\d"))
    expect(owner.locator('.djs-element.tb-now[data-element-id="document_review"]')).to_have_count(1)
    for left in (3, 2, 1, 1):
        owner.locator("#panel-play .todo0 button").first.click()
        expect(owner.locator("#panel-play .todo0")).to_have_count(left)
    expect(owner.locator(".done0")).to_contain_text("平台：核算费用")
    owner.locator('#panel-play [data-node="decide"] button').first.click()
    expect(owner.locator("#panel-play [role=status]")).to_contain_text("走完了")


def _hand_in(owner: Page) -> None:
    """Handing in saves first; and every word that the board has shown is translated."""
    assert owner.evaluate("[...(window.tongbanMissing || [])]") == []
    expect(owner.locator("#save-says")).to_contain_text("没保存")
    owner.get_by_role("button", name="送部门审").click()
    expect(owner.get_by_role("status").first).to_contain_text("已送部门审")


def _review(page: Page, draft: str, verdict: str, said: str) -> None:
    """Somebody else sees what changed and agrees."""
    page.goto(f"{draft}review/")
    expect(page.locator(".diff0")).to_contain_text("核算费用")
    expect(page.locator(".djs-element.tb-added").first).to_be_visible()
    page.get_by_label(verdict).check()
    page.locator("aside .btn.pri").click()
    expect(page.get_by_role("status")).to_contain_text(said)


def _publish(page: Page, draft: str) -> None:
    """The publisher puts it in force for the item that digs up roads."""
    page.goto(f"{draft}review/")
    page.get_by_label("现在公布").check()
    page.get_by_label(re.compile("ROAD-DIG")).check()
    page.locator("aside .btn.pri").click()
    expect(page.get_by_role("status")).to_contain_text("已公布")
    expect(page.locator("#log")).to_contain_text("改用它的事项：ROAD-DIG")


def _see_a_case_on_it(officer: Page, city: City) -> None:
    """A citizen's new case of the item is handled on the new route: its table was asked after the four opinions."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {
        "TONGBAN_DATA": str(city.data), "PYTHONPATH": str(CHECKOUT / "src"),
        "DJANGO_SETTINGS_MODULE": "tongban.site.settings",
    }  # fmt: skip
    command = [sys.executable, "-c", HANDLE]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.split("ANSWER", 1)[1])
    assert set(told["opened"]) == {"document_review", "opinion_police", "opinion_gardens", "opinion_pipelines"}
    assert (told["tables"], told["now"]) == (["road-dig-fee"], ["decide"])
    officer.goto(f"/desk/case/{told['case']}/")
    expect(officer.locator("main, .page").first).to_be_visible()
    expect(officer.locator(".flow svg").first).to_contain_text("核算费用")
