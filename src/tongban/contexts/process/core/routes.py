"""A route as a value: nodes, flows and lanes, and every reason for which a route is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from tongban.kernel.refusals import N_, Refusal

NodeKind = Literal[
    "start",
    "end",
    "user",
    "service",
    "rule",
    "send",
    "receive",
    "call",
    "subprocess",
    "exclusive",
    "parallel",
    "inclusive",
    "event_based",
    "catch",
    "throw",
    "boundary",
]
EventKind = Literal["none", "timer", "message", "error", "escalation", "terminate"]
TimeUnit = Literal["workday", "day", "week", "month", "year", "hour", "minute", "second"]
Quorum = Literal["", "all", "majority", "any", "weighted"]
#: What opens for somebody, or for the platform, to do.
TASKS: Final = frozenset({"user", "service", "rule", "send", "call"})


class RouteRefused(Refusal):
    """Base of all reasons for which a route file is not taken; names the element and its line."""

    code = "route_refused"
    message = N_("流程图第%(line)s行的 %(element)s 有误。")

    def __init__(self, element: str, line: int, column: int = 0) -> None:
        super().__init__(element=element, line=line, column=column)


class RouteUnreadable(RouteRefused):
    """The file is no XML, too large, or carries a document type."""

    code = "route_unreadable"
    message = N_("流程图第%(line)s行不是合格的 XML。请从建模工具重新导出。")


class RouteTooLarge(RouteUnreadable):
    """The file is larger than any drawing of a route."""

    message = N_("流程图文件超过 4 MB，平台不读取。请删去不用的部分，或者拆成几个文件。")


class RouteWithDoctype(RouteUnreadable):
    """The file declares a document type or entities."""

    message = N_("流程图第%(line)s行声明了文档类型或者实体，平台不读取。请删去 DOCTYPE。")


class RouteEncodingUnknown(RouteUnreadable):
    """The file is in an encoding that is not read, or not in the one that it declares."""

    message = N_("流程图第%(line)s行不是它声明的编码，或者这种编码平台不读取。请另存为 UTF-8。")


class RouteOutsideSubset(RouteRefused):
    """An element that is not run here."""

    code = "route_outside_subset"
    message = N_("流程图第%(line)s行的 %(element)s 不在平台支持的 BPMN 范围内。请改用支持的元素。")


class ElementWithoutId(RouteRefused):
    """An element that others refer to has no id."""

    code = "route_element_without_id"
    message = N_("流程图第%(line)s行的 %(element)s 没有 id。请补上。")


class DoubleId(RouteRefused):
    """An id is used twice."""

    code = "route_double_id"
    message = N_("流程图第%(line)s行的 id %(element)s 已经用过。请改名。")


class NotOneProcess(RouteRefused):
    """The file holds no process, or several."""

    code = "route_not_one_process"
    message = N_("流程图第%(line)s行：一个文件要有且只有一个流程（%(element)s）。")


class NotOneStart(RouteRefused):
    """The process has no start event, or several."""

    code = "route_not_one_start"
    message = N_("流程图第%(line)s行的流程 %(element)s 要有且只有一个开始事件。")


class NoEnd(RouteRefused):
    """The process never ends."""

    code = "route_no_end"
    message = N_("流程图第%(line)s行的流程 %(element)s 没有结束事件。")


class InTwoLanes(RouteRefused):
    """A node stands in two lanes."""

    code = "route_in_two_lanes"
    message = N_("流程图第%(line)s行的 %(element)s 同时放在两个泳道里。")


class UnknownReference(RouteRefused):
    """A flow, a lane or a default names what is not there."""

    code = "route_unknown_reference"
    message = N_("流程图第%(line)s行的 %(element)s 指向不存在的节点。")


class WrongFlowCount(RouteRefused):
    """More or fewer flows enter or leave than this kind of node allows."""

    code = "route_wrong_flow_count"
    message = N_(
        "流程图第%(line)s行的 %(element)s 顺序流数目不对：任务只能有一条连出，结束事件没有连出，网关至少一条。"
    )


class TaskWithoutAct(RouteRefused):
    """A task does not say who does what."""

    code = "route_task_without_act"
    message = N_("流程图第%(line)s行的任务 %(element)s 没有写明由谁做什么（tongban:role、tongban:act、泳道）。")


class MisplacedCondition(RouteRefused):
    """A condition where none may stand, or none where one must."""

    code = "route_misplaced_condition"
    message = N_("流程图第%(line)s行的 %(element)s：只有排他网关的非默认连出才能带条件，也必须带条件。")


class NoDefaultFlow(RouteRefused):
    """An exclusive gateway could find no way out."""

    code = "route_no_default_flow"
    message = N_("流程图第%(line)s行的排他网关 %(element)s 有多条连出，却没有默认流。")


class ConditionUnreadable(RouteRefused):
    """A condition is not S-FEEL."""

    code = "route_condition_unreadable"
    message = N_("流程图第%(line)s行的 %(element)s 的条件在第%(column)s个字符处读不懂。")


class Unreachable(RouteRefused):
    """No run ever gets to a node."""

    code = "route_unreachable"
    message = N_("流程图第%(line)s行的 %(element)s 走不到。")


class NoWayToEnd(RouteRefused):
    """A run that got here can never end."""

    code = "route_no_way_to_end"
    message = N_("从流程图第%(line)s行的 %(element)s 走不到结束。")


class IdleLoop(RouteRefused):
    """A loop without any task would turn for ever."""

    code = "route_idle_loop"
    message = N_("流程图第%(line)s行的 %(element)s 处在没有任务的循环里。")


class Unsound(RouteRefused):
    """Some run gets stuck at a join, or reaches one place twice at once."""

    code = "route_unsound"
    message = N_("流程图第%(line)s行的 %(element)s 不可靠：并行分支可能永远等不齐，或者同一处被走到两次。")


@dataclass(frozen=True)
class Timer:
    """How long to wait: lengths in their own units, one after the other, or the moment itself (ISO 8601 text).

    "day" is a calendar day and "workday" a working day; neither stands for the other.
    """

    lengths: tuple[tuple[int, TimeUnit], ...] = ()
    moment: str = ""


@dataclass(frozen=True)
class Event:
    """What an event waits for or brings about. `name`: of the message; the code of an error or an escalation."""

    kind: EventKind = "none"
    name: str = ""
    timer: Timer | None = None
    to: tuple[str, ...] = ()  # elements or pools of others that the message goes to


@dataclass(frozen=True)
class Multi:
    """An activity done by several: how many, at once or one after the other, and when it is decided.

    `count`: a number or the name of one in the data; `collection`: the name of a list in the data. `agrees`: S-FEEL
    over what a reviewer answered. `threshold`: percent of all `weights`. `until`: S-FEEL, ends the round early.
    """

    parallel: bool = True
    count: str = ""
    collection: str = ""
    quorum: Quorum = ""
    weights: tuple[int, ...] = ()
    threshold: int = 50
    agrees: str = 'outcome = "pass"'
    until: str = ""


@dataclass(frozen=True)
class Node:
    """One element of a route. `lane`, `role`, `agency` and `act` say for tasks who does what.

    `scope`: the sub-process (or called process) it stands in, "" = the route itself; `body`: the scope that runs inside
    a sub-process or call activity; `calls`: another route by its id; `host`: what a boundary event is attached to.
    """

    id: str
    kind: NodeKind
    name: str
    name_en: str
    lane: str = ""
    role: str = ""
    act: str = ""
    props: dict[str, str] = field(default_factory=dict)
    scope: str = ""
    agency: str = ""
    event: Event | None = None
    host: str = ""
    interrupting: bool = True
    multi: Multi | None = None
    body: str = ""
    calls: str = ""
    decision: str = ""

    @property
    def is_task(self) -> bool:
        return self.kind in TASKS


@dataclass(frozen=True)
class Flow:
    """A sequence flow; `condition` is S-FEEL, "" = unconditional."""

    id: str
    source: str
    target: str
    condition: str = ""
    name: str = ""


@dataclass(frozen=True)
class Lane:
    id: str
    name: str
    name_en: str
    role: str = ""
    agency: str = ""


@dataclass(frozen=True)
class Route:
    """A route as it is run: checked, immutable."""

    id: str
    name: str
    name_en: str
    nodes: dict[str, Node]
    flows: tuple[Flow, ...]
    start: str
    lanes: tuple[Lane, ...]
    defaults: dict[str, str] = field(default_factory=dict)  # node that chooses -> id of its default flow
    entries: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)  # scope -> ways to begin it
    choices: frozenset[str] = frozenset()  # nodes where a person chooses the way
    blocks: dict[str, str] = field(default_factory=dict)  # split -> the inclusive join of its branches

    @cached_property
    def outgoing(self) -> dict[str, tuple[Flow, ...]]:
        """Flows that leave each node; at an exclusive gateway the default flow comes last."""
        leaving: dict[str, list[Flow]] = {node: [] for node in self.nodes}
        for flow in self.flows:
            leaving[flow.source].append(flow)
        return {
            node: tuple(sorted(flows, key=lambda flow: flow.id == self.defaults.get(node)))
            for node, flows in leaving.items()
        }

    @cached_property
    def incoming(self) -> dict[str, tuple[str, ...]]:
        """Ids of the flows that enter each node."""
        entering: dict[str, list[str]] = {node: [] for node in self.nodes}
        for flow in self.flows:
            entering[flow.target].append(flow.id)
        return {node: tuple(flows) for node, flows in entering.items()}

    @cached_property
    def boundaries(self) -> dict[str, tuple[Node, ...]]:
        """The boundary events of each activity that has some."""
        attached: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.host:
                attached.setdefault(node.host, []).append(node)
        return {host: tuple(events) for host, events in attached.items()}

    def ways_in(self, scope: str) -> tuple[tuple[str, ...], ...]:
        """The ways to begin `scope`: one node, or several at once."""
        return self.entries.get(scope) or ((self.start,),)

    @cached_property
    def tasks(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes.values() if node.is_task)
