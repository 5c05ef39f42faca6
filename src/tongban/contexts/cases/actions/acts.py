"""Acts on a filed case. Each is one command to the ledger; rights and rules are decided under the lock.

All take `request_id`: a repeat of it answers what the first did and does nothing twice. All refuse NotFound for a case
the actor may not see, NotAllowed, and what the rules of `core` decline; each records the event named beside it.
"""

from __future__ import annotations

from datetime import datetime

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.clocks import is_joint
from tongban.contexts.cases.core.parts.discretion import Chosen
from tongban.contexts.cases.core.refusals import TwoOfficersNeeded
from tongban.contexts.cases.core.state import CaseState, Wanted
from tongban.contexts.cases.queries.states import state_of
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, system
from tongban.foundation.ledger.contract import Outcome, Read

from .running import case_uuid, run

Done = Outcome[CaseState]

_GATHERED = "DELETE FROM cases_draft WHERE id = %s AND kind = 'supplement' AND owner = %s RETURNING materials::text"


def pass_pre_review(*, case_id: str, note: str = "", actor: Actor, request_id: str, now: datetime) -> Done:
    """预审通过. Records PreReviewPassed."""
    return run(case_id, c.PassPreReview(note), actor=actor, request_id=request_id, now=now)


def check_material(*, case_id: str, material_id: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """The original was seen: grade C becomes B. Records MaterialChecked."""
    return run(case_id, c.CheckMaterial(material_id), actor=actor, request_id=request_id, now=now)


def accept(*, case_id: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """受理 (行政许可法 32(5)). Records Accepted and RouteAdvanced."""
    return run(case_id, c.Accept(), actor=actor, request_id=request_id, now=now)


def ask_supplement(
    *, case_id: str, wanted: tuple[Wanted, ...], note: str = "", actor: Actor, request_id: str, now: datetime
) -> Done:
    """The one supplement notice (行政许可法 32(4)). Records SupplementAsked."""
    return run(case_id, c.AskSupplement(wanted, note), actor=actor, request_id=request_id, now=now)


def answer_supplement(*, case_id: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """Hand in the papers gathered in the actor's supplement draft. Records SupplementAnswered and removes the draft."""
    papers = Read("papers", _GATHERED, (case_uuid(case_id), actor.id))
    return run(case_id, c.AnswerSupplement(), reads=(papers,), actor=actor, request_id=request_id, now=now)


def refuse_acceptance(
    *,
    case_id: str,
    kind: str,
    reason: str,
    competent_body: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """不予受理, 不需要许可 or 不属职权 (行政许可法 32(1), (2), (5)). Records NotAccepted and Closed."""
    command = c.RefuseAcceptance(kind, reason, competent_body)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def complete_task(
    *,
    case_id: str,
    task: str,
    outcome: str,
    opinion: str = "",
    conditions: str = "",
    second_officer: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """A review, an opinion or an inspection record. Records TaskDone and RouteAdvanced.

    `second_officer` is the officer id of the other inspector, of the same organ; refuses TwoOfficersNeeded else.
    """
    second = _colleague(second_officer, actor)
    command = c.CompleteTask(task, outcome, opinion, conditions, *second)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def _colleague(officer_id: str, actor: Actor) -> tuple[str, str]:
    """Actor id and name of another officer of the same organ, or two empty texts where none is named."""
    if not officer_id:
        return "", ""
    found = next((o for o in parties.officers(actor.agency) if o.id == officer_id.removeprefix("officer:")), None)
    if found is None:
        raise TwoOfficersNeeded(field="second_officer")
    return f"officer:{found.id}", found.name


def decide_case(
    *,
    case_id: str,
    task: str,
    outcome: str,
    reasons: str = "",
    conditions: str = "",
    considered: str = "",
    discretion: tuple[Chosen, ...] = (),
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """准予 or 不予 (行政许可法 38). Records Decided, and Closed where no paper is to be made.

    `discretion` says what was found and chosen where the item has published tables for it; a departure from one without
    `reasons` is refused (`DepartureReasonMissing`).
    """
    command = c.Decide(task, outcome, reasons, conditions, considered, discretion)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def start_special(
    *, case_id: str, cause: str, reason: str, planned_days: int, actor: Actor, request_id: str, now: datetime
) -> Done:
    """A special procedure of the item (行政许可法 45). Records SpecialStarted."""
    return run(case_id, c.StartSpecial(cause, reason, planned_days), actor=actor, request_id=request_id, now=now)


def end_special(*, case_id: str, special: str, result: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """Records SpecialEnded with the new due dates."""
    return run(case_id, c.EndSpecial(special, result), actor=actor, request_id=request_id, now=now)


def ask_extension(*, case_id: str, reason: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """Ask for the one extension (行政许可法 42). In joint handling the head of the people's government of the place
    approves it (42-2). Records ExtensionAsked."""
    state = state_of(case_uuid(case_id))
    item = catalogue.version(state.item_code, state.item_version).item
    approver = parties.resolve_agency("government", state.division).key if is_joint(item) else ""
    return run(case_id, c.AskExtension(reason, approver), actor=actor, request_id=request_id, now=now)


def answer_extension(
    *, case_id: str, approve: bool, reason: str = "", actor: Actor, request_id: str, now: datetime
) -> Done:
    """Approve or refuse the extension, by another approver than who asked. Records ExtensionApproved or -Refused."""
    return run(case_id, c.AnswerExtension(approve, reason), actor=actor, request_id=request_id, now=now)


def deliver(*, case_id: str, to: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """Hand the result over at a window. Records Delivered."""
    return run(case_id, c.Deliver(to), actor=actor, request_id=request_id, now=now)


def withdraw(*, case_id: str, reason: str = "", actor: Actor, request_id: str, now: datetime) -> Done:
    """The applicant withdraws, before the decision. Records Withdrawn and Closed."""
    return run(case_id, c.Withdraw(reason), actor=actor, request_id=request_id, now=now)


def rate(
    *,
    case_id: str,
    score: int,
    details: tuple[str, ...] = (),
    text: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """好差评, once a case. Records Rated."""
    return run(case_id, c.Rate(score, details, text), actor=actor, request_id=request_id, now=now)


def deem_accepted(*, case_id: str, request_id: str, now: datetime) -> Done:
    """By the clock (行政许可法 32(4)). Records Accepted, deemed, where the notice period is over."""
    return run(case_id, c.DeemAccepted(), actor=system("clock"), request_id=request_id, now=now)


def lapse_supplement(*, case_id: str, request_id: str, now: datetime) -> Done:
    """By the clock. Records SupplementLapsed and Closed where the time to answer is over."""
    return run(case_id, c.LapseSupplement(), actor=system("clock"), request_id=request_id, now=now)
