"""Acts where a published table decides, and the ways back to a person: each one command to the ledger; see `acts`."""

from __future__ import annotations

from datetime import datetime

from tongban.contexts.cases.core.automatic import commands as c
from tongban.contexts.cases.core.occurred.automatic import DecidedByTable
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.cases.projections import CASE_KIND
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role, system
from tongban.foundation import ledger
from tongban.foundation.ledger.contract import Outcome
from tongban.kernel.refusals import NotFound

from .acts import _colleague
from .running import run, version_of

Done = Outcome[CaseState]
TABLE = system("table")


def decide_instantly(*, case_id: str, request_id: str, now: datetime) -> Done:
    """The platform asks the item's table. Records Accepted, RouteAdvanced, DecidedByTable, Decided, and Closed where no
    paper follows; or LeftToPeople."""
    return run(case_id, c.DecideInstantly(), actor=TABLE, request_id=request_id, now=now)


def draw_sample(*, case_id: str, request_id: str, now: datetime) -> Done:
    """Draw a case that a table granted, or not, by the hash of the record of that decision. Records SampleDrawn.

    Refuses NotFound where no table granted.
    """
    records = ledger.history(CASE_KIND, case_id)
    decided = next((record for record in records if isinstance(record.event, DecidedByTable)), None)
    if decided is None:
        raise NotFound
    return run(case_id, c.DrawSample(decided.hash), actor=TABLE, request_id=request_id, now=now)


def open_verification(*, case_id: str, request_id: str, now: datetime) -> Done:
    """Decided on a promise: the task to verify it opens. Records VerificationOpened."""
    return run(case_id, c.OpenVerification(), actor=TABLE, request_id=request_id, now=now)


def recheck(
    *, case_id: str, outcome: str, reasons: str = "", actor: Actor, request_id: str, now: datetime
) -> Done:  # fmt: skip
    """Say whether a drawn case was rightly granted ("agree" | "disagree"). Records Rechecked."""
    return run(case_id, c.Recheck(outcome, reasons), actor=actor, request_id=request_id, now=now)


def verify_commitment(
    *,
    case_id: str,
    outcome: str,
    findings: str = "",
    correct_days: int = 0,
    second_officer: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """Whether what was promised is true ("pass" | "fail"); `correct_days` in working days. Records CommitmentVerified.

    `second_officer` is the officer id of the other one, of the same organ; refuses TwoOfficersNeeded else.
    """
    second = _colleague(second_officer, actor)
    command = c.VerifyCommitment(outcome, findings, correct_days, *second)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def ask_review(*, case_id: str, reason: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """The applicant asks once for a person to explain and look again (个人信息保护法 24(3)). Records ReviewAsked."""
    return run(case_id, c.AskReview(reason), actor=actor, request_id=request_id, now=now)


def answer_review(
    *,
    case_id: str,
    outcome: str,
    answer: str,
    conditions: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """Explain, and confirm or change ("confirmed" | "changed"). Records ReviewAnswered; owes the applicant the answer.

    Refuses AuthorMayNotReview for whoever drew, reviewed or published the item's version, where a colleague may answer.
    """
    command = c.AnswerReview(outcome, answer, conditions, barred=_is_author(case_id, actor))
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def _is_author(case_id: str, actor: Actor) -> bool:
    """The actor had a hand in the version the case runs under, and another approver of the organ had not."""
    code, version, _ = version_of(case_id)
    authors = catalogue.authors_of(code, version)
    if actor.id not in authors:
        return False
    approvers = (f"officer:{one.id}" for one in parties.officers(actor.agency) if Role.APPROVER in one.roles)
    return any(one not in authors for one in approvers)
