"""The published lists and figures: pages, files, and what they may cost."""

from __future__ import annotations

import csv
import gzip
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.contexts.cases.city import City
from tests.terminals.portal.conftest import browser
from tests.terminals.portal.test_budgets import chinese
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.lists import PowerType, list_ids, ten_types

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def ids() -> tuple[str, ...]:
    return list_ids(catalogue.beside())


def rows(address: str) -> list[list[str]]:
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_index_names_every_list_with_its_length(city: City) -> None:
    page = words(Client().get("/lists/"))
    for key in ids():
        assert f'href="/lists/{key}/"' in page, key
    for kind in PowerType:
        if kind is not PowerType.SERVICE:
            assert f"/lists/power/?type={kind}" in page
    assert "/lists/power/?agency=market" in page


def test_every_list_is_a_page_and_a_file_in_both_languages(city: City) -> None:
    english = browser(language="en")
    for key in ids():
        assert Client().get(f"/lists/{key}/").status_code == 200
        page = english.get(f"/lists/{key}/")
        assert chinese(page) == set(), key
        assert len({len(row) for row in rows(f"/lists/{key}.csv")}) == 1, key
    assert chinese(english.get("/lists/")) == chinese(english.get("/lists/figures/")) == set()


def test_the_list_of_powers_holds_every_power_once(city: City) -> None:
    powers = [item for item in catalogue.items() if ten_types(item) is not PowerType.SERVICE]
    _heads, *found = rows("/lists/power.csv")
    assert sorted(row[0] for row in found) == sorted(item.code for item in powers)
    of_types = [row[0] for kind in PowerType for row in rows(f"/lists/power.csv?type={kind}")[1:]]
    assert sorted(of_types) == sorted(item.code for item in powers)
    of_market = {row[0] for row in rows("/lists/power.csv?agency=market")[1:]}
    assert of_market == {item.code for item in powers if item.agency == "market"}


def test_the_list_of_responsibilities_says_who_answers_at_every_stage(city: City) -> None:
    _heads, *found = rows("/lists/responsibility.csv?agency=market")
    assert {row[0] for row in found} == {item.code for item in catalogue.by_agency("market")}
    assert all(row[2] and row[4] and row[6] and row[7] for row in found)
    page = words(Client().get("/lists/responsibility/"))
    assert "追责情形" in page


def test_what_is_no_list_is_not_found(city: City) -> None:
    for path in ("/lists/none/", "/lists/none.csv", "/lists/power/?type=none", "/lists/power.csv?type=none"):
        assert Client().get(path).status_code == 404, path
    for page in ("0", "-1", "x", "²", "99999999999"):
        assert Client().get("/lists/power/", {"page": page}).context["table"].rows
    assert words(Client().get("/lists/power/?agency=nobody")).count("<tr>") == 0


def test_figures_stand_in_words_beside_their_bars(city: City) -> None:
    page = words(Client().get("/lists/figures/"))
    whole = catalogue.figures()
    assert f"{whole.at_least(3)} / {whole.items} 项" in page
    assert f"{whole.compression * 100:.0f}%" in page
    assert page.count("<svg") >= 10
    for key, one in catalogue.figures_by_organ().items():
        assert one.items == sum(1 for item in catalogue.by_agency(key) if ten_types(item) not in _NOT_APPLIED_FOR)


def test_figures_come_as_a_file_whose_counts_are_those_of_the_page(city: City) -> None:
    heads, whole, *rest = rows("/lists/figures.csv")
    found = catalogue.figures()
    assert whole[1:4] == [str(found.items), str(found.at_least(2)), str(found.at_least(3))]
    assert {len(row) for row in rest} == {len(heads)}
    organs = len(catalogue.figures_by_organ())
    assert sum(int(row[1]) for row in rest[:organs]) == found.items


_NOT_APPLIED_FOR = {PowerType.PENALTY, PowerType.MEASURE, PowerType.EXECUTION, PowerType.INSPECTION}


def test_lists_are_cheap_and_small(city: City) -> None:
    for path in ("/lists/", "/lists/figures/", *(f"/lists/{key}/" for key in ids())):
        Client().get(path)
        with CaptureQueriesContext(connection) as seen:
            page = Client().get(path)
        assert len(seen) <= 4, path
        assert len(gzip.compress(page.content)) <= 20 * 1024, path


def test_home_and_foot_lead_to_the_lists(city: City) -> None:
    assert 'href="/lists/"' in words(Client().get("/"))
    assert 'href="/lists/"' in words(Client().get("/progress/"))


def test_a_cell_of_a_file_is_never_a_formula() -> None:
    from tongban.terminals.portal.views.lists import _written

    assert _written([["=1+1", "@x", "a", ""]]) == "\ufeff'=1+1,'@x,a,\r\n"
