"""The case page: what it shows, what can be done on it, and what comes back when a rule says no."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.contexts.cases.city import City, hear, request
from tests.terminals.desk.conftest import Sit, accepted, do, experts_heard, page, review_all, task_of
from tests.terminals.desk.test_lists import MARKET, text
from tongban.contexts.cases import actions
from tongban.contexts.parties.core import Role


def open_acts(answer: object) -> list[str]:
    return [choice.key for choice in answer.context["panel"].choices if not choice.closed]  # type: ignore[attr-defined]


def closed_acts(answer: object) -> dict[str, str]:
    panel = answer.context["panel"]  # type: ignore[attr-defined]
    return {choice.key: choice.closed for choice in panel.choices if choice.closed}


def test_the_page_shows_the_whole_case(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    city.work()
    reviewer = sit(MARKET, Role.REVIEWER)
    with CaptureQueriesContext(connection) as seen:
        found = page(reviewer, case_id)
    assert found.status_code == 200
    assert len(seen) <= 12
    shown = text(found)
    for words in ("江畔小馆", "剩", "材料和申报", "同事的意见", "受理通知书", "每一条都带着前一条的指纹"):
        assert words in shown
    assert len(found.context["clocks"]) == 2
    assert "8 个工作小时" in found.context["stage"].title
    assert found.context["stage"].title in shown
    assert len(found.context["history"]) >= 5
    assert open_acts(found)[:2] == ["pass", "fail"]


def test_the_chain_is_verified_when_asked(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    reviewer = sit(MARKET, Role.REVIEWER)
    assert "链完整" not in text(page(reviewer, case_id))
    verified = page(reviewer, case_id, "?verify=1")
    assert verified.context["verified"].ok
    assert "链完整" in text(verified)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger_event SET actor = 'officer:x' WHERE stream_id = %s AND seq = 2", [case_id])
    assert "链对不上" in text(page(reviewer, case_id, "?verify=1"))


def test_a_review_is_given_once(city: City, sit: Sit) -> None:
    case_id, once = accepted(city), request()
    reviewer, task = sit(MARKET, Role.REVIEWER), task_of(city, case_id, "review")
    first = do(reviewer, case_id, "pass", task, once, opinion="材料齐全")
    assert (first.status_code, first["Location"]) == (303, f"/desk/case/{case_id}/")
    assert "已办：合格" in text(page(reviewer, case_id))
    again = do(reviewer, case_id, "pass", task, once, opinion="材料齐全")
    assert again.status_code == 303
    done = [one for one in city.state(case_id).tasks if one.id == task]
    assert [(one.outcome, one.opinion) for one in done] == [("pass", "材料齐全")]


def test_an_adverse_opinion_gives_its_reasons(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    reviewer, task = sit(MARKET, Role.REVIEWER), task_of(city, case_id, "review")
    refused = do(reviewer, case_id, "fail", task, opinion="")
    assert refused.status_code == 422
    assert 'href="#fail-opinion-field"' in refused.content.decode()
    assert city.state(case_id).task(task).done_at is None


def test_nothing_chosen_is_told_and_nothing_typed_is_lost(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    reviewer, task = sit(MARKET, Role.REVIEWER), task_of(city, case_id, "review")
    body = {"act": "", "task": task, "request_id": request(), "fail-opinion": "缺少平面图"}
    again = reviewer.post(f"/desk/case/{case_id}/act/", body)
    assert again.status_code == 422
    assert "请先选择要做什么" in text(again)
    assert "缺少平面图" in again.content.decode()
    assert body["request_id"] in again.content.decode()


def test_an_inspection_needs_a_colleague_of_the_same_organ(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    reviewer, task = sit(MARKET, Role.REVIEWER), task_of(city, case_id, "inspect")
    assert do(reviewer, case_id, "pass", task).status_code == 422
    stranger = city.second["health-linjiang"]
    assert do(reviewer, case_id, "pass", task, second_officer=stranger).status_code == 422
    options = page(reviewer, case_id, f"?task={task}").context["panel"].choices[0].fields[0].options
    assert [one.value for one in options] == [city.second[MARKET].removeprefix("officer:")]
    done = do(reviewer, case_id, "pass", task, second_officer=options[0].value, opinion="与图相符")
    assert done.status_code == 303
    assert city.state(case_id).task(task).second_officer_name == "李四"


def test_decisions_wait_for_opinions_and_say_so(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    chief = sit(MARKET, Role.APPROVER)
    waiting = page(chief, case_id)
    assert set(closed_acts(waiting)) >= {"grant", "deny"}
    assert "还有 2 个意见没有回来" in closed_acts(waiting)["grant"]
    assert [gate.lamp for gate in waiting.context["panel"].gates][:2] == ["today", "today"]
    review_all(city, case_id)
    ready = page(chief, case_id)
    assert {"grant", "intend"} <= set(open_acts(ready))
    assert "要先书面告知申请人" in closed_acts(ready)["deny"]
    hear(city, case_id)
    assert {"grant", "deny"} <= set(open_acts(page(chief, case_id)))


def test_a_grant_makes_the_licence(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    review_all(city, case_id)
    chief = sit(MARKET, Role.APPROVER)
    assert do(chief, case_id, "grant", task_of(city, case_id, "decide"), conditions="限室内").status_code == 303
    city.work()
    state = city.state(case_id)
    assert (state.decision.conditions, state.ending) == ("限室内", "granted")
    shown = page(chief, case_id)
    assert open_acts(shown) == []
    licence = chief.get(shown.context["licence"].href)
    assert licence.content.startswith(b"%PDF")


def test_a_denial_gives_reasons_and_a_grant_against_opinions_too(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    review_all(city, case_id, review="fail")
    chief, task = sit(MARKET, Role.APPROVER), task_of(city, case_id, "decide")
    assert do(chief, case_id, "deny", task, reasons="场所不符合要求").status_code == 409
    hear(city, case_id)
    assert do(chief, case_id, "deny", task, reasons=" ").status_code == 422
    assert do(chief, case_id, "grant", task).status_code == 422
    assert city.state(case_id).decision is None
    assert do(chief, case_id, "deny", task, reasons="场所不符合要求").status_code == 303
    assert city.state(case_id).ending == "denied"


def test_whoever_handled_a_case_sees_why_they_may_not_decide(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    both = sit(MARKET, Role.REVIEWER, Role.APPROVER)
    do(both, case_id, "pass", task_of(city, case_id, "review"))
    review_all(city, case_id)
    assert "不能再由您决定" in closed_acts(page(both, case_id))["grant"]
    assert do(both, case_id, "grant", task_of(city, case_id, "decide")).status_code == 403
    assert city.state(case_id).decision is None


def test_of_two_deciders_the_second_keeps_what_they_wrote(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    review_all(city, case_id)
    task = task_of(city, case_id, "decide")
    first, second = sit(MARKET, Role.APPROVER), sit(MARKET, Role.APPROVER, name="钱思远")
    assert do(first, case_id, "grant", task).status_code == 303
    late = do(second, case_id, "deny", task, reasons="油烟不达标，要重新申请")
    assert late.status_code == 409
    assert "已经由赵一鸣办了" in text(late)
    assert "油烟不达标，要重新申请" in text(late)
    assert city.state(case_id).ending == "granted"


def test_a_special_procedure_stops_the_clock_and_the_decision(city: City, sit: Sit) -> None:
    case_id = accepted(city, "ROAD-DIG")
    lead = city.state(case_id).agency
    reviewer, chief = sit(lead, Role.REVIEWER), sit(lead, Role.APPROVER)
    few = do(reviewer, case_id, "special", cause="expert_review", reason="下方有管廊", planned_days="0")
    assert few.status_code == 422
    assert "下方有管廊" in few.content.decode()
    do(reviewer, case_id, "special", cause="expert_review", reason="下方有管廊", planned_days="5")
    assert do(chief, case_id, "approve_expert_review-1").status_code == 303
    special = city.state(case_id).stopped_by
    assert special is not None
    review_all(city, case_id)
    assert "结束后才能决定" in closed_acts(page(chief, case_id))["grant"]
    assert {clock.lamp for clock in page(chief, case_id).context["clocks"]} == {"pause"}
    assert "还没有专家评审结论" in closed_acts(page(reviewer, case_id))[f"end_{special.id}"]
    experts_heard(city, case_id, special.id)
    assert do(reviewer, case_id, f"end_{special.id}", result="专家同意").status_code == 303
    assert "grant" in open_acts(page(chief, case_id))


def test_an_extension_is_asked_once_and_approved_by_another(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    both = sit(MARKET, Role.REVIEWER, Role.APPROVER)
    before = city.state(case_id).legal_due
    assert do(both, case_id, "ask_extension", reason="要等检测").status_code == 303
    assert "extend" in closed_acts(page(both, case_id))
    chief = sit(MARKET, Role.APPROVER)
    assert do(chief, case_id, "noextend", reason="").status_code == 422
    assert do(chief, case_id, "extend").status_code == 303
    assert city.state(case_id).legal_due > before


def test_only_the_right_officers_see_and_act(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    task = task_of(city, case_id, "review")
    stranger, supervisor = sit("health-linjiang", Role.REVIEWER), sit("service-bureau", Role.SUPERVISOR)
    assert page(stranger, case_id).status_code == 404
    assert do(stranger, case_id, "pass", task).status_code == 404
    seen = page(supervisor, case_id)
    assert seen.status_code == 200
    assert seen.context["panel"].choices == ()
    assert "只看" in text(seen) or "不能办理" in text(seen)
    assert do(supervisor, case_id, "pass", task).status_code == 403
    chief = sit(MARKET, Role.APPROVER)
    assert do(chief, case_id, "pass", task).status_code == 422  # not the approver's task: not among the acts
    assert city.state(case_id).task(task).done_at is None


def test_a_form_without_its_token_does_nothing(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    task = task_of(city, case_id, "review")
    reviewer = sit(MARKET, Role.REVIEWER)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = reviewer.cookies
    assert do(strict, case_id, "pass", task).status_code == 403
    assert 'name="csrfmiddlewaretoken"' in page(reviewer, case_id).content.decode()
    assert city.state(case_id).task(task).done_at is None


def test_papers_are_private_and_shown_in_place(city: City, sit: Sit) -> None:
    case_id = accepted(city)
    city.work()
    state = city.state(case_id)
    reviewer, stranger = sit(MARKET, Role.REVIEWER), sit("health-linjiang", Role.REVIEWER)
    image = f"/desk/case/{case_id}/material/{state.materials[0].file_id}/"
    paper = f"/desk/case/{case_id}/document/{state.documents[0].file_id}/"
    for address, kind in ((image, "image/png"), (paper, "application/pdf")):
        found = reviewer.get(address)
        assert found["Content-Type"] == kind
        assert found["Cache-Control"] == "private, no-store"
        assert found["X-Content-Type-Options"] == "nosniff"
        assert found["Content-Disposition"].startswith("inline")
        assert stranger.get(address).status_code == 404
    assert image in page(reviewer, case_id).content.decode()
    assert reviewer.get(f"/desk/case/{case_id}/material/{state.documents[0].file_id}/").status_code == 404


def test_before_acceptance_there_is_nothing_to_do(city: City, sit: Sit) -> None:
    found = page(sit(MARKET, Role.REVIEWER), city.file())
    assert found.context["panel"].choices == ()
    assert "等受理" in text(found)


@pytest.mark.parametrize("stage", ["accepted", "stopped", "denied", "withdrawn"])
def test_english_pages_read_english(city: City, sit: Sit, stage: str) -> None:
    case_id = accepted(city, "ROAD-DIG")
    lead = city.state(case_id).agency
    chief = sit(lead, Role.APPROVER, Role.REVIEWER)
    chief.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    if stage == "stopped":
        do(chief, case_id, "special", cause="expert_review", reason="why", planned_days="5")
        do(sit(lead, Role.APPROVER, name="钱思远"), case_id, "approve_expert_review-1")
        do(chief, case_id, "ask_extension", reason="why")
    if stage == "denied":
        review_all(city, case_id)
        hear(city, case_id)
        do(sit(lead, Role.APPROVER), case_id, "deny", task_of(city, case_id, "decide"), reasons="why")
    if stage == "withdrawn":
        actions.withdraw(case_id=case_id, actor=city.owner, request_id=request(), now=city.now)
    city.work()
    main = page(chief, case_id).content.decode().split("<main")[1]
    numbers = [document.number for document in city.state(case_id).documents]
    main = re.sub(r"<[^>]+>", " ", main)
    for own in ("江畔小馆", "赵一鸣", "王敏", "钱思远", "看过了", "答", *numbers, *_actors(city, case_id)):
        main = main.replace(own, "")  # names, numbers and what people wrote stay as they are
    assert re.findall(r"[一-鿿]+", main) == []


def _actors(city: City, case_id: str) -> set[str]:
    return {task.done_by_name for task in city.state(case_id).tasks} - {""}
