"""What others do for the organ: tests by a body (检验、检测、检疫、鉴定), and opinions of third parties (征求意见)."""

from __future__ import annotations

from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.intake import Events
from tongban.contexts.cases.core.occurred import special as o
from tongban.contexts.cases.core.parts.special import Course, Procedure
from tongban.contexts.cases.core.refusals import ChoiceUnknown, DaysMissing, ReasonMissing, StepAlreadyDone
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special.common import lead
from tongban.contexts.cases.core.special.refusals import ProcedureStepWrong
from tongban.contexts.cases.core.state import CaseState
from tongban.kernel.refusals import N_, NotFound

RESULTS = ("pass", "fail")
ANSWERS = ("agree", "conditions", "disagree", "silent")


def _require_days(one: Procedure, days: int) -> None:
    """Within the time that the applicant was told."""
    if not 1 <= days <= one.planned_days:
        raise DaysMissing(most=one.planned_days, field="days")


def commission(state: CaseState, command: s.CommissionTest, facts: Facts) -> Events:
    """委托: which body tests what, until when."""
    one = lead(state, facts, command.special, Course.TEST)
    if one.test is not None:
        raise ProcedureStepWrong(next=N_("已经委托过了"))
    for name in ("body", "subject"):
        if not getattr(command, name).strip():
            raise ReasonMissing(field=name)
    _require_days(one, command.days)
    return [
        o.TestCommissioned(
            special=one.id, body=command.body.strip(), subject=command.subject.strip(),
            due=after(facts.calendar, facts.now.date(), command.days), by_name=facts.actor.name, at=facts.now,
        )
    ]  # fmt: skip


def report(state: CaseState, command: s.ReportTest, facts: Facts) -> Events:
    """The result with the number of the report; its file stands with the case."""
    one = lead(state, facts, command.special, Course.TEST)
    if one.test is None:
        raise ProcedureStepWrong(next=N_("要先委托检验检测机构"))
    if one.test.result:
        raise ProcedureStepWrong(next=N_("结果已经记过了"))
    if command.result not in RESULTS:
        raise ChoiceUnknown(field="result")
    if not command.number.strip():
        raise ReasonMissing(field="number")
    if command.result == "fail" and not command.text.strip():
        raise ReasonMissing(field="text")
    reported = o.TestReported(
        special=one.id, result=command.result, number=command.number.strip(), text=command.text.strip(),
        report=command.report, by_name=facts.actor.name, at=facts.now,
    )  # fmt: skip
    return [reported]


def ask(state: CaseState, command: s.AskOpinion, facts: Facts) -> Events:
    """征求意见: whom, what, and until when."""
    one = lead(state, facts, command.special, Course.CONSULTATION)
    for name in ("name", "question"):
        if not getattr(command, name).strip():
            raise ReasonMissing(field=name)
    _require_days(one, command.days)
    due = after(facts.calendar, facts.now.date(), command.days)
    return [
        o.OpinionAsked(
            special=one.id, asked=str(len(one.asked) + 1), name=command.name.strip(),
            question=command.question.strip(), due=due, by_name=facts.actor.name, at=facts.now,
        )
    ]  # fmt: skip


def record(state: CaseState, command: s.RecordOpinion, facts: Facts) -> Events:
    """What was answered; `silent` only once the day that was told has passed."""
    one = lead(state, facts, command.special, Course.CONSULTATION)
    asked = next((x for x in one.asked if x.id == command.asked), None)
    if asked is None:
        raise NotFound
    if asked.answer:
        raise StepAlreadyDone(by=asked.name)
    if command.answer not in ANSWERS:
        raise ChoiceUnknown(field="answer")
    if command.answer == "silent" and facts.now.date() <= asked.due:
        raise ProcedureStepWrong(next=N_("对方的答复期限还没过"))
    if command.answer in ("conditions", "disagree") and not command.text.strip():
        raise ReasonMissing(field="text")
    given = o.OpinionGiven(
        special=one.id, asked=asked.id, answer=command.answer, text=command.text.strip(), by_name=facts.actor.name,
        at=facts.now,
    )  # fmt: skip
    return [given]
