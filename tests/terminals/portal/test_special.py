"""Special procedures for the applicant and for everybody: what is told, what can be asked, what is published."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.conftest import HandClock
from tests.contexts.cases.city import City, accepted, request
from tests.terminals.portal.conftest import Filing, browser
from tongban.contexts.cases import actions, queries
from tongban.contexts.parties.core import Actor, Role
from tongban.foundation import ledger
from tongban.terminals.portal.views.notices import OBJECTIONS


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def lead(city: City, agency: str = "market-linjiang") -> Actor:
    return city.officer(agency, Role.REVIEWER, name="lead")


def filed(city: City, owner: Client, code: str = "FOOD") -> str:
    """Filed on the pages by the owner, accepted at a window."""
    case_id = Filing(owner, city, code).file()
    actions.accept(case_id=case_id, actor=city.window, request_id=request(), now=city.now)
    return case_id


def visiting(city: City, owner: Client, on: date = date(2026, 3, 5)) -> tuple[str, str]:
    case_id = filed(city, owner)
    who: dict[str, Any] = {"actor": lead(city), "now": city.now}
    actions.start_special(
        case_id=case_id, cause="site_visit", reason="核查后厨", planned_days=5, request_id=request(), **who
    )
    from tongban.contexts.parties import queries as parties

    one, two = (o.id for o in parties.officers("market-linjiang")[:2])
    actions.appoint_visit(
        case_id=case_id, special="site_visit-1", on=on, slot="09:00–10:30", place="滨江路 88 号", first=one, second=two,
        request_id=request(), **who,
    )  # fmt: skip
    city.work()
    return case_id, "site_visit-1"


def noticed(city: City, owner: Client | None = None) -> tuple[str, str]:
    case_id = filed(city, owner, "SIGN") if owner is not None else accepted(city, "SIGN")
    who: dict[str, Any] = {"actor": lead(city, city.state(case_id).agency), "now": city.now}
    actions.start_special(
        case_id=case_id, cause="public_notice", reason="朝向居民楼", planned_days=5, request_id=request(), **who
    )
    actions.publish_notice(
        case_id=case_id, special="public_notice-1", title="招牌设置方案公示", text="高 2.4 米。", days=3,
        request_id=request(), **who,
    )  # fmt: skip
    city.work()
    return case_id, "public_notice-1"


@pytest.fixture
def two_officers(city: City) -> None:
    """A second officer of the market administration, who exists."""
    from tongban.contexts.parties import actions as parties
    from tongban.contexts.parties.core import system

    account = parties.create_account(name="third", password="long-enough-2026", actor=system("t"), now=city.now)
    parties.create_officer(
        account_id=account, name="钱薇", name_en="Qian Wei", badge="9-3", agency="market-linjiang",
        roles=[Role.REVIEWER], actor=system("t"), now=city.now, request_id=request(),
    )  # fmt: skip


@pytest.mark.usefixtures("two_officers")
def test_the_applicant_sees_the_visit_and_asks_once_for_another_time(city: City, owner: Client) -> None:
    case_id, special = visiting(city, owner)
    page = owner.get(f"/case/{case_id}/")
    for words in ("现场核查：", "09:00–10:30", "滨江路 88 号", "申请改时间", "现场核查通知书", "照常计时"):
        assert words in text(page)
    address = f"/case/{case_id}/special/{special}/time/"
    assert owner.post(address, {"reason": ""}).status_code == 422
    asked = {"reason": "那天停电", "wish": "6 日下午", "request_id": request()}
    assert owner.post(address, asked).status_code == 303
    assert owner.post(address, asked).status_code == 303  # the same form again
    late = owner.post(address, {"reason": "还是不行"})
    assert late.status_code == 409
    assert "改时间只能提一次" in text(late)
    assert "正在等答复" in text(owner.get(f"/case/{case_id}/"))


@pytest.mark.usefixtures("two_officers")
def test_a_stranger_finds_neither_the_page_nor_the_act(city: City, owner: Client, stranger: Client) -> None:
    case_id, special = visiting(city, owner)
    for address in (f"/case/{case_id}/special/{special}/time/", f"/case/{case_id}/special/{special}/hearing/"):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"reason": "x", "choice": "ask"}).status_code == 404


def test_a_hearing_is_asked_for_on_the_page(city: City, owner: Client, clock: HandClock) -> None:
    case_id = filed(city, owner)
    actions.tell_hearing(
        case_id=case_id, to="applicant", reason="拟不予许可：油烟超标", actor=lead(city), request_id=request(),
        now=city.now,
    )  # fmt: skip
    page = text(owner.get(f"/case/{case_id}/"))
    assert "您可以申请听证" in page
    assert "拟不予许可：油烟超标" in page
    address = f"/case/{case_id}/special/hearing-1/hearing/"
    assert "放弃听证" in text(owner.get(address))
    assert owner.post(address, {"choice": ""}).status_code == 422
    clock.moment = city.later(days=8).now
    assert "已经过了" in text(owner.post(address, {"choice": "ask"}))
    clock.moment = city.later(days=-8).now
    assert owner.post(address, {"choice": "ask", "reason": "已经改好"}).status_code == 303
    assert city.state(case_id).stopped_by.cause == "hearing"


def test_a_hearing_is_given_up_on_the_page(city: City, owner: Client) -> None:
    case_id = filed(city, owner)
    actions.tell_hearing(
        case_id=case_id, to="applicant", reason="拟不予许可", actor=lead(city), request_id=request(), now=city.now
    )
    assert owner.post(f"/case/{case_id}/special/hearing-1/hearing/", {"choice": "waive"}).status_code == 303
    assert city.state(case_id).procedures[0].stage == "waived"
    assert "申请人放弃听证" in text(owner.get(f"/case/{case_id}/"))


def test_anybody_reads_a_notice_and_objects_and_stays_unnamed(city: City, owner: Client) -> None:
    case_id, special = noticed(city, owner)
    nobody = browser()
    assert "招牌设置方案公示" in text(nobody.get("/notices/"))
    address = f"/notices/{case_id}/{special}/"
    shown = nobody.get(address)
    assert "高 2.4 米" in text(shown)
    assert nobody.get(f"{address}notice.pdf").content[:5] == b"%PDF-"
    given = {"name": "李居民", "contact": "13900000055", "text": "灯太亮", "request_id": request()}
    lacking = nobody.post(address, given | {"contact": ""})
    assert lacking.status_code == 422
    assert "灯太亮" in lacking.content.decode()
    assert nobody.post(address, given).status_code == 303
    assert nobody.post(address, given).status_code == 303
    assert len(city.state(case_id).procedures[0].notice.objections) == 1
    mine = owner.get(f"/case/{case_id}/")
    assert "有人对公示提出异议" in text(mine)
    for page in (nobody.get(address), mine):
        for secret in ("李居民", "13900000055", "灯太亮"):
            assert secret not in page.content.decode()
    assert ledger.verify([case_id]).ok


def test_objections_from_one_address_are_counted(city: City) -> None:
    case_id, special = noticed(city)
    cache.clear()
    given = {"name": "李居民", "contact": "13900000055", "text": "灯太亮"}
    codes = [browser().post(f"/notices/{case_id}/{special}/", given).status_code for _ in range(OBJECTIONS + 1)]
    assert codes == [303] * OBJECTIONS + [429]


def test_a_notice_closes_after_its_last_day(city: City, clock: HandClock) -> None:
    case_id, special = noticed(city)
    clock.moment = city.later(days=4).now
    address = f"/notices/{case_id}/{special}/"
    assert "公示期已过" in text(browser().get(address))
    given = {"name": "李居民", "contact": "13900000055", "text": "晚了"}
    assert browser().post(address, given).status_code == 409
    assert [one.ended for one in queries.notices(today=city.now.date())] == [False]


def test_what_is_no_notice_is_not_found(city: City) -> None:
    case_id, _special = noticed(city)
    for address in (f"/notices/{case_id}/hearing-1/", "/notices/00000000-0000-4000-8000-000000000000/x/"):
        assert browser().get(address).status_code == 404


def test_the_pages_read_english(city: City) -> None:
    case_id, special = noticed(city)
    english = browser(language="en")
    assert "Published now" in text(english.get("/notices/"))
    page = text(english.get(f"/notices/{case_id}/{special}/"))
    for words in ("Send the objection", "How to reach you", "The notice as PDF"):
        assert words in page
