"""Decision tables for everybody: may I apply, what does it cost, by which rules; and the advice before filing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.contexts.cases.city import City
from tests.terminals.portal.conftest import Filing, browser
from tongban.contexts.catalogue import queries as catalogue
from tongban.kernel.refusals import NotFound
from tongban.terminals.common.presenters.decision_tables import tables
from tongban.terminals.portal.presenters import tables as shaped

pytestmark = pytest.mark.django_db
RAD = "/guide/RAD-CERT/eligible/"


def words(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return str(response.content.decode())


def trained(year: str, age: str) -> dict[str, str]:
    return {"age": age, "training_date-year": year, "training_date-month": "1", "training_date-day": "5"}


def test_a_guide_offers_what_its_tables_can_answer(city: City) -> None:
    for code, there, lacking in (
        ("RAD-CERT", ("/eligible/", "/tables/"), ("/fee/",)),
        ("ROAD-DIG", ("/fee/", "/tables/"), ("/eligible/",)),
        ("FOOD", (), ("/eligible/", "/fee/", "/tables/")),
    ):
        page = words(Client().get(f"/guide/{code}/"))
        assert all(f"/guide/{code}{one}" in page for one in there)
        assert not any(f"/guide/{code}{one}" in page for one in lacking)


def test_a_guide_costs_no_more_statements_with_its_tables(city: City) -> None:
    Client().get("/guide/PUN-FOOD/")
    for code in ("PUN-FOOD", "RAD-CERT", "FLEX-INS", "ROAD-DIG"):
        with CaptureQueriesContext(connection) as asked:
            Client().get(f"/guide/{code}/")
        assert len(asked) <= 12


def test_who_may_apply_hears_so_and_what_is_next(city: City) -> None:
    page = words(Client().post(RAD, trained("2025", "30")))
    assert "您符合条件" in page
    assert "/apply/RAD-CERT/" in page
    assert "放射工作人员职业健康管理办法第五条" in page


def test_who_may_not_yet_hears_every_reason_kindly_and_may_still_apply(city: City) -> None:
    page = words(Client().post(RAD, trained("2020", "17")))
    for told in ("现在还不符合条件", "要年满十八周岁", "已超过两年", "先参加复训", "不是决定", "/apply/RAD-CERT/"):
        assert told in page
    english = words(browser(language="en").post(RAD, trained("2020", "17")))
    for told in ("must be at least 18", "more than two years ago", "not a decision"):
        assert told in english


def test_answers_are_asked_for_and_kept_nowhere(city: City) -> None:
    page = words(Client().get(RAD))
    assert page.index('name="age"') < page.index('name="training_date-year"')
    refused = Client().post(RAD, {"age": "17"})
    assert "还有 1 处要改" in words(refused, 422)
    answered = Client().post(RAD, trained("2025", "30"))
    assert answered["Cache-Control"] == "private, no-store"
    with CaptureQueriesContext(connection) as asked:
        Client().post(RAD, trained("2025", "30"))
    assert not [
        one["sql"] for one in asked if not one["sql"].lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]


def test_a_fee_is_worked_out_with_its_rule(city: City) -> None:
    given = {"action": "occupy", "area": "100", "depth": ""}
    given |= {f"{name}-{part}": value for name, day in (("start_date", "1"), ("end_date", "10"))
              for part, value in (("year", "2027"), ("month", "1"), ("day", day))}  # fmt: skip
    page = words(Client().post("/guide/ROAD-DIG/fee/", given))
    assert "大约要交 500 元" in page
    assert "城市道路管理条例第三十七条" in page
    deep = words(Client().post("/guide/ROAD-DIG/fee/", given | {"action": "dig", "depth": "200"}))
    assert "大约要交 38,000 元" in deep
    stale = words(Client().post("/guide/ROAD-DIG/fee/", given | {"depth": "abc"}), 422)
    assert "大约要交" not in stale


@pytest.mark.parametrize("path", ["/guide/FOOD/eligible/", "/guide/FOOD/fee/", "/guide/FOOD/tables/", "/guide/NO/fee/"])
def test_what_has_no_table_is_not_found(city: City, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_the_published_tables_read_as_words_in_both_languages(city: City) -> None:
    page = words(Client().get("/guide/FLEX-INS/tables/"))
    for told in ("16 以上、不到 50", "当场准予", "由人核实后决定", "不限", "社会保险法第十条、第五十八条", "男"):
        assert told in page
    english = words(browser(language="en").get("/guide/FLEX-INS/tables/"))
    for told in (
        "16 to under 50",
        "Granted at once",
        "Decided by a person",
        "Social Insurance Law, articles 10 and 58",
    ):
        assert told in english
    guide = words(Client().get("/guide/PUN-FOOD/"))
    for told in ("裁量基准", "从上往下看", "货值金额 × 13", "从重：幅度上端的三成", "减轻"):
        assert told in guide


def test_the_rules_that_hit_are_marked(city: City) -> None:
    version = catalogue.current("ROAD-DIG")
    found = shaped.ask(version, "road-dig-fee", {"action": "dig", "area": "10", "depth": "100"}, city.now)
    with override("zh-hans"):
        [table] = [one for one in tables(version.decisions, "road-dig-fee", version.item, found) if one.rules]
    assert [rule.number for rule in table.rules if rule.hit] == [2]
    assert table.inputs == ("占用还是挖掘", "挖掘深度（厘米）")
    assert [cell.text for cell in table.rules[1].tests] == ["挖掘", "不超过 150"]


def test_answers_to_questions_that_do_not_apply_are_left_out(city: City) -> None:
    version = catalogue.current("ROAD-DIG")
    found = shaped.ask(version, "road-dig-fee", {"action": "occupy", "area": "10", "depth": "200"}, city.now)
    assert "depth" in found.missing


def test_a_guide_without_the_table_refuses(city: City) -> None:
    with pytest.raises(NotFound):
        shaped.sections(catalogue.current("FOOD"))


def drafted(owner: Client, city: City, year: str) -> tuple[Filing, str]:
    """A filled application for RAD-CERT; the training was in `year`, "" = not said."""
    filing = Filing(owner, city, "RAD-CERT")
    draft = filing.start()
    parts = ("year", year), ("month", "6" if year else ""), ("day", "5" if year else "")
    filing.fill(draft, **{f"training_date-{part}": value for part, value in parts})
    filing.upload(draft)
    return filing, draft


def test_before_filing_the_table_advises_and_keeps_nobody_out(city: City, owner: Client) -> None:
    filing, draft = drafted(owner, city, "2020")
    page = words(owner.get(f"/draft/{draft}/check/"))
    for told in ("可能还不符合条件", "您仍然可以提交", "已超过两年", "先参加复训"):
        assert told in page
    assert filing.submit(draft).status_code == 303


@pytest.mark.parametrize(("year", "told"), [("2025", True), ("", False)])
def test_before_filing_who_qualifies_hears_so_and_what_cannot_be_told_is_not(
    city: City, owner: Client, year: str, told: bool
) -> None:
    _filing, draft = drafted(owner, city, year)
    page = words(owner.get(f"/draft/{draft}/check/"))
    assert ("您符合申请条件" in page) is told
    assert "还不符合条件" not in page
