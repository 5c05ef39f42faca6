"""The guide: one's own papers by a few answers, what is stated and no more, and what can be taken along."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from tests.contexts.cases.city import City
from tests.terminals.portal.conftest import Filing, browser
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.guidance import questions
from tongban.terminals.portal.presenters.laws import cited

pytestmark = pytest.mark.django_db
ANSWERS = {"cold_dishes": "no", "vending": "yes", "direct_contact": "yes"}
FOOD = "/guide/FOOD/"


def words(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def papers(response: Any) -> dict[str, str]:
    """Name of each paper -> who brings it."""
    return {one["name"]: one["tag"] for one in response.context["guide"].materials}


def called(material: str) -> str:
    """What a paper of the item FOOD is called."""
    return next(one.name.zh for one in catalogue.current("FOOD").item.materials if one.id == material)


def test_the_short_version_comes_before_everything_else(city: City) -> None:
    page = words(Client().get(FOOD))
    order = [
        "食品经营许可（新办）</h1>",
        "多久",
        "5 个工作日",
        "不收费",
        "您要准备",
        "要准备什么",
        "怎么办",
        "法律依据",
    ]
    places = [page.index(word) for word in order]
    assert places == sorted(places)


def test_without_answers_every_paper_is_shown_and_the_questions_are_asked(city: City) -> None:
    answer = Client().get(FOOD)
    page = words(answer)
    assert papers(answer)[called("health_certificate")] == "看情况交"
    for name in ANSWERS:
        assert f'name="{name}"' in page
    assert 'name="secondary_water"' not in page  # decides no paper
    assert 'action="/guide/FOOD/#papers"' in page


def test_answers_become_chips_and_leave_a_personal_list(city: City) -> None:
    answer = Client().get(FOOD, ANSWERS)
    page = words(answer)
    found = papers(answer)
    assert found[called("health_certificate")] == found[called("vending_site")] == "您交"
    assert called("cold_room") not in found
    assert f"按您的回答，不用交：{called('cold_room')}。" in page
    assert "是否使用自动售货或自动制售设备：是" in page
    assert '<form class="ask' not in page  # nothing left to ask
    (change,) = re.findall(r'href="([^"]*change=1[^"]*)"', page)
    again = words(Client().get(change.replace("&amp;", "&")))
    assert re.search(r'name="vending" value="yes" checked', again)
    assert "改答案" not in again


def test_a_half_answered_situation_keeps_what_was_said(city: City) -> None:
    page = words(Client().get(FOOD, {"vending": "yes"}))
    assert '<input type="hidden" name="vending" value="yes">' in page
    assert 'name="cold_dishes"' in page
    assert "是否使用自动售货或自动制售设备：是" in page


@pytest.mark.parametrize(
    "query",
    ["vending=maybe", "vending=<script>", "shop_name=Eve", "vending=YES", "nothing=1&vending=no&vending=maybe"],
)
def test_an_address_that_anybody_wrote_changes_nothing(city: City, query: str) -> None:
    answer = Client().get(f"{FOOD}?{query}")
    page = words(answer)
    assert "<script>" not in page.replace("<script src=", "")
    assert answer.context["guide"].situation.chips == ()
    assert answer.context["guide"].apply == "/apply/FOOD/"


def test_the_answers_go_with_the_application(filing: Filing) -> None:
    guide = filing.client.get(FOOD, ANSWERS)
    address = guide.context["guide"].apply
    principal = filing.client.get(address).context["fields"][0].options[-1].value
    got = filing.client.post(f"{address}&shop_name=Eve&promise=yes", {"principal": principal, "division": "429901"})
    draft = got["Location"].strip("/").split("/")[-1]
    steps = [reverse("portal:step", args=[draft, step.id]) for step in filing.item.handling.form]
    pages = "".join(words(filing.client.get(address)) for address in steps)
    for name, value in ANSWERS.items():
        assert re.search(rf'name="{name}" value="{value}" checked', pages), name
    assert pages.count(" checked") == len(ANSWERS)
    assert "Eve" not in pages


def test_an_anonymous_reader_keeps_the_answers_through_the_login(city: City) -> None:
    to_login = Client().get("/apply/FOOD/", {"vending": "yes"})
    assert to_login.status_code == 303
    assert "vending" in to_login["Location"]


def test_only_what_is_stated_is_shown(city: City) -> None:
    for item in catalogue.items():
        guide = Client().get(f"/guide/{item.code}/").context["guide"]
        assert all(one.value for one in guide.elements)
        assert bool(guide.stages) == bool(item.stages)
        assert len(guide.conditions) == len(item.conditions)
        assert (guide.situation is None) == (not questions(item))
        assert bool(guide.plan) == item.can_be_handled


def test_every_stated_element_has_its_line(city: City) -> None:
    item = catalogue.current("FOOD").item
    terms = {one.term for one in Client().get(FOOD).context["guide"].elements}
    assert {"事项代号", "基本编码", "实施主体", "事项类型", "法定办结时限", "承诺办结时限", "是否收费"} <= terms
    assert ("办理形式" in terms) == bool(item.channels)
    assert ("通办范围" in terms) == bool(item.scope)


def test_every_guide_is_cheap_and_small(city: City) -> None:
    Client().get(FOOD)
    for item in catalogue.items():
        with CaptureQueriesContext(connection) as seen:
            page = Client().get(f"/guide/{item.code}/")
        assert len(seen) <= 12, item.code
        assert len(gzip.compress(page.content)) <= 20 * 1024, item.code


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_guide_can_be_taken_along_as_pdf_for_the_same_answers(city: City) -> None:
    answer = Client().get("/guide/FOOD/guide.pdf", ANSWERS)
    assert answer["Content-Type"] == "application/pdf"
    text = squeezed(text_of(answer.content))
    for word in ("食品经营许可（新办）", "5个工作日", called("layout"), "食品安全法", "演示"):
        assert squeezed(word) in text, word
    assert squeezed(called("cold_room")) not in text
    assert answer.content == Client().get("/guide/FOOD/guide.pdf", ANSWERS).content
    english = squeezed(text_of(browser(language="en").get("/guide/FOOD/guide.pdf").content))
    assert "Foodbusinesslicence(new)" in english


def test_the_form_comes_blank_and_as_a_sample_that_says_so(city: City) -> None:
    blank = squeezed(text_of(Client().get("/guide/FOOD/form.pdf").content))
    sample = squeezed(text_of(Client().get("/guide/FOOD/sample.pdf").content))
    item = catalogue.current("FOOD").item
    assert item.handling is not None
    for step in item.handling.form:
        for field in step.fields:
            assert squeezed(field.label.zh) in blank, field.id
    assert "样例" not in blank
    assert "13800000000" not in blank
    assert "样例" in sample
    assert "13800000000" in sample


def test_every_handled_item_prints_its_form_in_both_languages(city: City) -> None:
    for item in catalogue.handled():
        for client in (Client(), browser(language="en")):
            assert client.get(f"/guide/{item.code}/sample.pdf").content.startswith(b"%PDF"), item.code


@pytest.mark.parametrize(
    "path", ["/guide/PASSPORT/form.pdf", "/guide/NONE/", "/guide/NONE/guide.pdf", "/guide/NONE/code.svg"]
)
def test_what_is_not_there_is_not_found(city: City, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_the_code_leads_to_the_guide(city: City) -> None:
    answer = Client().get("/guide/FOOD/code.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("食品安全法第三十三条", "Food Safety Law, article 33"),
        ("《食品安全法》第三十三条第一款第二项", "Food Safety Law, article 33, paragraph 1, item 2"),
        ("中华人民共和国食品安全法第一百零二条", "Food Safety Law, article 102"),
        ("食品安全法第七十二条至第七十五条", "Food Safety Law, articles 72 to 75"),
        ("食品安全法第三十三条；食品安全法", "Food Safety Law, article 33; Food Safety Law"),
        ("某地的规定第三条", "某地的规定第三条"),
        ("食品安全法第三十三条等", "食品安全法第三十三条等"),
        ("", ""),
    ],
)
def test_citations_in_english(text: str, expected: str, in_english: Callable[[], None]) -> None:
    assert cited(text, {"食品安全法": "Food Safety Law"}) == expected


@pytest.fixture
def in_english() -> Any:
    from django.utils import translation

    with translation.override("en"):
        yield


def test_citations_stay_as_they_are_in_chinese() -> None:
    assert cited("食品安全法第三十三条", {"食品安全法": "Food Safety Law"}) == "食品安全法第三十三条"


def test_a_file_of_the_item_is_offered_and_nothing_beside_it(city: City) -> None:
    for path in ("/guide/FOOD/file/item.yaml", "/guide/FOOD/file/..%2Fitem.yaml", "/guide/NONE/file/a.pdf"):
        assert Client().get(path).status_code == 404, path
    stated = [
        f"/guide/{item.code}/file/{name}"
        for item in catalogue.items()
        for name in (item.result.sample, *(m.blank for m in item.materials), *(m.sample for m in item.materials))
        if name
    ]
    for path in stated:  # an item that names a file has it
        answer = Client().get(path)
        assert answer.status_code == 200, path
        assert answer["X-Content-Type-Options"] == "nosniff"
