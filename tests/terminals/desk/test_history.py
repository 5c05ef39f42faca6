"""Imported history at the desk: who sees it, what it shows, and that it says what it is."""

from __future__ import annotations

import pytest

from tests.contexts.process.test_history import keep
from tests.terminals.desk.conftest import Sit
from tongban.contexts.parties.core import Role

HOME = "/desk/history/"


def test_a_log_its_cases_and_one_case(sit: Sit) -> None:
    keep()
    client = sit("service-bureau", Role.SUPERVISOR)
    assert "/desk/history/own/" in client.get(HOME).content.decode()
    page = client.get(f"{HOME}own/").content.decode()
    assert "不是在这里办的" in page
    assert "完全按流程走的" in page
    assert page.count("data-row") == 3
    assert "<svg" in page
    assert "2，漏 1" in page
    case = client.get(f"{HOME}own/case/2/").content.decode()
    assert "不是在这里办的" in case
    assert "1 个工作日，3 个日历日" in case
    assert "漏了一步" in case
    assert "没有记录" in case
    assert 'href="/desk/history/own/case/1/"' in case
    for shown in (page, case):
        assert 'method="post"' not in shown[shown.index("<main") :]


def test_search_filter_order_and_pages(sit: Sit) -> None:
    keep()
    client = sit("service-bureau", Role.CATALOGUE_PUBLISHER)

    def shown(query: str) -> list[str]:
        page = client.get(f"{HOME}own/?{query}").content.decode()
        return [part.split("/")[0] for part in page.split("/desk/history/own/case/")[1:]]

    assert shown("q=2") == ["2"]
    assert shown("kind=skipped") == ["2"]
    assert shown("kind=none") == ["1"]
    assert shown("order=longest") == ["3", "1", "2"]
    assert shown("page=2") == []
    assert shown("page=x&kind=y&order=z&q=%00") == ["1", "2", "3"]


@pytest.mark.parametrize("address", ["none/", "own/case/9/", "own/case/0/", "none/case/1/"])
def test_what_is_not_there(sit: Sit, address: str) -> None:
    keep()
    assert sit("service-bureau", Role.SUPERVISOR).get(HOME + address).status_code == 404


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER, Role.WINDOW])
@pytest.mark.parametrize("address", ["", "own/", "own/case/1/"])
def test_others_do_not_look(sit: Sit, role: Role, address: str) -> None:
    keep()
    assert sit("market-linjiang", role).get(HOME + address).status_code == 403


def test_in_english(sit: Sit) -> None:
    keep()
    client = sit("service-bureau", Role.SUPERVISOR)
    client.cookies["language"] = "en"
    page = client.get(f"{HOME}own/case/2/").content.decode()
    assert "Imported history: not handled here" in page
    assert "1 working days, 3 calendar days" in page
