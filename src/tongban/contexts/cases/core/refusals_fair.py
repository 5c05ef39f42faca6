"""What fair procedure declines, each with what to do next."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class DefenceNotHeard(Refusal):
    """No adverse decision before its facts, reasons and basis were told and the applicant was heard (行政许可法 7)."""

    code = "defence_not_heard"
    message = N_("不予许可以前，要先书面告知申请人拟作的决定，听取陈述申辩。请先选“拟不予许可：先听取陈述申辩”。")
    status = 409


class DefenceStillOpen(Refusal):
    """The applicant's days are not over, and they have neither finished nor waived."""

    code = "defence_still_open"
    message = N_("申请人可以陈述申辩到 %(due)s，现在还不能作不利的决定。申请人说完或者放弃以后就可以。")
    status = 409


class DefenceNotOpen(Refusal):
    """There is no notice to answer, or its days are over."""

    code = "defence_not_open"
    message = N_("现在没有等您陈述申辩的告知，或者期限已经过了。")
    status = 409


class DefenceAlreadyAsked(Refusal):
    """A notice is out already and still to be answered."""

    code = "defence_already_asked"
    message = N_("已经告知过，申请人可以陈述申辩到 %(due)s，不用再告知。")
    status = 409


class StatementsNotConsidered(Refusal):
    """The decision says how each statement was dealt with."""

    code = "statements_not_considered"
    message = N_("申请人或者利害关系人说了 %(count)s 条意见，请写明是否采纳、为什么。")


class OfficerRecused(Refusal):
    """The named officer keeps out of this case."""

    code = "officer_recused"
    message = N_("%(name)s在这件中回避，不能参加办理。请换一名工作人员。")
    status = 403


class RecusalAlreadyAsked(Refusal):
    code = "recusal_already_asked"
    message = N_("已经申请过%(name)s回避，结果见办件页。")
    status = 409


class RecusalByAnother(Refusal):
    """Nobody decides on their own recusal."""

    code = "recusal_by_another"
    message = N_("是否回避不能由本人或者提出的人决定，请交给本单位其他审批人。")
    status = 403


class NotOfThisCase(Refusal):
    """Only officers of an organ that handles the case can be asked to keep out."""

    code = "not_of_this_case"
    message = N_("这名工作人员不在办这件的单位里，不用申请回避。")


class InterestMissing(Refusal):
    code = "interest_missing"
    message = N_("请写明是谁、怎么联系，以及涉及什么重大利益。")


class InterestedUnknown(Refusal):
    code = "interested_unknown"
    message = N_("没有找到。请核对告知书上的办件编号和意见码。")
    status = 404


class InterestedAlreadyHeard(Refusal):
    code = "interested_already_heard"
    message = N_("您的意见已经收到，记在这件里了。要补充请打主办单位电话。")
    status = 409


class InterestedStillOpen(Refusal):
    """Somebody who was told still has time to answer."""

    code = "interested_still_open"
    message = N_("利害关系人可以提意见到 %(due)s，到期或者收到意见以后才能决定。")
    status = 409


class MeetingNeeded(Refusal):
    """The item's decisions are taken collectively."""

    code = "meeting_needed"
    message = N_("这个事项的决定要先经集体讨论。请先记录会议和表决。")
    status = 409


class MeetingTooSmall(Refusal):
    code = "meeting_too_small"
    message = N_("集体讨论至少要有 %(least)s 名本单位工作人员出席并表决。")


class AgainstTheVote(Refusal):
    """Who signs follows the vote."""

    code = "against_the_vote"
    message = N_("集体讨论的结果是“%(outcome)s”，签发的决定要和它一致。要改变结果，请重新讨论。")
    status = 409


class NoMajority(Refusal):
    code = "no_majority"
    message = N_("上一次集体讨论没有形成多数意见，请重新讨论。")
    status = 409


class BeyondMandate(Refusal):
    """The mandate of the chief representative does not reach this item or this day."""

    code = "beyond_mandate"
    message = N_("您的首席代表授权不包括这个事项，或者已经到期、收回。请交给本单位审批人决定。")
    status = 403


class LicenceToRenewUnknown(Refusal):
    """The licence named is not the applicant's, not of this item, or no longer in force."""

    code = "licence_to_renew_unknown"
    message = N_("没有找到您名下有效的这张证。请核对证件编号；已经过期的证不能延续，要重新申请。")
