"""The window's day, through its pages: who came, what for, received, accepted, supplemented, refused, handed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.contexts.cases.city import City, request
from tests.contexts.cases.world import answers
from tests.terminals.counter.conftest import scan, text_of
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Role

pytestmark = pytest.mark.django_db
COMPANY = "91429901MA4KFXD668"
OWNER = "429901198705120140"
NEW_PERSON = "429900197903210226"


def form(item: Item, **more: Any) -> dict[str, Any]:
    """The answers of an item as its page posts them, with a scan of every paper that is brought."""
    posted: dict[str, Any] = {"request_id": request(), "go": "file"}
    for name, value in answers(item, receive="electronic", contact_phone="13900000001").items():
        posted[name] = value
    for material in item.materials:
        if material.source == "self" and material.need in ("required", "situational"):
            posted[f"file-{material.id}"] = scan()
            posted[f"seen-{material.id}"] = "yes"
    return posted | more


def begin(client: Client, city: City, code: str = "FOOD") -> str:
    """A reception for the owner's own company, or for the owner; the address of its page."""
    me = city.owner
    applicant = me.principals[-1].id if code == "FOOD" else me.party_id
    mandate(client, city)
    posted = {"item": code, "applicant": applicant, "division": "429901"}
    answer = client.post(f"/counter/party/{me.party_id}/receive/", posted)
    assert answer.status_code == 303, text_of(answer)
    return str(answer["Location"])


def mandate(client: Client, city: City) -> None:
    posted = {"number": COMPANY, "seen": "yes", "request_id": request()}
    assert client.post(f"/counter/party/{city.owner.party_id}/mandate/", posted).status_code == 303


def filed(client: Client, city: City, code: str = "FOOD", **more: Any) -> str:
    """A case received at this window; its address."""
    page = begin(client, city, code)
    answer = client.post(page, form(catalogue.current(code).item, **more))
    assert answer.status_code == 303, text_of(answer)
    return str(answer["Location"])


def case_id(address: str) -> str:
    return address.strip("/").split("/")[2]


def test_a_person_is_found_by_the_whole_number(window: Callable[..., Client], city: City) -> None:
    client = window()
    found = client.get("/counter/find/", {"q": "4299 0119 8705 120140"})
    assert found["Location"] == f"/counter/party/{city.owner.party_id}/"
    assert "没有登记过这个号码" in text_of(client.get("/counter/find/", {"q": NEW_PERSON}))
    assert client.get("/counter/find/", {"q": COMPANY}).status_code == 303


def test_registering_checks_the_number_in_place_and_loses_nothing(window: Callable[..., Client], city: City) -> None:
    client = window()
    posted = {"id_number": "429900197903210227", "name": "李雪", "seen": "yes", "request_id": request()}
    wrong = client.post("/counter/register/person/", posted)
    assert wrong.status_code == 422
    assert 'value="李雪"' in text_of(wrong)
    assert 'href="#id_number-field"' in text_of(wrong)
    right = posted | {"id_number": NEW_PERSON}
    done = client.post("/counter/register/person/", right)
    assert done.status_code == 303
    assert client.post("/counter/register/person/", right)["Location"] == done["Location"]
    page = text_of(client.get(done["Location"]))
    assert "李雪" in page
    assert NEW_PERSON not in page
    twice = client.post("/counter/register/person/", right | {"request_id": request()})
    assert (twice.status_code, "已经登记过" in text_of(twice)) == (409, True)


def test_a_company_is_registered_and_gets_an_agent(window: Callable[..., Client], city: City) -> None:
    client = window()
    posted = {"credit_number": "91429901MA4KDEM14X", "name": "甲公司", "request_id": request()}
    assert client.post("/counter/register/company/", posted).status_code in (303, 422)
    company = city.owner.principals[-1].id
    unseen = client.post(f"/counter/party/{company}/mandate/", {"number": OWNER, "request_id": request()})
    assert unseen.status_code == 422
    posted = {"number": OWNER, "seen": "yes", "request_id": request()}
    assert client.post(f"/counter/party/{company}/mandate/", posted).status_code == 303
    assert "江畔小馆" in text_of(client.get(f"/counter/party/{city.owner.party_id}/?say=开饭店"))


def test_without_a_mandate_nobody_receives_for_a_company(window: Callable[..., Client], city: City) -> None:
    posted = {"item": "FOOD", "applicant": city.owner.principals[-1].id, "division": "429901"}
    assert window().post(f"/counter/party/{city.owner.party_id}/receive/", posted).status_code == 403


