"""Builds the demo city through the same actions that a real installation uses; a repeat adds only what is missing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from tongban.contexts.parties import actions, queries
from tongban.contexts.parties.core import Role, system
from tongban.contexts.parties.core.organisation import Agency, Name, Window
from tongban.contexts.parties.core.refusals import NameTaken
from tongban.integrations.identity_demo import PERSONS
from tongban.kernel.codes import credit_code

from .city import CATALOGUE_CLERKS, DEMO_PASSWORD, FAIR_CLERKS, NAMED_CLERKS, WINDOWS, Clerk, Organ, clerks, organs

BUILDER = system("demo")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Built:
    """What was made: counts for the report, and the staff logins worth printing."""

    agencies: int
    windows: int
    officers: int
    people: int
    logins: tuple[Clerk, ...]
    password: str = DEMO_PASSWORD


def build(*, now: datetime, progress: Progress | None = None) -> Built:
    """Make agencies on four levels, windows, officers and demo citizens. Idempotent; records what parties records."""
    found = organs()
    for serial, organ in enumerate(found):
        actions.create_agency(_agency(organ, serial), actor=BUILDER, now=now)
    queries.forget_agencies()
    for desk in WINDOWS:
        window = Window(desk.id, Name(desk.zh, desk.en), desk.agency, desk.items)
        actions.create_window(window, actor=BUILDER, now=now)
    staff = list(NAMED_CLERKS)
    for place, organ in enumerate(found):
        staff += clerks(organ, place) if organ.staff else []
    staff += [*CATALOGUE_CLERKS, *FAIR_CLERKS]
    hashed = make_password(DEMO_PASSWORD)
    for number, clerk in enumerate(staff):
        if progress:
            progress("officers", number + 1, len(staff))
        _officer(clerk, number, hashed, now)
    for person in PERSONS:
        actions.sign_in(person.identity, now=now, request_id=_request(person.key))
    return Built(len(found), len(WINDOWS), len(staff), len(PERSONS), (*NAMED_CLERKS, *CATALOGUE_CLERKS, *FAIR_CLERKS))


def _agency(organ: Organ, serial: int) -> Agency:
    parent = "" if organ.base == "government" and organ.level == "city" else "government"
    if organ.level == "village":
        parent = "street"
    return Agency(
        key=organ.key,
        base=organ.base,
        name=Name(organ.zh, organ.en),
        short=Name(organ.zh.removeprefix("江城市"), organ.en.removeprefix("Jiangcheng ")),
        credit_code=str(credit_code.make("11", organ.division[:6], f"DEM0{serial:04d}")),
        level=organ.level,
        division=organ.division,
        parent=parent,
    )


def _officer(clerk: Clerk, number: int, hashed: str, now: datetime) -> None:
    """One officer with a login, unless the login is there from an earlier run."""
    try:
        account = actions.create_account(
            name=clerk.login, password=DEMO_PASSWORD, hashed=hashed, actor=BUILDER, now=now
        )
    except NameTaken:
        return
    actions.create_officer(
        account_id=account,
        name=clerk.name,
        name_en=clerk.name_en,
        badge=f"{1000 + number}",
        agency=clerk.agency,
        roles=[Role(role) for role in clerk.roles],
        window=clerk.window,
        actor=BUILDER,
        now=now,
        request_id=_request(clerk.login),
    )


def _request(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"tongban-demo:{name}"))
