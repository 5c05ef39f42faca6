"""Filing, where a published table may decide: the promise is signed, and the table gets the case, or people do."""

from __future__ import annotations

from typing import Any

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core import intake
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.evolve import fold
from tongban.contexts.cases.core.evolving.automatic import PROMISED
from tongban.contexts.cases.core.occurred import automatic as e
from tongban.contexts.cases.core.parts.automatic import Said, Why
from tongban.contexts.cases.core.refusals import CommitmentNotSigned
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.materials import needed_materials, typed_values
from tongban.contexts.documents.core import TrustGrade
from tongban.contexts.process.core.sfeel import evaluate


def submit(state: CaseState, command: c.Submit, facts: Facts) -> list[Any]:
    """File, and say who decides. Records what filing records, `CommitmentSigned`, then `HandedToTable` or
    `LeftToPeople` where the item names a table. Refuses `CommitmentNotSigned`."""
    events = list(intake.submit(state, command, facts))
    filed = fold(state, events)
    if chose_promise(facts.item, filed.values):
        if not command.promised:
            raise CommitmentNotSigned(field="promised")
        events += (signed := [_signed(filed, facts)])
        filed = fold(filed, signed)
    return events + _who_decides(filed, command, facts)


def chose_promise(item: Item, values: Any) -> bool:
    """The answers choose the way of the promise that the item offers."""
    offered = item.handling.commitment if item.handling else None
    return offered is not None and bool(evaluate(offered.when, typed_values(item, values)))


def _signed(state: CaseState, facts: Facts) -> e.CommitmentSigned:
    assert facts.item.handling is not None
    offered = facts.item.handling.commitment
    assert offered is not None
    later = [one.material.id for one in needed_materials(facts.item, state.values) if one.reason == "later"]
    return e.CommitmentSigned(
        promises=tuple(Said(one.zh, one.en) for one in offered.promises),
        materials=tuple(later),
        basis=offered.basis,
        verify_days=offered.verify_days,
        by=facts.actor.id if facts.actor.kind == "citizen" else state.person,
        by_name=facts.actor.name if facts.actor.kind == "citizen" else state.contact_name,
        at=facts.now,
    )


def _who_decides(state: CaseState, command: c.Submit, facts: Facts) -> list[Any]:
    assert facts.item.handling is not None
    reference = facts.item.handling.instant
    if not reference:
        return []
    if command.by_person:
        return [e.LeftToPeople(why=Why.ASKED, reference=reference, at=facts.now)]
    if needs_eyes(state, facts.item):
        return [e.LeftToPeople(why=Why.PAPERS, reference=reference, at=facts.now)]
    return [e.HandedToTable(reference=reference, percent=facts.item.handling.recheck, at=facts.now)]


def needs_eyes(state: CaseState, item: Item) -> bool:
    """A person must look at a paper: one that was brought and is no organ's own, or one that is to follow.

    What the platform writes, what organs supply, and what a signed promise stands for need nobody.
    """
    given = {material.id: material for material in state.materials}
    if any(one.file_id and one.grade != TrustGrade.A for one in state.materials):
        return True
    return any(
        needed.may_bring and (needed.material.id not in given or given[needed.material.id].grade != PROMISED)
        for needed in needed_materials(item, state.values)
    )
