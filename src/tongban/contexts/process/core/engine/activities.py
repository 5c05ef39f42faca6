"""Tasks, sub-processes and rounds of several reviewers: how they begin, and how they are done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tongban.contexts.process.core import sfeel
from tongban.contexts.process.core.engine import words as w
from tongban.contexts.process.core.engine.cancelling import cancel, drop_waits
from tongban.contexts.process.core.engine.position import OpenTask, Round, Scope, Wait
from tongban.contexts.process.core.engine.refusals import CountMissing
from tongban.contexts.process.core.engine.run import Run
from tongban.contexts.process.core.routes import Multi, Node

#: More reviewers of one thing than any law asks for.
MOST_REVIEWERS = 1000


def start(run: Run, node: Node, scope: str) -> None:
    """Begin an activity, and what is attached to it."""
    if node.multi is None:
        host = _one(run, node, scope, "", 0)
    else:
        host = _round(run, node, node.multi, scope)
        if not host:
            run.leave(node, scope)
            return
    if node.id in run.route.boundaries:
        for event in run.route.boundaries[node.id]:
            if event.event is not None and event.event.kind in ("timer", "message"):
                await_event(run, event, scope, host=host)


def await_event(run: Run, node: Node, scope: str, *, host: str = "", group: str = "") -> str:
    """Wait for the timer or the message of `node`; the id of the wait."""
    event = node.event
    assert event is not None
    wait = Wait(run.key("w"), node.id, scope, host, group)
    run.waits.append(wait)
    if event.kind == "timer":
        run.effects.append(w.TimerSet(wait.id, node.id, event.timer))
    else:
        run.effects.append(w.MessageAwaited(wait.id, node.id, event.name))
    return wait.id


def _one(run: Run, node: Node, scope: str, of_round: str, item: int) -> str:
    """One performance of an activity; its id."""
    if node.kind == "receive":
        return await_event(run, node, scope)
    if node.body:
        inner = Scope(run.key("s"), node.id, scope, of_round, item)
        run.scopes.append(inner)
        enter_scope(run, node.body, inner.id, 0)
        run.touched.append(inner.id)
        return inner.id
    task = OpenTask(run.key("t"), node.id, scope, of_round, item)
    run.open.append(task)
    run.opened.append(task)
    reference = node.decision or node.calls or (node.event.name if node.event and node.kind == "send" else "")
    run.effects.append(w.TaskOpened(task, node.kind, reference))
    return task.id


def enter_scope(run: Run, body: str, scope: str, way: int) -> None:
    """Put the first tokens into a scope."""
    for entry in run.route.ways_in(body)[way]:
        node = run.route.nodes[entry]
        if node.kind == "start":
            run.leave(node, scope)
        else:
            run.moving.append((entry, "", scope))


def finish_scope(run: Run, scope: str) -> None:
    """A sub-process has nothing left to do."""
    done = next(one for one in run.scopes if one.id == scope)
    run.scopes.remove(done)
    node = run.route.nodes[done.node]
    if done.round:
        answered(run, done.round, done.item)
    else:
        drop_waits(run, done.id)
        run.leave(node, done.parent)
    run.touched.append(done.parent)


def finish_task(run: Run, task: OpenTask) -> None:
    """A task is done."""
    run.open.remove(task)
    node = run.route.nodes[task.node]
    if node.event is not None and (node.kind == "send" or node.event.to):
        run.effects.append(w.MessageSent(node.id, node.event.name, node.event.to))
    if task.round:
        answered(run, task.round, task.item)
    else:
        drop_waits(run, task.id)
        run.leave(node, task.scope)


# -- several reviewers ------------------------------------------------------------------------------------------------


def _round(run: Run, node: Node, multi: Multi, scope: str) -> str:
    """Begin a round; its id, "" when nobody is to be asked."""
    total = _count(run, node, multi)
    if total == 0:
        return ""
    begun = total if multi.parallel else 1
    made = Round(run.key("r"), node.id, scope, total, begun)
    run.rounds.append(made)
    for item in range(begun):
        _one(run, node, scope, made.id, item)
    return made.id


def _count(run: Run, node: Node, multi: Multi) -> int:
    if multi.weights and not multi.count and not multi.collection:
        return len(multi.weights)
    found: Any = multi.count or None
    if multi.collection:
        found = run.data.get(multi.collection)
        found = len(found) if isinstance(found, (list, tuple)) else None
    elif multi.count and not multi.count.isdigit():
        found = run.data.get(multi.count)
    try:
        total = int(found)
    except (TypeError, ValueError):
        total = -1
    if not 0 <= total <= MOST_REVIEWERS or (multi.weights and total != len(multi.weights)):
        raise CountMissing(element=node.name or node.id)
    return total


def answered(run: Run, round_id: str, item: int) -> None:
    """One of several is done: the round is decided, or the next one begins, or the others are waited for."""
    place = next(at for at, one in enumerate(run.rounds) if one.id == round_id)
    before = run.rounds[place]
    node = run.route.nodes[before.node]
    multi = node.multi
    assert multi is not None
    weight = multi.weights[item] if multi.weights else 1
    if sfeel.evaluate(multi.agrees, run.data):
        after = replace(before, yes=before.yes + 1, yes_weight=before.yes_weight + weight)
    else:
        after = replace(before, no=before.no + 1, no_weight=before.no_weight + weight)
    run.rounds[place] = after
    agreed = _decision(run, multi, after)
    if agreed is not None:
        _decide(run, node, after, agreed=agreed)
    elif after.begun < after.total and not multi.parallel:
        run.rounds[place] = replace(after, begun=after.begun + 1)
        _one(run, node, after.scope, after.id, after.begun)


def _decide(run: Run, node: Node, done: Round, *, agreed: bool) -> None:
    cancel(run, done.id)
    run.effects.append(w.RoundDecided(node.id, agreed, done.yes, done.no))
    outcome = "pass" if agreed else "fail"
    run.data = {**run.data, "outcome": outcome, f"{node.id}_outcome": outcome}
    run.leave(node, done.scope)


def _decision(run: Run, multi: Multi, at: Round) -> bool | None:
    """Whether a round agrees; None while that is open."""
    done = at.yes + at.no
    if multi.until and sfeel.evaluate(multi.until, {**run.data, **_counts(at)}):
        return at.no == 0
    if multi.quorum == "all" and at.no:
        return False
    if multi.quorum == "any" and at.yes:
        return True
    if multi.quorum in ("majority", "weighted"):
        total = sum(multi.weights) if multi.weights else at.total
        if multi.quorum == "majority" and at.yes_weight * 2 > total:
            return True
        if multi.quorum == "weighted" and at.yes_weight * 100 >= multi.threshold * total:
            return True
        left = total - at.no_weight
        if left * 2 <= total if multi.quorum == "majority" else left * 100 < multi.threshold * total:
            return False
    if done < at.total:
        return None
    return at.no == 0 if multi.quorum in ("", "all") else False


def _counts(at: Round) -> dict[str, int]:
    """The counts that completion conditions name: BPMN's own names and those of Camunda Modeler."""
    done = at.yes + at.no
    return {
        "numberOfInstances": at.total,
        "numberOfCompletedInstances": done,
        "numberOfActiveInstances": at.begun - done,
        "nrOfInstances": at.total,
        "nrOfCompletedInstances": done,
        "nrOfActiveInstances": at.begun - done,
        "yes": at.yes,
        "no": at.no,
    }
