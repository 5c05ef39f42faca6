"""Special procedures in words: where each stands, what was told and what came of it; the same on every terminal.

An applicant sees what concerns them; who objected, and how to reach them, only the organ sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.parts.special import Course, Hearing, Procedure, PublicNotice, Stage, Visit
from tongban.contexts.cases.core.special import opening
from tongban.contexts.cases.core.state import CaseState, Special
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.process.core.causes import CAUSES
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import either, language
from tongban.ui import dates

Row = tuple[str, str]


@dataclass(frozen=True)
class Shown:
    """One special procedure. `lamp` as everywhere at the desk; `kind` that of the portal's tag; `late` says by how much
    it has overstayed, "" when it has not."""

    id: str
    course: str
    name: str
    lamp: str
    kind: str
    words: str
    clock: str
    rows: tuple[Row, ...]
    late: str = ""
    open: bool = False


def shown(view: CaseView, today: date, *, staff: bool) -> tuple[Shown, ...]:
    """Every special procedure of the case, oldest first; proposals are the organ's own business."""
    state = view.state
    known = {one.id for one in state.procedures}
    found = [_old(one) for one in state.specials if one.id not in known]
    for one in state.procedures:
        if staff or one.stage not in (Stage.PROPOSED, Stage.REFUSED):
            found.append(_shown(one, stretch_of(state, one.id), today, staff=staff))
    return tuple(found)


def stretch_of(state: CaseState, special: str) -> Special | None:
    """The stretch of a procedure, once it runs."""
    return next((one for one in state.specials if one.id == special), None)


def _old(one: Special) -> Shown:
    """A procedure of before they had courses."""
    over = one.ended_on is not None
    rows = [(_("为什么"), one.reason), *_time(one)]
    if over:
        rows.append((_("结果"), one.result))
    lamp, kind, said = _state(one)
    return Shown(one.id, "plain", either(one.name, one.name_en), lamp, kind, said, _clock(stops=one.stops), tuple(rows))


def _shown(one: Procedure, stretch: Special | None, today: date, *, staff: bool) -> Shown:
    rows = [(_("为什么"), one.reason), *_approved(one, staff=staff)]
    if one.law and one.stops:
        rows.append((_("停表的依据"), either(one.law, _law_in_english(one.law))))
    if stretch is not None:
        rows += _time(stretch)
    rows += _course_rows(one, staff=staff)
    if stretch is not None and stretch.ended_on is not None:
        rows.append((_("结果"), stretch.result))
    lamp, kind, said = _state(stretch) if stretch is not None else _before(one, today)
    running = stretch is not None and stretch.ended_on is None
    late = running and one.limit_end is not None and today > one.limit_end
    return Shown(
        id=one.id, course=one.course.value, name=either(one.name, one.name_en), lamp="over" if late else lamp,
        kind=kind, words=said, clock=_clock(stops=one.stops) if stretch is not None else "",
        rows=tuple(row for row in rows if row[1]), late=_late(one) if late else "", open=running,
    )  # fmt: skip


def _law_in_english(cited: str) -> str:
    """The citation of a national law by the English name that the catalogue knows; a city's own law stays as cited."""
    cause = next((one for one in CAUSES if opening.basis_of(one) == cited), None)
    names = {law.name: law.name_en for law in catalogue.beside().laws}
    if cause is None or not names.get(cause.law):
        return cited
    return f"{names[cause.law]}, art. {cause.article}"


def _clock(*, stops: bool) -> str:
    return _("停表") if stops else _("照常计时")


def _late(one: Procedure) -> str:
    assert one.limit_end is not None
    day = dates.day(one.limit_end, language())
    return _("超过了告知的时间（%(day)s），已经记为监察事项") % {"day": day}


def _state(one: Special) -> tuple[str, str, str]:
    since = dates.day(one.started_on, language())
    if one.ended_on is not None:
        return "y", "done", f"{since} – {dates.day(one.ended_on, language())}"
    said = _("%(day)s 起进行中") % {"day": since}
    return ("pause", "stopped", said) if one.stops else ("run", "running", said)


def _before(one: Procedure, today: date) -> tuple[str, str, str]:
    if one.stage is Stage.PROPOSED:
        return "run", "running", _("等本机关负责人批准")
    if one.stage is Stage.REFUSED:
        return "n", "draft", _("%(who)s没有批准：%(why)s") % {"who": one.answered_by_name, "why": one.refused}
    if one.stage is Stage.WAIVED:
        return "y", "done", _("申请人放弃听证")
    ask_by = one.hearing.ask_by if one.hearing is not None else None
    if ask_by is not None and today > ask_by:
        return "y", "done", _("期满没有人申请听证")
    return "run", "ask", _("已经告知，等答复")


def _approved(one: Procedure, *, staff: bool) -> Iterator[Row]:
    if staff:
        yield _("谁提出"), f"{one.by_name} · {dates.moment(one.at, language())}"
    if one.answered_by_name and one.stage is not Stage.REFUSED:
        yield _("谁批准"), one.answered_by_name


def _time(one: Special) -> Iterator[Row]:
    days = dates.days_word(one.planned_days, language())
    yield _("告知的时间"), _("%(days)s，到 %(day)s") % {"days": days, "day": dates.day(one.planned_end, language())}


def _course_rows(one: Procedure, *, staff: bool) -> list[Row]:
    if one.visit is not None:
        return list(_visit(one.visit))
    if one.hearing is not None:
        return list(_hearing(one.hearing))
    if one.notice is not None:
        return list(_notice(one.notice, staff=staff))
    return list(_others(one))


