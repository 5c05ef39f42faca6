"""The same act on several cases of a batch: each case is judged and recorded by itself, and one that can't go along is
named with the reason while the others go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.contexts.cases.actions.running import run
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.batch.refusals import (
    AdverseAlone,
    NothingChosen,
    NotOfThisBatch,
    NotTogether,
    TooManyChosen,
)
from tongban.contexts.cases.core.refusals import NotYetReady, StepOutOfOrder
from tongban.contexts.cases.core.state import Act, CaseState, Task
from tongban.contexts.cases.projections import CASE_KIND
from tongban.contexts.cases.queries.batch.batches import state_of_batch
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties.core import Actor
from tongban.foundation import ledger
from tongban.kernel.refusals import N_, NotAllowed, Refusal

#: Cases of one request: about three seconds of work.
MOST = 500
#: Opinions that can be the same for many; an inspection is one visit with its own record.
_SHARED = frozenset({Act.REVIEW.value, Act.OPINION.value})
_FAVOURABLE = frozenset({"pass", "agree", "conditions"})


@dataclass(frozen=True)
class Together:
    """What came of it: ids of the cases on which it was done, and those that declined, each with why."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, Refusal], ...]


Command = Callable[[CaseState], c.Command]


def accept_together(*, batch_id: str, cases: Sequence[str], actor: Actor, request_id: str, now: datetime) -> Together:
    """受理 for each of `cases`. Records Accepted and RouteAdvanced in each.

    Refuses NotFound, NothingChosen, TooManyChosen, NotOfThisBatch as a whole.
    """
    return _each(batch_id, cases, lambda state: c.Accept(), actor=actor, request_id=request_id, now=now)


def opine_together(
    *,
    batch_id: str,
    cases: Sequence[str],
    outcome: str,
    opinion: str = "",
    conditions: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Together:
    """The same review or opinion in each of `cases`. Records TaskDone and RouteAdvanced in each.

    Refuses as `accept_together`, and AdverseAlone for what goes against the applicants.
    """
    if outcome not in _FAVOURABLE:
        raise AdverseAlone

    def command(state: CaseState) -> c.Command:
        task = _own_task(state, actor, _SHARED)
        return c.CompleteTask(task.id, _outcome(task, outcome), opinion, conditions)

    return _each(batch_id, cases, command, actor=actor, request_id=request_id, now=now)


def grant_together(
    *,
    batch_id: str,
    cases: Sequence[str],
    conditions: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Together:
    """准予 for each of `cases`, where the published item allows it. Records Decided in each.

    Each case passes every rule by itself: opinions are in, nothing stops it, whoever handled it does not decide it. A
    case with an adverse opinion wants reasons of its own and is left out. Refuses as `accept_together`, and
    NotTogether.
    """
    state = state_of_batch(batch_id, actor)
    handling = catalogue.version(state.item_code, state.item_version).item.handling
    if handling is None or handling.batch is None or not handling.batch.decide_together:
        raise NotTogether

    def command(state: CaseState) -> c.Command:
        return c.Decide(_own_task(state, actor, frozenset({Act.DECIDE.value})).id, "grant", "", conditions)

    return _each(batch_id, cases, command, actor=actor, request_id=request_id, now=now)


def _own_task(state: CaseState, actor: Actor, acts: frozenset[str]) -> Task:
    """The actor's task of one of `acts`: an open one, else one the actor has done (a repeated request names it again).

    Refuses NotFound to who keeps out of the case, NotAllowed, NotYetReady while others have not given theirs,
    StepOutOfOrder.
    """
    rights.require_sight(actor, state)
    mine = [task for task in state.tasks if task.act in acts and rights.may_do(actor, task, state)]
    open_ = [task for task in mine if task.is_open]
    if open_:
        return open_[0]
    if done := [task for task in mine if task.done_by == actor.id]:
        return done[-1]
    if mine:
        raise StepOutOfOrder(phase=N_("这一步别人已经办了"))
    if Act.DECIDE.value in acts and state.open_tasks:
        raise NotYetReady(count=len(state.open_tasks))
    raise NotAllowed


def _outcome(task: Task, outcome: str) -> str:
    """A review passes where an opinion agrees."""
    if task.act == Act.REVIEW:
        return "pass"
    return "agree" if outcome == "pass" else outcome


def _each(
    batch_id: str, cases: Sequence[str], command: Command, *, actor: Actor, request_id: str, now: datetime
) -> Together:
    state = state_of_batch(batch_id, actor)
    chosen = list(dict.fromkeys(cases))
    if not chosen:
        raise NothingChosen
    if len(chosen) > MOST:
        raise TooManyChosen(most=MOST)
    if not {one.case_id for one in state.cases}.issuperset(chosen):
        raise NotOfThisBatch
    states = ledger.load_many(CASE_KIND, chosen)
    done: list[str] = []
    refused: list[tuple[str, Refusal]] = []
    for case_id in chosen:
        try:
            run(case_id, command(states[case_id]), actor=actor, request_id=f"{request_id}:{case_id}", now=now)
        except Refusal as refusal:
            refused.append((case_id, refusal))
        else:
            done.append(case_id)
    return Together(tuple(done), tuple(refused))
