"""A published table on the pages: who decides is chosen before filing, the account follows, and a person is near."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contexts.cases.city import City, request
from tests.contexts.cases.world import answers
from tests.terminals.portal.conftest import browser
from tongban.contexts.cases import actions
from tongban.contexts.catalogue import queries as catalogue

pytestmark = pytest.mark.django_db
OLD = "11010519491231002X"


def words(response: Any) -> str:
    return str(response.content.decode())


def draft(city: City, code: str = "OLD-CARD", **given: Any) -> str:
    """A whole application of the owner, ready to be filed on the page."""
    item = catalogue.current(code).item
    made = actions.start_draft(
        item_code=code, principal_id=city.owner.party_id, division="429901", actor=city.owner, now=city.now
    )
    actions.save_answers(draft_id=made, values=answers(item, **given), actor=city.owner, now=city.now)
    return made


def old_card(city: City, **given: Any) -> str:
    return draft(city, id_number=OLD, card="electronic", **{"local": "yes"} | given)


def file(client: Client, made: str, **posted: str) -> Any:
    return client.post(
        reverse("portal:check", args=[made]), {"promise": "yes", "decider": "table", "request_id": request()} | posted
    )


def test_the_table_decides_and_the_page_tells_input_rule_law_and_version(city: City, owner: Client) -> None:
    made = old_card(city)
    assert "谁来决定？" in words(owner.get(reverse("portal:check", args=[made])))
    assert file(owner, made).status_code == 303
    assert "正在按公开的规则判断" in words(owner.get(reverse("portal:case", args=[made])))
    city.work()
    shown = words(owner.get(reverse("portal:case", args=[made])))
    for said in (
        "由系统按公开的规则办结",
        "年龄（周岁）",
        "第 2 条",
        "老年人权益保障法第二条",
        "old-card",
        "要求工作人员说明和复核",
    ):
        assert said in shown
    assert "自动决定说明书" in shown


def test_in_english_the_account_speaks_english(city: City) -> None:
    made = old_card(city)
    english = browser("zhou-min", "en")
    file(english, made)
    city.work()
    shown = words(english.get(reverse("portal:case", args=[made])))
    assert "Decided by the system, by published rules" in shown
    assert "You are 60 or over and registered in this city" in shown


def test_who_wants_a_person_gets_one(city: City, owner: Client) -> None:
    made = old_card(city)
    assert file(owner, made, decider="person").status_code == 303
    city.work()
    assert city.state(made).automatic.left == "asked"
    shown = words(owner.get(reverse("portal:case", args=[made])))
    assert "申请时要求由工作人员办理" in shown
    assert "要求工作人员说明和复核" not in shown  # no table was asked: a person decides anyway


def test_a_repeat_of_the_submission_gets_the_same_answer(city: City, owner: Client) -> None:
    made = old_card(city)
    first, again = (file(owner, made, request_id="the-same-request") for _ in range(2))
    assert (first.status_code, again.status_code) == (303, 303)
    assert first["Location"] == again["Location"]


def test_a_person_is_asked_once_on_the_page(city: City, owner: Client, stranger: Client) -> None:
    made = old_card(city)
    file(owner, made)
    city.work()
    address = reverse("portal:ask_person", args=[made])
    assert stranger.get(address).status_code == 404
    assert owner.post(address, {"reason": " ", "request_id": request()}).status_code == 422
    assert owner.post(address, {"reason": "为什么", "request_id": request()}).status_code == 303
    shown = words(owner.get(reverse("portal:case", args=[made])))
    assert "申请人要求人工复核" in shown
    assert address not in shown
    assert owner.post(address, {"reason": "再问", "request_id": request()}).status_code == 422


def test_the_promise_is_read_and_signed_before_it_counts(city: City, owner: Client) -> None:
    made = draft(city, "FIRE-OPEN", way="promise", exits="2", area="100", building_fire_acceptance="no")
    page = words(owner.get(reverse("portal:check", args=[made])))
    assert "疏散通道、安全出口畅通" in page
    assert "消防法第十五条" in page
    assert file(owner, made).status_code == 422
    assert file(owner, made, promised="yes").status_code == 303
    city.work()
    state = city.state(made)
    assert state.automatic.signed is not None
    assert state.decision is not None
    assert state.automatic.verification is not None
    assert "告知承诺书" in words(owner.get(reverse("portal:case", args=[made])))


def test_the_way_of_the_inspection_goes_to_people_as_ever(city: City, owner: Client) -> None:
    made = draft(city, "FIRE-OPEN", way="inspect", exits="2", area="100", building_fire_acceptance="no")
    assert "告知承诺书" not in words(owner.get(reverse("portal:check", args=[made])))
    assert file(owner, made).status_code == 303
    city.work()
    assert city.state(made).automatic.left == "papers"
    actions.accept(case_id=made, actor=city.window, request_id=request(), now=city.now)
    assert {task.act for task in city.state(made).open_tasks} == {"review", "inspect"}
