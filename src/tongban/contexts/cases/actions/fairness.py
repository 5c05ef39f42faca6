"""Acts of a fair procedure on a filed case. All take `request_id`: a repeat answers what the first did.

All refuse NotFound for a case the actor may not see, NotAllowed, and what the rules of `core.fairness` decline; each
records the event named beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import connection

from tongban.contexts.cases.core.fairness import commands as c
from tongban.contexts.cases.core.parts.fairness import Vote
from tongban.contexts.cases.core.refusals_fair import InterestedUnknown, MeetingTooSmall, NotOfThisCase
from tongban.contexts.cases.core.rights import require_sight
from tongban.contexts.cases.core.state import CaseState, Material
from tongban.contexts.cases.queries.states import state_of
from tongban.contexts.documents import actions as documents
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, system
from tongban.foundation import crypto
from tongban.foundation.ledger.contract import Outcome
from tongban.kernel.refusals import NotFound

from .running import case_uuid, run

Done = Outcome[CaseState]
#: What a statement may add: three files, of the kinds that materials have.
MOST_PAPERS, MOST_MIB = 3, 20


def notify_intention(
    *,
    case_id: str,
    outcome: str = "deny",
    facts: str,
    reasons: str,
    basis: str,
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """Tell the applicant of an intended adverse decision, "deny" or "burden" (行政许可法 7, 36). Records
    IntentionNotified; owes the notice. The legal clock runs on."""
    command = c.NotifyIntention(outcome, facts, reasons, basis)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def state_defence(
    *,
    case_id: str,
    text: str,
    files: Sequence[tuple[str, bytes]] = (),
    complete: bool = True,
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """State and defend, as the applicant or at a window for them; `files` are names and bytes. Records StatementMade.

    Refuses DefenceNotOpen, ReasonMissing, and files that no material takes.
    """
    require_sight(actor, state_of(case_uuid(case_id)))  # a stranger leaves no file behind
    papers = tuple(_keep(name, data, actor, now) for name, data in files[:MOST_PAPERS])
    command = c.StateDefence(text, tuple(one.sha256 for one in papers), complete)
    return run(case_id, command, papers=papers, actor=actor, request_id=request_id, now=now)


def _keep(name: str, data: bytes, actor: Actor, now: datetime) -> Material:
    stored = documents.store_file(
        data=data, filename=name, accepts=("pdf", "jpeg", "png"), max_bytes=MOST_MIB * 1024 * 1024, owner=actor.id,
        now=now,
    )  # fmt: skip
    return Material(
        id="statement", file_id=stored.id, filename=stored.filename, media_type=stored.media_type, size=stored.size,
        sha256=stored.sha256,
    )  # fmt: skip


def waive_defence(*, case_id: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """The applicant has nothing to say. Records DefenceWaived."""
    return run(case_id, c.WaiveDefence(), actor=actor, request_id=request_id, now=now)


def ask_recusal(*, case_id: str, officer: str = "", reason: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """Ask that an officer keep out of the case: `officer` is their id, "" = the acting officer. Records RecusalAsked.

    Refuses NotOfThisCase, RecusalAlreadyAsked, ReasonMissing.
    """
    if not officer:
        command = c.AskRecusal(actor.id, actor.name, actor.agency, reason)
    else:
        try:
            named = parties.officer(officer.removeprefix("officer:"))
        except NotFound:
            raise NotOfThisCase from None
        command = c.AskRecusal(f"officer:{named.id}", named.name, named.agency, reason)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def decide_recusal(
    *, case_id: str, recusal: str, grant: bool, answer: str = "", actor: Actor, request_id: str, now: datetime
) -> Done:
    """The approver of the officer's organ decides. Records RecusalDecided. Refuses RecusalByAnother."""
    return run(case_id, c.DecideRecusal(recusal, grant, answer), actor=actor, request_id=request_id, now=now)


def inform_interested(
    *, case_id: str, name: str, contact: str, interest: str, actor: Actor, request_id: str, now: datetime
) -> Done:
    """Tell somebody whose major interests the decision touches (行政许可法 36, 47). Records InterestedInformed; the
    notice carries a code of eight digits with which they answer."""
    command = c.InformInterested(name, contact, interest, _code(request_id))
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def _code(request_id: str) -> str:
    """Eight digits that nobody outside can guess, and the same for a repeat of the request."""
    drawn = int.from_bytes(crypto.lookup_key(f"interested:{request_id}")[:8], "big")
    return f"{drawn % 100_000_000:08d}"


def hear_interested(*, number: str, code: str, text: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """An interested party says what they think, with the case number and the code of their notice. Records
    InterestedHeard. Refuses InterestedUnknown, InterestedAlreadyHeard."""
    case_id = case_of(number)
    found = next((one for one in state_of(case_id).interested if one.code == code.strip()), None)
    if found is None:
        raise InterestedUnknown
    command = c.HearInterested(found.id, text, code.strip())
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def write_down_interested(
    *, case_id: str, interested: str, text: str, actor: Actor, request_id: str, now: datetime
) -> Done:
    """What an interested party said to an officer. Records InterestedHeard."""
    return run(case_id, c.HearInterested(interested, text), actor=actor, request_id=request_id, now=now)


def case_of(number: str) -> str:
    """The case with this number, typed with or without spaces. Refuses InterestedUnknown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream_id::text FROM cases_case WHERE number = %s", ["".join(number.split()).upper()])
        row = cursor.fetchone()
    if row is None:
        raise InterestedUnknown
    return case_uuid(row[0])


def hold_meeting(
    *,
    case_id: str,
    on: date,
    place: str,
    discussion: str,
    votes: Mapping[str, str],
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """Record a collective discussion: `votes` by officer id, "grant", "deny" or "abstain". Records MeetingHeld; owes
    the minutes. Refuses MeetingTooSmall, also for members who are not officers of the organ in charge."""
    known = {one.id: one.name for one in parties.officers(actor.agency)}
    members = {officer.removeprefix("officer:"): vote for officer, vote in votes.items()}
    if not set(members) <= set(known):
        raise MeetingTooSmall(least=len(members))
    given = tuple(Vote(f"officer:{officer}", known[officer], vote) for officer, vote in sorted(members.items()))
    return run(case_id, c.HoldMeeting(on, place, discussion, given), actor=actor, request_id=request_id, now=now)


def deem_renewed(*, case_id: str, request_id: str, now: datetime) -> Done:
    """By the clock (行政许可法 50-2). Records DeemedRenewed where the licence expired undecided."""
    return run(case_id, c.DeemRenewed(), actor=system("clock"), request_id=request_id, now=now)
