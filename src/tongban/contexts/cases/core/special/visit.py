"""On-site inspection 现场核查: appointment, record, two officers (行政许可法 34)."""

from __future__ import annotations

from typing import Any

from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.intake import Events, require_phase
from tongban.contexts.cases.core.occurred import special as o
from tongban.contexts.cases.core.parts.special import CheckLine, Course, Procedure, Visit
from tongban.contexts.cases.core.path import advance
from tongban.contexts.cases.core.refusals import ChoiceUnknown, ReasonMissing
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special.common import lead, require_unrecused, require_working_day, running
from tongban.contexts.cases.core.special.opening import finish, offered
from tongban.contexts.cases.core.special.refusals import (
    DayNotPossible,
    NotNamedOfficer,
    OfficersNotTwo,
    OtherTimeAskedAlready,
    ProcedureStepWrong,
    RecordFixed,
    RecordIncomplete,
    SecondOfficerSigns,
)
from tongban.contexts.cases.core.state import Act, CaseState, Phase, Task
from tongban.contexts.catalogue.core.items import Item, Text
from tongban.kernel.refusals import N_, Words

#: Parts of a working day in which officers come.
SLOTS = ("09:00–10:30", "10:30–12:00", "14:00–15:30", "15:30–17:00")
VERDICTS = ("pass", "fail", "na")
RESULTS = ("pass", "fail")
PRESENT = ("yes", "refused", "absent")
#: What is looked at where the item has no checklist of its own.
GENERAL = (
    Text("经营（使用）场所与申请的地址、面积一致", "The place and its size are as applied for"),
    Text("场所布局、设施设备与提交的图纸、清单一致", "Layout and equipment are as in the plans and lists"),
    Text("人员和管理制度符合要求", "Staff and rules of management are as required"),
)
MOST_PHOTOS = 40


def checklist(facts: Facts) -> tuple[str, ...]:
    """The lines that the item publishes, else the general ones, as a record keeps them."""
    return tuple(line.zh for line in checklist_texts(facts.item))


def checklist_texts(item: Item) -> tuple[Text, ...]:
    """The same lines in both languages."""
    special = next((one for one in offered(item) if one.cause == "site_visit"), None)
    return (special.checklist if special is not None else ()) or GENERAL


def appoint(state: CaseState, command: s.AppointVisit, facts: Facts) -> Events:
    """Day, part of the day, place and both officers, told to the applicant; again where they asked for another time."""
    one = lead(state, facts, command.special, Course.VISIT)
    visit = one.visit
    if visit is not None:
        require_open_record(visit)
        if visit.saved_at is not None:
            raise ProcedureStepWrong(next=N_("核查已经开始记录，不能再改时间"))
    require_working_day(facts, command.on)
    if command.slot not in SLOTS:
        raise ChoiceUnknown(field="slot")
    if not command.place.strip():
        raise ReasonMissing(field="place")
    if len({officer.id for officer in command.officers}) != 2 or len(command.officers) != 2:
        raise OfficersNotTwo(field="second")
    require_unrecused(state, command.officers)
    lines = tuple(line.strip() for line in command.lines if line.strip()) or checklist(facts)
    return [
        o.VisitAppointed(
            special=one.id,
            on=command.on,
            slot=command.slot,
            place=command.place.strip(),
            officers=command.officers,
            lines=tuple(CheckLine(line) for line in lines),
            by_name=facts.actor.name,
            at=facts.now,
            moved=visit is not None and _waits(visit),
        )
    ]


def _waits(visit: Visit) -> bool:
    """The applicant asked for another time and has no answer."""
    return bool(visit.other_reason) and not visit.other_answer


def appointed(one: Procedure) -> Visit:
    """The visit. Refuses ProcedureStepWrong before it is appointed."""
    if one.visit is None:
        raise ProcedureStepWrong(next=N_("要先约定核查的时间、地点和两名核查员"))
    return one.visit


def require_open_record(visit: Visit) -> None:
    if visit.confirmed_at is not None:
        raise RecordFixed


def ask_time(state: CaseState, command: s.AskVisitTime, facts: Facts) -> Events:
    """The applicant asks for another time, once, with a reason, before the day of the visit."""
    rights.require_applicant(facts.actor, state)
    require_phase(state, Phase.ACCEPTED)
    one = running(state, command.special, Course.VISIT)
    visit = appointed(one)
    if visit.other_reason:
        raise OtherTimeAskedAlready
    if facts.now.date() >= visit.on:
        raise DayNotPossible(on=visit.on, why=N_("核查当天不能再改，请打办理机关的电话"))
    if not command.reason.strip():
        raise ReasonMissing(field="reason")
    asked = o.VisitTimeAsked(special=one.id, reason=command.reason.strip(), wish=command.wish.strip(), at=facts.now)
    return [asked]


