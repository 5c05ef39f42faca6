"""Acts on the way along the route: its timers, the messages it waits for, what its people report, its new versions.

As in `acts`: each is one command to the ledger, decided under the lock; a repeat of `request_id` does nothing twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from tongban.contexts.cases.core.course import commands as c
from tongban.contexts.cases.core.course.migrating import may_migrate, moves, obstacles
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.cases.projections import CASE_KIND
from tongban.contexts.cases.queries.openness import on_their_way
from tongban.contexts.cases.queries.states import state_of
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.versions import ItemVersion
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, system
from tongban.contexts.process.core.migrating import REASONS, Obstacle
from tongban.foundation import ledger
from tongban.foundation.ledger.contract import Outcome
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed, Refusal

from .running import facts_of, learn_route, principal_of, run

Done = Outcome[CaseState]


def fire_timer(*, case_id: str, timer: str, version: int, request_id: str, now: datetime) -> Done:
    """By the clock. Records TimerFired and RouteAdvanced; nothing for a timer of another version or that is no more.

    Refuses NotYetDue.
    """
    return run(case_id, c.FireTimer(timer, version), actor=system("clock"), request_id=request_id, now=now)


def give_message(*, case_id: str, wait: str, text: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """Answer what the route waits for. Records MessageReceived and RouteAdvanced. Refuses AnswerMissing, NotAllowed,
    MessageNotAwaited where something else came first."""
    return run(case_id, c.GiveMessage(wait, text), actor=actor, request_id=request_id, now=now)


def report(
    *, case_id: str, task: str, kind: str, code: str, reason: str, actor: Actor, request_id: str, now: datetime
) -> Done:
    """Who holds a task reports an error (`kind` "error") or escalates it ("escalation"), with the code that the route
    names. Records Raised and RouteAdvanced. Refuses NotCaught where the route has no event for it, ReasonMissing."""
    return run(case_id, c.Report(task, kind, code, reason), actor=actor, request_id=request_id, now=now)


def settle_escalation(*, case_id: str, number: int, note: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """The approver of the organ in charge looked. Records EscalationSettled. Refuses StepAlreadyDone, ReasonMissing."""
    return run(case_id, c.SettleEscalation(number, note), actor=actor, request_id=request_id, now=now)


# -- new versions of the route ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Migration:
    """One open case: from which version's route to which, and what is in the way (nothing = it went, or would go)."""

    case_id: str
    number: str
    old_version: int
    new_version: int
    obstacles: tuple[Obstacle, ...] = ()
    refused: str = ""  # why it could not be moved though nothing was in the way

    @property
    def is_free(self) -> bool:
        return not self.obstacles and not self.refused

    def reasons(self) -> tuple[tuple[str, str], ...]:
        """Element and reason of each obstacle."""
        return tuple((one.element, REASONS[one.kind]) for one in self.obstacles)


def migrate_route(
    *,
    item: str,
    version: int = 0,
    case_id: str = "",
    reason: str,
    dry_run: bool = False,
    actor: Actor,
    now: datetime,
) -> tuple[Migration, ...]:
    """Let open cases of `item` go on along the route of `version` (0 = the one in force), or one of them (`case_id`).

    Records RouteMigrated on each that can go safely; answers every case that was looked at, with what is in the way of
    the others. `dry_run` records nothing. May be given again: who is there already is passed over. Refuses NotAllowed,
    ItemNotListed.
    """
    if not may_migrate(actor):
        raise NotAllowed
    target = catalogue.version(item, version) if version else catalogue.current(item)
    now = now.astimezone(CHINA)
    cases = (case_id,) if case_id else on_their_way(item)
    return tuple(_migrated(cases, target, reason, dry_run=dry_run, actor=actor, now=now))


def _migrated(
    cases: tuple[str, ...], target: ItemVersion, reason: str, *, dry_run: bool, actor: Actor, now: datetime
) -> Iterator[Migration]:
    number = target.item.version
    for id_ in cases:
        state = state_of(id_)
        if state.item_code != target.item.code or not moves(state, number):
            continue
        before = state.route_version or state.item_version
        learn_route(id_, state)
        facts = replace(facts_of(id_, actor=actor, now=now), next_route=target.route, next_version=number)
        found = Migration(id_, state.number, before, number, obstacles(state, facts))
        if dry_run or found.obstacles:
            yield found
            continue
        try:
            lanes = _lanes(target, state.division)
            outcome = ledger.execute(
                CASE_KIND,
                id_,
                c.MigrateRoute(number, reason),
                facts=replace(facts, lanes=lanes),
                actor=actor.id,
                principal=principal_of(actor),
                request_id=f"migrate:{uuid.uuid4()}",
                now=now,
            )
        except Refusal as refusal:
            yield replace(found, refused=str(refusal))
            continue
        learn_route(id_, outcome.state)
        yield found


def _lanes(target: ItemVersion, division: str) -> dict[str, str]:
    """Whose the lanes of the new route are, where the case lies."""
    assert target.item.handling is not None
    return {
        lane: parties.resolve_agency(key, division).key for lane, key in target.item.handling.agencies.items()
    }  # fmt: skip
