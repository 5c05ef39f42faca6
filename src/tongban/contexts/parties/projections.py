"""The two kinds of stream of this context and the read rows they stand for."""

from __future__ import annotations

from tongban.contexts.parties.core import organisation, party
from tongban.foundation.ledger import Kind, Rows, Table

PARTY_TABLE = Table(
    name="parties_party",
    key=("stream_id",),
    columns=(
        "stream_id",
        "kind",
        "name",
        "id_type",
        "number",
        "lookup",
        "masked",
        "phone",
        "phone_masked",
        "address",
        "real_level",
    ),
    types=("uuid", "text", "text", "text", "text", "text", "text", "text", "text", "text", "int"),
)
MANDATE_TABLE = Table(
    name="parties_mandate",
    key=("id",),
    columns=("stream_id", "id", "to_party", "items", "valid_from", "valid_to", "basis", "revoked"),
    types=("uuid", "uuid", "uuid", "text[]", "date", "date", "text", "boolean"),
)
OFFICER_TABLE = Table(
    name="parties_officer",
    key=("stream_id",),
    columns=("stream_id", "account_id", "name", "name_en", "badge", "agency_id", "roles", "window_id", "active"),
    types=("uuid", "uuid", "text", "text", "text", "text", "text[]", "text", "boolean"),
)
COMMISSION_TABLE = Table(
    name="parties_commission",
    key=("id",),
    columns=("stream_id", "id", "agency", "items", "start", "until", "given_by_name", "revoked_on", "active"),
    types=("uuid", "uuid", "text", "text[]", "date", "date", "text", "date", "boolean"),
)


def party_rows(stream_id: str, state: party.PartyState) -> Rows:
    """One row of the party and one of each mandate it has given, revoked ones included (the list shows them)."""
    d = state.details
    row = (
        stream_id,
        state.kind,
        d.name,
        d.id_type,
        d.number,
        d.lookup,
        d.masked,
        d.phone,
        d.phone_masked,
        d.address,
        d.real_level,
    )
    given = [
        (stream_id, m.id, m.to_party, list(m.items), m.valid_from, m.valid_to, m.basis, m.revoked)
        for m in state.mandates
    ]
    return Rows({PARTY_TABLE.name: [row] if state.kind else [], MANDATE_TABLE.name: given})


def officer_rows(stream_id: str, state: organisation.OfficerState) -> Rows:
    """One row of the officer, kept after they leave (history names them), and one of each commission given to them."""
    row = (
        stream_id,
        state.account,
        state.name,
        state.name_en,
        state.badge,
        state.agency,
        list(state.roles),
        state.window or None,
        state.active,
    )
    given = [
        (
            stream_id, held.commission.id, held.commission.agency, list(held.commission.items), held.commission.start,
            held.commission.until, held.given_by_name, held.revoked_on,
            state.active and "chief_representative" in state.roles,
        )
        for held in state.commissions
    ]  # fmt: skip
    return Rows({OFFICER_TABLE.name: [row] if state.account else [], COMMISSION_TABLE.name: given})


PARTY = Kind(
    name="party",
    state=party.PartyState,
    events=party.EVENTS,
    decide=party.decide,
    evolve=party.evolve,
    rows=party_rows,
    tables=(PARTY_TABLE, MANDATE_TABLE),
)
OFFICER = Kind(
    name="officer",
    state=organisation.OfficerState,
    events=organisation.OFFICER_EVENTS,
    decide=organisation.decide,
    evolve=organisation.evolve,
    rows=officer_rows,
    tables=(OFFICER_TABLE, COMMISSION_TABLE),
)