@pytest.mark.django_db(transaction=True)  # what is refused is rolled back, as in an installation
def test_receive_check_and_file(window: Callable[..., Client], city: City) -> None:
    client = window()
    page = begin(client, city)
    shown = text_of(client.get(page))
    assert "免提交" in shown
    assert 'name="file-layout"' in shown
    item = catalogue.current("FOOD").item
    half = {"go": "check", "shop_name": "江畔", "area": "不知道"}
    wrong = client.post(page, half)
    assert wrong.status_code == 422
    assert "不知道" in text_of(wrong)
    assert 'value="江畔"' in text_of(wrong)
    missing = form(item)
    del missing["file-layout"]
    refused = client.post(page, missing)
    assert refused.status_code == 422
    assert 'href="#file-layout"' in text_of(refused)
    complete = form(item)
    done = client.post(page, complete)
    assert done.status_code == 303
    state = city.state(case_id(done["Location"]))
    assert state.channel == "window"
    assert {material.grade for material in state.materials} == {"B"}
    scan_of_layout = next(one.file_id for one in state.materials if one.id == "layout")
    assert client.get(f"{page}scan/{scan_of_layout}/").status_code == 404  # it is the case's now
    again = client.post(page, complete)
    assert (again.status_code, again["Location"]) == (303, done["Location"])
    assert client.post(page, complete | {"go": "keep"}).status_code == 404
    assert client.post(f"/counter/draft/{uuid4()}/", complete).status_code == 404
    city.work()
    assert "收件凭证" in text_of(client.get(done["Location"]))


def test_a_false_file_is_refused_beside_its_paper(window: Callable[..., Client], city: City) -> None:
    client = window()
    page = begin(client, city)
    from django.core.files.uploadedfile import SimpleUploadedFile

    fake = SimpleUploadedFile("a.pdf", b"MZ not a pdf", content_type="application/pdf")
    answer = client.post(page, {"go": "check", "shop_name": "江畔", "file-layout": fake})
    assert answer.status_code == 422
    assert 'id="error-layout"' in text_of(answer)
    assert 'value="江畔"' in text_of(answer)


def test_a_scan_is_looked_at_before_filing(window: Callable[..., Client], city: City) -> None:
    client, other = window(), window()
    page = begin(client, city)
    client.post(page, {"go": "check", "file-layout": scan()})
    (paper,) = [one for one in client.get(page).context["papers"] if one.view]
    assert f'href="{paper.view}"' in text_of(client.get(page))
    shown = client.get(paper.view)
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (200, "image/png", "private, no-store")
    assert "sandbox" in shown["Content-Security-Policy"]
    assert other.get(paper.view).status_code == 404


def test_a_company_is_drawn_as_a_building(window: Callable[..., Client], city: City) -> None:
    client = window()
    person = text_of(client.get(f"/counter/party/{city.owner.party_id}/"))
    company = text_of(client.get(f"/counter/party/{city.owner.principals[-1].id}/"))
    assert ('cx="32"' in person, 'cx="32"' in company) == (True, False)


def test_keep_and_go_on_later(window: Callable[..., Client], city: City) -> None:
    client = window()
    page = begin(client, city)
    assert client.post(page, {"go": "keep", "shop_name": "江畔"})["Location"] == "/counter/"
    assert page in text_of(client.get("/counter/"))
    assert 'value="江畔"' in text_of(client.get(page))
    assert client.post(f"{page}discard/", {}).status_code == 303
    assert client.get(page).status_code == 200
    client.post(f"{page}discard/", {"sure": "yes"})
    assert client.get(page).status_code == 404


def test_originals_first_then_accept(window: Callable[..., Client], city: City) -> None:
    client = window()
    item = catalogue.current("FOOD").item
    unseen = {f"seen-{material.id}": "" for material in item.materials}
    page = begin(client, city)
    posted = {key: value for key, value in form(item).items() if key not in unseen}
    address = client.post(page, posted)["Location"]
    shown = client.get(address)
    assert "下一步：核对第" in text_of(shown)
    early = client.post(f"{address}act/", {"act": "accept", "request_id": request()})
    assert (early.status_code, "还没有核对原件" in text_of(early)) == (422, True)
    while (found := client.get(address).context["panel"]["next"]) is not None:
        assert client.post(f"{address}check/", {"material": found["id"], "request_id": request()}).status_code == 303
    repeat = {"act": "accept", "request_id": request()}
    assert client.post(f"{address}act/", repeat).status_code == 303
    assert client.post(f"{address}act/", repeat).status_code == 303
    state = city.state(case_id(address))
    assert state.accepted_by_name == "王敏"
    assert "panel" not in client.get(address).context


def test_the_dues_shown_are_those_that_acceptance_starts(window: Callable[..., Client], city: City) -> None:
    client = window()
    address = filed(client, city)
    promised = client.get(address).context["after"]["promised"]["day"]
    client.post(f"{address}act/", {"act": "accept", "request_id": request()})
    due = city.state(case_id(address)).promised_due
    assert promised.startswith(f"{due:%m-%d}")


