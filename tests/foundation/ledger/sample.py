"""A small kind of stream that uses everything a kind can have: a permit that is asked for, checked and granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from tongban.foundation.ledger import Due, Kind, Rows, Table
from tongban.kernel.refusals import N_, Refusal


@dataclass(frozen=True)
class Opened:
    TYPE: ClassVar[str] = "opened"
    VERSION: ClassVar[int] = 2
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name", "born"})
    number: str
    name: str
    born: date | None
    at: datetime
    tags: tuple[str, ...] = ()
    channel: str = "portal"  # since version 2


@dataclass(frozen=True)
class Noted:
    TYPE: ClassVar[str] = "noted"
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    text: str


@dataclass(frozen=True)
class Assigned:
    TYPE: ClassVar[str] = "assigned"
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    task: str
    agency: str
    due: datetime


@dataclass(frozen=True)
class Finished:
    TYPE: ClassVar[str] = "finished"
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    task: str


@dataclass(frozen=True)
class Task:
    agency: str
    due: datetime


@dataclass(frozen=True)
class Permit:
    number: str = ""
    name: str = ""
    born: date | None = None
    opened: datetime | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tasks: Mapping[str, Task] = field(default_factory=dict)
    channel: str = ""


@dataclass(frozen=True)
class Open:
    name: str
    at: datetime
    born: date | None = date(1990, 5, 17)
    tags: tuple[str, ...] = ("food", "餐饮")


@dataclass(frozen=True)
class Note:
    text: str
    times: int = 1


@dataclass(frozen=True)
class Assign:
    task: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class Finish:
    task: str


class NotOpen(Refusal):
    code = "sample_not_open"
    message = N_("还没有申请。")


class AlreadyOpen(Refusal):
    code = "sample_already_open"
    message = N_("已经申请过了。")
    status = 409


class NoSuchTask(Refusal):
    code = "sample_no_task"
    message = N_("没有这项任务。")


def decide(state: Permit, command: Any, facts: Any) -> Sequence[Any]:
    if isinstance(command, Open):
        if state.opened is not None:
            raise AlreadyOpen
        return [Opened(f"P{facts}", command.name, command.born, command.at, command.tags)]
    if state.opened is None:
        raise NotOpen
    if isinstance(command, Note):
        return [Noted(command.text)] * command.times
    if isinstance(command, Assign):
        return [Assigned(command.task, command.agency, command.at + timedelta(days=3))]
    if command.task not in state.tasks:
        raise NoSuchTask
    return [Finished(command.task)]


def evolve(state: Permit, event: Any) -> Permit:
    if isinstance(event, Opened):
        return replace(
            state,
            number=event.number,
            name=event.name,
            born=event.born,
            opened=event.at,
            tags=event.tags,
            channel=event.channel,
        )
    if isinstance(event, Noted):
        return replace(state, notes=(*state.notes, event.text))
    if isinstance(event, Assigned):
        return replace(state, tasks={**state.tasks, event.task: Task(event.agency, event.due)})
    return replace(state, tasks={key: task for key, task in state.tasks.items() if key != event.task})


PERMITS = Table(
    name="sample_permit",
    key=("stream_id",),
    columns=("stream_id", "number", "name", "born", "opened", "tags", "extra", "notes"),
    types=("text", "text", "text", "date", "timestamptz", "text[]", "jsonb", "int"),
)
TASKS = Table(
    name="sample_task",
    key=("stream_id", "task"),
    columns=("stream_id", "task", "agency", "due"),
    types=("text", "text", "text", "timestamptz"),
)
SCHEMA = """
CREATE TABLE IF NOT EXISTS sample_permit (
    stream_id text PRIMARY KEY, number text NOT NULL UNIQUE, name text NOT NULL, born date,
    opened timestamptz NOT NULL, tags text[] NOT NULL, extra jsonb NOT NULL, notes int NOT NULL);
CREATE TABLE IF NOT EXISTS sample_task (
    stream_id text NOT NULL, task text NOT NULL, agency text NOT NULL, due timestamptz NOT NULL,
    PRIMARY KEY (stream_id, task));
"""


def rows(stream_id: str, state: Permit) -> Rows:
    if state.opened is None:
        return Rows(tables={})
    extra = {"channel": state.channel, "has_tasks": bool(state.tasks)}
    permit = (
        stream_id, state.number, state.name, state.born, state.opened, list(state.tags), extra, len(state.notes)
    )  # fmt: skip
    tasks = [(stream_id, key, task.agency, task.due) for key, task in state.tasks.items()]
    due = [Due(key, task.due, "sample.remind", {"task": key}) for key, task in state.tasks.items()]
    return Rows(tables={"sample_permit": [permit], "sample_task": tasks}, due=due)


def opened_1_to_2(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "channel": "counter"}


PERMIT: Kind[Permit] = Kind(
    name="sample",
    state=Permit,
    events=(Opened, Noted, Assigned, Finished),
    decide=decide,
    evolve=evolve,
    rows=rows,
    tables=(PERMITS, TASKS),
    upcasters={("opened", 1): opened_1_to_2},
)