def when_words(visit: Visit) -> str:
    """The day and the part of the day of a visit."""
    return f"{dates.full_day(visit.on, language())} {visit.slot}"


def _visit(visit: Visit) -> Iterator[Row]:
    yield _("核查时间"), when_words(visit)
    yield _("核查地点"), visit.place
    yield _("核查员"), _("、").join(one.name for one in visit.officers)
    if visit.other_reason:
        yield _("申请人申请改时间"), " ".join(filter(None, (visit.other_reason, visit.other_wish)))
        yield _("答复"), _other(visit)
    if visit.photos:
        yield _("照片"), _("%(n)s 张") % {"n": len(visit.photos)}
    if visit.confirmed_at is not None:
        yield _("核查结论"), words.outcome_words(visit.result)
        yield _("核查情况"), visit.findings
        yield _("申请人在场情况"), present_words(visit)
        yield _("申请人的意见"), visit.remark
    elif visit.signed_by is not None:
        yield _("记录"), _("%(who)s签了，等另一名核查员确认") % {"who": visit.signed_by.name}
    elif visit.saved_at is not None:
        yield _("记录"), _("正在记录，还没有签")


def _other(visit: Visit) -> str:
    if visit.other_answer == "moved":
        return _("同意，已经改为上面的时间")
    return visit.other_answer or _("还没有答复")


def present_words(visit: Visit) -> str:
    """Whether the applicant was there and signed."""
    said = {"yes": _("在场，核对过记录"), "refused": _("在场，拒绝签名"), "absent": _("没有到场")}.get(
        visit.present, ""
    )
    return " · ".join(filter(None, (visit.present_name, said)))


def told_words(to: str) -> str:
    """Who was told of the right to a hearing."""
    return {"applicant": _("申请人"), "third": _("利害关系人"), "both": _("申请人和利害关系人")}.get(to, "")


def _hearing(hearing: Hearing) -> Iterator[Row]:
    if hearing.ask_by is not None:
        yield _("告知了谁"), told_words(hearing.told_to)
        yield _("最晚哪天申请"), dates.full_day(hearing.ask_by, language())
    if hearing.asked_on is not None:
        asked = {"who": hearing.asked_by_name, "day": dates.day(hearing.asked_on, language())}
        yield _("谁申请了听证"), _("%(who)s，%(day)s") % asked
    if hearing.hold_by is not None and hearing.held_on is None:
        yield _("最晚哪天举行"), dates.full_day(hearing.hold_by, language())
    if hearing.on is not None:
        yield _("听证时间"), f"{dates.full_day(hearing.on, language())} {hearing.time}"
        yield _("听证地点"), hearing.place
        yield _("主持人"), hearing.chair.name if hearing.chair is not None else ""
        yield _("举行方式"), _("公开") if hearing.public else _("不公开：%(why)s") % {"why": hearing.closed_reason}
    if hearing.held_on is not None:
        yield _("参加人"), hearing.attended
        refused = [x.who for x in hearing.signatures if x.refused]
        signed = _("%(n)s 人签名") % {"n": len(hearing.signatures) - len(refused)}
        yield (
            _("笔录"),
            " · ".join(
                filter(None, (signed, _("没有签：%(who)s") % {"who": _("、").join(refused)} if refused else ""))
            ),
        )
    yield _("笔录采纳情况"), hearing.weighed


def _notice(notice: PublicNotice, *, staff: bool) -> Iterator[Row]:
    yield _("公示标题"), notice.title
    yield _("公示期"), f"{dates.full_day(notice.first, language())} – {dates.full_day(notice.last, language())}"
    waiting = sum(not x.answer for x in notice.objections)
    count = _("%(n)s 条，%(m)s 条没有答复") % {"n": len(notice.objections), "m": waiting}
    yield _("异议"), count if notice.objections else _("没有")
    for x in notice.objections:
        said = f"{x.name}（{x.contact}）：{x.text}\n" if staff else ""  # who objects is not named to the applicant
        answer = (_("成立") if x.upheld else _("不成立")) + f" · {x.answer}" if x.answer else _("还没有答复")
        yield _("异议 %(n)s") % {"n": x.id}, f"{said}{answer}"


def _others(one: Procedure) -> Iterator[Row]:
    if one.review is not None:
        for x in one.review.experts:
            said = f"{words.outcome_words(x.opinion)} · {x.text}" if x.opinion else _("还没有给意见")
            yield f"{x.name}（{x.employer}，{x.field}）", said
        if one.review.concluded_on is not None:
            yield _("评审结论"), f"{words.outcome_words(one.review.majority)} · {one.review.conclusion}"
    if one.test is not None:
        yield _("委托机构"), one.test.body
        yield _("委托内容"), one.test.subject
        yield _("完成日期"), dates.full_day(one.test.due, language())
        if one.test.result:
            yield _("检验检测结果"), " · ".join((words.outcome_words(one.test.result), one.test.number, one.test.text))
    for y in one.asked:
        answer = _answer(y.answer, y.text) if y.answer else _("%(day)s 前答复") % {"day": dates.day(y.due, language())}
        yield _("征求%(who)s的意见") % {"who": y.name}, f"{y.question}\n{answer}"


def _answer(answer: str, text: str) -> str:
    said = _("逾期没有答复") if answer == "silent" else words.outcome_words(answer)
    return " · ".join(filter(None, (said, text)))


def courses(found: tuple[Shown, ...], course: Course) -> tuple[Shown, ...]:
    """Those of one course."""
    return tuple(one for one in found if one.course == course.value)
