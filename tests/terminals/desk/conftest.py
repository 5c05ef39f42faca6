"""The desk in a small city: officers with logins, and cases where they are needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from django.test import Client

from tests.conftest import HandClock
from tests.contexts.cases.city import SETUP, City, build, request
from tongban.contexts.cases import actions
from tongban.contexts.parties import actions as parties_actions
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role
from tongban.terminals.common.sessions import ACCOUNT, EPOCH

Sit = Callable[..., Client]


@pytest.fixture
def city(db: None, clock: HandClock) -> City:
    """The city of the cases' own tests, at the moment of this test's clock."""
    return build(f"{clock.moment:%Y-%m-%d %H:%M}")


@pytest.fixture
def sit(city: City) -> Sit:
    """A browser of an officer who is appointed and logged in: sit("market-linjiang", Role.REVIEWER)."""

    badges = count(8001)

    def go(agency: str, *roles: Role, name: str = "赵一鸣") -> Client:
        badge = str(next(badges))
        login = f"{agency}-{badge}"
        account = parties_actions.create_account(name=login, password="long-enough-2026", actor=SETUP, now=city.now)
        parties_actions.create_officer(
            account_id=account, name=name, name_en="Zhao Yiming", badge=badge, agency=agency, roles=list(roles),
            actor=SETUP, now=city.now, request_id=request(),
        )  # fmt: skip
        client = Client()
        session = client.session
        session[ACCOUNT], session[EPOCH] = account, 0
        session.save()
        client.actor = actor_of(account, city.now)  # type: ignore[attr-defined]
        return client

    return go


def actor_of(account: str, now: datetime) -> Actor:
    return parties.actor_of(account, now=now)


def accepted(city: City, code: str = "FOOD") -> str:
    """A case accepted at a window today."""
    case_id = city.file(code)
    actions.accept(case_id=case_id, actor=city.window, request_id=request(), now=city.now)
    return case_id


def review_all(city: City, case_id: str, **outcomes: str) -> None:
    """Every opinion and inspection by others; `outcomes` by act, else in favour."""
    for task in city.state(case_id).open_tasks:
        if task.act == "decide":
            continue
        outcome = outcomes.get(task.act, "agree" if task.act == "opinion" else "pass")
        second = city.second[task.agency] if task.act == "inspect" else ""
        actions.complete_task(
            case_id=case_id, task=task.id, outcome=outcome, opinion="看过了", second_officer=second,
            actor=city.officer(task.agency, Role.REVIEWER), request_id=request(), now=city.now,
        )  # fmt: skip


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
