"""Ways to a goal and the city's graph of papers: true, cheap, harmless, in both languages."""

from __future__ import annotations

import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.contexts.cases.city import City
from tongban.contexts.catalogue import queries as catalogue

pytestmark = pytest.mark.django_db
RESTAURANT = "/way/OPEN-RESTAURANT/?owner=company&sells=meals&public=yes&sign=yes&hygiene=no&drain=yes"


def page(path: str, language: str = "zh-hans") -> str:
    response = Client().get(path, headers={"accept-language": language})
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("path", ["/packages/", "/way/OPEN-RESTAURANT/", RESTAURANT, "/way/BUILD-LIC/", "/papers/"])
def test_pages_are_cheap(city: City, path: str) -> None:
    Client().get(path)
    with CaptureQueriesContext(connection) as seen:
        response = Client().get(path)
    assert response.status_code == 200
    assert len(seen) <= 4, path
    assert len(gzip.compress(response.content)) <= 20 * 1024, path


def test_questions_come_before_the_way(city: City) -> None:
    first = page("/way/OPEN-RESTAURANT/")
    assert "您的路线图" not in first
    assert 'name="owner"' in first
    half = page("/way/OPEN-RESTAURANT/?owner=company&sells=meals")
    assert '<input type="hidden" name="owner" value="company">' in half
    assert 'type="radio"' in half


def test_the_way_is_that_of_the_graph(city: City) -> None:
    answers = {"owner": "company", "sells": "meals", "public": "yes", "sign": "yes", "hygiene": "no", "drain": "yes"}
    plan = catalogue.way("OPEN-RESTAURANT", answers)
    shown = page(RESTAURANT)
    names = {item.code: item.name.zh for item in catalogue.items()}
    codes = {step.code for step in plan.steps}
    assert {"ENT-REG", "FOOD", "FIRE-OPEN", "SIGN", "SEWER"} <= codes
    assert "HYGIENE" not in codes
    for code in codes & names.keys():
        assert names[code] in shown
    assert names["HYGIENE"] not in shown
    assert f"一件一件办：{plan.serial_days} 个工作日" in shown


def test_answers_can_be_changed(city: City) -> None:
    again = page(RESTAURANT + "&change=1")
    assert again.count("checked") == 6


@pytest.mark.parametrize(
    "path",
    [
        "/way/OPEN-RESTAURANT/?owner=<script>&sells[]=x&public=yes&public=no",
        "/way/OPEN-RESTAURANT/?" + "a=b&" * 300,
        "/way/BUILD-LIC/?funding=%00",
    ],
)
def test_a_foreign_address_is_harmless(city: City, path: str) -> None:
    response = Client().get(path)
    assert response.status_code in (200, 400)
    assert b"<script>" not in response.content.replace(b"<script src", b"")


@pytest.mark.parametrize("path", ["/way/NOTHING/", "/papers/?goal=NOTHING"])
def test_what_is_not_listed_is_refused(city: City, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_goal_chosen_on_the_city_s_page_leads_to_its_way(city: City) -> None:
    response = Client().get("/papers/?goal=FOOD")
    assert response.status_code == 302
    assert response["Location"] == "/way/FOOD/"


def test_the_city_s_page_shows_circles_and_the_longest_chain(city: City) -> None:
    report = catalogue.graph_report()
    shown = page("/papers/")
    assert not [one for one in report.circles if one.hard]
    assert "没有人会被两个部门来回推" in shown
    for code in report.critical_path:
        assert catalogue.paper_names()[code].zh in shown
