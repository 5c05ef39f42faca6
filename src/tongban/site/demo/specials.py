"""Special procedures of the demo: an expert review, a visit appointed for the next days, a public notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tongban.contexts.cases import actions
from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.special.visit import SLOTS
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role
from tongban.contexts.process import queries as process
from tongban.kernel.clock import CHINA


def _officer(agency: str, role: Role, *, but: str = "") -> Actor:
    one = next(o for o in parties.officers(agency) if role in o.roles and f"officer:{o.id}" != but)
    return Actor(kind="officer", id=f"officer:{one.id}", name=one.name, agency=agency, roles=one.roles)


def experts(case_id: str, state: CaseState, owner: Actor, request_id: str, now: datetime) -> None:
    """An expert review, proposed by the reviewer and approved by the head: the clock stands."""
    asker = _officer(state.agency, Role.REVIEWER)
    actions.start_special(
        case_id=case_id, cause="expert_review", reason="占道范围跨两条主干道，需要专家评审交通组织方案。",
        planned_days=5, actor=asker, request_id=request_id, now=now,
    )  # fmt: skip
    actions.answer_special(
        case_id=case_id, special="expert_review-1", approve=True,
        actor=_officer(state.agency, Role.APPROVER, but=asker.id), request_id=f"{request_id}-approve", now=now,
    )  # fmt: skip


def visit(case_id: str, state: CaseState, owner: Actor, request_id: str, now: datetime) -> None:
    """A site visit by two officers on the second working day from now."""
    lead = _officer(state.agency, Role.REVIEWER)
    actions.start_special(
        case_id=case_id, cause="site_visit", reason="核查经营场所与住所是否分开、间距是否符合布局规划。",
        planned_days=5, actor=lead, request_id=request_id, now=now,
    )  # fmt: skip
    second = next(o for o in parties.officers(state.agency) if f"officer:{o.id}" != lead.id)
    actions.appoint_visit(
        case_id=case_id, special="site_visit-1", on=after(process.calendar(), now.astimezone(CHINA).date(), 2),
        slot=SLOTS[2], place=str(state.values.get("address") or state.applicant_name), first=lead.id,
        second=second.id, actor=lead, request_id=f"{request_id}-appoint", now=now,
    )  # fmt: skip


def notice(case_id: str, state: CaseState, owner: Actor, request_id: str, now: datetime) -> None:
    """A design published for three working days, with one objection that waits for its answer."""
    lead = _officer(state.agency, Role.REVIEWER)
    actions.start_special(
        case_id=case_id, cause="public_notice", reason="招牌朝向居民楼，先听取周边的意见。", planned_days=5, actor=lead,
        request_id=request_id, now=now,
    )  # fmt: skip
    actions.publish_notice(
        case_id=case_id, special="public_notice-1", title=f"{state.applicant_name}户外招牌设置方案公示",
        text="拟在临街立面设置一块户外招牌，高 2.4 米，宽 6 米，夜间亮灯至 22:00。\n效果图可以到主办单位查阅。",
        days=3, actor=lead, request_id=f"{request_id}-publish", now=now,
    )  # fmt: skip
    actions.object_to_notice(
        case_id=case_id, special="public_notice-1", name="居民代表（演示）", contact="13900000066",
        text="招牌的灯正对二楼卧室，请调低亮度。", request_id=f"{request_id}-object", now=now,
    )  # fmt: skip


SPECIAL: dict[str, Callable[[str, CaseState, Actor, str, datetime], None]] = {
    "special": experts,
    "visit": visit,
    "notice": notice,
}
