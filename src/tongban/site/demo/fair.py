"""What happens in the demo's cases before a decision: hearing the applicant and others, and asking for a recusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tongban.contexts.cases import actions
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role


def chief(agency: str) -> Actor:
    """The approver of an organ."""
    one = next(o for o in parties.officers(agency) if Role.APPROVER in o.roles)
    return Actor(kind="officer", id=f"officer:{one.id}", name=one.name, agency=agency, roles=one.roles)


def _intend(case_id: str, state: CaseState, owner: Actor, request_id: str, now: datetime) -> None:
    actions.notify_intention(
        case_id=case_id, facts="租房合同的月租金低于家庭工资收入的百分之十五。",
        reasons="租房支出低于提取条件规定的比例。", basis="《住房公积金管理条例》第二十四条",
        actor=chief(state.agency), request_id=request_id, now=now,
    )  # fmt: skip


def _state(case_id: str, state: CaseState, owner: Actor, request_id: str, now: datetime) -> None:
    actions.state_defence(
        case_id=case_id, text="合同之外还付了物业费和停车费，加起来够了。收据可以补交。", actor=owner,
        request_id=request_id, now=now,
    )  # fmt: skip


def _inform(case_id: str, state: CaseState, owner: Actor, request_id: str, now: datetime) -> None:
    actions.inform_interested(
        case_id=case_id, name="滨江路沿街商户代表", contact="13900000077", interest="施工期间店门口不能停车、送货。",
        actor=chief(state.agency), request_id=request_id, now=now,
    )  # fmt: skip


def _recuse(case_id: str, state: CaseState, owner: Actor, request_id: str, now: datetime) -> None:
    named = parties.officers(state.agency)[1]
    actions.ask_recusal(
        case_id=case_id, officer=named.id, reason="他的配偶在竞争对手的施工单位任职。", actor=owner,
        request_id=request_id, now=now,
    )  # fmt: skip


FAIR: dict[str, Callable[[str, CaseState, Actor, str, datetime], None]] = {
    "intend": _intend,
    "state": _state,
    "inform": _inform,
    "recuse": _recuse,
}
