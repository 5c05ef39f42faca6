"""What the papers of a fair procedure state, from the state alone."""

from __future__ import annotations

from dataclasses import replace

from tongban.contexts.cases.core.around import Around, Facts, day, minute
from tongban.contexts.cases.core.parts.fairness import Vote
from tongban.contexts.cases.core.renewal import valid_from
from tongban.contexts.cases.core.state import CaseState, Owed
from tongban.contexts.documents.core.acts import DocumentFacts

INTENDED = {"deny": "不予许可", "burden": "准予许可，附带下述负担"}
VOTES = {"grant": "同意准予", "deny": "同意不予许可", "abstain": "弃权"}
OUTCOMES = {"grant": "准予许可", "deny": "不予许可", "": "没有形成多数意见"}
WAYS = {"online": "政务服务网", "window": "政务服务中心窗口"}


def _place(owed: Owed) -> str:
    return owed.key.rpartition("-")[2]


def _intended(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    notice = state.intended[int(_place(owed)) - 1]
    return replace(
        base,
        result=INTENDED[notice.outcome],
        findings=tuple(notice.facts.splitlines()),
        reasons=tuple(notice.reasons.splitlines()),
        basis=(notice.basis,),
        reply_by=notice.due,
    )


def _defence(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    said = next(one for one in state.statements if one.id == _place(owed))
    return replace(
        base,
        receiver=said.by_name,
        happened_at=minute(said.at),
        method=WAYS[said.channel],
        findings=tuple(said.text.splitlines()),
        documents=tuple(paper.filename for paper in said.papers),
    )


def _interested(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    party = next(one for one in state.interested if one.id == _place(owed))
    return replace(
        base,
        addressee=party.name,
        addressee_id_masked="",
        agent="",
        receiver=state.applicant_name,
        findings=(party.interest,),
        reply_by=party.due,
        extra=(("网址", "政务服务网 /interested/"), ("办件编号", state.number), ("意见码", party.code)),
    )


def _minutes(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    held = next(one for one in state.meetings if one.id == _place(owed))
    return replace(
        base,
        happened_at=held.on.isoformat(),
        place=held.place,
        receiver=held.by_name,
        findings=tuple(held.discussion.splitlines()),
        extra=tuple((vote.name, _vote(vote)) for vote in held.votes),
        result=OUTCOMES[held.outcome],
    )


def _vote(vote: Vote) -> str:
    return VOTES[vote.vote] + (f"：{vote.words}" if vote.words else "")


def _recusal(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    asked = next(one for one in state.recusals if one.id == _place(owed))
    return replace(
        base,
        receiver=asked.officer_name,
        happened_at=minute(asked.at),
        findings=(asked.reason,),
        reasons=(asked.answer,) if asked.answer else (),
        result="回避" if asked.granted else "不回避",
        approved_by=asked.decided_by_name,
    )


def _renewed(state: CaseState, owed: Owed, around: Around, base: DocumentFacts) -> DocumentFacts:
    assert state.renewal is not None
    assert state.decision is not None
    start = valid_from(state)
    rows = [("原证编号", state.renewal.number), ("原有效期至", state.renewal.valid_to.isoformat())]
    if start is not None:
        rows.append(("延续的有效期自", start.isoformat()))
    return replace(base, decided_on=day(state.decision.at), extra=tuple(rows))


def heard(state: CaseState, facts: DocumentFacts) -> DocumentFacts:
    """What a decision says of those it heard before, and of the chief representative who signed it."""
    assert state.decision is not None
    return replace(
        facts,
        considered=state.decision.considered,
        heard_on=day(state.intended[-1].at) if state.intended else None,
        by_commission=bool(state.decision.commission),
    )


FACTS: dict[str, Facts] = {
    "intended_adverse": _intended,
    "defence_record": _defence,
    "interested_notice": _interested,
    "minutes": _minutes,
    "recusal": _recusal,
    "deemed_renewal": _renewed,
}
