"""What the receipt of a batch states: facts for the documents context."""

from __future__ import annotations

from collections.abc import Mapping

from tongban.contexts.cases.core.batch.state import BatchState
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.documents.core.acts import DocumentFacts, MaterialLine, RegisterLine
from tongban.kernel.clock import CHINA


def receipt_facts(state: BatchState, item: Item, query_codes: Mapping[str, str]) -> DocumentFacts:
    """The one receipt for all cases of a batch; `query_codes` by case id stand in the register with each number."""
    assert state.applicant is not None
    assert state.opened_at is not None
    day = state.opened_at.astimezone(CHINA).date()
    names = {material.id: material.name.zh for material in item.materials}
    return DocumentFacts(
        addressee=state.applicant.name,
        addressee_id_masked=state.applicant.number,
        agent=state.applicant.contact_name,
        item_name=item.name.zh,
        item_name_en=item.name.en,
        case_number=state.number,
        submitted_on=day,
        received_on=day,
        materials=tuple(MaterialLine(names.get(m.id, m.id), "电子件") for m in state.materials),
        register=tuple(
            RegisterLine(one.row, one.name, one.id_number, one.number, query_codes.get(one.case_id, ""))
            for one in state.cases
        ),
    )
