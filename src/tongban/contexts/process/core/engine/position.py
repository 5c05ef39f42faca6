"""Where a run stands, as a value: only what is open now, never a history."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that waits: `id` is its own among all tasks of the run, `node` the element of the route.

    `scope`: the running sub-process it stands in; `round`: the round of several reviewers it belongs to, and which of
    them it is for (`item`, from 0).
    """

    id: str
    node: str
    scope: str = ""
    round: str = ""
    item: int = 0


@dataclass(frozen=True, slots=True)
class Wait:
    """A timer that runs or a message that is awaited.

    `host`: the task, round, sub-process or wait that the boundary event is attached to; `group`: the event-based
    gateway's choice it belongs to.
    """

    id: str
    node: str
    scope: str = ""
    host: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """A sub-process, or a process called within the file, that is running."""

    id: str
    node: str
    parent: str = ""
    round: str = ""
    item: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """An activity that several do: how many of `total` have begun, and what those who finished said, by weight."""

    id: str
    node: str
    scope: str
    total: int
    begun: int
    yes: int = 0
    no: int = 0
    yes_weight: int = 0
    no_weight: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """Where a run stands: open tasks, flows that have arrived at joins, how many ids were given, the end reached,
    what is waited for, running sub-processes and rounds.

    A join of a sub-process is written `scope:node`; an inclusive join first notes `=n`, how many branches will come.
    """

    open: tuple[OpenTask, ...] = ()
    joins: tuple[tuple[str, tuple[str, ...]], ...] = ()
    serial: int = 0
    ended: str = ""  # id of the end event reached last, once nothing is open any more
    waits: tuple[Wait, ...] = ()
    scopes: tuple[Scope, ...] = ()
    rounds: tuple[Round, ...] = ()
