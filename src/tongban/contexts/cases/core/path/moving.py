"""One move of a case along its route: the engine's step, what the platform does by itself after it, and the record.

The platform's own work is done within the move: it asks the tables of the route, sends messages, decides where a table
grants, and passes through what the case does by its other events. Tasks of persons, timers and messages stay in the
state; RouteAdvanced, the last event of every move, says which came and which went.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core.by_table import decide_by_table, exact
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.occurred import course as o
from tongban.contexts.cases.core.parts.course import Awaited, CancelledTask, Timer
from tongban.contexts.cases.core.path.data import outcome_of, route_data
from tongban.contexts.cases.core.path.timing import moment_of
from tongban.contexts.cases.core.state import Act, CaseState, Phase
from tongban.contexts.catalogue.core import tables
from tongban.contexts.parties.core import Role
from tongban.contexts.process.core import engine
from tongban.contexts.process.core.routes import Node, Route
from tongban.contexts.process.core.soundness import sender_of
from tongban.kernel.refusals import N_, Refusal

Push = Callable[[Mapping[str, Any]], engine.Command]


class RouteMoved(Refusal):
    """The case was just moved to the route of another version: what was read before the lock is of the old one."""

    code = "route_moved"
    message = N_("这件事刚换到新版流程上办，请刷新页面再试。")
    status = 409


@dataclass(frozen=True)
class Cause:
    """Why the route moves, as tasks that it takes back are told: timer, message, raised or ended."""

    why: str = "ended"
    node: str = ""


def advance(state: CaseState, facts: Facts, *, task: str) -> list[Any]:
    """Begin the route (`task` "") or complete `task` in it. Records what the platform did, and RouteAdvanced."""
    if task and state.position.ended:  # the decision that a route left out; see `_Move.record`
        return []
    outcome = next((one.outcome for one in state.tasks if one.id == task), "")
    return move(state, facts, lambda data: engine.Complete(task, data) if task else engine.Begin(data), outcome=outcome)


def move(state: CaseState, facts: Facts, push: Push, *, cause: Cause = Cause(), outcome: str = "") -> list[Any]:
    """Push the route and do what the platform does by itself until all rests with persons, timers and messages.

    `outcome`: of the task that is completed. Records RuleDecided, RoundDecided, MessageSent, Escalated, what a table
    decided, and RouteAdvanced. Refuses what the engine refuses, `RouteMoved`, and what a table refuses.
    """
    route = facts.route
    assert route is not None, "an item that is handled has a route"
    if facts.route_version and facts.route_version != (state.route_version or state.item_version):
        raise RouteMoved
    run = _Move(state, facts, route, cause, outcome)
    run.step(push(run.data()))
    while run.own:
        run.do(run.own.popleft())
    return run.record()


class _Move:
    """The workspace of one move."""

    def __init__(self, state: CaseState, facts: Facts, route: Route, cause: Cause, outcome: str) -> None:
        self.state = state
        self.facts = facts
        self.route = route
        self.cause = cause
        self.outcome = outcome
        self.position = state.position
        self.told: list[Any] = []
        self.own: deque[engine.OpenTask] = deque()  # the platform's tasks, not done yet
        self.opened: dict[str, engine.OpenTask] = {}
        self.for_person: set[str] = set()  # of the platform's tasks, those that a person does
        self.cancelled: list[CancelledTask] = []
        self.timers: dict[str, Timer] = {}
        self.awaited: dict[str, Awaited] = {}

    def data(self) -> dict[str, Any]:
        return route_data(self.state, self.facts.item, self.outcome)

    def tell(self, *events: Any) -> None:
        self.told += events
        self.state = fold(self.state, events)

    def step(self, command: engine.Command) -> None:
        """One step of the engine, with everything it asks of the world."""
        self.position, effects = engine.step(self.route, self.position, command)
        rounds = {effect.node for effect in effects if isinstance(effect, engine.RoundDecided)}
        for effect in effects:
            self._act_on(effect, rounds)

    def _act_on(self, effect: engine.Effect, rounds: set[str]) -> None:
        match effect:
            case engine.TaskOpened(task, what):
                self.opened[task.id] = task
                if what != "user":
                    self.own.append(task)
            case engine.TaskCancelled(task):
                self._take_back(task, "round" if task.round and task.node in rounds else self.cause.why)
            case engine.TimerSet():
                self.timers[effect.id] = self._timer(effect)
            case engine.MessageAwaited():
                self.awaited[effect.id] = self._awaited(effect)
            case engine.RoundDecided():
                self.outcome = "pass" if effect.agreed else "fail"
                self.tell(self._round_decided(effect))
            case engine.MessageSent() | engine.Escalated():
                self.tell(self._said(effect))
            case _:  # timers and messages that are over go with the position, and so does the end
                pass

    def _take_back(self, task: engine.OpenTask, why: str) -> None:
        if task.id in self.opened:
            del self.opened[task.id]
            self.own = deque(one for one in self.own if one.id != task.id)
            return
        by = self.route.nodes.get(self.cause.node) if why != "round" else self.route.nodes[task.node]
        name, name_en = (by.name, by.name_en) if by is not None else ("", "")
        self.cancelled.append(CancelledTask(task.id, why, name, name_en))

    # -- what the platform does itself ------------------------------------------------------------------------------

    def do(self, task: engine.OpenTask) -> None:
        """Do a task of the platform, and complete it; a decision that no table grants is left to a person."""
        node = self.route.nodes[task.node]
        if node.kind == "rule":
            self._judge(node)
        elif node.kind == "service" and node.act == Act.DECIDE and not self._decide(task):
            self.for_person.add(task.id)
            return
        del self.opened[task.id]
        self.step(engine.Complete(task.id, self.data()))

    def _tables(self) -> Mapping[str, Any]:
        """The decision models pinned with the route."""
        own = self.facts.route_decisions
        return self.facts.decisions if own is None else own

    def _judge(self, node: Node) -> None:
        state, facts = self.state, self.facts
        kind = state.applicant_kind
        asked = self.data() | tables.values_of(facts.item, state.values, now=facts.now, applicant_kind=kind)
        found = tables.judged(self._tables(), node.decision, asked, facts.now)
        told = found.explained
        self.tell(
            o.RuleDecided(
                node=node.id, node_name=node.name, node_name_en=node.name_en, reference=found.reference, key=found.key,
                name=found.name, digest=found.digest, inputs=exact(told["inputs"]), result=exact(found.result),
                rules=_rules(told), basis=found.basis, at=facts.now,
            )
        )  # fmt: skip
        self.outcome = outcome_of(found.result) or self.outcome

    def _decide(self, task: engine.OpenTask) -> bool:
        """Whether a table has decided: the one that the route asked last, else the one that the item names. Not while
        somebody else has a task of the case in hand."""
        if self.state.decision is not None or self.state.phase is not Phase.ACCEPTED:
            return False
        if any(self.route.nodes[one.node].kind == "user" for one in self.position.open if one.id != task.id):
            return False
        reference = self.state.rulings[-1].reference if self.state.rulings else ""
        facts = replace(self.facts, decisions=self._tables())
        self.tell(*decide_by_table(self.state, facts, task.id, reference=reference, known=self.data()))
        return self.state.decision is not None

    # -- the record -------------------------------------------------------------------------------------------------

    def record(self) -> list[Any]:
        """Everything that happened, in order. Where a route has ended without a decision, the application still needs
        one (行政许可法 38): the approver of the organ in charge decides."""
        waits = {wait.id for wait in self.position.waits}
        opened = [self._task(task) for task in self.opened.values()]
        if self.position.ended and self.state.decision is None and self.state.phase is Phase.ACCEPTED:
            opened.append(
                e.OpenedTask(
                    f"t{self.position.serial + 1}", "", Act.DECIDE.value, Role.APPROVER.value, "", self.state.agency,
                    "作出决定", "Decide",
                )
            )  # fmt: skip
        advanced = e.RouteAdvanced(
            position=self.position,
            opened=tuple(opened),
            at=self.facts.now,
            cancelled=tuple(self.cancelled),
            timers=tuple(timer for key, timer in self.timers.items() if key in waits),
            awaited=tuple(one for key, one in self.awaited.items() if key in waits),
        )
        return [*self.told, advanced]

    def _task(self, task: engine.OpenTask) -> e.OpenedTask:
        node = self.route.nodes[task.node]
        of, item = self._several(task)
        return e.OpenedTask(
            id=task.id,
            node=node.id,
            act=node.act,
            role=(node.role or Role.APPROVER.value) if task.id in self.for_person else node.role,
            lane=node.lane,
            agency=self._agency(node.lane),
            name=node.name,
            name_en=node.name_en,
            round=of,
            item=item,
        )

    def _agency(self, lane: str) -> str:
        return self.state.lanes.get(lane, self.state.agency)

    def _several(self, task: engine.OpenTask) -> tuple[str, int]:
        """The round a task belongs to, its own or that of a sub-process around it, and which of them it is for."""
        of, item, scope = task.round, task.item, task.scope
        while not of and scope:
            around = next(one for one in self.position.scopes if one.id == scope)
            of, item, scope = around.round, around.item, around.parent
        return of, item

    def _timer(self, effect: engine.TimerSet) -> Timer:
        node, timer = self.route.nodes[effect.node], effect.timer
        assert timer is not None, "a published timer has a length"
        when = moment_of(timer.lengths, timer.moment, self.facts.now, self.facts.calendar)
        return Timer(
            id=effect.id,
            node=node.id,
            name=node.name,
            name_en=node.name_en,
            lengths=timer.lengths,
            moment=timer.moment,
            since=self.facts.now,
            due=when.at,
            provisional=when.provisional,
            host=self._host(effect.id),
            interrupts=node.interrupting,
        )

    def _host(self, wait: str) -> str:
        return next((one.host for one in self.position.waits if one.id == wait), "")

    def _awaited(self, effect: engine.MessageAwaited) -> Awaited:
        node = self.route.nodes[effect.node]
        sender = sender_of(node)
        lane = next((one for one in self.route.lanes if one.id == sender), None)
        return Awaited(
            id=effect.id,
            node=node.id,
            message=effect.message,
            name=node.name,
            name_en=node.name_en,
            sender=sender,
            agency=self._agency(lane.id) if lane else "",
            role=_role_of(lane.role) if lane else "",
            since=self.facts.now,
            host=self._host(effect.id),
        )

    def _round_decided(self, effect: engine.RoundDecided) -> o.RoundDecided:
        node = self.route.nodes[effect.node]
        return o.RoundDecided(
            node.id, node.name, node.name_en, effect.agreed, effect.yes, effect.no, self.facts.now
        )  # fmt: skip

    def _said(self, effect: engine.MessageSent | engine.Escalated) -> o.MessageSent | o.Escalated:
        node, now = self.route.nodes[effect.node], self.facts.now
        if isinstance(effect, engine.Escalated):
            return o.Escalated(node.id, node.name, node.name_en, effect.code, now)
        return o.MessageSent(node.id, node.name, node.name_en, effect.message, effect.to, now)


def _role_of(lane: str) -> str:
    """Who answers for the organ of a lane: its approver where the lane says so, else its reviewers."""
    return Role.APPROVER.value if lane == Role.APPROVER else Role.REVIEWER.value


def _rules(told: Mapping[str, Any]) -> tuple[int, ...]:
    """The numbers of the rules that made the result, of the decision's own table."""
    own = next((step for step in told["steps"] if step["decision"] == told["decision"]), None)
    return tuple(rule for table in (own["tables"] if own else ()) for rule in table["chosen"])
