"""What the rules of special procedures decline, each with what to do next."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class CauseStopsNothing(Refusal):
    """The clock stops only by a law (行政许可法 45 is a closed list)."""

    code = "cause_stops_nothing"
    message = N_(
        "没有法律规定“%(name)s”可以不计入期限，不能停表。请照常计时办理；本地法规另有规定的，先在事项里写明法规和条款。"
    )


class CauseUnknown(Refusal):
    code = "cause_unknown"
    message = N_("法律没有这种特别程序，不能启动，更不能停表。")


class SpecialAwaitsApproval(Refusal):
    code = "special_awaits_approval"
    message = N_("“%(name)s”还没有经本机关负责人批准。")
    status = 409


class SpecialNotWaiting(Refusal):
    """Approved or refused already, or never to be approved."""

    code = "special_not_waiting"
    message = N_("这项特别程序不在等批准，请刷新页面查看。")
    status = 409


class ProposerMayNotApprove(Refusal):
    code = "proposer_may_not_approve"
    message = N_("您提出的特别程序，要由本机关另一位负责人批准。")
    status = 403


class ProcedureStepWrong(Refusal):
    """The step does not fit where the procedure stands; `next` says what comes first."""

    code = "procedure_step_wrong"
    message = N_("现在还不能这样做：%(next)s。")
    status = 409


class DayNotPossible(Refusal):
    code = "day_not_possible"
    message = N_("%(on)s 不行：%(why)s。")


class OfficersNotTwo(Refusal):
    """行政许可法 34(3)."""

    code = "officers_not_two"
    message = N_("现场核查要指派本机关两名不同的工作人员。")


class OfficerRecused(Refusal):
    code = "officer_recused"
    message = N_("%(name)s已经回避这件，请换人。")
    status = 409


class OtherTimeAskedAlready(Refusal):
    code = "other_time_asked_already"
    message = N_("改时间只能提一次，您已经提过。有特殊情况请打办理机关的电话。")
    status = 409


class RecordFixed(Refusal):
    code = "record_fixed"
    message = N_("两名核查员已经确认这份记录，不能再改。")
    status = 409


class RecordIncomplete(Refusal):
    code = "record_incomplete"
    message = N_("记录还不完整：%(missing)s。")


class SecondOfficerSigns(Refusal):
    """One person is not two."""

    code = "second_officer_signs"
    message = N_("您已经签过，要由另一名核查员本人确认。一个人不能代两个人签。")
    status = 403


class NotNamedOfficer(Refusal):
    code = "not_named_officer"
    message = N_("这次核查指派的是%(names)s，只有他们能记录和确认。")
    status = 403


class HearingTimeOver(Refusal):
    """行政许可法 47: within five days of being told."""

    code = "hearing_time_over"
    message = N_("申请听证的期限是 %(ask_by)s，已经过了。")
    status = 409


class HearingToldAlready(Refusal):
    code = "hearing_told_already"
    message = N_("听证权利已经告知过，不能重复告知。")
    status = 409


class HearingRightRuns(Refusal):
    """No decision while whoever was told may still ask."""

    code = "hearing_right_runs"
    message = N_("听证权利的期限到 %(ask_by)s，对方还可以申请听证；期满或者对方放弃后才能决定。")
    status = 409


class HearingTooSoon(Refusal):
    """行政许可法 48(1)(1): seven days before."""

    code = "hearing_too_soon"
    message = N_("听证的时间、地点要在七个工作日前通知，最早可以定在 %(first)s。")


class HearingTooLate(Refusal):
    """行政许可法 47: within twenty days of being asked."""

    code = "hearing_too_late"
    message = N_("听证要在收到申请后二十个工作日内举行，最晚 %(last)s。")


class ChairIsHandler(Refusal):
    """行政许可法 48(1)(3)."""

    code = "chair_is_handler"
    message = N_("%(name)s办过这件，不能主持听证。请换一位没有参与审查的人主持。")
    status = 409


class MinutesMissing(Refusal):
    """行政许可法 48(1)(5)."""

    code = "minutes_missing"
    message = N_("还没有听证笔录，不能结束听证。先记下各方的陈述和签名。")
    status = 409


class MinutesNotWeighed(Refusal):
    """行政许可法 48(2): the decision rests on the minutes."""

    code = "minutes_not_weighed"
    message = N_("开过听证，决定要依据听证笔录。请先写明笔录里哪些采纳、哪些没有采纳和理由。")
    status = 409


class ExpertsTooFew(Refusal):
    code = "experts_too_few"
    message = N_("专家至少 %(least)s 人，人数是单数，姓名不能重复。")


class ExpertsUndeclared(Refusal):
    code = "experts_undeclared"
    message = N_("每位专家都要先声明和这件没有利害关系。")


class ExpertOfApplicant(Refusal):
    code = "expert_of_applicant"
    message = N_("%(name)s是申请人单位的人，要回避。")


class StepMissing(Refusal):
    """The procedure can't end before what makes it one; `what` names it."""

    code = "step_missing"
    message = N_("“%(name)s”还不能结束：%(what)s。")
    status = 409


class NoticeClosed(Refusal):
    code = "notice_closed"
    message = N_("公示期是 %(first)s 到 %(last)s，现在不能提异议。您可以直接联系办理机关。")
    status = 409


class NoticeTooShort(Refusal):
    code = "notice_too_short"
    message = N_("公示期至少 %(least)s 天。")


class ContactMissing(Refusal):
    code = "contact_missing"
    message = N_("请留下姓名和联系方式，我们要把核实的结果告诉您。")
