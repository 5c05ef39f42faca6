"""Expert review 专家评审: experts without interest in the case, each opinion, the majority."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.intake import Events
from tongban.contexts.cases.core.occurred import special as o
from tongban.contexts.cases.core.parts.special import Course, Review
from tongban.contexts.cases.core.refusals import ChoiceUnknown, ReasonMissing
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.special.common import lead
from tongban.contexts.cases.core.special.refusals import (
    ExpertOfApplicant,
    ExpertsTooFew,
    ExpertsUndeclared,
    ProcedureStepWrong,
    StepMissing,
)
from tongban.contexts.cases.core.state import CaseState
from tongban.kernel.refusals import N_, NotFound, Words

#: No national text fixes the number; an odd one of at least three is the custom, so that there is a majority.
LEAST_EXPERTS = 3
OPINIONS = ("agree", "conditions", "disagree")


def name_experts(state: CaseState, command: s.NameExperts, facts: Facts) -> Events:
    """The experts, each of whom has declared to have no interest; nobody from the applicant."""
    one = lead(state, facts, command.special, Course.EXPERTS)
    if one.review is not None and any(expert.opinion for expert in one.review.experts):
        raise ProcedureStepWrong(next=N_("已经有专家给了意见，不能再换专家"))
    experts = tuple(
        replace(x, name=x.name.strip(), employer=x.employer.strip(), field=x.field.strip(), opinion="", text="")
        for x in command.experts
    )
    names = {expert.name for expert in experts}
    if len(names) < LEAST_EXPERTS or len(names) != len(experts) or len(names) % 2 == 0:
        raise ExpertsTooFew(least=LEAST_EXPERTS, field="experts")
    if not all(x.name and x.employer and x.field for x in experts):
        raise ReasonMissing(field="experts")
    if not command.declared:
        raise ExpertsUndeclared(field="declared")
    for expert in experts:
        if state.applicant_name in (expert.employer, expert.name):
            raise ExpertOfApplicant(name=expert.name, field="experts")
    return [o.ExpertsNamed(special=one.id, experts=experts, by_name=facts.actor.name, at=facts.now)]


def _review(state: CaseState, special: str, facts: Facts) -> Review:
    one = lead(state, facts, special, Course.EXPERTS)
    if one.review is None:
        raise ProcedureStepWrong(next=N_("要先确定专家"))
    if one.review.concluded_on is not None:
        raise ProcedureStepWrong(next=N_("评审结论已经作出"))
    return one.review


def record(state: CaseState, command: s.RecordExpert, facts: Facts) -> Events:
    """One expert's own opinion, once."""
    review = _review(state, command.special, facts)
    expert = next((x for x in review.experts if x.name == command.expert), None)
    if expert is None:
        raise NotFound
    if expert.opinion:
        raise ProcedureStepWrong(next=N_("这位专家已经给过意见"))
    if command.opinion not in OPINIONS:
        raise ChoiceUnknown(field="opinion")
    if not command.text.strip():
        raise ReasonMissing(field="text")
    said = o.ExpertSaid(
        special=command.special, expert=expert.name, opinion=command.opinion, text=command.text.strip(),
        by_name=facts.actor.name, at=facts.now,
    )  # fmt: skip
    return [said]


def conclude(state: CaseState, command: s.ConcludeExperts, facts: Facts) -> Events:
    """The conclusion by the majority, once everybody has spoken."""
    review = _review(state, command.special, facts)
    if any(not expert.opinion for expert in review.experts):
        raise StepMissing(name=Words("专家评审", "Expert review"), what=N_("还有专家没有给意见"))
    if not command.conclusion.strip():
        raise ReasonMissing(field="conclusion")
    concluded = o.ExpertsConcluded(
        special=command.special, majority=majority(review), conclusion=command.conclusion.strip(),
        by_name=facts.actor.name, at=facts.now,
    )  # fmt: skip
    return [concluded]


def majority(review: Review) -> str:
    """agree | conditions | disagree: more than half; agreement with and without conditions counts as agreement, which
    has conditions as soon as one of the majority has."""
    votes = Counter(expert.opinion for expert in review.experts)
    if 2 * votes["disagree"] > len(review.experts):
        return "disagree"
    return "conditions" if votes["conditions"] else "agree"
