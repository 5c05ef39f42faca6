"""The state of a case, before anybody's rights are checked: for this context's own use."""

from __future__ import annotations

from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.cases.projections import CASE_KIND
from tongban.foundation import ledger
from tongban.kernel.refusals import NotFound


def state_of(case_id: str) -> CaseState:
    """Refuses NotFound."""
    state = ledger.load(CASE_KIND, case_id)
    if state is None:
        raise NotFound
    return state
