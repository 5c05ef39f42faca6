"""After a table decided: samples, promises and questions on the desk, and the figures of the tables."""

from __future__ import annotations

from typing import Any

from tests.contexts.cases.city import City, request
from tests.contexts.cases.world import answers
from tests.terminals.desk.conftest import Sit, do, page
from tests.terminals.desk.test_case import open_acts
from tests.terminals.desk.test_lists import text
from tongban.contexts.cases import actions
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties.core import Role

FIRE = "fire-linjiang"


def file(city: City, **given: Any) -> str:
    """The fire safety check on a promise: its table grants, every case is drawn, the promise is to be verified."""
    item = catalogue.current("FIRE-OPEN").item
    draft = actions.start_draft(
        item_code="FIRE-OPEN", principal_id=city.owner.principals[-1].id, division="429901", actor=city.owner,
        now=city.now,
    )  # fmt: skip
    chosen = {"way": "promise", "exits": "2", "area": "100", "building_fire_acceptance": "no"} | given
    actions.save_answers(draft_id=draft, values=answers(item, **chosen), actor=city.owner, now=city.now)
    actions.submit(draft_id=draft, promised=True, request_id=request(), actor=city.owner, now=city.now)
    city.work()
    return draft


def test_the_desk_shows_the_account_and_who_decided(city: City, sit: Sit) -> None:
    shown = text(page(sit(FIRE, Role.REVIEWER), file(city)))
    for words in ("由系统按公开的规则办结", "按公布的规则自动决定", "fire-open", "安全出口不少于两个", "抽中"):
        assert words in shown


def test_a_sample_is_checked_from_the_worktable_when_the_case_is_over(city: City, sit: Sit) -> None:
    case_id = file(city)
    officer = sit(FIRE, Role.REVIEWER)
    assert case_id in officer.get("/desk/worktable/").content.decode()
    assert {"agree_table", "disagree_table"} <= set(open_acts(page(officer, case_id)))
    assert do(officer, case_id, "disagree_table").status_code == 422
    assert do(officer, case_id, "disagree_table", reasons="二楼以上不够").status_code == 303
    assert city.state(case_id).automatic.drawn.outcome == "disagree"
    assert "disagree_table" not in open_acts(page(officer, case_id))


def test_a_promise_is_verified_by_two(city: City, sit: Sit) -> None:
    case_id = file(city)
    officer = sit(FIRE, Role.REVIEWER)
    sit(FIRE, Role.REVIEWER, name="second")
    found = page(officer, case_id).context["panel"]
    second = next(c for c in found.choices if c.key == "not_as_promised").fields[0].options[0].value
    wrong = {"second_officer": second, "findings": "通道堵塞"}
    assert do(officer, case_id, "not_as_promised", **wrong, correct_days="0").status_code == 422
    assert do(officer, case_id, "not_as_promised", **wrong, correct_days="5").status_code == 303
    assert city.state(case_id).automatic.verification.outcome == "fail"
    city.work()
    assert "承诺核查结果告知书" in text(page(officer, case_id))


def test_an_approver_answers_who_asked_for_a_person(city: City, sit: Sit) -> None:
    case_id = file(city)
    actions.ask_review(case_id=case_id, reason="为什么", actor=city.owner, request_id=request(), now=city.now)
    assert "confirmed" not in open_acts(page(sit(FIRE, Role.REVIEWER), case_id))
    chief = sit(FIRE, Role.APPROVER)
    assert "confirmed" in open_acts(page(chief, case_id))
    assert "changed" not in [c.key for c in page(chief, case_id).context["panel"].choices]  # nothing to better
    assert do(chief, case_id, "confirmed", answer="符合规则二。").status_code == 303
    assert city.state(case_id).automatic.asked.outcome == "confirmed"


def test_the_figures_count_by_table_and_name_disagreements(city: City, sit: Sit) -> None:
    case_id = file(city)
    file(city, exits="1", area="500")
    do(sit(FIRE, Role.REVIEWER), case_id, "disagree_table", reasons="二楼以上不够")
    shown = sit("service-bureau", Role.SUPERVISOR).get("/desk/rechecks/")
    row = next(one for one in shown.context["page"].rows if one.table == "fire-open")
    assert (row.asked, row.granted, row.to_people, row.drawn, row.disagreed) == (2, 1, 1, 1, 1)
    assert "二楼以上不够" in text(shown)


def test_who_answers_for_the_table_sees_its_own_and_others_do_not(city: City, sit: Sit) -> None:
    case_id = file(city)
    do(sit(FIRE, Role.REVIEWER), case_id, "disagree_table", reasons="二楼以上不够")
    owner = sit("fire", Role.CATALOGUE_OWNER).get("/desk/rechecks/")
    assert "二楼以上不够" in text(owner)
    assert "/desk/catalogue/models/table/fire-open/" in owner.content.decode()
    assert f"/desk/case/{case_id}/" not in owner.content.decode()  # the case itself is the organ's
    other = sit("market", Role.CATALOGUE_OWNER).get("/desk/rechecks/")
    assert "fire-open" not in text(other)
    assert sit("market-linjiang", Role.WINDOW).get("/desk/rechecks/").status_code == 403
