"""Plays a case on a route, with the days counted: what was done so far is replayed, and what can come next is told.

For the editor's "play a case". Nothing is stored: the moves are the whole state, so a changed drawing is played anew
from the same moves. What a case does is passed in, so that play and case never differ: when a timer comes, and what a
decision table answers. The platform's own tasks are done as soon as they open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from tongban.contexts.process.core import engine, sfeel
from tongban.contexts.process.core.routes import Route, Timer
from tongban.kernel.refusals import N_, Refusal

#: The moment when a timer comes that was set on a day.
When = Callable[[Timer, date], datetime]
#: What a table answers, by its reference and what is known; `NO_TABLE` where it is not there.
Judge = Callable[[str, Mapping[str, Any]], Any]
NO_TABLE: Final = object()
Kind = Literal["begin", "complete", "fire", "deliver"]
#: More moves than any case has.
MOST_MOVES = 500


class MoveNotKnown(Refusal):
    """A move of no kind, or more of them than a case has."""

    code = "play_move_not_known"
    message = N_("演练里没有这样的一步。")


@dataclass(frozen=True)
class Move:
    """One thing that happened: the route began, a task was done, a timer or a message came.

    `of`: id of the task or of the wait; `on`: its day, None = that of the move before (of a timer: its own day).
    `data`: what is known from then on; `outcome` belongs to this move alone.
    """

    kind: Kind
    of: str = ""
    on: date | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One move that was played: its day, its element ("" for the beginning), how it came out, and what followed.

    `own`: the platform did it by itself.
    """

    on: date
    kind: Kind
    node: str
    outcome: str
    effects: tuple[engine.Effect, ...]
    own: bool = False


@dataclass(frozen=True)
class Waiting:
    """A task or an event that can come next. `since`: its first day; `due`: a timer's day, None: a person tells."""

    id: str
    node: str
    kind: Literal["task", "timer", "message"]
    since: date
    due: date | None = None


@dataclass(frozen=True)
class Play:
    """How far a case has come. `refused`: the first move that could not be done and why; all before it were."""

    day: date
    lines: tuple[Line, ...]
    next: tuple[Waiting, ...]
    position: engine.Position
    data: Mapping[str, Any]
    refused: tuple[int, Refusal] | None = None

    @property
    def done(self) -> tuple[str, ...]:
        """The elements that were done, each once, in their order."""
        return tuple(dict.fromkeys(line.node for line in self.lines if line.node))


@dataclass
class _Table:
    """What lies on the table while it is played."""

    route: Route
    when: When
    judge: Judge
    day: date
    position: engine.Position = field(default_factory=engine.Position)
    data: dict[str, Any] = field(default_factory=dict)
    since: dict[str, date] = field(default_factory=dict)
    comes: dict[str, datetime] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def do(self, move: Move) -> None:
        """Do one move and what the platform does after it; or refuse it with nothing done."""
        before = replace(
            self, data=dict(self.data), since=dict(self.since), comes=dict(self.comes), lines=self.lines[:]
        )
        try:
            self._do(move)
            while own := self._own():
                self._do(*own)
        except Refusal:
            vars(self).update(vars(before))
            raise

    def _do(self, move: Move, own: bool = False) -> None:
        node = self._open().get(move.of, "")
        day = self._day(move)
        outcome = str(move.data.get("outcome", ""))
        data = self.data | dict(move.data)
        if node and outcome and not own:
            act = self.route.nodes[node].act
            data |= {f"{node}_outcome": outcome} | ({f"{act}_outcome": outcome} if act else {})
        position, effects = engine.step(self.route, self.position, _command(move, data, self.route))
        self.position, self.day = position, day
        self.data = {name: value for name, value in data.items() if name != "outcome"}
        self.lines.append(Line(day, move.kind, node, outcome, tuple(effects), own))
        for key in self._open():
            self.since.setdefault(key, day)
        for effect in effects:
            if isinstance(effect, engine.TimerSet) and effect.timer is not None:
                self.comes[effect.id] = self.when(effect.timer, day)
            elif isinstance(effect, engine.RoundDecided):
                self.data[f"{effect.node}_outcome"] = "pass" if effect.agreed else "fail"

    def _open(self) -> dict[str, str]:
        """The element of each task and wait that is open."""
        tasks = {task.id: task.node for task in self.position.open}
        return tasks | {wait.id: wait.node for wait in self.position.waits}

    def _own(self) -> tuple[Move, bool] | None:
        """The next task that the platform does by itself."""
        for task in self.position.open:
            node = self.route.nodes[task.node]
            if node.kind == "send" or (node.kind == "service" and node.act != "decide"):
                return Move("complete", task.id), True
            result = self.judge(node.decision, self.data) if node.kind == "rule" else NO_TABLE
            if result is not NO_TABLE:
                told = {**(result if isinstance(result, Mapping) else {}), f"{node.id}_result": result}
                return Move("complete", task.id, None, {**told, "outcome": "" if result is None else str(result)}), True
        return None

    def _day(self, move: Move) -> date:
        comes = self.comes.get(move.of) if move.kind == "fire" else None
        return max(self.day, comes.date() if comes else move.on or self.day)

    def next(self) -> tuple[Waiting, ...]:
        """What can come next."""
        found = [Waiting(task.id, task.node, "task", self.since[task.id]) for task in self.position.open]
        for wait in self.position.waits:
            event = self.route.nodes[wait.node].event
            timer = event is not None and event.kind == "timer"
            kind: Literal["timer", "message"] = "timer" if timer else "message"
            comes = self.comes.get(wait.id)
            last = (comes - timedelta(seconds=1)).date() if comes else None
            found.append(Waiting(wait.id, wait.node, kind, self.since[wait.id], last))
        return tuple(found)


def _command(move: Move, data: Mapping[str, Any], route: Route) -> engine.Command:
    if move.kind == "begin":
        ways = route.ways_in("")
        return engine.Begin(data, move.of or (ways[0][0] if len(ways) > 1 else ""))
    if move.kind == "complete":
        return engine.Complete(move.of, data)
    if move.kind == "fire":
        return engine.Fire(move.of, data)
    if move.kind == "deliver":
        return engine.Deliver(move.of, data)
    raise MoveNotKnown


def no_table(reference: str, data: Mapping[str, Any]) -> Any:
    """Where no table is there: whoever plays answers for it."""
    return NO_TABLE


def played(route: Route, moves: Sequence[Move], start: date, *, when: When, judge: Judge = no_table) -> Play:
    """Play `moves` on `route` from the day `start` on. Refuses `MoveNotKnown`.

    What the engine, a table or the calendar refuses stops the play there and is told.
    """
    if len(moves) > MOST_MOVES:
        raise MoveNotKnown
    table, refused = _Table(route, when, judge, start), None
    for number, move in enumerate(moves):
        try:
            table.do(move)
        except Refusal as refusal:
            refused = (number, refusal)
            break
    return Play(table.day, tuple(table.lines), table.next(), table.position, table.data, refused)


def asked(route: Route) -> tuple[str, ...]:
    """The names of data that the route's conditions and rounds read, but for outcomes, which tasks give."""
    found: dict[str, None] = {}
    for flow in route.flows:
        found |= dict.fromkeys(sorted(sfeel.names(flow.condition)) if flow.condition else ())
    for node in route.nodes.values():
        for name in (node.multi.count, node.multi.collection) if node.multi else ():
            found |= {name: None} if name and not name.isdigit() else {}
    given = {f"{node.id}_outcome" for node in route.nodes.values()} | {f"{node.act}_outcome" for node in route.tasks}
    return tuple(name for name in found if name not in given | {"outcome"})
