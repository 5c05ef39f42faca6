"""What terminals draw of an item's route and of a case's way is what the route and the case say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from tests.contexts.cases.world import World, item, route
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.process import queries as process
from tongban.terminals.common.presenters import clocks, words
from tongban.terminals.common.presenters import route as pictures
from tongban.ui.pictures import Fork, Parallel, Station

pytestmark = pytest.mark.django_db


def view(world: World) -> CaseView:
    return CaseView(id="x", state=world.state, item=world.item, route=world.route, history=())


def statuses(world: World, day: str) -> list[Any]:
    way = pictures.way(view(world), date.fromisoformat(day))
    return [s.status if isinstance(s, Station) else [track[0].status for track in s.tracks] for s in way.segments]


def test_every_handled_route_is_drawn_from_end_to_end() -> None:
    for code in ("FOOD", "ROAD-DIG", "RAD-CERT", "SS-CARD", "CMA", "SIGN"):
        one = item(code)
        assert one.handling is not None
        plan = pictures.plan(one, route(one.handling.route))
        assert len(plan.segments) >= 4
        acts = {node.id for node in route(one.handling.route).tasks}
        drawn = sum(len(t) for s in plan.segments if isinstance(s, Fork) for t in s.tracks)
        drawn += sum(1 for s in plan.segments if not isinstance(s, Fork)) - 3  # you apply, accepted, result
        assert drawn == len(acts), code


def test_four_opinions_run_at_once() -> None:
    plan = pictures.plan(item("ROAD-DIG"), route("joint"))
    forks = [s for s in plan.segments if isinstance(s, Fork)]
    assert [len(fork.tracks) for fork in forks] == [4]


def test_the_way_of_a_case_from_filing_to_result() -> None:
    world = World().submit()
    assert statuses(world, "2026-03-02") == ["done", "here", ["next", "next"], "next", "next"]
    world.accept()
    assert statuses(world, "2026-03-03") == ["done", "done", ["here", "here"], "next", "next"]
    assert statuses(world, "2026-03-20")[2] == ["late", "late"]
    world.review_all()
    assert statuses(world, "2026-03-04") == ["done", "done", ["done", "done"], "here", "next"]


def test_a_withdrawn_case_ends_where_it_stood() -> None:
    world = World().submit().accept()
    from tests.contexts.cases.world import OWNER

    world.give(c.Withdraw("不办了"), OWNER)
    way = pictures.way(view(world), date(2026, 3, 4))
    assert [s.status for s in way.segments if isinstance(s, Station)] == ["done", "done", "done"]
    assert not any(isinstance(s, Parallel) for s in way.segments)


def test_states_in_words() -> None:
    world = World().submit()
    assert words.case_status(world.state, date(2026, 3, 2)).kind == "running"
    world.accept()
    assert words.case_status(world.state, date(2026, 3, 20)).kind == "late"
    with translation.override("en"):
        assert words.case_status(world.state, date(2026, 3, 20)).words == "Late"


def test_clocks_say_the_day_and_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.contexts.cases.world import calendar

    monkeypatch.setattr(process, "calendar", calendar)
    world = World().submit().accept()
    found = clocks.clocks_of(view(world), date(2026, 3, 4))
    promise, law = found.bars
    assert (promise["used"], promise["total"], promise["today"]) == (1, 5, True)
    assert promise["says"] == "今天是第 2 天"
    assert promise["left"] == "还剩 3 个工作日"
    assert law["total"] == 10
    late = clocks.clocks_of(view(world), date(2026, 3, 11))
    assert late.late == 2
    assert late.bars[0]["left"] == "超期 2 个工作日"


def test_nothing_is_counted_before_acceptance() -> None:
    world = World().submit()
    assert clocks.clocks_of(view(world), date(2026, 3, 4)).bars == ()
