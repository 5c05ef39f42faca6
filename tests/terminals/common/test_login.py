"""Logging in and out, as a citizen and as an officer, over the pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.contexts.parties.conftest import PASSWORD, Login
from tongban.contexts.parties.core import Role
from tongban.contexts.parties.fakes import NoIdentityProvider
from tongban.integrations.identity_demo import DemoIdentityProvider
from tongban.terminals.common.identity import use_identity_provider

pytestmark = pytest.mark.django_db
Citizen = Callable[..., Client]
Appoint = Callable[..., Login]


def request_token(client: Client) -> str:
    away = client.post("/login/citizen/", {"next": "/who/"})
    return str(client.get(away["Location"]).context["request_token"])


def test_a_citizen_logs_in_and_acts_for_themselves_and_their_company(citizen: Citizen) -> None:
    assert citizen().get("/who/").content.decode() == "citizen 周敏 2"


def test_a_page_for_somebody_logged_in_asks_two_things(
    citizen: Citizen, django_assert_num_queries: Callable[[int], object]
) -> None:
    client = citizen()
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        client.get("/who/")
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        client.get("/quiet/")


def test_an_anonymous_page_asks_nothing(client: Client, django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert client.get("/who/").content.decode() == "anonymous  0"


def test_somebody_made_up_can_log_in(client: Client) -> None:
    answers = {"name": "孙悦", "id_number": "11010519491231002X", "phone": "13912345678", "level": "2"}
    back = client.post("/demo-identity/", {"request": request_token(client)} | answers)
    client.get(back["Location"])
    assert client.get("/who/").content.decode() == "citizen 孙悦 1"


@pytest.mark.parametrize("number", ["110105194912310021", "11010519491331002X", "123", ""])
def test_a_wrong_number_is_shown_beside_its_field(client: Client, number: str) -> None:
    answers = {"name": "孙悦", "id_number": number, "phone": "", "level": "2"}
    again = client.post("/demo-identity/", {"request": request_token(client)} | answers)
    assert again.status_code == 422
    assert [f.spec.id for f in again.context["fields"] if f.error] == ["id_number"]
    assert client.get("/who/").content.decode().startswith("anonymous")


def test_the_demo_pages_say_so(client: Client) -> None:
    away = client.post("/login/citizen/")
    assert "演示" in client.get(away["Location"]).content.decode()


def test_the_answer_of_another_browser_is_refused(client: Client) -> None:
    answer = client.post("/demo-identity/", {"request": request_token(client), "person": "li-xue"})["Location"]
    thief = Client()
    assert thief.get(answer).status_code == 422
    thief.post("/login/citizen/")
    assert thief.get(answer).status_code == 422
    assert thief.get("/who/").content.decode().startswith("anonymous")


def test_an_answer_is_used_once(client: Client) -> None:
    answer = client.post("/demo-identity/", {"request": request_token(client), "person": "li-xue"})["Location"]
    assert client.get(answer).status_code == 303
    assert client.get(answer).status_code == 422


@pytest.mark.parametrize("answer", ["", "xx", "AAAA", "é"])
def test_a_forged_answer_is_refused(client: Client, answer: str) -> None:
    client.post("/login/citizen/")
    state = client.session["login_state"]
    assert client.get("/login/return/", {"state": state, "answer": answer}).status_code == 403


def test_a_request_is_no_answer(client: Client) -> None:
    token = request_token(client)
    state = client.session["login_state"]
    assert client.get("/login/return/", {"state": state, "answer": token}).status_code == 403


@pytest.mark.parametrize("provider", [DemoIdentityProvider("/demo-identity/", enabled=False), NoIdentityProvider()])
def test_outside_a_demo_nobody_is_made_up(client: Client, provider: DemoIdentityProvider | NoIdentityProvider) -> None:
    use_identity_provider(provider)
    assert client.get("/demo-identity/").status_code == 404
    assert client.post("/demo-identity/", {"person": "li-xue"}).status_code == 404
    assert client.post("/login/citizen/").status_code == 503


def test_a_login_never_leads_to_another_site(citizen: Citizen, client: Client) -> None:
    away = client.post("/login/citizen/", {"next": "https://evil.example/"})
    asked = client.get(away["Location"])
    back = client.post("/demo-identity/", {"request": asked.context["request_token"], "person": "li-xue"})
    assert client.get(back["Location"])["Location"] == "/"


def test_logging_in_changes_the_session_key(client: Client) -> None:
    token = request_token(client)
    before = client.session.session_key
    back = client.post("/demo-identity/", {"request": token, "person": "li-xue"})
    client.get(back["Location"])
    assert client.session.session_key != before


def test_logging_out_is_a_post(citizen: Citizen) -> None:
    client = citizen()
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 303
    assert client.get("/who/").content.decode().startswith("anonymous")


def test_without_its_token_a_post_is_refused_in_words(db: None) -> None:
    refused = Client(enforce_csrf_checks=True).post("/logout/")
    assert refused.status_code == 403
    assert "页面过期了" in refused.content.decode()


def staff_login(client: Client, name: str, next_page: str = "/staff/") -> str:
    """Through both pages, taking the code from the demo's hint; the address at the end."""
    first = client.post("/login/staff/", {"name": name, "password": PASSWORD, "next": next_page})
    assert (first.status_code, first["Location"]) == (303, "/login/staff/code/")
    page = client.get("/login/staff/code/")
    code = re.search(r"data-demo-code>(\d{6})<", page.content.decode())
    assert code is not None
    done = client.post("/login/staff/code/", {"code": code[1]})
    assert done.status_code == 303
    return str(done["Location"])


