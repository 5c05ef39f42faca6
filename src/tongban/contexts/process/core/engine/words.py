"""What a run can be told (commands), and what it then asks of the world (effects)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tongban.contexts.process.core.engine.position import OpenTask
from tongban.contexts.process.core.routes import NodeKind, Timer

Choices = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Begin:
    """Enter the route; `start`: which start event, where there are several."""

    data: Mapping[str, Any] = field(default_factory=dict)
    start: str = ""
    choices: Choices = field(default_factory=dict)


@dataclass(frozen=True)
class Complete:
    """A task is done. Conditions read `data`; `choices`: ids of the flows a person chose, by gateway."""

    task: str
    data: Mapping[str, Any] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)


@dataclass(frozen=True)
class Fire:
    """A timer has come."""

    timer: str
    data: Mapping[str, Any] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)


@dataclass(frozen=True)
class Deliver:
    """A message has come: the id of the wait, or the name of the message (then the one awaited longest)."""

    message: str
    data: Mapping[str, Any] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)


@dataclass(frozen=True)
class Raise:
    """Who holds a task reports an error or escalates it; the nearest boundary event that fits takes it."""

    task: str
    kind: Literal["error", "escalation"]
    code: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)


Command = Begin | Complete | Fire | Deliver | Raise


@dataclass(frozen=True)
class TaskOpened:
    """Somebody has something to do; `what` says who: a user, a service, a rule (with its `reference`), a message to be
    sent, another route to be run."""

    task: OpenTask
    what: NodeKind
    reference: str = ""


@dataclass(frozen=True)
class TaskCancelled:
    """A task that was open is no more, without having been done."""

    task: OpenTask


@dataclass(frozen=True)
class TimerSet:
    """A timer begins to run. `timer` None: the route says no length, a person tells when."""

    id: str
    node: str
    timer: Timer | None


@dataclass(frozen=True)
class TimerCancelled:
    """A timer no longer runs."""

    id: str
    node: str


@dataclass(frozen=True)
class MessageAwaited:
    """A message is awaited from now on, by its name."""

    id: str
    node: str
    message: str


@dataclass(frozen=True)
class MessageNoMore:
    """A message is no longer awaited."""

    id: str
    node: str


@dataclass(frozen=True)
class MessageSent:
    """A message goes out; `to`: elements or pools of others, as the diagram draws them."""

    node: str
    message: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class RoundDecided:
    """Several reviewers have come to a result."""

    node: str
    agreed: bool
    yes: int
    no: int


@dataclass(frozen=True)
class Escalated:
    """An escalation was raised and nothing in the route takes it."""

    node: str
    code: str


@dataclass(frozen=True)
class Ended:
    """The run is over, at this end event."""

    node: str


Effect = (
    TaskOpened
    | TaskCancelled
    | TimerSet
    | TimerCancelled
    | MessageAwaited
    | MessageNoMore
    | MessageSent
    | RoundDecided
    | Escalated
    | Ended
)
