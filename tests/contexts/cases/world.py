"""A small world for the rules of a case: shipped items, real routes, a real calendar, and people with roles."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.decide import decide
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.fairness import commands as f
from tongban.contexts.cases.core.state import CaseState, Material
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.source import parse_item
from tongban.contexts.parties.core import Actor, Principal, Role, system
from tongban.contexts.process.core.routes import Route
from tongban.contexts.process.core.seeds import seed_years
from tongban.contexts.process.core.soundness import publishable
from tongban.kernel.clock import CHINA
from tongban.kernel.workdays import Calendar

CATALOGUE = Path(__file__).parents[3] / "catalogue"

OWNER = Actor(
    kind="citizen", id="person:p1", name="周敏", party_id="p1", real_level=3,
    principals=(
        Principal("p1", "natural", "周敏", "4299**40"), Principal("c1", "legal", "江畔小馆", "9142", "mandate"),
    ),
)  # fmt: skip
STRANGER = Actor(
    kind="citizen", id="person:p2", name="王浩", party_id="p2", real_level=3,
    principals=(Principal("p2", "natural", "王浩", "4299**19"),),
)  # fmt: skip
WINDOW = Actor(
    kind="officer", id="officer:w1", name="王敏", agency="service-centre", roles=frozenset({Role.WINDOW}),
    window="1", window_items=frozenset({"*"}),
)  # fmt: skip
SOCIAL_WINDOW = replace(WINDOW, id="officer:w5", window="5", window_items=frozenset({"SS-CARD"}))
CLOCK, PAPERS = system("clock"), system("papers")


def officer(name: str, agency: str, *roles: Role) -> Actor:
    return Actor(kind="officer", id=f"officer:{name}", name=name, agency=agency, roles=frozenset(roles))


REVIEWER = officer("r1", "market", Role.REVIEWER)
SECOND = officer("r2", "market", Role.REVIEWER)
CHIEF = officer("a1", "market", Role.APPROVER)


@cache
def item(code: str) -> Item:
    text = (CATALOGUE / "items" / code / "item.yaml").read_text(encoding="utf-8")
    found = parse_item(text, f"{code}/item.yaml", version=1).item
    assert found is not None
    return found


@cache
def route(name: str) -> Route:
    return publishable((CATALOGUE / "routes" / f"{name}.bpmn").read_bytes())


@cache
def calendar() -> Calendar:
    return Calendar({year.year: year for year in seed_years()})


def at(text: str) -> datetime:
    """ "2026-03-02 09:00" in official time."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


_TYPED = {"date": "2026-03-02", "citizen_id": "429901198705120140", "credit_code": "91429901MA4KFXD668"}


def answers(one: Item, **given: Any) -> dict[str, Any]:
    """Plausible answers to every required question of an item."""
    assert one.handling is not None
    values: dict[str, Any] = {}
    for step in one.handling.form:
        for field in step.fields:
            if field.kind == "choice":
                values[field.id] = field.options[-1].value
            elif field.kind == "multi":
                values[field.id] = [field.options[0].value]
            elif field.kind in ("integer", "money"):
                values[field.id] = str(max(field.minimum or 1, 1))
            else:
                values[field.id] = _TYPED.get(field.kind, "答")
    return values | given


def uploads(one: Item) -> tuple[Material, ...]:
    """One uploaded file for every material an applicant brings."""
    return tuple(
        Material(
            id=m.id, file_id=f"file-{m.id}", filename="a.pdf", media_type="application/pdf", size=9, sha256="0" * 64
        )
        for m in one.materials
        if m.source == "self" and m.need in ("required", "situational")
    )


class World:
    """One case and a moment; `give` a command as somebody, and the case moves or refuses."""

    def __init__(self, code: str = "FOOD", now: str = "2026-03-02 09:00") -> None:
        self.item = item(code)
        assert self.item.handling is not None
        self.route = route(self.item.handling.route)
        self.now = at(now)
        self.calendar = calendar()
        self.state = CaseState()
        self.events: list[Any] = []

    def facts(self, actor: Actor) -> c.Facts:
        assert self.item.handling is not None
        return c.Facts(
            actor=actor, now=self.now, calendar=self.calendar, item=self.item, route=self.route, number="N" * 43,
            query_code="123456", current_version=self.item.version, lanes=dict(self.item.handling.agencies),
            agency=self.item.agency,
        )  # fmt: skip

    def give(self, command: Any, actor: Actor, *papers: Material) -> list[Any]:
        new = list(decide(self.state, command, replace(self.facts(actor), papers=papers)))
        self.events += new
        self.state = fold(self.state, new)
        return new

    def wait(self, moment: str) -> World:
        self.now = at(moment)
        return self

    def submit(self, actor: Actor = OWNER, **changes: Any) -> World:
        applicant = c.Applicant("c1", "legal", "江畔小馆", "9142", "p1", "周敏", "13900000001")
        command = c.Submit(
            applicant=applicant, item_version=1, division="429901", values=answers(self.item),
            materials=uploads(self.item), delivery="electronic",
        )  # fmt: skip
        self.give(replace(command, **changes), actor)
        return self

    def accept(self, actor: Actor = WINDOW) -> World:
        self.give(c.Accept(), actor)
        return self

    def task(self, act: str, agency: str = "") -> str:
        return next(t.id for t in self.state.open_tasks if t.act == act and agency in ("", t.agency))

    def hear(self, who: Actor = CHIEF) -> World:
        """The applicant is told of an intended denial and gives up their days to answer."""
        self.give(f.NotifyIntention("deny", "现场不合要求", "布局不符合要求", "《行政许可法》第三十八条"), who)
        self.give(f.WaiveDefence(), OWNER)
        return self

    def make_papers(self) -> World:
        """What the worker does: every owed document and the licence."""
        for owed in self.state.owed:
            if owed.kind == "licence":
                self.give(c.RecordLicence("l1", "许1号", "token", "file-l", "0" * 64), PAPERS)
            else:
                self.give(c.RecordDocument(owed.key, owed.kind, "1号", owed.kind, f"file-{owed.key}", "0" * 64), PAPERS)
        return self

    def review_all(self) -> World:
        """Every opinion and inspection, in favour."""
        for task in self.state.open_tasks:
            if task.act == "decide":
                continue
            who = officer(f"x-{task.agency}", task.agency, Role.REVIEWER)
            outcome = "agree" if task.act == "opinion" else "pass"
            self.give(c.CompleteTask(task.id, outcome, second_officer="officer:other"), who)
        return self
