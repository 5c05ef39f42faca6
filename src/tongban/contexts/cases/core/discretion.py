"""Discretion is used as the published table says, or the departure is reasoned (行政处罚法 34; 国办发〔2022〕27号)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.parts.discretion import Chosen, Weighed
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.catalogue.core import asking
from tongban.contexts.catalogue.core.items import Discretion, Item
from tongban.contexts.catalogue.core.tables import Judgement, judged, values_of
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.kernel.refusals import N_, Refusal, Words

#: Yuan, and fen where there are any.
_AMOUNT: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,2})?")


class DepartureReasonMissing(Refusal):
    """The amount chosen lies outside the band of the published table, and no reasons are given."""

    code = "departure_reason_missing"
    message = N_(
        "“%(name)s”按公布的裁量基准是 %(low)s 至 %(high)s 元，您定的是 %(amount)s 元。不按基准决定，请写明理由。"
    )


class AmountUnreadable(Refusal):
    """The amount chosen is no amount of money."""

    code = "amount_unreadable"
    message = N_("“%(name)s”的金额要写数字，单位是元。")


@dataclass(frozen=True)
class Advice:
    """What a table says to a case as it is known; `low` and `high` None where it gives no answer."""

    matter: Discretion
    judgement: Judgement
    low: Decimal | None
    high: Decimal | None

    def departs(self, amount: Decimal) -> bool:
        """Whether `amount` lies outside the band."""
        return (self.low is not None and amount < self.low) or (self.high is not None and amount > self.high)


def matters(item: Item) -> tuple[Discretion, ...]:
    """The matters of discretion that a table judges when the item is granted."""
    return tuple(one for one in item.discretion if one.table)


def advice(
    matter: Discretion,
    state: CaseState,
    item: Item,
    decisions: Mapping[str, Decisions],
    found: Mapping[str, Any],
    now: Any,
) -> Advice:
    """What the table of `matter` says to the answers of the case and to the circumstances `found`."""
    values = values_of(item, state.values, now=now, applicant_kind=state.applicant_kind)
    judgement = judged(decisions, matter.table, {**values, **found}, now)
    form = {field.id for field in asking.fields_of(item)}
    if set(judgement.missing) - form:  # a circumstance is still to be found: what a table says without it is no advice
        return Advice(matter, judgement, None, None)
    outputs = judgement.outputs
    only = outputs.get("amount")
    return Advice(matter, judgement, _number(outputs.get("low", only)), _number(outputs.get("high", only)))


def weigh(state: CaseState, command: c.Decide, facts: Facts) -> tuple[Weighed, ...]:
    """Each matter of discretion of the item in a grant. Refuses `DepartureReasonMissing`, `AmountUnreadable`."""
    if command.outcome != "grant":
        return ()
    given = {one.id: one for one in command.discretion}
    return tuple(
        _weighed(matter, given.get(matter.id, Chosen(matter.id)), state, command, facts)
        for matter in matters(facts.item)
        if matter.table.partition("#")[0] in facts.decisions
    )


def _weighed(matter: Discretion, chosen: Chosen, state: CaseState, command: c.Decide, facts: Facts) -> Weighed:
    found = advice(matter, state, facts.item, facts.decisions, chosen.found, facts.now)
    name = Words(matter.name.zh, matter.name.en)
    amount = None
    if chosen.amount.strip():
        written = chosen.amount.strip().replace(",", "").replace("，", "")
        if not _AMOUNT.fullmatch(written):
            raise AmountUnreadable(field=f"amount_{matter.id}", name=name)
        amount = Decimal(written)
    departs = amount is not None and found.departs(amount)
    if departs and not command.reasons.strip():
        raise DepartureReasonMissing(
            field="reasons", name=name, low=_text(found.low), high=_text(found.high), amount=_text(amount)
        )
    return Weighed(
        id=matter.id,
        table=matter.table,
        digest=found.judgement.digest,
        step=str(found.judgement.outputs.get("step") or "") if found.high is not None else "",
        low=_text(found.low),
        high=_text(found.high),
        amount=_text(amount),
        departs=departs,
        basis=found.judgement.basis,
        found=dict(chosen.found),
    )


def _number(value: Any) -> Decimal | None:
    if value is None:
        return None
    try:
        made = Decimal(str(value))
    except InvalidOperation:
        return None
    return made if made.is_finite() else None


def _text(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")
