"""Special procedures in a few words: started, approved and carried through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.parts.special import CheckLine, Expert, Named, Signature, Statement
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.catalogue.core.items import SpecialProcedure, Text
from tongban.contexts.parties.core import Actor, Role

from .world import World, officer

TWO = (Named("officer:i1", "孙磊"), Named("officer:i2", "钱薇"))
EXPERTS = (
    Expert("李工", "江城市政设计院", "道路"),
    Expert("王教授", "江城大学", "交通"),
    Expert("赵工", "江城市测绘院", "管线"),
)


def chief_of(world: World) -> Actor:
    return officer("head", world.state.agency, Role.APPROVER)


def lead_of(world: World) -> Actor:
    return officer("lead", world.state.agency, Role.REVIEWER)


def start(world: World, cause: str, days: int = 3, asker: Actor | None = None) -> str:
    """Proposed and, where the cause wants it, approved. Answers its id."""
    world.give(c.StartSpecial(cause, "需要查清", days), asker or lead_of(world))
    special = world.state.procedures[-1]
    if special.stage == "proposed":
        world.give(s.AnswerSpecial(special.id, True), chief_of(world))
    return special.id


def inspector(world: World, place: int) -> Actor:
    one = TWO[place]
    return Actor(kind="officer", id=one.id, name=one.name, agency=world.state.agency, roles=frozenset({Role.REVIEWER}))


def appointment(world: World, special: str, **changes: Any) -> s.AppointVisit:
    given = {"on": world.now.date(), "slot": "09:00–10:30", "place": "滨江路 88 号", "officers": TWO}
    return s.AppointVisit(special, **(given | changes))  # type: ignore[arg-type]


def whole(world: World, special: str, **changes: Any) -> s.SaveVisit:
    """A record with nothing missing."""
    visit = next(one for one in world.state.procedures if one.id == special).visit
    assert visit is not None
    lines = tuple(CheckLine(line.text, "pass") for line in visit.lines)
    given = {"lines": lines, "findings": "与申请相符。", "result": "pass", "present": "yes", "present_name": "周敏"}
    return s.SaveVisit(special, **(given | changes))


def visit_done(world: World, special: str) -> None:
    """Appointed for today, recorded, signed and confirmed."""
    world.give(appointment(world, special), lead_of(world))
    world.give(whole(world, special), inspector(world, 0))
    world.give(s.SignVisit(special), inspector(world, 0))
    world.give(s.SignVisit(special), inspector(world, 1))


def reviewed(world: World, special: str, *opinions: str) -> None:
    """Three experts named, heard and concluded."""
    lead = lead_of(world)
    world.give(s.NameExperts(special, EXPERTS, declared=True), lead)
    for expert, opinion in zip(EXPERTS, opinions or ("agree", "agree", "agree"), strict=True):
        world.give(s.RecordExpert(special, expert.name, opinion, "见书面意见"), lead)
    world.give(s.ConcludeExperts(special, "方案可行"), lead)


def minutes(special: str) -> s.RecordHearing:
    return s.RecordHearing(
        special, "申请人周敏，审查人员孙磊",
        (Statement("周敏", "后厨已经改好。"), Statement("孙磊", "检查时还没有改好。")),
        (Signature("周敏"), Signature("孙磊", "出差，已电话核对")),
    )  # fmt: skip


def food() -> World:
    return World(now="2026-03-02 09:00").submit().accept()


def with_special(*more: SpecialProcedure, code: str = "FOOD") -> World:
    """An accepted case of an item that publishes further special procedures."""
    world = World(code, now="2026-03-02 09:00")
    assert world.item.handling is not None
    world.item = replace(
        world.item, handling=replace(world.item.handling, special=(*world.item.handling.special, *more))
    )
    return world.submit().accept()


def special(cause: Any, *, stops: bool = False, **more: Any) -> SpecialProcedure:
    return SpecialProcedure(cause, Text(cause, cause), stops=stops, basis=Text("依据", "basis"), **more)
