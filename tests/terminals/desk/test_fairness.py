"""Fair procedure on the pages: the desk's acts, the applicant's answers, interested parties, and the public lists."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.contexts.cases.city import SETUP, City, decide, png, request
from tests.terminals.desk.conftest import Sit, accepted, do, page, review_all, task_of
from tests.terminals.desk.test_case import closed_acts, open_acts
from tests.terminals.desk.test_lists import MARKET, text
from tests.terminals.people import demo_identity, log_in, officer
from tongban.contexts.parties import actions as parties_actions
from tongban.contexts.parties.core import Role
from tongban.contexts.parties.core.organisation import Name, Window


@pytest.fixture
def case_id(city: City) -> str:
    found = accepted(city)
    review_all(city, found)
    return found


def test_an_officer_hears_before_denying_and_answers_what_was_said(city: City, sit: Sit, case_id: str) -> None:
    chief, task = sit(MARKET, Role.APPROVER), task_of(city, case_id, "decide")
    empty = do(chief, case_id, "intend", task, facts="", reasons="面积不够")
    assert empty.status_code == 422
    assert "面积不够" in empty.content.decode()
    assert do(chief, case_id, "intend", task, facts="4 平方米", reasons="面积不够").status_code == 303
    assert "食品安全法" in city.state(case_id).intended[0].basis  # the item's own, as nothing was typed
    waiting = page(chief, case_id)
    assert "intend" not in open_acts(waiting)
    assert "可以陈述申辩到" in closed_acts(waiting)["deny"]
    seat = Window("w-1", Name("1 号窗口", "Window 1"), "service-centre-linjiang", ("*",))
    parties_actions.create_window(seat, actor=SETUP, now=city.now)
    window = officer(city, "service-centre-linjiang", Role.WINDOW, window="w-1")
    assert "记陈述申辩" in text(window.get(f"/counter/case/{case_id}/"))
    asked = window.get(f"/counter/case/{case_id}/defence/")
    assert "面积不够" in text(asked)
    answer = {"text": "还有二楼", "way": "done", "request_id": request()}
    assert window.post(f"/counter/case/{case_id}/defence/", {**answer, "way": ""}).status_code == 422
    assert window.post(f"/counter/case/{case_id}/defence/", {**answer, "text": " "}).status_code == 422
    assert window.post(f"/counter/case/{case_id}/defence/", answer).status_code == 303
    assert window.get(f"/counter/case/{case_id}/defence/").status_code == 409
    assert do(chief, case_id, "deny", task, reasons="面积不够").status_code == 422
    assert do(chief, case_id, "deny", task, reasons="面积不够", considered="二楼没报建").status_code == 303
    shown = text(page(chief, case_id))
    assert "还有二楼" in shown
    assert "二楼没报建" in shown


def test_a_meeting_is_recorded_with_the_votes_of_those_present(city: City, sit: Sit, case_id: str) -> None:
    for name in ("甲", "乙"):
        sit(MARKET, Role.REVIEWER, name=name)
    chief = sit(MARKET, Role.APPROVER)
    held = {
        "on-year": str(city.now.year), "on-month": str(city.now.month), "on-day": str(city.now.day),
        "place": "会议室", "discussion": "油烟",
    }  # fmt: skip
    do_meeting = partial(do, chief, case_id, "meeting", task_of(city, case_id, "decide"))
    few = do_meeting(**held, vote_0="grant", vote_1="grant")
    assert few.status_code == 422
    assert "油烟" in few.content.decode()
    assert do_meeting(**held, vote_0="grant", vote_1="grant", vote_2="deny").status_code == 303
    meeting = city.state(case_id).meetings[0]
    assert (meeting.outcome, len(meeting.votes)) == ("grant", 3)
    assert "集体讨论的结果是" in closed_acts(page(chief, case_id))["deny"]


def test_an_officer_who_keeps_out_no_longer_finds_the_case(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    task = task_of(city, case_id, "review")
    reviewer, chief = sit(MARKET, Role.REVIEWER), sit(MARKET, Role.APPROVER)
    assert do(reviewer, case_id, "recuse", task, reason="我弟弟开的店").status_code == 303
    assert {"recuse_yes_1", "recuse_no_1"} <= set(open_acts(page(chief, case_id)))
    assert {"recuse_yes_1", "recuse_no_1"}.isdisjoint(open_acts(page(reviewer, case_id)))
    assert do(chief, case_id, "recuse_yes_1").status_code == 303
    assert page(reviewer, case_id).status_code == 404
    assert do(reviewer, case_id, "pass", task).status_code == 404
    assert case_id not in reviewer.get("/desk/worktable/").content.decode()


def test_an_interested_party_answers_without_login(city: City, sit: Sit, case_id: str) -> None:
    chief, task = sit(MARKET, Role.APPROVER), task_of(city, case_id, "decide")
    done = do(chief, case_id, "inform", task, name="三号楼业主", contact="13900000009", interest="油烟")
    assert done.status_code == 303
    assert "13900000009" in text(page(chief, case_id))
    state, nobody = city.state(case_id), Client()
    answer = {"number": state.number, "code": "00000000", "text": "太近了", "request_id": request()}
    assert nobody.post("/interested/", answer).status_code == 404
    told = nobody.post("/interested/", {**answer, "code": state.interested[0].code})
    assert "意见收到了" in text(told)
    assert "江畔小馆" not in text(told)
    assert (
        nobody.post("/interested/", {**answer, "code": state.interested[0].code, "request_id": request()}).status_code
        == 409
    )
    assert do(chief, case_id, "grant", task).status_code == 422
    assert do(chief, case_id, "grant", task, considered="排烟口改到楼顶").status_code == 303


def test_only_approvers_of_the_organ_commission_its_chief_representative(city: City, sit: Sit, case_id: str) -> None:
    seated, chief = sit(MARKET, Role.CHIEF_REPRESENTATIVE, name="谢宁"), sit(MARKET, Role.APPROVER)
    assert sit(MARKET, Role.REVIEWER).get("/desk/commissions/").status_code == 403
    assert page(seated, case_id).status_code == 404
    until = city.now + timedelta(days=20)
    form = {
        "act": "give", "officer": seated.actor.id.removeprefix("officer:"), "items": "FOOD",  # type: ignore[attr-defined]
        "until-year": str(until.year), "until-month": str(until.month), "until-day": str(until.day),
        "request_id": request(),
    }  # fmt: skip
    assert chief.post("/desk/commissions/", {**form, "items": "HYGIENE"}).status_code == 422
    assert chief.post("/desk/commissions/", form).status_code == 303
    assert "谢宁" in text(Client().get("/commissions/"))
    assert {"grant", "intend"} <= set(open_acts(page(seated, case_id)))
    assert "special" not in open_acts(page(seated, case_id))
    given = next(row["value"] for row in chief.get("/desk/commissions/").context["rows"])
    taken = {"act": "revoke", "commission": given, "reason": "", "request_id": request()}
    assert chief.post("/desk/commissions/", taken).status_code == 422
    assert chief.post("/desk/commissions/", {**taken, "reason": "轮岗"}).status_code == 303
    assert page(seated, case_id).status_code == 404
    assert "谢宁" not in text(Client().get("/commissions/"))


def test_decisions_are_public_and_narrowed(city: City, case_id: str) -> None:
    decide(city, case_id)
    everybody = Client()
    assert "江畔小馆" in text(everybody.get("/decisions/"))
    assert "江畔小馆" not in text(everybody.get("/decisions/?outcome=deny"))
    assert "江畔小馆" in text(everybody.get("/decisions/?outcome=grant&item=FOOD"))
    for wrong in ("0", "x", "-1", "9" * 30):
        assert everybody.get(f"/decisions/?page={wrong}").status_code == 404


def _filed_by_a_person(city: City) -> tuple[Client, str]:
    with demo_identity():
        client = log_in(Client(), "zhou-min", "/")
    city.owner = client.get("/").wsgi_request.actor
    return client, accepted(city)


def test_the_applicant_answers_on_the_portal_with_a_file(city: City, sit: Sit) -> None:
    client, case_id = _filed_by_a_person(city)
    review_all(city, case_id)
    address = f"/case/{case_id}/defence/"
    assert client.get(address).status_code == 409
    do(
        sit(MARKET, Role.APPROVER),
        case_id,
        "intend",
        task_of(city, case_id, "decide"),
        facts="4 平方米",
        reasons="面积不够",
    )
    case = text(client.get(f"/case/{case_id}/"))
    assert "先听您说" in case
    assert "面积不够" in case
    again = client.post(address, {"text": "还有二楼", "way": "", "request_id": request()})
    assert again.status_code == 422
    assert "还有二楼" in again.content.decode()
    body: dict[str, Any] = {"text": "还有二楼", "way": "done", "file": _upload(), "request_id": request()}
    assert client.post(address, body).status_code == 303
    (said,) = city.state(case_id).statements
    shown = client.get(f"/case/{case_id}/").content.decode()
    link = f"/case/{case_id}/material/{said.papers[0].file_id}/"
    assert link in shown
    assert client.get(link)["Content-Type"] == "image/png"
    assert Client().get(link).status_code == 303  # to the login


def _upload() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("图.png", png(), "image/png")


def test_the_applicant_asks_for_a_recusal(city: City) -> None:
    client, case_id = _filed_by_a_person(city)
    address = f"/case/{case_id}/recusal/"
    named = city.second[MARKET].removeprefix("officer:")
    assert "李四" in text(client.get(address))
    assert client.post(address, {"officer": named, "reason": "", "request_id": request()}).status_code == 422
    assert client.post(address, {"officer": named, "reason": "亲戚", "request_id": request()}).status_code == 303
    assert client.post(address, {"officer": named, "reason": "亲戚", "request_id": request()}).status_code == 422
    assert "等审批人决定" in text(client.get(f"/case/{case_id}/"))


@pytest.mark.parametrize("address", ["/interested/", "/decisions/", "/commissions/"])
def test_public_pages_read_english(city: City, case_id: str, address: str) -> None:
    decide(city, case_id)
    nobody = Client()
    nobody.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    main = text(nobody.get(address)).replace("江畔小馆", "")
    assert not [sign for sign in main.split("通办")[-1] if "一" <= sign <= "鿿" and sign not in "中文江城市通办"]
