"""Routes and tables at the desk: who may see and draw them, what the editors are answered, the life of a version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.contexts.cases.city import City, request
from tests.terminals.desk.conftest import Sit
from tongban.contexts.parties.core import Role

ROUTES = Path(__file__).parents[3] / "catalogue/routes"
TABLES = Path(__file__).parents[3] / "catalogue/decisions"
OWNER, REVIEWER = Role.CATALOGUE_OWNER, Role.CATALOGUE_REVIEWER
MODELS = "/desk/catalogue/models/"


def ask(client: Client, address: str, **question: Any) -> Any:
    """Ask as the editor asks."""
    return client.post(f"{MODELS}{address}", json.dumps(question), content_type="application/json")


@pytest.fixture
def owner(sit: Sit) -> Client:
    return sit("service-bureau", OWNER)


def begin(owner: Client, kind: str = "route", key: str = "site-visit") -> str:
    """A new route or table; its page."""
    form = {"kind": kind, "key": key, "name-zh": "现场先看", "name-en": "A visit first", "request_id": request()}
    answer = owner.post(f"{MODELS}new/", form)
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


# -- who ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR])
def test_who_has_no_part_in_the_catalogue_sees_nothing(sit: Sit, role: Role) -> None:
    client = sit("market", role)
    xml = (ROUTES / "review.bpmn").read_text()
    assert client.get(MODELS).status_code == 403
    assert client.get(f"{MODELS}route/review/").status_code == 403
    assert ask(client, "check/route/", xml=xml, key="review").status_code == 403
    assert ask(client, "play/", xml=xml, start="2026-03-02", moves=[]).status_code == 403
    assert ask(client, "try/", xml=xml).status_code == 403


def test_a_citizen_sees_nothing(city: City) -> None:
    assert Client().get(MODELS)["Location"].startswith("/login/")


def test_supervisors_look_and_do_not_draw(sit: Sit, owner: Client) -> None:
    page = begin(owner)
    supervisor = sit("service-bureau", Role.SUPERVISOR)
    shown = supervisor.get(page)
    assert shown.status_code == 200
    assert not shown.context["editable"]
    xml = (ROUTES / "review.bpmn").read_text()
    assert supervisor.post(f"{page}file/", json.dumps({"xml": xml}), content_type="application/json").status_code == 403
    assert supervisor.post(f"{page}submit/", {}).status_code == 403
    assert supervisor.get(f"{MODELS}new/").status_code == 403


# -- what the editors are answered -------------------------------------------------------------------------------------


def test_findings_name_the_element_the_line_and_the_way_there(owner: Client) -> None:
    xml = (ROUTES / "joint.bpmn").read_text().replace('targetRef="decide"', 'targetRef="end"')
    found = ask(owner, "check/route/", xml=xml, key="joint").json()["findings"]
    dead = next(one for one in found if one["element"] == "decide")
    assert (dead["severity"], dead["name"]) == ("error", "作出决定")
    assert dead["line"] > 1
    assert ask(owner, "check/route/", xml=(ROUTES / "joint.bpmn").read_text(), key="joint").json() == {"findings": []}


def test_the_way_to_a_fault_is_told_in_names_and_in_ids(owner: Client) -> None:
    xml = (
        (ROUTES / "joint.bpmn")
        .read_text()
        .replace('<bpmn:parallelGateway id="fork"', '<bpmn:exclusiveGateway id="fork" default="fork-document_review"')
        .replace("</bpmn:parallelGateway>", "</bpmn:exclusiveGateway>", 1)
    )
    for flow in ("police", "gardens", "pipelines"):
        xml = xml.replace(
            f'targetRef="opinion_{flow}" />',
            f'targetRef="opinion_{flow}"><bpmn:conditionExpression>depth > 1</bpmn:conditionExpression>'
            "</bpmn:sequenceFlow>",
        )
    found = ask(owner, "check/route/", xml=xml, key="joint").json()["findings"]
    stuck = next(one for one in found if one["element"] == "join")
    assert stuck["trace"]
    assert set(stuck["steps"]) <= {"fork", "document_review", "opinion_police", "opinion_gardens", "opinion_pipelines"}
    assert stuck["steps"]


def test_overlaps_of_a_table_come_with_an_example_and_their_rules(owner: Client) -> None:
    page = begin(owner, "table", "by-area")
    xml = owner.get(f"{page}file/").content.decode()
    assert ask(owner, "check/table/", xml=xml, key="by-area").json() == {"findings": []}
    found = ask(owner, "check/table/", xml=xml.replace("&gt; 100", "&gt; 90"), key="by-area").json()["findings"]
    assert [(one["severity"], one["steps"]) for one in found] == [("error", ["rule_1", "rule_2"])]
    assert found[0]["example"].startswith("area = ")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"xml": 1}', b"\xff", b'{"xml": "' + b"x" * 1_000_001 + b'"}', b"[" * 100_000]
)
def test_a_question_that_cannot_be_read_is_refused(owner: Client, body: bytes) -> None:
    for address in ("check/route/", "play/", "try/"):
        answer = owner.post(f"{MODELS}{address}", body, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (422, "question_unreadable")


@pytest.mark.parametrize("xml", ["", "no drawing", "<a/>", "<!DOCTYPE a><a/>", "\x00"])
def test_texts_that_are_none_are_answered_in_words(owner: Client, xml: str) -> None:
    for kind in ("route", "table"):
        found = ask(owner, f"check/{kind}/", xml=xml, key="x").json()["findings"]
        assert found[0]["severity"] == "error"
    assert ask(owner, "play/", xml=xml, start="2026-03-02", moves=[]).status_code == 422
    assert ask(owner, "try/", xml=xml).status_code == 422


def test_a_case_is_played_with_the_days_of_the_calendar(owner: Client) -> None:
    xml = (ROUTES / "joint.bpmn").read_text()
    begun = ask(owner, "play/", xml=xml, start="2026-09-28", limit=5, moves=[{"kind": "begin"}]).json()
    assert {one["node"] for one in begun["tasks"]} >= {"document_review", "opinion_police"}
    # the holiday of October lies between, and Saturday the 10th is worked for it
    assert begun["legal"] == {"due": "2026-10-10", "used": 0, "late": False}
    moves = [{"kind": "begin"}] + [
        {"kind": "complete", "of": one["id"], "on": "2026-10-13", "data": {"outcome": one["outcomes"][0][0]}}
        for one in begun["tasks"]
    ]
    played = ask(owner, "play/", xml=xml, start="2026-09-28", limit=5, moves=moves).json()
    assert [one["node"] for one in played["tasks"]] == ["decide"]
    assert played["legal"]["late"] is True
    moves.append({"kind": "complete", "of": "t999"})
    refused = ask(owner, "play/", xml=xml, start="2026-09-28", limit=5, moves=moves).json()
    assert refused["refused_move"] == len(moves) - 1
    assert [one["node"] for one in refused["tasks"]] == ["decide"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": "soon"},
        {"limit": -1},
        {"limit": "x"},
        {"moves": 3},
        {"moves": [3]},
        {"moves": [{"on": "x"}]},
        {"moves": [{"kind": "jump"}]},
    ],
)
def test_a_play_that_is_none_is_refused(owner: Client, wrong: dict[str, Any]) -> None:
    question = {"start": "2026-03-02", "limit": 20, "moves": [{"kind": "begin"}]} | wrong
    answer = ask(owner, "play/", xml=(ROUTES / "review.bpmn").read_text(), **question)
    assert answer.status_code == 422 or answer.json()["refused_move"] == 0


def test_a_table_is_tried_and_tells_rule_and_legal_basis(owner: Client) -> None:
    xml = (TABLES / "food-fine.dmn").read_text()
    asked = ask(owner, "try/", xml=xml).json()
    assert asked["decision"] in asked["decisions"]
    xml = owner.get(begin(owner, "table", "by-area") + "file/").content.decode()
    xml = xml.replace("<annotationEntry><text></text>", "<annotationEntry><text>第五条</text>")
    asked = ask(owner, "try/", xml=xml).json()
    assert [(one["name"], one["type"]) for one in asked["inputs"]] == [("area", "number")]
    told = ask(owner, "try/", xml=xml, decision=asked["decision"], values={"area": "101"}).json()
    assert (told["result"], told["rules"]) == ("human", ["rule_2"])
    assert told["tables"][0]["basis"] == "第五条"
    assert ask(owner, "try/", xml=xml, decision=asked["decision"], values={"area": "wide"}).status_code == 422


# -- saving ------------------------------------------------------------------------------------------------------------


def save(client: Client, page: str, xml: str, seen: str = "") -> Any:
    body = json.dumps({"xml": xml, "seen": seen})
    return client.post(f"{page}file/", body, content_type="application/json")


def test_nobody_saves_over_what_they_have_not_seen(owner: Client, sit: Sit) -> None:
    page = begin(owner)
    xml, seen = owner.get(f"{page}file/").content.decode(), owner.get(page).context["digest"]
    mine = save(owner, page, xml.replace("作出决定", "决定"), seen)
    assert mine.status_code == 200
    other = sit("service-bureau", OWNER, name="钱二")
    theirs = save(other, page, xml.replace("审查结束", "完"), seen)
    assert (theirs.status_code, theirs.json()["code"]) == (409, "model_moved")
    assert "决定" in theirs.json()["theirs"]
    assert theirs.json()["digest"] == mine.json()["digest"]
    assert "审查结束" in owner.get(f"{page}file/").content.decode()
    knowingly = save(other, page, xml.replace("审查结束", "完"), theirs.json()["digest"])
    assert knowingly.status_code == 200


def test_a_file_is_fetched_and_brought_back_without_a_board(owner: Client) -> None:
    page = begin(owner)
    fetched = owner.get(f"{page}file/")
    assert fetched["Content-Disposition"] == 'attachment; filename="site-visit-1.bpmn"'
    changed = fetched.content.decode().replace("作出决定", "决定一下").replace('targetRef="decide"', 'targetRef="end"')
    brought = SimpleUploadedFile("mine.bpmn", changed.encode())
    answer = owner.post(f"{page}file/", {"file": brought, "seen": owner.get(page).context["digest"]})
    assert answer.status_code == 303
    assert any(one.stops for one in owner.get(page).context["findings"])
    assert "拦下" in owner.get(page).content.decode()
    assert owner.post(f"{page}submit/", {}).status_code == 422
    assert owner.post(f"{page}file/", {}).status_code == 422
    latin = SimpleUploadedFile("mine.bpmn", "Prüfung".encode("latin-1"))
    assert owner.post(f"{page}file/", {"file": latin}).status_code == 422


def test_the_board_of_tables_alone_lets_in_the_styles_of_its_watermark(owner: Client) -> None:
    route, table = begin(owner), begin(owner, "table", "by-area")
    assert "unsafe" not in owner.get(route)["Content-Security-Policy"]
    policy = owner.get(table)["Content-Security-Policy"]
    styles = next(one for one in policy.split("; ") if one.startswith("style-src"))
    assert "'unsafe-hashes'" in styles
    assert "unsafe-inline" not in policy
    assert "script-src 'self';" in policy + ";"


# -- the life ----------------------------------------------------------------------------------------------------------


def test_a_new_route_goes_through_four_hands(owner: Client, sit: Sit) -> None:
    page = begin(owner)
    assert owner.post(f"{page}submit/", {}).status_code == 303
    assert owner.get(f"{page}review/").status_code == 403
    for role, verdict in ((REVIEWER, "approve"), (Role.LEGAL_REVIEWER, "approve"), (Role.CATALOGUE_PUBLISHER, "now")):
        client = sit("service-bureau", role)
        shown = client.get(f"{page}review/")
        form = {"verdict": verdict, "seq": shown.context["form"].seq, "request_id": shown.context["form"].request_id}
        done = client.post(f"{page}review/", form)
        assert done.status_code == 303, done.context["form"].summary
        late = client.post(f"{page}review/", form)
        assert late.status_code == 409
    assert owner.get(f"{MODELS}route/site-visit/").context["current"].number == 1
    again = owner.post(f"{MODELS}route/site-visit/open/", {})
    assert again["Location"].endswith("model-route-site-visit-0002/")
    second = again["Location"]
    assert "改了什么" in owner.get(second).content.decode()
    assert owner.post(f"{second}submit/", {}).status_code == 422  # it says the same
    assert owner.post(f"{second}abandon/", {}).status_code == 303
    assert owner.get(f"{MODELS}route/site-visit/difference/?old=1&new=1").status_code == 200
    assert owner.get(f"{MODELS}route/site-visit/difference/?old=1&new=2").status_code == 404


def test_a_return_says_why_and_needs_a_reason(owner: Client, sit: Sit) -> None:
    page = begin(owner)
    owner.post(f"{page}submit/", {})
    reviewer = sit("service-bureau", REVIEWER)
    seq = reviewer.get(f"{page}review/").context["form"].seq
    assert reviewer.post(f"{page}review/", {"verdict": "return", "seq": seq}).status_code == 422
    assert reviewer.post(f"{page}review/", {"verdict": "return", "note": "先听意见", "seq": seq}).status_code == 303
    assert "先听意见" in owner.get(page).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "route/none/",
        "picture/review/",
        "route/none/difference/?old=1&new=2",
        "route/review/difference/?old=a",
        "version/model-route-none-0001/",
    ],
)
def test_what_is_not_there_is_said(owner: Client, address: str) -> None:
    assert owner.get(f"{MODELS}{address}").status_code == 404
