"""The steps of each kind of special procedure at the desk: what can be done next, and what each asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.cases import actions
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.parts.special import Course, Named, Procedure, Signature, Stage, Statement
from tongban.contexts.cases.core.special import bodies, experts, hearing, visit
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special.common import handlers
from tongban.contexts.cases.core.state import Special
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Role
from tongban.contexts.process import queries as process
from tongban.kernel.workdays import CalendarMissing
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import either
from tongban.terminals.common.trial import TEXT
from tongban.terminals.desk import reading
from tongban.terminals.desk.act import Act, area
from tongban.terminals.desk.standing import Standing
from tongban.ui.forms import Choice, FieldSpec

_TWO = (Named("-1", "-"), Named("-2", "-"))


def steps(standing: Standing, one: Procedure, stretch: Special | None) -> list[Act]:
    """What comes next in `one`; after its end only what the decision still needs."""
    over = stretch is not None and stretch.ended_on is not None
    if one.course is Course.HEARING:
        return _hearing(standing, one, over=over)
    if over:
        return []
    found = {
        Course.VISIT: _visit,
        Course.EXPERTS: _experts,
        Course.TEST: _test,
        Course.NOTICE: _notice,
        Course.CONSULTATION: _consultation,
        Course.PLAIN: _plain,
    }[one.course](standing, one)
    return found if one.course is Course.VISIT else [*found, _end(one)]


def _end(one: Procedure) -> Act:
    key = f"end_{one.id}"
    effect = _("记下结果，从下一个工作日起恢复计时。") if one.stops else _("记下结果；计时本来没有停。")
    return Act(
        key=key,
        name=_("结束%(name)s") % {"name": either(one.name, one.name_en)},
        effect=effect,
        trial=c.EndSpecial(one.id, TEXT),
        action=actions.end_special,
        fixed={"special": one.id},
        specs=(area(key, "result", _("结果"), required=True),),
    )


def _plain(standing: Standing, one: Procedure) -> list[Act]:
    return []


def _act(one: Procedure, what: str, name: str, effect: str, trial: c.Command, action: Any, *specs: FieldSpec) -> Act:
    """An act on one procedure; its fields are named after its key."""
    return Act(f"{what}_{one.id}", name, effect, trial, action, {"special": one.id}, specs)


def _field(one: Procedure, what: str, argument: str, label: str, kind: Any = "text", **more: Any) -> FieldSpec:
    return FieldSpec(f"{what}_{one.id}-{argument}", label, kind, **more)


def _lines(one: Procedure, what: str, argument: str, label: str, hint: str = "", *, rows: int = 3) -> FieldSpec:
    return area(f"{what}_{one.id}", argument, label, required=True, hint=hint, rows=rows)


def _next_workday(standing: Standing, days: int = 1) -> date:
    try:
        return after(process.calendar(), standing.today, days)
    except CalendarMissing:
        return standing.today + timedelta(days=days)


def _officers(standing: Standing, *, without: frozenset[str] = frozenset()) -> tuple[Choice, ...]:
    """Reviewers and approvers of the organ."""
    return tuple(
        Choice(one.id, f"{either(one.name, one.name_en)}  {one.badge}", own_words=True)
        for one in parties.officers(standing.actor.agency)
        if f"officer:{one.id}" not in without and not {Role.REVIEWER, Role.APPROVER}.isdisjoint(one.roles)
    )


# -- site visit --------------------------------------------------------------------------------------------------------


def _visit(standing: Standing, one: Procedure) -> list[Act]:
    found = one.visit
    waits = found is not None and found.other_reason and not found.other_answer
    acts = []
    if found is None or (found.saved_at is None and found.confirmed_at is None):
        acts.append(_appoint(standing, one))
    if waits:
        acts.append(
            _act(
                one, "keep", _("时间不改，说明理由"), _("告诉申请人为什么不改。"), s.KeepVisitTime(one.id, TEXT),
                actions.keep_visit_time, _lines(one, "keep", "reason", _("为什么不改")),
            )
        )  # fmt: skip
    return acts


def _appoint(standing: Standing, one: Procedure) -> Act:
    officers = _officers(standing)
    slots = tuple(Choice(slot, slot) for slot in visit.SLOTS)
    day = _next_workday(standing)
    trial = s.AppointVisit(one.id, day, visit.SLOTS[0], TEXT, _TWO)
    name = _("约定现场核查的时间") if one.visit is None else _("另约现场核查的时间")
    return _act(
        one, "appoint", name, _("出现场核查通知书；申请人可以说明理由，申请改一次时间。照常计时。")
        if not one.stops else _("出现场核查通知书；申请人可以说明理由，申请改一次时间。"), trial, actions.appoint_visit,
        _field(one, "appoint", "on", _("哪一天"), "date"),
        _field(one, "appoint", "slot", _("哪个时段"), "select", options=slots),
        _field(one, "appoint", "place", _("地点"), hint=_("写到门牌号。")),
        _field(one, "appoint", "first", _("核查员"), "select", options=officers),
        _field(one, "appoint", "second", _("另一名核查员"), "select", options=officers,
               hint=_("现场核查要两名以上工作人员（行政许可法第三十四条）。")),
    )  # fmt: skip


# -- hearing -----------------------------------------------------------------------------------------------------------


def _hearing(standing: Standing, one: Procedure, *, over: bool) -> list[Act]:
    held = one.hearing
    assert held is not None
    if one.stage is Stage.TOLD:
        return [_ask_for_third(one)] if held.told_to in ("third", "both") else []
    if over:
        return [_weigh(one)] if held.held_on is not None and standing.approves else []
    if held.held_on is not None:
        return [_end(one)]
    return [_schedule(standing, one), *([_minutes(one)] if held.on is not None else [])]


def _ask_for_third(one: Procedure) -> Act:
    return _act(
        one, "ask", _("登记利害关系人申请听证"), _("二十个工作日内举行，从今天起停表。"),
        s.AskHearing(one.id, TEXT, TEXT), actions.ask_hearing,
        _field(one, "ask", "name", _("谁申请")),
        area(f"ask_{one.id}", "reason", _("理由"), required=False),
    )  # fmt: skip


def _schedule(standing: Standing, one: Procedure) -> Act:
    first = _next_workday(standing, hearing.NOTICE_DAYS)
    chairs = _officers(standing, without=handlers(standing.view.state))
    public = (Choice("yes", _("公开")), Choice("no", _("不公开")))
    trial = s.ScheduleHearing(one.id, first, "09:00", TEXT, Named("-", "-"))
    name = _("发听证通知") if one.hearing is None or one.hearing.on is None else _("改听证的时间")
    return _act(
        one, "schedule", name, _("出听证通知书，七个工作日前通知；主持人不能是办过这件的人。"), trial,
        reading.schedule_hearing,
        _field(one, "schedule", "on", _("哪一天"), "date"),
        _field(one, "schedule", "time", _("几点"), hint=_("比如 09:30"), max_length=5),
        _field(one, "schedule", "place", _("地点")),
        _field(one, "schedule", "chair", _("主持人"), "select", options=chairs),
        _field(one, "schedule", "public", _("公开举行吗"), "choice", options=public),
        _field(one, "schedule", "closed_reason", _("不公开的理由"), required=False,
               hint=_("涉及国家秘密、商业秘密、个人隐私的才不公开。")),
    )  # fmt: skip


def _minutes(one: Procedure) -> Act:
    trial = s.RecordHearing(one.id, TEXT, (Statement(TEXT, TEXT),), (Signature(TEXT),))
    return _act(
        one, "minutes", _("记听证笔录"), _("出听证笔录；决定要依据它。"), trial, reading.record_hearing,
        _field(one, "minutes", "attended", _("参加人"), max_length=500),
        _lines(one, "minutes", "statements", _("陈述、申辩和质证"), _("一行一段，写成“谁：说了什么”。"), rows=8),
        _lines(one, "minutes", "signatures", _("签名"), _("一行一人；没有签的写成“谁：为什么没有签”。")),
    )  # fmt: skip


def _weigh(one: Procedure) -> Act:
    return _act(
        one, "weigh", _("写明听证笔录的采纳情况"), _("印进决定书的理由；没有写不能决定。"),
        s.WeighHearing(one.id, TEXT), actions.weigh_hearing,
        _lines(one, "weigh", "text", _("哪些采纳、哪些没有采纳和理由"), rows=5),
    )  # fmt: skip


# -- experts and tests -------------------------------------------------------------------------------------------------


def _experts(standing: Standing, one: Procedure) -> list[Act]:
    review = one.review
    if review is None:
        return [_name_experts(one)]
    waiting = [expert for expert in review.experts if not expert.opinion]
    if review.concluded_on is not None:
        return []
    if not waiting:
        return [_conclude(one)]
    acts = [_expert_said(one, waiting[0].name, tuple(Choice(x.name, x.name, own_words=True) for x in waiting))]
    return acts if len(waiting) < len(review.experts) else [*acts, _name_experts(one)]


def _name_experts(one: Procedure) -> Act:
    names = tuple(reading.expert(f"{n}，-，-") for n in range(experts.LEAST_EXPERTS))
    hint = _("一行一人，写成“姓名，单位，专业”；三人以上，单数。")
    return _act(
        one, "experts", _("确定评审专家"), _("专家要声明没有利害关系；申请人单位的人要回避。"),
        s.NameExperts(one.id, names, declared=True), reading.name_experts,
        _lines(one, "experts", "experts", _("专家"), hint),
        _field(one, "experts", "declared", _("每位专家都已书面声明没有利害关系"), "confirm"),
    )  # fmt: skip


def _expert_said(one: Procedure, first: str, waiting: tuple[Choice, ...]) -> Act:
    outcomes = tuple(Choice(x, words.outcome_words(x)) for x in experts.OPINIONS)
    return _act(
        one, "expert", _("记一位专家的意见"), _("每位专家各自的意见，记了不能改。"),
        s.RecordExpert(one.id, first, "agree", TEXT), actions.record_expert,
        _field(one, "expert", "expert", _("专家"), "select", options=waiting),
        _field(one, "expert", "opinion", _("意见"), "choice", options=outcomes),
        _lines(one, "expert", "text", _("意见内容")),
    )  # fmt: skip


def _conclude(one: Procedure) -> Act:
    return _act(
        one, "conclude", _("作评审结论"), _("按多数意见，出专家评审意见书。"), s.ConcludeExperts(one.id, TEXT),
        actions.conclude_experts, _lines(one, "conclude", "conclusion", _("结论")),
    )  # fmt: skip


def _test(standing: Standing, one: Procedure) -> list[Act]:
    if one.test is None:
        return [
            _act(
                one, "commission", _("委托检验检测"), _("出委托书。"), s.CommissionTest(one.id, TEXT, TEXT, 1),
                actions.commission_test,
                _field(one, "commission", "body", _("委托哪个机构")),
                _lines(one, "commission", "subject", _("检验检测什么")),
                _days(one, "commission"),
            )
        ]  # fmt: skip
    if one.test.result:
        return []
    results = tuple(Choice(x, words.outcome_words(x)) for x in bodies.RESULTS)
    return [
        _act(
            one, "report", _("记检验检测结果"), _("报告文件可以在这项程序的页面上传。"),
            s.ReportTest(one.id, "pass", TEXT), actions.report_test,
            _field(one, "report", "result", _("结果"), "choice", options=results),
            _field(one, "report", "number", _("报告编号")),
            area(f"report_{one.id}", "text", _("说明"), required=False, hint=_("不合格的要写明。")),
        )
    ]  # fmt: skip


def _days(one: Procedure, what: str) -> FieldSpec:
    return _field(
        one, what, "days", _("几个工作日内"), "integer", minimum=1, maximum=one.planned_days, unit=_("个工作日")
    )


# -- public notice and opinions ----------------------------------------------------------------------------------------


def _notice(standing: Standing, one: Procedure) -> list[Act]:
    if one.notice is None:
        return [
            _act(
                one, "publish", _("发布公示"), _("今天起在政务服务网公示，谁都可以提异议；发布后不能改。"),
                s.PublishNotice(one.id, TEXT, TEXT, 60), actions.publish_notice,
                _field(one, "publish", "title", _("公示标题"), max_length=100),
                _lines(one, "publish", "text", _("公示内容"), _("不要写个人的证件号码、电话和住址。"), rows=6),
                _field(one, "publish", "days", _("公示几天"), "integer", minimum=1, maximum=60),
            )
        ]  # fmt: skip
    waiting = [x for x in one.notice.objections if not x.answer]
    if not waiting:
        return []
    options = tuple(Choice(x.id, f"{x.id}. {x.text[:40]}", own_words=True) for x in waiting)
    upheld = (Choice("no", _("不成立")), Choice("yes", _("成立")))
    return [
        _act(
            one, "objection", _("答复异议"), _("核实后逐条答复；全部答复以前不能结束公示。"),
            s.AnswerObjection(one.id, waiting[0].id, TEXT, upheld=False), reading.answer_objection,
            _field(one, "objection", "objection", _("哪一条异议"), "select", options=options),
            _field(one, "objection", "upheld", _("异议成立吗"), "choice", options=upheld),
            _lines(one, "objection", "answer", _("答复")),
        )
    ]  # fmt: skip


def _consultation(standing: Standing, one: Procedure) -> list[Act]:
    acts = [
        _act(
            one, "opinion", _("征求一方的意见"), _("出征求意见函，写明期限和逾期不复的后果。"),
            s.AskOpinion(one.id, TEXT, TEXT, 1), actions.ask_opinion,
            _field(one, "opinion", "name", _("征求谁的意见")),
            _lines(one, "opinion", "question", _("征求什么")),
            _days(one, "opinion"),
        )
    ]  # fmt: skip
    waiting = [x for x in one.asked if not x.answer]
    if waiting:
        options = tuple(Choice(x.id, x.name, own_words=True) for x in waiting)
        answers = (*(Choice(x, words.outcome_words(x)) for x in experts.OPINIONS), Choice("silent", _("逾期没有答复")))
        acts.append(
            _act(
                one, "answered", _("记对方的答复"), _("期限过了没有答复的，记逾期没有答复。"),
                s.RecordOpinion(one.id, waiting[0].id, "agree"), actions.record_opinion,
                _field(one, "answered", "asked", _("谁的"), "select", options=options),
                _field(one, "answered", "answer", _("答复"), "choice", options=answers),
                area(f"answered_{one.id}", "text", _("内容"), required=False),
            )
        )  # fmt: skip
    return acts
