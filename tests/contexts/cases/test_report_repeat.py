"""The report of a test: a repeat of the request answers as the first did, and keeps no second file."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests.contexts.cases.city import City, accepted, build, png, request
from tongban.contexts.cases import actions
from tongban.contexts.cases.core.special.refusals import ProcedureStepWrong
from tongban.contexts.parties.core import Role


@pytest.fixture
def city(db: None) -> City:
    return build()


@pytest.mark.parametrize("data", [b"", png()], ids=["alone", "with-file"])
def test_the_same_request_reports_once(city: City, data: bytes) -> None:
    case_id = accepted(city, "SEWER")
    agency = city.state(case_id).agency
    act: dict[str, Any] = {"case_id": case_id, "now": city.now}
    lead = city.officer(agency, Role.REVIEWER, name="lead")
    chief = city.officer(agency, Role.APPROVER, name="chief")
    actions.start_special(
        cause="inspection_test", reason="要检", planned_days=5, actor=lead, request_id=request(), **act
    )
    one = city.state(case_id).procedures[0]
    if not city.state(case_id).specials:
        actions.answer_special(special=one.id, approve=True, actor=chief, request_id=request(), **act)
    act |= {"special": one.id, "actor": lead}
    actions.commission_test(body="检验所", subject="水样", days=3, request_id=request(), **act)
    report = partial(actions.report_test, result="pass", number="J-1", data=data, filename="报告.png", **act)
    once = request()
    report(request_id=once)
    report(request_id=once)
    test = city.state(case_id).procedures[0].test
    assert test is not None
    assert (test.number, test.report is not None) == ("J-1", bool(data))
    with pytest.raises(ProcedureStepWrong):
        report(request_id=request())
