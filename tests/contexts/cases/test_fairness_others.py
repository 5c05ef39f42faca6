"""Fair procedure: whom a decision touches beside the applicant, renewal by silence, and decisions open to all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core import refusals_fair as rf
from tongban.contexts.cases.core.fairness import commands as f
from tongban.contexts.cases.core.rows import rows
from tongban.contexts.cases.core.state import Ending, Phase
from tongban.kernel.refusals import NotAllowed

from .test_fairness import reviewed
from .world import CHIEF, CLOCK, REVIEWER, STRANGER, World

# -- interested parties ------------------------------------------------------------------------------------------------

NEIGHBOUR = f.InformInterested("临江小区业委会", "13900000009", "油烟影响相邻住户", "12345678")


def test_the_decision_waits_for_interested_parties_and_says_how_they_were_considered() -> None:
    world = reviewed(delegated=False)
    task = world.task("decide")
    with pytest.raises(rf.InterestMissing):
        world.give(replace(NEIGHBOUR, interest=" "), CHIEF)
    world.give(NEIGHBOUR, REVIEWER)
    with pytest.raises(rf.InterestedStillOpen):
        world.give(c.Decide(task, "grant"), CHIEF)
    for code in ("", "87654321"):
        with pytest.raises(rf.InterestedUnknown):
            world.give(f.HearInterested("1", "反对", code), STRANGER)
    world.give(f.HearInterested("1", "排烟口离窗只有 3 米", "12345678"), STRANGER)
    with pytest.raises(rf.InterestedAlreadyHeard):
        world.give(f.HearInterested("1", "还有", "12345678"), STRANGER)
    with pytest.raises(rf.StatementsNotConsidered):
        world.give(c.Decide(task, "grant"), CHIEF)
    world.give(c.Decide(task, "grant", considered="排烟口改到楼顶，已写入条件。"), CHIEF)
    assert world.state.ending is Ending.GRANTED


def test_silence_of_interested_parties_ends_with_their_days() -> None:
    world = reviewed(delegated=False)
    world.give(NEIGHBOUR, CHIEF)
    world.wait("2026-03-06 09:00").give(c.Decide(world.task("decide"), "grant"), CHIEF)
    assert world.state.ending is Ending.GRANTED


# -- renewal by silence ------------------------------------------------------------------------------------------------


def renewing(valid_to: str = "2026-04-10", now: str = "2026-03-02 09:00", **more: Any) -> World:
    class Renewal(World):
        def facts(self, actor: Any) -> c.Facts:
            held = c.Renewing("l0", "FOOD-2021-000001-X", "c1", "FOOD", date.fromisoformat(valid_to), in_force=True)
            return replace(super().facts(actor), renewing=replace(held, **more))

    world = Renewal("FOOD", now)
    assert world.item.handling is not None
    world.item = replace(world.item, handling=replace(world.item.handling, renews="FOOD"))
    return world


@pytest.mark.parametrize("wrong", [{"holder": "p2"}, {"item_code": "HYGIENE"}, {"in_force": False}])
def test_a_renewal_names_a_licence_of_the_applicant_that_is_in_force(wrong: dict[str, Any]) -> None:
    with pytest.raises(rf.LicenceToRenewUnknown):
        renewing(**wrong).submit()


def test_undecided_at_its_end_the_licence_is_renewed_by_law() -> None:
    world = renewing().submit().accept()
    due = next(one for one in rows("s", world.state).due if one.key == "renew")
    assert due.at.isoformat() == "2026-04-11T00:00:00+08:00"
    with pytest.raises(r.NotYetDue):
        world.wait("2026-04-10 23:59").give(f.DeemRenewed(), CLOCK)
    with pytest.raises(NotAllowed):
        world.wait("2026-04-11 00:00").give(f.DeemRenewed(), CHIEF)
    world.give(f.DeemRenewed(), CLOCK)
    assert (world.state.phase, world.state.ending) == (Phase.GRANTED, Ending.GRANTED)
    assert world.state.open_tasks == ()
    assert {"deemed_renewal", "licence"} <= {one.kind for one in world.state.owed}
    assert not [one for one in rows("s", world.state).due if one.key == "renew"]
    assert world.give(f.DeemRenewed(), CLOCK) == []
    world.make_papers()
    assert world.state.phase is Phase.DELIVERED


def test_thirty_days_before_the_end_is_in_time_and_a_day_later_is_not() -> None:
    last = date(2026, 4, 10) - timedelta(days=30)
    in_time = renewing(now=f"{last} 23:00").submit()
    late = renewing(now=f"{last + timedelta(days=1)} 00:00").submit()
    assert in_time.state.renewal is not None
    assert late.state.renewal is not None
    assert (in_time.state.renewal.late, late.state.renewal.late) == (False, True)
    assert not [one for one in rows("s", late.state).due if one.key == "renew"]
    assert late.wait("2026-05-01 00:00").give(f.DeemRenewed(), CLOCK) == []


def test_a_decision_in_time_leaves_nothing_to_the_law() -> None:
    world = renewing().submit().accept().review_all()
    world.give(c.Decide(world.task("decide"), "grant"), CHIEF)
    assert not [one for one in rows("s", world.state).due if one.key == "renew"]
    assert world.wait("2026-04-11 00:00").give(f.DeemRenewed(), CLOCK) == []


def test_decisions_are_public_with_natural_persons_masked() -> None:
    world = reviewed(delegated=False)
    assert rows("s", world.state).tables["cases_published"] == []
    world.give(c.Decide(world.task("decide"), "grant"), CHIEF)
    (row,) = rows("s", world.state).tables["cases_published"]
    assert row[4:6] == ("grant", "江畔小馆")
    person = replace(world.state, applicant_kind="natural", applicant_name="周敏")
    assert rows("s", person).tables["cases_published"][0][5] == "周*"
