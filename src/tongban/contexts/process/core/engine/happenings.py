"""Events: waiting for them, bringing them about, and what they interrupt."""

from __future__ import annotations

from tongban.contexts.process.core.engine import words as w
from tongban.contexts.process.core.engine.activities import await_event
from tongban.contexts.process.core.engine.cancelling import cancel, clear, drop_wait, drop_waits
from tongban.contexts.process.core.engine.position import OpenTask, Wait
from tongban.contexts.process.core.engine.refusals import NotCaught
from tongban.contexts.process.core.engine.run import Run
from tongban.contexts.process.core.routes import Event, Node

_NONE = Event()


def reach(run: Run, node: Node, scope: str) -> None:
    """A token comes to an event or an event-based gateway."""
    event = node.event or _NONE
    if node.kind == "catch":
        await_event(run, node, scope)
    elif node.kind == "event_based":
        group = run.key("g")
        for flow in run.route.outgoing[node.id]:
            await_event(run, run.route.nodes[flow.target], scope, group=group)
    elif node.kind == "throw":
        if bring_about(run, node, event, scope):
            run.leave(node, scope)
    else:
        _end(run, node, event, scope)


def _end(run: Run, node: Node, event: Event, scope: str) -> None:
    run.end = node.id
    if event.kind == "terminate":
        _stop(run, scope)
    elif bring_about(run, node, event, scope):
        run.touched.append(scope)


def _stop(run: Run, scope: str) -> None:
    """End `scope` at once, with everything in it; the run goes on outside."""
    if not scope:
        clear(run, "")
        return
    itself = next(one for one in run.scopes if one.id == scope)
    clear(run, scope)
    run.scopes.append(itself)
    run.touched.append(scope)


def bring_about(run: Run, node: Node, event: Event, scope: str) -> bool:
    """What a throwing event does; False when the token's own scope was interrupted by it."""
    if event.kind == "message":
        run.effects.append(w.MessageSent(node.id, event.name, event.to))
    elif event.kind == "escalation":
        catcher = _catcher(run, "escalation", event.name, scope)
        if catcher is None:
            run.effects.append(w.Escalated(node.id, event.name))
            return True
        _take(run, *catcher)
        return not catcher[0].interrupting
    elif event.kind == "error":
        catcher = _catcher(run, "error", event.name, scope)
        if catcher is None:
            run.end = node.id
            clear(run, "")
        else:
            _take(run, *catcher)
        return False
    return True


def _catcher(run: Run, kind: str, code: str, scope: str) -> tuple[Node, str, str] | None:
    """The nearest boundary event outside `scope` that takes this: (event, what it is attached to, its scope)."""
    while scope:
        around = next(one for one in run.scopes if one.id == scope)
        event = _fitting(run, around.node, kind, code)
        if event is not None:
            return event, around.round or around.id, around.parent
        scope = around.parent
    return None


def _fitting(run: Run, host: str, kind: str, code: str) -> Node | None:
    """The boundary event of `host` for this code, else the one for any code."""
    fitting = [one for one in run.route.boundaries.get(host, ()) if one.event and one.event.kind == kind]
    exact = next((one for one in fitting if one.event and one.event.name == code), None)
    return exact or next((one for one in fitting if one.event and not one.event.name), None)


def _take(run: Run, event: Node, host: str, scope: str) -> None:
    if event.interrupting:
        cancel(run, host)
    run.leave(event, scope)
    run.touched.append(scope)


def raised(run: Run, task: OpenTask, kind: str, code: str) -> None:
    """Who holds `task` reports an error or escalates. Refuses `NotCaught` when nothing in the route takes it."""
    event = _fitting(run, task.node, kind, code)
    catcher = (event, task.round or task.id, task.scope) if event else _catcher(run, kind, code, task.scope)
    if catcher is None:
        raise NotCaught
    _take(run, *catcher)


def happened(run: Run, wait: Wait) -> None:
    """What was waited for has come."""
    run.waits.remove(wait)
    node = run.route.nodes[wait.node]
    if wait.group:
        for other in [other for other in run.waits if other.group == wait.group]:
            drop_wait(run, other)
    if wait.host:
        _take(run, node, wait.host, wait.scope)
    else:
        drop_waits(run, wait.id)
        run.leave(node, wait.scope)
