"""What no table may pass over on its way along a route: it goes to a person, who decides and answers for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.contexts.cases.courses import done, drawn, nodes, task
from tests.contexts.cases.specials import start
from tests.contexts.cases.test_course_ways import ruled
from tests.contexts.cases.world import CHIEF, World
from tests.contexts.process.drawings import ends, flows
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.fairness import commands as f
from tongban.contexts.cases.core.parts.automatic import Why
from tongban.contexts.cases.core.path import advance
from tongban.contexts.cases.core.state import Phase
from tongban.contexts.process.core.soundness import publishable

INFORM = f.InformInterested("王五", "13900000009", "相邻通行", "12345678")
INTENT = f.NotifyIntention("deny", "面积", "不够", "第十二条")


def left_to_people(world: World) -> bool:
    waits = [one.act for one in world.state.open_tasks]
    left = world.state.automatic.left == Why.ROUTE
    return world.state.phase is Phase.ACCEPTED and world.state.decision is None and "decide" in waits and left


@pytest.mark.parametrize("command", [INFORM, INTENT])
def test_who_is_to_be_heard_is_heard_by_a_person(command: object) -> None:
    world = ruled("retail")
    world.give(command, CHIEF)
    done(world, "a")
    assert left_to_people(world)


def test_a_procedure_that_runs_is_not_passed_over() -> None:
    world = ruled("retail")
    start(world, world.item.handling.special[0].cause if world.item.handling else "")
    done(world, "a")
    assert left_to_people(world)


def test_what_several_discuss_no_table_grants() -> None:
    world = ruled("retail")
    assert world.item.handling is not None
    world.item = replace(world.item, handling=replace(world.item.handling, collective=True))
    done(world, "a")
    assert left_to_people(world)


def test_nothing_is_granted_while_somebody_still_examines() -> None:
    """The table's branch comes first; the other organ has not said anything yet."""
    body = (
        task("a")
        + '<parallelGateway id="split"/><parallelGateway id="join"/>'
        + '<businessRuleTask id="risk" name="风险分级" tongban:decision="risk"/>'
        + '<serviceTask id="auto" tongban:act="decide" tongban:role="approver"/>'
        + task("b")
        + ends("e")
        + flows("s a split risk auto join e; split b join")
    )
    world = ruled("retail")
    world.route = publishable(drawn(body, lead="a b auto risk"))
    world.state = replace(world.state, position=type(world.state.position)(), tasks=())
    world.state = fold(world.state, advance(world.state, world.facts(CHIEF), task=""))  # from its start
    done(world, "a")
    assert world.state.decision is None
    assert nodes(world) == {"auto", "b"}
