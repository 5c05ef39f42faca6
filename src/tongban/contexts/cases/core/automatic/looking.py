"""The human way out: the applicant asks once for a person, who explains and may decide in the table's place.

个人信息保护法 24(3): whoever is decided about by automatic means alone may ask for an account and refuse that a machine
alone decides. The sixty days are those of an administrative review (行政复议法 20); to answer within ten working days
is the city's own promise.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.automatic import commands as own
from tongban.contexts.cases.core.clocks import after
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.occurred import automatic as e
from tongban.contexts.cases.core.refusals import (
    AuthorMayNotReview,
    ChoiceUnknown,
    NothingToChange,
    ReasonMissing,
    ReviewNotPossible,
    StepAlreadyDone,
)
from tongban.contexts.cases.core.state import CaseState
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import N_, NotFound

#: Calendar days after the table was asked in which a person can be asked for.
ASK_DAYS = 60
#: Working days in which a person answers.
ANSWER_DAYS = 10


def ask_review(state: CaseState, command: own.AskReview, facts: Facts) -> list[Any]:
    """The applicant asks for a person, once. Records ReviewAsked. Refuses ReviewNotPossible, ReasonMissing."""
    rights.require_applicant(facts.actor, state)
    judged, asked = state.automatic.judged, state.automatic.asked
    if judged is None:
        raise ReviewNotPossible(why=N_("这件没有由规则判断过，本来就由工作人员办"))
    if asked is not None:
        raise ReviewNotPossible(why=N_("只能申请一次，您已经申请过"))
    today = facts.now.astimezone(CHINA).date()
    if today > judged.at.astimezone(CHINA).date() + timedelta(days=ASK_DAYS):
        raise ReviewNotPossible(why=N_("已经过了六十日"))
    if not command.reason.strip():
        raise ReasonMissing(field="reason")
    return [
        e.ReviewAsked(reason=command.reason.strip(), due=after(facts.calendar, today, ANSWER_DAYS), at=facts.now),
    ]


def answer_review(state: CaseState, command: own.AnswerReview, facts: Facts) -> list[Any]:
    """An approver of the organ explains, and confirms or changes; owes the answer to the applicant.

    `changed` on a granted case sets its conditions anew, in the applicant's favour; where the table left the case to
    people it says that the table should have granted. Refuses AuthorMayNotReview, NothingToChange, ReasonMissing.
    """
    rights.require_approver(facts.actor, state)
    asked, automatic = state.automatic.asked, state.automatic
    if asked is None:
        raise NotFound
    if asked.answered_at is not None:
        raise StepAlreadyDone(by=asked.by_name)
    if command.barred:
        raise AuthorMayNotReview
    if command.outcome not in ("confirmed", "changed"):
        raise ChoiceUnknown
    if not command.answer.strip():
        raise ReasonMissing(field="answer")
    granted = automatic.granted_at is not None
    standing = state.decision.conditions if granted and state.decision is not None else ""
    if command.outcome == "changed" and granted and (not standing or standing == command.conditions.strip()):
        raise NothingToChange(field="conditions")
    return [
        e.ReviewAnswered(
            outcome=command.outcome,
            answer=command.answer.strip(),
            conditions=command.conditions.strip() if command.outcome == "changed" and granted else "",
            by=facts.actor.id,
            by_name=facts.actor.name,
            agency=facts.actor.agency,
            at=facts.now,
        )
    ]
