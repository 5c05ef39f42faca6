"""Why a log, a mapping or a route cannot be replayed. A log is taken whole or not at all."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class LogRefused(Refusal):
    """Base of all reasons for which a log is not taken; names the line where there is one."""

    code = "log_refused"
    message = N_("日志第%(line)s行有误。")

    def __init__(self, line: int, **params: object) -> None:
        super().__init__(field="", line=line, **params)


class LogNotXes(LogRefused):
    """Well-formed XML perhaps, but no XES."""

    code = "log_not_xes"
    message = N_("日志第%(line)s行不是 XES：应以 log 元素开始，里面是 trace 和 event。")


class LogUnreadable(LogRefused):
    """No XML, or no CSV, or not in the encoding that it should be in."""

    code = "log_unreadable"
    message = N_("日志第%(line)s行读不懂。请重新导出，或者用 --encoding 写明编码。")


class LogTruncated(LogRefused):
    """The file ends in its middle."""

    code = "log_truncated"
    message = N_("日志读到第%(line)s行就断了，文件不完整。请重新传输。")


class LogWithEntities(LogRefused):
    """A document type or entities, which no log needs."""

    code = "log_with_entities"
    message = N_("日志第%(line)s行带有文档类型或实体声明，不予读取。请去掉 DOCTYPE。")


class LogTooLarge(LogRefused):
    """Larger than what is read: unpacked, in one piece, in depth or in number."""

    code = "log_too_large"
    message = N_("日志读到第%(line)s行超过了上限（%(limit)s）。请分段导出。")


class LogPackedTooTight(LogRefused):
    """A packed file that unpacks to far more than any log does."""

    code = "log_packed_too_tight"
    message = N_("日志压缩得异常紧密（解开后超过压缩前的%(limit)s倍），可能是压缩炸弹，不予读取。")


class LogValueMissing(LogRefused):
    """An event without its name or its time."""

    code = "log_value_missing"
    message = N_("日志第%(line)s行的事件（办件 %(case)s）没有 %(key)s。")


class LogTimeUnreadable(LogRefused):
    """A time that is none."""

    code = "log_time_unreadable"
    message = N_("日志第%(line)s行的时间 %(value)s 读不懂（办件 %(case)s）。请用 ISO 8601 格式。")


class LogEventOutside(LogRefused):
    """An event that belongs to no case."""

    code = "log_event_outside"
    message = N_("日志第%(line)s行的事件不属于任何办件（trace）。")


class LogColumnMissing(LogRefused):
    """A table without a column that is needed."""

    code = "log_column_missing"
    message = N_("日志第%(line)s行的表头没有“%(column)s”这一列。请用 --case、--activity、--time 写明列名。")


class LogEmpty(LogRefused):
    """No case, or no event in any."""

    code = "log_empty"
    message = N_("日志里没有任何事件。")


class MapRefused(LogRefused):
    """A mapping file that cannot be followed."""

    code = "log_map_refused"
    message = N_("对照表第%(line)s行有误：%(value)s。每行写“活动,环节”，环节用路线里的名称或 id，留空表示不计。")


class RouteNotReplayed(Refusal):
    """A node of a kind that replay does not know."""

    code = "route_not_replayed"
    message = N_("路线中的 %(element)s 不能用于回放：还不支持这种元素。")


class SplitTooWide(RouteNotReplayed):
    """An inclusive gateway with too many branches to look at every choice."""

    code = "replay_split_too_wide"
    message = N_("路线中的包容网关 %(element)s 不能用于回放：分支多于%(limit)s条。")


class JoinWithoutSplit(RouteNotReplayed):
    """An inclusive join that belongs to no split."""

    code = "replay_join_without_split"
    message = N_("路线中的包容网关 %(element)s 不能用于回放：它的汇合没有对应的分支。")


class ProcessUnclear(Refusal):
    """The file holds several processes and nobody said which."""

    code = "replay_process_unclear"
    message = N_("文件里有几个流程（%(processes)s）。请用 --process 写明用哪一个。")
