"""Why a run does not move: nothing has happened then, and the position is what it was."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class TaskNotOpen(Refusal):
    """The task was done before, or the matter has moved on."""

    code = "task_not_open"
    message = N_("这一步已经办过，或者现在还轮不到。请刷新后查看当前环节。")
    status = 409


class TimerNotSet(Refusal):
    """The timer has come before, or what it waited for is done: whichever came first won."""

    code = "timer_not_set"
    message = N_("这个定时器已经不在计时：它等的事已经办完，或者已经到过点。")
    status = 409


class MessageNotAwaited(Refusal):
    """Nothing waits for this message now."""

    code = "message_not_awaited"
    message = N_("现在没有环节在等这条消息。")
    status = 409


class NotCaught(Refusal):
    """An error or escalation that the route has no answer to."""

    code = "route_not_caught"
    message = N_("流程图没有规定这一步出现这种情况时怎么办。")
    status = 409


class ChoiceMissing(Refusal):
    """A person must say which way to go on."""

    code = "route_choice_missing"
    message = N_("请在“%(element)s”处选择往哪边走。")
    status = 422


class NoWayOn(Refusal):
    """No condition holds and there is no default flow."""

    code = "route_no_way_on"
    message = N_("在“%(element)s”处没有一个条件成立，也没有默认流，无法继续。")
    status = 422


class CountMissing(Refusal):
    """How many shall review is not known, or no sensible number."""

    code = "route_count_missing"
    message = N_("“%(element)s”需要几个人办，数据里没有写明。")
    status = 422


class StartUnknown(Refusal):
    """The route has several starts, or none of this name."""

    code = "route_start_unknown"
    message = N_("流程没有“%(element)s”这个开始事件。")
    status = 422
