"""What a page may cost: twelve queries, 20 KB of compressed HTML; and no Chinese for readers of English."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contexts.cases.city import City
from tests.terminals.portal.conftest import Filing, Office, browser
from tongban.contexts.catalogue import queries as catalogue

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 12, 20 * 1024


def cost(client: Client, path: str) -> tuple[int, int]:
    client.get(path)  # what a process keeps is there after its first page
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(seen), len(gzip.compress(response.content))


def test_public_pages_are_cheap(city: City) -> None:
    for path in ("/", "/?for=company", "/search/?q=开饭店", "/search/?q=zzzz", "/guide/FOOD/", "/services/"):
        queries, size = cost(Client(), path)
        assert queries <= 4, path
        assert size <= MOST_BYTES, path


def test_suggestions_while_typing(city: City) -> None:
    answer = Client().get("/search/suggest/?q=食品").json()["words"]
    assert any("食品经营许可" in one["label"] for one in answer)
    assert all(one["value"] and one["label"] for one in answer)
    assert Client().get("/search/suggest/?q=").json() == {"words": []}
    assert cost(Client(), "/search/suggest/?q=食品")[0] <= 1


def test_pages_of_ones_own_are_cheap(filing: Filing, office: Office) -> None:
    case = filing.file()
    office.accept(case)
    office.review(case)
    office.decide(case)
    draft = filing.start()
    own = ["/", "/cases/", "/wallet/", "/guide/FOOD/", reverse("portal:case", args=[case])]
    own += [reverse("portal:step", args=[draft, "shop"]), reverse("portal:materials", args=[draft])]
    own += [reverse("portal:check", args=[draft]), reverse("portal:licence", args=[office.state(case).licence.id])]
    for path in own:
        queries, size = cost(filing.client, path)
        assert queries <= MOST_QUERIES, path
        assert size <= MOST_BYTES, path


def test_every_item_has_a_guide_in_both_languages(city: City) -> None:
    english = browser(language="en")
    for item in catalogue.items():
        assert item.name.zh in Client().get(f"/guide/{item.code}/").content.decode()
        page = english.get(f"/guide/{item.code}/")
        assert page.status_code == 200
        assert chinese(page) == set(), item.code


def chinese(response: Any) -> set[str]:
    """Chinese words in a page, beside the switch of the language and what people typed themselves."""
    text = re.sub(r'<(\w+)[^>]*lang="zh-Hans".*?</\1>', "", response.content.decode(), flags=re.S)
    text = re.sub(r"<[^>]+>", " ", text)
    text = re.sub(r"\S+〔\d{4}〕\d+号", "", text)  # numbers of written acts are what they are
    return set(re.findall(r"[\u4e00-\u9fff]+", text))


def test_english_pages_hold_no_chinese_but_names(filing: Filing, office: Office) -> None:
    case = filing.file(shop_name="Bistro", shop_address="18 River Road", safety_manager="Zhou Min")
    office.accept(case)
    office.review(case)
    draft = filing.start()
    filing.client.cookies["language"] = "en"
    names = {"周敏", "王敏", "临江区江畔小馆", "图", "看过了", "答"} | {"market", "linjiang"}
    paths = ["/", "/cases/", "/wallet/", "/services/", "/progress/", "/search/?q=restaurant", "/search/?q=zzzz"]
    paths += [reverse(f"portal:{name}", args=[case]) for name in ("case", "receipt", "withdraw")]
    paths += [reverse("portal:step", args=[draft, step.id]) for step in filing.item.handling.form]
    paths += [reverse(f"portal:{name}", args=[draft]) for name in ("materials", "check", "discard")]
    paths += ["/apply/FOOD/", "/apply/SS-CARD/"]
    for path in paths:
        page = filing.client.get(path)
        assert page.status_code == 200, path
        left = {word for word in chinese(page) if word not in names}
        assert not left, path
