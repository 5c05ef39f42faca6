"""What each written act of a case states (STANDARDS §4.5): facts for the documents context, from the state alone."""

from __future__ import annotations

from dataclasses import replace

from tongban.contexts.cases.core.around import Around, Facts, Remedies
from tongban.contexts.cases.core.around import day as _day
from tongban.contexts.cases.core.around import minute as _minute
from tongban.contexts.cases.core.automatic import papers as automatic
from tongban.contexts.cases.core.clocks import legal_limit, limit_of
from tongban.contexts.cases.core.fairness import papers as fairness
from tongban.contexts.cases.core.renewal import valid_from
from tongban.contexts.cases.core.special import papers as special
from tongban.contexts.cases.core.special.hearing import weighed
from tongban.contexts.cases.core.state import CaseState, Owed
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.documents.core.acts import DocumentFacts, MaterialLine, Officer, Organ
from tongban.contexts.documents.core.licence import Fact, LicenceOrder
from tongban.contexts.process.core.clocks import Limit

__all__ = ["FORM_WORDS", "UNIT_WORDS", "Around", "Remedies", "bases", "facts_for", "licence_order"]

UNIT_WORDS = {"workday": "工作日", "day": "日", "month": "个月"}
FORM_WORDS = {"A": "部门共享", "B": "已核对原件", "C": "电子件", "D": "申请人承诺"}


def facts_for(state: CaseState, owed: Owed, around: Around) -> DocumentFacts:
    """The facts of one owed document; which ones depends on its kind."""
    base = DocumentFacts(
        addressee=state.applicant_name,
        addressee_id_masked=state.applicant_number,
        agent=state.contact_name if state.contact_name != state.applicant_name else "",
        item_name=around.item.name.zh,
        item_name_en=around.item.name.en,
        case_number=state.number,
        submitted_on=_day(state.submitted_at),
        received_on=_day(state.submitted_at),
    )
    return _FACTS[owed.kind](state, owed, around, base)


def _names(around: Around) -> dict[str, str]:
    return {material.id: material.name.zh for material in around.item.materials}


