"""A small city in the database: real catalogue, a few organs, people and officers; and the worker's work by hand."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PIL import Image

from tests.contexts.cases.world import CATALOGUE, answers, at
from tongban.contexts.cases import actions, jobs, queries
from tongban.contexts.catalogue import actions as catalogue_actions
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties import actions as parties_actions
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Principal, Role, system
from tongban.contexts.process import actions as process_actions
from tongban.foundation.ledger import worker
from tongban.site.demo import city as demo
from tongban.site.demo.build import _agency  # the demo's organs serve the tests as well
from tongban.site.wiring import WORK

SETUP = system("test")


def png() -> bytes:
    """A real, small picture."""
    picture = Image.new("RGB", (8, 8), "white")
    out = io.BytesIO()
    picture.save(out, "PNG", pnginfo=None)
    return out.getvalue()


@dataclass
class City:
    """Who acts in the tests."""

    owner: Actor
    stranger: Actor
    window: Actor
    social_window: Actor
    now: datetime
    second: dict[str, str]  # agency -> id of a second inspector who exists

    def officer(self, agency: str, *roles: Role, name: str = "") -> Actor:
        return Actor(
            kind="officer", id=f"officer:{uuid.uuid5(uuid.NAMESPACE_URL, agency + name)}", name=name or agency,
            agency=agency, roles=frozenset(roles),
        )  # fmt: skip

    def later(self, **delta: int) -> City:
        self.now += timedelta(**delta)
        return self

    def work(self) -> int:
        """What the worker would do now."""
        worker.handlers.update({name: partial(_call, self, job) for name, job in WORK.items()})
        return worker.drain(self.now)

    def draft(self, code: str = "FOOD", **changes: Any) -> str:
        item = catalogue.current(code).item
        draft = actions.start_draft(
            item_code=code, principal_id=self.owner.principals[-1].id, division="429901", actor=self.owner, now=self.now
        )
        actions.save_answers(
            draft_id=draft, values=answers(item, receive="electronic") | changes, actor=self.owner, now=self.now
        )
        for material in item.materials:
            if material.source == "self" and material.need in ("required", "situational"):
                actions.attach_material(
                    draft_id=draft,
                    material_id=material.id,
                    data=png(),
                    filename="图.png",
                    actor=self.owner,
                    now=self.now,
                )
        return draft

    def file(self, code: str = "FOOD", **changes: Any) -> str:
        return actions.submit(
            draft_id=self.draft(code, **changes), request_id=request(), actor=self.owner, now=self.now
        ).case_id

    def state(self, case_id: str) -> Any:
        return queries.case(case_id, actor=system("test")).state


def _call(city: City, job: Any, call: Any) -> None:
    job(call, city.now)


def request() -> str:
    return str(uuid.uuid4())


def build(moment: str = "2026-03-02 09:00") -> City:
    """Seed the calendar, the shipped catalogue, the demo's organs, one owner with a company, one stranger."""
    now = at(moment)
    process_actions.seed_calendar(now=now)
    catalogue_actions.load(CATALOGUE, actor=SETUP, now=now)
    catalogue.refresh()
    for serial, organ in enumerate(demo.organs()):
        parties_actions.create_agency(_agency(organ, serial), actor=SETUP, now=now)
    parties.forget_agencies()
    person = partial(parties_actions.register_natural, actor=SETUP, now=now, phone="13900000001")
    owner = person(name="周敏", id_number="429901198705120140", request_id=request()).party_id
    other = person(name="王浩", id_number="429902199311080319", request_id=request()).party_id
    company = parties_actions.register_legal(
        name="江畔小馆", credit_number="91429901MA4KFXD668", actor=SETUP, now=now, request_id=request()
    ).party_id
    window = Actor(
        kind="officer", id="officer:w", name="王敏", agency="service-centre-linjiang", roles=frozenset({Role.WINDOW}),
        window="lj-01", window_items=frozenset({"*"}),
    )  # fmt: skip
    second = {organ: _officer(organ, now) for organ in ("market-linjiang", "health-linjiang")}
    return City(
        second=second,
        owner=_citizen(owner, "周敏", Principal(company, "legal", "江畔小馆", "91429901MA4KFXD668", "mandate")),
        stranger=_citizen(other, "王浩"),
        window=window,
        social_window=Actor(
            kind="officer", id="officer:w5", name="吴芳", agency="service-centre-linjiang",
            roles=frozenset({Role.WINDOW}), window="lj-05", window_items=frozenset({"SS-CARD"}),
        ),
        now=now,
    )  # fmt: skip


def _officer(agency: str, now: datetime) -> str:
    account = parties_actions.create_account(name=f"second-{agency}", password="long-enough-2026", actor=SETUP, now=now)
    return parties_actions.create_officer(
        account_id=account, name="李四", name_en="Li Si", badge=f"9-{agency}", agency=agency, roles=[Role.REVIEWER],
        actor=SETUP, now=now, request_id=request(),
    )  # fmt: skip


def _citizen(party: str, name: str, *more: Principal) -> Actor:
    own = Principal(party, "natural", name, "4299**")
    return Actor(kind="citizen", id=f"person:{party}", name=name, party_id=party, real_level=3, principals=(own, *more))


__all__ = ["City", "build", "jobs", "png", "request"]


def accepted(city: City, code: str = "FOOD") -> str:
    """A case accepted at a window today."""
    case_id = city.file(code)
    actions.accept(case_id=case_id, actor=city.window, request_id=request(), now=city.now)
    return case_id


def review_all(city: City, case_id: str, **outcomes: str) -> None:
    """Every review, opinion and inspection by whose it is; `outcomes` by act, else in favour."""
    for task in city.state(case_id).open_tasks:
        if task.act == "decide":
            continue
        outcome = outcomes.get(task.act, "agree" if task.act == "opinion" else "pass")
        second = city.second[task.agency] if task.act == "inspect" else ""
        actions.complete_task(
            case_id=case_id, task=task.id, outcome=outcome, opinion="看过了", second_officer=second,
            actor=city.officer(task.agency, Role.REVIEWER), request_id=request(), now=city.now,
        )  # fmt: skip


def hear(city: City, case_id: str, chief: Actor | None = None) -> None:
    """The applicant is told of an intended denial and gives up their days to answer."""
    who = chief or city.officer(city.state(case_id).agency, Role.APPROVER, name="chief")
    actions.notify_intention(
        case_id=case_id, outcome="deny", facts="why", reasons="why", basis="law",
        actor=who, request_id=request(), now=city.now,
    )  # fmt: skip
    actions.waive_defence(case_id=case_id, actor=city.window, request_id=request(), now=city.now)


def decide(city: City, case_id: str, outcome: str = "grant", reasons: str = "") -> None:
    """The decision by the approver of the organ in charge."""
    task = next(t for t in city.state(case_id).open_tasks if t.act == "decide")
    chief = city.officer(task.agency, Role.APPROVER, name="chief")
    if outcome == "deny":
        hear(city, case_id, chief)
    actions.decide_case(
        case_id=case_id, task=task.id, outcome=outcome, reasons=reasons, actor=chief, request_id=request(), now=city.now
    )
