"""What pages say of a case's way: the history, what it waits for, and the drawn line, in both languages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.utils import translation

from tests.contexts.cases.city import City, request
from tests.contexts.cases.courses import city_on
from tests.contexts.cases.test_course import ANSWERED, REMINDED
from tests.contexts.cases.test_course_stored import chief, do, node, reviewer
from tests.contexts.cases.test_course_ways import EMBEDDED, ESCALATED, INCLUSIVE, RULED, several
from tongban.contexts.cases import actions, queries
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.parties.core import system
from tongban.kernel.clock import CHINA
from tongban.terminals.common.presenters import course, history, route
from tongban.terminals.desk.acts import acts
from tongban.terminals.desk.standing import stand
from tongban.terminals.portal.presenters import case as portal
from tongban.terminals.portal.presenters import course as asked

pytestmark = pytest.mark.django_db


def view(case_id: str) -> CaseView:
    return queries.case(case_id, actor=system("test"))


def lines(case_id: str) -> list[str]:
    return [f"{line.what} {line.about}".strip() for line in history.lines(view(case_id))]


def stations(city: City, case_id: str) -> list[tuple[str, str]]:
    drawn = route.way(view(case_id), city.now.date())
    found = []
    for piece in drawn.segments:
        found += [piece] if hasattr(piece, "name") else [one for track in piece.tracks for one in track]
    return [(one.name, one.status) for one in found]


def test_a_timer_and_a_task_taken_back(tmp_path: Path) -> None:
    city, case_id = city_on(REMINDED, tmp_path)
    rows = course.rows(view(case_id), city.now.date())
    assert [(one.words, one.text) for one in rows] == [
        ("计时到 3 月 4 日", "到时提醒，“A”照常办。"),
        ("计时到 3 月 6 日", "到时“A”还没有办，就收回，走另一条路。"),
    ]
    city.now = datetime(2026, 3, 9, 8, 0, tzinfo=CHINA)
    city.work()
    assert any("收回“A”（到时没有办）" in line for line in lines(case_id))
    assert ("A", "done") in stations(city, case_id)
    assert ("AGAIN", "here") in stations(city, case_id)
    with translation.override("en"):
        assert any("Taken back" in line for line in lines(case_id))


def test_an_answer_asked_of_the_applicant(tmp_path: Path) -> None:
    city, case_id = city_on(ANSWERED, tmp_path)
    do(city, case_id, "a")
    page = portal.page(view(case_id), city.now.date())
    assert page.todo is not None
    assert page.todo["title"] == "等您答复：请确认整改"
    wait = view(case_id).state.awaited[0].id
    assert page.todo["href"].endswith(f"/answer/{wait}/")
    assert asked.asked(view(case_id), wait)["name"] == "请确认整改"
    actions.give_message(
        case_id=case_id, wait=wait, text="已经改好", actor=city.owner, request_id=request(), now=city.now
    )
    assert any(line.startswith("收到答复：请确认整改") and "已经改好" in line for line in lines(case_id))
    doctor = reviewer(city, "health-linjiang")
    offered = acts(stand(case_id, actor=doctor, now=city.now))
    assert [one.key for one in offered if one.key.startswith("message_")] == [
        f"message_{view(case_id).state.awaited[0].id}"
    ]


def test_reviewers_reports_and_escalations_are_offered_to_whose_they_are(tmp_path: Path) -> None:
    city, case_id = city_on(EMBEDDED, tmp_path)
    mine = acts(stand(case_id, actor=reviewer(city), now=city.now))
    assert {one.key for one in mine if one.key.startswith("report_")} == {"report_bad", "report_up"}
    assert ("X", "here") in stations(city, case_id)
    one = node(city, case_id, "x")
    actions.report(
        case_id=case_id, task=one.id, kind="error", code="gone", reason="专家回避", actor=reviewer(city),
        request_id=request(), now=city.now,
    )  # fmt: skip
    assert any(line.startswith("报告办不下去：评审做不了") and "专家回避" in line for line in lines(case_id))
    assert ("REPAIR", "here") in stations(city, case_id)


def test_how_many_of_a_round_were_heard(tmp_path: Path) -> None:
    city, case_id = city_on(several("all"), tmp_path)
    do(city, case_id, "a", who="one")
    (row,) = course.rows(view(case_id), city.now.date())
    assert (row.words, row.text) == ("3 人中 1 人已办", "同意 1，不同意 0；一个人只能办一份。")


def test_an_escalation_is_settled_by_the_approver(tmp_path: Path) -> None:
    city, case_id = city_on(ESCALATED, tmp_path)
    city.now = datetime(2026, 3, 4, 1, 0, tzinfo=CHINA)
    city.work()
    assert any(line.startswith("升级给主办单位审批人：逾期未办") for line in lines(case_id))
    offered = {one.key for one in acts(stand(case_id, actor=chief(city), now=city.now))}
    assert "settle_1" in offered
    assert "settle_1" not in {one.key for one in acts(stand(case_id, actor=reviewer(city), now=city.now))}


def test_an_inclusive_gateway_is_drawn_as_tracks(tmp_path: Path) -> None:
    city, case_id = city_on(INCLUSIVE, tmp_path)
    do(city, case_id, "first", "fail")
    assert {("A", "here"), ("B", "here")} <= set(stations(city, case_id))


def test_what_a_table_answered_is_told(tmp_path: Path) -> None:
    from tests.contexts.cases.courses import RISK

    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions/risk.dmn").write_text(RISK, encoding="utf-8")
    city, case_id = city_on(RULED, tmp_path, form="snack")
    do(city, case_id, "a")
    assert "按公布的决策表判断：风险分级 level：middle；outcome：human" in lines(case_id)
