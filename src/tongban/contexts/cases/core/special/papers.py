"""What the documents of special procedures state: from the state alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tongban.contexts.cases.core.around import Around, Facts, minute
from tongban.contexts.cases.core.parts.special import Asked, Attachment, Hearing, Procedure, Visit
from tongban.contexts.cases.core.state import CaseState, Owed, Special
from tongban.contexts.documents.core.acts import DocumentFacts, Officer

VERDICT_WORDS = {"pass": "合格", "fail": "不合格", "na": "不涉及"}
RESULT_WORDS = {"pass": "符合要求", "fail": "不符合要求"}
OPINION_WORDS = {"agree": "同意", "conditions": "有条件同意", "disagree": "不同意", "silent": "逾期没有答复"}
TOLD_WORDS = {"applicant": "申请人", "third": "利害关系人", "both": "申请人、利害关系人"}


def _of(state: CaseState, owed: Owed) -> Procedure:
    """The procedure that a key names at its end or before its counter."""
    found = [one for one in state.procedures if f"-{one.id}" in owed.key]
    return max(found, key=lambda one: len(one.id))


def _day(on: date | None) -> str:
    return f"{on.year}年{on.month}月{on.day}日" if on is not None else ""


def _special_notice(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    special: Special = next(s for s in state.specials if owed.key == f"special-{s.id}")
    known = next((one for one in state.procedures if one.id == special.id), None)
    return replace(
        base,
        procedure=special.name,
        procedure_days=special.planned_days,
        procedure_from=special.started_on,
        procedure_until=special.planned_end,
        procedure_stops=special.stops,
        procedure_law=_full(known.law) if known is not None and special.stops else "",
        reasons=(special.reason,),
    )


def _full(law: str) -> str:
    """National laws are cited by their full names."""
    return law.replace("《行政许可法》", "《中华人民共和国行政许可法》")


def _visit(one: Procedure) -> Visit:
    assert one.visit is not None
    return one.visit


def _visit_notice(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    visit = _visit(_of(state, owed))
    return replace(
        base,
        place=visit.place,
        happened_at=f"{_day(visit.on)} {visit.slot}",
        officers=tuple(Officer(officer.name) for officer in visit.officers),
        findings=tuple(line.text for line in visit.lines),
        extra=(("更改说明", "按您的申请改过时间"),) if visit.other_answer == "moved" else (),
    )


def visit_of(state: CaseState, owed: Owed) -> Visit | None:
    """The visit whose record this is: of its own, or that of the route's task; None for a task without one."""
    for one in state.procedures:
        visit = one.visit
        if visit is None or visit.confirmed_at is None:
            continue
        if owed.key == f"inspection-{one.id}" or (visit.task and owed.key == f"inspection-{visit.task}"):
            return visit
    return None


def visit_record(visit: Visit, base: DocumentFacts) -> DocumentFacts:
    """现场核查记录, line by line, with the digests of its photographs."""
    return replace(
        base,
        place=visit.place,
        happened_at=f"{_day(visit.on)} {visit.slot}",
        officers=tuple(Officer(officer.name) for officer in visit.officers),
        checks=tuple((x.text, VERDICT_WORDS.get(x.verdict, ""), x.remark) for x in visit.lines),
        findings=(visit.findings,),
        result=RESULT_WORDS[visit.result],
        present=_present(visit),
        photos=tuple((_photo(x), x.sha256[:16]) for x in visit.photos),
        extra=_confirmations(visit),
    )


def _confirmations(visit: Visit) -> tuple[tuple[str, str], ...]:
    found = []
    for who, at in ((visit.signed_by, visit.signed_at), (visit.confirmed_by, visit.confirmed_at)):
        if who is not None and at is not None:
            found.append(("本人确认", f"{who.name}  {minute(at)}"))
    return tuple(found)


def _present(visit: Visit) -> str:
    name = visit.present_name or "申请人"
    said = f"；意见：{visit.remark}" if visit.remark else ""
    return {
        "yes": f"{name}在场，已核对记录{said}。",
        "refused": f"{name}在场，拒绝签名{said}。",
        "absent": f"申请人没有到场{said}。",
    }[visit.present]


def _photo(photo: Attachment) -> str:
    line = f"（第 {photo.line} 条）" if photo.line else ""
    return "，".join(filter(None, (minute(photo.at) + line, photo.note, photo.where)))


# -- hearing -----------------------------------------------------------------------------------------------------------


def _hearing(one: Procedure) -> Hearing:
    assert one.hearing is not None
    return one.hearing


def _hearing_right(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    one = _of(state, owed)
    hearing = _hearing(one)
    told = TOLD_WORDS[hearing.told_to] + (f"（{hearing.third_parties}）" if hearing.third_parties else "")
    return replace(base, reasons=(one.reason,), reply_by=hearing.ask_by, asked=told)


def _hearing_notice(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    hearing = _hearing(_of(state, owed))
    way = "公开举行" if hearing.public else f"不公开举行：{hearing.closed_reason}"
    return replace(_session(base, hearing), extra=(("举行方式", way),))


def _hearing_record(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    hearing = _hearing(_of(state, owed))
    return replace(
        _session(base, hearing),
        present=hearing.attended,
        said=tuple((x.who, x.text) for x in hearing.statements),
        signed=tuple((x.who, x.refused) for x in hearing.signatures),
        extra=(("记录人", hearing.recorded_by_name), ("举行方式", "公开" if hearing.public else "不公开")),
    )


def _session(base: DocumentFacts, hearing: Hearing) -> DocumentFacts:
    """Where, when and under whom."""
    assert hearing.chair is not None
    happened = f"{_day(hearing.on)} {hearing.time}"
    return replace(base, place=hearing.place, happened_at=happened, officers=(Officer(hearing.chair.name),))


# -- the others --------------------------------------------------------------------------------------------------------


def _expert_review(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    review = _of(state, owed).review
    assert review is not None
    return replace(
        base,
        said=tuple(
            (f"{x.name}（{x.employer}，{x.field}）", f"{OPINION_WORDS[x.opinion]}。{x.text}") for x in review.experts
        ),
        result=OPINION_WORDS[review.majority],
        findings=(review.conclusion,),
        extra=(("评审完成", _day(review.concluded_on)),),
    )


def _commission(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    one = _of(state, owed)
    assert one.test is not None
    return replace(base, procedure=one.name, asked=one.test.body, subject=one.test.subject, reply_by=one.test.due)


def _public_notice(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    notice = _of(state, owed).notice
    assert notice is not None
    unit = "个工作日" if notice.unit == "workday" else "日"
    return replace(
        base,
        subject=notice.title,
        findings=tuple(line for line in notice.text.splitlines() if line.strip()),
        happened_at=f"{notice.days}{unit}，自{_day(notice.first)}起",
        reply_by=notice.last,
    )


def _opinion_request(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    asked: Asked = next(x for x in _of(state, owed).asked if owed.key.endswith(f"-{x.id}"))
    return replace(base, asked=asked.name, subject=asked.question, reply_by=asked.due)


FACTS: dict[str, Facts] = {
    "special_notice": _special_notice,
    "visit_notice": _visit_notice,
    "hearing_right": _hearing_right,
    "hearing_notice": _hearing_notice,
    "hearing_record": _hearing_record,
    "expert_review": _expert_review,
    "commission": _commission,
    "public_notice": _public_notice,
    "opinion_request": _opinion_request,
}