def _receipt(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    names = _names(around)
    lines = tuple(MaterialLine(names.get(m.id, m.id), FORM_WORDS.get(m.grade, "")) for m in state.materials)
    return replace(base, query_code=state.query_code, materials=lines)


def _supplement(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    assert state.supplement is not None
    names = _names(around)
    lines = tuple(MaterialLine(names.get(w.material_id, ""), note=w.reason) for w in state.supplement.wanted)
    return replace(base, materials=lines, reply_by=state.supplement.due)


def _acceptance(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    legal = legal_limit(around.item)
    promised = limit_of(around.item.promised) or legal
    return replace(
        base,
        accepted_on=state.clock_start,
        promised_days=_in_unit(promised, legal),
        legal_days=legal.value,
        limit_unit=UNIT_WORDS[legal.unit],
        promised_due=state.promised_due or state.legal_due,
        legal_due=state.legal_due,
        provisional=state.due_provisional,
    )


def _in_unit(promised: Limit, legal: Limit) -> int:
    """The notice prints both limits in one unit; a promise in another unit is shown by its date instead."""
    return promised.value if promised.unit == legal.unit else legal.value


def _not_accepted(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    return replace(
        base,
        reasons=(state.ended_reason,),
        competent_organ=state.competent_body,
        review_organ=around.remedies.review_organ,
        court=around.remedies.court,
    )


def _extension_notice(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    assert state.extension is not None
    return replace(
        base,
        reasons=(state.extension.reason,),
        extension_days=state.extension.days,
        approved_by=state.extension.approved_by_name,
        legal_due=state.legal_due,
        limit_unit=UNIT_WORDS[legal_limit(around.item).unit],
    )


def bases(item: Item) -> tuple[str, ...]:
    """The item's legal bases as they are cited."""
    return tuple(f"《{b.law}》" + (f"第{b.article}条" if b.article not in ("", "-") else "") for b in item.basis)


def _grant(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    assert state.decision is not None
    conditions = tuple(line for line in state.decision.conditions.splitlines() if line.strip())
    joint = tuple(t.conditions for t in state.tasks if t.outcome == "conditions" and t.conditions)
    return replace(
        fairness.heard(state, base),
        basis=bases(around.item),
        decided_on=_day(state.decision.at),
        accepted_on=state.clock_start,
        conditions=conditions + joint,
        reasons=((state.decision.reasons,) if state.decision.reasons else ()) + weighed(state),
        licence_name=around.item.result.name.zh,
    )


def _denial(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    assert state.decision is not None
    return replace(
        fairness.heard(state, base),
        basis=bases(around.item),
        decided_on=_day(state.decision.at),
        accepted_on=state.clock_start,
        reasons=(state.decision.reasons, *weighed(state)),
        review_organ=around.remedies.review_organ,
        court=around.remedies.court,
    )


def _inspection(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    visit = special.visit_of(state, owed)
    if visit is not None:
        return special.visit_record(visit, base)
    task = next(t for t in state.tasks if owed.key == f"inspection-{t.id}")
    assert task.done_at is not None
    place = str(state.values.get("address") or state.values.get("site") or state.applicant_name)
    return replace(
        base,
        place=place,
        happened_at=_minute(task.done_at),
        officers=(Officer(task.done_by_name), Officer(task.second_officer_name)),
        findings=(task.opinion or "现场与申请资料相符。",),
        result="符合要求" if task.outcome == "pass" else "不符合要求",
    )


def _delivery(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    assert state.delivered_at is not None
    titles = [
        f"{document.title} {document.number}" for document in state.documents if document.kind in ("grant", "denial")
    ]
    if state.licence is not None:
        titles.append(f"{around.item.result.name.zh} {state.licence.number}")
    return replace(
        base,
        documents=tuple(titles) or (around.item.result.name.zh,),
        method="直接送达",
        receiver=state.delivered_to,
        happened_at=_minute(state.delivered_at),
    )


def _withdrawal(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    reason = state.ended_reason or ("补正期限届满没有补交，视为撤回申请。" if state.ending == "lapsed" else "")
    return replace(base, reasons=(reason,) if reason else ())


_FACTS: dict[str, Facts] = {
    "receipt": _receipt,
    "supplement": _supplement,
    "acceptance": _acceptance,
    "not_accepted": _not_accepted,
    "not_competent": _not_accepted,
    "extension_notice": _extension_notice,
    "grant": _grant,
    "denial": _denial,
    "inspection": _inspection,
    "delivery": _delivery,
    "withdrawal": _withdrawal,
    **automatic.FACTS,
    **special.FACTS,
    **fairness.FACTS,
}

#: Answers that a licence prints, where the item asks them.
_PRINTED = ("shop_name", "address", "site", "business_form", "main_business", "items", "vehicle", "scope")


def licence_order(case_id: str, state: CaseState, item: Item, organ: Organ) -> LicenceOrder:
    """What the decision to grant asks the documents context to issue."""
    assert state.decision is not None
    conditions = tuple(line for line in state.decision.conditions.splitlines() if line.strip())
    return LicenceOrder(
        case_id=case_id,
        case_number=state.number,
        item_code=item.handling.renews if item.handling and item.handling.renews else item.code,
        item_name=item.name.zh,
        item_name_en=item.name.en,
        licence_name=item.result.name.zh,
        licence_name_en=item.result.name.en,
        holder_party_id=state.applicant,
        holder_name=state.about or state.applicant_name,  # an employer applied for them, and keeps the paper for them
        holder_number_masked=state.about_number or state.applicant_number,
        holder_kind="natural" if state.about else state.applicant_kind,
        organ=organ,
        valid_months=item.result.valid_months or None,
        valid_from=valid_from(state),
        facts=((Fact("申请单位", state.applicant_name, "Applicant"),) if state.about else ()) + _printed(state, item),
        conditions=conditions,
    )


def _printed(state: CaseState, item: Item) -> tuple[Fact, ...]:
    assert item.handling is not None
    facts = []
    for step in item.handling.form:
        for field in step.fields:
            value = state.values.get(field.id)
            if field.id not in _PRINTED or not value:
                continue
            chosen = value if isinstance(value, list) else [value]
            labels = {option.value: option.label.zh for option in field.options}
            words = "、".join(labels.get(one, one) for one in chosen)
            facts.append(Fact(field.label.zh, words, field.label.en))
    return tuple(facts)