def test_ask_once_then_take_the_papers_in(window: Callable[..., Client], city: City) -> None:
    client = window()
    address = filed(client, city)
    empty = client.post(f"{address}act/", {"act": "supplement", "request_id": request()})
    assert empty.status_code == 422
    no_reason = {"act": "supplement", "want-layout": "yes", "note": "请尽快", "request_id": request()}
    wrong = client.post(f"{address}act/", no_reason)
    assert (wrong.status_code, "请尽快" in text_of(wrong)) == (422, True)
    asked = client.post(f"{address}act/", no_reason | {"reason-layout": "缺消防通道"})
    assert asked.status_code == 303
    shown = text_of(client.get(address))
    assert "缺消防通道" in shown
    lacking = client.post(f"{address}supplement/", {"go": "answer", "request_id": request()})
    assert lacking.status_code == 422
    taken = {"go": "answer", "file-layout": scan(), "seen-layout": "yes", "request_id": request()}
    assert client.post(f"{address}supplement/", taken).status_code == 303
    again = client.get(address)
    gates = {act["value"]: act["closed"] for act in again.context["panel"]["acts"]}
    assert "只能一次性告知" in gates["supplement"]
    assert gates["accept"] == ""
    second = {"act": "supplement", "reason-layout": "还缺", "request_id": request()}
    assert client.post(f"{address}act/", second).status_code == 409


@pytest.mark.parametrize(
    ("kind", "more", "status"),
    [
        ("not_accepted", {"reason": "主体不对"}, 303),
        ("not_accepted", {}, 422),
        ("not_required", {"reason": "不用许可"}, 303),
        ("not_competent", {"reason": "不归我们"}, 422),
        ("not_competent", {"reason": "不归我们", "competent_body": "市教育局"}, 303),
        ("", {"reason": "主体不对"}, 422),
    ],
)
def test_refusing_states_reason_and_competent_body(
    window: Callable[..., Client], city: City, kind: str, more: dict[str, str], status: int
) -> None:
    client = window()
    address = filed(client, city)
    answer = client.post(f"{address}act/", {"act": "refuse", "kind": kind, "request_id": request()} | more)
    assert answer.status_code == status
    if status == 422:
        assert more.get("reason", "") in text_of(answer)
    else:
        assert city.state(case_id(address)).ending == kind


def test_pre_review_is_a_step_of_its_own(window: Callable[..., Client], city: City) -> None:
    client = window()
    address = filed(client, city)
    assert client.post(f"{address}act/", {"act": "pre_review", "request_id": request()}).status_code == 303
    acts = [act["value"] for act in client.get(address).context["panel"]["acts"]]
    assert acts == ["accept", "supplement", "refuse"]
    assert client.post(f"{address}act/", {"act": "accept", "request_id": request()}).status_code == 303


def test_a_result_is_handed_to_a_named_person(window: Callable[..., Client], city: City) -> None:
    from tongban.contexts.cases import actions

    client = window()
    address = filed(client, city, receive="window")
    case = case_id(address)
    client.post(f"{address}act/", {"act": "accept", "request_id": request()})
    while tasks := city.state(case).open_tasks:
        task = tasks[0]
        officer = city.officer(task.agency, Role(task.role), name=f"{task.id}")
        common: Any = {"case_id": case, "task": task.id, "actor": officer, "request_id": request(), "now": city.now}
        if task.act == "decide":
            actions.decide_case(outcome="grant", **common)
        else:
            second = city.second.get(task.agency, "") if task.act == "inspect" else ""
            actions.complete_task(outcome="pass", second_officer=second, **common)
    city.work()
    city.work()
    shown = client.get(address)
    assert "交给他，出送达回证" in text_of(shown)
    assert client.post(f"{address}deliver/", {"to": "周敏", "request_id": request()}).status_code == 422
    posted = {"to": "周敏", "seen": "yes", "request_id": request()}
    assert client.post(f"{address}deliver/", posted).status_code == 303
    assert city.state(case).delivered_to == "周敏"


def test_papers_leave_only_through_the_case(window: Callable[..., Client], city: City) -> None:
    client = window()
    address = filed(client, city)
    material = city.state(case_id(address)).materials[0]
    answer = client.get(f"{address}material/{material.file_id}/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    city.work()
    document = city.state(case_id(address)).documents[0]
    assert client.get(f"{address}document/{document.file_id}/")["Content-Type"] == "application/pdf"
    assert client.get(f"{address}document/{material.file_id}/").status_code == 404
    assert window("SS-CARD").get(f"{address}material/{material.file_id}/").status_code == 404
    assert parties.windows()
