"""The machine of routes and tables: whatever is tried in whatever order, what is in force has passed four persons."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.contexts.catalogue.core.life import LifeStage, WrongStage
from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.modelling import commands as m
from tongban.contexts.catalogue.core.modelling import events as e
from tongban.contexts.catalogue.core.modelling.checking import Fault
from tongban.contexts.catalogue.core.modelling.machine import decide
from tongban.contexts.catalogue.core.modelling.rows import rows
from tongban.contexts.catalogue.core.modelling.state import ModelState, evolve
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import Refusal

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
PERSONS = ("a", "b", "c", "d", "e")
WRONG = Fault("error", "x", 1, "错")


def written(text: str) -> e.WrittenModel:
    return e.WrittenModel(text, f"digest of {text}", "名", "Name")


COMMANDS = st.one_of(
    st.builds(m.SaveModel, st.sampled_from([written("1"), written("2")]), st.sampled_from(["", "digest of 1"])),
    st.builds(c.Submit, st.sampled_from(["", "digest of 1"])),
    st.builds(c.Approve, st.sampled_from(["department", "legal", "publish"]), st.just("")),
    st.builds(c.Return, st.sampled_from(["department", "legal", "publish"]), st.sampled_from(["", "改"])),
    st.just(m.PublishModel((("SHOP", 2),))),
    st.just(c.Supersede(2)),
    st.just(c.Abandon()),
    st.just(m.OpenModel("route", "k", 1, 0, written("1"), "market", "desk")),
)
_ON: dict[LifeStage, Any] = {
    LifeStage.DRAFT: c.Submit(),
    LifeStage.DEPARTMENT_REVIEW: c.Approve("department", "好"),
    LifeStage.LEGAL_REVIEW: c.Approve("legal", "好"),
    LifeStage.APPROVED: m.PublishModel(),
}
#: Mostly what leads on, by anybody; now and then anything, another version in force, or a fault.
STEPS = st.lists(
    st.tuples(
        st.integers(0, 4).flatmap(lambda chance: COMMANDS if chance == 4 else st.none()),
        st.sampled_from(PERSONS),
        st.sampled_from([0, 0, 0, 7]),
        st.sampled_from([False, False, False, True]),
    ),
    min_size=6,
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_no_path_puts_in_force_with_fewer_than_four_persons(steps: list[tuple[Any, str, int, bool]]) -> None:
    opening = m.OpenModel("route", "k", 1, 0, written("1"), "market", "desk")
    state, done = ModelState(), {"drafter": {"a"}}
    for event in decide(state, opening, m.Facts("a", NOW)):
        state = evolve(state, event)
    for number, (chosen, by, in_force, wrong) in enumerate(steps):
        command = chosen or _ON.get(state.stage, c.Abandon())
        facts = m.Facts(by, NOW + timedelta(minutes=number), in_force, "", (WRONG,) if wrong else ())
        try:
            events = decide(state, command, facts)
        except Refusal:
            continue
        for event in events:
            text = state.xml
            state = evolve(state, event)
            if isinstance(event, e.ModelReturned):
                done = {"drafter": done["drafter"]}
            part = {
                e.ModelSaved: "drafter",
                e.ModelSubmitted: "drafter",
                e.ModelDepartmentApproved: "department",
                e.ModelLegalityApproved: "legal",
            }.get(type(event))
            if part:
                done.setdefault(part, set()).add(by)
            if isinstance(event, e.ModelPublished):
                assert not wrong
                assert in_force == state.base
                parties = [done["drafter"], done["department"], done["legal"], {by}]
                assert len(set.union(*parties)) == sum(map(len, parties))
            if not isinstance(event, e.ModelSaved):
                assert state.xml == text
        assert len(rows("model-route-k-0001", state).tables["catalogue_model"]) == 1
        assert rows("model-route-k-0001", state).due == ()


def test_what_was_published_never_changes() -> None:
    state = replace(ModelState(), stage=LifeStage.PUBLISHED, xml="1", number=1)
    for command in (m.SaveModel(written("2")), c.Submit(), m.PublishModel(), c.Abandon()):
        with pytest.raises(WrongStage):
            decide(state, command, m.Facts("x", NOW))
