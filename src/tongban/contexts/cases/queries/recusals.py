"""Who may be asked to keep out of a case."""

from __future__ import annotations

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.fairness.recusing import agencies_of
from tongban.contexts.cases.queries.states import state_of
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor


def officers_of_case(case_id: str, *, actor: Actor) -> tuple[tuple[str, str, str], ...]:
    """Id, name and agency of the officers of the organs that handle a case the actor may see. Refuses NotFound."""
    state = state_of(case_id)
    rights.require_sight(actor, state)
    keys = sorted(agencies_of(state))
    return tuple((one.id, one.name, one.agency) for key in keys for one in parties.officers(key))
