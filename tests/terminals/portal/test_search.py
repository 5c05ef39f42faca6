"""The search page: narrowing by links, what helps where nothing is found, and words that are only words."""

from __future__ import annotations

import gzip
import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.contexts.cases.city import City
from tests.terminals.portal.conftest import browser
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.actions import unfound

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfound, "_throttle", unfound._Throttle())


def page(address: str, language: str = "zh-hans") -> str:
    answer = browser(language=language).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def links(text: str) -> dict[str, tuple[str, int]]:
    """What narrows the list: words -> address and count, from the first of the two copies."""
    found = re.findall(r'<li class="row between keep"><a href="([^"]+)"[^>]*>(?:<span[^>]*>✓ </span>)?([^<]+)</a>'
                       r' <span[^>]*>(\d+)</span>', text)  # fmt: skip
    return {html.unescape(name): (html.unescape(href), int(count)) for href, name, count in found}


def counted(text: str) -> int:
    found = re.search(r"找到 (\d+) 个事项", text)
    assert found
    return int(found[1])


def test_every_link_leads_to_as_many_items_as_it_says(city: City) -> None:
    text = page("/search/?q=许可")
    found = links(text)
    assert {"个人", "企业和单位", "县级"} <= set(found)
    for name, (href, count) in found.items():
        assert counted(page(href)) == count, name


def test_choices_add_up_and_can_be_taken_off(city: City) -> None:
    first = links(page("/search/?q=许可"))["个人"][0]
    text = page(first)
    second = next(href for name, (href, count) in links(text).items() if name == "卫生健康局" and count)
    both = page(second)
    assert 0 < counted(both) < counted(text) < counted(page("/search/?q=许可"))
    assert "筛选（已选 2 项）" in both
    off = re.findall(r'<a class="tag" href="([^"]+)"', both)
    assert len(off) == 2
    assert first in [html.unescape(one) for one in off]


def test_choices_that_leave_nothing_say_so(city: City) -> None:
    text = page("/search/?q=护照&agency=tobacco&who=nobody&level=99999999999999999999&kind=%3Cb%3E")
    assert "这几个条件合起来，没有事项" in text
    assert "<b>×" not in text
    assert catalogue.unfound() == ()


def test_a_thing_done_once_stands_first(city: City) -> None:
    text = page("/search/?q=开饭店")
    assert 'href="/way/OPEN-RESTAURANT/"' in text
    assert text.index("/way/OPEN-RESTAURANT/") < text.index("/guide/FOOD/")


def test_what_was_mended_can_be_searched_as_written(city: City) -> None:
    text = page("/search/?q=驾使证丢了")
    assert "驾驶证丢了" in text
    href = re.search(r'<a href="([^"]+)" rel="nofollow">按原话查找', text)
    assert href
    assert "理解为" not in page(html.unescape(href[1]))


def test_nothing_found_helps_and_is_counted(city: City) -> None:
    text = page("/search/?q=火星登记处移民飞船 13900000001")
    assert 'href="tel:12345"' in text
    assert "差不多的：" in text
    assert "您是不是想办：" in text
    assert page("/search/?q=zzzzqqqq").count('href="/services/?topic=') >= 5
    kept = {one.words: one.count for one in catalogue.unfound()}
    assert kept == {"火星登记处移民飞船 ###########": 1, "zzzzqqqq": 1}


def test_words_that_find_something_are_not_kept(city: City) -> None:
    page("/search/?q=开饭店")
    page("/search/")
    assert catalogue.unfound() == ()


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "'; DROP TABLE x; --", "😀", "\x00", "a" * 5000, '"><img src=x>', "%"],
)  # fmt: skip
def test_whatever_is_typed_is_shown_as_words(city: City, typed: str) -> None:
    for path in ("/search/", "/search/suggest/"):
        answer = Client().get(path, {"q": typed})
        assert answer.status_code == 200
        body = answer.content.decode()
        assert "<script>alert" not in body.replace("\\u003c", "<") or path.endswith("suggest/")
        assert "<img src=x" not in body


def test_search_pages_are_cheap(city: City) -> None:
    for path in ("/search/?q=许可", "/search/?q=许可&who=natural&level=4", "/search/?q=zzzzqqqq"):
        client = Client()
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(path)
        assert len(seen) <= 4, [one["sql"] for one in seen]
        assert len(gzip.compress(answer.content)) <= 20 * 1024


def test_english_pages_narrow_in_english(city: City) -> None:
    text = page("/search/?q=permit&who=legal&level=4", language="en")
    for address in ("/search/?q=permit&who=legal&level=4", "/search/?q=zzzzqqqq", "/search/?q=restarant"):
        body = re.sub(r'<(\w+)[^>]*lang="zh-Hans".*?</\1>', "", page(address, language="en"), flags=re.S)
        assert not re.findall(r"[\u4e00-\u9fff]+", re.sub(r"<[^>]+>", " ", body)), address
    assert "Filters (2 chosen)" in text
