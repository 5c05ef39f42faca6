"""The worktable, what was done, the search, and who may sit at the desk."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import HandClock
from tests.contexts.cases.city import City, request
from tests.terminals.desk.conftest import Sit, accepted, do, review_all, task_of
from tongban.contexts.cases import actions
from tongban.contexts.cases.queries import worktables
from tongban.contexts.parties.core import Role

MARKET = "market-linjiang"


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def test_the_desk_opens_at_the_worktable(city: City, sit: Sit) -> None:
    assert sit(MARKET, Role.REVIEWER).get("/desk/")["Location"] == "/desk/worktable/"
    assert sit("service-bureau", Role.SUPERVISOR).get("/desk/")["Location"] == "/desk/find/"


def test_rows_stand_in_groups_by_deadline(city: City, sit: Sit, clock: HandClock) -> None:
    accepted(city)
    reviewer = sit(MARKET, Role.REVIEWER)
    due = city.state(accepted(city)).promised_due
    clock.set(city.now.replace(month=due.month, day=due.day))
    today = reviewer.get("/desk/worktable/").context["page"]
    assert [group.lamp for group in today.groups] == ["today"]
    assert all(row.used == row.promised for row in today.groups[0].rows)
    clock.advance(days=7)
    late = reviewer.get("/desk/worktable/")
    assert [group.lamp for group in late.context["page"].groups] == ["over"]
    assert "超期" in text(late)
    assert all(row.used > row.promised for row in late.context["page"].groups[0].rows)


def test_a_page_of_the_worktable_takes_few_statements(city: City, sit: Sit) -> None:
    for _number in range(3):
        accepted(city)
    reviewer = sit(MARKET, Role.REVIEWER)
    reviewer.get("/desk/worktable/")
    with CaptureQueriesContext(connection) as seen:
        assert len(reviewer.get("/desk/worktable/").context["page"].groups[0].rows) == 6
    assert len(seen) <= 12


def test_filters_narrow_the_list(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    reviewer = sit(MARKET, Role.REVIEWER)

    def rows(query: str) -> list[str]:
        found = reviewer.get(f"/desk/worktable/{query}").context["page"]
        return [row.step for group in found.groups for row in group.rows]

    assert len(rows("")) == 2
    assert len(rows("?act=inspect")) == 1
    assert rows("?item=SIGN") == []
    assert len(rows(f"?q={city.state(case_id).number[-4:]}")) == 2
    assert rows("?band=late") == []
    assert "没有这样的件" in text(reviewer.get("/desk/worktable/?band=late"))
    assert reviewer.get("/desk/worktable/?after=nonsense").status_code == 404


def test_pages_follow_each_other(city: City, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worktables, "PAGE", 3)
    for _number in range(4):
        accepted(city)
    reviewer, address, seen = sit(MARKET, Role.REVIEWER), "/desk/worktable/", []
    while address:
        found = reviewer.get(address).context["page"]
        seen += [row.href for group in found.groups for row in group.rows]
        address = found.more
    assert len(seen) == len(set(seen)) == 8


def test_counts_stop_at_the_cap(city: City, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    from tongban.terminals.desk.presenters import table

    monkeypatch.setattr(table, "COUNT_CAP", 2)
    accepted(city)
    assert sit(MARKET, Role.REVIEWER).get("/desk/worktable/").context["page"].tabs[0].count == "99+"


def test_a_stopped_case_stands_apart(city: City, sit: Sit) -> None:
    case_id = accepted(city, "ROAD-DIG")
    lead = city.state(case_id).agency
    actions.start_special(
        case_id=case_id, cause="expert_review", reason="要论证", planned_days=5,
        actor=city.officer(lead, Role.REVIEWER), request_id=request(), now=city.now,
    )  # fmt: skip
    actions.answer_special(
        case_id=case_id, special="expert_review-1", approve=True,
        actor=city.officer(lead, Role.APPROVER, name="head"), request_id=request(), now=city.now,
    )  # fmt: skip
    groups = sit(lead, Role.REVIEWER).get("/desk/worktable/").context["page"].groups
    stopped = next(group for group in groups if group.lamp == "pause")
    assert stopped.rows[0].used is None
    # the procedure itself is work that goes on while the clock stands
    assert [row.step[:2] for group in groups if group.lamp != "pause" for row in group.rows] == ["办理"]


def test_another_organ_sees_an_empty_table(city: City, sit: Sit) -> None:
    accepted(city)
    empty = sit("health-linjiang", Role.REVIEWER).get("/desk/worktable/")
    assert "现在没有要您办的件" in text(empty)


def test_an_officer_with_several_roles_works_as_the_organs(city: City, sit: Sit) -> None:
    accepted(city)
    both = sit(MARKET, Role.REVIEWER, Role.WINDOW, Role.SUPERVISOR)
    assert len(both.get("/desk/worktable/").context["page"].groups[0].rows) == 2


def test_whoever_has_no_role_here_is_told_where_to_go(city: City, sit: Sit) -> None:
    refused = sit(MARKET, Role.CATALOGUE_OWNER).get("/desk/worktable/")
    assert refused.status_code == 403
    assert "窗口人员请到" in text(refused)
    assert Client().get("/desk/")["Location"].startswith("/login/staff/?next=")


def test_what_was_done_is_listed(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    reviewer = sit(MARKET, Role.REVIEWER)
    assert "还没有办过" in text(reviewer.get("/desk/done/"))
    do(reviewer, case_id, "pass", task_of(city, case_id, "review"))
    rows = reviewer.get("/desk/done/").context["rows"]
    assert [(row.outcome, row.applicant) for row in rows] == [("合格", "江畔小馆")]


def test_cases_are_found_within_sight(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    number = city.state(case_id).number
    tail = f"{number[35:39]}-{number[39:]}"  # as the lists show it
    for client, expected in (
        (sit(MARKET, Role.APPROVER), 1),
        (sit("service-bureau", Role.SUPERVISOR), 1),
        (sit("health-linjiang", Role.REVIEWER), 0),
    ):
        assert len(client.get(f"/desk/find/?q={tail}").context["rows"]) == expected
    assert "请至少输入 2 个字" in text(sit("fire-linjiang", Role.REVIEWER).get("/desk/find/?q=1"))


@pytest.mark.parametrize("address", ["worktable/", "done/", "find/", "find/?q=0001", "find/?q=x"])
def test_english_lists_read_english(city: City, sit: Sit, address: str) -> None:
    case_id = accepted(city)
    reviewer = sit(MARKET, Role.REVIEWER)
    do(reviewer, case_id, "pass", task_of(city, case_id, "review"))
    review_all(city, case_id)
    reviewer.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = reviewer.get(f"/desk/{address}").content.decode()
    page = page.replace("江畔小馆", "").replace("赵一鸣", "").replace("王敏", "")
    main = re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>")[0])
    assert re.findall(r"[一-鿿]+", main) == []
