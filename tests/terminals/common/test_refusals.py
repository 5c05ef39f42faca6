"""What a refusal looks like, and the two switches, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages import pofile
from django.conf import settings as django_settings
from django.test import Client

from tongban.contexts.parties.core import refusals
from tongban.kernel.refusals import Refusal
from tongban.ui.context import MODE_COOKIE

pytestmark = pytest.mark.django_db
PACKAGE = Path(refusals.__file__).parents[3]


def english(client: Client) -> Client:
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_a_refusal_is_a_page_with_its_words_and_status(client: Client) -> None:
    page = client.get("/locked/")
    assert page.status_code == 403
    assert "请 15 分钟后再试" in page.content.decode()
    assert "common/portal_base.html" in [t.name for t in page.templates]


def test_a_refusal_at_the_desk_looks_like_the_desk(client: Client) -> None:
    page = client.get("/desk/locked/")
    assert page.status_code == 403
    assert "common/staff_base.html" in [t.name for t in page.templates]


def test_a_refusal_is_json_where_json_is_wanted(client: Client) -> None:
    answer = client.get("/locked/", headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["code"] == "locked_out"
    assert "15" in answer.json()["message"]


def test_what_is_not_there_is_404_in_words(client: Client) -> None:
    assert client.get("/missing/").status_code == 404
    lost = client.get("/nowhere/")
    assert lost.status_code == 404
    assert "没有这一页" in lost.content.decode()


def test_a_fault_says_that_it_is_ours(client: Client) -> None:
    client.raise_request_exception = False
    page = client.get("/broken/")
    assert page.status_code == 500
    assert "系统出错了" in page.content.decode()


def test_english_pages_read_english(client: Client) -> None:
    page = english(client).get("/locked/").content.decode()
    assert "Try again in 15 minutes" in page
    main = re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>")[0])
    assert not re.search(r"[一-鿿]", main)


@pytest.mark.parametrize("address", ["/login/", "/login/staff/", "/nowhere/"])
def test_no_chinese_is_left_on_english_pages(client: Client, address: str) -> None:
    page = english(client).get(address).content.decode()
    main = re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>")[0])
    assert re.findall(r"[一-鿿]+", main) == []


def test_every_refusal_of_parties_has_its_english() -> None:
    with (PACKAGE / "contexts/parties/locale/en/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = pofile.read_po(file, locale="en")
    ours = [c for c in vars(refusals).values() if isinstance(c, type) and issubclass(c, Refusal) and c is not Refusal]
    assert len(ours) > 15
    for refusal in ours:
        message = catalogue.get(refusal.message)
        assert message is not None, refusal.message
        assert message.string, refusal.message
        assert not message.fuzzy
        names = set(re.findall(r"%\((\w+)\)", refusal.message))
        assert names == set(re.findall(r"%\((\w+)\)", str(message.string)))


def test_the_language_is_switched_by_post_and_kept(client: Client) -> None:
    assert client.get("/language/").status_code == 405
    done = client.post("/language/", {"language": "en", "next": "/locked/"})
    assert (done.status_code, done["Location"]) == (303, "/locked/")
    assert 'lang="en"' in client.get("/locked/").content.decode()
    client.post("/language/", {"language": "zh-hans"})
    assert 'lang="zh-Hans"' in client.get("/locked/").content.decode()


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    done = client.post("/language/", {"language": "xx", "next": "https://evil.example/"})
    assert done["Location"] == "/"
    assert django_settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_large_type_goes_on_and_off(client: Client) -> None:
    client.post("/mode/", {"mode": "care", "next": "/locked/"})
    assert client.cookies[MODE_COOKIE].value == "care"
    assert 'data-mode="care"' in client.get("/locked/").content.decode()
    client.post("/mode/", {"mode": ""})
    assert 'data-mode="care"' not in client.get("/locked/").content.decode()
