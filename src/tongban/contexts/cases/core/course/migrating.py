"""An open case goes on along the route of a newer version of its item, where that is safe.

Materials, limits and fees stay those of the version it was opened under: the law of the day of application.
"""

from __future__ import annotations

from typing import Any

from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.course import commands as c
from tongban.contexts.cases.core.occurred import course as o
from tongban.contexts.cases.core.refusals import ReasonMissing, RouteNotMigratable
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.contexts.parties.core import Actor, Role
from tongban.contexts.process.core.engine import Position
from tongban.contexts.process.core.migrating import REASONS, Obstacle, migratable
from tongban.kernel.refusals import NotAllowed, NotFound

_ON_THE_WAY = (Phase.SUBMITTED, Phase.PRE_PASSED, Phase.CORRECTING, Phase.ACCEPTED)


def may_migrate(actor: Actor) -> bool:
    """Whoever publishes versions for the city, and the platform's operator."""
    return actor.kind == "system" or (actor.kind == "officer" and actor.has(Role.CATALOGUE_PUBLISHER))


def obstacles(state: CaseState, facts: Facts) -> tuple[Obstacle, ...]:
    """What is in the way of going on along `Facts.next_route`; nothing for a case whose route has not begun or is
    over."""
    if facts.route is None or facts.next_route is None:
        raise NotFound
    if not state.position.serial or state.position.ended:
        return ()
    found = migratable(facts.route, facts.next_route, state.position)
    return () if isinstance(found, Position) else found


def moves(state: CaseState, version: int) -> bool:
    """Whether there is anything to do: the case is on its way, and on the route of another version."""
    on_its_way = state.phase in _ON_THE_WAY and not state.position.ended
    return on_its_way and (state.route_version or state.item_version) != version


def migrate_route(state: CaseState, command: c.MigrateRoute, facts: Facts) -> list[Any]:
    """Take the route of `Facts.next_version`, with the organs of its lanes. Nothing for a case that is decided or there
    already. Refuses NotAllowed, ReasonMissing, RouteNotMigratable."""
    if not may_migrate(facts.actor):
        raise NotAllowed
    if not command.reason.strip():
        raise ReasonMissing
    if not moves(state, command.version):
        return []
    found = obstacles(state, facts)
    if found:
        raise RouteNotMigratable(element=found[0].element, reason=REASONS[found[0].kind])
    return [
        o.RouteMigrated(
            old_version=state.route_version or state.item_version,
            new_version=command.version,
            lanes=dict(facts.lanes or state.lanes),
            reason=command.reason.strip(),
            by=facts.actor.id,
            by_name=facts.actor.name,
            at=facts.now,
        )
    ]
