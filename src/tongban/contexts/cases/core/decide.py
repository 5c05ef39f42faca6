"""`decide(state, command, facts) -> events`: the one pure function through which every case moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import intake, outcome, recompute, review
from tongban.contexts.cases.core.automatic import filing
from tongban.contexts.cases.core.automatic.deciding import DECIDERS as AUTOMATIC
from tongban.contexts.cases.core.batch.deciding import DECIDERS as BATCH
from tongban.contexts.cases.core.course.deciding import DECIDERS as COURSE
from tongban.contexts.cases.core.fairness.deciding import DECIDERS as FAIRNESS
from tongban.contexts.cases.core.special.deciding import DECIDERS as SPECIAL
from tongban.contexts.cases.core.state import CaseState

_DECIDERS: dict[type, Callable[[CaseState, Any, c.Facts], list[Any]]] = {
    c.Submit: filing.submit,
    c.PassPreReview: intake.pass_pre_review,
    c.CheckMaterial: intake.check_material,
    c.Accept: intake.accept,
    c.AskSupplement: intake.ask_supplement,
    c.AnswerSupplement: intake.answer_supplement,
    c.RefuseAcceptance: intake.refuse_acceptance,
    c.DeemAccepted: intake.deem_accepted,
    c.LapseSupplement: intake.lapse_supplement,
    c.RecomputeClocks: recompute.recompute_clocks,
    c.CompleteTask: review.complete_task,
    c.AskExtension: review.ask_extension,
    c.AnswerExtension: review.answer_extension,
    c.Decide: outcome.decide_case,
    c.RecordDocument: outcome.record_document,
    c.RecordLicence: outcome.record_licence,
    c.Deliver: outcome.deliver,
    c.Withdraw: outcome.withdraw,
    c.Rate: outcome.rate,
    **COURSE,
    **SPECIAL,
    **FAIRNESS,
    **AUTOMATIC,
    **BATCH,
}


def decide(state: CaseState, command: c.Command, facts: c.Facts) -> Sequence[Any]:
    """The events that `command` brings about, or a Refusal; nothing else happens."""
    return _DECIDERS[type(command)](state, command, facts)
