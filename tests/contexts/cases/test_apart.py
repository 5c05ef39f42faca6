"""Whoever inspected does not decide, also where the route has no inspection of its own."""

from __future__ import annotations

import pytest

from tests.contexts.cases import world as w
from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.parts.special import Course, Named, Procedure, Stage, Visit
from tongban.contexts.cases.core.refusals import HandlerMayNotDecide
from tongban.contexts.cases.core.state import CaseState


def visited() -> CaseState:
    moment = w.at("2026-03-05 09:00")
    officers = (Named(w.CHIEF.id, w.CHIEF.name), Named(w.SECOND.id, w.SECOND.name))
    visit = Visit(moment.date(), "09:00", "…", officers, (), moment)
    procedure = Procedure(
        id="site_visit-1", cause="site_visit", course=Course.VISIT, name="现场核查", name_en="Site visit",
        stage=Stage.OPEN, reason="…", planned_days=5, stops=False, law="", approver="handler", by=w.REVIEWER.id,
        by_name=w.REVIEWER.name, at=moment, visit=visit,
    )  # fmt: skip
    return CaseState(procedures=(procedure,))


def test_who_was_named_for_a_visit_does_not_decide() -> None:
    state = visited()
    for inspector in (w.CHIEF, w.SECOND):
        with pytest.raises(HandlerMayNotDecide):
            rights.require_separation(inspector, state, self_approval=False)
