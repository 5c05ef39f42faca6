"""Lets the tokens of a move walk until all of them rest."""

from __future__ import annotations

from tongban.contexts.process.core.engine import activities, happenings
from tongban.contexts.process.core.engine.run import Run
from tongban.contexts.process.core.routes import TASKS, Node

_ACTIVITIES = TASKS | {"subprocess", "receive"}


def settle(run: Run) -> None:
    """Until all tokens rest in tasks, wait or have ended; a sub-process that has become empty goes on outside."""
    nodes = run.route.nodes
    while True:
        while run.moving:
            target, flow, scope = run.moving.popleft()
            enter(run, nodes[target], flow, scope)
        if not run.touched:
            return
        scope = run.touched.pop()
        if scope and run.is_idle(scope):
            activities.finish_scope(run, scope)


def enter(run: Run, node: Node, flow: str, scope: str) -> None:
    """A token comes to `node` by `flow`."""
    kind = node.kind
    if run.halts(node, scope):
        return
    if kind in _ACTIVITIES:
        activities.start(run, node, scope)
    elif kind == "exclusive":
        run.leave(node, scope)
    elif kind in ("parallel", "inclusive"):
        if not flow or run.joined(node, flow, scope):
            run.leave(node, scope)
    else:
        happenings.reach(run, node, scope)