def test_an_officer_logs_in_with_password_and_code(client: Client, appoint: Appoint) -> None:
    appoint("reviewer1", Role.REVIEWER)
    assert staff_login(client, "reviewer1") == "/staff/"
    assert client.get("/staff/").content.decode() == "officer reviewer1 0"


def test_without_the_code_nobody_is_in(client: Client, appoint: Appoint) -> None:
    appoint("reviewer1", Role.REVIEWER)
    client.post("/login/staff/", {"name": "reviewer1", "password": PASSWORD})
    assert client.get("/who/").content.decode().startswith("anonymous")
    assert client.post("/login/staff/code/", {"code": "000000"}).status_code == 422
    assert client.get("/who/").content.decode().startswith("anonymous")


def test_the_code_page_alone_leads_nowhere(client: Client) -> None:
    assert client.get("/login/staff/code/").status_code == 422


def test_outside_a_demo_no_code_is_shown(client: Client, appoint: Appoint, settings: Settings) -> None:
    settings.TONGBAN_DEMO = False
    appoint("reviewer1", Role.REVIEWER)
    client.post("/login/staff/", {"name": "reviewer1", "password": PASSWORD})
    assert "data-demo-code" not in client.get("/login/staff/code/").content.decode()


def test_the_fifth_wrong_password_says_how_long(client: Client, appoint: Appoint) -> None:
    appoint("reviewer1", Role.REVIEWER)
    answers = [client.post("/login/staff/", {"name": "reviewer1", "password": "wrong"}) for _ in range(5)]
    assert [a.status_code for a in answers] == [422, 422, 422, 422, 403]
    assert "请 15 分钟后再试" in answers[-1].content.decode()
    assert "wrong" not in answers[0].content.decode()


def test_empty_answers_are_asked_again(client: Client) -> None:
    again = client.post("/login/staff/", {"name": "", "password": ""})
    assert again.status_code == 422
    assert len([f for f in again.context["fields"] if f.error]) == 2


def test_pages_know_whom_they_are_for(client: Client, appoint: Appoint) -> None:
    assert client.get("/mine/?a=1")["Location"] == "/login/?next=%2Fmine%2F%3Fa%3D1"
    assert client.get("/staff/")["Location"] == "/login/staff/?next=%2Fstaff%2F"
    appoint("reviewer1", Role.REVIEWER)
    staff_login(client, "reviewer1")
    assert client.get("/mine/").status_code == 403
    assert client.get("/desk/only/").status_code == 403


def test_a_citizen_opens_no_staff_page(citizen: Citizen) -> None:
    client = citizen()
    assert client.get("/mine/").status_code == 200
    assert client.get("/staff/").status_code == 403


def test_the_login_page_keeps_where_one_wanted_to_go(client: Client) -> None:
    page = client.get("/login/?next=/who/").content.decode()
    assert 'name="next" value="/who/"' in page
    assert "/login/staff/?next=/who/" in page
    main = client.get("/login/?next=//evil.example/").content.decode().split("<main")[1]
    assert "evil" not in main


def test_whoever_is_logged_in_already_is_sent_on(citizen: Citizen) -> None:
    assert citizen().get("/login/?next=/who/")["Location"] == "/who/"
