"""Items off the list, missing calendars, guessed links and ended mandates, on the real pages, in both languages."""
# ruff: noqa: F401, F811 - fixtures of the other terminals come in by name

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from tests.conftest import HandClock
from tests.contexts.cases.city import SETUP, City, request
from tests.terminals.bad_input import (
    MARKET,
    SUPPLEMENT,
    _listed,
    city,
    everything,
    filing,
    language,
    owner,
    site,
    speaks,
    told,
)
from tests.terminals.counter.conftest import window
from tests.terminals.desk.conftest import Sit, sit
from tests.terminals.portal.conftest import Filing, browser
from tongban.contexts.cases import actions
from tongban.contexts.catalogue.core.versions import ItemNotListed
from tongban.contexts.parties import actions as parties_actions
from tongban.contexts.parties.core import Role
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotFound
from tongban.kernel.workdays import CalendarMissing

pytestmark = pytest.mark.django_db


# -- items, calendars, links -------------------------------------------------------------------------------------------


def test_an_item_that_is_not_on_the_list_is_not_applied_for(owner: Client, city: City, language: str) -> None:
    before = everything()
    for code, refusal in (("NO-SUCH", ItemNotListed), ("MARRY", NotFound)):  # the second is listed, not handled
        posted = {"principal": city.owner.party_id, "division": "429901"}
        told(owner.post(f"/apply/{code}/", posted), refusal, 404, language)
    assert everything() == before


def test_an_item_that_is_not_on_the_list_is_not_received(
    city: City,
    window: Callable[..., Client],
    language: str,
) -> None:
    client, before = speaks(window(), language), everything()
    posted = {"item": "NO-SUCH", "applicant": city.owner.party_id, "division": "429901"}
    told(client.post(f"/counter/party/{city.owner.party_id}/receive/", posted), ItemNotListed, 404, language)
    assert everything() == before


def test_a_year_without_a_calendar_computes_no_limit(
    filing: Filing, clock: HandClock, language: str, city: City
) -> None:
    draft = filing.start()
    filing.fill(draft)
    filing.upload(draft)
    once = filing.client.get(f"/draft/{draft}/check/").context["request_id"]
    clock.set(datetime(2031, 3, 3, 9, 0, tzinfo=CHINA))
    before = everything()
    answer = browser("zhou-min", language).post(f"/draft/{draft}/check/", {"promise": "yes", "request_id": once})
    told(answer, CalendarMissing, 409, language)
    assert "2031" in answer.content.decode()
    assert everything()[3:] == before[3:]


def test_a_guessed_link_teaches_nothing(
    filing: Filing,
    city: City,
    window: Callable[..., Client],
    sit: Sit,
    language: str,
) -> None:
    draft = filing.start()
    stranger = browser("wang-hao", language)
    for page in ("", "step/shop/", "materials/", "check/", "discard/"):
        told(stranger.get(f"/draft/{draft}/{page}"), NotFound, 404, language)
    case = filing.file()
    city.work()
    paper, act = city.state(case).materials[0].file_id, city.state(case).documents[0].file_id
    nobody = uuid4()
    looks = ("", "receipt/", "supplement/", "withdraw/", "rate/", f"material/{paper}/", f"document/{act}/")
    for page in looks:
        guessed, unreal = stranger.get(f"/case/{case}/{page}"), stranger.get(f"/case/{nobody}/{page}")
        told(guessed, NotFound, 404, language)
        assert unreal.status_code == guessed.status_code
    far, other = speaks(sit("culture", Role.REVIEWER), language), speaks(window("SS-CARD"), language)
    before = everything()
    for terminal, client in (("desk", far), ("counter", other)):
        for page in ("", f"material/{paper}/", f"document/{act}/"):
            told(client.get(f"/{terminal}/case/{case}/{page}"), NotFound, 404, language)
        told(
            client.post(f"/{terminal}/case/{case}/act/", SUPPLEMENT | {"request_id": request()}),
            NotFound,
            404,
            language,
        )
    assert f"/desk/case/{case}" not in far.get("/desk/worktable/", {"case": case}).content.decode()
    told(stranger.post(f"/case/{case}/withdraw/", {"reason": "", "request_id": request()}), NotFound, 404, language)
    assert everything() == before


@pytest.mark.parametrize(
    "address", ["/desk/worktable/?q=%00", "/desk/worktable/?item=%00&act=%00", "/desk/find/?q=a%00b", "/search/?q=%00"]
)
def test_no_sign_that_can_be_typed_into_an_address_breaks_a_page(city: City, sit: Sit, address: str) -> None:
    assert sit(MARKET, Role.REVIEWER).get(address).status_code == 200


def test_a_made_up_place_in_a_list_is_not_found(city: City, sit: Sit) -> None:
    for made in (b'[false,null,"x","y"]', b"nonsense", b'[false,"2026-13-01","x","y"]'):
        after = base64.urlsafe_b64encode(made).decode()
        assert sit(MARKET, Role.REVIEWER).get("/desk/worktable/", {"after": after}).status_code == 404


# -- mandates ----------------------------------------------------------------------------------------------------------


def test_whose_mandate_ends_loses_sight_at_once(city: City, clock: HandClock, language: str) -> None:
    company = city.owner.principals[-1].id
    agent = browser("wang-hao", language)
    mandate = parties_actions.grant_mandate(
        from_party=company, to_party=city.stranger.party_id, items=("FOOD",), actor=SETUP, now=city.now,
        request_id=request(),
    )  # fmt: skip
    filing = Filing(agent, city)
    case, draft = filing.file(), filing.start()
    other = city.file("SIGN")  # the company's own, of an item that the mandate does not cover
    assert _listed(agent) == {case}
    assert agent.get(f"/case/{case}/").status_code == 200
    told(agent.get(f"/case/{other}/"), NotFound, 404, language)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT principal FROM ledger_event WHERE stream_id = %s", [case])
        assert cursor.fetchall() == [(f"party:{company}",)]
    parties_actions.revoke_mandate(
        from_party=company, mandate_id=mandate, actor=SETUP, now=city.now, request_id=request()
    )
    assert _listed(agent) == set()
    assert f"/draft/{draft}/" not in agent.get("/cases/").content.decode()
    told(agent.get(f"/case/{case}/"), NotFound, 404, language)
    before = everything()
    told(agent.get(f"/draft/{draft}/materials/"), NotFound, 404, language)
    posted = {"promise": "yes", "request_id": request()}
    told(agent.post(f"/draft/{draft}/check/", posted), NotFound, 404, language)
    assert everything() == before


def test_an_agents_acts_are_recorded_for_whom_they_act(city: City) -> None:
    case = city.file()
    actions.withdraw(case_id=case, actor=city.owner, request_id=request(), now=city.now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT actor, principal FROM ledger_event WHERE stream_id = %s", [case])
        assert cursor.fetchall() == [(city.owner.id, f"party:{city.owner.principals[-1].id}")]


def test_a_page_with_somebodys_name_is_kept_by_no_cache(owner: Client, city: City) -> None:
    for page in ("/", "/search/?q=x", "/cases/", "/wallet/", "/guide/FOOD/"):
        assert "no-store" in owner.get(page).headers.get("Cache-Control", ""), page
    assert "no-store" not in Client().get("/guide/FOOD/").headers.get("Cache-Control", "")
