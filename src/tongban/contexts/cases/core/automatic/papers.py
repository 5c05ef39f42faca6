"""What the written acts of this area state."""

from __future__ import annotations

from dataclasses import replace

from tongban.contexts.cases.core.around import Around, Facts, day, minute
from tongban.contexts.cases.core.automatic.account import hits, inputs
from tongban.contexts.cases.core.automatic.looking import ASK_DAYS
from tongban.contexts.cases.core.state import CaseState, Owed
from tongban.contexts.documents.core.acts import DocumentFacts, MaterialLine, Officer


def _commitment(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    signed = state.automatic.signed
    assert signed is not None
    names = {material.id: material.name.zh for material in around.item.materials}
    return replace(
        base,
        conditions=tuple(one.zh for one in signed.promises),
        materials=tuple(MaterialLine(names.get(one, one), "申请人承诺") for one in signed.materials),
        basis=(signed.basis,),
        procedure_days=signed.verify_days,
        receiver=signed.by_name,
        happened_at=minute(signed.at),
    )


def _table_account(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    judged = state.automatic.judged
    assert judged is not None
    rules = "；".join(f"{hit.table} 第 {hit.rule} 条" for hit in hits(judged))
    return replace(
        base,
        decided_on=day(judged.at),
        happened_at=minute(judged.at),
        extra=(
            ("决定规则", judged.name if judged.name == judged.key else f"{judged.name}（{judged.key}）"),
            ("事项版本", f"第 {state.item_version} 版"),
            ("规则文件指纹", f"SHA-256 {judged.digest[:32]}…"),
            ("命中规则", rules),
            ("抽查比例", f"百分之{state.automatic.percent}"),
        ),
        findings=tuple(f"{one.name.zh}：{one.value.zh}" for one in inputs(judged, around.item)) or ("无",),
        reasons=tuple(one.zh for one in judged.reasons),
        basis=tuple(one.zh for one in judged.basis),
        conditions=tuple(one.zh for one in judged.conditions),
        procedure_days=ASK_DAYS,
        review_organ=around.remedies.review_organ,
        court=around.remedies.court,
    )


_ANSWERS = {"confirmed": "维持", "changed": "由工作人员重新处理"}


def _review_answer(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    asked = state.automatic.asked
    assert asked is not None
    changed = asked.outcome == "changed" and state.automatic.granted_at is not None
    conditions = state.decision.conditions if changed and state.decision is not None else ""
    return replace(
        base,
        submitted_on=day(asked.at),
        decided_on=day(asked.answered_at),
        findings=(asked.reason,),
        reasons=(asked.answer,),
        result=_ANSWERS[asked.outcome],
        conditions=tuple(line for line in conditions.splitlines() if line.strip()),
        officers=(Officer(asked.by_name),),
        extra=(("变更后的条件", conditions or "不附条件"),) if changed else (),
    )


def _verification(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    verification = state.automatic.verification
    assert verification is not None
    assert verification.at is not None
    passed = verification.outcome == "pass"
    return replace(
        base,
        happened_at=minute(verification.at),
        officers=(Officer(verification.by_name), Officer(verification.second_officer_name)),
        findings=(verification.findings or "现场与承诺相符。",),
        result="与承诺相符" if passed else "与承诺不符",
        reply_by=verification.correct_by,
        conditions=tuple(one.zh for one in state.automatic.signed.promises) if state.automatic.signed else (),
    )


FACTS: dict[str, Facts] = {
    "commitment": _commitment,
    "table_account": _table_account,
    "review_answer": _review_answer,
    "verification": _verification,
}
