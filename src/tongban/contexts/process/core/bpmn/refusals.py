"""Why a diagram is not taken: each names the element, its line and the reason, in words a drawer of routes knows."""

from __future__ import annotations

from tongban.contexts.process.core.routes import RouteRefused
from tongban.kernel.refusals import N_


class TooMuch(RouteRefused):
    """More elements, or deeper nesting, than any route has."""

    code = "route_too_much"
    message = N_("流程图第%(line)s行的 %(element)s：元素过多或者嵌套过深，不是正常的流程图。")


class OutsideSubset(RouteRefused):
    """An element, or a trait of one, that is not run here; `reason` says which."""

    code = "route_element_not_run"
    message = N_("流程图第%(line)s行的 %(element)s 不在平台支持的 BPMN 范围内：%(reason)s。")

    def __init__(self, element: str, line: int, reason: str) -> None:
        super().__init__(element, line)
        self.params = {**self.params, "reason": reason}


class AcrossBlocks(RouteRefused):
    """An inclusive join without one split whose branches all come to it."""

    code = "route_inclusive_across_blocks"
    message = N_(
        "流程图第%(line)s行的包容网关 %(element)s 跨越了块：它汇合的分支要全部出自同一个分支网关，也不能从别处进来。"
    )


class TimerUnreadable(RouteRefused):
    """A timer whose length cannot be read."""

    code = "route_timer_unreadable"
    message = N_(
        "流程图第%(line)s行的定时器 %(element)s 的时长读不懂。请写 tongban:length 和 tongban:unit，或者 ISO 8601 时长。"
    )


class TimerMissing(RouteRefused):
    """A timer of an executable process says no length."""

    code = "route_timer_missing"
    message = N_("流程图第%(line)s行的定时器 %(element)s 没有写时长。")


class QuorumUnreadable(RouteRefused):
    """A multi-instance activity whose number, weights or rule cannot be read."""

    code = "route_quorum_unreadable"
    message = N_("流程图第%(line)s行的多人环节 %(element)s 的人数、权重或通过规则读不懂。")


class WrongEvent(RouteRefused):
    """An event stands where it cannot: on nothing, after the wrong gateway, or with the wrong flows."""

    code = "route_wrong_event"
    message = N_("流程图第%(line)s行的事件 %(element)s 位置不对，或者连线不对。")


class FlowAcrossScopes(RouteRefused):
    """A sequence flow leaves or enters a sub-process or a pool."""

    code = "route_flow_across_scopes"
    message = N_("流程图第%(line)s行的顺序流 %(element)s 穿过了子流程或泳池的边界。")


class CallsItself(RouteRefused):
    """Call activities that lead back to where they came from."""

    code = "route_calls_itself"
    message = N_("流程图第%(line)s行的调用活动 %(element)s 又调回自己，会没完没了。")


class NothingToRun(RouteRefused):
    """A file, a process or a sub-process without anything to run."""

    code = "route_nothing_to_run"
    message = N_("流程图第%(line)s行的 %(element)s 里没有可以运行的环节。")


class LeftOpen(RouteRefused):
    """A published route leaves nothing for a person to settle: ways have conditions, timers have lengths."""

    code = "route_left_open"
    message = N_("流程图第%(line)s行的 %(element)s 没有写全：发布的流程要由条件决定走向，定时器要有时长。")


class TooManyStates(RouteRefused):
    """More states than can be looked at."""

    code = "route_too_large"
    message = N_("流程图第%(line)s行的 %(element)s 状态太多，无法逐一检查。请拆成子流程或几条流程。")
