"""What each command of this area may do: the table decides, a person looks again, a sample is checked, a promise is
verified. Sources: 个人信息保护法 24, 行政许可法 34, 38, 优化营商环境条例 19, STANDARDS §4.6."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tongban.contexts.cases.core.automatic import commands as own
from tongban.contexts.cases.core.automatic import looking, promised, sampling
from tongban.contexts.cases.core.automatic.filing import needs_eyes
from tongban.contexts.cases.core.by_table import TABLE, Answer, ask, decide_by_table, grant, left
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.intake import start_day, take_in
from tongban.contexts.cases.core.parts.automatic import Why
from tongban.contexts.cases.core.path import advance
from tongban.contexts.cases.core.state import Act, CaseState, Phase
from tongban.kernel.refusals import NotAllowed

__all__ = ["DECIDERS", "decide_by_table"]


def decide_instantly(state: CaseState, command: own.DecideInstantly, facts: Facts) -> list[Any]:
    """Ask the table; where it grants, accept, begin the route and decide, in one step. All else goes to people.

    Records `Accepted`, `RouteAdvanced`, `DecidedByTable`, `Decided` and what follows, or `LeftToPeople`; nothing where
    somebody took the case up meanwhile. Refuses NotAllowed for everybody but the platform.
    """
    if facts.actor.kind != "system":
        raise NotAllowed
    if state.automatic.waiting_since is None or state.phase not in (Phase.SUBMITTED, Phase.PRE_PASSED):
        return []
    reference = state.automatic.reference
    if needs_eyes(state, facts.item):
        return left(Answer(reference, Why.PAPERS), facts)
    answer = ask(state, facts, reference)
    if answer.why:
        return left(answer, facts)
    taken = take_in(state, facts, start_day(state, facts), by=TABLE, by_name="", deemed=False)
    accepted = fold(state, taken)
    if accepted.decision is not None or accepted.automatic.left:  # a service task of the route asked a table itself
        return taken
    task = _only_decision(accepted)
    if task is None or _needs_people(facts):
        return left(Answer(reference, Why.ROUTE, answer.judgement), facts)
    by_table, decided, *closed = grant(answer, facts, state=accepted, task=task)
    moved = advance(fold(accepted, [by_table, decided]), facts, task=task)
    return [*taken, by_table, decided, *moved, *closed]


def _only_decision(state: CaseState) -> str | None:
    """The decision task, where nothing else stands before it."""
    tasks = state.open_tasks
    waits = any(special.ended_on is None for special in state.specials)
    return tasks[0].id if len(tasks) == 1 and tasks[0].act == Act.DECIDE and not waits else None


def _needs_people(facts: Facts) -> bool:
    """The item wants its decisions discussed by several."""
    assert facts.item.handling is not None
    return bool(getattr(facts.item.handling, "collective", False))


DECIDERS: dict[type, Callable[[CaseState, Any, Facts], list[Any]]] = {
    own.DecideInstantly: decide_instantly,
    own.DrawSample: sampling.draw_sample,
    own.Recheck: sampling.recheck,
    own.OpenVerification: promised.open_verification,
    own.VerifyCommitment: promised.verify,
    own.AskReview: looking.ask_review,
    own.AnswerReview: looking.answer_review,
}
