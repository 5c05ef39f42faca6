"""Special procedures at the desk: the acts that are offered, the phone page of a visit, and what each page says."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.conftest import HandClock
from tests.contexts.cases.city import City, png, request
from tests.terminals.desk.conftest import Sit, accepted, do, page
from tests.terminals.desk.test_lists import MARKET, text
from tongban.contexts.cases import actions
from tongban.contexts.parties.core import Role
from tongban.foundation import ledger


def offered(answer: Any) -> dict[str, str]:
    """Key of each act -> why it is closed, "" for open."""
    return {choice.key: choice.closed for choice in answer.context["panel"].choices}


def day(city: City, argument: str, days: int = 0) -> dict[str, str]:
    on = (city.now + timedelta(days=days)).date()
    return {f"{argument}-year": str(on.year), f"{argument}-month": str(on.month), f"{argument}-day": str(on.day)}


def visiting(city: City, sit: Sit) -> tuple[str, str, Client, Client]:
    """A site visit appointed for today, and its two officers."""
    case_id = accepted(city)
    one, two = sit(MARKET, Role.REVIEWER, name="孙磊"), sit(MARKET, Role.REVIEWER, name="钱薇")
    assert do(one, case_id, "special", cause="site_visit", reason="核查后厨", planned_days="3").status_code == 303
    special = city.state(case_id).procedures[0].id
    ids = [client.actor.id.removeprefix("officer:") for client in (one, two)]  # type: ignore[attr-defined]
    given = {**day(city, "on"), "slot": "09:00–10:30", "place": "滨江路 88 号", "first": ids[0], "second": ids[1]}
    assert do(one, case_id, f"appoint_{special}", **given).status_code == 303
    return case_id, special, one, two


def record(case_id: str, special: str, client: Client, go: str, **changes: Any) -> Any:
    lines = {f"line-{n}": "pass" for n in (1, 2, 3)}
    body = {"request_id": request(), "go": go, "findings": "与申请相符。", "result": "pass", "present": "yes", **lines}
    return client.post(f"/desk/inspect/{case_id}/{special}/", body | changes)


def test_who_asks_does_not_approve_and_the_clock_waits(city: City, sit: Sit) -> None:
    case_id = accepted(city, "ROAD-DIG")
    lead = city.state(case_id).agency
    both, chief = sit(lead, Role.REVIEWER, Role.APPROVER), sit(lead, Role.APPROVER, name="钱思远")
    assert do(both, case_id, "special", cause="expert_review", reason="复杂", planned_days="5").status_code == 303
    special = city.state(case_id).procedures[0].id
    assert city.state(case_id).stopped_by is None
    assert "另一位负责人" in offered(page(both, case_id))[f"approve_{special}"]
    assert offered(page(chief, case_id))[f"approve_{special}"] == ""
    assert "等本机关负责人批准" in text(page(chief, case_id))
    waiting = chief.get("/desk/worktable/?act=special").context["page"].groups
    assert [row.step for group in waiting for row in group.rows] == ["审批特别程序：专家评审（深基坑、主干道等）"]
    assert do(chief, case_id, f"approve_{special}").status_code == 303
    assert city.state(case_id).stopped_by is not None


def test_two_officers_record_a_visit_on_their_phones(city: City, sit: Sit) -> None:
    case_id, special, one, two = visiting(city, sit)
    address = f"/desk/inspect/{case_id}/{special}/"
    assert 'capture="environment"' in one.get(address).content.decode()
    picture = SimpleUploadedFile("a.png", png(), "image/png")
    kept = record(case_id, special, one, "photo", photo=picture, note="后厨", where="30.59, 114.30", photo_line="2")
    assert kept.status_code == 303
    alone = record(case_id, special, one, "sign")
    assert alone.status_code == 303
    again = record(case_id, special, one, "sign")
    assert again.status_code == 403
    assert "一个人不能代两个人签" in text(again)
    assert "我核对过，确认" in text(two.get(address))
    assert record(case_id, special, two, "sign").status_code == 303
    visit = city.state(case_id).procedures[0].visit
    assert (visit.signed_by.name, visit.confirmed_by.name, visit.photos[0].where) == ("孙磊", "钱薇", "30.59, 114.30")
    city.work()
    assert "inspection" in {document.kind for document in city.state(case_id).documents}
    assert ledger.verify([case_id]).ok
    file = visit.photos[0].file_id
    assert one.get(f"/desk/case/{case_id}/special-file/{file}/").status_code == 200
    assert sit("health-linjiang", Role.REVIEWER).get(f"/desk/case/{case_id}/special-file/{file}/").status_code == 404


def test_what_was_typed_stays_when_the_record_is_not_whole(city: City, sit: Sit) -> None:
    case_id, special, one, _two = visiting(city, sit)
    half = record(case_id, special, one, "sign", **{"line-2": "fail", "remark-1": "门牌换过"})
    assert half.status_code == 422
    assert "不合格的要写明" in text(half)
    assert "门牌换过" in half.content.decode()
    assert city.state(case_id).procedures[0].visit.lines[0].remark == "门牌换过"  # it was kept all the same


def test_nobody_else_writes_the_record_and_a_bad_file_is_refused(city: City, sit: Sit) -> None:
    case_id, special, one, _two = visiting(city, sit)
    other = sit(MARKET, Role.REVIEWER, name="路人")
    assert "只有他们能记录" in text(other.get(f"/desk/inspect/{case_id}/{special}/"))
    assert record(case_id, special, other, "save").status_code == 403
    bad = SimpleUploadedFile("a.png", b"MZ\x00\x00", "image/png")
    refused = record(case_id, special, one, "photo", photo=bad)
    assert refused.status_code == 415
    assert city.state(case_id).procedures[0].visit.photos == ()


def test_an_overdue_procedure_is_shown_and_reaches_the_head(city: City, sit: Sit, clock: HandClock) -> None:
    case_id, _special, one, _two = visiting(city, sit)
    clock.moment = city.later(days=10).now
    city.work()
    assert city.state(case_id).procedures[0].overstayed_on is not None
    chief = sit(MARKET, Role.APPROVER)
    steps = [row.step for g in chief.get("/desk/worktable/?act=special").context["page"].groups for row in g.rows]
    assert steps == ["超过所需时间，督促：现场核查"]
    assert "已经记为监察事项" in text(page(one, case_id))


def test_a_hearing_from_the_notice_to_the_minutes(city: City, sit: Sit, clock: HandClock) -> None:
    case_id = accepted(city)
    lead, chief = sit(MARKET, Role.REVIEWER), sit(MARKET, Role.APPROVER, name="钱思远")
    chair = sit(MARKET, Role.APPROVER, name="何主持")
    assert do(lead, case_id, "tell_hearing", to="applicant", reason="拟不予许可").status_code == 303
    special = city.state(case_id).procedures[0].id
    actions.ask_hearing(
        case_id=case_id, special=special, reason="想说", actor=city.owner, request_id=request(), now=city.now
    )
    given = {"time": "09:30", "place": "三楼", "public": "yes", "chair": chair.actor.id.removeprefix("officer:")}  # type: ignore[attr-defined]
    soon = do(lead, case_id, f"schedule_{special}", **day(city, "on", 2), **given)
    assert soon.status_code == 422
    assert "七个工作日前" in text(soon)
    assert do(lead, case_id, f"schedule_{special}", **day(city, "on", 14), **given).status_code == 303
    clock.moment = city.later(days=14).now
    assert "先记下各方的陈述和签名" not in text(page(lead, case_id))
    bad = {"attended": "周敏", "statements": "没有冒号", "signatures": "周敏"}
    assert "第 1 行看不出来" in text(do(lead, case_id, f"minutes_{special}", **bad))
    good = bad | {"statements": "周敏：已经改好。\n还有照片。\n孙磊：没有改好。", "signatures": "周敏\n孙磊：出差"}
    assert do(lead, case_id, f"minutes_{special}", **good).status_code == 303
    hearing = city.state(case_id).procedures[0].hearing
    assert hearing.statements[0].text == "已经改好。\n还有照片。"
    assert hearing.signatures[1].refused == "出差"
    assert do(lead, case_id, f"end_{special}", result="听证结束").status_code == 303
    assert f"weigh_{special}" not in offered(page(lead, case_id))
    assert offered(page(chief, case_id))[f"weigh_{special}"] == ""
    city.work()
    kinds = {document.kind for document in city.state(case_id).documents}
    assert {"hearing_right", "special_notice", "hearing_notice", "hearing_record"} <= kinds


def test_experts_line_by_line(city: City, sit: Sit) -> None:
    case_id = accepted(city, "ROAD-DIG")
    lead = city.state(case_id).agency
    reviewer, chief = sit(lead, Role.REVIEWER), sit(lead, Role.APPROVER, name="钱思远")
    do(reviewer, case_id, "special", cause="expert_review", reason="复杂", planned_days="5")
    special = city.state(case_id).procedures[0].id
    do(chief, case_id, f"approve_{special}")
    wrong = do(reviewer, case_id, f"experts_{special}", experts="李工 市政院", declared="yes")
    assert "第 1 行看不出来" in text(wrong)
    three = "李工，市政院，道路\n王教授，江城大学，交通\n赵工，测绘院，管线"
    assert do(reviewer, case_id, f"experts_{special}", experts=three, declared="yes").status_code == 303
    for name in ("李工", "王教授", "赵工"):
        given = {"expert": name, "opinion": "agree", "text": "可行"}
        assert do(reviewer, case_id, f"expert_{special}", **given).status_code == 303
    assert do(reviewer, case_id, f"conclude_{special}", conclusion="方案可行").status_code == 303
    assert do(reviewer, case_id, f"end_{special}", result="同意").status_code == 303
    city.work()
    assert "expert_review" in {document.kind for document in city.state(case_id).documents}


@pytest.mark.parametrize("where", ["case", "inspect", "special"])
def test_english_pages_read_english(city: City, sit: Sit, where: str) -> None:
    case_id, special, one, _two = visiting(city, sit)
    page(one, case_id)  # what was said of the last acts is read
    one.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    address = {
        "case": f"/desk/case/{case_id}/",
        "inspect": f"/desk/inspect/{case_id}/{special}/",
        "special": f"/desk/case/{case_id}/special/{special}/",
    }[where]
    answer = one.get(address)
    assert answer.status_code == 200
    main = re.sub(r"<[^>]+>", " ", answer.content.decode().split('<main id="main"')[1].split("</main>")[0])
    chinese = set(re.findall(r"[\u4e00-\u9fff]+", main))
    own = {"孙磊", "钱薇", "核查后厨", "滨江路", "号", "江畔小馆", "中文"}
    assert not {word for word in chinese if word not in own and where != "case" and not _of_checklist(word)}


def _of_checklist(word: str) -> bool:
    """What the item asks to look at is the organ's own text."""
    from tongban.contexts.cases.core.special.visit import GENERAL

    return any(word in line.zh for line in GENERAL)
