"""Why a limit is not counted or not extended."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class DayUnreadable(Refusal):
    code = "day_unreadable"
    message = N_("“%(text)s”不是日期。请写成 2026-03-02 这样。")


class LimitNegative(Refusal):
    code = "limit_negative"
    message = N_("期限和延长都不能是负数：%(value)s。")


class LimitTooLong(Refusal):
    code = "limit_too_long"
    message = N_("这个期限太长，算不到那么远：%(value)s。请核对数字。")


class SuspensionReversed(Refusal):
    """The last day of a suspension lies before its first."""

    code = "suspension_reversed"
    message = N_("停表的最后一天 %(end)s 早于第一天 %(start)s。请把两天对调。")


class NotExtendable(Refusal):
    """Only the legal clock is extended; the promise stays what it was (TL6)."""

    code = "clock_not_extendable"
    message = N_("只有法定时限可以延长；承诺时限和环节时限不能延长。")
    status = 409


class ExtendedAlready(Refusal):
    code = "extended_already"
    message = N_("期限只能延长一次，已经延长过了。")
    status = 409


class ExtensionTooLong(Refusal):
    code = "extension_too_long"
    message = N_("依据%(law)s，最多延长 %(most)s，不能延长 %(days)s。")


class ExtensionUnapproved(Refusal):
    """Not approved by whom the law names."""

    code = "extension_unapproved"
    message = N_("依据%(law)s，延长须经%(approver)s批准。")
    status = 403


class ExtensionUnfounded(Refusal):
    """The reasons are told to the applicant (行政许可法 42), so there must be some."""

    code = "extension_unfounded"
    message = N_("延长期限要把理由告知申请人。请写明理由。")


class ExtensionLate(Refusal):
    code = "extension_late"
    message = N_("期限已于 %(due)s 届满，不能再延长。")
    status = 409
