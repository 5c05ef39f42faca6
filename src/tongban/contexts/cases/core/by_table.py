"""A published table is asked about a case. It grants, or the case goes to people: it never denies.

个人信息保护法 24: a decision by automatic means alone has to be explained, and may be refused by whom it concerns; so
whoever the table does not favour gets a person's decision, and whoever it favours gets its account and may ask too.
行政许可法 38: a denial needs reasons that the organ weighed. 行政许可法 34: what has to be seen, people see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core.answers import asked
from tongban.contexts.cases.core.clocks import DELIVERY_DAYS, after
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.granting import closing, has_paper
from tongban.contexts.cases.core.occurred import automatic as occurred
from tongban.contexts.cases.core.parts.automatic import Said, Why
from tongban.contexts.cases.core.parts.special import Procedure, Stage
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.catalogue.core import tables
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.tables import Judgement
from tongban.kernel.refusals import Refusal, Words

#: Who decides, as the ledger and the decision name it.
TABLE = "system:table"


@dataclass(frozen=True)
class Answer:
    """What the table said; `why` is "" where it grants, else a value of `Why`."""

    reference: str
    why: str
    judgement: Judgement | None = None


def ask(state: CaseState, facts: Facts, reference: str, known: Mapping[str, Any] = MappingProxyType({})) -> Answer:
    """Put the case to the table `reference` of its item version; `known`: what the route knows beside the answers.
    Nothing is decided yet; never refuses."""
    values = dict(known)
    values |= tables.values_of(facts.item, state.values, now=facts.now, applicant_kind=state.applicant_kind)
    try:
        missing = _missing(facts, reference, values)
        judgement = tables.judged(facts.decisions, reference, values, facts.now)
    except Refusal:
        return Answer(reference, Why.REFUSED)
    outcome = judgement.outputs.get("outcome")
    if missing or outcome not in ("grant", "human"):
        return Answer(reference, Why.UNCLEAR, judgement)
    return Answer(reference, "" if outcome == "grant" else Why.TABLE, judgement)


def _missing(facts: Facts, reference: str, values: Mapping[str, Any]) -> list[str]:
    """Inputs of the table that nobody gave: not the questions that this applicant was rightly not asked."""
    fields = {field.id: field for field in _fields(facts.item)}
    found = []
    for name in tables.input_names(facts.decisions, reference):
        field = fields.get(name)
        if values.get(name) in (None, "", []) and (field is None or (field.required and asked(field, values))):
            found.append(name)
    return found


def _fields(item: Item) -> list[Any]:
    return [field for step in (item.handling.form if item.handling else ()) for field in step.fields]


def decide_by_table(
    state: CaseState,
    facts: Facts,
    task: str,
    *,
    reference: str = "",
    known: Mapping[str, Any] = MappingProxyType({}),
) -> list[Any]:
    """Let the table decide `task`: `DecidedByTable`, `Decided` and, where no paper follows, `Closed`.

    `reference` "" = the table that the item names; `known` as for `ask`. Without a grant `LeftToPeople` alone, with the
    table's account; and nothing at all where the case went to people before. A case in which something has to be
    weighed goes to people unasked. The caller then opens the task for a person.
    """
    handling = facts.item.handling
    reference = reference or (handling.instant if handling else "")
    if state.automatic.left or not reference:
        return []
    if to_be_weighed(state, facts.item):
        return left(Answer(reference, Why.ROUTE), facts)
    answer = ask(state, facts, reference, known)
    return left(answer, facts) if answer.why else grant(answer, facts, state=state, task=task)


def to_be_weighed(state: CaseState, item: Item) -> bool:
    """What no table may pass over: a case that was contested, an opinion that is not plain consent, a procedure that is
    not over, an item whose decisions several discuss. Whoever decides then answers for it (行政许可法 36, 45-48)."""
    handling = item.handling
    if (handling is not None and handling.collective) or state.meetings:
        return True
    if state.intended or state.statements or state.interested:
        return True
    if any(task.outcome in _NOT_PLAIN for task in state.tasks) or any(one.ended_on is None for one in state.specials):
        return True
    return any(_contested(one) for one in state.procedures)


_NOT_PLAIN = ("fail", "disagree", "conditions")


def _contested(one: Procedure) -> bool:
    """A procedure that waits, was a hearing, was objected to, or did not end in plain consent."""
    if one.stage is Stage.PROPOSED or one.hearing is not None:
        return True
    if one.notice is not None and one.notice.objections:
        return True
    results = [
        one.visit.result if one.visit is not None else "",
        one.test.result if one.test is not None else "",
        one.review.majority if one.review is not None else "",
        *(asked_.answer for asked_ in one.asked),
    ]
    return any(result in _NOT_PLAIN for result in results)


def left(answer: Answer, facts: Facts) -> list[Any]:
    """The case goes to people, with what the table said as advice."""
    told = answer.judgement
    if told is None:
        return [occurred.LeftToPeople(why=answer.why, reference=answer.reference, at=facts.now)]
    return [
        occurred.LeftToPeople(
            why=answer.why,
            reference=answer.reference,
            at=facts.now,
            key=told.key,
            name=told.name,
            digest=told.digest,
            reasons=_reasons(told),
            basis=_basis(told),
            explained=exact(dict(told.explained)),
        )
    ]


def grant(answer: Answer, facts: Facts, *, state: CaseState, task: str) -> list[Any]:
    """The table grants `task`. Records what `decide_by_table` says."""
    told, item = answer.judgement, facts.item
    assert told is not None
    assert item.handling is not None
    reasons, conditions = _reasons(told), _conditions(told)
    by_table = occurred.DecidedByTable(
        reference=answer.reference,
        key=told.key,
        name=told.name,
        digest=told.digest,
        reasons=reasons,
        basis=_basis(told),
        conditions=conditions,
        explained=exact(dict(told.explained)),
        percent=item.handling.recheck,
        at=facts.now,
    )
    decided = e.Decided(
        outcome="grant",
        reasons="；".join(one.zh for one in reasons),
        conditions="\n".join(one.zh for one in conditions),
        task=task,
        by=TABLE,
        by_name="",
        agency=state.agency,
        at=facts.now,
        licence=has_paper(item),
        delivery_due=after(facts.calendar, facts.now.date(), DELIVERY_DAYS),
    )
    return [by_table, decided, *closing(item, outcome="grant", at=facts.now)]


def _reasons(told: Judgement) -> tuple[Said, ...]:
    written = told.outputs.get("reasons")
    if isinstance(written, str) and written.strip():
        return (Said(written.strip(), str(told.outputs.get("reasons_en") or "")),)
    return _said(told.reasons)


def _basis(told: Judgement) -> tuple[Said, ...]:
    return _said(told.grounds) or tuple(Said(one) for one in told.basis)


def _said(words: tuple[Words, ...]) -> tuple[Said, ...]:
    return tuple(Said(one.zh, one.en) for one in words)


def _conditions(told: Judgement) -> tuple[Said, ...]:
    """The table's outputs `conditions` and `conditions_en`: a text with a line each, or a list of texts."""
    zh, en = _lines(told.outputs.get("conditions")), _lines(told.outputs.get("conditions_en"))
    return tuple(Said(one, en[place] if place < len(en) else "") for place, one in enumerate(zh))


def _lines(value: Any) -> list[str]:
    given = value if isinstance(value, list) else str(value or "").splitlines()
    return [str(one).strip() for one in given if str(one).strip()]


def exact(value: Any) -> Any:
    """`value` without floats, which no record may hold: a fraction stands as its text."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {key: exact(one) for key, one in value.items()}
    return [exact(one) for one in value] if isinstance(value, (list, tuple)) else value
