"""A window sees, opens and begins only what it is authorised for; and what a page costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.contexts.cases.city import City, request
from tests.terminals.counter.conftest import text_of
from tests.terminals.counter.test_walk import begin, case_id, filed, mandate
from tongban.terminals import counter

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 12


def test_a_social_security_window_does_not_see_food(window: Callable[..., Client], city: City) -> None:
    general, social = window(), window("SS-CARD", name="吴芳")
    address = filed(general, city)
    number = city.state(case_id(address)).number
    assert address in text_of(general.get("/counter/"))
    assert address not in text_of(social.get("/counter/"))
    assert address in text_of(general.get("/counter/find/", {"q": "江畔"}))
    assert address not in text_of(social.get("/counter/find/", {"q": "江畔"}))
    assert address not in text_of(social.get("/counter/find/", {"q": number}))
    company = f"/counter/party/{city.owner.principals[-1].id}/"
    assert address in text_of(general.get(company))
    assert address not in text_of(social.get(company))
    assert social.get(address).status_code == 404


@pytest.mark.parametrize(
    ("act", "posted"),
    [
        ("act", {"act": "accept"}),
        ("act", {"act": "supplement", "reason-layout": "缺"}),
        ("act", {"act": "refuse", "kind": "not_accepted", "reason": "不"}),
        ("check", {"material": "layout"}),
        ("supplement", {"go": "answer"}),
        ("deliver", {"to": "我", "seen": "yes"}),
    ],
)
def test_and_does_not_act_on_it(window: Callable[..., Client], city: City, act: str, posted: dict[str, str]) -> None:
    address = filed(window(), city)
    before = city.state(case_id(address))
    answer = window("SS-CARD").post(f"{address}{act}/", posted | {"request_id": request()})
    assert answer.status_code == 404
    assert city.state(case_id(address)) == before


def test_a_window_is_shown_no_desk_it_has_not(window: Callable[..., Client]) -> None:
    page = text_of(window().get("/counter/"))
    assert 'href="/counter/"' in page
    assert 'href="/desk/worktable/"' not in page


def test_and_does_not_begin_it(window: Callable[..., Client], city: City) -> None:
    social = window("SS-CARD")
    mandate(social, city)
    me = city.owner
    posted = {"item": "FOOD", "applicant": me.principals[-1].id, "division": "429901"}
    assert social.post(f"/counter/party/{me.party_id}/receive/", posted).status_code == 403
    page = social.get(f"/counter/party/{me.party_id}/", {"say": "开饭店"})
    assert "不归本窗口收" in text_of(page)
    assert 'value="FOOD"' not in text_of(page)
    own = social.get(f"/counter/party/{me.party_id}/")
    assert 'value="SS-CARD"' in text_of(own)


def test_a_general_window_sees_items_of_any_department(window: Callable[..., Client], city: City) -> None:
    client = window()
    food = filed(client, city)
    page = begin(client, city, "SS-CARD")
    assert client.get(page).status_code == 200
    assert client.get(food).status_code == 200


def test_a_reception_is_its_officers_own(window: Callable[..., Client], city: City) -> None:
    page = begin(window(), city)
    other = window(name="刘洋")
    assert other.get(page).status_code == 404
    assert other.post(page, {"go": "keep"}).status_code == 404
    assert other.post(f"{page}discard/", {"sure": "yes"}).status_code == 404


def test_the_counter_is_for_windows(client: Client, window: Callable[..., Client], city: City) -> None:
    away = client.get("/counter/")
    assert away.status_code == 303
    assert "login" in away["Location"]


def test_a_guessed_link_is_not_found(window: Callable[..., Client], city: City) -> None:
    client = window()
    guess = "00000000-0000-4000-8000-000000000000"
    for address in (f"case/{guess}/", f"party/{guess}/", f"draft/{guess}/", f"case/{guess}/material/{guess}/"):
        assert client.get(f"/counter/{address}").status_code == 404


def test_every_page_costs_few_statements(window: Callable[..., Client], city: City) -> None:
    client = window()
    address = filed(client, city)
    page = begin(client, city)
    company = city.owner.principals[-1].id
    for one in ("/counter/", "/counter/find/?q=江畔", f"/counter/party/{city.owner.party_id}/?say=开饭店",
                f"/counter/party/{company}/", page, address, "/counter/register/person/"):  # fmt: skip
        client.get(one)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(one).status_code == 200
        assert len(seen) <= MOST_STATEMENTS, (one, [query["sql"][:90] for query in seen])


CHINESE = re.compile(r"[一-鿿]+")


def test_no_chinese_is_left_on_english_pages(window: Callable[..., Client], city: City) -> None:
    client = window(language="en", name="Wang Min")
    address = filed(client, city)
    page = begin(client, city)
    party = f"/counter/party/{city.owner.party_id}/?say=restaurant"
    fresh = "/counter/find/?q=429900197903210226"
    register = ("/counter/register/person/", "/counter/register/company/")
    for one in ("/counter/", fresh, *register, party, page, address):
        shown = text_of(client.get(one))
        body = shown.split('<div class="ctr')[1]
        plain = re.sub(r"<[^>]+>", " ", body)
        names = {"周敏", "江畔小馆", "答", "图", "城市供水有限公司"}
        assert [word for word in CHINESE.findall(plain) if word not in names] == [], one


def test_templates_stay_short_and_hold_no_inline_code() -> None:
    for template in Path(counter.__file__).parent.joinpath("templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 150
        assert "style=" not in text
        assert "<script" not in text
