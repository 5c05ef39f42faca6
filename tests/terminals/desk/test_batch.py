"""A batch at the desk and at the window: accepted, reviewed and granted together, case by case."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.contexts.cases.batch.test_batches import drafted, file, ids
from tests.contexts.cases.city import SETUP, City, request
from tests.terminals.desk.conftest import Sit
from tongban.contexts.parties import actions
from tongban.contexts.parties.core import Role
from tongban.contexts.parties.core.organisation import Name, Window

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    return str(response.content.decode())


def act(client: Client, address: str, which: str, cases: list[str], **more: str) -> str:
    """Post an act as the page's form would; the words of the page that follows."""
    body = {"act": which, "case": cases, "request_id": request(), **more}
    got = client.post(address, body)
    assert got.status_code == 303
    return words(client.get(got["Location"]))


@pytest.fixture
def batch_id(city: City) -> str:
    return file(city, drafted(city, count=3))


def test_from_the_window_to_the_decision(city: City, sit: Sit, batch_id: str) -> None:
    desk_one = Window("lj-01", Name("1号窗口", "Window 1"), "service-centre-linjiang", frozenset({"*"}))
    actions.create_window(desk_one, actor=SETUP, now=city.now)
    window = sit("service-centre-linjiang", Role.WINDOW, window="lj-01")
    reviewer, chief = sit("health-linjiang", Role.REVIEWER), sit("health-linjiang", Role.APPROVER)
    cases = ids(city, batch_id)
    counter, desk = f"/counter/batch/{batch_id}/", f"/desk/batch/{batch_id}/"
    assert f'href="{counter}"' in words(window.get("/counter/"))
    assert "一起受理" in words(window.get(counter))
    assert "一起出具合格意见" not in words(reviewer.get(desk))
    assert "办了 2 件" in act(window, counter, "accept", cases[:2])
    assert f'href="{desk}"' in words(reviewer.get("/desk/worktable/"))
    page = act(reviewer, desk, "opine", cases, **{"opine-text": "齐全"})
    assert "办了 2 件" in page
    assert "3 张3" in page  # not accepted yet: named with the reason
    assert [task.opinion for task in city.state(cases[0]).tasks if task.act == "review"] == ["齐全"]
    assert "办了 2 件" in act(chief, desk, "grant", cases[:2], **{"grant-text": "限本院"})
    assert city.state(cases[0]).decision.conditions == "限本院"


def test_what_is_not_theirs_is_refused(city: City, sit: Sit, batch_id: str) -> None:
    cases = ids(city, batch_id)
    desk = f"/desk/batch/{batch_id}/"
    assert sit("market-linjiang", Role.REVIEWER).get(desk).status_code == 404
    watching = sit("service-bureau", Role.SUPERVISOR)
    assert watching.get(desk).status_code == 200
    assert watching.post(desk, {"act": "opine", "case": cases, "request_id": request()}).status_code == 403
    reviewer = sit("health-linjiang", Role.REVIEWER)
    assert "请至少选一件" in act(reviewer, desk, "opine", [])
    assert "不属于这一批" in act(reviewer, desk, "opine", [request()])
    assert reviewer.post(desk, {"act": "deny", "case": cases, "request_id": request()}).status_code == 404
    assert reviewer.get("/desk/batch/00000000-0000-0000-0000-000000000000/").status_code == 404
    assert all(city.state(case_id).accepted_at is None for case_id in cases)