def keep_time(state: CaseState, command: s.KeepVisitTime, facts: Facts) -> Events:
    """The time stays, and why; another time is appointed anew."""
    visit = appointed(lead(state, facts, command.special, Course.VISIT))
    if not _waits(visit):
        raise ProcedureStepWrong(next=N_("申请人没有提出改时间"))
    if not command.reason.strip():
        raise ReasonMissing
    kept = o.VisitTimeKept(
        special=command.special, reason=command.reason.strip(), by_name=facts.actor.name, at=facts.now
    )
    return [kept]


# -- the record --------------------------------------------------------------------------------------------------------


def _at_work(state: CaseState, special: str, facts: Facts) -> Visit:
    """The visit on its day or later, before one of its two officers."""
    visit = appointed(lead(state, facts, special, Course.VISIT))
    require_open_record(visit)
    if facts.actor.id not in {officer.id for officer in visit.officers}:
        names = Words("、".join(x.name for x in visit.officers), ", ".join(x.name for x in visit.officers))
        raise NotNamedOfficer(names=names)
    if facts.now.date() < visit.on:
        raise ProcedureStepWrong(next=N_("还没到约定的核查日"))
    return visit


def save(state: CaseState, command: s.SaveVisit, facts: Facts) -> Events:
    """Keep the record as far as it is. The lines are those appointed, in their order; what they ask is not changed."""
    visit = _at_work(state, command.special, facts)
    if tuple(line.text for line in command.lines) != tuple(line.text for line in visit.lines):
        raise ChoiceUnknown
    if any(line.verdict not in ("", *VERDICTS) for line in command.lines):
        raise ChoiceUnknown
    if command.result not in ("", *RESULTS) or command.present not in ("", *PRESENT):
        raise ChoiceUnknown
    saved = o.VisitSaved(
        special=command.special,
        lines=tuple(CheckLine(line.text, line.verdict, line.remark.strip()) for line in command.lines),
        findings=command.findings.strip(),
        result=command.result,
        present=command.present,
        present_name=command.present_name.strip(),
        remark=command.remark.strip(),
        by=facts.actor.id,
        by_name=facts.actor.name,
        at=facts.now,
    )
    same = all(
        getattr(saved, name) == getattr(visit, name)
        for name in ("lines", "findings", "result", "present", "present_name", "remark")
    )
    return [] if same and visit.saved_at is not None else [saved]


def add_photo(state: CaseState, command: s.AddVisitPhoto, facts: Facts) -> Events:
    visit = _at_work(state, command.special, facts)
    if len(visit.photos) >= MOST_PHOTOS:
        raise ProcedureStepWrong(next=N_("照片已经够多了，最多 40 张"))
    if not 0 <= command.photo.line <= len(visit.lines):
        raise ChoiceUnknown
    return [o.VisitPhotoTaken(special=command.special, photo=command.photo, at=facts.now)]


def sign(state: CaseState, command: s.SignVisit, facts: Facts) -> Events:
    """The first officer signs, the second one confirms himself: then the record is fixed and the procedure over.

    A task of the route that asks for the inspection is done by it.
    """
    visit = _at_work(state, command.special, facts)
    require_whole(visit)
    who: dict[str, Any] = {"by": facts.actor.id, "by_name": facts.actor.name, "at": facts.now}
    if visit.signed_by is None:
        return [o.VisitSigned(special=command.special, **who)]
    if visit.signed_by.id == facts.actor.id:
        raise SecondOfficerSigns
    task = next((t for t in state.open_tasks if t.act == Act.INSPECT and t.agency == state.agency), None)
    confirmed = o.VisitConfirmed(special=command.special, task=task.id if task else "", **who)
    events: Events = [confirmed]
    result = "符合要求" if visit.result == "pass" else "不符合要求"
    events.append(finish(fold(state, events), command.special, f"{result}。{visit.findings}", facts))
    if task is not None:
        events += _complete(fold(state, events), task, visit, facts)
    return events


def _complete(state: CaseState, task: Task, visit: Visit, facts: Facts) -> Events:
    """The inspection task of the route, done by both."""
    assert visit.signed_by is not None
    done = e.TaskDone(
        task=task.id, act=task.act, outcome=visit.result, opinion=visit.findings, conditions="",
        by=visit.signed_by.id, by_name=visit.signed_by.name, agency=facts.actor.agency,
        second_officer=facts.actor.id, second_officer_name=facts.actor.name, at=facts.now,
    )  # fmt: skip
    return [done, *advance(fold(state, [done]), facts, task=task.id)]


def require_whole(visit: Visit) -> None:
    """Refuses RecordIncomplete with what is missing."""
    missing = ""
    if any(not line.verdict for line in visit.lines):
        missing = N_("每一条都要选合格、不合格或者不涉及")
    elif any(line.verdict == "fail" and not line.remark for line in visit.lines):
        missing = N_("不合格的要写明看到了什么")
    elif not visit.findings:
        missing = N_("还没有写核查情况")
    elif not visit.result:
        missing = N_("还没有选核查结论")
    elif not visit.present:
        missing = N_("还没有写申请人在不在场、签没签字")
    elif visit.present == "refused" and not visit.remark:
        missing = N_("拒绝签字的要写明情况")
    if missing:
        raise RecordIncomplete(missing=missing)
