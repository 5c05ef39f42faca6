"""Runs routes: `step` from a position and a command to the next position and its effects, pure and without a clock.

`begin` and `complete` are the two moves that cases make, over the same `step`.
"""

from tongban.contexts.process.core.engine.moves import Step, begin, complete, step
from tongban.contexts.process.core.engine.playing import Played, play, possible
from tongban.contexts.process.core.engine.position import OpenTask, Position, Round, Scope, Wait
from tongban.contexts.process.core.engine.refusals import (
    ChoiceMissing,
    CountMissing,
    MessageNotAwaited,
    NotCaught,
    NoWayOn,
    StartUnknown,
    TaskNotOpen,
    TimerNotSet,
)
from tongban.contexts.process.core.engine.words import (
    Begin,
    Command,
    Complete,
    Deliver,
    Effect,
    Ended,
    Escalated,
    Fire,
    MessageAwaited,
    MessageNoMore,
    MessageSent,
    Raise,
    RoundDecided,
    TaskCancelled,
    TaskOpened,
    TimerCancelled,
    TimerSet,
)

__all__ = [
    "Begin",
    "ChoiceMissing",
    "Command",
    "Complete",
    "CountMissing",
    "Deliver",
    "Effect",
    "Ended",
    "Escalated",
    "Fire",
    "MessageAwaited",
    "MessageNoMore",
    "MessageNotAwaited",
    "MessageSent",
    "NoWayOn",
    "NotCaught",
    "OpenTask",
    "Played",
    "Position",
    "Raise",
    "Round",
    "RoundDecided",
    "Scope",
    "StartUnknown",
    "Step",
    "TaskCancelled",
    "TaskNotOpen",
    "TaskOpened",
    "TimerCancelled",
    "TimerNotSet",
    "TimerSet",
    "Wait",
    "begin",
    "complete",
    "play",
    "possible",
    "step",
]
