"""A window files for somebody present: the table decides, unless they want a person; the promise is read to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.terminals.counter.conftest import City, text_of
from tests.terminals.counter.test_walk import begin, form
from tongban.contexts.catalogue import queries as catalogue

pytestmark = pytest.mark.django_db
OLD = "11010519491231002X"


def file(client: Client, city: City, code: str, **more: Any) -> Any:
    return client.post(begin(client, city, code), form(catalogue.current(code).item, **more))


def case_of(answer: Any) -> str:
    assert answer.status_code == 303, text_of(answer)
    return str(answer["Location"]).strip("/").split("/")[-1]


def test_a_window_files_and_the_table_decides(city: City, window: Callable[..., Client]) -> None:
    client = window()
    case_id = case_of(file(client, city, "OLD-CARD", id_number=OLD, local="yes", card="electronic"))
    assert "等系统按规则判断" in text_of(client.get(f"/counter/case/{case_id}/"))
    city.work()
    assert city.state(case_id).automatic.granted_at is not None
    assert "由系统按公开的规则办结" in text_of(client.get(f"/counter/case/{case_id}/"))


def test_at_the_window_too_one_may_want_a_person(city: City, window: Callable[..., Client]) -> None:
    client = window()
    answer = file(client, city, "OLD-CARD", id_number=OLD, local="yes", card="electronic", by_person="yes")
    case_id = case_of(answer)
    city.work()
    assert city.state(case_id).automatic.left == "asked"
    assert "申请时要求由工作人员办理" in text_of(client.get(f"/counter/case/{case_id}/"))


def test_the_advice_of_the_table_stands_before_who_accepts(city: City, window: Callable[..., Client]) -> None:
    client = window()
    case_id = case_of(file(client, city, "OLD-CARD", id_number=OLD, local="no", card="electronic"))
    city.work()
    page = text_of(client.get(f"/counter/case/{case_id}/"))
    assert "规则的意见，供您参考" in page
    assert "要核实您常住本市" in page


def test_the_promise_is_read_to_the_applicant_before_it_is_filed(city: City, window: Callable[..., Client]) -> None:
    client = window()
    chosen = {"way": "promise", "exits": "2", "area": "90", "building_fire_acceptance": "no"}
    page = begin(client, city, "FIRE-OPEN")
    posted = form(catalogue.current("FIRE-OPEN").item, **chosen)
    refused = client.post(page, posted)
    assert refused.status_code == 422
    assert "疏散通道、安全出口畅通" in text_of(refused)
    case_id = case_of(client.post(page, posted | {"promised": "yes"}))
    signed = city.state(case_id).automatic.signed
    assert signed is not None
    assert signed.by == city.owner.party_id
