"""A batch of the demo city: a hospital applies for its radiation workers; some are through, some wait, some rows stay
in the draft to be mended."""

from __future__ import annotations

from datetime import datetime, timedelta

from tongban.contexts.cases import actions, queries
from tongban.contexts.parties.core import Actor, Role
from tongban.foundation import time as platform_time
from tongban.foundation.ledger import worker
from tongban.kernel.codes import citizen_id

from . import cases as scenes
from .city import LINJIANG
from .papers import sketch

PERSON, ITEM = "chen-jing", "RAD-CERT"
#: The sheet as the hospital filled it in, its mistakes included.
_PEOPLE = (
    ("方启明", "介入放射学"), ("沈佳怡", "X射线影像诊断"), ("罗志远", "放射治疗"), ("许文静", "X射线影像诊断"),
    ("孟繁华", "核医学"), ("丁晓东", "X射线影像诊断"), ("贺新", "介入放射学"), ("姚雨桐", "X射线影像诊断"),
    ("白建国", "放射治疗"), ("金雅琴", "X射线影像诊断"), ("石磊", "看片子"), ("曾敏", "核医学"),
)  # fmt: skip
_PAPERS = {
    "training": "放射防护培训考核合格证明", "health_report": "职业健康检查报告", "dose": "个人剂量监测记录",
    "photo": "近期免冠照片",
}  # fmt: skip


def build_batch(now: datetime) -> int:
    """File the batch that was not filed before: accepted, reviewed, half of it granted. Answers how many cases."""
    before = platform_time.set_clock(scenes.FixedClock(now))
    try:
        owner = scenes._citizen(PERSON, now)
        if queries.batches(actor=owner):
            return 0
        at = scenes._workday_ago(now, 1)
        platform_time.set_clock(scenes.FixedClock(at))
        batch_id = _file(owner, at)
        worker.drain(at)
        done = _handle(batch_id, at + timedelta(minutes=25))
        worker.drain(min(at + timedelta(minutes=30), now))
        return done
    finally:
        if before is not None:
            platform_time.set_clock(before)


def _file(owner: Actor, at: datetime) -> str:
    company = owner.principals[-1]
    draft = actions.start_batch(item_code=ITEM, principal_id=company.id, division=LINJIANG, actor=owner, now=at)
    common = {
        "applicant_kind": "institution", "applicant_name": company.name, "contact_name": owner.name,
        "contact_phone": "13900000007", "employer": company.name, "receive": "electronic",
    }  # fmt: skip
    actions.save_common(draft_id=draft, values=common, complete=True, actor=owner, now=at)
    actions.take_sheet(draft_id=draft, data=_sheet(), filename="放射人员名单.csv", actor=owner, now=at)
    for material, name in _PAPERS.items():
        actions.attach_for_all(
            draft_id=draft, material_id=material, data=sketch(name, company.name), filename=f"{name}.pdf", actor=owner,
            now=at,
        )  # fmt: skip
    return actions.file_batch(draft_id=draft, request_id=scenes._request("batch:file"), actor=owner, now=at).batch_id


def _sheet() -> bytes:
    lines = ["姓名,公民身份号码,从事的放射工作,开始（拟）从事日期"]
    for place, (name, work) in enumerate(_PEOPLE):
        first = f"4299011990{place % 12 + 1:02d}15{place:03d}"
        number = first + citizen_id.check_character(first)
        lines.append(f"{name},{'4.29901E+17' if name == '曾敏' else number},{work},2026-12-01")
    return "\n".join(lines).encode("gb18030")


def _handle(batch_id: str, at: datetime) -> int:
    cases = [one.case_id for one in queries.batch(batch_id, actor=scenes.VIEWER).lines]
    actions.accept_together(
        batch_id=batch_id, cases=cases, actor=scenes._window(), request_id=scenes._request("batch:accept"), now=at
    )
    organ = queries.batch(batch_id, actor=scenes.VIEWER).state.agency
    reviewed, granted = cases[: len(cases) * 4 // 5], cases[: len(cases) // 2]
    actions.opine_together(
        batch_id=batch_id, cases=reviewed, outcome="pass", opinion="四项材料齐全，培训和体检都在两年以内。",
        actor=scenes._officer(organ, Role.REVIEWER), request_id=scenes._request("batch:review"), now=at,
    )  # fmt: skip
    actions.grant_together(
        batch_id=batch_id, cases=granted, actor=scenes._officer(organ, Role.APPROVER),
        request_id=scenes._request("batch:grant"), now=at,
    )  # fmt: skip
    return len(cases)
