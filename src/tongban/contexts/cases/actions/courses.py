"""Acts on hearings, expert reviews, tests, public notices and opinions (see `special` for what all of them promise)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.parts.special import Attachment, Course, Expert, Signature, Statement, Test
from tongban.contexts.cases.core.refusals import ReasonMissing
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special.common import procedure
from tongban.contexts.cases.queries.states import state_of
from tongban.contexts.parties.core import ANONYMOUS, Actor

from .running import case_uuid, run
from .special import Done, attached, named, try_

REPORTS = ("pdf", "jpeg", "png")


def tell_hearing(
    *,
    case_id: str,
    to: str,
    reason: str,
    third_parties: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """听证告知 (行政许可法 47). Records HearingTold."""
    return run(case_id, s.TellHearing(to, reason, third_parties), actor=actor, request_id=request_id, now=now)


def ask_hearing(
    *,
    case_id: str,
    special: str,
    reason: str = "",
    name: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """By the applicant, or by an officer for an interested person `name`. Records HearingAsked and SpecialStarted."""
    return run(case_id, s.AskHearing(special, reason, name), actor=actor, request_id=request_id, now=now)


def waive_hearing(*, case_id: str, special: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """The applicant gives it up. Records HearingWaived."""
    return run(case_id, s.WaiveHearing(special), actor=actor, request_id=request_id, now=now)


def schedule_hearing(
    *,
    case_id: str,
    special: str,
    on: date,
    time: str,
    place: str,
    chair: str,
    public: bool = True,
    closed_reason: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """听证通知; `chair` is an officer of the organ by id (行政许可法 48). Records HearingScheduled."""
    chosen = named(chair, actor.agency)
    if chosen is None:
        raise ReasonMissing(field="chair")
    command = s.ScheduleHearing(special, on, time, place, chosen, public, closed_reason)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def record_hearing(
    *,
    case_id: str,
    special: str,
    attended: str,
    statements: tuple[Statement, ...],
    signatures: tuple[Signature, ...],
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """听证笔录. Records HearingHeld."""
    command = s.RecordHearing(special, attended, statements, signatures)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def weigh_hearing(*, case_id: str, special: str, text: str, actor: Actor, request_id: str, now: datetime) -> Done:
    """How the decision rests on the minutes (行政许可法 48(2)). Records HearingWeighed."""
    return run(case_id, s.WeighHearing(special, text), actor=actor, request_id=request_id, now=now)


def name_experts(
    *,
    case_id: str,
    special: str,
    experts: tuple[Expert, ...],
    declared: bool,
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """Records ExpertsNamed."""
    command = s.NameExperts(special, experts, declared)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def record_expert(
    *,
    case_id: str,
    special: str,
    expert: str,
    opinion: str,
    text: str,
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """One expert's opinion. Records ExpertSaid."""
    command = s.RecordExpert(special, expert, opinion, text)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def conclude_experts(
    *, case_id: str, special: str, conclusion: str, actor: Actor, request_id: str, now: datetime
) -> Done:
    """By the majority. Records ExpertsConcluded."""
    return run(case_id, s.ConcludeExperts(special, conclusion), actor=actor, request_id=request_id, now=now)


def commission_test(
    *,
    case_id: str,
    special: str,
    body: str,
    subject: str,
    days: int,
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """检验、检测、检疫、鉴定 by a body, within `days` working days. Records TestCommissioned."""
    command = s.CommissionTest(special, body, subject, days)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def report_test(
    *,
    case_id: str,
    special: str,
    result: str,
    number: str,
    text: str = "",
    data: bytes = b"",
    filename: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """The result, with the report as a file where there is one. Records TestReported.

    The rules are asked before the file is kept; refuses what `store_file` refuses. A repeat of the request names the
    file that it kept the first time.
    """
    before = _reported(case_id, special, actor)
    report: Attachment | None = None
    if before is None or not before.result:
        try_(case_id, s.ReportTest(special, result, number, text), actor, now)
        report = attached(data, filename, REPORTS, actor, now) if data else None
    elif before.report is not None and before.report.sha256 == hashlib.sha256(data).hexdigest():
        report = before.report
    command = s.ReportTest(special, result, number, text, report)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def _reported(case_id: str, special: str, actor: Actor) -> Test | None:
    state = state_of(case_uuid(case_id))
    rights.require_sight(actor, state)
    return procedure(state, special, Course.TEST).test


def publish_notice(
    *,
    case_id: str,
    special: str,
    title: str,
    text: str,
    days: int,
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """公示 on the portal from today on. Records NoticePublished."""
    command = s.PublishNotice(special, title, text, days)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def object_to_notice(
    *, case_id: str, special: str, name: str, contact: str, text: str, request_id: str, now: datetime
) -> Done:
    """An objection by anybody, who is known by what they write here alone. Records Objected."""
    command = s.Object(special, name, contact, text)
    return run(case_id, command, actor=ANONYMOUS, request_id=request_id, now=now)


def answer_objection(
    *,
    case_id: str,
    special: str,
    objection: str,
    answer: str,
    upheld: bool,
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """Records ObjectionAnswered."""
    command = s.AnswerObjection(special, objection, answer, upheld)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def ask_opinion(
    *,
    case_id: str,
    special: str,
    name: str,
    question: str,
    days: int,
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """征求意见, to be answered within `days` working days. Records OpinionAsked."""
    command = s.AskOpinion(special, name, question, days)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)


def record_opinion(
    *,
    case_id: str,
    special: str,
    asked: str,
    answer: str,
    text: str = "",
    actor: Actor,
    request_id: str,
    now: datetime,
) -> Done:
    """What was answered, or that nothing was. Records OpinionGiven."""
    command = s.RecordOpinion(special, asked, answer, text)
    return run(case_id, command, actor=actor, request_id=request_id, now=now)
