"""The desk in a small city: officers with logins, and cases where they are needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from tests.conftest import HandClock
from tests.contexts.cases.city import City, accepted, build, request, review_all
from tests.contexts.cases.specials import EXPERTS
from tests.terminals.people import officer
from tongban.contexts.cases import actions
from tongban.contexts.parties.core import Role

__all__ = ["accepted", "review_all"]

Sit = Callable[..., Client]


@pytest.fixture
def city(db: None, clock: HandClock) -> City:
    """The city of the cases' own tests, at the moment of this test's clock."""
    return build(f"{clock.moment:%Y-%m-%d %H:%M}")


@pytest.fixture
def sit(city: City) -> Sit:
    """A browser of an officer who is appointed and logged in: sit("market-linjiang", Role.REVIEWER)."""
    return partial(officer, city)


def task_of(city: City, case_id: str, act: str) -> str:
    """The open task with this act."""
    return str(next(task.id for task in city.state(case_id).open_tasks if task.act == act))


def page(client: Client, case_id: str, query: str = "") -> Any:
    return client.get(f"/desk/case/{case_id}/{query}")


def do(client: Client, case_id: str, act: str, task: str = "", request_id: str = "", **fields: str) -> Any:
    """Post an act as the page's form would."""
    answers = {f"{act}-{name}": value for name, value in fields.items()}
    body = {"act": act, "task": task, "request_id": request_id or request(), **answers}
    return client.post(f"/desk/case/{case_id}/act/", body)


def experts_heard(city: City, case_id: str, special: str) -> None:
    """Three experts named, heard and concluded, by the organ in charge."""
    lead = city.officer(city.state(case_id).agency, Role.REVIEWER)
    common: dict[str, Any] = {"case_id": case_id, "special": special, "actor": lead, "now": city.now}
    actions.name_experts(experts=EXPERTS, declared=True, request_id=request(), **common)
    for expert in EXPERTS:
        actions.record_expert(expert=expert.name, opinion="agree", text="可行", request_id=request(), **common)
    actions.conclude_experts(conclusion="方案可行", request_id=request(), **common)
