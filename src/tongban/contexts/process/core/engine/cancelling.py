"""Taking back what is open: a task that an event interrupted, a round that is decided, a whole sub-process."""

from __future__ import annotations

from collections import deque

from tongban.contexts.process.core.engine import words as w
from tongban.contexts.process.core.engine.position import Wait
from tongban.contexts.process.core.engine.run import Run


def drop_waits(run: Run, host: str) -> None:
    """Stop the timers and messages attached to `host`."""
    if any(wait.host == host for wait in run.waits):
        for wait in [wait for wait in run.waits if wait.host == host]:
            drop_wait(run, wait)


def drop_wait(run: Run, wait: Wait) -> None:
    """Stop waiting."""
    run.waits.remove(wait)
    event = run.route.nodes[wait.node].event
    timer = event is not None and event.kind == "timer"
    run.effects.append((w.TimerCancelled if timer else w.MessageNoMore)(wait.id, wait.node))


def cancel(run: Run, host: str) -> None:
    """Take back the task, wait, round or sub-process `host` with everything in it."""
    for task in [task for task in run.open if task.id == host or task.round == host]:
        run.open.remove(task)
        run.effects.append(w.TaskCancelled(task))
    for wait in [wait for wait in run.waits if wait.id == host]:
        drop_wait(run, wait)
    for scope in [one.id for one in run.scopes if one.id == host or one.round == host]:
        clear(run, scope)
    run.rounds = [one for one in run.rounds if one.id != host]
    drop_waits(run, host)


def clear(run: Run, scope: str) -> None:
    """Take back everything in the running sub-process `scope`, and itself ("" = the whole run)."""
    gone = run.within(scope)
    for task in [task for task in run.open if task.scope in gone]:
        run.open.remove(task)
        run.effects.append(w.TaskCancelled(task))
    for wait in [wait for wait in run.waits if wait.scope in gone]:
        drop_wait(run, wait)
    run.rounds = [one for one in run.rounds if one.scope not in gone]
    run.scopes = [one for one in run.scopes if one.id not in gone]
    run.joins = {key: arrived for key, arrived in run.joins.items() if (key.rpartition(":")[0]) not in gone}
    run.moving = deque(token for token in run.moving if token[2] not in gone)
