"""The life of an item, in four browsers: a list is imported, a draft is mended, reviewed twice, published and found."""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tongban.contexts.catalogue.queries.listed import FRESH_SECONDS

pytestmark = pytest.mark.browser

LIST = (
    "区划代码,实施编码,事项名称,事项类型代码,实施主体,实施主体编码\n"
    "429900,11440232MB2D06811W3000799077000,江湖摊位登记,20,江城市市场监督管理局,\n"
    "429900,11440232MB2D06811W3000799078000,没有这种类型的事项,99,江城市市场监督管理局,\n"
)
#: Where the everyday words of the item are asked.
WORDS = "edit/words/"


def test_an_item_is_imported_mended_reviewed_published_and_found(open_as: Open, tmp_path: Path) -> None:
    owner = open_as("staff:market-owner")
    _import(owner, tmp_path)
    draft = _open_next_version(owner, "FOOD")
    _see_and_mend(owner, draft)
    _review(open_as("staff:market-reviewer"), draft, "同意，送法制审", "已同意，送法制审")
    _review(open_as("staff:legal"), draft, "同意，送政务办公布", "已同意，送政务办公布")
    _review(open_as("staff:publisher"), draft, "现在公布", "已公布")
    _find(open_as(""), "开个串串香铺子", "食品经营许可")
    owner.goto(draft)
    expect(owner.locator("#log")).to_contain_text("公布")


def _find(citizen: Page, words: str, name: str) -> None:
    """A citizen finds it: at once, or when the process that answers next looks at what is published (FRESH_SECONDS)."""
    until = time.monotonic() + 3 * FRESH_SECONDS
    citizen.goto(f"/search/?q={words}")
    while name not in citizen.locator("main").inner_text() and time.monotonic() < until:
        citizen.wait_for_timeout(500)
        citizen.reload()
    expect(citizen.locator("main")).to_contain_text(name)


def _import(owner: Page, folder: Path) -> None:
    """The owner tries a small list, sees which row is refused, and imports the rest."""
    file = folder / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    owner.goto("/desk/catalogue/")
    owner.get_by_role("link", name="导入清单").click()
    owner.locator("input[type=file]").set_input_files(file)
    owner.get_by_role("button", name="试算").click()
    expect(owner.locator("main")).to_contain_text("没有这种事项类型")
    owner.get_by_role("button", name="导入 1 行").click()
    owner.get_by_role("link", name="看我的草稿").click()
    owner.get_by_role("link", name="江湖摊位登记").click()
    expect(owner.locator(".edh")).to_contain_text("江湖摊位登记")
    expect(owner.locator(".find0.stop").first).to_contain_text("拦下")


def _open_next_version(owner: Page, code: str) -> str:
    owner.goto(f"/desk/catalogue/item/{code}/")
    owner.get_by_role("button", name=re.compile(r"起草第 \d+ 版")).click()
    return owner.url.split("?")[0]


def _see_and_mend(owner: Page, draft: str) -> None:
    """A promise that is too long is stopped in its own row; the key N leads there, and it is mended."""
    owner.goto(f"{draft}edit/promised/")
    before = owner.locator("[name=e-value]").input_value()
    owner.locator("[name=e-value]").fill("99")
    owner.keyboard.press("Control+s")
    row = owner.locator("#r-promised")
    expect(row).to_contain_text("拦下")
    expect(row.locator("ins")).to_contain_text("99")
    owner.locator("body").press("n")
    expect(owner.locator("h1")).to_contain_text("承诺时限")
    owner.locator("[name=e-value]").fill(before)
    owner.locator("button[name=do][value=save]").click()
    expect(owner.locator(".find0.stop")).to_have_count(0)
    owner.goto(draft + WORDS)
    words = owner.locator("[name=e-words]")
    words.fill(words.input_value() + "\n开个串串香铺子")
    owner.locator("button[name=do][value=save]").click()
    owner.locator("body").press("d")
    expect(owner.locator("#r-words ins")).to_contain_text("开个串串香铺子")
    owner.get_by_role("button", name="送部门审").click()
    expect(owner.get_by_role("status")).to_contain_text("已送部门审")


def _review(page: Page, draft: str, verdict: str, said: str) -> None:
    """Somebody else finds it waiting, sees the change, and agrees."""
    page.goto("/desk/catalogue/drafts/?of=waiting")
    page.locator(f"a[href='{urlsplit(draft).path}']").click()
    page.locator(".go0 .btn.pri").click()
    expect(page.locator("#r-words ins")).to_contain_text("开个串串香铺子")
    page.get_by_label(verdict).check()
    page.locator("aside .btn.pri").click()
    expect(page.get_by_role("status")).to_contain_text(said)
