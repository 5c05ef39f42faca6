"""Everything the case rules may decline, each with a code and what to do next."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal, Words


class StepOutOfOrder(Refusal):
    """The act does not fit where the case stands."""

    code = "step_out_of_order"
    message = N_("这件事现在在“%(phase)s”，还不能或不能再做这一步。请刷新页面看最新进展。")
    status = 409


class StepAlreadyDone(Refusal):
    """Somebody else was first: the task is closed."""

    code = "step_already_done"
    message = N_("这一步已经由%(by)s办了，您的操作没有生效。请刷新页面查看。")
    status = 409


class AnswersIncomplete(Refusal):
    """Questions are unanswered or answered wrongly; `fields` maps a field id to a reason code."""

    code = "answers_incomplete"
    message = N_("还有 %(count)s 个问题没有填好：%(labels)s。")

    def __init__(self, *, fields: dict[str, str], labels: Words) -> None:
        super().__init__(count=len(fields), labels=labels)
        self.fields = fields


class MaterialMissing(Refusal):
    """Required materials are missing; `materials` names their ids."""

    code = "material_missing"
    message = N_("还差 %(count)s 份材料：%(names)s。")

    def __init__(self, *, materials: tuple[str, ...], names: Words) -> None:
        super().__init__(count=len(materials), names=names)
        self.materials = materials


class MaterialUnknown(Refusal):
    code = "material_unknown"
    message = N_("这个事项不收这份材料。")


class OriginalNotSeen(Refusal):
    """Grade C copies become usable only after an officer saw the original (108号 trust grades)."""

    code = "original_not_seen"
    message = N_("“%(name)s”还没有核对原件，不能受理。")


class ItemChanged(Refusal):
    """The item got a new version since the draft was begun."""

    code = "item_changed"
    message = N_("办事指南已经更新到第 %(version)s 版，请回到草稿核对一遍再提交。您填过的内容都还在。")
    status = 409


class NotServed(Refusal):
    """The item does not serve this kind of applicant."""

    code = "not_served"
    message = N_("这个事项不面向%(who)s办理。")


class RealLevelTooLow(Refusal):
    code = "real_level_too_low"
    message = N_("办这件事要先完成 %(level)s 级实名认证。")
    status = 403


class ReasonMissing(Refusal):
    """Adverse acts state their reasons (行政许可法 38)."""

    code = "reason_missing"
    message = N_("请写明理由，对方要凭它知道为什么、怎么办。")


class SupplementAlreadyAsked(Refusal):
    """One notice of all corrections, once (行政许可法 32(4))."""

    code = "supplement_already_asked"
    message = N_("补正只能一次性告知，这件已经在 %(on)s 告知过，不能再要求补正。")
    status = 409


class SupplementEmpty(Refusal):
    code = "supplement_empty"
    message = N_("请至少写明一份要补的材料和补什么。")


class NoticeTimeOver(Refusal):
    """Five working days of silence: the application counts as accepted (行政许可法 32(4))."""

    code = "notice_time_over"
    message = N_("五个工作日已过，没有告知补正，依法视为已经受理，不能再要求补正或者不予受理。")
    status = 409


class CompetentBodyMissing(Refusal):
    """Refusing for lack of competence names the competent body (行政许可法 32(2))."""

    code = "competent_body_missing"
    message = N_("请写明应该向哪个机关申请。")


class HandlerMayNotDecide(Refusal):
    """Whoever handled a case does not decide it, unless the published item allows it."""

    code = "handler_may_not_decide"
    message = N_("您办过这件的“%(step)s”，按规定不能再由您决定。请交给本单位其他审批人。")
    status = 403


class TwoOfficersNeeded(Refusal):
    """Substantive checks need two officers (行政许可法 34)."""

    code = "two_officers_needed"
    message = N_("现场核查要两名以上工作人员，请填写另一名核查员。")


class ClockIsStopped(Refusal):
    code = "clock_is_stopped"
    message = N_("特别程序“%(name)s”还没结束，结束后才能决定。")
    status = 409


class SpecialNotInItem(Refusal):
    """Only special procedures of the published item may be used."""

    code = "special_not_in_item"
    message = N_("公布的事项里没有这种特别程序，不能启动。")


class SpecialAlreadyOpen(Refusal):
    code = "special_already_open"
    message = N_("同一种特别程序正在进行，不能重复启动。")
    status = 409


class DaysMissing(Refusal):
    """The time needed is told in writing (行政许可法 45)."""

    code = "days_missing"
    message = N_("请填写需要几个工作日（1 到 %(most)s），要书面告知申请人。")


class ExtensionNotAllowed(Refusal):
    """Extension: once, where the law provides it, before the limit ends (行政许可法 42)."""

    code = "extension_not_allowed"
    message = N_("这件不能延长：%(why)s。")
    status = 409


class NotYetReady(Refusal):
    """A decision waits for opinions that are still open."""

    code = "not_yet_ready"
    message = N_("还有 %(count)s 个意见没有回来，回来后才能决定。")
    status = 409


class TooLateToWithdraw(Refusal):
    code = "too_late_to_withdraw"
    message = N_("已经作出决定，不能再撤回。如果不服，可以申请复议或者起诉。")
    status = 409


class RatingNotPossible(Refusal):
    code = "rating_not_possible"
    message = N_("办结以后才能评价，每件评价一次。")
    status = 409


class RatingDetailMissing(Refusal):
    """A bad review says what was bad (GB/T 39734-2020)."""

    code = "rating_detail_missing"
    message = N_("请勾选或写一句哪里不满意，我们才能改。")


class RatingScoreWrong(Refusal):
    code = "rating_score_wrong"
    message = N_("请在五个等级里选一个。")


class ChoiceUnknown(Refusal):
    code = "choice_unknown"
    message = N_("请在给出的选项里选一个。")


class NotYetDue(Refusal):
    """The clock was asked to act before its time; a refusal, so that the request is not remembered as done."""

    code = "not_yet_due"
    message = N_("还没到时候，到期后系统会自动办理。")
    status = 409


class CommitmentNotSigned(Refusal):
    """The applicant chose the way of the promise and did not sign it."""

    code = "commitment_not_signed"
    message = N_("您选了告知承诺，请读完承诺内容并勾选“我承诺”；不想承诺的，回去改选一般方式。")


class ReviewNotPossible(Refusal):
    """A person looks again once, within sixty days, where a table was asked."""

    code = "review_not_possible"
    message = N_("这件不能申请人工复核：%(why)s。")
    status = 409


class NothingToChange(Refusal):
    """A grant without conditions can't be bettered: a person explains it."""

    code = "nothing_to_change"
    message = N_("准予没有附条件，没有可以改得对申请人更有利的；请选“维持”，并把理由说清楚。")


class AuthorMayNotReview(Refusal):
    """Whoever drew or published the rules does not judge them, where a colleague can."""

    code = "author_may_not_review"
    message = N_("这件依据的规则是您起草或者公布的，本单位还有其他审批人，请由他们复核。")
    status = 403


class StepTakenBack(Refusal):
    """The route took the task back: a timer came, another answer, or enough others had answered."""

    code = "step_taken_back"
    message = N_("这一步已经由流程收回，不用再办。请刷新页面查看当前环节。")
    status = 409


class AnsweredInRound(Refusal):
    """One person answers once for the same thing, however many are asked."""

    code = "answered_in_round"
    message = N_("这一环节要几个人分别办，您已经办过一份，请由其他人办。")
    status = 409


class AnswerMissing(Refusal):
    """An awaited message without words."""

    code = "answer_missing"
    message = N_("请写下您的答复。")


class RouteNotMigratable(Refusal):
    """The case can't go over to the route of another version where it stands."""

    code = "route_not_migratable"
    message = N_("停在“%(element)s”的办件不能换到新版流程：%(reason)s。")
    status = 409
