"""Acts on special procedures: starting, approving, and the steps of site visits.

As every act on a case: one command to the ledger, `request_id` answers repeats, and all refuse NotFound for a case the
actor may not see, NotAllowed, and what the rules of `core/special` decline; each records the event named beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.commands import Command, Facts
from tongban.contexts.cases.core.decide import decide
from tongban.contexts.cases.core.parts.special import Attachment, CheckLine, Course, Named
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special.common import procedure
from tongban.contexts.cases.core.special.refusals import OfficersNotTwo
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.cases.queries.states import state_of
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.documents import actions as documents
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, system
from tongban.contexts.process import queries as process
from tongban.foundation.ledger.contract import Outcome
from tongban.kernel.clock import CHINA

from .running import case_uuid, run, version_of

Done = Outcome[CaseState]

#: Photographs and reports.
MOST_BYTES = 20 * 1024 * 1024
PICTURES = ("jpeg", "png")


def named(officer_id: str, agency: str) -> Named | None:
    """An officer of the agency by id; None where there is none."""
    bare = officer_id.removeprefix("officer:")
    found = next((one for one in parties.officers(agency) if one.id == bare), None)
    return Named(f"officer:{found.id}", found.name) if found is not None else None


def answer_special(
    *, case_id: str, special: str, approve: bool, reason: str = "", actor: Actor, request_id: str, now: datetime
) -> Done:
    """By the head of the organ, not by who proposed it. Records SpecialApproved, SpecialStarted; or SpecialRefused."""
    command = s.AnswerSpecial(special, approve, reason)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def mark_overstayed(*, case_id: str, special: str, request_id: str, now: datetime) -> Done:
    """By the clock (TL9). Records SpecialOverstayed."""
    return run(case_id, s.MarkOverstayed(special), actor=system("clock"), request_id=request_id, now=now)


def appoint_visit(
    *,
    case_id: str,
    special: str,
    on: date,
    slot: str,
    place: str,
    first: str,
    second: str,
    lines: tuple[str, ...] = (),
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """Day, part of the day, place and two officers of the organ by id (行政许可法 34). Records VisitAppointed."""
    officers = tuple(one for one in (named(first, actor.agency), named(second, actor.agency)) if one is not None)
    if len(officers) != 2:
        raise OfficersNotTwo(field="second")
    command = s.AppointVisit(special, on, slot, place, officers, lines)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def ask_visit_time(
    *, case_id: str, special: str, reason: str, wish: str = "", actor: Actor, request_id: str, now: datetime
) -> Done:
    """The applicant asks for another time, once. Records VisitTimeAsked."""
    return run(case_id, s.AskVisitTime(special, reason, wish), actor=actor, request_id=request_id, now=now)


def keep_visit_time(*, case_id: str, special: str, reason: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """The time stays. Records VisitTimeKept."""
    return run(case_id, s.KeepVisitTime(special, reason), actor=actor, request_id=request_id, now=now)


def save_visit(
    *,
    case_id: str,
    special: str,
    lines: tuple[CheckLine, ...],
    findings: str = "",
    result: str = "",
    present: str = "",
    present_name: str = "",
    remark: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """Keep the record as far as it is, by one of the two officers. Records VisitSaved where something changed."""
    command = s.SaveVisit(special, lines, findings, result, present, present_name, remark)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def add_visit_photo(
    *,
    case_id: str,
    special: str,
    data: bytes,
    filename: str,
    where: str = "",
    note: str = "",
    line: int = 0,
    actor: Actor,
    request_id: str,
    now: datetime,
) -> None:
    """A photograph of the visit; coordinates as typed. Refuses what `store_file` refuses. Records VisitPhotoTaken.

    The rules are asked before the bytes are kept, and again under the lock. A photograph that is there already is not
    added twice.
    """
    digest = hashlib.sha256(data).hexdigest()
    if any(x.sha256 == digest for x in _photos(case_id, special, actor)):
        return
    photo = Attachment("", filename, "", 0, "", actor.id, now, where.strip()[:60], note.strip()[:200], line)
    try_(case_id, s.AddVisitPhoto(special, photo), actor, now)
    kept = attached(data, filename, PICTURES, actor, now, where=photo.where, note=photo.note, line=line)
    run(case_id, s.AddVisitPhoto(special, kept), actor=actor, request_id=request_id, now=now)


def _photos(case_id: str, special: str, actor: Actor) -> tuple[Attachment, ...]:
    state = state_of(case_uuid(case_id))
    rights.require_sight(actor, state)
    visit = procedure(state, special, Course.VISIT).visit
    return visit.photos if visit is not None else ()


def try_(case_id: str, command: Command, actor: Actor, now: datetime) -> None:
    """Ask the rules without recording anything."""
    code, version, _applicant = version_of(case_id)
    item = catalogue.version(code, version).item
    facts = Facts(actor=actor, now=now.astimezone(CHINA), calendar=process.calendar(), item=item)
    decide(state_of(case_uuid(case_id)), command, facts)


def attached(
    data: bytes,
    filename: str,
    accepts: Sequence[str],
    actor: Actor,
    now: datetime,
    *,
    where: str = "",
    note: str = "",
    line: int = 0,
) -> Attachment:
    """The file kept, by what its content is. Refuses what `store_file` refuses."""
    file = documents.store_file(
        data=data, filename=filename, accepts=accepts, max_bytes=MOST_BYTES, owner=actor.id, now=now
    )
    return Attachment(file.id, file.filename, file.media_type, file.size, file.sha256, actor.id, now, where, note, line)


def sign_visit(*, case_id: str, special: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """The first officer signs, the second confirms: Records VisitSigned; then VisitConfirmed and SpecialEnded."""
    return run(case_id, s.SignVisit(special), actor=actor, request_id=request_id, now=now)
